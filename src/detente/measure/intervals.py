"""90 % intervals of counts, shares, means and sums in one period, with noise learnt from the whole series.

All are closed forms on the small table of a pair. Counts: a quasi-Poisson posterior of the period's own rate,
with the clumping of reports by day (Wedderburn 1974). Shares: beta–binomial, means: normal shrinkage, both
averaged over the variance between periods with a flat prior on it (Morris and Tang 2011; shares: Tak and Morris 2017)
and with Morris's (1983) allowance for the estimated centre. Sums: the variance of a compound of count and score.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.model.results import Estimate

Numbers = npt.NDArray[np.float64]

LEVEL: Final = 0.9
UNKNOWN: Final = Estimate(None, None, None)
_COSINES: Final = 0.4  # of a long-run variance, times the periods to two thirds
_DRAWS: Final = 1000
_Z: Final = 1.6448536269514722  # normal quantile of 0.95
_PRIOR_WEIGHT: Final = (1.0, 100.0)  # of a share, in events
_GRID: Final = 25  # spreads between periods that are weighed


def estimate_clumping(daily: Sequence[Numbers]) -> float:
    """How much more counts of days scatter inside a period than independent events would.

    One act told by five reports on one day counts five times: the factor is the ratio of variance to mean of
    the days' counts around their period's own mean, pooled over periods (the dispersion of quasi-Poisson models;
    Wedderburn 1974). A move of the level from period to period does not enter.

    Args:
        daily: Events of each day of a period, one array a period.

    Returns:
        A factor of at least 1 (independent events); 1 where no period has two days and an event.
    """
    lengths = np.array([len(days) for days in daily])
    scatter, expected = np.zeros(len(daily)), np.zeros(len(daily))
    for length in {*lengths.tolist()} - {0, 1}:
        at = np.flatnonzero(lengths == length)
        days = np.array([daily[place] for place in at.tolist()])
        scatter[at] = np.sum((days - days.mean(axis=1, keepdims=True)) ** 2, axis=1)
        expected[at] = days.sum(axis=1) * (1 - 1 / length)
    noise, mean = sum(scatter.tolist()), sum(expected.tolist())
    return max(noise / mean, 1.0) if mean > 0 else 1.0


def count_estimates(counts: Numbers, clumping: float = 1.0) -> tuple[Estimate, ...]:
    """Observed counts with the interval of each period's own rate.

    A count is taken as count / clumping independent clumps, whose rate has the gamma posterior of the Jeffreys
    prior. Periods do not borrow from one another: a crisis does not widen the quiet months around it.

    Args:
        counts: Events per period, (n_periods,).
        clumping: Reports to a clump, from `estimate_clumping`.

    Returns:
        One estimate a period, events per period; `value` is the observed count.
    """
    from scipy import stats

    tails = np.array([[(1 - LEVEL) / 2], [(1 + LEVEL) / 2]])
    bounds = clumping * np.asarray(stats.gamma.ppf(tails, counts / clumping + 0.5))
    return tuple(
        Estimate(float(count), float(min(a, count)), float(max(b, count)))
        for count, a, b in zip(counts, *bounds, strict=True)
    )


def rate_estimates(counts: Numbers, others: Numbers, clumping: float = 1.0) -> tuple[Estimate, ...]:
    """A pair's events per 1,000 of the feed that involve neither side, with the noise of both counts.

    Given the sum of two Poisson counts one of them is binomial: its share has the beta posterior of the Jeffreys prior,
    and the rate is 1,000 times its odds. Both counts are taken as clumps of reports.

    Args:
        counts: Events of the pair per period, (n_periods,).
        others: Events that involve neither side, (n_periods,).
        clumping: Reports to a clump, from `estimate_clumping`.

    Returns:
        One estimate a period; all None where the feed holds nothing else.
    """
    from scipy import stats

    tails = np.array([[(1 - LEVEL) / 2], [(1 + LEVEL) / 2]])
    share = np.asarray(stats.beta.ppf(tails, counts / clumping + 0.5, others / clumping + 0.5))
    bounds = 1000 * share / (1 - share)
    return tuple(
        Estimate(1000 * float(count / other), float(min(a, 1000 * count / other)), float(max(b, 1000 * count / other)))
        if other > 0
        else UNKNOWN
        for count, other, a, b in zip(counts, others, *bounds, strict=True)
    )


def share_estimates(hits: Numbers, totals: Numbers) -> tuple[Estimate, ...]:
    """Shares drawn toward the pair's own mean share, the more the fewer events a period has.

    Args:
        hits: Events of the kind, per period, (n_periods,).
        totals: Events it is a share of, (n_periods,).

    Returns:
        One estimate a period; `value` is the posterior mean; all None where a period has no event.
    """
    from scipy import stats

    alpha, beta, centre_noise, chances = _beta_priors(hits, totals)
    posterior = alpha[:, None] + beta[:, None] + totals
    centres = (alpha[:, None] + hits) / posterior
    # How far a period is drawn to the centre is how much of the centre's own noise it takes over (Morris 1983).
    pull = (alpha + beta)[:, None] / posterior
    noise = centres * (1 - centres) / (posterior + 1) + pull**2 * centre_noise[:, None]
    means, variances = _mixture(centres, noise, chances)
    weight = np.maximum(means * (1 - means) / variances - 1, 1e-6)
    tails = np.array([[(1 - LEVEL) / 2], [(1 + LEVEL) / 2]])
    bounds = np.asarray(stats.beta.ppf(tails, means * weight, (1 - means) * weight))
    return tuple(
        Estimate(float(mean), float(low), float(high)) if total > 0 else UNKNOWN
        for mean, low, high, total in zip(means, *bounds, totals, strict=True)
    )


def mean_estimates(sums: Numbers, squares: Numbers, totals: Numbers) -> tuple[Estimate, ...]:
    """Mean scores drawn toward the pair's own mean, the more the fewer events a period has.

    Args:
        sums: Sum of scores per period, (n_periods,).
        squares: Sum of squared scores, (n_periods,).
        totals: Scored events, (n_periods,).

    Returns:
        One estimate a period, score per event; `value` is the shrunken mean; all None where a period has
        no scored event, and no interval where the pair has a single one.
    """
    full = totals > 0
    within = score_variance(sums, squares, totals)
    estimates = [UNKNOWN] * len(totals)
    if not full.any():
        return tuple(estimates)
    means = sums[full] / totals[full]
    if within is None:
        values = zip(np.flatnonzero(full), means, strict=True)
        for at, mean in values:
            estimates[at] = Estimate(float(mean), None, None)
        return tuple(estimates)
    noise = np.maximum(within / totals[full], 1e-12)
    between, chances = _spreads(means, noise)
    precision = 1 / (noise + between[:, None])
    total_precision = precision.sum(axis=1, keepdims=True)
    centre = (precision * means).sum(axis=1, keepdims=True) / total_precision
    pull = noise * precision
    posterior, variance = _mixture(
        (1 - pull) * means + pull * centre, (1 - pull) * noise + pull**2 / total_precision, chances
    )
    spread = _Z * np.sqrt(variance)
    for at, value, half in zip(np.flatnonzero(full), posterior, spread, strict=True):
        estimates[at] = Estimate(float(value), float(value - half), float(value + half))
    return tuple(estimates)


def sum_estimates(sums: Numbers, squares: Numbers, totals: Numbers, clumping: float = 1.0) -> tuple[Estimate, ...]:
    """Observed sums of scores with an interval from the compound of count and score.

    Var = c·N·(σ² + μ²), with c the clumping of the counts, N the events of the period (at least one half), μ
    the mean score of the period (of the pair where it has none), σ² the variance of scores within periods.

    Args:
        sums: Sum of scores per period, (n_periods,).
        squares: Sum of squared scores, (n_periods,).
        totals: Scored events, (n_periods,).
        clumping: Reports to a clump, from `estimate_clumping`.

    Returns:
        One estimate a period, score per period; `value` is the observed sum; no interval where the pair has
        fewer than two scored events.
    """
    within = score_variance(sums, squares, totals)
    if within is None:
        return tuple(Estimate(float(value), None, None) for value in sums)
    overall = float(sums.sum() / totals.sum())
    events = np.maximum(totals, 0.5)
    tone = np.where(totals > 0, sums / events, overall)
    variance = clumping * events * (within + tone**2)
    half = _Z * np.sqrt(variance)
    return tuple(
        Estimate(float(value), float(value - width), float(value + width))
        for value, width in zip(sums, half, strict=True)
    )


def score_variance(sums: Numbers, squares: Numbers, totals: Numbers) -> float | None:
    """Variance of scores within periods, pooled; over the whole where no period has two; None below two."""
    full = totals > 0
    if totals.sum() < 2:
        return None
    freedom = float(np.sum(totals[full] - 1))
    if freedom > 0:
        return max(float(np.sum(squares[full] - sums[full] ** 2 / totals[full])) / freedom, 0.0)
    return max(float(squares.sum() - sums.sum() ** 2 / totals.sum()) / float(totals.sum() - 1), 0.0)


def ratio_change_interval(
    before: tuple[Numbers, Numbers], after: tuple[Numbers, Numbers], random: np.random.Generator
) -> tuple[float, float]:
    """A 90 % interval of the difference of two ratios of sums, by moving blocks within each stretch.

    Blocks as long as the cube root of the stretch (Künsch 1989); the spread of the draws is made up for the
    (n − 1)/n that a bootstrap loses, and taken times Student's t with the blocks less two as degrees of
    freedom, because few blocks tell their own spread badly.

    Args:
        before: Numerators and denominators by period, each (n_before,).
        after: The same, (n_after,).
        random: Source of the draws.

    Returns:
        Low and high around the observed difference (after less before).
    """
    from scipy import stats

    draws, freedom = [], 0.0
    for top, bottom in (before, after):
        length = max(round(len(top) ** (1 / 3)), 1)
        picks = _block_picks(len(top), length, random)
        below = bottom[picks].sum(axis=1)
        means = np.divide(top[picks].sum(axis=1), below, out=np.full(_DRAWS, np.nan), where=below > 0)
        draws.append((means - np.nanmean(means)) * np.sqrt(len(top) / max(len(top) - 1, 1)))
        freedom += len(top) / length - 1
    half = float(stats.t.ppf((1 + LEVEL) / 2, max(freedom, 1.0))) * float(np.nanstd(draws[1] - draws[0]))
    effect = float(after[0].sum() / after[1].sum() - before[0].sum() / before[1].sum())
    return effect - half, effect + half


def long_run_change_interval(before: tuple[Numbers, Numbers], after: tuple[Numbers, Numbers]) -> tuple[float, float]:
    """A 90 % interval of the difference of two ratios of sums whose periods hang together.

    The long-run variance of each ratio's linear part is the mean square of its lowest cosines, 0.4 n^⅔ of them (Lazarus
    et al. 2018), which hold what swings slowly; the difference is taken times Student's t with as many degrees
    of freedom as there are cosines (of two stretches: Welch 1947).

    Args:
        before: Numerators and denominators by period, each (n_before,).
        after: The same, (n_after,).

    Returns:
        Low and high around the observed difference (after less before).
    """
    from scipy import stats

    ratios, variances, cosines = zip(*(_long_run(top, bottom) for top, bottom in (before, after)), strict=True)
    whole = sum(variances)
    parts = sum(variance**2 / number for variance, number in zip(variances, cosines, strict=True))
    freedom = whole**2 / parts if parts > 0 else float(sum(cosines))
    half = float(stats.t.ppf((1 + LEVEL) / 2, freedom)) * whole**0.5
    return ratios[1] - ratios[0] - half, ratios[1] - ratios[0] + half


def _long_run(top: Numbers, bottom: Numbers) -> tuple[float, float, int]:
    """A ratio of sums, the variance of its error, and the number of cosines that tell it."""
    n, ratio = len(top), float(top.sum() / bottom.sum())
    number = max(int(_COSINES * n ** (2 / 3)), 2)
    waves = np.cos(np.pi * np.outer(np.arange(1, number + 1), (np.arange(n) + 0.5) / n))
    weights = np.sqrt(2 / n) * waves @ ((top - ratio * bottom) / bottom.mean())
    return ratio, float(np.mean(weights**2)) / n, number


def adjust_holm(p_values: Sequence[float]) -> list[float]:
    """p-values adjusted for being several (Holm 1979).

    Examples:
        >>> adjust_holm([0.01, 0.04])
        [0.02, 0.04]
    """
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for place, at in enumerate(sorted(range(len(p_values)), key=lambda item: p_values[item])):
        largest = max(largest, min(1.0, (len(p_values) - place) * p_values[at]))
        adjusted[at] = largest
    return adjusted


def _block_picks(n: int, length: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    starts = random.integers(0, n - length + 1, (_DRAWS, -(-n // length)))
    return (starts[:, :, None] + np.arange(length)).reshape(_DRAWS, -1)[:, :n]


def _beta_priors(hits: Numbers, totals: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Beta priors from wide to narrow about the pair's own share, that share's variance, and how likely each prior is.

    With few events a single best prior would be taken for sure. The hyperprior is flat in the variance between periods,
    as in `_spreads` (for shares: Tak and Morris 2017); the centre is integrated out, as normal about the overall share.
    """
    from scipy import special

    full = totals > 0
    if full.sum() < 3:
        return np.array([0.5]), np.array([0.5]), np.zeros(1), np.ones(1)  # Jeffreys: too few periods to learn from
    # Half an event of each kind keeps a prior of all or nothing from being certain.
    mean = float((hits.sum() + 0.5) / (totals.sum() + 1))
    spread = np.linspace((_PRIOR_WEIGHT[0] + 1) ** -0.5, (_PRIOR_WEIGHT[1] + 1) ** -0.5, _GRID)
    weight = spread**-2.0 - 1
    alpha, beta = mean * weight, (1 - mean) * weight
    n, of, rest = totals[full], hits[full], totals[full] - hits[full]
    likelihood = special.betaln(alpha[:, None] + of, beta[:, None] + rest).sum(axis=1)
    likelihood -= len(of) * special.betaln(alpha, beta)
    # Events of one period share its own share: they tell of the centre what so many independent ones would.
    independent = (n * (weight[:, None] + 1) / (weight[:, None] + n)).sum(axis=1)
    noise = mean * (1 - mean) / (independent + 1)
    chances = _normalise(likelihood + np.log(noise) / 2) * spread  # evenly spaced roots, flat in the square
    return alpha, beta, noise, np.asarray(chances / chances.sum())


