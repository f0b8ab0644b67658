"""Feeds in columns of text: cells checked, joined with what codes and actors mean, mapped by expressions in SQL."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb
import pyarrow as pa

from detente.errors import FeedError
from detente.feeds.blocks import Block, read_blocks
from detente.feeds.cells import ODD, Cells, Style, cut_cells
from detente.feeds.columns import count_by_import, select_quarantine, select_reports, text_literal
from detente.feeds.layouts import EXTRA, Found, find_layout
from detente.feeds.parquet_text import read_parquet_text
from detente.feeds.records import FeedFile, FeedPart, FeedRead
from detente.feeds.sheet import FeedSheet

_MOST_ROWS: Final = 200_000  # read together; a killed import reads at most so many again
_MOST_FILES: Final = 50
_SPACES: Final = ((b" \t", b"\t"), (b"\t ", b"\t"), (b" \n", b"\n"), (b"\n ", b"\n"))
_QUOTES: Final = re.compile(rb'(?<![^\t\n])"([^\t\n]+)"(?![^\t\n])')

Prepare = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A row is set aside where the condition is true: the column, the condition in SQL, the reason."""

    field: str
    wrong: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the cells of a feed become reports, in SQL over the relation `cells`, which has the sheet's columns as text.

    Attributes:
        checks: What sets a row aside; the first that applies is its reason.
        prepare: Registers what the joins need, once a file.
        actors: Fills the relations that the joins need from the actors in `cells`, once a block.
        joins: Joins to the good rows `e`, such as `LEFT JOIN codes k ON k.code = e.EventCode`.
        expressions: SQL by column of reports; `{feed}` stands for the name of the feed.
        unmapped: A SELECT of (actor, n) over the view `good`: actors without a country, and how often.
        found: Called with the first columns and the connection, to refuse a file of another kind.
    """

    checks: tuple[Check, ...]
    prepare: Prepare
    actors: Prepare
    joins: str
    expressions: Mapping[str, str]
    unmapped: str
    found: Callable[[duckdb.DuckDBPyConnection, str], None] | None = None


def read_tabular(files: Sequence[FeedFile], name: str, sheet: FeedSheet, mapped: Mapped) -> Iterator[FeedRead]:
    """Read files of columns: small ones together, long ones a block at a time.

    Args:
        files: Text files, `.gz`, `.xz`, or `.zip` with such files.
        name: Feed name of the rows, and the first part of their ids.
        sheet: The feed's data sheet.
        mapped: How its cells become reports.

    Yields:
        The rows in the tables' columns, and what was set aside.

    Raises:
        FeedError: If a file cannot be read or is not what the sheet says; what comes before it was given.
    """
    with duckdb.connect() as connection:
        mapped.prepare(connection)
        waiting: list[_Piece] = []
        pieces = _pieces(files, sheet)
        while True:
            try:
                piece = next(pieces, None)
                if piece is not None and piece.number == 0 and mapped.found is not None:
                    _register(connection, [piece], sheet)
                    mapped.found(connection, piece.label)
            except FeedError:
                if waiting:
                    yield _read_pieces(connection, name, sheet, mapped, waiting)
                raise
            if waiting and (piece is None or not _fits(piece, waiting)):
                yield _read_pieces(connection, name, sheet, mapped, waiting)
                waiting = []
            if piece is None:
                return
            waiting.append(piece)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Cells of one file, or of a stretch of it."""

    file: FeedFile
    number: int
    label: str
    layout: Found
    cells: Cells
    notes: tuple[str, ...]
    last: bool

    @property
    def import_id(self) -> str:
        return f"{self.file.import_id}.{self.number}" if self.number else self.file.import_id


def _fits(piece: _Piece, waiting: list[_Piece]) -> bool:
    """Whether a piece may be read together with those that wait."""
    rows = sum(other.cells.table.num_rows for other in waiting) + piece.cells.table.num_rows
    same = piece.layout.columns == waiting[0].layout.columns and piece.layout.delimiter == waiting[0].layout.delimiter
    return same and rows <= _MOST_ROWS and len(waiting) < _MOST_FILES


