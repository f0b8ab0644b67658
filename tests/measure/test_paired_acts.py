"""Which act followed which: in time, by a source's words, and with whom both had to do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from detente.errors import InputError
from detente.measure.paired_acts import measure_exchanges
from detente.model import Exchange

FIRST = date(2001, 3, 1)
BACK = {"source_country": "JPN", "target_country": "RUS"}


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def seen(result):
    return [(pair.stimulus_event, pair.answer_event, pair.lag_days, pair.basis) for pair in result.exchanges]


def test_an_act_stands_with_the_latest_earlier_one_of_each_kind(view, act, selection):
    result = measure_exchanges(
        view(
            act("old", on(0)),
            act("talks", on(1), "CONSULT", quad=1),
            act("late", on(2)),
            act("back", on(4), **BACK),
        ),
        selection,
    )
    assert seen(result) == [("talks", "back", 3, "time"), ("late", "back", 2, "time")]
    kinds = {(pair.from_, pair.to, pair.stimulus, pair.answer) for pair in result.exchanges}
    assert kinds == {("RUS", "JPN", "cooperation", "conflict"), ("RUS", "JPN", "conflict", "conflict")}


def test_same_day_and_late_acts_are_no_pairs(view, act, selection):
    events = view(act("a", on(0)), act("b", on(0), "SANCTION", **BACK), act("c", on(30), **BACK))
    assert seen(measure_exchanges(events, selection)) == []
    assert seen(measure_exchanges(events, selection, days=30)) == [("a", "c", 30, "time")]


def test_acts_of_both_and_mirror_images_are_nobodys(view, act, selection):
    events = view(
        act("a", on(0), cameo="111"),
        act("b", on(0), cameo="111", **BACK),
        act("c", on(1), "ASSAULT", quad=4, symmetric=True),
        act("d", on(2), **BACK),
    )
    result = measure_exchanges(events, selection)
    assert seen(result) == []
    assert any("2 rows with a mirror image" in note for note in result.notes)
    assert any("1 acts that both did" in note for note in result.notes)


def test_a_third_party_is_behind_only_where_it_had_to_do_with_both_before(view, act, selection):
    pair = act("a", on(10)), act("b", on(12), **BACK)
    of_a = act("x", on(9), "ASSAULT", quad=4, source_country="USA", target_country="RUS")
    of_b = act("y", on(11), source_country="JPN", target_country="USA")
    late = act("z", on(12), source_country="USA", target_country="JPN")
    (alone,) = measure_exchanges(view(*pair, of_a), selection).exchanges
    assert alone.third is None
    (after,) = measure_exchanges(view(*pair, of_a, late), selection).exchanges
    assert after.third is None  # the other side met it only on the day it acted
    (both,) = measure_exchanges(view(*pair, of_a, of_b), selection).exchanges
    assert (both.third, both.third_event, both.third_type, both.third_date) == ("USA", "x", "ASSAULT", on(9))
    (kept,) = measure_exchanges(view(*pair, replace(of_a, quad=1, event_type="CONSULT"), of_b), selection).exchanges
    assert kept.third is None  # cooperation is not behind conflict


def test_what_a_source_says_stands_once_and_at_any_lag(view, act, selection):
    chosen = {"record_kind": "chosen", "feed": None}
    asked = replace(selection, feed=None, record_kind="chosen")
    events = view(
        act("a", on(0), **chosen),
        act("b", on(20), **BACK, **chosen),
        act("c", on(21), **chosen),
        act("d", on(22), **BACK, **chosen),
    )
    said = (Exchange("b", "a", "in response", 20), Exchange("d", None, "in return", None))
    result = measure_exchanges(events, asked, said)
    assert seen(result) == [("a", "b", 20, "said"), ("b", "c", 1, "time"), (None, "d", None, "said")]
    assert [pair.cue for pair in result.exchanges] == ["in response", None, "in return"]
    far = next(row for row in result.lags if row.n_said and row.stimulus)
    assert (far.lag_first, far.lag_last, far.n, far.chance) == (15, None, 1, None)


def test_numbers_by_lag_stand_beside_chance(view, act, selection):
    answered = [act(f"a{n}", on(40 * n)) for n in range(50)] + [act(f"b{n}", on(40 * n + 1), **BACK) for n in range(50)]
    result = measure_exchanges(view(*answered), selection)
    counts = {(row.from_, row.lag_first): row for row in result.lags}
    there = counts["RUS", 1]
    assert (there.n, there.lag_last, there.stimulus, there.answer) == (50, 1, "conflict", "conflict")
    assert there.chance < 10
    assert sum(row.n for row in result.lags) == len(result.exchanges)


@pytest.mark.parametrize("days", [0, 181])
def test_days_have_bounds(view, act, selection, days):
    with pytest.raises(InputError, match="expected 1 to 180"):
        measure_exchanges(view(act("a", on(0))), selection, days=days)
