"""Importing feeds: files to tables, once each."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import FeedError, InputError
from detente.feeds import FEEDS, read_feed
from detente.store import Batch, Store, new_import_id

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK = 1 << 20


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
    progress: Callable[[str], None] | None = None,
) -> Imported:
    """Import files into a store; see `detente.api.Store.import_feed`."""
    if feed not in FEEDS:
        raise InputError(f"feed {feed!r} is not known: expected one of {', '.join(sorted(FEEDS))}")
    files = list(_files(paths, feed))
    totals: Counter[str] = Counter()
    unmapped: Counter[str] = Counter()
    notes: dict[str, None] = {}
    for number, path in enumerate(files, start=1):
        done = _import_file(store, feed, path, name)
        totals.update(
            rows=done.rows,
            stored=done.stored,
            already_stored=done.already_stored,
            quarantined=done.quarantined,
        )
        unmapped.update(done.unmapped_actors)
        notes.update(dict.fromkeys(done.notes))
        if progress is not None:
            progress(f"{number}/{len(files)} {path.name}: {done.rows:,} rows, {done.stored:,} stored")
    return Imported(
        name or feed,
        len(files),
        totals["rows"],
        totals["stored"],
        totals["already_stored"],
        totals["quarantined"],
        0,
        dict(unmapped.most_common()),
        tuple(notes),
    )


def _import_file(store: Store, feed: str, path: Path, name: str | None) -> Imported:
    import pyarrow as pa

    from detente.model.tables import IMPORTS

    label = name or feed
    digest = _digest(path, label)
    found = read_feed(feed, path, name=name)
    if store.known_inputs([digest]):
        bad = found.quarantine.num_rows
        return Imported(label, 1, found.rows, 0, found.rows - bad, bad, 0)
    import_id = new_import_id()
    fresh = store.drop_stored(found.reports, label)
    row = {
        "import_id": import_id,
        "input_hash": digest,
        "kind": "feed",
        "feed": label,
        "name": path.name,
        "rows": found.rows,
        "stored": fresh.num_rows,
        "already_stored": found.reports.num_rows - fresh.num_rows,
        "quarantined": found.quarantine.num_rows,
        "filtered": 0,
    }
    reports = _with_import(fresh, import_id)
    quarantine = _with_import(found.quarantine, import_id)
    store.commit(Batch(pa.Table.from_pylist([row], schema=IMPORTS), {"reports": reports, "quarantine": quarantine}))
    return Imported(
        label,
        1,
        found.rows,
        fresh.num_rows,
        found.reports.num_rows - fresh.num_rows,
        found.quarantine.num_rows,
        0,
        dict(found.unmapped_actors),
        found.notes,
    )


def _with_import(table: "pa.Table", import_id: str) -> "pa.Table":
    import pyarrow as pa

    column = pa.array([import_id] * table.num_rows, pa.string())
    if "import_id" in table.column_names:
        return table.set_column(table.column_names.index("import_id"), "import_id", column)
    return table.append_column("import_id", column)


def _files(paths: Sequence[Path], feed: str) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.iterdir() if item.is_file() and not item.name.startswith("."))
            if not inside:
                raise FeedError(f"{path}: no file in this folder; expected files of {feed}")
            yield from inside
        elif path.exists():
            yield path
        else:
            raise FeedError(f"{path}: no such file or folder; check the name")


def _digest(path: Path, label: str) -> str:
    found = blake2b(label.encode(), digest_size=16)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
