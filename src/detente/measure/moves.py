"""How far a relation moved at a date: the ratio of sums after less that before, with its interval."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from detente.measure.intervals import UNKNOWN, Numbers, long_run_change_interval
from detente.measure.series import PairSeries
from detente.model.results import Estimate

FEWEST: Final = 3  # periods a side
# Numerator, denominator, factor; `both` is conflict and cooperation, `others` what the feed holds of everyone else.
OUTCOMES: Final = {
    "conflict_share": ("conflict", "both", 1),
    "tone": ("net", "scored", 1),
    "conflict_rate": ("conflict", "others", 1000),
    "cooperation_rate": ("cooperation", "others", 1000),
    "military_share": ("military", "typed", 1),
    "coercive_share": ("coercive", "typed", 1),
}


@dataclass(frozen=True, slots=True)
class Move:
    """The change of one outcome at a date; None where a side has too few periods or nothing to divide by."""

    before: float | None
    after: float | None
    change: Estimate
    n: int
    n_before: int
    n_after: int


def measure_move(series: PairSeries, direction: str, outcome: str, at: date, *, window: int | None = None) -> Move:
    """The change of an outcome at a date, over as many whole periods before as after.

    Each side is a ratio of sums (acts of conflict over acts, score over scored acts, acts over what the feed holds of
    others), so that busy periods weigh more. The interval is that of `long_run_change_interval`. A period that
    holds the date after its first day is in neither side.

    Args:
        series: The sums of a pair.
        direction: `A>B`, `B>A` or `joint`.
        outcome: One of `OUTCOMES`.
        at: The date.
        window: Most periods a side; None for all there are.
    """
    starts = np.array([start.toordinal() for start in series.periods])
    after = np.flatnonzero(series.whole & (starts >= at.toordinal()))
    ends = np.append(starts[1:], np.iinfo(np.int64).max)
    before = np.flatnonzero(series.whole & (ends <= at.toordinal()))
    length = min(len(before), len(after), window or len(starts))
    before, after = before[len(before) - length :], after[:length]
    top, bottom = _parts(series, direction, outcome)
    n = int(series.sums[direction]["n"][np.append(before, after)].sum())
    if length < FEWEST or not (bottom[before].sum() and bottom[after].sum()):
        return Move(None, None, UNKNOWN, n, len(before), len(after))
    sides = [(top[places], bottom[places]) for places in (before, after)]
    means = [float(one.sum() / other.sum()) for one, other in sides]
    low, high = long_run_change_interval(sides[0], sides[1])
    return Move(means[0], means[1], Estimate(means[1] - means[0], low, high), n, len(before), len(after))


def _parts(series: PairSeries, direction: str, outcome: str) -> tuple[Numbers, Numbers]:
    top, bottom, factor = OUTCOMES[outcome]
    sums = series.sums[direction]
    both = sums["conflict"] + sums["cooperation"]
    below = {"both": both, "others": series.others}.get(bottom)
    return sums[top] * factor, sums[bottom] if below is None else below
