"""What is told of a cross term: a p-value by draws without it, and intervals by its profile likelihood."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.ascent import PRIOR
from detente.measure.baseline import Base
from detente.measure.score_draws import DRAWS, draw_scores
from detente.measure.scoring import Fit, efficient_scores
from detente.measure.series import Numbers

_BLOCKS: Final = 20  # of a record, whose days may move together
_BLOCK_DAYS: Final = (28, 182)  # shortest and longest
PROFILED: Final = tuple(float(life) for life in np.geomspace(0.4, 21.0, 14))  # half-lives in days
_WORSE: Final = 0.5  # log-likelihood by which another half-life must promise more
_SAME: Final = 1e-12  # of a studentised score
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
    """The p-value of the largest studentised efficient score, by draws under no cross term.

    A score is studentised by its scatter over blocks or over pairs of blocks, or by the mean scatter of the draws,
    whichever is most. Without that floor the test is lopsided: what is quiet by chance, as few acts often are, has
    little scatter, and would be taken for sure that a side acts less.

    Args:
        counts: Acts on the days kept, (n_kept,).
        null: The fit without a cross term.
        base: Its linear part.
        tests: The other side's acts by kernel, the last a slow one that no test is made of, (n_kept, n_tests + 1).
        block: The block of each day, (n_kept,).
        random: The source of draws.

    Returns:
        The p-value, at least one over one more than the draws.
    """
    clean = _quicken(efficient_scores(tests, null, base), tests)
    starts = np.unique(block, return_index=True)[1]
    observed = np.add.reduceat(clean * (counts - null.rate)[:, None], starts, axis=0)
    drawn = draw_scores(null, base, clean, starts, random)
    scatter = _scatter(drawn)
    floor = scatter.mean(axis=0)
    found = observed.sum(axis=0) / np.sqrt(np.maximum(_scatter(observed), floor))
    chance = drawn.sum(axis=1) / np.sqrt(np.maximum(scatter, floor))
    size, sizes = np.max(np.abs(found)), np.max(np.abs(chance), axis=1)
    return float((1 + np.sum(sizes >= size - _SAME)) / (DRAWS + 1))


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


def _quicken(clean: Numbers, tests: Numbers) -> Numbers:
    """Efficient scores less what the last of them, of a slow kernel, says of the others, (n_days, n_tests).

    Levels of both sides that wander, each on its own, go together by chance for months on end; what is left of a
    score beside a slow one is of days.
    """
    shares = clean[:, -1] @ tests / max(float(clean[:, -1] @ tests[:, -1]), 1e-300)
    return np.asarray(clean[:, :-1] - clean[:, -1:] * shares[:-1])


def _scatter(sums: Numbers) -> Numbers:
    """Summed squares over blocks, or over pairs of them where that is more, (..., n_tests)."""
    firsts = np.arange(0, sums.shape[-2], 2)
    pairs = np.add.reduceat(sums, firsts, axis=-2)
    return np.asarray(np.maximum(np.maximum(np.sum(sums**2, axis=-2), np.sum(pairs**2, axis=-2)), 1e-300))


def _edge(grid: Numbers, spare: Numbers, at: int, step: int) -> float:
    """Where the profile falls below its bound beside a place on the grid."""
    beyond = at + step
    if not 0 <= beyond < len(grid):
        return float(grid[at])
    share = spare[at] / (spare[at] - spare[beyond])
    return float(grid[at] + share * (grid[beyond] - grid[at]))
