"""Apache Spark over the files of a store, or over a table of its catalogue."""

import os
import sys
from typing import TYPE_CHECKING, Any, Final

from detente.engines.addresses import Address
from detente.engines.asked import AS_IT_IS, Asked, refuse_states
from detente.engines.columns import report_rows
from detente.engines.folders import fix_folder
from detente.engines.live import live_tables
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot
from detente.errors import StoreError
from detente.model import stable_id

if TYPE_CHECKING:
    from ibis.expr.types import Table
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


def open_spark(address: Address, asked: Asked = AS_IT_IS) -> EngineSnapshot:
    """The tables of a store's folder, or of Spark's catalogue, read by Spark.

    A running session is used as it is; else one is started in this process (`?master=local[2]`), whose dates are UTC.

    Args:
        address: `pyspark:///FOLDER` or `pyspark://?table=DATABASE.TABLE`.
        asked: The state wanted; of a table of the catalogue only what it holds now.

    Raises:
        StoreError: If Spark or Java is missing, or there is no such folder or table.
    """
    if address.folder is None:
        refuse_states(asked, address)
    need("pyspark.sql", "spark")
    if address.folder is None:
        backend = _backend(spark_session(_master(address)))
        rows = report_rows(backend, address)
        return EngineSnapshot(EngineRows(str(address), "", {"reports": rows}, _stay, asked=asked))
    fixed = fix_folder(address.folder)  # what is no folder is said before Java starts
    session = spark_session(_master(address))
    backend = _backend(session)
    raw = {name: _read(session, backend, name, [str(file) for file in files]) for name, files in fixed.files.items()}
    live = live_tables(raw, _cached, asked)
    return EngineSnapshot(EngineRows(str(address), fixed.version, live, _stay, _cached, _named, asked))


def _backend(session: "SparkSession") -> Any:
    from detente.engines.spark_backend import ArrowSpark

    ArrowSpark.register_options()
    return ArrowSpark().connect(session)


def _master(address: Address) -> str:
    return address.choices.get("master", "local[*]")


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
        "spark.driver.memory": "2g",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (errors.PySparkException, OSError) as error:
        raise StoreError(
            "Spark did not start: it needs Java 17 or newer; install one (apt-get install openjdk-17-jre-headless) or "
            "set JAVA_HOME"
        ) from error
    if master.startswith("local") and "PYSPARK_PYTHON" not in os.environ:
        session.sparkContext.pythonExec = sys.executable  # else whatever `python3` is on the path, without detente
    return session


def _read(session: "SparkSession", backend: Any, name: str, files: list[str]) -> "Table":
    schema = ", ".join(f"`{column}` {kind}" for column, kind in _columns(name))
    frame = session.read.schema(schema).parquet(*files) if files else session.createDataFrame([], schema)
    # Files of an older detente lack newer columns: lists are never null.
    frame = frame.selectExpr(*(_never_null(column, kind) for column, kind in _columns(name)))
    view = f"detente_{name}_{stable_id(*files)}"
    frame.createOrReplaceTempView(view)
    return _in_utc(backend.table(view))


def _never_null(column: str, kind: str) -> str:
    name = f"`{column}`"
    return f"coalesce({name}, CAST(array() AS {kind})) AS {name}" if kind.startswith("ARRAY") else name


def _columns(name: str) -> list[tuple[str, str]]:
    from detente.model.tables import TABLES

    return [(column.name, _spark_type(str(column.type))) for column in TABLES[name]]


def _spark_type(kind: str) -> str:
    return "ARRAY<STRING>" if kind.startswith("list") else _TYPES[kind]


def _cached(name: str, table: "Table") -> "Table":  # noqa: ARG001 - a name is for engines that need one
    return _in_utc(table.cache())


def _named(name: str, table: "Table") -> "Table":
    backend = table.get_backend()
    sql = backend.compile(table)
    view = f"detente_{name}_{stable_id(sql)}"
    backend._session.sql(sql).createOrReplaceTempView(view)
    return _in_utc(backend.table(view))


def _in_utc(table: "Table") -> "Table":
    """Points in time as what they are: Spark's are, and Ibis takes them for times of nowhere."""
    points = [name for name, kind in table.schema().items() if kind.is_timestamp()]
    return table.cast(dict.fromkeys(points, "timestamp('UTC', 6)")) if points else table


def _stay() -> None:
    """A session is the process's: it is not stopped with a snapshot."""
