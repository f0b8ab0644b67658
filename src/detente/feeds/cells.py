"""Lines cut into columns of text by Arrow; lines of another width are set apart with their number."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from detente.errors import FeedError
from detente.feeds.blocks import Block

ODD: Final = pa.schema([("file", pa.string()), ("line", pa.int64()), ("width", pa.int64()), ("raw", pa.string())])
_LONGEST: Final = 1 << 25  # bytes of the longest line
_STRETCH: Final = 1 << 23  # bytes cut by one thread: each has its own list of the values of a coded column
_CODED: Final = pa.dictionary(pa.int32(), pa.string())
_WHOLE: Final = r'^"[^\t\n]+"$'


@dataclass(frozen=True, slots=True)
class Cells:
    """Lines in columns.

    Attributes:
        table: The columns that are read as text, null where nothing stands, and before them `file` and `line` (from 1).
        odd: Lines of another width: file, line, width, raw.
        lines: Lines of the block, blank ones included.
        first_line: Number of the block's first line in its file.
        text: The lines as they were; None where only the table has them, which then holds every column.
    """

    table: pa.Table
    odd: pa.Table
    lines: int
    first_line: int = 1
    text: bytes | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How lines are written.

    Attributes:
        delimiter: What cuts cells.
        quoted: Whether quotes hold a cell together.
        missing: What stands for nothing.
        tidy: Whether spaces around a cell and quotes around a whole one are no part of it.
        coded: Columns with few different values, which are kept as numbers of these.
    """

    delimiter: str
    quoted: bool
    missing: tuple[str, ...]
    tidy: bool = False
    coded: frozenset[str] = frozenset()


def cut_cells(
    block: Block, columns: Sequence[str], style: Style, *, first_line: int, read: Sequence[str] | None = None
) -> Cells:
    """Cut a block into the columns of a layout.

    Args:
        block: Whole lines, without a header.
        columns: Names of the columns in their order, all different.
        style: How the lines are written.
        first_line: Number of the block's first line in its file; inside quotes a line end counts for none.
        read: The columns that are wanted; None for all. Where quotes hold cells together all are kept.

    Returns:
        The cells; blank lines are neither rows nor odd.

    Raises:
        FeedError: If a quote is never closed.
    """
    kept = columns if read is None or style.quoted else read
    text = None if style.quoted else block.text
    if not block.text or block.text.isspace():
        lines = block.text.count(b"\n")
        empty = _numbered(pa.table(dict.fromkeys(kept, _NO_TEXT)), block.file, _NO_LINES)
        return Cells(empty, _odd([]), lines, first_line, text)
    odd: list[tuple[int | None, int, str]] = []
    table = _parse(block, columns, style, odd, read=kept, threads=True)
    threads = not odd  # with threads Arrow does not number the odd lines
    if odd:
        odd.clear()
        table = _parse(block, columns, style, odd, read=kept, threads=False)
    if _may_be_blank(table):
        odd.clear()
        table = _parse(block, columns, style, odd, read=columns, threads=threads)
    lines = table.num_rows + len(odd)
    places = np.arange(lines)
    if odd:
        places = np.delete(places, [number - 1 for number, _, _ in odd if number is not None])
    rows = [
        (block.file, first_line + number - 1, width, line)
        for number, width, line in odd
        if number is not None and line.strip()
    ]
    numbered = _without_blank(_numbered(table, block.file, pa.array(places + first_line)), table.column_names)
    return Cells(numbered.select(["file", "line", *kept]), _odd(rows), lines, first_line, text)


def raw_lines(cells: Cells, numbers: Sequence[int], delimiter: str) -> list[str]:
    """Some lines as they stand in their file, by their number."""
    if cells.text is not None:
        lines = cells.text.split(b"\n")
        return [lines[number - cells.first_line].decode(errors="replace") for number in numbers]
    asked = cells.table.filter(pc.is_in(cells.table["line"], value_set=pa.array(numbers, pa.int64())))
    found = {row.pop("line"): row for row in asked.drop_columns(["file"]).to_pylist()}
    return [delimiter.join(cell or "" for cell in found[number].values()) for number in numbers]


