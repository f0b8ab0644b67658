"""Placebo in space: the pair's gap after the shock among the gaps of donors that were not struck."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.measure.intervals import LEVEL
from detente.measure.series import Numbers

_QUIET: Final = 3  # periods in a row within the usual that end an effect


@dataclass(frozen=True, slots=True)
class Gaps:
    """What an estimator makes of every unit, the pair first.

    Attributes:
        paths: Observed less expected, (n_units, n_periods).
        effect: Mean gap after the shock, (n_units,).
        scale: The size of gap that is usual for the unit, from before the shock, (n_units,).
        statistic: What is ranked; larger is stranger, (n_units,).
        post_share: Share of the gap's variance that comes from the unit's own periods after, (n_units,).
    """

    paths: Numbers
    effect: Numbers
    scale: Numbers
    statistic: Numbers
    post_share: Numbers

    @property
    def n_placebos(self) -> int:
        """Donors that stood in for the pair."""
        return len(self.effect) - 1


def rank_p(statistic: Numbers) -> float:
    """Share of units, the pair counted, whose statistic is at least that of the pair (unit 0).

    Examples:
        >>> rank_p(np.array([3.0, 1.0, 2.0, 4.0]))
        0.5
    """
    # Equal values count as at least as large, whatever the rounding of the sums.
    return float(np.mean(statistic >= statistic[0] * (1 - 1e-9)))


def placebo_interval(gaps: Gaps, rise: Callable[[float], float] | None = None) -> tuple[float, float]:
    """The effects that the placebo distribution does not rule out at 10 %.

    The test "the effect is τ" is inverted over τ: |effect − τ| / scale is compared with the same ratio at the
    donors, the pair counted (Firpo and Possebom 2018). A pair that acts more also scatters more: the part of the
    scale that comes from its own periods after the shock is taken times the root of `rise` at τ. The high end takes
    it at the effect itself, because a scale that grows as fast as τ would leave no end.

    Args:
        gaps: Of the pair and its donors.
        rise: From an effect to the variance of the pair's acts with it over that without; None where it does not grow.

    Returns:
        Low and high.
    """
    ratios = np.sort(np.abs(gaps.effect[1:]) / gaps.scale[1:])
    place = min(int(np.ceil(LEVEL * (len(ratios) + 1))), len(ratios)) - 1
    share, usual = float(gaps.post_share[0]), float(ratios[place] * gaps.scale[0])
    effect = float(gaps.effect[0])

    def half(truth: float) -> float:
        return usual * float(np.sqrt(1 - share + share * (rise(truth) if rise else 1.0)))

    high = effect + half(max(effect, 0.0))
    kept, out = effect, effect - half(effect) - usual
    while effect - out < half(out):
        out -= usual + half(out)
    for _ in range(50):
        middle = (kept + out) / 2
        kept, out = (middle, out) if effect - middle <= half(middle) else (kept, middle)
    return kept, high


def variance_power(means: Numbers, variances: Numbers) -> float:
    """The power p in variance ∝ mean^p across units (Taylor 1961): 1 for independent counts, 2 for pure multiples.

    Args:
        means: Mean a period before the shock, (n_units,).
        variances: Variance of the noise, (n_units,).

    Returns:
        The slope of the logs, held between 1 and 2; 1 where it cannot be told.
    """
    kept = (means > 0) & (variances > 0)
    x, y = np.log(means[kept]), np.log(variances[kept])
    if len(x) < 3 or np.ptp(x) < 0.1:
        return 1.0
    return float(np.clip(np.polyfit(x, y, 1)[0], 1.0, 2.0))


def visible_since(after: Numbers, scale: Numbers) -> int | None:
    """The first period from which the mean gap so far is stranger than at nine of ten donors, and stays so.

    Args:
        after: Gaps after the shock, the pair first, (n_units, n_after).
        scale: Their usual size, (n_units,).

    Returns:
        Place among the periods after; None where it never comes to be.
    """
    so_far = np.abs(np.cumsum(after, axis=1) / np.arange(1, after.shape[1] + 1)) / scale[:, None]
    strange = (so_far >= so_far[0]).mean(axis=0) <= 1 - LEVEL + 1e-9
    if not strange[-1]:
        return None
    quiet = np.flatnonzero(~strange)
    return int(quiet[-1]) + 1 if len(quiet) else 0


def lasted(after: Numbers, scale: Numbers, since: int) -> int:
    """Periods from `since` until the pair's gap is back among nine of ten donors' for three periods in a row.

    Args:
        after: Gaps after the shock, the pair first, (n_units, n_after).
        scale: Their usual size, (n_units,).
        since: From `visible_since`.

    Returns:
        Number of periods; all that are left where it never comes back.
    """
    ratios = np.abs(after) / scale[:, None]
    sign = np.sign(after[0].mean())
    usual = ((ratios >= ratios[0]).mean(axis=0) > 1 - LEVEL + 1e-9) | (np.sign(after[0]) != sign)
    for at in range(since, len(usual) - _QUIET + 1):
        if usual[at : at + _QUIET].all():
            return max(at - since, 1)
    return len(usual) - since
