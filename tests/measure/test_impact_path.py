"""What a figure of an impact is drawn from, the anticipation window, ties by the user's own tables, the press."""

from dataclasses import replace
from datetime import date

import ibis
import numpy as np
import pyarrow as pa
import pytest

from detente.errors import InputError
from detente.measure.donor_ties import structural_ties, tables_rule
from detente.measure.impact_counterfactual import measure_counterfactual
from detente.measure.impact_estimators import SYNTHETIC
from detente.measure.ledger_structural import Spell, Structural
from detente.model import Dyad, Selection
from detente.simulate import FEED, Shift, World, simulate_dyads

AB, BA = Dyad("IND", "PAK"), Dyad("PAK", "IND")
FAR = ("BRA", "ARG", "CHL", "PER", "COL", "MEX", "ZAF", "NGA", "KEN", "EGY", "MAR", "THA", "GHA", "IDN", "AUS")
DONORS = tuple(Dyad(*sorted(pair)) for pair in zip(FAR, (*FAR[1:], "NZL"), strict=True))
BACK = tuple(Dyad(b, a) for a, b in DONORS)
SHOCK = date(2005, 12, 20)
PAIR = Selection(AB, ("IND",), ("PAK",), FEED, "feed")
INDIA, PAKISTAN, BRAZIL, PERU, CHILE, MEXICO = 750, 770, 140, 135, 155, 70  # Correlates of War numbers


@pytest.fixture(scope="module")
def table():
    shifts = tuple(Shift(pair, date(2006, 1, 1), 3.0) for pair in (AB, BA))
    start = date(2002, 1, 1)
    return simulate_dyads(5, World((AB, BA, *DONORS, *BACK), start, 60, wander=0.2, dispersion=0.1, shifts=shifts))


@pytest.fixture(scope="module")
def events(table):
    view = ibis.memtable(table)
    return view.mutate(event_id=view.report_id, n_reports=ibis.literal(1))


@pytest.fixture(scope="module")
def result(events):
    return measure_counterfactual(events, PAIR, SHOCK, shocker="CHN", outcomes=("tone",), each_way=False)


def test_the_path_says_what_the_estimate_says(result):
    after = [point for point in result.path.points if point.period > SHOCK]
    row = next(row for row in result.results if row.estimator == SYNTHETIC)
    assert (row.outcome, row.direction) == ("conflict_volume", "joint")
    assert np.mean([point.actual for point in after]) == pytest.approx(row.after)
    assert np.mean([point.counterfactual for point in after]) == pytest.approx(row.expected)
    assert result.path.unit == row.unit
    assert sum(result.comparison.n_periods) < len(result.path.points)  # what is in neither is drawn too
    assert all(point.low <= point.counterfactual <= point.high for point in result.path.points)
    assert min(point.low for point in result.path.points) >= 0
    assert np.mean([point.actual > point.high for point in after]) > 0.5


def test_the_gaps_of_donors_are_those_of_the_test(result):
    assert [item.name for item in result.path.placebos] == sorted(map(str, DONORS))
    assert {len(item.gaps) for item in result.path.placebos} == {len(result.path.points)}
    usual = [np.sqrt(np.mean(np.square(item.gaps[:-14]))) for item in result.path.placebos]
    assert max(usual) < 3 * min(usual)  # each in units of its own usual gap


def test_only_the_headline_is_measured_each_way_where_that_is_asked(result):
    ways = {(row.outcome, row.direction) for row in result.results}
    assert ways == {("conflict_volume", way) for way in ("joint", "IND>PAK", "PAK>IND")} | {("tone", "joint")}


def test_the_anticipation_window_is_the_users(events, result):
    none = measure_counterfactual(events, PAIR, SHOCK, shocker="CHN", outcomes=(), anticipation_days=0)
    long = measure_counterfactual(events, PAIR, SHOCK, shocker="CHN", outcomes=(), anticipation_days=100)
    assert [item.comparison.anticipation_days for item in (none, result, long)] == [0, 30, 100]
    assert none.comparison.anticipation is None
    assert long.comparison.n_periods[0] < result.comparison.n_periods[0] < none.comparison.n_periods[0] + 1
    assert any("Anticipation (100 days): in the months just before" in note for note in long.notes)
    assert any("Anticipation (0 days): no whole month" in note for note in none.notes)
    with pytest.raises(InputError, match="anticipation of 500 days: expected 0 to 366"):
        measure_counterfactual(events, PAIR, SHOCK, shocker="CHN", anticipation_days=500)


def spells() -> Structural:
    def tie(kind: str, what: str, one: int, other: int, first: int, last: int, source: str) -> Spell:
        return Spell(kind, what, frozenset((one, other)), first, last, source)

    return Structural(
        (
            tie("alliance", "alliance: defence, consultation", INDIA, BRAZIL, 1990, 2003, "ATOP"),
            tie("alliance", "alliance: non-aggression", INDIA, PERU, 1990, 2003, "ATOP"),
            tie("alliance", "alliance: defence", INDIA, CHILE, 1980, 1999, "ATOP"),
            tie("dispute", "militarised interstate dispute no. 1", MEXICO, PAKISTAN, 2004, 2004, "MID"),
            tie("dispute", "militarised interstate dispute no. 2", PERU, PAKISTAN, 2001, 2002, "MID"),
        ),
        {"ATOP": 2003, "MID": 2004},
    )


def test_ties_are_read_as_they_stood_and_as_last_known():
    found = dict(structural_ties(spells(), {"IND", "PAK"}, SHOCK))
    assert found == {
        "BRA": "tied to IND (ally, ATOP, last known 2003)",
        "MEX": "tied to PAK (belligerent, MID)",
    }
    assert "CHL" in dict(structural_ties(spells(), {"IND"}, date(1995, 6, 1)))
    assert "MEX" not in dict(structural_ties(spells(), {"PAK"}, date(2004, 6, 1)))  # a year is known once it is over
    assert "ATOP to 2003, MID to 2004" in tables_rule(spells())


def test_the_users_tables_leave_donors_out_and_are_named(events):
    result = measure_counterfactual(events, PAIR, SHOCK, shocker="CHN", outcomes=(), tables=spells())
    assert result.comparison.n_donors == len(DONORS) - 3  # BRA-ARG, COL-MEX, MEX-ZAF
    reasons = {item.reason: item.n for item in result.comparison.left_out}
    assert reasons["holds a state tied to PAK (belligerent, MID)"] == 2
    assert "by your tables (ATOP to 2003, MID to 2004)" in result.comparison.rule


def test_the_press_of_a_side_is_left_out_where_the_record_knows_it(view_of, table):
    own = pa.array([["IND", "FRA"][n % 2] for n in range(table.num_rows)])
    told = table.set_column(table.schema.get_field_index("publisher_country"), "publisher_country", own)
    pair = replace(PAIR, until=date(2006, 4, 30))
    asked = {"shocker": "CHN", "outcomes": (), "headline": "tone", "multiverse": True}
    found = measure_counterfactual(view_of(told), pair, SHOCK, **asked)
    assert {item.publishers for item in found.comparison.multiverse} == {"all", "without IND"}
    assert any("(window, donors, one-a-day, actors, scale, press)" in note for note in found.notes)
