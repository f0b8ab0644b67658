from dataclasses import replace
from datetime import date

import pytest

from detente.errors import InputError
from detente.measure.compare import compare_pairs
from detente.measure.moves import measure_move
from detente.measure.multiverse import index_multiverse
from detente.measure.series import build_series
from detente.model import Dyad, Selection
from detente.simulate import FEED, Shift, World, simulate_dyads

AT = date(2003, 1, 1)
DYADS = tuple(Dyad(*sides) for sides in (("AAA", "BBB"), ("AAA", "CCC"), ("AAA", "DDD"), ("EEE", "FFF")))
WORLD = World(DYADS, months=72, wander=0.0, dispersion=0.1, shifts=(Shift(DYADS[1], AT, 4.0),))
PAIRS = [Selection(dyad, (dyad.a,), (dyad.b,), FEED, "feed") for dyad in DYADS[:3]]


@pytest.fixture(scope="module")
def table():
    return simulate_dyads(2, WORLD)


def test_the_pair_that_moved_is_first_and_its_interval_leaves_zero(view_of, table):
    result = compare_pairs(view_of(table), PAIRS, at=AT)
    first = result.pairs[0]
    assert (first.rank, str(first.dyad)) == (1, str(DYADS[1]))
    assert (first.n_before, first.n_after) == (36, 36)
    assert first.change.value == pytest.approx(0.8 - 0.5, abs=0.08)
    assert 0 < first.change.low < first.change.value < first.change.high
    assert len(result.points) == 3 * 72
    assert {str(point.dyad) for point in result.points} == {str(dyad) for dyad in DYADS[:3]}


def test_a_rate_is_told_against_what_the_feed_holds_of_others(view_of, table):
    events, asked = view_of(table), PAIRS[1]
    series = build_series(events, asked, "month")
    move = measure_move(series, "joint", "conflict_rate", AT)
    after = series.sums["joint"]["conflict"][36:].sum() / series.others[36:].sum()
    assert move.after == pytest.approx(1000 * after)
    assert measure_move(series, "joint", "conflict_rate", AT, window=6).n_before == 6


def test_a_period_cut_by_the_day_is_in_neither_side(view_of, table):
    series = build_series(view_of(table), PAIRS[0], "month")
    move = measure_move(series, "joint", "tone", date(2003, 1, 15))
    assert (move.n_before, move.n_after) == (35, 35)


def test_too_little_has_no_rank(view_of, table):
    result = compare_pairs(view_of(table), PAIRS, at=date(2005, 11, 1))
    assert {pair.rank for pair in result.pairs} == {None}
    assert "Not told for" in result.notes[-1]


def test_an_unknown_outcome_is_refused(view_of, table):
    with pytest.raises(InputError, match="expected one of conflict_share, tone"):
        compare_pairs(view_of(table), PAIRS, outcome="mood")


def test_a_planted_change_agrees_in_sign_over_all_choices(view_of, table):
    asked = replace(PAIRS[1], since=date(2001, 1, 1))
    result = index_multiverse(view_of(table), asked, "month", at=AT)
    rows = {(row.series, row.direction): row for row in result.rows}
    share = rows["conflict_share", "AAA>CCC"]
    assert share.agree == 1
    assert 0 < share.lowest <= share.median <= share.highest
    assert share.n == len(result.universes) == 2 * 3 * 3  # no press is known
    assert "PLOVER scores" in " ".join(result.universes)
    assert ("tone", "CCC>AAA") not in rows  # nothing is drawn in that direction


def test_choices_are_not_tried_on_a_chosen_record(view_of, table):
    asked = replace(PAIRS[1], feed=None, record_kind="chosen")
    result = index_multiverse(view_of(table), asked, "month")
    assert result.rows == ()
    assert "no estimate" in result.notes[0]
