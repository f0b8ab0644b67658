import numpy as np
import pytest

from detente.measure.prediction import FEWEST, predict_next


def test_nine_months_in_ten_fall_in_the_interval():
    random = np.random.default_rng(4)
    inside = []
    for _ in range(400):
        level = np.exp(np.cumsum(random.normal(0, 0.1, 90)))
        counts = random.negative_binomial(4, 4 / (4 + 8 * level)).astype(float)
        told = predict_next(counts[:-1])
        inside.append(told.low <= counts[-1] <= told.high)
    assert 0.86 <= np.mean(inside) <= 0.95  # whole counts cannot be hit exactly


def test_a_constant_count_is_told_as_it_is():
    told = predict_next(np.full(60, 7.0))
    assert told.value == pytest.approx(7)
    assert (told.low, told.high) == (pytest.approx(7, abs=1), pytest.approx(7, abs=1))


def test_too_few_periods_tell_nothing():
    assert predict_next(np.ones(FEWEST - 1)).value is None
