"""GDELT's public table on BigQuery: seen as reports, its bytes told before a query runs, and capped."""

from itertools import product
from pathlib import Path

import duckdb
import ibis
import pytest

import detente as dt
from detente.engines.bigquery import compile_bigquery
from detente.engines.cost import cap_bytes, estimate_bytes, named_columns, read_size
from detente.engines.gdelt import map_gdelt
from detente.errors import InputError
from detente.measure import select, series
from detente.measure.periods import assign_periods
from detente.model import Dyad
from detente.model.results import Selection

FILE = Path(__file__).parents[3] / "shared/data/gdelt/events/20191024143000.export.CSV"
_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_GEO = {"Type": "int64", "FullName": "string", "CountryCode": "string", "ADM1Code": "string", "ADM2Code": "string"}
_GEO |= {"Lat": "float64", "Long": "float64", "FeatureID": "string"}
# The columns of `gdelt-bq.gdeltv2.events`, in the order of the files (GDELT event codebook 2.0, 2015).
_FIRST = "GLOBALEVENTID SQLDATE MonthYear Year"
_COUNTS = "QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
_FLOATS = {"FractionDate", "GoldsteinScale", "AvgTone"}
SCHEMA = {
    **dict.fromkeys(_FIRST.split(), "int64"),
    "FractionDate": "float64",
    **{f"Actor{side}{name}": "string" for side in (1, 2) for name in (*_ACTOR, "Type1Code", "Type2Code", "Type3Code")},
    "IsRootEvent": "int64",
    **dict.fromkeys(("EventCode", "EventBaseCode", "EventRootCode"), "string"),
    **{name: "float64" if name in _FLOATS else "int64" for name in _COUNTS.split()},
    **{f"{who}Geo_{name}": _GEO[name] for who, name in product(("Actor1", "Actor2", "Action"), _GEO)},
    "DATEADDED": "int64",
    "SOURCEURL": "string",
}
_BIGQUERY = {"int64": "INT64", "float64": "FLOAT64", "string": "STRING"}
SIZES = {name: (_BIGQUERY[kind], 8.0 if kind != "string" else 12.0) for name, kind in SCHEMA.items()}
ASKED = Selection(Dyad("RUS", "JPN"), ("RUS",), ("JPN",), "gdelt", "feed")


def sums_sql() -> str:
    """The sums of a pair by month over the public table, in BigQuery's words."""
    rows = map_gdelt(ibis.table(SCHEMA, name="events"))
    view = rows.mutate(event_id=rows.report_id, n_reports=ibis.literal(1, "int64"))
    return compile_bigquery(series.aggregate_acts(assign_periods(select.select_events(view, ASKED), "month")))


def test_a_query_names_only_the_columns_it_needs():
    kinds = {name: kind for name, (kind, _) in SIZES.items()}
    named = named_columns(sums_sql(), "events", kinds)
    assert {"SQLDATE", "EventCode", "GoldsteinScale", "Actor1CountryCode", "Actor2CountryCode"} <= named
    assert not named & {"SOURCEURL", "DATEADDED", "ActionGeo_FullName", "Actor1Name", "AvgTone", "Actor1Geo_Lat"}


def test_the_bytes_of_a_query_are_told_before_it_runs():
    kinds = {name: kind for name, (kind, _) in SIZES.items()}
    named = named_columns(sums_sql(), "events", kinds)
    assert estimate_bytes(sums_sql(), "events", SIZES, 1_000) == 1_000 * sum(SIZES[name][1] for name in named)
    assert estimate_bytes("SELECT SOURCEURL FROM events", "events", SIZES, 10) == 120
    everything = estimate_bytes("SELECT * FROM `gdelt-bq.gdeltv2.events`", "events", SIZES, 10)
    assert everything == 10 * sum(size for _, size in SIZES.values())


def test_a_query_above_the_cap_never_runs():
    backend = ibis.duckdb.connect()
    rows = backend.create_table("events", schema=ibis.schema({"a": "int64"}))
    asked = []

    def estimate(expression):
        asked.append(expression)
        return 500

    cap_bytes(backend, estimate, 499)
    with pytest.raises(InputError, match="names 500 bytes, more than the 499 allowed"):
        rows.to_pyarrow()
    assert len(asked) == 1
    wide = ibis.duckdb.connect()
    rows = wide.create_table("events", schema=ibis.schema({"a": "int64"}))
    cap_bytes(wide, estimate, 500)
    assert rows.to_pyarrow().num_rows == 0
    wide.disconnect()
    backend.disconnect()


@pytest.mark.parametrize("size", ["", "many", "-5", "5 parsecs"])
def test_a_cap_that_is_no_number_is_refused(size):
    with pytest.raises(InputError, match="expected a number of bytes"):
        read_size(size)


COMPARED = (
    *("date_start", "source_country", "target_country", "source_sector", "target_sector", "event_type", "mode"),
    *("cameo", "quad", "intensity", "mentions", "place_country"),
)


@pytest.mark.data
@pytest.mark.skipif(not FILE.exists(), reason="the development data is not there")
def test_the_public_table_is_read_as_the_feed_of_files_is(tmp_path):
    store = dt.open(tmp_path / "store")
    store.import_feed("gdelt", FILE)
    with store.snapshot() as snapshot:
        imported = _by_id(snapshot.events())
    kinds = {"int64": "BIGINT", "float64": "DOUBLE", "string": "VARCHAR"}
    columns = ", ".join(f"'{name}': '{kinds[kind]}'" for name, kind in SCHEMA.items())
    connection = duckdb.connect()
    connection.execute(
        f"""CREATE TABLE events AS FROM read_csv('{FILE.as_posix()}', delim = '\t', header = false, quote = '',
        nullstr = '', columns = {{{columns}}})"""
    )
    seen = _by_id(map_gdelt(ibis.duckdb.from_connection(connection).table("events")))
    connection.close()
    assert len(imported) > 2_000
    for report_id, expected in imported.items():
        assert (report_id, seen[report_id]) == (report_id, expected)


def _by_id(rows) -> dict[str, tuple]:
    found = rows.select("report_id", *COMPARED).to_pyarrow().to_pylist()
    return {row["report_id"]: tuple(row[name] for name in COMPARED) for row in found}
