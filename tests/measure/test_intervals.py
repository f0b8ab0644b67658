import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.measure.intervals import (
    adjust_holm,
    count_estimates,
    estimate_dispersion,
    mean_estimates,
    ratio_change_interval,
    share_estimates,
    sum_estimates,
)

COUNTS = st.lists(st.integers(0, 300), min_size=1, max_size=40).map(lambda n: np.array(n, dtype=float))


@settings(deadline=None)  # the first draw loads scipy
@given(COUNTS)
def test_a_count_lies_in_its_interval(counts):
    for count, estimate in zip(counts, count_estimates(counts), strict=True):
        assert estimate.value == count
        assert 0 <= estimate.low <= count <= estimate.high < np.inf


@settings(deadline=None)
@given(COUNTS, st.integers(0, 2**32 - 1))
def test_a_share_stays_between_none_and_all(totals, seed):
    hits = np.random.default_rng(seed).binomial(totals.astype(int), 0.3).astype(float)
    for total, estimate in zip(totals, share_estimates(hits, totals), strict=True):
        assert (estimate.value is None) == (total == 0)
        if total:
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


@pytest.mark.parametrize("shape", [1e9, 3.0, 1.5, 0.7])
def test_count_intervals_hold_the_level_nine_times_in_ten(shape):
    random = np.random.default_rng(1)
    held = []
    # Counts are whole: at one low level the rate jumps, so several are taken together.
    for level in (6.0, 9.0, 14.0, 23.0, 60.0):
        counts = random.poisson(level * random.gamma(shape, 1 / shape, 3000)).astype(float)
        held += [one.low <= level <= one.high for one in count_estimates(counts)]
        assert estimate_dispersion(counts) == pytest.approx(1 / shape, rel=0.25, abs=0.03)
    assert 0.88 <= np.mean(held) <= 0.95  # very bursty series err on the wide side


def test_a_lasting_move_of_the_level_is_not_taken_for_noise():
    random = np.random.default_rng(2)
    counts = np.concatenate([random.poisson(5, 200), random.poisson(50, 200)]).astype(float)
    assert estimate_dispersion(counts) < 0.05 < counts.var() / counts.mean() ** 2


def test_share_intervals_hold_the_share_nine_times_in_ten():
    random = np.random.default_rng(3)
    shares = random.beta(4, 6, 2000)
    totals = random.integers(1, 12, 2000).astype(float)
    hits = random.binomial(totals.astype(int), shares).astype(float)
    estimates = share_estimates(hits, totals)
    held = np.mean([one.low <= share <= one.high for one, share in zip(estimates, shares, strict=True)])
    assert held == pytest.approx(0.9, abs=0.03)
    shrunken = np.array([one.value for one in estimates])
    assert np.mean((shrunken - shares) ** 2) < 0.7 * np.mean((hits / totals - shares) ** 2)


def test_tone_intervals_hold_the_tone_nine_times_in_ten():
    random = np.random.default_rng(4)
    truth = random.normal(-1, 1.5, 1500)
    totals = random.integers(1, 8, 1500).astype(float)
    scores = [random.normal(mean, 3, int(n)) for mean, n in zip(truth, totals, strict=True)]
    sums, squares = (np.array([f(one) for one in scores]) for f in (np.sum, lambda one: np.sum(one**2)))
    estimates = mean_estimates(sums, squares, totals)
    held = np.mean([one.low <= mean <= one.high for one, mean in zip(estimates, truth, strict=True)])
    assert held == pytest.approx(0.9, abs=0.03)


def test_net_intervals_hold_the_expected_sum():
    random = np.random.default_rng(5)
    totals = random.poisson(20, 1500).astype(float)
    scores = [random.normal(-2, 4, int(n)) for n in totals]
    sums, squares = (np.array([f(one) for one in scores]) for f in (np.sum, lambda one: np.sum(one**2)))
    held = np.mean([one.low <= -40 <= one.high for one in sum_estimates(sums, squares, totals)])
    assert held == pytest.approx(0.9, abs=0.03)


def test_nothing_is_made_up_where_there_is_nothing():
    empty, one = np.zeros(3), np.array([0.0, 1.0, 0.0])
    assert all(item.value is None for item in mean_estimates(empty, empty, empty))
    assert [item.low for item in mean_estimates(-2 * one, 4 * one, one)] == [None, None, None]
    assert mean_estimates(-2 * one, 4 * one, one)[1].value == -2
    assert sum_estimates(-2 * one, 4 * one, one)[1].low is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_adjusting_never_makes_a_finding_stronger(p_values):
    adjusted = adjust_holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, adjusted, strict=True))
    order = np.argsort(p_values, kind="stable")
    assert np.all(np.diff(np.array(adjusted)[order]) >= 0)


def test_holm_agrees_with_a_worked_case():
    assert adjust_holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_the_interval_of_a_change_is_centred_on_it_and_repeats():
    before = np.array([3.0, 5, 4, 6, 2, 4, 5, 3]), np.ones(8)
    after = np.array([9.0, 11, 10]), np.ones(3)
    first = ratio_change_interval(before, after, np.random.default_rng(0))
    assert first == ratio_change_interval(before, after, np.random.default_rng(0))
    assert sum(first) / 2 == pytest.approx(6.0)
    assert first[0] > 0
