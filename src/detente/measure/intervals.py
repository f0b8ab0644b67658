"""90 % intervals of counts, shares, means and sums in one period, with noise learnt from the whole series.

All are closed forms on the small table of a pair. Counts: a quasi-Poisson posterior of the period's own rate,
with the clumping of reports by day (Wedderburn 1974). Shares: beta–binomial empirical Bayes (Kleinman 1973).
Means: normal shrinkage with the variance between periods by moments (DerSimonian and Laird 1986) and the
allowance of Morris (1983) for the estimated centre. Sums: the variance of a compound of count and score.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.model.results import Estimate

Numbers = npt.NDArray[np.float64]

LEVEL: Final = 0.9
UNKNOWN: Final = Estimate(None, None, None)
_DRAWS: Final = 1000
_Z: Final = 1.6448536269514722  # normal quantile of 0.95
_PRIOR_WEIGHT: Final = (1.0, 100.0)  # of a share, in events


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
    scatter = sum(float(np.sum((days - days.mean()) ** 2)) for days in daily if len(days) > 1)
    expected = sum(float(days.sum()) * (1 - 1 / len(days)) for days in daily if len(days) > 1)
    return max(scatter / expected, 1.0) if expected > 0 else 1.0


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


def share_estimates(hits: Numbers, totals: Numbers) -> tuple[Estimate, ...]:
    """Shares drawn toward the pair's own mean share, the more the fewer events a period has.

    Args:
        hits: Events of the kind, per period, (n_periods,).
        totals: Events it is a share of, (n_periods,).

    Returns:
        One estimate a period; `value` is the posterior mean; all None where a period has no event.
    """
    from scipy import stats

    alpha, beta = _beta_prior(hits, totals)
    tails = np.array([[(1 - LEVEL) / 2], [(1 + LEVEL) / 2]])
    bounds = np.asarray(stats.beta.ppf(tails, alpha + hits, beta + totals - hits))
    means = (alpha + hits) / (alpha + beta + totals)
    return tuple(
        Estimate(float(mean), float(a), float(b)) if total > 0 else UNKNOWN
        for mean, a, b, total in zip(means, *bounds, totals, strict=True)
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
    noise = within / totals[full]
    centre, between = _between_periods(means, noise)
    pull = noise / (noise + between) if between + noise.max() > 0 else np.zeros_like(noise)
    posterior = (1 - pull) * means + pull * centre
    centre_variance = 1 / np.sum(1 / np.maximum(noise + between, 1e-12))
    spread = _Z * np.sqrt((1 - pull) * noise + pull**2 * centre_variance)
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


def _beta_prior(hits: Numbers, totals: Numbers) -> tuple[float, float]:
    full = totals > 0
    if full.sum() < 3:
        return 0.5, 0.5  # Jeffreys: too few periods to learn from
    counts, shares = totals[full], hits[full] / totals[full]
    # Half an event of each kind keeps a prior of all or nothing from being certain.
    mean = float((hits.sum() + 0.5) / (totals.sum() + 1))
    weight = _prior_weight(counts, shares, mean)
    return mean * weight, (1 - mean) * weight


def _prior_weight(counts: Numbers, shares: Numbers, mean: float) -> float:
    """Events the prior is worth, by the moments of Kleinman (1973)."""
    total = float(counts.sum())
    spread = float(np.sum(counts * (shares - mean) ** 2))
    binomial = mean * (1 - mean) * (len(counts) - 1)
    scale = mean * (1 - mean) * (total - float(np.sum(counts**2)) / total - (len(counts) - 1))
    if scale <= 0:
        return _PRIOR_WEIGHT[0]
    correlation = (spread - binomial) / scale
    if correlation <= 0:
        return _PRIOR_WEIGHT[1]
    return float(np.clip(1 / correlation - 1, *_PRIOR_WEIGHT))


def _between_periods(means: Numbers, noise: Numbers) -> tuple[float, float]:
    """Centre and variance of the true means (DerSimonian and Laird 1986)."""
    if len(means) < 3 or noise.max() == 0:
        return float(means.mean()), float(means.var())
    weights = 1 / np.maximum(noise, 1e-12)
    centre = float(np.sum(weights * means) / weights.sum())
    heterogeneity = float(np.sum(weights * (means - centre) ** 2))
    scale = float(weights.sum() - np.sum(weights**2) / weights.sum())
    between = max(0.0, (heterogeneity - (len(means) - 1)) / scale) if scale > 0 else 0.0
    full = 1 / (noise + between + 1e-12)
    return float(np.sum(full * means) / full.sum()), between
