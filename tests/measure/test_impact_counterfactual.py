"""The impact against donors: planted truth, who may be a donor, and when it stops."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.api.impacts import ImpactQuestion, answer_impact
from detente.api.shocks import ShockDay
from detente.errors import InputError
from detente.measure.donor_panel import build_panel
from detente.measure.donors import find_struck, read_donors
from detente.measure.impact_counterfactual import measure_counterfactual
from detente.measure.impact_estimators import ESTIMATORS
from detente.measure.series import build_series
from detente.model import Dyad, Selection
from detente.ontology import resolve_country
from detente.simulate import FEED, Shift, Surge, World, simulate_dyads

AB, BA = Dyad("IND", "PAK"), Dyad("PAK", "IND")
FAR = ("BRA", "ARG", "CHL", "PER", "COL", "MEX", "ZAF", "NGA", "KEN", "EGY", "MAR", "THA", "GHA", "IDN", "AUS")
DONORS = tuple(Dyad(*pair) for pair in zip(FAR, (*FAR[1:], "NZL"), strict=True))
STRUCK = (Dyad("IND", "BRA"), Dyad("PAK", "EGY"), Dyad("CHN", "THA"))
WORLD = World((AB, BA, *DONORS, *STRUCK), months=84, wander=0.2, dispersion=0.1)
START = date(2006, 1, 1)
SHOCK = date(2005, 12, 20)
PAIR = Selection(AB, ("IND",), ("PAK",), FEED, "feed")
TRIPLED = (Shift(AB, START, 3.0), Shift(BA, START, 3.0))


@pytest.fixture(scope="module")
def tables():
    surged = replace(WORLD, surges=(Surge(START, 2.0),))
    return {
        "still": simulate_dyads(3, surged),
        "tripled": simulate_dyads(3, replace(surged, shifts=TRIPLED)),
    }


def headline(result, estimator=ESTIMATORS[0]):
    return next(
        row
        for row in result.results
        if (row.outcome, row.direction, row.estimator) == (result.headline, "joint", estimator)
    )


def test_a_planted_effect_is_measured_through_a_surge_of_coverage(view_of, tables):
    result = measure_counterfactual(view_of(tables["tripled"]), PAIR, SHOCK, shocker="CHN", outcomes=())
    for estimator in ESTIMATORS:
        row = headline(result, estimator)
        # Two directions of five conflict acts a month, tripled: twenty more at the coverage before.
        assert row.low <= 20 <= row.high, estimator
        assert row.effect == pytest.approx(20, rel=0.4)
        assert row.effect == pytest.approx(row.after - row.expected)
        assert row.relative == pytest.approx(row.effect / row.expected)
    row = headline(result)
    assert row.p_value == row.p_floor == row.p_adjusted == pytest.approx(1 / 16)
    assert result.range[0] <= row.effect <= result.range[1]
    assert result.comparison.visible == date(2006, 1, 1)
    assert not result.comparison.ended


def test_nothing_is_found_where_only_coverage_surged(view_of, tables):
    row = headline(measure_counterfactual(view_of(tables["still"]), PAIR, SHOCK, shocker="CHN", outcomes=()))
    assert row.low <= 0 <= row.high
    assert row.p_value > 0.06


def test_donors_hold_neither_side_nor_the_shocker_and_the_left_out_are_told(view_of, tables):
    result = measure_counterfactual(view_of(tables["still"]), PAIR, SHOCK, shocker="CHN", outcomes=())
    assert result.comparison.n_donors == len(DONORS)
    codes = {code for pair in result.donors for code in pair.split("-")}
    assert not codes & {"IND", "PAK", "CHN"}
    reasons = {item.reason: item.n for item in result.comparison.left_out}
    assert reasons == {"holds a side of the pair": 3, "holds the shocker": 1}
    weights = [item.weight for item in result.comparison.weights]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) == pytest.approx(1, abs=0.05)
    text = " ".join(result.notes)
    for words in ("no spillover", "Weights:", "Left out: ", "By another rule", "p cannot be below 0.062", "in time"):
        assert words in text


def test_blocs_and_allies_of_before_the_shock_are_no_donors():
    struck = find_struck(
        Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), FEED, "feed"), "RUS", date(2022, 2, 24)
    )
    assert struck.reason(Dyad("DEU", "BRA")) == "holds a state of the same bloc as JPN (G7)"
    assert struck.reason(Dyad("BLR", "BRA")).startswith("holds a state of the same bloc as RUS")
    assert struck.reason(Dyad("ARG", "BRA")) is None
    earlier = find_struck(Selection(Dyad("TUR", "GRC"), ("TUR",), ("GRC",), FEED, "feed"), "TUR", date(1999, 1, 1))
    assert earlier.reason(Dyad("POL", "BRA")) is None  # Poland joined NATO two months later
    assert earlier.reason(Dyad("NOR", "BRA")) is not None


def test_the_panel_holds_every_pair_as_its_own_series_does(view_of, tables):
    events = view_of(tables["still"])
    series = build_series(events, PAIR, "month")
    panel = build_panel(events, PAIR, series)
    assert set(panel.dyads) == {Dyad(*sorted(dyad)) for dyad in WORLD.dyads}
    at = panel.dyads.index(Dyad("IND", "PAK"))
    for way, direction in (("joint", "joint"), ("first", "IND>PAK"), ("second", "PAK>IND")):
        for name, values in panel.sums[way].items():
            np.testing.assert_allclose(values[at], series.sums[direction][name][series.whole])


def test_the_users_own_donors_take_the_place_of_the_rule(view_of, tables):
    listed = tuple(Dyad(*sorted(dyad)) for dyad in DONORS[:12])
    result = measure_counterfactual(view_of(tables["still"]), PAIR, SHOCK, donors=listed, outcomes=())
    assert result.comparison.n_donors == 12
    assert "not among the donors given" in {item.reason for item in result.comparison.left_out}
    assert read_donors("China-Japan, KOR>PRK", resolve_country) == (Dyad("CHN", "JPN"), Dyad("KOR", "PRK"))
    with pytest.raises(InputError, match="donor 'CHN'"):
        read_donors("CHN", resolve_country)


def test_too_few_donors_or_periods_stop_it(view_of, tables):
    events = view_of(tables["still"])
    few = measure_counterfactual(events, PAIR, SHOCK, donors=(Dyad("ARG", "BRA"),), outcomes=())
    assert few.results == ()
    assert "1 donors, 10 are needed" in few.notes[-1]
    early = measure_counterfactual(events, PAIR, date(2000, 6, 15), shocker="CHN", outcomes=())
    assert early.results == ()
    assert "`--every week` gives enough" in early.notes[-1]


def test_the_multiverse_counts_the_choices_that_agree(view_of, tables):
    result = measure_counterfactual(
        view_of(tables["tripled"]), PAIR, SHOCK, shocker="CHN", outcomes=(), multiverse=True
    )
    found = result.comparison.multiverse
    assert {item.scale for item in found} == {"coverage", "count", "log"}
    assert {item.after for item in found} >= {4, 8, 12}
    assert {(item.one_a_day, item.actors) for item in found} == {(x, y) for x in (0, 1) for y in ("state", "all")}
    assert result.comparison.agree == 1.0
    as_asked = [item for item in found if (item.after, item.rule, item.scale) == (12, "rule", "coverage")]
    assert as_asked[0].effect == pytest.approx(headline(result).effect, rel=1e-2)


def test_periods_after_reach_as_far_as_is_asked(view_of, tables):
    events = view_of(tables["still"])
    until = replace(PAIR, until=date(2006, 6, 30))
    short, usual = (
        measure_counterfactual(events, pair, SHOCK, shocker="CHN", outcomes=()).comparison for pair in (until, PAIR)
    )
    assert (short.n_periods[1], usual.n_periods[1]) == (6, 12)


def test_donors_by_rule_need_to_know_who_launched_the_shock(view_of, tables):
    events = view_of(tables["still"])
    unknown = ImpactQuestion(ShockDay(SHOCK, None), "month", None, "conflict_volume", multiverse=False)
    alone = answer_impact(events, PAIR, unknown)
    assert alone.comparison is None
    assert "No counterfactual" in alone.notes[0]
    with pytest.raises(InputError, match="who launched the shock is not known"):
        answer_impact(events, PAIR, replace(unknown, donors="auto"))
    with pytest.raises(InputError, match="multiverse needs donors"):
        answer_impact(events, PAIR, replace(unknown, multiverse=True))
    told = answer_impact(events, PAIR, replace(unknown, shock=ShockDay(SHOCK, "CHN")))
    assert told.comparison is not None


def test_where_a_party_launched_the_shock_it_is_a_change_at_the_date(view_of, tables):
    notes = measure_counterfactual(view_of(tables["still"]), PAIR, SHOCK, shocker="IND", outcomes=()).notes
    assert any("read a change at the date" in note for note in notes)


def test_answers_are_the_same_twice(view_of, tables):
    first, second = (
        measure_counterfactual(view_of(tables["still"]), PAIR, SHOCK, shocker="CHN", outcomes=("tone",))
        for _ in range(2)
    )
    assert first == second
    assert {row.outcome for row in first.results} == {"conflict_volume", "tone"}
