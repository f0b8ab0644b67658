"""Importing feeds: files to tables, each once, several to a commit."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import FeedError, InputError
from detente.feeds import FEEDS, FeedRead, read_feed
from detente.store import Batch, Store, new_import_id

if TYPE_CHECKING:
    import pyarrow as pa

_CHUNK: Final = 1 << 20
_BATCH_ROWS: Final = 200_000  # a killed import reads at most so many rows again
_BATCH_FILES: Final = 50


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


@dataclass(frozen=True, slots=True)
class _Read:
    """A file read and not yet stored."""

    path: Path
    digest: str
    import_id: str
    found: FeedRead


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
    label = name or feed
    if label == "chosen":
        raise InputError("a feed cannot be named 'chosen': that is how --feed asks for reports; give another name")
    files = {path: _digest(path, label) for path in _files(paths, feed)}
    known = store.known_inputs(files.values())
    totals = _known_totals(store, known) if known else Counter()
    unmapped: Counter[str] = Counter()
    notes: dict[str, None] = {}
    waiting: list[_Read] = []
    seen = set(known)
    for number, (path, digest) in enumerate(files.items(), start=1):
        if digest not in seen:
            seen.add(digest)
            waiting.append(_read(store, feed, path, digest, name, waiting))
            unmapped.update(waiting[-1].found.unmapped_actors)
            notes.update(dict.fromkeys(waiting[-1].found.notes))
        if progress is not None:
            progress(f"{number}/{len(files)} {path.name}")
        if waiting and (_rows(waiting) >= _BATCH_ROWS or len(waiting) >= _BATCH_FILES or number == len(files)):
            totals += _store(store, label, waiting)
            waiting = []
            if progress is not None:
                progress(f"stored: {totals['stored']:,} rows so far")
    if waiting:
        totals += _store(store, label, waiting)
    return Imported(
        label,
        len(files),
        totals["rows"],
        totals["stored"],
        totals["already_stored"],
        totals["quarantined"],
        0,
        dict(unmapped.most_common()),
        tuple(notes),
    )


def _read(store: Store, feed: str, path: Path, digest: str, name: str | None, waiting: Sequence[_Read]) -> _Read:
    """Read a file; the files before a bad one are stored before it is refused."""
    try:
        return _Read(path, digest, new_import_id(), read_feed(feed, _plain_path(path), name=name))
    except FeedError:
        if waiting:
            _store(store, name or feed, waiting)
        raise


def _store(store: Store, label: str, waiting: Sequence[_Read]) -> Counter[str]:
    """One commit of the files read; rows that another file or the store already has are left out."""
    import pyarrow as pa

    from detente.model.tables import IMPORTS

    reports = pa.concat_tables([_with_import(item.found.reports, item.import_id) for item in waiting])
    fresh = store.drop_stored(_first_of_each(reports), label)
    kept = _counts(fresh)
    imports = [
        {
            "import_id": item.import_id,
            "input_hash": item.digest,
            "kind": "feed",
            "feed": label,
            "name": item.path.name,
            "rows": item.found.rows,
            "stored": kept[item.import_id],
            "already_stored": item.found.reports.num_rows - kept[item.import_id],
            "quarantined": item.found.quarantine.num_rows,
            "filtered": 0,
        }
        for item in waiting
    ]
    quarantine = pa.concat_tables([_with_import(item.found.quarantine, item.import_id) for item in waiting])
    tables = {"reports": fresh, "quarantine": quarantine}
    store.commit(Batch(pa.Table.from_pylist(imports, schema=IMPORTS), tables))
    names = ("rows", "stored", "already_stored", "quarantined")
    return Counter({name: sum(int(row[name]) for row in imports) for name in names})


def _counts(reports: "pa.Table") -> Counter[str]:
    counted = reports.group_by("import_id").aggregate([("import_id", "count")]).to_pylist()
    return Counter({row["import_id"]: row["import_id_count"] for row in counted})


def _first_of_each(reports: "pa.Table") -> "pa.Table":
    """The first row of each id, in order: two files of one commit may hold the same event."""
    import pyarrow as pa

    place = pa.array(range(reports.num_rows), pa.int64())
    firsts = reports.select(["report_id"]).append_column("place", place).group_by("report_id")
    kept = firsts.aggregate([("place", "min")])["place_min"]
    return reports if len(kept) == reports.num_rows else reports.take(kept.sort())


def _known_totals(store: Store, known: set[str]) -> Counter[str]:
    """The rows of files that were imported before: all of them are already stored or set aside."""
    with store.snapshot() as snapshot:
        imports = snapshot.table("imports")
        rows = imports.filter(imports.input_hash.isin(sorted(known))).to_pyarrow().to_pylist()
    total, bad = sum(row["rows"] for row in rows), sum(row["quarantined"] for row in rows)
    return Counter({"rows": total, "already_stored": total - bad, "quarantined": bad})


def _rows(waiting: Sequence[_Read]) -> int:
    return sum(item.found.rows for item in waiting)


def _with_import(table: "pa.Table", import_id: str) -> "pa.Table":
    import pyarrow as pa

    column = pa.array([import_id] * table.num_rows, pa.string())
    if "import_id" in table.column_names:
        return table.set_column(table.column_names.index("import_id"), "import_id", column)
    return table.append_column("import_id", column)


def _files(paths: Sequence[Path], feed: str) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.iterdir() if item.is_file() and _is_data(item))
            if not inside:
                raise FeedError(f"{path}: no file in this folder; expected files of {feed}")
            yield from inside
        elif path.exists():
            yield path
        else:
            raise FeedError(f"{path}: no such file or folder; check the name")


def _plain_path(path: Path) -> Path:
    """The path, refused where the engine cannot open such a name."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError as error:
        raise FeedError(f"feed file {str(path)!a}: its name is not UTF-8; rename it") from error
    return path


def _is_data(path: Path) -> bool:
    """Whether a file in a folder can be a feed's: not hidden, and no page about the feed."""
    return not path.name.startswith(".") and path.suffix.lower() not in {".md", ".pdf", ".html", ".docx"}


def _digest(path: Path, label: str) -> str:
    found = blake2b(label.encode(), digest_size=16)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
