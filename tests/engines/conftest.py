"""The engines that run here, each over the same folder; what cannot run is skipped with its reason."""

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

import detente as dt
from detente.api.fixed import FixedStore

WORLD = Path(__file__).with_name("world.py")


def _world(folder: Path) -> Path:
    import importlib.util

    spec = importlib.util.spec_from_file_location("engines_world", WORLD)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build_world(folder)


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> Path:
    return _world(tmp_path_factory.mktemp("engines") / "store with a space")


@pytest.fixture(scope="session")
def local(world):
    return dt.open(world, create=False)


@pytest.fixture(scope="session")
def here(local) -> Iterator[object]:
    """The events of the folder in DuckDB."""
    with local.snapshot() as snapshot:
        yield snapshot


def _clickhouse(folder: Path) -> str:
    if find_spec("chdb") is None or find_spec("clickhouse_connect") is None:
        pytest.skip("chdb or clickhouse-connect is not installed (the extra clickhouse)")
    return f"clickhouse://{folder.as_posix()}"


def _spark(folder: Path) -> str:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (the extra spark)")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java: Spark needs 17 or newer")
    _start_spark()
    return f"pyspark://{folder.as_posix()}"


def _start_spark() -> None:
    """A session for many small questions: nothing is compiled to machine code for the sake of a few rows."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    builder.getOrCreate().sparkContext.pythonExec = sys.executable


_ENGINES = {"clickhouse": _clickhouse, "pyspark": _spark}


@pytest.fixture(scope="session", params=["clickhouse", pytest.param("pyspark", marks=pytest.mark.slow)])
def address(request, world) -> str:
    """The folder as every engine that answers here is asked for it, one after the other."""
    return _ENGINES[request.param](world)


@pytest.fixture(scope="session")
def engine(address):
    """The store of an address, held at one state."""
    return FixedStore(dt.open(address))


@pytest.fixture(scope="session")
def there(engine):
    """The events of the folder in the engine."""
    with engine.snapshot() as snapshot:
        return snapshot
