"""Every expression of the measures, and every measure, on each engine: equal row for row, and how long.

    python benchmarks/engines.py [--rows N] [--engines clickhouse,pyspark]

Builds a small store with everything a measure can meet (tests/engines/world.py, N rows of a feed), asks DuckDB and each
engine the same (tests/engines/cases.py), and prints whether the answers are equal to the last byte, and the
second-fastest of three times of the engine over that of DuckDB, by the clock, in one run; or what is missing.
"""

# ruff: noqa: T201
import argparse
import os
import platform
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb

import detente as dt

TESTS = Path(__file__).parents[1] / "tests" / "engines"
NEEDS = {"clickhouse": ("chdb", "clickhouse_connect"), "pyspark": ("pyspark",)}
RUNS = 3


def load(name: str) -> ModuleType:
    """A file of the tests of engines."""
    spec = spec_from_file_location(f"engines_{name}", TESTS / f"{name}.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{TESTS / name}.py is not there: run this from a checkout")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def questions(cases: ModuleType) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Name and question of every expression and measure, of the pair by the plain rules."""
    for name, make in cases.EXPRESSIONS.items():
        yield name, lambda view, make=make: cases.rows_of(make(view, cases.PLAIN))
    for name, measure in cases.MEASURES.items():
        yield name, lambda view, measure=measure: measure(view, cases.PLAIN)


def timed(ask: Callable[[Any], Any], view: Any) -> tuple[Any, float]:
    """The answer, and the second-fastest time in seconds: the first asks of an engine warm it up."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = ask(view)
        taken.append(time.perf_counter() - start)
    return answer, sorted(taken)[1]


def is_same(cases: ModuleType, found: Any, expected: Any) -> bool:
    """Whether two answers are equal, down to the last field."""
    try:
        cases.assert_same(found, expected)
    except AssertionError:
        return False
    return True


def main() -> None:
    """Build, ask, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=900)
    parser.add_argument("--engines", default=",".join(NEEDS))
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    cases = load("cases")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python "
        f"{platform.python_version()}, DuckDB {duckdb.__version__}, {asked.rows:,} rows of a feed"
    )
    different = 0
    with tempfile.TemporaryDirectory() as folder:
        store = load("world").build_world(Path(folder) / "store", asked.rows)
        with dt.open(store).snapshot() as here:
            expected = {name: timed(ask, here.events()) for name, ask in questions(cases)}
        for engine in asked.engines.split(","):
            missing = [name for name in NEEDS[engine] if find_spec(name) is None]
            if missing:
                print(f"{engine}: not asked, {missing[0]} is not installed")
                continue
            start = time.perf_counter()
            with dt.open(f"{engine}://{store.as_posix()}").snapshot() as there:
                view = there.events()
                print(f"{engine}: opened in {time.perf_counter() - start:.1f} s")
                for name, ask in questions(cases):
                    found, seconds = timed(ask, view)
                    same = is_same(cases, found, expected[name][0])
                    different += not same
                    ratio = seconds / expected[name][1]
                    print(f"  {name:<26} {'equal' if same else 'DIFFERENT':<9} {ratio:6.1f} times DuckDB")
    print(f"different: {different}")
    sys.exit(different > 0)


if __name__ == "__main__":
    main()
