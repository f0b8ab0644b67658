"""Apache Spark over the files of a store, or over a table of its catalogue."""

import os
from typing import TYPE_CHECKING, Any, Final

from detente.engines.addresses import Address
from detente.engines.columns import report_rows
from detente.engines.folders import fix_folder
from detente.engines.live import live_tables
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot
from detente.errors import StoreError
from detente.model import stable_id

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TYPES: Final = {
    "string": "STRING",
    "date32[day]": "DATE",
    "bool": "BOOLEAN",
    "int8": "TINYINT",
    "int32": "INT",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "timestamp[us, tz=UTC]": "TIMESTAMP",
}


def open_spark(address: Address) -> EngineSnapshot:
    """The tables of a store's folder, or of Spark's catalogue, read by Spark.

    A running session is used as it is; else one is started in this process (`?master=local[2]`), whose dates are UTC.

    Args:
        address: `pyspark:///FOLDER` or `pyspark://?table=DATABASE.TABLE`.

    Raises:
        StoreError: If Spark or Java is missing, or there is no such folder or table.
    """
    import ibis

    session = spark_session(address.choices.get("master", "local[*]"))
    backend = ibis.pyspark.connect(session)
    if address.folder is None:
        return EngineSnapshot(EngineRows(str(address), "", {"reports": report_rows(backend, address)}, _stay))
    fixed = fix_folder(address.folder)
    raw = {name: _read(session, backend, name, [str(file) for file in files]) for name, files in fixed.files.items()}
    return EngineSnapshot(EngineRows(str(address), fixed.version, live_tables(raw, _cached), _stay, _cached, _named))


def spark_session(master: str = "local[*]") -> "SparkSession":
    """The running Spark session, else a new one in this process.

    Raises:
        StoreError: If PySpark or Java is missing.
    """
    sql = need("pyspark.sql", "spark")
    running = sql.SparkSession.getActiveSession()
    if running is not None:
        return running
    errors = need("pyspark.errors", "spark")
    builder = sql.SparkSession.builder.master(master).appName("detente")
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (errors.PySparkException, OSError) as error:
        raise StoreError(
            "Spark did not start: it needs Java 17 or newer; install one (apt-get install openjdk-17-jre-headless) or "
            "set JAVA_HOME"
        ) from error


def _read(session: "SparkSession", backend: Any, name: str, files: list[str]) -> Any:
    schema = ", ".join(f"`{column}` {kind}" for column, kind in _columns(name))
    frame = session.read.schema(schema).parquet(*files) if files else session.createDataFrame([], schema)
    view = f"detente_{name}_{stable_id(*files)}"
    frame.createOrReplaceTempView(view)
    return backend.table(view)


def _columns(name: str) -> list[tuple[str, str]]:
    from detente.model.tables import TABLES

    return [(column.name, _spark_type(str(column.type))) for column in TABLES[name]]


def _spark_type(kind: str) -> str:
    return "ARRAY<STRING>" if kind.startswith("list") else _TYPES[kind]


def _cached(name: str, table: Any) -> Any:  # noqa: ARG001 - a name is for engines that need one
    return table.cache()


def _named(name: str, table: Any) -> Any:
    backend = table.get_backend()
    sql = backend.compile(table)
    view = f"detente_{name}_{stable_id(sql)}"
    backend._session.sql(sql).createOrReplaceTempView(view)
    return backend.table(view)


def _stay() -> None:
    """A session is the process's: it is not stopped with a snapshot."""
