"""The estimators of an impact on one panel, each with the same placebo inference."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from detente.measure.placebo import Gaps, placebo_interval, rank_p, variance_power
from detente.measure.series import Numbers
from detente.measure.structural import structural_gaps
from detente.measure.synthetic import Panel, augment_weights, fit_weights, placebo_mask, weighted_gaps

SYNTHETIC: Final = "synthetic control"
AUGMENTED: Final = "synthetic control, augmented"
STRUCTURAL: Final = "structural time series"
INTERRUPTED: Final = "interrupted series"
ESTIMATORS: Final = (SYNTHETIC, AUGMENTED, STRUCTURAL, INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of one estimator on one outcome, in the outcome's unit a period."""

    effect: float
    low: float
    high: float
    p_value: float
    p_floor: float
    before: float
    after: float

    @property
    def expected(self) -> float:
        """The mean after the shock that the estimator expects without it."""
        return self.after - self.effect


def estimate_gaps(panel: Panel) -> tuple[dict[str, Gaps], Numbers]:
    """The gaps of every unit by every estimator.

    Returns:
        Estimator to gaps, and the weights of the synthetic control, (n_units, n_units).
    """
    targets = np.arange(len(panel.values))
    allowed = placebo_mask(len(targets))
    weights = fit_weights(panel, targets, allowed)
    corrected = augment_weights(panel, weights, allowed)
    return {
        SYNTHETIC: weighted_gaps(panel, weights, targets),
        AUGMENTED: weighted_gaps(panel, corrected, targets),
        STRUCTURAL: structural_gaps(panel),
        INTERRUPTED: weighted_gaps(panel, np.zeros_like(weights), targets),
    }, weights


def weigh_effect(panel: Panel, gaps: Gaps, *, is_count: bool) -> Effect:
    """The pair's effect with its interval and p-value from the donors.

    Args:
        panel: The outcome.
        gaps: Of one estimator.
        is_count: Whether scatter grows with the level, as it does in counts.

    Returns:
        The effect.
    """
    before = float(panel.values[0, panel.before].mean())
    after = float(panel.values[0, panel.after].mean())
    effect = float(gaps.effect[0])
    low, high = placebo_interval(gaps, _rise(panel, before, after - effect) if is_count else None)
    p_floor = 1 / (gaps.n_placebos + 1)
    return Effect(effect, low, high, rank_p(gaps.statistic), p_floor, before, after)


def estimate_synthetic(panel: Panel, *, is_count: bool) -> Effect:
    """The synthetic control alone."""
    targets = np.arange(len(panel.values))
    weights = fit_weights(panel, targets, placebo_mask(len(targets)))
    return weigh_effect(panel, weighted_gaps(panel, weights, targets), is_count=is_count)


def estimate_pair(panel: Panel) -> float:
    """The synthetic control's effect on the pair alone, without placebos."""
    target = np.zeros(1, dtype=np.int64)
    weights = fit_weights(panel, target, placebo_mask(len(panel.values))[:1])
    return float(weighted_gaps(panel, weights, target).effect[0])


def leave_one_out(panel: Panel, weights: Numbers) -> tuple[float, float]:
    """Lowest and highest effect where each donor that carries weight is left out in turn."""
    heavy = np.flatnonzero(weights[0] >= 0.25 / len(weights))
    allowed = np.repeat(placebo_mask(len(weights))[:1], len(heavy), axis=0)
    allowed[np.arange(len(heavy)), heavy] = False
    targets = np.zeros(len(heavy), dtype=np.int64)
    effects = weighted_gaps(panel, fit_weights(panel, targets, allowed), targets).effect
    return float(effects.min()), float(effects.max())


def _rise(panel: Panel, before: float, expected: float) -> Callable[[float], float]:
    """Variance of the pair's acts with an effect over that without it, by the donors' own law of variance."""
    power = variance_power(panel.values[1:, panel.before].mean(axis=1), panel.noise()[1:])
    level = max(expected, 0.1 * abs(before), 1e-9)
    return lambda effect: max((level + effect) / level, 0.1) ** power
