"""Feeds in columns of text: cells checked, joined with what codes and actors mean, mapped by expressions in SQL."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import duckdb
import pyarrow as pa

from detente.errors import FeedError
from detente.feeds.ahead import ahead
from detente.feeds.cells import raw_lines
from detente.feeds.columns import count_by_import, select_evidence, select_quarantine, select_reports, text_literal
from detente.feeds.layouts import EXTRA
from detente.feeds.pieces import MOST_ROWS, Piece, read_pieces, repeated
from detente.feeds.records import FeedFile, FeedPart, FeedRead
from detente.feeds.sheet import FeedSheet
from detente.model.tables import REPORTS

_MOST_FILES: Final = 50
_RAW: Final = pa.schema([("import_id", pa.string()), ("line", pa.int64()), ("file", pa.string()), ("raw", pa.string())])
_NO_REPORTS: Final = pa.Table.from_batches([], REPORTS)

Prepare = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A row is set aside where the condition is true: the column, the condition in SQL, the reason."""

    field: str
    wrong: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the cells of a feed become reports, in SQL over the relation `cells`: the columns the sheet reads, as text.

    Attributes:
        checks: What sets a row aside; the first that applies is its reason.
        prepare: Registers what the joins need, once a file.
        actors: Fills the relations that the joins need from the actors in `cells`, once a block.
        joins: Joins to the good rows `e`, such as `LEFT JOIN codes k ON k.code = e.EventCode`.
        expressions: SQL by column of `table`; `{feed}` stands for the name of the feed.
        unmapped: A SELECT of (actor, n) over the view `good`: actors without a country, and how often.
        found: Called with the first columns and the connection, to refuse a file of another kind.
        table: What the rows become.
    """

    checks: tuple[Check, ...]
    prepare: Prepare
    actors: Prepare
    joins: str
    expressions: Mapping[str, str]
    unmapped: str
    found: Callable[[duckdb.DuckDBPyConnection, str], None] | None = None
    table: Literal["reports", "evidence"] = "reports"


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
        pieces = ahead(read_pieces(files, sheet))
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


def _fits(piece: Piece, waiting: list[Piece]) -> bool:
    """Whether a piece may be read together with those that wait."""
    rows = sum(other.cells.table.num_rows for other in waiting) + piece.cells.table.num_rows
    same = piece.layout.columns == waiting[0].layout.columns and piece.layout.delimiter == waiting[0].layout.delimiter
    return same and rows <= MOST_ROWS and len(waiting) < _MOST_FILES


def _register(connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece], sheet: FeedSheet) -> None:
    """The view `cells`: every column the sheet reads, null where the files have it not; file, line and import id."""
    labelled = [
        piece.cells.table.append_column("import_id", repeated(piece.import_id, piece.cells.table.num_rows))
        for piece in pieces
    ]
    connection.register("cut", pa.concat_tables(labelled, promote_options="default"))
    there = {column for table in labelled for column in table.column_names}
    columns = ", ".join(
        quoted_name(column) if column in there else f"CAST(NULL AS VARCHAR) AS {quoted_name(column)}"
        for column in sheet.becomes
    )
    extra = [quoted_name(column) for column in pieces[0].layout.columns if column.startswith(EXTRA)]
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW cells AS SELECT file, line, import_id, {columns}, "
        f"coalesce({', '.join([*extra, 'NULL'])}) AS beyond FROM cut"
    )


def _read_pieces(
    connection: duckdb.DuckDBPyConnection, name: str, sheet: FeedSheet, mapped: Mapped, pieces: Sequence[Piece]
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
    source = f"good e {mapped.joins}"
    if mapped.table == "evidence":
        reports, evidence = _NO_REPORTS, select_evidence(connection, source, filled)
    else:
        reports, evidence = select_reports(connection, source, filled, order=("e.file", "e.line")), None
    quarantine = _set_aside(connection, name, checks, pieces)
    unmapped = Counter({str(actor): int(n) for actor, n in connection.sql(mapped.unmapped).fetchall()})
    notes = dict.fromkeys(note for piece in pieces for note in piece.notes)
    parts = _parts(reports if evidence is None else evidence, quarantine, pieces)
    return FeedRead(reports, quarantine, parts, dict(unmapped.most_common()), tuple(notes), {}, evidence)


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


def quoted_name(column: str) -> str:
    """A column's name as SQL has it."""
    return '"' + column.replace('"', '""') + '"'
