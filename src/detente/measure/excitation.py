"""A self- and mutually-exciting process in days: do acts of one side bring acts of the other?

The number y of a side's acts on day t is Poisson (or negative binomial of variance φλ) with

    λ(t) = base(t) + α_own Σ_d k(d) y(t−d) + α_cross Σ_d k'(d) x(t−d) + inputs,  d ≥ 1,

x the other side's acts, k and k' geometric in the days with unit mass (the exponential kernel of Hawkes 1971 in
discrete time), so that α is a branching ratio: acts brought about by one act. All but the decays is linear: Fisher
scoring on the discrete likelihood.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.series import Numbers

DRAWS: Final = 199
_PROFILED: Final = tuple(float(life) for life in np.geomspace(0.4, 21.0, 14))  # half-lives in days
Z90: Final = 1.6448536269514722
KNOT_DAYS: Final = 365  # the slow level bends this often
TESTED: Final = (1.0, 4.0, 14.0)  # half-lives in days, of which the test takes the best
TRIED: Final = (1.0, 3.0, 8.0, 20.0)  # half-lives from which the fit starts
BOUNDS: Final = (0.3, 21.0)  # days
_PRIOR: Final = (float(np.log(5.0)), 0.7)  # mean and deviation of the log half-life: days to weeks
_BINS: Final = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 14), (15, 28))  # lags in days of an outside input
_BLOCK: Final = 28  # days whose residuals may move together
FLOOR: Final = 0.05  # of the mean: no day weighs more than this intensity lets it
_MANY: Final = 4000  # acts from which sums of draws are taken as normal
STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Context:
    """What may move both sides, on every day.

    Attributes:
        level: Whether the base moves slowly (a line between knots) instead of standing still.
        swing: Coverage against its own slow level, (n_days, n_columns); times the pair's level it is an input.
        inputs: Acts with third parties, lagged, (n_days, n_columns).
        kept: Days whose acts are explained, (n_days,); all days may explain.
    """

    level: bool
    swing: Numbers
    inputs: Numbers
    kept: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Excitation:
    """A fitted answer: branching ratio and half-life in days with 90 % intervals, and a simulated p-value."""

    branching: float
    low: float
    high: float
    half_life: float
    half_life_low: float
    half_life_high: float
    p_value: float
    own: float
    dispersion: float


@dataclass(frozen=True, slots=True)
class _Base:
    """The linear part that both sides share, on the days kept: hats between knots, and other columns."""

    segment: npt.NDArray[np.int64]
    right: Numbers
    starts: npt.NDArray[np.int64]
    full: npt.NDArray[np.int64]
    knots: int
    columns: Numbers
    centre: float

    def times(self, weights: Numbers) -> Numbers:
        """The hats times a weight a knot, (n_days,)."""
        if not self.knots:
            return np.zeros(len(self.right))
        return np.asarray(weights[self.segment] * (1 - self.right) + weights[self.segment + 1] * self.right)

    def gram(self, weight: Numbers, more: Numbers) -> Numbers:
        """Weighted cross products of all columns, hats first, (k, k)."""
        k, n_hats = more.shape[1], self.knots
        found = np.zeros((n_hats + k, n_hats + k))
        weighted = more * weight[:, None]
        found[n_hats:, n_hats:] = more.T @ weighted
        if not n_hats:
            return found
        hats = np.column_stack([1 - self.right, self.right])
        wide = np.column_stack([hats * weight[:, None], weighted])
        for side in (0, 1):
            sums = np.add.reduceat(wide * hats[:, side : side + 1], self.starts, axis=0)
            rows = self.full + side
            found[rows, self.full] += sums[:, 0]
            found[rows, self.full + 1] += sums[:, 1]
            found[rows, n_hats:] += sums[:, 2:]
        found[n_hats:, :n_hats] = found[:n_hats, n_hats:].T
        return found

    def score(self, weighted: Numbers, more: Numbers) -> Numbers:
        """Cross products of all columns with one weighted array, (k,)."""
        rest = more.T @ weighted
        if not self.knots:
            return np.asarray(rest)
        found = np.zeros(self.knots)
        found[self.full] += np.add.reduceat(weighted * (1 - self.right), self.starts)
        found[self.full + 1] += np.add.reduceat(weighted * self.right, self.starts)
        return np.concatenate([found, rest])


@dataclass(frozen=True, slots=True)
class _Start:
    """Parameters: the knots, the other columns, branching ratios, log half-lives (own first)."""

    hats: Numbers
    linear: Numbers
    alphas: Numbers
    logs: Numbers


@dataclass(frozen=True, slots=True)
class _Fit:
    """A fitted intensity, its scored columns, and what a test needs of them."""

    rate: Numbers
    weight: Numbers
    columns: Numbers
    gram: Numbers
    end: _Start
    likelihood: float
    dispersion: float


def lag_columns(series: Sequence[Numbers]) -> Numbers:
    """Outside inputs as mean acts of the day itself and of 1, 2–3, 4–7, 8–14 and 15–28 days before.

    Args:
        series: Acts by day, each (n_days,).

    Returns:
        Columns, (n_days, 6 n_series); before the first day there are no acts.
    """
    columns = []
    for acts in series:
        padded = np.concatenate([np.zeros(_BINS[-1][1] + 1), np.cumsum(acts)])
        ends = np.arange(len(acts)) + _BINS[-1][1] + 1
        columns += [(padded[ends - first] - padded[ends - last - 1]) / (last - first + 1) for first, last in _BINS]
    return np.column_stack(columns)


def coverage_swing(others: Numbers) -> Numbers:
    """How coverage departs from its own slow level: smoothed, by weekday, and day by day.

    Args:
        others: Rows of the feed that involve neither side, (n_days,).

    Returns:
        Relative departures, (n_days, 3); zero where the feed has no such row.
    """
    from scipy import ndimage

    if not others.any():
        return np.zeros((len(others), 0))
    window = int(np.clip(np.ceil(60 / others.mean()), 3, 15)) // 2 * 2 + 1
    # A median keeps the edges of a surge where a mean would blur them.
    smooth = ndimage.uniform_filter1d(ndimage.median_filter(others, window, mode="nearest"), 3, mode="nearest")
    slow = np.maximum(_line_through(others), 0.05 * others.mean())
    weekday = np.arange(len(others)) % 7
    share = np.bincount(weekday, others, 7) / np.maximum(np.bincount(weekday, smooth, 7), 1e-9)
    return np.column_stack([smooth / slow - 1, share[weekday] - 1, (others - smooth) / slow])


def kernel_sum(acts: Numbers, half_life: float) -> Numbers:
    """The acts before each day, weighed by a geometric kernel of unit mass from one day on, (n_days,)."""
    from scipy import signal

    keep = 2 ** (-1 / half_life)
    return np.asarray(signal.lfilter([0.0, 1 - keep], [1.0, -keep], acts))


def fit_excitation(answers: Numbers, stimulus: Numbers, context: Context, *, own: Numbers, seed: int) -> Excitation:
    """Fit one direction and test that nothing crosses over.

    Estimate: Fisher scoring of all parameters, decays among them. Intervals: profile likelihood, scaled by the Pearson
    dispersion or by the scatter of scores over blocks of 28 days, whichever is more. The log half-lives carry a
    normal prior (median 5 days, deviation 0.7): what comes later than some weeks is the level. Test: the efficient
    score of the cross term at half-lives of 1, 4 and 14 days, studentised over blocks of 28 days, the largest of
    the three against 199 draws of acts from the model fitted without a cross term.

    Args:
        answers: Acts that may be answers, (n_days,).
        stimulus: Acts that may be answered, (n_days,).
        context: What may move both.
        own: Acts of the answering side that excite it itself, (n_days,); where answers and stimulus are of two
            kinds, the answering side's acts of the answers' kind.
        seed: Seed of the draws.

    Returns:
        The fit of the cross term.
    """
    base = _make_base(answers, context)
    null = _fit_null(answers, own, base, context)
    tests = np.column_stack([kernel_sum(stimulus, life)[context.kept] for life in TESTED])
    full = _fit_cross(answers, own, stimulus, base, context, null)
    block = np.flatnonzero(context.kept) // _BLOCK
    p_value = _simulate(answers[context.kept], null, base, tests, block, np.random.default_rng(seed))
    kernels = np.column_stack([kernel_sum(stimulus, life)[context.kept] for life in _PROFILED])
    low, high, shortest, longest = _profile(answers[context.kept], full, base, kernels, block)
    return Excitation(
        branching=float(full.end.alphas[1]),
        low=low,
        high=high,
        half_life=float(np.exp(full.end.logs[1])),
        half_life_low=shortest,
        half_life_high=longest,
        p_value=p_value,
        own=float(full.end.alphas[0]),
        dispersion=full.dispersion,
    )


def _make_base(answers: Numbers, context: Context) -> _Base:
    days = np.flatnonzero(context.kept)
    counts = answers[days]
    columns = context.inputs[days]
    if not context.level:
        ones = np.ones((len(days), 1))
        empty = np.array([], dtype=np.int64)
        return _Base(empty, np.zeros(len(days)), empty, empty, 0, np.column_stack([ones, columns]), 0.0)
    level = np.maximum(_line_through(answers)[days], FLOOR * counts.mean())
    segment = days // KNOT_DAYS
    full, starts = np.unique(segment, return_index=True)
    return _Base(
        segment=segment,
        right=(days % KNOT_DAYS) / KNOT_DAYS,
        starts=starts,
        full=full,
        knots=len(answers) // KNOT_DAYS + 2,
        columns=np.column_stack([level[:, None] * context.swing[days], columns]),
        centre=float(counts.mean()),
    )


def _line_through(values: Numbers) -> Numbers:
    """Least squares by a line between knots, (n_days,)."""
    days = np.arange(len(values))
    segment, right = days // KNOT_DAYS, (days % KNOT_DAYS) / KNOT_DAYS
    starts = np.unique(segment, return_index=True)[1]
    full = np.arange(len(starts))
    base = _Base(segment, right, starts, full, len(starts) + 1, np.zeros((len(values), 0)), 0.0)
    gram = base.gram(np.ones(len(values)), base.columns) + 1e-6 * np.eye(base.knots)
    return base.times(np.asarray(np.linalg.solve(gram, base.score(values, base.columns))))


def _fit_null(answers: Numbers, own: Numbers, base: _Base, context: Context) -> _Fit:
    """The fit without a cross term: the best of some half-lives, then all parameters together."""
    counts = answers[context.kept]
    hats, linear = np.full(base.knots, base.centre), np.zeros(base.columns.shape[1])
    if not base.knots:
        linear[0] = float(counts.mean())
    start = _Start(hats, linear, np.array([0.0]), np.log(np.array(TRIED[:1])))
    rough = []
    for life in TRIED:
        start = replace(start, logs=np.log(np.array([life])))
        fit = _fit(answers, (own,), base, context, start, steps=2, move=False)
        start = fit.end
        rough.append(fit)
    best = max(rough, key=lambda fit: fit.likelihood)
    return _fit(answers, (own,), base, context, best.end, steps=STEPS, move=True)


def _fit_cross(answers: Numbers, own: Numbers, stimulus: Numbers, base: _Base, context: Context, null: _Fit) -> _Fit:
    """The fit with a cross term, from the half-life whose efficient score promises most."""
    kernels = np.column_stack([kernel_sum(stimulus, life)[context.kept] for life in TRIED])
    clean = _clean(kernels, null, base)
    scores = clean.T @ (answers[context.kept] - null.rate)
    news = np.maximum(np.einsum("tk,tk->k", clean, kernels), 1e-12)
    at = int(np.argmax(scores**2 / news))
    alphas = np.array([null.end.alphas[0], float(np.clip(scores[at] / news[at], -1, 1))])
    logs = np.array([null.end.logs[0], np.log(TRIED[at])])
    start = replace(null.end, alphas=alphas, logs=logs)
    return _fit(answers, (own, stimulus), base, context, start, steps=STEPS, move=True)


def _fit(
    answers: Numbers,
    exciting: tuple[Numbers, ...],
    base: _Base,
    context: Context,
    start: _Start,
    *,
    steps: int,
    move: bool,
) -> _Fit:
    """Fisher scoring on the discrete likelihood; `move` lets the half-lives move too."""
    counts = answers[context.kept]
    floor = max(FLOOR * float(counts.mean()), 1e-9)
    hats, linear, alphas, logs = start.hats, start.linear, start.alphas, start.logs
    kernels, slopes = _kernels(exciting, logs, context)
    for _ in range(steps):
        rate = _rate(base, hats, linear, alphas, kernels)
        safe = np.maximum(rate, floor)
        columns = np.column_stack([base.columns, _tail(kernels, slopes, alphas) if move else kernels])
        gram = base.gram(1 / safe, columns)
        score = base.score((counts - rate) / safe, columns)
        _hold(gram, score, base, hats, logs if move else None)
        step = np.linalg.solve(gram, score)
        hats = hats + step[: base.knots]
        linear = linear + step[base.knots : base.knots + len(linear)]
        tail = step[base.knots + len(linear) :]
        alphas = alphas + np.clip(tail[:: 2 if move else 1], -0.5, 0.5)
        if move:
            logs = np.clip(logs + np.clip(tail[1::2], -0.5, 0.5), *np.log(BOUNDS))
            kernels, slopes = _kernels(exciting, logs, context)
            if np.max(np.abs(tail)) < 2e-3:
                break
    rate = _rate(base, hats, linear, alphas, kernels)
    safe = np.maximum(rate, floor)
    freedom = max(len(counts) - gram.shape[0], 1)
    return _Fit(
        rate=rate,
        weight=1 / safe,
        columns=columns,
        gram=gram,
        end=_Start(hats, linear, alphas, logs),
        likelihood=float(np.sum(counts * np.log(safe) - safe)),
        dispersion=max(float(np.sum((counts - rate) ** 2 / safe)) / freedom, 1.0),
    )


def _rate(base: _Base, hats: Numbers, linear: Numbers, alphas: Numbers, kernels: Numbers) -> Numbers:
    return np.asarray(base.times(hats) + base.columns @ linear + kernels @ alphas)


def _tail(kernels: Numbers, slopes: Numbers, alphas: Numbers) -> Numbers:
    """Columns of branching ratios and log half-lives, in turn."""
    return np.stack([kernels, alphas * slopes], axis=2).reshape(len(kernels), -1)


def _kernels(exciting: tuple[Numbers, ...], logs: Numbers, context: Context) -> tuple[Numbers, Numbers]:
    """Kernel sums and their slopes in the log half-life, on the days kept, each (n_kept, n_exciting)."""
    found = [
        [kernel_sum(acts, float(np.exp(log + side)))[context.kept] for side in (0, 0.05)]
        for acts, log in zip(exciting, logs, strict=True)
    ]
    kernels = np.column_stack([pair[0] for pair in found])
    return kernels, (np.column_stack([pair[1] for pair in found]) - kernels) / 0.05


def _hold(gram: Numbers, score: Numbers, base: _Base, hats: Numbers, logs: Numbers | None) -> None:
    """Weak priors: half an act at the mean level a knot, and the log half-lives."""
    places = np.arange(base.knots)
    if base.knots:
        strength = 0.5 / base.centre**2
        gram[places, places] += strength
        score[places] -= strength * (hats - base.centre)
    rest = np.arange(base.knots, len(gram))
    gram[rest, rest] += 1e-9 * (1 + gram[rest, rest])
    if logs is not None:
        at = len(gram) - 2 * len(logs) + 2 * np.arange(len(logs)) + 1
        gram[at, at] += 1 / _PRIOR[1] ** 2
        score[at] -= (logs - _PRIOR[0]) / _PRIOR[1] ** 2


def _profile(
    counts: Numbers, full: _Fit, base: _Base, kernels: Numbers, block: npt.NDArray[np.int64]
) -> tuple[float, float, float, float]:
    """90 % profile-likelihood intervals of the branching ratio and of the half-life, quadratic about the full fit.

    At each half-life of a grid the ratio has a conditional estimate; the interval holds every ratio that some
    half-life makes likely enough, so that it is wide where the half-life is unknown.
    """
    alpha, log = float(full.end.alphas[1]), float(full.end.logs[1])
    others = replace(full, columns=full.columns[:, :-2], gram=full.gram[:-2, :-2])
    at_best = full.columns[:, -2:-1]
    clean = _clean(np.column_stack([at_best, kernels]), others, base)
    news = np.maximum(np.einsum("tk,tk->k", clean, np.column_stack([at_best, kernels])), 1e-12)
    left = counts - full.rate
    # Residuals that move together within a block widen everything alike.
    sums = np.add.reduceat(clean[:, 0] * left, np.unique(block, return_index=True)[1])
    scale = max(full.dispersion, float(np.sum(sums**2)) / float(news[0]))
    estimates = clean.T @ (left + alpha * at_best[:, 0]) / news
    logs = np.concatenate([[log], np.log(_PROFILED)])
    heights = estimates**2 * news / (2 * scale) - (logs - _PRIOR[0]) ** 2 / (2 * _PRIOR[1] ** 2)
    spare = heights - heights.max() + Z90**2 / 2
    inside = spare >= 0
    reach = np.sqrt(2 * scale * np.maximum(spare, 0) / news)
    low, high = np.min((estimates - reach)[inside]), np.max((estimates + reach)[inside])
    grid = np.log(_PROFILED)
    first, last = np.flatnonzero(inside[1:])[[0, -1]] if inside[1:].any() else (0, -1)
    shortest = min(_edge(grid, spare[1:], first, -1), log) if last >= 0 else log
    longest = max(_edge(grid, spare[1:], last, 1), log) if last >= 0 else log
    return min(float(low), alpha), max(float(high), alpha), float(np.exp(shortest)), float(np.exp(longest))


def _edge(grid: Numbers, spare: Numbers, at: int, step: int) -> float:
    """Where the profile falls below its bound beside a place on the grid."""
    beyond = at + step
    if not 0 <= beyond < len(grid):
        return float(grid[at])
    share = spare[at] / (spare[at] - spare[beyond])
    return float(grid[at] + share * (grid[beyond] - grid[at]))


def _simulate(
    counts: Numbers,
    null: _Fit,
    base: _Base,
    tests: Numbers,
    block: npt.NDArray[np.int64],
    random: np.random.Generator,
) -> float:
    """The p-value of the largest studentised efficient score, by draws under no cross term."""
    clean = _clean(tests, null, base)
    number = np.unique(block, return_inverse=True)[1]
    starts = np.unique(number, return_index=True)[1]
    observed = _largest(np.add.reduceat(clean * (counts - null.rate)[:, None], starts, axis=0)[None])[0]
    drawn = _draw_blocks(np.maximum(null.rate, 0), clean, number, starts, null.dispersion, random)
    return float((1 + np.sum(_largest(drawn) >= observed - 1e-12)) / (DRAWS + 1))


def _largest(sums: Numbers) -> Numbers:
    """The largest |sum| over the root of summed squares of blocks, (draws,)."""
    scale = np.sqrt(np.maximum(np.sum(sums**2, axis=1), 1e-300))
    return np.asarray(np.max(np.abs(sums.sum(axis=1)) / scale, axis=1))


def _clean(tests: Numbers, null: _Fit, base: _Base) -> Numbers:
    """Weighted candidate columns less what the null's columns say of them: efficient scores, (n_kept, n_tests)."""
    lead = np.column_stack([base.score(null.weight * test, null.columns) for test in tests.T])
    fitted = np.linalg.solve(null.gram, lead)
    known = np.column_stack([base.times(row[: base.knots]) for row in fitted.T])
    return np.asarray((tests - null.columns @ fitted[base.knots :] - known) * null.weight[:, None])


