from datetime import date

import numpy as np
import pytest

from detente.measure.index import measure_index
from detente.measure.index_groups import measure_index_by
from detente.measure.intervals import rate_estimates

MARCH, APRIL = date(2022, 3, 1), date(2022, 4, 30)


@pytest.fixture
def events(view, act):
    return view(
        act("1", MARCH, issue=("islands", "fisheries"), publisher_country="RUS"),
        act("2", MARCH, "CONSULT", quad=1, intensity=1.0, issue=("fisheries",), publisher_country="JPN"),
        act("3", APRIL, publisher_country="GBR"),
        act("4", APRIL, target_country="CHN"),
        act("5", APRIL, target_country="CHN", source_country="USA"),
    )


def counts(result):
    return {(row.group, row.period.month): row.n for row in result.rows if row.direction == "joint"}


def test_an_act_of_two_issues_is_in_both(events, selection):
    result = measure_index_by(events, selection, "month", "issue")
    assert counts(result) == {
        ("fisheries", 3): 2,
        ("fisheries", 4): 0,
        ("islands", 3): 1,
        ("islands", 4): 0,
        ("no issue told", 3): 0,
        ("no issue told", 4): 1,
    }
    assert next(row.group for row in result.rows) == "fisheries"
    assert "fisheries 2, islands 1, no issue told 1; an act of two issues is in both." in result.notes[-1]


def test_presses_of_the_sides_and_of_others_are_apart(events, selection):
    result = measure_index_by(events, selection, "month", "publisher-country")
    held = {name: n for name, n in counts(result).items() if n}
    assert held == {("press of RUS", 3): 1, ("press of JPN", 3): 1, ("other press", 4): 1}


def test_rates_are_of_events_that_involve_neither_side(events, selection):
    rows = {(row.period.month, row.direction): row for row in measure_index(events, selection, "month").rows}
    assert (rows[3, "joint"].others, rows[4, "joint"].others) == (0, 1)
    assert rows[3, "joint"].conflict_rate.value is None
    assert rows[4, "joint"].conflict_rate.value == pytest.approx(1000)


def test_intervals_of_rates_cover():
    random = np.random.default_rng(2)
    rate, coverage = 4.0, random.choice([200.0, 2000.0], 2000)
    drawn = random.poisson(rate * coverage / 1000).astype(float), random.poisson(coverage).astype(float)
    found = rate_estimates(*drawn)
    inside = np.mean([item.low <= rate <= item.high for item in found])
    assert 0.87 <= inside <= 0.96  # counts near zero cannot be exact
