"""Importing feeds: files to tables, each once, several to a commit."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from detente.api.import_files import file_digest, import_files
from detente.api.importing_mentions import mention_notes, sort_mentions
from detente.errors import FeedError, InputError
from detente.feeds import FEEDS, OWN, FeedFile, FeedPart, FeedRead, Wanted, feed_label, read_feeds, read_mapping
from detente.feeds.ahead import ahead
from detente.feeds.columns import count_by_import
from detente.store import Batch, Store, new_import_id

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH_ROWS: Final = 150_000  # from so many rows on they are stored: a killed import reads few again
_BATCH_FILES: Final = 50
_HASH: Final = 32  # digits of a file's hash; those of a later stretch of it have its number after them
_ALL: Final = Wanted()


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `rows` is the sum of stored, already stored, quarantined and filtered."""

    feed: str
    files: int
    rows: int
    stored: int
    already_stored: int
    quarantined: int
    filtered: int
    unmapped_actors: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def import_feed(
    store: Store,
    feed: str,
    paths: Sequence[Path],
    *,
    name: str | None = None,
    wanted: Wanted = _ALL,
    mapping: Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> Imported:
    """Import files into a store; see `detente.api.Store.import_feed`."""
    if feed not in (*FEEDS, OWN):
        raise InputError(f"feed {feed!r} is not known: expected one of {', '.join(sorted([*FEEDS, OWN]))}")
    label = feed_label(feed, name)
    if label == "chosen":
        raise InputError("a feed cannot be named 'chosen': that is how --feed asks for reports; give another name")
    own = read_mapping(mapping) if mapping is not None else None
    said = (label, wanted.key, file_digest(mapping) if mapping is not None else "")
    files = {path: file_digest(path, *said) for path in import_files(paths, feed)}
    known = store.known_inputs(files.values())
    fresh = {digest: path for path, digest in reversed(files.items()) if digest not in known}  # the first of equals
    ids = {new_import_id(): digest for digest in reversed(fresh)}
    run = _Run(store, label, ids, _Progress(files, set(fresh.values()), progress), wanted)
    run.totals = _known_totals(store, known) if known else Counter()
    feed_files = [FeedFile(fresh[digest], import_id) for import_id, digest in ids.items()]
    waiting: list[FeedRead] = []
    try:
        for found in ahead(read_feeds(feed, feed_files, name=name, wanted=wanted, mapping=own)):
            if waiting and found.evidence is not None and waiting[0].evidence is None:
                run.store_all(waiting)  # mentions look for their events in the store
                waiting = []
            waiting.append(found)
            run.see(found)
            if _rows(waiting) >= _BATCH_ROWS or sum(len(item.parts) for item in waiting) >= _BATCH_FILES:
                run.store_all(waiting)
                waiting = []
    except FeedError:
        if waiting:
            run.store_all(waiting)  # the files before a bad one stay
        raise
    if waiting:
        run.store_all(waiting)
    totals = run.totals
    return Imported(
        label,
        len(files),
        totals["rows"],
        totals["stored"],
        totals["already_stored"],
        totals["quarantined"],
        totals["filtered"],
        dict(run.unmapped.most_common()),
        (*run.notes, *mention_notes(run.mentions)),
    )


@dataclass(slots=True)
class _Run:
    """One import under way: what it has stored and seen so far."""

    store: Store
    label: str
    digests: dict[str, str]
    progress: "_Progress"
    wanted: Wanted
    mentions: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    notes: dict[str, None] = field(default_factory=dict)

    def see(self, found: FeedRead) -> None:
        """Take note of what was read and not yet stored."""
        self.unmapped.update(found.unmapped_actors)
        self.notes.update(dict.fromkeys(found.notes))
        for part in found.parts:
            if part.last:
                self.progress.file(part.file.path)

    def store_all(self, waiting: Sequence[FeedRead]) -> None:
        """One commit of what was read; rows that another file or the store already has are left out."""
        import pyarrow as pa

        from detente.model.tables import IMPORTS

        rows, fresh, filtered = self._sorted(waiting)
        read, kept = count_by_import(rows), count_by_import(fresh)
        imports: list[dict[str, Any]] = [
            {
                "import_id": part.import_id,
                "input_hash": self._input_hash(part),
                "kind": "feed",
                "feed": self.label,
                "name": part.file.path.name,
                "rows": part.rows,
                "stored": kept[part.import_id],
                "already_stored": read[part.import_id] - kept[part.import_id],
                "quarantined": part.quarantined,
                "filtered": filtered[part.import_id],
            }
            for item in waiting
            for part in item.parts
        ]
        quarantine = pa.concat_tables([item.quarantine for item in waiting])
        name = "reports" if waiting[0].evidence is None else "evidence"
        tables = {name: fresh, "quarantine": quarantine}
        self.store.commit(Batch(pa.Table.from_pylist(imports, schema=IMPORTS), tables))
        self.totals.update({name: sum(int(row[name]) for row in imports) for name in _COUNTS})
        self.progress.stored(self.totals["stored"])

    def _sorted(self, waiting: Sequence[FeedRead]) -> "tuple[pa.Table, pa.Table, Counter[str]]":
        """The rows that were asked for, those of them to store, and how many were not asked for by `import_id`."""
        import pyarrow as pa

        if waiting[0].evidence is not None:
            found = sort_mentions(self.store, self.label, waiting, self.wanted)
            self.mentions.update(
                stored=found.fresh.num_rows,
                waiting=found.waiting,
                filtered=found.filtered.total(),
                forgotten=found.forgotten,
            )
            return found.asked, found.fresh, found.filtered
        reports = pa.concat_tables([item.reports for item in waiting])
        order = [part.import_id for item in waiting for part in item.parts]
        filtered: Counter[str] = Counter()
        for item in waiting:
            filtered.update(item.filtered)
        return reports, self.store.drop_stored(_first_of_each(reports, order), self.label), filtered

    def _input_hash(self, part: FeedPart) -> str:
        """A file's own hash with its last stretch: a file is taken when all of it is."""
        digest = self.digests[part.file.import_id]
        return digest if part.last else f"{digest}.{part.number}"


class _Progress:
    """Lines on how far an import is: files, rows a second, and the time that remains by bytes."""

    def __init__(self, files: dict[Path, str], fresh: set[Path], say: Callable[[str], None] | None) -> None:
        self._say = say
        self._places = {path: number for number, path in enumerate(files, start=1)}
        self._total = sum(path.stat().st_size for path in fresh)
        self._done = 0
        self._began = monotonic()
        for path in files:
            if path not in fresh:
                self.file(path, counted=False)

    def file(self, path: Path, *, counted: bool = True) -> None:
        """A file was read."""
        if counted:
            self._done += path.stat().st_size
        if self._say is not None:
            self._say(f"{self._places[path]}/{len(self._places)} {path.name}")

    def stored(self, rows: int) -> None:
        """Rows were stored, so many in all."""
        if self._say is None:
            return
        seconds = monotonic() - self._began
        left = seconds * (self._total - self._done) / self._done if self._done else 0.0
        pace = f" ({rows / seconds:,.0f} rows/s, {_span(left)} left)" if seconds > _SLOW and left > 1 else ""
        self._say(f"stored: {rows:,} rows so far{pace}")


_COUNTS: Final = ("rows", "stored", "already_stored", "quarantined", "filtered")
_SLOW: Final = 2.0  # seconds from which the pace is told


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return (
        f"{minutes // 60} h {minutes % 60} min"
        if minutes >= 60
        else f"{minutes} min {rest} s"
        if minutes
        else f"{rest} s"
    )


def _first_of_each(reports: "pa.Table", imports: Sequence[str]) -> "pa.Table":
    """Of each id the row that the files have first: two files of one commit may hold the same event.

    Args:
        reports: The rows.
        imports: Ids of the imports, in the order of their files.
    """
    import pyarrow.compute as pc

    if pc.count_distinct(reports["report_id"]).as_py() == reports.num_rows:
        return reports
    import pyarrow as pa

    rows = reports.select(["report_id", "source_row"])
    rows = rows.append_column("file", pc.index_in(reports["import_id"], value_set=pa.array(imports, pa.string())))
    rows = rows.append_column("place", pa.array(range(reports.num_rows), pa.int64()))
    in_files = rows.sort_by([(name, "ascending") for name in ("file", "source_row", "place")])
    firsts = in_files.group_by("report_id", use_threads=False).aggregate([("place", "first")])
    return reports.take(firsts["place_first"].sort())


def _known_totals(store: Store, known: set[str]) -> Counter[str]:
    """The rows of files that were imported before: stored already, set aside or filtered out."""
    with store.snapshot() as snapshot:
        imports = snapshot.table("imports")
        mine = imports.filter(imports.input_hash.substr(0, _HASH).isin(sorted(known)))
        rows = {row["input_hash"]: row for row in mine.to_pyarrow().to_pylist()}.values()
    total = sum(row["rows"] for row in rows)
    bad, out = sum(row["quarantined"] for row in rows), sum(row["filtered"] for row in rows)
    return Counter({"rows": total, "already_stored": total - bad - out, "quarantined": bad, "filtered": out})


def _rows(waiting: Sequence[FeedRead]) -> int:
    return sum(item.rows for item in waiting)
