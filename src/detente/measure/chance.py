"""How strong a change is, and how often the same series gives one as strong when its order means nothing."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from detente.measure.intervals import Numbers

DECADE: Final = 120  # periods a rate is told for: ten years of months
_REACH: Final = 24  # periods either side over which a change may show its strength
_DRAWN: Final = 4800  # periods reshuffled a series: the rate of one in 200 then rests on 24 changes


def measure_strength(values: Numbers, edges: Sequence[int]) -> Numbers:
    """How strongly a series changes at each edge: the largest contrast of what lies before and after.

    A contrast is n₁n₂/(n₁+n₂) times the squared difference of the means, the gain in squared error of a level that
    begins there (Scott and Knott 1974). It is taken over the neighbouring segments, and over several together while
    they span no more than 24 periods a side, so that a war told in four segments counts as one.

    Args:
        values: The series, (n_periods,).
        edges: First places of new levels, in order, between 1 and n_periods - 1.

    Returns:
        One strength an edge, in squared units of the series, (n_edges,).
    """
    bounds = np.array([0, *edges, len(values)])
    sums = np.concatenate([[0.0], np.cumsum(values)])[bounds]
    return np.array([_strongest(bounds, sums, at) for at in range(1, len(bounds) - 1)])


def _strongest(bounds: "np.ndarray[tuple[int], np.dtype[np.int64]]", sums: Numbers, at: int) -> float:
    mean = np.diff(sums) / np.diff(bounds)
    sign = np.sign(mean[at] - mean[at - 1])
    before = np.arange(at)
    before = before[(bounds[at] - bounds[before] <= _REACH) | (before == at - 1)]
    after = np.arange(at + 1, len(bounds))
    after = after[(bounds[after] - bounds[at] <= _REACH) | (after == at + 1)]
    n_before, n_after = (bounds[at] - bounds[before])[:, None], bounds[after] - bounds[at]
    step = (sums[after] - sums[at]) / n_after - ((sums[at] - sums[before])[:, None] / n_before)
    gain = step**2 * n_before * n_after / (n_before + n_after)
    return float(np.max(np.where(step * sign > 0, gain, 0.0)))


def reshuffle(values: Numbers, random: np.random.Generator) -> Numbers:
    """A series with its blocks in random order: blocks as long as the cube root of its length (Künsch 1989).

    The first block is cut at random, so that edges of blocks fall anywhere.
    """
    length = max(round(len(values) ** (1 / 3)), 1)
    cuts = np.arange(int(random.integers(0, length)), len(values), length)
    blocks = np.split(values, cuts)
    return np.concatenate([blocks[number] for number in random.permutation(len(blocks))])


def reshuffled_strengths(
    values: Numbers,
    find_edges: Callable[[Numbers], Sequence[int]],
    seed: int,
    *,
    settled: Callable[[Numbers, float], bool] | None = None,
) -> tuple[Numbers, float]:
    """Strengths of the changes that reshuffles of a series give.

    Args:
        values: The series, (n_periods,).
        find_edges: The detector.
        seed: The same seed gives the same reshuffles.
        settled: Whether the strengths drawn so far and the decades to be drawn in all leave nothing to be learnt; more
            draws only raise a rate (Besag and Clifford 1991).

    Returns:
        The strengths, and the decades (120 periods) over which they are to be spread: all that were to be drawn.
    """
    random = np.random.default_rng(seed)
    draws = -(-_DRAWN // len(values))
    decades = draws * len(values) / DECADE
    found = np.zeros(0)
    for _ in range(draws):
        mixed = reshuffle(values, random)
        found = np.concatenate([found, measure_strength(mixed, find_edges(mixed))])
        if settled is not None and settled(found, decades):
            break
    return found, decades


def false_rates(strengths: Numbers, null: tuple[Numbers, float]) -> Numbers:
    """Changes at least as strong that reshuffles give in 120 periods, one rate a strength."""
    drawn, decades = null
    # The hair's breadth keeps a burst that reshuffling leaves whole from being stronger than itself.
    return np.array([np.sum(drawn >= strength * (1 - 1e-9)) for strength in strengths]) / decades
