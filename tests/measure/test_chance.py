import numpy as np
import pytest

from detente.measure.bursts import find_bursts
from detente.measure.chance import false_rates, measure_strength, reshuffle, reshuffled_strengths


def test_strength_is_the_gain_in_squared_error():
    values = np.array([1.0, 2.0, 1.0, 2.0, 7.0, 8.0, 7.0, 8.0])
    whole = np.sum((values - values.mean()) ** 2)
    parts = sum(np.sum((part - part.mean()) ** 2) for part in (values[:4], values[4:]))
    assert measure_strength(values, [4]) == pytest.approx([whole - parts])


def test_a_rise_told_in_steps_has_the_strength_of_the_whole():
    values = np.repeat([2.0, 10.0, 9.0, 2.0], [24, 4, 20, 24])
    together = measure_strength(values, [24, 28, 48])[0]
    assert together > measure_strength(values[:28], [24])[0]
    assert together == pytest.approx(measure_strength(values[:48], [24])[0])


def test_what_goes_the_other_way_adds_no_strength():
    values = np.repeat([5.0, 6.0, 0.0], [24, 4, 20])
    assert measure_strength(values, [24, 28])[0] == pytest.approx(24 * 4 / 28)


def test_reshuffling_keeps_every_value_and_most_neighbours():
    values = np.arange(216.0)
    mixed = reshuffle(values, np.random.default_rng(0))
    assert sorted(mixed) == list(values)
    assert not np.array_equal(mixed, values)
    assert np.mean(np.diff(mixed) == 1) >= 0.8  # blocks of six


def test_a_rate_counts_reshuffles_at_least_as_strong():
    null = (np.array([1.0, 2.0, 3.0, 3.0]), 2.0)
    assert false_rates(np.array([3.0, 0.5, 4.0]), null) == pytest.approx([1.0, 2.0, 0.0])


def test_the_same_seed_gives_the_same_reshuffles():
    values = np.random.default_rng(1).poisson(np.repeat([3, 12], 60)).astype(float)
    one, other = (reshuffled_strengths(values, lambda mixed: [60], seed) for seed in (4, 4))
    assert one[1] == other[1] == pytest.approx(40)
    assert np.array_equal(one[0], other[0])


def test_reshuffling_ends_where_more_would_teach_nothing():
    values = np.random.default_rng(1).poisson(np.repeat([3, 12], 60)).astype(float)
    whole = reshuffled_strengths(values, lambda mixed: [60], 4)
    ended = reshuffled_strengths(values, lambda mixed: [60], 4, settled=lambda drawn, decades: len(drawn) > 24)
    assert ended[1] == whole[1]  # a rate is told over all that was to be drawn
    assert len(whole[0]) == 40
    assert np.array_equal(ended[0], whole[0][:25])
    assert false_rates(np.array([0.0]), ended) == pytest.approx([25 / 40])


def test_a_burst_is_told_by_its_highest_period():
    values = np.random.default_rng(3).poisson(4, 100).astype(float)
    values[40:42] = 40, 60
    found = find_bursts(values, [])
    assert [(burst.at, burst.low, burst.high) for burst in found] == [(41, 40, 41)]
    assert found[0].size == pytest.approx(56, abs=2)
