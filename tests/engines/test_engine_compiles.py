"""What has no server here is compiled: the central expression of the measures, in BigQuery's and Trino's words."""

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

ASKED = Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "gdelt", "feed", one_a_day=True)


@pytest.mark.parametrize("every", GRAINS)
@pytest.mark.parametrize(("dialect", "compiler"), [("bigquery", BigQueryCompiler), ("trino", TrinoCompiler)])
def test_the_sums_of_a_pair_compile(dialect, compiler, every):
    rows = ibis.table(PyArrowSchema.to_ibis(REPORTS), name="reports")
    view = rows.mutate(event_id=rows.report_id, n_reports=ibis.literal(1, "int64"))
    sums = series.aggregate_acts(assign_periods(select.select_events(view, ASKED), every))
    sql = compiler().to_sqlglot(sums).sql(dialect)
    read = sqlglot.parse_one(sql, dialect=dialect)
    assert {table.name for table in read.find_all(sqlglot.exp.Table)} >= {"reports"}
    assert read.named_selects == list(sums.columns)
