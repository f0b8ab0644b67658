import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.measure.intervals import (
    adjust_holm,
    count_estimates,
    estimate_clumping,
    long_run_change_interval,
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


def clumped_days(random, rate, size, days=30):
    """Counts of days: clumps come at a steady rate, each with a geometric number of reports."""
    clumps = random.poisson(rate / days / size, days)
    return np.array([random.geometric(1 / size, int(n)).sum() for n in clumps], dtype=float)


@pytest.mark.parametrize("size", [1.0, 2.0, 4.0])
def test_count_intervals_hold_the_rate_nine_times_in_ten(size):
    random = np.random.default_rng(1)
    rates = random.gamma(2.0, 40.0, 1500) + 10  # the rate moves eightfold between periods
    daily = [clumped_days(random, rate, size) for rate in rates]
    clumping = estimate_clumping(daily)
    assert clumping == pytest.approx(2 * size - 1, rel=0.1)  # variance to mean of a geometric compound
    estimates = count_estimates(np.array([days.sum() for days in daily]), clumping)
    held = np.mean([one.low <= rate <= one.high for one, rate in zip(estimates, rates, strict=True)])
    assert held == pytest.approx(0.9, abs=0.03)


def test_a_move_of_the_level_between_periods_is_no_clumping():
    random = np.random.default_rng(2)
    daily = [random.poisson(level, 30).astype(float) for level in [1] * 100 + [20] * 100]
    assert estimate_clumping(daily) == pytest.approx(1, abs=0.1)
    assert estimate_clumping([np.zeros(30)]) == estimate_clumping([np.array([7.0])]) == 1


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


@pytest.mark.parametrize(("level", "alpha", "beta"), [(2.0, 6.0, 4.0), (10.0, 6.0, 4.0), (2.0, 0.5, 4.0)])
def test_shares_of_few_acts_are_held_nine_times_in_ten_in_series_of_five_years(level, alpha, beta):
    random = np.random.default_rng(12)
    held = []
    for _ in range(60):  # the pair's own share and the spread about it must be learnt from few acts
        shares = random.beta(alpha, beta, 60)
        totals = random.poisson(level * np.exp(random.normal(0, 0.5, 60))).astype(float)
        hits = random.binomial(totals.astype(int), shares).astype(float)
        told = zip(share_estimates(hits, totals), shares, strict=True)
        held += [one.low <= share <= one.high for one, share in told if one.low is not None]
    assert 0.87 <= np.mean(held) <= 0.94


@pytest.mark.parametrize("spread", [1.5, 3.0])
def test_tone_of_two_acts_a_month_is_held_nine_times_in_ten(spread):
    random = np.random.default_rng(11)
    held = []
    for _ in range(60):  # series of five years: the spread between months must be learnt from few acts
        truth = random.normal(-1, spread, 60)
        totals = random.poisson(2 * np.exp(random.normal(0, 0.5, 60))).astype(float)
        scores = [random.normal(mean, 4, int(n)) for mean, n in zip(truth, totals, strict=True)]
        sums, squares = (np.array([np.sum(one**power) for one in scores]) for power in (1, 2))
        told = zip(mean_estimates(sums, squares, totals), truth, strict=True)
        held += [one.low <= tone <= one.high for one, tone in told if one.low is not None]
    assert 0.87 <= np.mean(held) <= 0.93


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


def test_the_interval_of_a_change_is_wider_where_periods_hang_together():
    chance = np.random.default_rng(3)
    noise = chance.normal(0, 1, 60)
    slow = np.convolve(np.append(noise, noise[:5]), np.ones(6) / np.sqrt(6), "valid")
    widths = []
    for path in (noise, slow):
        after = 10 + path / path.std(), np.ones(60)
        low, high = long_run_change_interval((np.full(60, 10.0) + path[::-1] / path.std(), np.ones(60)), after)
        assert (low + high) / 2 == pytest.approx(float(after[0].mean() - 10 - np.mean(path / path.std())))
        widths.append(high - low)
    assert widths[1] > 1.5 * widths[0]


def test_the_interval_of_a_change_is_nothing_where_nothing_moves():
    flat = np.full(3, 2.0), np.full(3, 4.0)
    assert long_run_change_interval(flat, flat) == (0.0, 0.0)
