"""What has no server here is compiled: every expression that the measures ask, in BigQuery's and Trino's words."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import ibis
import pytest
import sqlglot
from ibis.backends.sql.compilers import BigQueryCompiler, TrinoCompiler
from ibis.formats.pyarrow import PyArrowSchema

from detente.measure import select, series
from detente.measure.periods import GRAINS, assign_periods
from detente.model import Dyad
from detente.model.results import Selection
from detente.model.tables import REPORTS

DIALECTS = {"bigquery": BigQueryCompiler, "trino": TrinoCompiler}
ASKED = Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "gdelt", "feed", one_a_day=True)


@pytest.mark.parametrize("every", GRAINS)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_sums_of_a_pair_compile(dialect, every):
    rows = ibis.table(PyArrowSchema.to_ibis(REPORTS), name="reports")
    view = rows.mutate(event_id=rows.report_id, n_reports=ibis.literal(1, "int64"))
    sums = series.aggregate_acts(assign_periods(select.select_events(view, ASKED), every))
    sql = DIALECTS[dialect]().to_sqlglot(sums).sql(dialect)
    read = sqlglot.parse_one(sql, dialect=dialect)
    assert {table.name for table in read.find_all(sqlglot.exp.Table)} >= {"reports"}
    assert read.named_selects == list(sums.columns)


@pytest.fixture(scope="module")
def asked(here) -> list[ibis.Expr]:
    """What the measures ask of an engine, noted while DuckDB answers."""
    from detente.store.duckdb_backend import KnownQueries

    spec = spec_from_file_location("engines_cases", Path(__file__).with_name("cases.py"))
    cases = module_from_spec(spec)
    spec.loader.exec_module(cases)
    found = [make(here.events(), cases.PLAIN).unbind() for make in cases.EXPRESSIONS.values()]
    run = KnownQueries.to_pyarrow

    def noted(self, expr, /, **options):
        found.append(expr.unbind())  # which holds on to no table of the engine
        return run(self, expr, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KnownQueries, "to_pyarrow", noted)
        for name, measure in cases.MEASURES.items():
            if not name.startswith("index by"):  # series again, over groups that are among the expressions
                measure(here.events(), cases.PLAIN)
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
def test_everything_a_measure_asks_compiles(dialect, asked):
    assert len(asked) > 25
    for expression in asked:
        made = DIALECTS[dialect]().to_sqlglot(expression.as_table())
        assert sqlglot.parse_one(made.sql(dialect), dialect=dialect) is not None
        # `x IN (…) <> y IN (…)` is an error in one of them, and another thing in the other.
        for comparison in made.find_all(sqlglot.exp.EQ, sqlglot.exp.NEQ):
            assert not isinstance(comparison.left, sqlglot.exp.In)
            assert not isinstance(comparison.right, sqlglot.exp.In)
