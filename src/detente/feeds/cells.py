"""Lines cut into columns of text by Arrow; lines of another width are set apart with their number."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from detente.errors import FeedError
from detente.feeds.blocks import Block

ODD: Final = pa.schema([("file", pa.string()), ("line", pa.int64()), ("width", pa.int64()), ("raw", pa.string())])
_LONGEST: Final = 1 << 25  # bytes of the longest line


@dataclass(frozen=True, slots=True)
class Cells:
    """Lines in columns.

    Attributes:
        table: The columns of the layout as text, null where nothing stands, and before them `file` and `line` (from 1).
        odd: Lines of another width: file, line, width, raw.
        lines: Lines of the block, blank ones included.
    """

    table: pa.Table
    odd: pa.Table
    lines: int


@dataclass(frozen=True, slots=True)
class Style:
    """How lines are written: what cuts cells, whether quotes hold a cell together, what stands for nothing."""

    delimiter: str
    quoted: bool
    missing: tuple[str, ...]


def cut_cells(block: Block, columns: Sequence[str], style: Style, *, first_line: int) -> Cells:
    """Cut a block into the columns of a layout.

    Args:
        block: Whole lines, without a header.
        columns: Names of the columns in their order, all different.
        style: How the lines are written.
        first_line: Number of the block's first line in its file; inside quotes a line end counts for none.

    Returns:
        The cells; blank lines are neither rows nor odd.

    Raises:
        FeedError: If a quote is never closed.
    """
    if not block.text.strip():
        lines = block.text.count(b"\n")
        return Cells(_numbered(pa.table(dict.fromkeys(columns, _NO_TEXT)), block.file, _NO_LINES), _odd([]), lines)
    odd: list[tuple[int | None, int, str]] = []
    table = _parse(block, columns, style, odd, threads=True)
    if not odd:
        numbers = pa.array(range(first_line, first_line + table.num_rows), pa.int64())
        return Cells(_without_blank(_numbered(table, block.file, numbers), columns), _odd([]), table.num_rows)
    odd.clear()  # with threads Arrow does not number them
    table = _parse(block, columns, style, odd, threads=False)
    lines = table.num_rows + len(odd)
    out = {number - 1 for number, _, _ in odd if number is not None}
    numbers = pa.array([first_line + i for i in range(lines) if i not in out], pa.int64())
    rows = [
        (block.file, first_line + number - 1, width, text)
        for number, width, text in odd
        if number is not None and text.strip()
    ]
    return Cells(_without_blank(_numbered(table, block.file, numbers), columns), _odd(rows), lines)


def first_rows(text: bytes, delimiter: str, *, quoted: bool) -> list[list[str]]:
    """The cells of the first two lines that are not blank."""
    lines = io.StringIO(text[: 1 << 20].decode("utf-8", errors="replace"), newline="")
    if quoted:
        reader = csv.reader(lines, delimiter=delimiter)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    found: list[list[str]] = []
    try:
        for row in reader:
            if row and any(cell.strip() for cell in row):
                found.append(row)
            if len(found) == 2:
                break
    except csv.Error:
        return found
    return found


_NO_TEXT: Final = pa.array([], pa.string())
_NO_LINES: Final = pa.array([], pa.int64())


def _parse(
    block: Block,
    columns: Sequence[str],
    style: Style,
    odd: list[tuple[int | None, int, str]],
    *,
    threads: bool,
) -> pa.Table:
    def set_apart(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.actual_columns, row.text))
        return "skip"

    try:
        return pacsv.read_csv(
            pa.BufferReader(block.text),
            read_options=pacsv.ReadOptions(
                column_names=list(columns),
                use_threads=threads,
                block_size=_LONGEST if style.quoted or not threads else None,
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=style.delimiter,
                quote_char='"' if style.quoted else False,
                double_quote=style.quoted,
                newlines_in_values=style.quoted,
                ignore_empty_lines=False,
                invalid_row_handler=set_apart,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(columns, pa.string()),
                check_utf8=False,  # the block is UTF-8
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=list(style.missing),
            ),
        )
    except pa.ArrowInvalid as error:
        raise FeedError(
            f"feed file {block.file} cannot be cut into columns: {str(error).splitlines()[0]}; "
            "look for a quote that is never closed"
        ) from error


def _without_blank(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    """The rows in which anything stands: Arrow makes a row of nothing from a blank line."""
    if not all(table[name].null_count for name in columns):
        return table
    something = pc.is_valid(table[columns[0]])
    for name in columns[1:]:
        something = pc.or_(something, pc.is_valid(table[name]))
    return table.filter(something)


def _numbered(table: pa.Table, file: str, numbers: pa.Array) -> pa.Table:
    label = pa.DictionaryArray.from_arrays(pa.nulls(table.num_rows, pa.int32()).fill_null(0), pa.array([file]))
    return table.add_column(0, "file", label).add_column(1, "line", numbers)


def _odd(rows: list[tuple[str, int, int, str]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(ODD.names, row, strict=True)) for row in rows], schema=ODD)
