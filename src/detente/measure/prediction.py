"""What the next period may hold, if it goes on as before: a 90 % prediction interval of a count."""

from typing import Final

import numpy as np

from detente.measure.intervals import LEVEL, UNKNOWN, Numbers
from detente.model.results import Estimate

FEWEST: Final = 24  # periods
_WEIGHT: Final = 0.3  # of the latest period in the level
_MEMORY: Final = 60  # latest errors that count
_SHIFT: Final = 3 / 8  # Anscombe 1948: the root of a count plus this has nearly one variance


def predict_next(counts: Numbers) -> Estimate:
    """The count of the period after the last, with the interval that nine periods in ten fall in.

    The level is an exponentially weighted mean of the roots; the half width is the ninth decile of the last 60 errors
    that the same forecast made one period ahead (split conformal prediction; Vovk, Gammerman and Shafer 2005). That
    covers nine in ten where errors to come are like errors past, whatever their shape. It is no interval of the rate:
    it holds the noise of the count and the wandering of the level, and not a war that nobody saw coming.

    Args:
        counts: Whole periods without gaps, (n_periods,).

    Returns:
        The forecast; all None below 24 periods.
    """
    if len(counts) < FEWEST:
        return UNKNOWN
    roots = np.sqrt(counts + _SHIFT)
    level, errors = float(roots[:FEWEST].mean()), []
    for root in roots:
        errors.append(abs(float(root) - level))
        level += _WEIGHT * (float(root) - level)
    recent = np.sort(errors[-_MEMORY:])
    half = recent[min(int(np.ceil((len(recent) + 1) * LEVEL)), len(recent)) - 1]
    low, high = max(level - half, 0.0) ** 2 - _SHIFT, (level + half) ** 2 - _SHIFT
    return Estimate(max(level**2 - _SHIFT, 0.0), max(0.0, float(np.ceil(low))), float(np.floor(high)))
