"""What is told of a cross term: a p-value by draws without it, and intervals by its profile likelihood."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from detente.measure.baseline import Base, cross_products, row_products
from detente.measure.scoring import PRIOR, Fit, efficient_scores
from detente.measure.series import Numbers

DRAWS: Final = 199
_BLOCKS: Final = 20  # of a record, whose days may move together
_BLOCK_DAYS: Final = (28, 182)  # shortest and longest
PROFILED: Final = tuple(float(life) for life in np.geomspace(0.4, 21.0, 14))  # half-lives in days
_WORSE: Final = 0.5  # log-likelihood by which another half-life must promise more
_MANY: Final = 4000  # acts from which sums of draws are taken as normal
_Z: Final = 1.6448536269514722  # normal quantile of 0.95


@dataclass(frozen=True, slots=True)
class Profile:
    """90 % bounds of the ratio and of the half-life in days, and a half-life that promises clearly more, if any."""

    low: float
    high: float
    shortest: float
    longest: float
    better: float | None


def number_blocks(days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The block of each day, (n_days,): a twentieth of the days, from 28 to 182 long."""
    return np.asarray(days // int(np.clip(len(days) // _BLOCKS, *_BLOCK_DAYS)))


def cross_p_value(
    counts: Numbers,
    null: Fit,
    base: Base,
    tests: Numbers,
    block: npt.NDArray[np.int64],
    random: np.random.Generator,
) -> float:
    """The p-value of the largest studentised efficient score, by draws under no cross term."""
    clean = efficient_scores(tests, null, base)
    starts = np.unique(block, return_index=True)[1]
    observed = _largest(np.add.reduceat(clean * (counts - null.rate)[:, None], starts, axis=0)[None])[0]
    drawn = _draw_blocks(null, base, clean, starts, random)
    return float((1 + np.sum(_largest(drawn) >= observed - 1e-12)) / (DRAWS + 1))


def profile_cross(counts: Numbers, full: Fit, base: Base, kernels: Numbers, block: npt.NDArray[np.int64]) -> Profile:
    """90 % profile-likelihood intervals of the branching ratio and of the half-life, quadratic about the full fit.

    At each half-life of a grid the ratio has a conditional estimate; the interval holds every ratio that some
    half-life makes likely enough, so that it is wide where the half-life is unknown.
    """
    alpha, log = float(full.end.alphas[1]), float(full.end.logs[1])
    others = replace(full, columns=full.columns[:, :-2], gram=full.gram[:-2, :-2])
    at_best = full.columns[:, -2:-1]
    clean = efficient_scores(np.column_stack([at_best, kernels]), others, base)
    news = np.maximum(np.einsum("tk,tk->k", clean, np.column_stack([at_best, kernels])), 1e-12)
    left = counts - full.rate
    # Residuals that move together within a block widen everything alike.
    sums = np.add.reduceat(clean[:, 0] * left, np.unique(block, return_index=True)[1])
    scale = max(full.dispersion, float(np.sum(sums**2)) / float(news[0]))
    estimates = clean.T @ (left + alpha * at_best[:, 0]) / news
    logs = np.concatenate([[log], np.log(PROFILED)])
    heights = (estimates**2 * news - ((logs - PRIOR[0]) / PRIOR[1]) ** 2) / (2 * scale)
    spare = heights - heights.max() + _Z**2 / 2
    inside = spare >= 0
    reach = np.sqrt(2 * scale * np.maximum(spare, 0) / news)
    low, high = np.min((estimates - reach)[inside]), np.max((estimates + reach)[inside])
    grid = np.log(PROFILED)
    first, last = np.flatnonzero(inside[1:])[[0, -1]] if inside[1:].any() else (0, -1)
    shortest = min(_edge(grid, spare[1:], first, -1), log) if last >= 0 else log
    longest = max(_edge(grid, spare[1:], last, 1), log) if last >= 0 else log
    best = int(np.argmax(heights))
    return Profile(
        low=min(float(low), alpha),
        high=max(float(high), alpha),
        shortest=float(np.exp(shortest)),
        longest=float(np.exp(longest)),
        better=float(np.exp(logs[best])) if heights[best] - heights[0] > _WORSE else None,
    )


def _edge(grid: Numbers, spare: Numbers, at: int, step: int) -> float:
    """Where the profile falls below its bound beside a place on the grid."""
    beyond = at + step
    if not 0 <= beyond < len(grid):
        return float(grid[at])
    share = spare[at] / (spare[at] - spare[beyond])
    return float(grid[at] + share * (grid[beyond] - grid[at]))


def _largest(sums: Numbers) -> Numbers:
    """The largest |sum| over the root of summed squares of blocks, (draws,)."""
    scale = np.sqrt(np.maximum(np.sum(sums**2, axis=1), 1e-300))
    return np.asarray(np.max(np.abs(sums.sum(axis=1)) / scale, axis=1))


def _draw_blocks(
    null: Fit, base: Base, clean: Numbers, starts: npt.NDArray[np.int64], random: np.random.Generator
) -> Numbers:
    """Block sums of scores of drawn acts about a null fitted to them again, (draws, n_blocks, n_tests)."""
    rate = np.maximum(null.rate, 0)
    if float(rate.sum()) > _MANY:
        spread = clean * np.sqrt(null.dispersion * rate)[:, None]
        products = np.add.reduceat(spread[:, :, None] * spread[:, None, :], starts, axis=0)
        roots = np.linalg.cholesky(products + 1e-12 * np.eye(clean.shape[1]) * (1 + np.trace(products.mean(axis=0))))
        normal = random.standard_normal((DRAWS, len(starts), clean.shape[1]))
        return np.asarray(np.einsum("dbj,bij->dbi", normal, roots))
    from scipy import sparse

    acts = _draw_acts(rate, null.dispersion, random)
    wide = np.column_stack([base.hats(), null.columns])
    weighted = wide * null.weight[:, None]
    # One step of the fit to the draw: a fit takes some noise away, from the draws as from the record.
    steps = np.linalg.solve(null.gram, (acts @ weighted - cross_products(rate[:, None], weighted)).T)
    blocks = _block_sums(starts, len(rate))
    taken = [clean[one].T @ wide[one] for one in _slices(starts, len(rate))]
    expected = np.add.reduceat(clean * rate[:, None], starts, axis=0)
    sums = []
    for number, column in enumerate(clean.T):
        scored = (
            sparse.csr_matrix((acts.data * column[acts.indices], acts.indices, acts.indptr), acts.shape) @ blocks
        ).toarray()
        sums.append(scored - expected[:, number] - row_products(np.stack([part[number] for part in taken]), steps).T)
    return np.stack(sums, axis=2)


def _slices(starts: npt.NDArray[np.int64], n_days: int) -> Iterator[slice]:
    for start, stop in pairwise([*starts.tolist(), n_days]):
        yield slice(start, stop)


def _draw_acts(rate: Numbers, dispersion: float, random: np.random.Generator) -> Any:
    """Acts by draw and day, sparse (draws, n_days): clumps on days by their rate, log-series in size."""
    from scipy import sparse

    clumped = dispersion > 1.01
    size = (dispersion - 1) / np.log(dispersion) if clumped else 1.0
    clumps = random.poisson(float(rate.sum()) / size, DRAWS)
    edges = np.cumsum(rate)
    days = np.minimum(np.searchsorted(edges, random.random(clumps.sum()) * edges[-1]), len(rate) - 1)
    sizes = random.logseries(1 - 1 / dispersion, len(days)) if clumped else np.ones(len(days))
    ends = np.concatenate([[0], np.cumsum(clumps)])
    return sparse.csr_matrix((sizes.astype(float), days, ends), shape=(DRAWS, len(rate)))


def _block_sums(starts: npt.NDArray[np.int64], n_days: int) -> Any:
    """A sparse table that adds days up to blocks, (n_days, n_blocks)."""
    from scipy import sparse

    number = np.searchsorted(starts, np.arange(n_days), side="right") - 1
    return sparse.csr_matrix((np.ones(n_days), (np.arange(n_days), number)), shape=(n_days, len(starts)))
