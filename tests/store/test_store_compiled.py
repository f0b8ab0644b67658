"""SQL compiled once for each shape of expression: the same as compiled anew, and nothing of one question in another."""

import gc
import weakref
from collections.abc import Callable, Iterator
from datetime import date

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from detente.store.compiled import compile_known
from detente.store.duckdb_backend import KnownQueries

ROWS = """CREATE TABLE {name} AS SELECT * FROM (VALUES
    ('RUS', 'JPN', 1, DATE '2020-01-01'), ('JPN', 'RUS', 2, DATE '2020-01-02'), ('O''X', 'a"b', 3, DATE '2020-02-01'),
    (NULL, 'RUS', 4, DATE '2020-03-01')) AS t(source, target, n, day)"""


@pytest.fixture
def backend() -> Iterator[KnownQueries]:
    with duckdb.connect(":memory:") as connection:
        connection.execute(ROWS.format(name="acts"))
        connection.execute(ROWS.format(name='"other ""acts"""'))
        yield KnownQueries.from_connection(connection)


def between(rows: ir.Table, a: str, b: str, since: date = date(2020, 1, 1)) -> ir.Table:
    kept = rows.filter(rows.source.isin([a, "SUN"]) & (rows.target == b), rows.day >= ibis.literal(since))
    return kept.group_by("source").aggregate(n=kept.n.sum(), first=kept.day.min()).order_by("source")


def counting(backend: KnownQueries) -> tuple[Callable[[ir.Table], str], list[str]]:
    """A way to SQL, and what it compiled."""
    done: list[str] = []
    keeper = Counting(backend, done)
    return lambda expr: compile_known(expr, keeper.compile) or "", done


class Counting:
    def __init__(self, backend: KnownQueries, done: list[str]) -> None:
        self.backend, self.done = backend, done

    def compile(self, expr: ir.Table) -> str:
        self.done.append(str(self.backend.compile(expr)))
        return self.done[-1]


@pytest.mark.parametrize(
    "make",
    [
        lambda rows: between(rows, "RUS", "JPN"),
        lambda rows: between(rows, "O'X", 'a"b'),
        lambda rows: between(rows, "RUS", "RUS"),
        lambda rows: between(rows, "__open_0__", "__open_1__"),
        lambda rows: between(rows, "RUS", "JPN", date(2020, 1, 2)),
        lambda rows: rows.mutate(told=ibis.literal("RUS"), same=rows.source == "RUS"),
        lambda rows: rows.mutate(told=ibis.ifelse(rows.source == "RUS", "a", "b")).filter(rows.source.like("R%")),
        lambda rows: rows.inner_join(rows.view(), "source").select("source", "n"),
        lambda rows: rows.union(rows.filter(rows.n > 1.0)).union(rows.filter(rows.n > 1)),
        lambda rows: rows.filter(rows.target.isin([])),
    ],
)
def test_known_sql_is_what_compiling_anew_gives(backend: KnownQueries, make: Callable[[ir.Table], ir.Table]) -> None:
    for name in ("acts", 'other "acts"', "acts"):
        expr = make(backend.table(name))
        assert compile_known(expr, backend._compile_new) == backend.compile(expr)


def test_other_texts_and_tables_are_not_compiled_again_and_other_questions_are(backend: KnownQueries) -> None:
    ask, done = counting(backend)
    rows = backend.table("acts").mutate(only_here=backend.table("acts").n * 7919)  # a shape of this test alone
    first = between(rows, "RUS", "JPN")
    assert "'RUS'" in ask(first)
    assert "'O''X'" in ask(between(rows, "O'X", "JPN"))
    assert len(done) == 1
    ask(between(rows, "JPN", "JPN"))  # one text in two places
    ask(between(rows, "RUS", "JPN", date(2020, 1, 2)))
    ask(first.limit(1))
    assert len(done) == 4


def test_answers_are_those_of_the_question(backend: KnownQueries) -> None:
    rows = backend.table("acts")
    for a, b, n in (("RUS", "JPN", 1), ("JPN", "RUS", 2), ("O'X", 'a"b', 3)):
        assert backend.to_pyarrow(between(rows, a, b))["n"].to_pylist() == [n]
        kept = between(rows, a, b).cache()
        assert kept.to_pyarrow().to_pylist() == backend.to_pyarrow(between(rows, a, b)).to_pylist()
        assert kept.n.sum().to_pyarrow().as_py() == n


def test_rows_of_this_process_and_functions_in_python_still_run(backend: KnownQueries) -> None:
    @ibis.udf.scalar.python
    def plus(n: int) -> int:
        return n + 1

    given = ibis.memtable(pa.table({"source": ["RUS"], "weight": [5]}))
    rows = backend.table("acts").inner_join(given, "source")
    assert backend.to_pyarrow(rows.weight.sum()).as_py() == 5
    assert backend.to_pyarrow(backend.table("acts").mutate(m=plus(backend.table("acts").n)).m.sum()).as_py() == 14


def test_no_connection_is_kept(backend: KnownQueries) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute(ROWS.format(name="acts"))
        mine = KnownQueries.from_connection(connection)
        assert mine.to_pyarrow(between(mine.table("acts"), "RUS", "JPN").mutate(only_here=104729)).num_rows == 1
        gone = weakref.ref(mine)
        del mine
        gc.collect()
        assert gone() is None
