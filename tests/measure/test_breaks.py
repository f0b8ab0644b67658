from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.measure.breaks import find_breaks
from detente.measure.changes import detect_changes
from detente.model import Dyad, Selection
from detente.simulate import FEED, Shift, World, simulate_dyads

AB, BA, CD = Dyad("AAA", "BBB"), Dyad("BBB", "AAA"), Dyad("CCC", "DDD")
PAIR = Selection(AB, ("AAA",), ("BBB",), FEED, "feed")
FLAT = World((AB, BA, CD), months=72, wander=0.0, dispersion=0.1)


def test_a_lasting_shift_is_dated_signed_and_carried_by_events(view_of):
    start = date(2003, 1, 1)
    table = simulate_dyads(3, replace(FLAT, shifts=(Shift(AB, start, 5.0),)))
    result = find_breaks(view_of(table), PAIR)
    found = [
        item
        for item in result.breaks
        if (item.series, item.direction, item.method) == ("conflict_volume", "AAA>BBB", "rbeast")
    ]
    shift = min(found, key=lambda item: abs((item.date - start).days))
    assert abs((shift.date - start).days) <= 31
    # Counts are noisier at a higher level, and a search for levels may split it: not below it.
    assert all(item.date >= shift.date for item in found)
    assert shift.low <= shift.date <= shift.high
    assert (shift.sign, shift.kind, shift.agrees) == (1, "level", True)
    assert shift.size == pytest.approx(20, abs=6)
    rows = {row["report_id"]: row for row in table.to_pylist()}
    assert len(shift.evidence) == 5
    for event in shift.evidence:
        assert rows[event]["intensity"] < 0
        assert rows[event]["source_country"] == "AAA"
        assert rows[event]["date_start"].replace(day=1) == shift.date
    net = [item for item in result.breaks if item.series == "net" and item.direction == "AAA>BBB"]
    assert {item.sign for item in net} == {-1}
    assert not [item for item in result.breaks if item.direction == "BBB>AAA" and item.method == "rbeast"]


def test_a_one_month_pulse_is_found_and_called_a_pulse():
    random = np.random.default_rng(1)
    values = random.poisson(4, 120).astype(float)
    values[60] = 15.0
    found = detect_changes(values, counts=True)
    assert [(change.at, change.kind, change.size > 0) for change in found] == [(60, "pulse", True)]


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_pulse_does_not_come_back_as_a_second_break(seed):
    values = np.random.default_rng(2).poisson(4, 120).astype(float)
    values[60:62] += 60
    (found,) = detect_changes(values, counts=True, seed=seed)
    # No level of the sampler is shorter than four periods: it may lie about the two, but not end them apart.
    assert abs(found.at - 60) <= 2
    assert (found.kind, found.size > 0) == ("pulse", True)


def test_a_flat_series_seldom_breaks():
    random = np.random.default_rng(4)
    found = [change for _ in range(10) for change in detect_changes(random.poisson(6, 120).astype(float), counts=True)]
    assert len(found) <= 5  # ten decades


def test_a_series_that_never_moves_has_no_break():
    assert detect_changes(np.full(60, 3.0), counts=True) == []


def test_the_same_seed_gives_the_same_breaks():
    values = np.random.default_rng(5).poisson(np.repeat([3, 12, 5], 30)).astype(float)
    assert detect_changes(values, counts=True, seed=3) == detect_changes(values, counts=True, seed=3)


def test_too_little_gives_a_note_and_no_break(view_of):
    short = find_breaks(view_of(simulate_dyads(1, replace(FLAT, months=12))), PAIR)
    assert short.breaks == ()
    assert "24 periods are needed" in short.notes[-1]


def test_a_chosen_record_gives_no_test(view_of):
    result = find_breaks(view_of(simulate_dyads(1, FLAT)), replace(PAIR, feed=None, record_kind="chosen"))
    assert result.breaks == ()
    assert "no test" in result.notes[0]


@pytest.mark.data
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "dyad"), [("levant", "ISR>LBN"), ("levant", "IRQ>IRN"), ("gulf", "IRN>IRQ"), ("gulf", "IRQ>KUW")]
)
def test_known_shocks_are_found_with_their_sign(keds_view, known_answers, name, dyad):
    events, asked = keds_view(name, dyad)
    found = find_breaks(events, asked).breaks
    known = [row for row in known_answers if (row["set"], row["dyad"]) == (name, dyad)]
    assert known
    for row in known:
        if row["kind"] == "null":
            continue
        shock, sign = date.fromisoformat(row["shock"]).replace(day=1), 1 if row["change"] == "+" else -1
        near = [
            item
            for item in found
            if (item.series, item.direction, item.sign) == (row["series"], "AAA>BBB", sign)
            and abs((item.date - shock).days) <= 62
        ]
        assert near, row["event"]
