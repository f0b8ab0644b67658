"""Bringing a store of an earlier format up to the newest: counting the reports that have no cube."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.store.cube import CUBE_TABLES, fill_cube_sql
from detente.store.format import FORMAT, mark_format, open_folder
from detente.store.reading import connect, fix_tables
from detente.store.tables import append_rows, delete_rows, stated

if TYPE_CHECKING:
    import duckdb

_ROWS: Final = 2_000_000  # reports that are counted at a time


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done.

    Attributes:
        folder: The store.
        from_format: The format that was found.
        to_format: The format it has now.
        counted: Reports of feeds that were counted into the cube.
    """

    folder: Path
    from_format: int
    to_format: int
    counted: int


def migrate_folder(path: Path) -> Migrated:
    """Bring a store up to the newest format; what is there already is left alone.

    Others may read and write meanwhile. Stopped half-way, call it again: imports that were counted in part are counted
    anew.

    Args:
        path: The folder.

    Returns:
        What was done.

    Raises:
        StoreError: If it is no store, or cannot be read or written.
        StoreVersionError: If its format is newer than this detente's.
    """
    folder, marker = open_folder(path, create=False)
    connection = connect(folder, fix_tables(folder, ("reports", *CUBE_TABLES)))
    try:
        with stated(folder, "read the tables"):
            wanting = _uncounted(connection)
        for chunk in _chunks(wanting):
            _count_again(folder, connection, chunk)
    finally:
        connection.close()
    if marker.format != FORMAT:
        mark_format(folder)
    return Migrated(folder, marker.format, FORMAT, sum(n for _, n in wanting))


def _uncounted(connection: "duckdb.DuckDBPyConnection") -> list[tuple[str, int]]:
    """Imports whose rows of a feed differ in number from what the cube has of them, and the number."""
    return connection.execute(
        """SELECT import_id, coalesce(there.n, 0) AS n FROM
            (SELECT import_id, count(*) AS n FROM reports
             WHERE record_kind = 'feed' AND feed IS NOT NULL GROUP BY ALL) AS there
            FULL JOIN (SELECT import_id, sum(n) AS n FROM coverage WHERE side IS NULL GROUP BY ALL) AS counted
            USING (import_id)
        WHERE there.n IS DISTINCT FROM counted.n ORDER BY import_id"""
    ).fetchall()


def _chunks(imports: list[tuple[str, int]]) -> list[list[str]]:
    chunks: list[list[str]] = []
    rows = _ROWS
    for import_id, n in imports:
        if rows >= _ROWS:
            chunks.append([])
            rows = 0
        chunks[-1].append(import_id)
        rows += n
    return chunks


def _count_again(folder: Path, connection: "duckdb.DuckDBPyConnection", import_ids: list[str]) -> None:
    from detente.model.tables import TABLES

    with stated(folder, "read the tables"):
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE wanting AS SELECT unnest(?::VARCHAR[]) AS import_id", [import_ids]
        )
        reports = "(SELECT reports.* FROM reports SEMI JOIN wanting USING (import_id))"
        found = {name: connection.sql(fill_cube_sql(name, reports)).to_arrow_table() for name in CUBE_TABLES}
    # Coverage tells what was counted, so it goes first and comes last.
    for name in reversed(CUBE_TABLES):
        delete_rows(folder, name, "import_id", import_ids)
    for name in CUBE_TABLES:
        if found[name].num_rows:
            append_rows(folder, name, found[name].select(TABLES[name].names).cast(TABLES[name]))