def _spreads(means: Numbers, noise: Numbers) -> tuple[Numbers, Numbers]:
    """Variances between periods, their roots evenly spaced, and how likely the means make each.

    The likelihood is the restricted one: the centre is integrated out. The prior is flat in the variance, under which
    intervals hold the truth about as often as they say wherever periods differ at all (Morris and Tang 2011); one flat
    in its root leans to no difference, and holds the tone of quiet months too seldom.
    """
    if len(means) < 3:
        return np.array([float(means.var())]), np.ones(1)
    widest = 2 * np.sqrt(max(float(means.var()), 1e-12))
    roots = np.linspace(0, widest, _GRID)
    between = roots**2
    precision = 1 / (noise + between[:, None])
    total = precision.sum(axis=1)
    centre = (precision * means).sum(axis=1) / total
    misfit = (precision * (means - centre[:, None]) ** 2).sum(axis=1)
    chances = _normalise((np.log(precision).sum(axis=1) - np.log(total) - misfit) / 2) * roots
    return between, np.asarray(chances / chances.sum())


def _normalise(logs: Numbers) -> Numbers:
    chances = np.exp(logs - logs.max())
    return np.asarray(chances / chances.sum())


def _mixture(means: Numbers, variances: Numbers, chances: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and variance of a mixture, over the first axis."""
    mean = chances @ means
    return np.asarray(mean), np.asarray(chances @ (variances + means**2) - mean**2)
