"""The engines that run here, each over the same folder; what cannot run is skipped with its reason."""

import os
import shutil
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


def _clickhouse(folder: Path):
    if find_spec("chdb") is None or find_spec("clickhouse_connect") is None:
        pytest.skip("chdb or clickhouse-connect is not installed (the extra clickhouse)")
    return dt.open(f"clickhouse://{folder.as_posix()}")


def _spark(folder: Path):
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (the extra spark)")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java: Spark needs 17 or newer")
    return dt.open(f"pyspark://{folder.as_posix()}?master=local[2]")


_ENGINES = {"clickhouse": _clickhouse, "pyspark": _spark}


@pytest.fixture(scope="session", params=["clickhouse", pytest.param("pyspark", marks=pytest.mark.slow)])
def engine(request, world):
    """Every engine that answers here, one after the other."""
    return FixedStore(_ENGINES[request.param](world))


@pytest.fixture(scope="session")
def there(engine):
    """The events of the folder in the engine."""
    with engine.snapshot() as snapshot:
        return snapshot
