"""Feed files as pieces of cells: a file, or a stretch of a long one, with its layout."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa

from detente.feeds.blocks import Block, read_blocks
from detente.feeds.cells import ODD, Cells, Style, cut_cells
from detente.feeds.layouts import EXTRA, Found, find_layout
from detente.feeds.parquet_text import read_parquet_text
from detente.feeds.records import FeedFile
from detente.feeds.sheet import FeedSheet

MOST_ROWS: Final = 200_000  # read together; a killed import reads at most so many again


@dataclass(frozen=True, slots=True)
class Piece:
    """Cells of one file, or of a stretch of it.

    Attributes:
        file: The file.
        number: Place of the stretch in its file, from 0.
        label: Its name, `archive.zip/member` inside a zip.
        layout: Its columns and how they are cut.
        cells: The columns that are read.
        notes: What a user should know of how it was read.
        last: Whether it ends the file.
    """

    file: FeedFile
    number: int
    label: str
    layout: Found
    cells: Cells
    notes: tuple[str, ...]
    last: bool

    @property
    def import_id(self) -> str:
        """The file's own, followed by the number where that is not 0."""
        return f"{self.file.import_id}.{self.number}" if self.number else self.file.import_id


def read_pieces(files: Sequence[FeedFile], sheet: FeedSheet, coded: frozenset[str] = frozenset()) -> Iterator[Piece]:
    """The pieces of files, in their order.

    Args:
        files: Text files, `.gz`, `.xz`, `.parquet`, or `.zip` with such files.
        sheet: The feed's data sheet; only the columns it reads are kept.
        coded: Columns with few different values, kept as numbers of these where they come from text.

    Yields:
        At least one piece a file.

    Raises:
        FeedError: If a file cannot be read or is not what the sheet says; what comes before it was given.
    """
    for file in files:
        if file.path.suffix.lower() == ".parquet":
            yield from _parquet_pieces(file, sheet)
            continue
        before: Piece | None = None
        layout, line = None, 1
        for number, block in enumerate(read_blocks(file.path, sheet.suffixes, quoted=sheet.quoted)):
            notes: tuple[str, ...] = ()
            if block.number == 0:
                layout, line = find_layout(block.file, block.text, sheet), 1
                notes = layout.notes
            if layout is None:
                continue
            text, skipped = _without_header(block, header=block.number == 0 and layout.header)
            cells = _cut(text, layout, sheet, line + skipped, coded)
            line += skipped + cells.lines
            if block.replaced:
                notes += (f"bytes of {block.file} that are not UTF-8 were replaced",)
            if before is not None:
                yield before
            before = Piece(file, number, block.file, layout, cells, notes, last=False)
        if before is not None:
            yield replace(before, last=True)


def _parquet_pieces(file: FeedFile, sheet: FeedSheet) -> Iterator[Piece]:
    """A Parquet file in pieces, its values as text."""
    label = file.path.name
    before: Piece | None = None
    for number, (table, first) in enumerate(read_parquet_text(file.path, MOST_ROWS)):
        header = "\t".join(table.column_names).encode()
        found = find_layout(label, header, sheet)
        numbers = pa.array(np.arange(first, first + table.num_rows))
        named = table.rename_columns(list(found.columns))
        rows = named.add_column(0, "file", repeated(label, table.num_rows)).add_column(1, "line", numbers)
        if before is not None:
            yield before
        before = Piece(file, number, label, found, Cells(rows, ODD.empty_table(), table.num_rows), (), last=False)
    if before is not None:
        yield replace(before, last=True)


def repeated(value: str, times: int) -> pa.Array:
    """A column of one text."""
    return pa.DictionaryArray.from_arrays(pa.nulls(times, pa.int32()).fill_null(0), pa.array([value], pa.string()))


def _without_header(block: Block, *, header: bool) -> tuple[Block, int]:
    """The block without its header, and how many lines that took."""
    if not header:
        return block, 0
    text = block.text.lstrip(b"\n")
    blank = len(block.text) - len(text)
    _, _, rest = text.partition(b"\n")
    return Block(block.file, block.number, rest, block.replaced), blank + 1


def _cut(block: Block, layout: Found, sheet: FeedSheet, line: int, coded: frozenset[str]) -> Cells:
    """The cells of a block; odd lines that fit another layout of the feed are cut by that."""
    style = Style(layout.delimiter, layout.quoted, sheet.missing, sheet.tidy, coded)
    cells = cut_cells(block, layout.columns, style, first_line=line, read=_read(layout.columns, sheet))
    if not cells.odd.num_rows or layout.header:
        return cells
    table, odd = cells.table, cells.odd.to_pylist()
    for other in sheet.layouts:
        fitting = [row for row in odd if row["width"] == len(other.columns) != len(layout.columns)]
        if fitting:
            text = b"".join(row["raw"].encode() + b"\n" for row in fitting)
            again = Block(block.file, block.number, text, replaced=False)
            more = cut_cells(again, other.columns, style, first_line=1, read=_read(other.columns, sheet))
            numbers = pa.array([row["line"] for row in fitting], pa.int64())
            if more.table.num_rows == len(fitting):
                more_rows = more.table.set_column(1, "line", numbers)
                table = pa.concat_tables([table, more_rows], promote_options="default")
                odd = [row for row in odd if row not in fitting]
    return replace(cells, table=table, odd=pa.Table.from_pylist(odd, schema=ODD))


def _read(columns: Sequence[str], sheet: FeedSheet) -> list[str]:
    """The columns of a layout that are read, and those without a name, which must be empty."""
    return [column for column in columns if column in sheet.becomes or column.startswith(EXTRA)]