def _pieces(files: Sequence[FeedFile], sheet: FeedSheet) -> Iterator[_Piece]:
    for file in files:
        if file.path.suffix.lower() == ".parquet":
            yield from _parquet_pieces(file, sheet)
            continue
        before: _Piece | None = None
        layout, line = None, 1
        for number, block in enumerate(read_blocks(file.path, sheet.suffixes, quoted=sheet.quoted)):
            notes: tuple[str, ...] = ()
            if block.number == 0:
                layout, line = find_layout(block.file, block.text, sheet), 1
                notes = layout.notes
            if layout is None:
                continue
            text, skipped = _without_header(block, header=block.number == 0 and layout.header)
            cells = _cut(_tidied(text) if sheet.tidy and not layout.quoted else text, layout, sheet, line + skipped)
            line += skipped + cells.lines
            if block.replaced:
                notes += (f"bytes of {block.file} that are not UTF-8 were replaced",)
            if before is not None:
                yield before
            before = _Piece(file, number, block.file, layout, cells, notes, last=False)
        if before is not None:
            yield replace(before, last=True)


def _parquet_pieces(file: FeedFile, sheet: FeedSheet) -> Iterator[_Piece]:
    """A Parquet file in pieces, its values as text."""
    label = file.path.name
    before: _Piece | None = None
    for number, (table, first) in enumerate(read_parquet_text(file.path, _MOST_ROWS)):
        header = "\t".join(table.column_names).encode()
        found = find_layout(label, header, sheet)
        numbers = pa.array(range(first, first + table.num_rows), pa.int64())
        named = table.rename_columns(list(found.columns))
        rows = named.add_column(0, "file", _repeated(label, table.num_rows)).add_column(1, "line", numbers)
        if before is not None:
            yield before
        before = _Piece(file, number, label, found, Cells(rows, ODD.empty_table(), table.num_rows), (), last=False)
    if before is not None:
        yield replace(before, last=True)


def _without_header(block: Block, *, header: bool) -> tuple[Block, int]:
    """The block without its header, and how many lines that took."""
    if not header:
        return block, 0
    text = block.text.lstrip(b"\n")
    blank = len(block.text) - len(text)
    _, _, rest = text.partition(b"\n")
    return Block(block.file, block.number, rest, block.replaced), blank + 1


def _tidied(block: Block) -> Block:
    """The block without spaces around cells and quotes around whole ones."""
    text = block.text
    for spaced, plain in _SPACES:
        while spaced in text:
            text = text.replace(spaced, plain)
    if b'"' in text:
        text = _QUOTES.sub(rb"\1", text)
    return replace(block, text=text)


def _cut(block: Block, layout: Found, sheet: FeedSheet, line: int) -> Cells:
    """The cells of a block; odd lines that fit another layout of the feed are cut by that."""
    style = Style(layout.delimiter, layout.quoted, sheet.missing)
    cells = cut_cells(block, layout.columns, style, first_line=line)
    if not cells.odd.num_rows or layout.header:
        return cells
    table, odd = cells.table, cells.odd.to_pylist()
    for other in sheet.layouts:
        fitting = [row for row in odd if row["width"] == len(other.columns) != len(layout.columns)]
        if fitting:
            text = b"".join(row["raw"].encode() + b"\n" for row in fitting)
            more = cut_cells(Block(block.file, block.number, text, replaced=False), other.columns, style, first_line=1)
            numbers = pa.array([row["line"] for row in fitting], pa.int64())
            if more.table.num_rows == len(fitting):
                more_rows = more.table.set_column(1, "line", numbers)
                table = pa.concat_tables([table, more_rows], promote_options="default")
                odd = [row for row in odd if row not in fitting]
    return Cells(table, pa.Table.from_pylist(odd, schema=ODD), cells.lines)


def _register(connection: duckdb.DuckDBPyConnection, pieces: Sequence[_Piece], sheet: FeedSheet) -> None:
    """The view `cells`: every column of the sheet, null where the files have it not; file, line and import id."""
    labelled = [
        piece.cells.table.append_column("import_id", _repeated(piece.import_id, piece.cells.table.num_rows))
        for piece in pieces
    ]
    connection.register("cut", pa.concat_tables(labelled, promote_options="default"))
    there = {column for table in labelled for column in table.column_names}
    columns = ", ".join(
        quoted_name(column) if column in there else f"CAST(NULL AS VARCHAR) AS {quoted_name(column)}"
        for column in sheet.columns
    )
    extra = [quoted_name(column) for column in pieces[0].layout.columns if column.startswith(EXTRA)]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW cells AS SELECT file, line, import_id, {columns}, "
        f"coalesce({', '.join([*extra, 'NULL'])}) AS beyond FROM cut"
    )


