"""One version of every table, opened in an in-memory DuckDB as views."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote
from uuid import uuid4

from detente.errors import StoreError
from detente.store.tables import is_mixed, open_table, quote, stated

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from deltalake import DeltaTable

_MOST_THREADS: Final = 8
_MEMORY: Final = "60%"  # of the machine's; beyond that DuckDB spills to disk
_CUT_STATISTICS: Final = 32  # characters from which a greatest value in the log may be cut short
_READABLE_FEATURES: Final = frozenset({"timestampNtz"})


@dataclass(frozen=True, slots=True)
class FixedTable:
    """The files of one version of a table; version -1 and no files where it was never written.

    `mixed` says that the files may differ in their columns, which makes them slower to open.
    """

    name: str
    version: int
    files: tuple[Path, ...]
    mixed: bool = False


def fix_tables(
    folder: Path, names: Iterable[str], *, between: tuple[str, str, str] | None = None
) -> dict[str, FixedTable]:
    """Fix the newest version of tables, `imports` first.

    An import is written after its rows; so each import in the fixed version has its rows in the
    versions fixed after it.

    Args:
        folder: The store.
        names: Tables to fix beside `imports`.
        between: A text column of theirs with its least and greatest value: files that hold none between are left out.

    Returns:
        The fixed tables by name.

    Raises:
        StoreError: If a table cannot be read.
    """
    order = ["imports", *(name for name in names if name != "imports")]
    return {name: _fix_table(folder, name, between if name != "imports" else None) for name in order}


def connect(
    folder: Path, tables: Mapping[str, FixedTable], known_by: datetime | None = None, *, with_reviews: bool = True
) -> "duckdb.DuckDBPyConnection":
    """Open fixed tables in an in-memory DuckDB.

    Args:
        folder: The store.
        tables: The fixed tables, `imports` among them.
        known_by: Imports and links recorded later are left out.
        with_reviews: Whether imports that are reviews are live.

    Returns:
        A connection with a view a table by its name, live rows only, and one `raw_<name>` with all rows.

    Raises:
        StoreError: If a file cannot be read.
    """
    import duckdb

    with stated(folder, "read the tables"):
        connection = duckdb.connect(":memory:", config=_settings())
        try:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET parquet_metadata_cache = true")
            views = [_raw_view(table) for table in tables.values()]
            views += _live_views(tables, known_by, with_reviews=with_reviews)
            connection.execute("; ".join(views))
        except duckdb.Error:
            connection.close()
            raise
    return connection


def _settings() -> dict[str, str | bool | int | float | list[str]]:
    import tempfile

    return {
        "threads": min(os.cpu_count() or 1, _MOST_THREADS),
        "memory_limit": _MEMORY,
        "temp_directory": str(Path(tempfile.gettempdir()) / f"detente-{uuid4().hex}"),  # not the user's folder
        "autoinstall_known_extensions": False,  # never a download
    }


def _fix_table(folder: Path, name: str, between: tuple[str, str, str] | None = None) -> FixedTable:
    table = open_table(folder, name)
    if table is None:
        return FixedTable(name, -1, ())
    unknown = sorted(set(table.protocol().reader_features or ()) - _READABLE_FEATURES)
    if unknown:
        raise StoreError(
            f"store {folder}: table {name} uses the Delta feature {unknown[0]!r}, which detente "
            "does not read: rewrite the table without it"
        )
    # The addresses are percent-encoded, the names of the files are all that is needed of them.
    uris = table.file_uris() if between is None else _holding(table, *between)
    names = sorted(unquote(uri.rsplit("/", 1)[-1]) for uri in uris)
    return FixedTable(name, table.version(), tuple(folder / name / file for file in names), is_mixed(table))


def _holding(table: "DeltaTable", column: str, low: str, high: str) -> list[str]:
    """The files that may hold a value between two, by what the log says of each; where it says nothing, it may."""
    import pyarrow as pa

    files = pa.table(table.get_add_actions(flatten=True)).to_pylist()
    ends = [(str(file["path"]), file.get(f"min.{column}"), file.get(f"max.{column}")) for file in files]
    return [
        path
        for path, least, most in ends
        if least is None or most is None or len(most) >= _CUT_STATISTICS or (least <= high and low <= most)
    ]


@cache
def _no_rows() -> Mapping[str, str]:
    """A query for each table that gives its columns in DuckDB's types and no row, made once a process."""
    import duckdb
    import pyarrow as pa

    from detente.model.tables import TABLES

    queries = {}
    with duckdb.connect(":memory:") as connection:
        for name, schema in TABLES.items():
            connection.register("no_rows", pa.Table.from_batches([], schema))  # `empty_table` would load pandas
            types = connection.execute("DESCRIBE no_rows").fetchall()
            columns = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind, *_ in types)
            queries[name] = f"SELECT {columns} WHERE false"
            connection.unregister("no_rows")
    return queries


def _raw_view(table: FixedTable) -> str:
    from detente.model.tables import TABLES

    source = _no_rows()[table.name]
    if table.files:
        # Files of an older detente lack newer columns: the query without rows names and types them.
        paths = ", ".join(quote(str(path).replace("*", "[*]").replace("?", "[?]")) for path in table.files)
        source += f" UNION ALL BY NAME SELECT * FROM read_parquet([{paths}], union_by_name = {table.mixed})"
    columns = ", ".join(_never_null(field) for field in TABLES[table.name])
    return f"CREATE TEMP VIEW raw_{table.name} AS SELECT {columns} FROM ({source})"


def _never_null(field: "pa.Field") -> str:
    if field.nullable or not str(field.type).startswith("list"):
        return f'"{field.name}"'
    return f'coalesce("{field.name}", []) AS "{field.name}"'


def _live_views(tables: Mapping[str, FixedTable], known_by: datetime | None, *, with_reviews: bool) -> list[str]:
    in_time = f"recorded_at <= TIMESTAMPTZ {quote(known_by.isoformat())}" if known_by else "true"
    wanted = "true" if with_reviews else "kind IS DISTINCT FROM 'review'"
    # Two writers may have brought the same input at once: the first counts.
    imports = f"""CREATE TEMP TABLE imports AS SELECT * FROM raw_imports WHERE {in_time} AND {wanted}
        QUALIFY row_number() OVER (
            PARTITION BY coalesce('input ' || nullif(input_hash, ''), 'import ' || import_id)
            ORDER BY recorded_at, import_id) = 1"""
    return [imports, *(_live_view(name, in_time) for name in tables if name != "imports")]


def _live_view(name: str, in_time: str) -> str:
    also = f"WHERE {in_time}" if name == "links" else ""
    return f"CREATE TEMP VIEW {name} AS SELECT * FROM raw_{name} SEMI JOIN imports USING (import_id) {also}"
