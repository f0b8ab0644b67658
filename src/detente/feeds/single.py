"""Readers that take one file whole, as readers of many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from detente.feeds.records import FeedFile, FeedPart, FeedRead


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file in the columns of the tables, without `import_id`; see `FeedRead`."""

    reports: pa.Table
    quarantine: pa.Table
    unmapped_actors: dict[str, int]
    notes: tuple[str, ...]


def one_by_one(read: Callable[[Path, str], FileRead], files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read files one after the other, each whole."""
    for file in files:
        found = read(file.path, name)
        rows = found.reports.num_rows + found.quarantine.num_rows
        part = FeedPart(file, 0, file.import_id, rows, found.quarantine.num_rows, last=True)
        yield FeedRead(
            _of_import(found.reports, file.import_id),
            _of_import(found.quarantine, file.import_id),
            (part,),
            found.unmapped_actors,
            found.notes,
            {},
        )


def _of_import(table: pa.Table, import_id: str) -> pa.Table:
    place = table.column_names.index("import_id")
    return table.set_column(place, table.schema.field(place), pa.array([import_id] * table.num_rows, pa.string()))
