from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.errors import DataError, InputError
from detente.measure.impact import ADJUSTED, RAW, measure_impact
from detente.model import Dyad, Selection
from detente.simulate import FEED, Shift, Surge, World, simulate_dyads

AB, BA = Dyad("AAA", "BBB"), Dyad("BBB", "AAA")
OTHERS = tuple(Dyad("CCC", f"D{number:02d}") for number in range(12))
PAIR = Selection(AB, ("AAA",), ("BBB",), FEED, "feed")
WORLD = World((AB, BA, *OTHERS), months=96, wander=0.1, dispersion=0.1)
SHOCK = date(2006, 1, 15)


def row_of(result, outcome, direction="joint", estimator=RAW):
    return next(
        row for row in result.results if (row.outcome, row.direction, row.estimator) == (outcome, direction, estimator)
    )


@pytest.fixture(scope="module")
def tripled():
    return simulate_dyads(2, replace(WORLD, shifts=(Shift(AB, date(2006, 1, 1), 3.0),)))


def test_a_planted_shift_is_measured(view_of, tripled):
    result = measure_impact(view_of(tripled), PAIR, SHOCK)
    row = row_of(result, "conflict_volume", "AAA>BBB")
    assert row.low <= 10 <= row.high
    assert row.effect == pytest.approx(row.after - row.before)
    assert row.effect > 5
    assert row.p_value == row.p_floor == pytest.approx(1 / (1 + len(result.placebos)))
    unmoved = row_of(result, "conflict_volume", "BBB>AAA")
    assert unmoved.low <= 0 <= unmoved.high
    headline = row_of(result, "conflict_volume")
    assert headline.p_adjusted == headline.p_value
    assert result.range[0] <= headline.effect <= result.range[1]
    assert result == measure_impact(view_of(tripled), PAIR, SHOCK)


def test_adding_up_by_hand_gives_the_same_means(view_of, tripled):
    result = measure_impact(view_of(tripled), PAIR, SHOCK, window=12)
    days = [
        row["date_start"]
        for row in tripled.select(["source_country", "date_start", "quad"]).to_pylist()
        if row["source_country"] == "AAA" and row["quad"] >= 3
    ]
    row = row_of(result, "conflict_volume", "AAA>BBB")
    # The shock's month is out, and December too: half and more of it lies in the thirty days before.
    assert row.before == pytest.approx(sum(date(2004, 12, 1) <= day < date(2005, 12, 1) for day in days) / 12)
    assert row.after == pytest.approx(sum(date(2006, 2, 1) <= day < date(2007, 2, 1) for day in days) / 12)


def test_no_anticipation_uses_the_month_before(view_of, tripled):
    notes = measure_impact(view_of(tripled), PAIR, SHOCK, anticipation_days=0).notes
    assert any("left out between them: 1 " in note for note in notes)


def test_a_surge_of_coverage_is_named_and_divided_out(view_of):
    table = simulate_dyads(4, replace(WORLD, surges=(Surge(date(2006, 1, 1), 3.0),)))
    result = measure_impact(view_of(table), PAIR, SHOCK)
    plain, adjusted = (row_of(result, "volume", estimator=name) for name in (RAW, ADJUSTED))
    assert plain.low > 0
    assert abs(adjusted.effect) < plain.effect / 4
    assert any("moved by +" in note for note in result.notes)
    assert not [row for row in result.results if row.estimator == ADJUSTED and row.outcome == "tone"]


def test_too_little_names_the_grain_that_would_do(view_of, tripled):
    events = view_of(tripled)
    early = measure_impact(events, PAIR, date(2000, 6, 15))
    assert (early.results, early.range) == ((), None)
    assert "`--every week` gives enough" in early.notes[-1]
    weekly = measure_impact(events, PAIR, date(2000, 6, 15), every="week")
    assert weekly.results
    sparse = replace(PAIR, a_codes=("CCC",), b_codes=("BBB",))
    assert "20 events are needed" in measure_impact(events, sparse, SHOCK).notes[-1]


def test_a_shock_outside_the_record_names_what_is_covered(view_of, tripled):
    with pytest.raises(DataError, match=r"shock 2022-02-24 .* covers 2000-01-0\d to 2007-12-"):
        measure_impact(view_of(tripled), PAIR, date(2022, 2, 24))


def test_unknown_outcomes_and_empty_windows_are_wrong_use(view_of, tripled):
    with pytest.raises(InputError, match="'warmth'"):
        measure_impact(view_of(tripled), PAIR, SHOCK, outcomes=("warmth",))
    with pytest.raises(InputError, match="window 0"):
        measure_impact(view_of(tripled), PAIR, SHOCK, window=0)


def test_who_launched_the_shock_decides_the_words(view_of, tripled):
    events = view_of(tripled)
    for shocker, words in ((None, "is not given"), ("AAA", "one of the pair"), ("CCC", "outside the pair")):
        notes = measure_impact(events, PAIR, SHOCK, shocker=shocker, outcomes=()).notes
        assert any(words in note for note in notes)
        assert any("no counterfactual" in note for note in notes)


def test_without_placebo_dates_there_is_no_p_value(view_of, tripled):
    until = replace(PAIR, since=date(2005, 1, 1))
    result = measure_impact(view_of(tripled), until, SHOCK)
    assert {row.p_value for row in result.results} == {None}
    assert any("no p-value" in note for note in result.notes)


def test_a_chosen_record_gives_no_estimate(view_of, tripled):
    result = measure_impact(view_of(tripled), replace(PAIR, feed=None, record_kind="chosen"), SHOCK)
    assert result.results == ()
    assert "no estimate" in result.notes[0]


def test_placebo_windows_keep_clear_of_the_shock(view_of):
    # A shock so large that any placebo touching it would show it.
    start = date(2006, 1, 1)
    table = simulate_dyads(6, replace(WORLD, shifts=(Shift(AB, start, 60.0), Shift(BA, start, 60.0))))
    result = measure_impact(view_of(table), PAIR, start + timedelta(days=3))
    assert max(abs(effect) for effect in result.placebos) < 20 < row_of(result, "conflict_volume").effect / 5
