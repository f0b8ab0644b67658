"""Feeds in columns of text: cells checked, joined with what codes and actors mean, mapped by expressions in SQL."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa

from detente.errors import FeedError
from detente.feeds.ahead import ahead
from detente.feeds.assembled import assemble, first_wrong
from detente.feeds.cells import raw_lines
from detente.feeds.columns import count_by_import, select_evidence, select_quarantine, select_reports, text_literal
from detente.feeds.layouts import EXTRA
from detente.feeds.mapped import Check, Mapped, quoted_name
from detente.feeds.parts import CodedCells, work_out
from detente.feeds.pieces import MOST_ROWS, Piece, read_pieces, repeated
from detente.feeds.records import FeedFile, FeedPart, FeedRead
from detente.feeds.sheet import FeedSheet
from detente.model.tables import REPORTS

_MOST_FILES: Final = 50
_RAW: Final = pa.schema([("import_id", pa.string()), ("line", pa.int64()), ("file", pa.string()), ("raw", pa.string())])
_NO_REPORTS: Final = pa.Table.from_batches([], REPORTS)


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
        waiting: list[Piece] = []
        coded = frozenset(name for part in mapped.parts for columns in part.uses.values() for name in columns)
        pieces = ahead(read_pieces(files, sheet, coded))
        while True:
            try:
                piece = next(pieces, None)
                if piece is not None and piece.number == 0 and mapped.found is not None:
                    mapped.found(piece.cells.table, piece.label)
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


def _fits(piece: Piece, waiting: list[Piece]) -> bool:
    """Whether a piece may be read together with those that wait."""
    rows = sum(other.cells.table.num_rows for other in waiting) + piece.cells.table.num_rows
    same = piece.layout.columns == waiting[0].layout.columns and piece.layout.delimiter == waiting[0].layout.delimiter
    return same and rows <= MOST_ROWS and len(waiting) < _MOST_FILES


def _register(connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece], sheet: FeedSheet) -> pa.Table:
    """The view `cells`: every column the sheet reads, null where the files have it not; file, line and import id.

    Returns:
        The same but for what is beyond the columns; null columns where the files have them not.
    """
    labelled = [
        piece.cells.table.append_column("import_id", repeated(piece.import_id, piece.cells.table.num_rows))
        for piece in pieces
    ]
    cut = pa.concat_tables(labelled, promote_options="default")
    connection.register("cut", cut)
    there = set(cut.column_names)
    columns = ", ".join(
        quoted_name(column) if column in there else f"CAST(NULL AS VARCHAR) AS {quoted_name(column)}"
        for column in sheet.becomes
    )
    extra = [quoted_name(column) for column in pieces[0].layout.columns if column.startswith(EXTRA)]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW cells AS SELECT file, line, import_id, {columns}, "
        f"coalesce({', '.join([*extra, 'NULL'])}) AS beyond FROM cut"
    )
    for column in sheet.becomes:
        if column not in there:
            cut = cut.append_column(column, pa.nulls(cut.num_rows, pa.string()))
    return cut


def _read_pieces(
    connection: duckdb.DuckDBPyConnection, name: str, sheet: FeedSheet, mapped: Mapped, pieces: Sequence[Piece]
) -> FeedRead:
    cut = _register(connection, pieces, sheet)
    checks = (*mapped.checks, Check("columns", "beyond IS NOT NULL", "more columns than the header names"))
    shared = {
        "feed": "{feed}",
        "coder": text_literal(sheet.coder),
        "source_row": "e.line",
        "import_id": "e.import_id",
    }
    filled = {
        column: sql.replace("{feed}", text_literal(name)) for column, sql in {**shared, **mapped.expressions}.items()
    }
    if mapped.parts:
        rows, unmapped = _by_parts(connection, mapped, checks, filled, cut)
    else:
        rows, unmapped = _by_rows(connection, mapped, checks, filled)
    quarantine = _set_aside(connection, name, checks, pieces)
    notes = tuple(dict.fromkeys(note for piece in pieces for note in piece.notes))
    parts = _parts(rows, quarantine, pieces)
    if mapped.table == "evidence":
        return FeedRead(_NO_REPORTS, quarantine, parts, {}, notes, {}, rows)
    return FeedRead(rows, quarantine, parts, dict(unmapped.most_common()), notes, {})


def _by_parts(
    connection: duckdb.DuckDBPyConnection,
    mapped: Mapped,
    checks: Sequence[Check],
    expressions: Mapping[str, str],
    cut: pa.Table,
) -> tuple[pa.Table, Counter[str]]:
    """The reports, and actors without a country; fills the relation `wrong` with import id, line and place of check."""
    cells = CodedCells(cut)
    worked = [work_out(connection, part, cells) for part in mapped.parts]
    wrong = first_wrong(connection, checks, cells)
    bad = np.flatnonzero(wrong >= 0)
    rows = cut.select(["import_id", "line"]).take(pa.array(bad)).append_column("place", pa.array(wrong[bad]))
    connection.register("wrong", rows)
    return assemble(connection, cells, worked, expressions, np.flatnonzero(wrong < 0))


def _by_rows(
    connection: duckdb.DuckDBPyConnection, mapped: Mapped, checks: Sequence[Check], expressions: Mapping[str, str]
) -> tuple[pa.Table, Counter[str]]:
    """The same, joined and mapped row by row."""
    mapped.actors(connection)
    cases = " ".join(f"WHEN {check.wrong} THEN {number}" for number, check in enumerate(checks))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE wrong AS SELECT * FROM "
        f"(SELECT import_id, line, CASE {cases} END AS place FROM cells) WHERE place IS NOT NULL"
    )
    bad = int(connection.sql("SELECT count(*) FROM wrong").fetchall()[0][0])
    without = " ANTI JOIN wrong w ON w.import_id = c.import_id AND w.line = c.line" if bad else ""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW good AS SELECT c.* FROM cells c{without}")
    source = f"good e {mapped.joins}"
    if mapped.table == "evidence":
        rows = select_evidence(connection, source, expressions)
    else:
        rows = select_reports(connection, source, expressions, order=("e.file", "e.line"))
    return rows, Counter({str(actor): int(n) for actor, n in connection.sql(mapped.unmapped).fetchall()})


def _parts(rows: pa.Table, quarantine: pa.Table, pieces: Sequence[Piece]) -> tuple[FeedPart, ...]:
    good, bad = count_by_import(rows), count_by_import(quarantine)
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
    connection: duckdb.DuckDBPyConnection, name: str, checks: tuple[Check, ...], pieces: Sequence[Piece]
) -> pa.Table:
    """Odd lines and rows that failed a check, each with its field and reason."""
    odd = [
        piece.cells.odd.append_column("import_id", repeated(piece.import_id, piece.cells.odd.num_rows))
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
    connection.register("raws", _raw_rows(connection, pieces))
    width = len(pieces[0].layout.columns)
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW set_aside AS
        SELECT a.file, w.line, r.field, r.reason, a.raw, w.import_id
        FROM wrong w JOIN raws a ON a.import_id = w.import_id AND a.line = w.line JOIN reasons r ON r.place = w.place
        UNION ALL SELECT file, line, 'columns', width || ' columns, expected {width}', raw, import_id
        FROM odd"""
    )
    return select_quarantine(connection, "set_aside", name, import_id="import_id")


def _raw_rows(connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece]) -> pa.Table:
    """The lines of the rows that failed a check: import_id, line, file, raw."""
    wrong: dict[str, list[int]] = {}
    for import_id, line in connection.execute("SELECT import_id, line FROM wrong ORDER BY ALL").fetchall():
        wrong.setdefault(str(import_id), []).append(int(line))
    rows = [
        {"import_id": piece.import_id, "line": line, "file": piece.label, "raw": raw}
        for piece in pieces
        if (lines := wrong.get(piece.import_id))
        for line, raw in zip(lines, raw_lines(piece.cells, lines, piece.layout.delimiter), strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=_RAW)
