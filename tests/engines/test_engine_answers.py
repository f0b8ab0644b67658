"""Every measure gives the same from every engine as from DuckDB over the folder: row for row."""

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date

import ibis
import pytest

from detente.measure import daily, donor_panel, others, select, series, third_behind, third_parties
from detente.measure.index_groups import measure_index_by
from detente.measure.mirrors import MIRROR_KEYS, keep_mirrorable
from detente.measure.periods import GRAINS, assign_periods
from detente.model import Dyad
from detente.model.results import Selection

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SHOCK = date(1973, 6, 1)
PLAIN = Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed")
SELECTIONS = {
    "plain": PLAIN,
    "everyone's": Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed", "all"),
    "one a day": Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed", one_a_day=True),
    "strict": Selection(Dyad("RUS", "JPN"), ("RUS",), ("JPN",), "demo", "feed", strict=True),
    "dated": Selection(
        Dyad("RUS", "IGO:EU"),
        ("RUS",),
        ("IGO:EU",),
        "demo",
        "feed",
        since=date(1969, 2, 1),
        until=date(1974, 7, 9),
    ),
    "chosen": Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), None, "chosen"),
}


def rows_of(expression) -> list[tuple]:
    """The rows of an expression in an order of their own."""
    found = [tuple(row.values()) for row in expression.to_pyarrow().to_pylist()]
    return sorted(found, key=lambda row: [(value is None, str(value)) for value in row])


def assert_same(found, expected) -> None:
    """Equal whole numbers and words, floats to 1e-9, down to the last field."""
    if is_dataclass(expected):
        assert type(found) is type(expected)
        for field in fields(expected):
            assert_same(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key, value in expected.items():
            assert_same(found[key], value)
    elif isinstance(expected, list | tuple) or hasattr(expected, "__array__"):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other)
    elif isinstance(expected, float):
        both_unknown = math.isnan(expected) and math.isnan(found)
        assert both_unknown or found == pytest.approx(expected, rel=1e-9, abs=1e-9)
    else:
        assert found == expected


def _pair_rows(view, selection):
    return select.select_events(view, selection)


EXPRESSIONS: dict[str, Callable] = {
    "select_events": _pair_rows,
    "select_pair": select.select_pair,
    "select_everyone": select.select_everyone,
    **{
        f"aggregate_acts by {every}": lambda view, chosen, every=every: series.aggregate_acts(
            assign_periods(_pair_rows(view, chosen), every)
        )
        for every in GRAINS
    },
    "aggregate_acts by mirror": lambda view, chosen: series.aggregate_acts(
        keep_mirrorable(assign_periods(_pair_rows(view, chosen), "month")), by=MIRROR_KEYS
    ),
    "issues": lambda view, chosen: _pair_rows(view, chosen).select(issue=lambda rows: rows.issue.unnest()).distinct(),
    "of an issue": lambda view, chosen: _pair_rows(view, chosen).filter(lambda rows: rows.issue.contains("islands")),
    "of no issue": lambda view, chosen: _pair_rows(view, chosen).filter(lambda rows: rows.issue.length() == 0),
}
MEASURES: dict[str, Callable] = {
    "share_left_out": select.share_left_out,
    "count_coverage": lambda view, chosen: series.count_coverage(view, chosen, "week"),
    "build_series": lambda view, chosen: series.build_series(view, chosen, "month"),
    "count_days": daily.count_days,
    "build_panel": lambda view, chosen: donor_panel.build_panel(
        view, chosen, series.build_series(view, chosen, "quarter")
    ),
    "count_board": lambda view, chosen: others.count_board(view, chosen, SHOCK, date(1970, 1, 1), date(1976, 1, 1)),
    "count_other_pairs": lambda view, chosen: third_parties.count_other_pairs(
        view, chosen, SHOCK, date(1970, 1, 1), date(1976, 1, 1)
    ),
    "read_third_acts": third_behind.read_third_acts,
    "index by issue": lambda view, chosen: measure_index_by(view, chosen, "year", "issue"),
    "index by press": lambda view, chosen: measure_index_by(view, chosen, "year", "publisher-country"),
}
ANSWERS: dict[str, Callable] = {
    "index": lambda dyad: dyad.index("month"),
    "index, one a day": lambda dyad: dyad.index("quarter", one_a_day=True, actors="all"),
    "index, chosen": lambda dyad: dyad.index("year", feed="chosen"),
    "index, multiverse": lambda dyad: dyad.index("month", multiverse=True, at="1973-06-01"),
    "breaks": lambda dyad: dyad.breaks("quarter"),
    "reciprocity": lambda dyad: dyad.reciprocity(),
    "exchanges": lambda dyad: dyad.exchanges(),
    "impact": lambda dyad: dyad.impact("1973-06-01", donors="none"),
    "third parties": lambda dyad: dyad.third_parties("1973-06-01", most=2),
    "describe": lambda dyad: dyad.describe("1975-01-01"),
    "events": lambda dyad: dyad.events(since="1974", until="1974"),
}


@pytest.mark.parametrize(
    "chosen", [name if name == "plain" else pytest.param(name, marks=pytest.mark.slow) for name in SELECTIONS]
)
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_gives_the_same_rows(name, chosen, there, here):
    found, expected = (rows_of(EXPRESSIONS[name](held.events(), SELECTIONS[chosen])) for held in (there, here))
    assert_same(found, expected)
    assert expected or (name, chosen) in {("aggregate_acts by mirror", "dated"), ("aggregate_acts by mirror", "chosen")}


@pytest.mark.slow
@pytest.mark.parametrize("chosen", ["plain", "one a day", "dated"])
@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_gives_the_same(name, chosen, there, here):
    found, expected = (MEASURES[name](held.events(), SELECTIONS[chosen]) for held in (there, here))
    assert_same(found, expected)


@pytest.mark.slow
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_the_same(name, engine, local):
    found, expected = (ANSWERS[name](store.dyad("RUS", "JPN")) for store in (engine, local))
    assert_same(_plain(found), _plain(expected))


def _plain(answer):
    """An answer without the line that says what it was read from: the cube is the folder's own."""
    return _without_source(answer.to_object())


def _without_source(value):
    if isinstance(value, dict):
        return {key: _without_source(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        kept = (item for item in value if not (isinstance(item, str) and item.startswith("Read from the ")))
        return [_without_source(item) for item in kept]
    return value


def test_the_counts_that_choose_a_record_are_the_same(there, here):
    assert there.feeds() == here.feeds()
    assert there.chosen_events() == here.chosen_events() == 15
    assert there.is_empty() is here.is_empty() is False
    assert rows_of(there.event_reports()) == rows_of(here.event_reports())


def test_a_merged_id_leads_to_its_event(there):
    assert there.resolve_event("demo:00001") == "demo:00000"
    (event,) = there.event_records(["demo:00001"])
    assert event.report_ids == ("demo:00000", "demo:00001")


def test_rows_are_ibis_of_the_engine(there):
    assert there.events().get_backend().name in ("clickhouse", "pyspark")
    assert isinstance(there.events(), ibis.Table)
