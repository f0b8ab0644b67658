"""Single high periods of a count: against a negative binomial fitted to the rest of their segment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from detente.measure.intervals import Numbers

FALSE_ALARM: Final = 0.02  # bursts expected by chance in a series, where its segments are negative binomial
_SHORTEST_SEGMENT: Final = 12  # periods from which a segment's noise can be learnt
_SMALLEST: Final = 5.0  # events above the segment's mean


@dataclass(frozen=True, slots=True)
class Burst:
    """A run of high periods: its highest, its first and last, and how far the highest lies above the segment's mean."""

    at: int
    low: int
    high: int
    size: float


def find_bursts(values: Numbers, edges: Sequence[int]) -> list[Burst]:
    """Runs of periods above what their segment gives with probability 0.02 / N.

    Args:
        values: Counts, (n_periods,).
        edges: First places of new levels, in order.

    Returns:
        The bursts in order; none in segments below twelve periods.
    """
    from scipy import stats

    surprising: dict[int, float] = {}
    for start, stop in pairwise([0, *edges, len(values)]):
        if stop - start < _SHORTEST_SEGMENT:
            continue
        segment = values[start:stop]
        mean, variance = _rest_moments(segment)
        shape = mean**2 / (variance - mean)
        chance = stats.nbinom.sf(segment - 1, shape, shape / (shape + mean))
        is_burst = (chance < FALSE_ALARM / len(values)) & (segment - mean >= _SMALLEST)
        for place in np.flatnonzero(is_burst):
            surprising[start + int(place)] = float(segment[place] - mean[place])
    return [_burst(run, surprising) for run in _runs(sorted(surprising))]


def _rest_moments(segment: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and variance of a segment without each place and its neighbours, both (n_periods,)."""
    places = np.arange(len(segment))
    # Sums over the whole less those of up to three places: a matrix of days by days would not fit in memory.
    total, squares = segment.sum(), np.sum(segment**2)
    near = np.zeros((3, len(segment)))
    for step in (-1, 0, 1):
        other = places + step
        inside = (other >= 0) & (other < len(segment))
        held = segment[np.clip(other, 0, len(segment) - 1)] * inside
        for at, part in enumerate((held, held**2, inside.astype(float))):
            near[at] += part
    n = len(segment) - near[2]
    mean = (total - near[0]) / n
    variance = (squares - near[1] - n * mean**2) / (n - 1)
    # Half an event keeps a silent segment from making any act a surprise.
    mean = mean + 0.5 / n
    return mean, np.maximum(variance, mean * 1.0001)


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and place > run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _burst(run: list[int], sizes: dict[int, float]) -> Burst:
    at = max(run, key=lambda place: sizes[place])
    return Burst(at, run[0], run[-1], sizes[at])