def first_rows(text: bytes, delimiter: str, *, quoted: bool) -> list[list[str]]:
    """The cells of the first two lines that are not blank."""
    head = text[: 1 << 20]
    if not quoted:
        head = _two_lines(head)  # of a day's file that is a little of it
    lines = io.StringIO(head.decode("utf-8", errors="replace"), newline="")
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


def _two_lines(text: bytes) -> bytes:
    """A text to the end of the second line that is not blank."""
    end = seen = 0
    while seen < 2 and end < len(text):
        begin, end = end, text.find(b"\n", end) + 1 or len(text)
        seen += bool(text[begin:end].strip(b" \t,\n"))
    return text[:end]


_NO_TEXT: Final = pa.array([], pa.string())
_NO_LINES: Final = pa.array([], pa.int64())


def _parse(
    block: Block,
    columns: Sequence[str],
    style: Style,
    odd: list[tuple[int | None, int, str]],
    *,
    read: Sequence[str],
    threads: bool,
) -> pa.Table:
    def set_apart(row: pacsv.InvalidRow) -> str:
        odd.append((row.number, row.actual_columns, row.text))
        return "skip"

    try:
        table = pacsv.read_csv(
            pa.BufferReader(block.text),
            read_options=pacsv.ReadOptions(
                column_names=list(columns),
                use_threads=threads,
                block_size=_LONGEST if style.quoted or not threads else _STRETCH,
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
                include_columns=list(read),  # what is left alone is not copied
                column_types={name: _CODED if name in style.coded else pa.string() for name in columns},
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
    if not style.tidy or style.quoted:
        return table
    return _tidied(table, style.missing, (" ", '"') if b'"' in block.text else (" ",))


def _tidied(table: pa.Table, missing: Sequence[str], edges: Sequence[str]) -> pa.Table:
    """The table without spaces around cells and quotes around whole ones; columns that have none stay as they are."""
    nothing = pa.array(missing)
    for place, name in enumerate(table.column_names):
        column = table[name]
        coded = pa.types.is_dictionary(column.type)
        if any(_any_edge(part, sign) for part in (_values(column) if coded else [column]) for sign in edges):
            plain = pc.utf8_trim(column.cast(pa.string()), characters=" ")
            inner = pc.utf8_slice_codeunits(plain, 1, -1)
            plain = pc.if_else(pc.match_substring_regex(plain, pattern=_WHOLE), inner, plain)
            plain = pc.if_else(pc.is_in(plain, value_set=nothing), pa.scalar(None, pa.string()), plain)
            table = table.set_column(place, name, plain.dictionary_encode() if coded else plain)
    return table


def _values(column: pa.ChunkedArray) -> list[pa.Array]:
    """The different values of a coded column, by chunk."""
    return [chunk.dictionary for chunk in column.chunks]


def _any_edge(column: "pa.Array | pa.ChunkedArray", sign: str) -> bool:
    """Whether a cell begins or ends with a sign."""
    return any(bool(pc.any(edge(column, pattern=sign)).as_py()) for edge in (pc.starts_with, pc.ends_with))


def _may_be_blank(table: pa.Table) -> bool:
    """Whether some row may have nothing in any of its columns."""
    return _something(table, table.column_names) is not None


def _something(table: pa.Table, columns: Sequence[str]) -> pa.ChunkedArray | None:
    """For each row whether anything stands in the columns; None where something does in all."""
    if not all(table[name].null_count for name in columns):
        return None
    something = pc.is_valid(table[columns[0]])
    for name in columns[1:]:
        something = pc.or_(something, pc.is_valid(table[name]))
    return None if pc.all(something).as_py() else something


def _without_blank(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    """The rows in which anything stands: Arrow makes a row of nothing from a blank line."""
    something = _something(table, columns)
    return table if something is None else table.filter(something)


def _numbered(table: pa.Table, file: str, numbers: pa.Array) -> pa.Table:
    label = pa.DictionaryArray.from_arrays(pa.nulls(table.num_rows, pa.int32()).fill_null(0), pa.array([file]))
    return table.add_column(0, "file", label).add_column(1, "line", numbers)


def _odd(rows: list[tuple[str, int, int, str]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(ODD.names, row, strict=True)) for row in rows], schema=ODD)
