"""Scores where the truth is planted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.evaluation import score_breaks, score_intervals, score_tests
from detente.evaluation.truth import share_of

RECORD = (date(2000, 1, 1), date(2009, 12, 31))


def test_each_planted_date_is_found_once():
    truth = (date(2002, 1, 1), date(2005, 1, 1))
    found = (date(2002, 1, 11), date(2002, 2, 1), date(2008, 1, 1))
    score = score_breaks(found, truth, RECORD)
    assert (score.precision.value, score.precision.n) == (pytest.approx(1 / 3), 3)
    assert (score.recall.value, score.recall.n) == (0.5, 2)
    assert score.distance_days == 10


def test_as_many_dates_as_can_be_are_paired_before_the_closest():
    truth = (date(2002, 1, 1), date(2002, 2, 20))
    found = (date(2002, 1, 25), date(2001, 12, 1))  # the first is closer to both
    assert score_breaks(found, truth, RECORD).recall.value == 1.0


def test_chance_is_what_random_dates_reach():
    (middle,) = truth = (date(2005, 1, 1),)
    score = score_breaks((middle,), truth, RECORD, margin_days=36)
    assert (score.chance_recall, score.chance_precision) == pytest.approx((73 / 3653, 73 / 3653))
    many = score_breaks(tuple(middle + timedelta(days=90 * n) for n in range(10)), truth, RECORD, margin_days=36)
    assert many.chance_recall == pytest.approx(1 - (1 - 73 / 3653) ** 10)


def test_nothing_found_and_nothing_planted():
    none = score_breaks((), (date(2005, 1, 1),), RECORD)
    assert (none.precision.value, none.recall.value, none.chance_recall) == (None, 0.0, 0.0)
    calm = score_breaks((date(2005, 1, 1),), (), RECORD)
    assert (calm.precision.value, calm.recall.value, calm.chance_recall) == (0.0, None, None)


def test_intervals_and_tests():
    score = score_intervals([(0, 2), (1, 3), (None, None)], [1, 0, 5])
    assert (score.covered.value, score.covered.n, score.width) == (0.5, 2, 2.0)
    tests = score_tests([0.01, 0.05, 0.2, None])
    assert (tests.rejected.value, tests.rejected.n, tests.abstained) == (pytest.approx(2 / 3), 3, 1)


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_share_lies_in_its_interval(hits, more):
    share = share_of(hits, hits + more)
    if share.n:
        assert 0 <= share.low <= share.value + 1e-12
        assert share.value - 1e-12 <= share.high <= 1


def test_what_cannot_be_scored_is_said():
    with pytest.raises(ValueError, match="expected days in order"):
        score_breaks((), (), (date(2001, 1, 1), date(2000, 1, 1)))
    with pytest.raises(ValueError, match="expected from 0 to 3"):
        share_of(4, 3)