def _draw_blocks(
    rate: Numbers,
    clean: Numbers,
    number: npt.NDArray[np.int64],
    starts: npt.NDArray[np.int64],
    dispersion: float,
    random: np.random.Generator,
) -> Numbers:
    """Block sums of scores of drawn acts, (draws, n_blocks, n_tests): clumps of acts, log-series in size."""
    n_blocks, total = len(starts), float(rate.sum())
    if total > _MANY:
        spread = clean * np.sqrt(dispersion * rate)[:, None]
        products = np.add.reduceat(spread[:, :, None] * spread[:, None, :], starts, axis=0)
        roots = np.linalg.cholesky(products + 1e-12 * np.eye(clean.shape[1]) * (1 + np.trace(products.mean(axis=0))))
        normal = random.standard_normal((DRAWS, n_blocks, clean.shape[1]))
        return np.asarray(np.einsum("dbj,bij->dbi", normal, roots))
    clumped = dispersion > 1.01
    size = (dispersion - 1) / np.log(dispersion) if clumped else 1.0
    clumps = random.poisson(total / size, DRAWS)
    edges = np.cumsum(rate)
    days = np.minimum(np.searchsorted(edges, random.random(clumps.sum()) * edges[-1]), len(rate) - 1)
    sizes = random.logseries(1 - 1 / dispersion, len(days)) if clumped else np.ones(len(days))
    cell = np.repeat(np.arange(DRAWS), clumps) * n_blocks + number[days]
    expected = np.add.reduceat(clean * rate[:, None], starts, axis=0)
    sums = [
        np.bincount(cell, sizes * clean[days, at], DRAWS * n_blocks).reshape(DRAWS, n_blocks) - expected[:, at]
        for at in range(clean.shape[1])
    ]
    return np.stack(sums, axis=2)