def _read_pieces(
    connection: duckdb.DuckDBPyConnection, name: str, sheet: FeedSheet, mapped: Mapped, pieces: Sequence[_Piece]
) -> FeedRead:
    _register(connection, pieces, sheet)
    mapped.actors(connection)
    checks = (*mapped.checks, Check("columns", "beyond IS NOT NULL", "more columns than the header names"))
    cases = " ".join(f"WHEN {check.wrong} THEN {number}" for number, check in enumerate(checks))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE wrong AS SELECT * FROM "
        f"(SELECT import_id, line, CASE {cases} END AS place FROM cells) WHERE place IS NOT NULL"
    )
    bad = int(connection.sql("SELECT count(*) FROM wrong").fetchall()[0][0])
    without = " ANTI JOIN wrong w ON w.import_id = c.import_id AND w.line = c.line" if bad else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW good AS SELECT c.* FROM cells c{without}")
    shared = {
        "feed": "{feed}",
        "coder": text_literal(sheet.coder),
        "source_row": "e.line",
        "import_id": "e.import_id",
        **mapped.expressions,
    }
    filled = {column: sql.replace("{feed}", text_literal(name)) for column, sql in shared.items()}
    reports = select_reports(connection, f"good e {mapped.joins}", filled, order="ORDER BY e.file, e.line")
    quarantine = _set_aside(connection, name, checks, pieces)
    unmapped = Counter({str(actor): int(n) for actor, n in connection.sql(mapped.unmapped).fetchall()})
    notes = dict.fromkeys(note for piece in pieces for note in piece.notes)
    return FeedRead(
        reports, quarantine, _parts(reports, quarantine, pieces), dict(unmapped.most_common()), tuple(notes), {}
    )


def _parts(reports: pa.Table, quarantine: pa.Table, pieces: Sequence[_Piece]) -> tuple[FeedPart, ...]:
    good, bad = count_by_import(reports), count_by_import(quarantine)
    return tuple(
        FeedPart(
            piece.file,
            piece.number,
            piece.import_id,
            good[piece.import_id] + bad[piece.import_id],
            bad[piece.import_id],
            piece.last,
        )
        for piece in pieces
    )


def _set_aside(
    connection: duckdb.DuckDBPyConnection, name: str, checks: tuple[Check, ...], pieces: Sequence[_Piece]
) -> pa.Table:
    """Odd lines and rows that failed a check, each with its field and reason."""
    odd = [
        piece.cells.odd.append_column("import_id", _repeated(piece.import_id, piece.cells.odd.num_rows))
        for piece in pieces
    ]
    connection.register("odd", pa.concat_tables(odd))
    reasons = pa.table(
        {
            "place": pa.array(range(len(checks)), pa.int32()),
            "field": [check.field for check in checks],
            "reason": [check.reason for check in checks],
        }
    )
    connection.register("reasons", reasons)
    layout = pieces[0].layout
    row = ", ".join(f"coalesce({quoted_name(column)}, '')" for column in layout.columns)
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW set_aside AS
        SELECT c.file, c.line, r.field, r.reason, concat_ws({text_literal(layout.delimiter)}, {row}) AS raw, c.import_id
        FROM wrong w JOIN cut c ON c.import_id = w.import_id AND c.line = w.line JOIN reasons r ON r.place = w.place
        UNION ALL SELECT file, line, 'columns', width || ' columns, expected {len(layout.columns)}', raw, import_id
        FROM odd"""
    )
    return select_quarantine(connection, "set_aside", name, import_id="import_id")


def _repeated(value: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.nulls(times, pa.int32()).fill_null(0), pa.array([value], pa.string()))


def quoted_name(column: str) -> str:
    """A column's name as SQL has it."""
    return '"' + column.replace('"', '""') + '"'
