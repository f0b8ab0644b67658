"""A self- and mutually-exciting process in days: do acts of one side bring acts of the other?

The number y of a side's acts on day t is Poisson (or negative binomial of variance φλ) with

    λ(t) = base(t) + α_own Σ_d k(d) y(t−d) + α_cross Σ_d k'(d) x(t−d) + inputs,  d ≥ 1,

x the other side's acts, k and k' geometric in the days with unit mass (the exponential kernel of Hawkes 1971 in
discrete time), so that α is a branching ratio: acts brought about by one act. All but the decays is linear: Newton
steps on the discrete likelihood.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from detente.measure.ascent import kernel_sum
from detente.measure.baseline import Context, make_base
from detente.measure.crossing import PROFILED, cross_p_value, number_blocks, profile_cross
from detente.measure.intervals import LEVEL
from detente.measure.scoring import fit_cross, fit_from, fit_null, make_model
from detente.measure.series import Numbers

TESTED: Final = (1.0, 3.0, 9.0)  # half-lives in days: the middle of what is thought likely, and its ends
SLOW: Final = 60.0  # half-life in days of what of the other side's acts is its level, and no stimulus


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


def fit_excitation(answers: Numbers, stimulus: Numbers, context: Context, *, own: Numbers, seed: int) -> Excitation:
    """Fit one direction and test that nothing crosses over.

    Estimate: Newton steps in all parameters, decays among them. The log half-lives carry a normal prior (median 3
    days, deviation 0.7): what comes later than some weeks is the level. Intervals: profile likelihood, scaled by the
    Pearson dispersion or by the scatter of scores over blocks of days, whichever is more, and stretched to hold zero
    where the test does not reject it at 10 %. Test: the efficient score of the cross term at half-lives of 1, 3 and 9
    days (the middle 90 % of that prior), less what a score at 60 days says of it, studentised over the same blocks;
    the largest of the three against 199 draws of acts from the model fitted without a cross term.

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
    base = make_base(answers, context)
    null = fit_null(answers, own, base, context)
    tests = np.column_stack([kernel_sum(stimulus, life)[context.kept] for life in (*TESTED, SLOW)])
    block = number_blocks(np.flatnonzero(context.kept))
    p_value = cross_p_value(answers[context.kept], null, base, tests, block, np.random.default_rng(seed))
    full = fit_cross(answers, own, stimulus, base, context, null)
    kernels = np.column_stack([kernel_sum(stimulus, life)[context.kept] for life in PROFILED])
    profile = profile_cross(answers[context.kept], full, base, kernels, block)
    if profile.better is not None:
        start = replace(full.end, logs=np.array([full.end.logs[0], np.log(profile.better)]))
        again = fit_from(make_model(answers, (own, stimulus), base, context), start)
        if again.likelihood > full.likelihood:
            full, profile = again, profile_cross(answers[context.kept], again, base, kernels, block)
    low, high = profile.low, profile.high
    if p_value > 1 - LEVEL:  # what the test does not reject is in the interval
        low, high = min(low, 0.0), max(high, 0.0)
    return Excitation(
        branching=float(full.end.alphas[1]),
        low=low,
        high=high,
        half_life=float(np.exp(full.end.logs[1])),
        half_life_low=profile.shortest,
        half_life_high=profile.longest,
        p_value=p_value,
        own=float(full.end.alphas[0]),
        dispersion=full.dispersion,
    )
