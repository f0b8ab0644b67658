"""ClickHouse: a server's table, or the files of a store read by the engine inside this process (chdb)."""

import re
from functools import partial
from typing import Any, Final

from detente.engines.addresses import Address
from detente.engines.columns import report_rows
from detente.engines.folders import fix_folder
from detente.engines.live import live_tables
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot
from detente.errors import StoreError
from detente.model import stable_id

SETTINGS: Final = {
    "join_use_nulls": 1,  # a row without a partner has nulls, not zeros and empty words
    "aggregate_functions_null_for_empty": 1,  # the sum of nothing is null, as everywhere else
    "enable_extended_results_for_datetime_functions": 1,  # months before 1970
}
_TYPES: Final = {
    "string": "String",
    "date32[day]": "Date32",
    "bool": "Bool",
    "int8": "Int8",
    "int32": "Int32",
    "int64": "Int64",
    "double": "Float64",
    "timestamp[us, tz=UTC]": "DateTime64(6, 'UTC')",
}


def open_clickhouse(address: Address) -> EngineSnapshot:
    """The table of a server, or of a store's folder.

    Args:
        address: `clickhouse://USER:PASSWORD@HOST:PORT/DATABASE?table=NAME`, or `clickhouse:///FOLDER`.

    Raises:
        StoreError: If the client is missing, the server does not answer, or there is no such folder or table.
    """
    connect = need("clickhouse_connect", "clickhouse")
    if address.folder is not None:
        need("chdb", "clickhouse")
        fixed = fix_folder(address.folder)  # what is no folder is said before the engine starts
        client = connect.get_client(interface="chdb", settings=SETTINGS)
        backend = _backend(client)
        raw = {name: _read(client, backend, name, [str(file) for file in files]) for name, files in fixed.files.items()}
        keep, name = (partial(_create, client, backend, kind) for kind in ("TABLE", "VIEW"))
        live = live_tables(raw, keep)
        return EngineSnapshot(EngineRows(str(address), fixed.version, live, client.close, keep, name))
    from clickhouse_connect.driver.exceptions import Error

    try:
        client = connect.get_client(
            host=address.host,
            port=address.port or 0,
            username=address.user or None,
            password=address.password,
            database=address.path or "default",
            secure=address.choices.get("secure") == "1",
            settings={**SETTINGS, "readonly": 2},
        )
    except Error as error:
        raise StoreError(f"store {address}: the server does not answer; check host, port and user") from error
    rows = report_rows(_backend(client), address)
    return EngineSnapshot(EngineRows(str(address), "", {"reports": rows}, client.close))


def _backend(client: Any) -> Any:
    import ibis

    from detente.engines.clickhouse_dates import WideDates

    backend = ibis.clickhouse.from_connection(client)
    backend.compiler = WideDates()
    return backend


def _read(client: Any, backend: Any, name: str, files: list[str]) -> Any:
    """A table's files as a view, its columns named and typed, so that none is guessed from a file."""
    from detente.model.tables import TABLES

    columns = [(column.name, _clickhouse_type(str(column.type))) for column in TABLES[name]]
    view = f"detente_{name}_{stable_id(*files)}"
    if files:
        structure = _quote(", ".join(f"`{column}` {kind}" for column, kind in columns))
        parts = [f"SELECT * FROM file({_quote(_glob(file))}, 'Parquet', {structure})" for file in files]  # noqa: S608 - quoted above
        source = " UNION ALL ".join(parts)
    else:
        empty = ", ".join(
            f"CAST({'[]' if 'Array' in kind else 'NULL'} AS {kind}) AS `{name}`" for name, kind in columns
        )
        source = f"SELECT {empty} WHERE 0"
    client.command(f"CREATE OR REPLACE VIEW {view} AS {source}")
    return backend.table(view)


def _create(client: Any, backend: Any, kind: str, name: str, table: Any) -> Any:
    """A table in memory, or a view, of the engine in this process, which holds nothing else."""
    from ibis.expr.operations import DatabaseTable

    engine = "ENGINE = Memory " if kind == "TABLE" else ""
    client.command(f"CREATE OR REPLACE {kind} kept_{name} {engine}AS {backend.compile(table)}")
    # With the types the expression has: the engine would give counts and lists others.
    return DatabaseTable(name=f"kept_{name}", schema=table.schema(), source=backend).to_expr()


def _clickhouse_type(kind: str) -> str:
    return "Array(String)" if kind.startswith("list") else f"Nullable({_TYPES[kind]})"


def _glob(path: str) -> str:
    """A path in which nothing stands for something else."""
    return re.sub(r"([{}*?\[\]])", r"\\\1", path)


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
