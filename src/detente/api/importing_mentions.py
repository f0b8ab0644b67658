"""Which mentions of a feed's files are stored: those not stored yet, of articles that nobody had forgotten."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.feeds import FeedRead, Wanted, rows_wanted
from detente.feeds.columns import count_by_import
from detente.store import Store
from detente.store.records import text_hash

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions that were read.

    Attributes:
        asked: Those that were asked for, in the schema of `evidence`.
        fresh: Of these, those not stored yet, each once.
        filtered: How many were not asked for or are of forgotten articles, by `import_id`.
        forgotten: How many are of forgotten articles.
        waiting: How many fresh ones are of events that are not stored.
    """

    asked: "pa.Table"
    fresh: "pa.Table"
    filtered: Counter[str]
    forgotten: int
    waiting: int


def sort_mentions(store: Store, feed: str, read: Sequence[FeedRead], wanted: Wanted) -> Mentions:
    """Sort mentions into those to store, those that are stored already and those that are not wanted.

    A mention has no sides of its own. So with a choice of sides those are kept whose event is stored and has them;
    without one all are, also those whose event is not stored: they show once it is, whichever file comes first.

    Args:
        store: Where they go.
        feed: Name of the feed of the events.
        read: What the files gave.
        wanted: Which were asked for.

    Returns:
        The mentions, sorted.

    Raises:
        StoreError: If the store cannot be read.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pa.concat_tables([item.evidence for item in read if item.evidence is not None])
    kept = _without_forgotten(store, rows)
    events = store.stored_sides(kept["report_id"].unique(), feed)
    asked = kept
    if wanted.key:
        chosen = rows_wanted(events, wanted)["report_id"].combine_chunks()
        asked = kept.filter(pc.is_in(kept["report_id"], value_set=chosen))
    fresh = store.new_evidence(asked, [part.import_id for item in read for part in item.parts])
    there = pc.is_in(fresh["report_id"], value_set=events["report_id"].combine_chunks())
    before, after = count_by_import(rows), count_by_import(asked)
    filtered = Counter({key: n - after[key] for key, n in before.items()})
    return Mentions(asked, fresh, filtered, rows.num_rows - kept.num_rows, int(pc.sum(pc.invert(there)).as_py() or 0))


def mention_notes(counted: Counter[str]) -> tuple[str, ...]:
    """What a user should know of the mentions of an import: `stored`, `waiting`, `filtered` and `forgotten` of them."""
    notes = []
    if counted["waiting"]:
        notes.append(
            f"{counted['waiting']:,} of {counted['stored']:,} mentions are of events that are not in the store: "
            "they show once these are imported"
        )
    if counted["forgotten"]:
        notes.append(
            f"{counted['forgotten']:,} mentions are of articles that were forgotten: they are not stored again"
        )
    if counted["filtered"] > counted["forgotten"]:
        notes.append(
            f"{counted['filtered'] - counted['forgotten']:,} mentions are of events that the store does not hold "
            "between these sides: import events before their mentions"
        )
    return tuple(notes)


def _without_forgotten(store: Store, rows: "pa.Table") -> "pa.Table":
    import pyarrow as pa
    import pyarrow.compute as pc

    marks = store.forgotten_marks()
    if not marks:
        return rows
    articles = rows["document_id"].unique().to_pylist()
    gone = [name for name in articles if name in marks or text_hash(name) in marks]
    return rows.filter(pc.invert(pc.is_in(rows["document_id"], value_set=pa.array(gone, pa.string()))))
