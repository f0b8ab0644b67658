"""Scores of measures where the truth is planted: dates of breaks, intervals, tests.

Each share has its 95 % interval (Wilson 1927), each score of dates what random dates would reach.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.evaluation.matching import assign_pairs

_Z: Final = 1.959963984540054  # normal quantile of 0.975
MARGIN_DAYS: Final = 61  # two months


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `n` with its 95 % interval; `value` and the ends are None where n is 0."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class BreakScore:
    """How right dates are.

    Attributes:
        precision: Found dates that lie within the margin of a planted one, each planted one used once.
        recall: Planted dates found.
        chance_precision: Precision that dates drawn evenly over the record would have.
        chance_recall: Recall that as many dates drawn evenly would have.
        margin_days: Days by which a found date may be off.
        distance_days: Median days between the dates that fit; None where none does.
    """

    precision: Share
    recall: Share
    chance_precision: float | None
    chance_recall: float | None
    margin_days: int
    distance_days: float | None


@dataclass(frozen=True, slots=True)
class IntervalScore:
    """How often intervals hold the truth, and their mean width in the unit of the truth."""

    covered: Share
    width: float | None


@dataclass(frozen=True, slots=True)
class RejectionScore:
    """How often tests reject; `abstained` gave no p-value and are not in the share."""

    rejected: Share
    level: float
    abstained: int


def share_of(hits: int, n: int) -> Share:
    """A share with its 95 % interval (Wilson 1927).

    Examples:
        >>> share = share_of(5, 100)
        >>> round(share.low, 3), round(share.high, 3)
        (0.022, 0.112)
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} hits of {n}: expected from 0 to {n}")
    if n == 0:
        return Share(None, None, None, 0)
    rate, spread = hits / n, _Z**2 / n
    centre = (rate + spread / 2) / (1 + spread)
    half = np.sqrt(spread * (rate * (1 - rate) + spread / 4)) / (1 + spread)
    return Share(rate, max(float(centre - half), 0.0), min(float(centre + half), 1.0), n)


def score_breaks(
    found: Sequence[date], truth: Sequence[date], record: tuple[date, date], *, margin_days: int = MARGIN_DAYS
) -> BreakScore:
    """Score dates against planted ones, one to one, as many as can be and then the closest (Kuhn 1955).

    Args:
        found: Dates found.
        truth: Dates planted.
        record: First and last day of the record.
        margin_days: Days by which a found date may be off.

    Returns:
        Precision, recall and what chance gives.

    Raises:
        ValueError: If the record ends before it begins, or the margin is below 0.
    """
    first, last = record
    if last < first or margin_days < 0:
        raise ValueError(
            f"record {first} to {last}, margin {margin_days} days: expected days in order, a margin from 0"
        )
    distances = [abs((found[one] - truth[two]).days) for one, two in _pairs(found, truth, margin_days)]
    near = _days_near(truth, first, last, margin_days)
    return BreakScore(
        precision=share_of(len(distances), len(found)),
        recall=share_of(len(distances), len(truth)),
        chance_precision=float(near.any(axis=0).mean()) if truth else None,
        chance_recall=float(np.mean(1 - (1 - near.mean(axis=1)) ** len(found))) if truth else None,
        margin_days=margin_days,
        distance_days=float(np.median(distances)) if distances else None,
    )


def score_intervals(intervals: Iterable[tuple[float | None, float | None]], truth: Iterable[float]) -> IntervalScore:
    """Score intervals against the true values.

    Args:
        intervals: Low and high ends; those with an end of None are left out.
        truth: The true value for each.

    Returns:
        Share that holds the truth, and mean width.
    """
    known = [
        (low, high, value)
        for (low, high), value in zip(intervals, truth, strict=True)
        if low is not None and high is not None
    ]
    hits = sum(low <= value <= high for low, high, value in known)
    return IntervalScore(
        covered=share_of(hits, len(known)),
        width=float(np.mean([high - low for low, high, _ in known])) if known else None,
    )


def score_tests(p_values: Iterable[float | None], *, level: float = 0.05) -> RejectionScore:
    """Score tests: false alarms where nothing is planted, power where something is.

    Args:
        p_values: One a test; None where the measure abstained.
        level: Level of the test.

    Returns:
        Share rejected among those that gave a p-value.
    """
    given = list(p_values)
    known = [value for value in given if value is not None]
    return RejectionScore(share_of(sum(value <= level for value in known), len(known)), level, len(given) - len(known))


def _pairs(found: Sequence[date], truth: Sequence[date], margin_days: int) -> Iterable[tuple[int, int]]:
    if not found or not truth:
        return ()
    apart = np.abs([[(one - two).days for two in truth] for one in found])
    # One more pair goes before any gain in closeness.
    weight = np.where(apart <= margin_days, 1 + (1 - apart / (margin_days + 1)) / (1 + len(found)), 0.0)
    return assign_pairs(weight)


def _days_near(truth: Sequence[date], first: date, last: date, margin_days: int) -> NDArray[np.bool_]:
    """Whether each day of the record is within the margin of each planted date, (n_truth, n_days)."""
    days = np.arange((last - first).days + 1)
    places = np.array([(day - first) // timedelta(days=1) for day in truth])
    return np.asarray(np.abs(days[None, :] - places[:, None]) <= margin_days)
