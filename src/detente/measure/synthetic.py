"""Synthetic control: weights on donors that follow a pair before the shock, for the pair and all placebos at once.

Every unit of a panel is a target in turn: row r of the weights is the synthetic control of one target over the donors
it may use. All share one Gram matrix, so a step of the solver is one matrix product for the whole placebo test.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.placebo import Gaps
from detente.measure.series import Numbers

Mask = npt.NDArray[np.bool_]
_STEPS: Final = 3000
_CHECK: Final = 20  # steps between looks at the gap
_GAP: Final = 1e-4  # of the target's own sum of squares: when a row is solved
_RIDGE: Final = 1.0  # of the mean squared length of a donor's series


@dataclass(frozen=True, slots=True)
class Panel:
    """One outcome of the pair and its donors over the periods that count.

    Attributes:
        values: One row a unit, the pair first, (n_units, n_periods).
        before: Which periods lie before the shock, (n_periods,).
        after: Which lie after it; what is in neither is left out, (n_periods,).
    """

    values: Numbers
    before: Mask
    after: Mask

    @property
    def n_after(self) -> int:
        """Periods after the shock."""
        return int(self.after.sum())

    def moves(self) -> bool:
        """Whether the pair moves at all before the shock."""
        return bool(np.ptp(self.values[0, self.before]) > 0)

    def centred(self) -> Numbers:
        """The values less each unit's mean before the shock: the intercept of Doudchenko and Imbens (2016)."""
        return np.asarray(self.values - self.values[:, self.before].mean(axis=1, keepdims=True))

    def noise(self) -> Numbers:
        """Variance of each unit's own noise, from first differences before the shock, (n_units,)."""
        steps = np.diff(self.values[:, self.before], axis=1)
        return np.asarray(np.maximum((steps**2).mean(axis=1) / 2, 1e-12))


def placebo_mask(n_units: int) -> Mask:
    """Who may be a donor of whom: nobody of itself, and the pair (unit 0) of nobody, (n_units, n_units)."""
    allowed = ~np.eye(n_units, dtype=bool)
    allowed[:, 0] = False
    return allowed


def fit_weights(panel: Panel, targets: npt.NDArray[np.int64], allowed: Mask, *, spread: float = 1.0) -> Numbers:
    """Simplex weights with an intercept, for many targets at once.

    Minimises Σ_before (y_j − Σ_k w_k y_k)² + T₀ √T₁ σ_j² Σ_k w_k² over w ≥ 0, Σ w = 1, all series less their mean
    before the shock. σ_j² is the target's own noise and T₁ the periods after: the penalty of Arkhangelsky et al.
    (2021), which spreads the weights so that they do not chase the noise of counts. Accelerated projected gradient
    (Beck and Teboulle 2009), restarted where it overshoots, until the Frank–Wolfe gap is small.

    Args:
        panel: The outcome.
        targets: Unit that each row follows, (n_rows,).
        allowed: Donors that each row may use, (n_rows, n_units).
        spread: What the penalty is taken times; 0 gives the plain synthetic control.

    Returns:
        Weights, (n_rows, n_units).
    """
    centred = panel.centred()[:, panel.before]
    gram = centred @ centred.T
    penalty = spread * (panel.before.sum() * np.sqrt(panel.n_after) * panel.noise())[targets]
    solved = _Descent(gram, gram[targets], penalty, allowed)
    return solved.run(np.maximum(np.diag(gram)[targets], 1e-12))


class _Descent:
    """Projected gradient on all rows, each until its own gap is small.

    Weights are scaled by the length of their donor's series, so that a donor that acts a hundred times as much as the
    others does not set the pace for all.
    """

    def __init__(self, gram: Numbers, along: Numbers, penalty: Numbers, allowed: Mask) -> None:
        self.gram, self.along, self.penalty, self.allowed = gram, along, penalty[:, None], allowed
        lengths = np.maximum(np.diag(gram), 1e-9 * max(float(np.diag(gram).max()), 1e-12))
        self.scale = np.sqrt(lengths + self.penalty)
        root = np.sqrt(lengths)
        # With a penalty the scaled problem is no steeper than the donors' correlations.
        self.step = 1 / max(float(np.linalg.eigvalsh(gram / root[:, None] / root)[-1]), 1.0)

    def gradient(self, weights: Numbers, rows: npt.NDArray[np.int64]) -> Numbers:
        return np.asarray(weights @ self.gram - self.along[rows] + self.penalty[rows] * weights)

    def run(self, size: Numbers) -> Numbers:
        best: Numbers = self.allowed / np.maximum(self.allowed.sum(axis=1, keepdims=True), 1)
        rows = np.arange(len(best))
        at, ahead, pace = best * self.scale, best * self.scale, np.ones((len(best), 1))
        for step in range(1, _STEPS + 1):
            scale = self.scale[rows]
            slope = self.gradient(ahead / scale, rows) / scale
            moved = project_simplex(ahead - self.step * slope, self.allowed[rows], 1 / scale)
            overshot = np.sum((ahead - moved) * (moved - at), axis=1, keepdims=True) > 0
            pace = np.where(overshot, 1.0, pace)
            faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
            ahead = moved + np.where(overshot, 0.0, (pace - 1) / faster) * (moved - at)
            at, pace = moved, faster
            if step % _CHECK == 0 or step == _STEPS:
                best[rows] = weights = at / scale
                slope = self.gradient(weights, rows)
                least = np.where(self.allowed[rows], slope, np.inf).min(axis=1)
                unsolved = np.sum(slope * weights, axis=1) - least > _GAP * size[rows]
                if not unsolved.any():
                    break
                rows, at, ahead, pace = rows[unsolved], at[unsolved], ahead[unsolved], pace[unsolved]
        return best


def project_simplex(points: Numbers, allowed: Mask, cost: Numbers | None = None) -> Numbers:
    """The nearest points whose coordinates are at least 0 and whose cost adds up to 1, row by row.

    After Duchi et al. (2008), with a cost a coordinate.

    Args:
        points: (n_rows, n_units).
        allowed: Coordinates that may be above 0, at least one a row.
        cost: What a unit of each coordinate costs, above 0, (n_rows, n_units); 1 where not given.

    Returns:
        The projections.
    """
    price = np.where(allowed, np.ones_like(points) if cost is None else cost, 0.0)
    worth = np.divide(points, price, out=np.full_like(points, -np.inf), where=allowed)
    order = np.argsort(-worth, axis=1)
    falling, paid = (np.take_along_axis(part, order, axis=1) for part in (worth, price))
    spent = np.cumsum(np.where(paid > 0, paid**2 * np.where(paid > 0, falling, 0.0), 0.0), axis=1) - 1
    levels = spent / np.cumsum(paid**2, axis=1)
    support = np.sum(falling > levels, axis=1)
    level = np.take_along_axis(levels, support[:, None] - 1, axis=1)
    return np.asarray(np.where(allowed, np.maximum(points - level * price, 0.0), 0.0))


def augment_weights(panel: Panel, weights: Numbers, allowed: Mask) -> Numbers:
    """Weights corrected for what the simplex could not fit, by ridge regression on the donors.

    w + r'X(X'X + λI)⁻¹ with r what is left before the shock (Ben-Michael, Feller and Rothstein 2021); λ is the mean
    squared length of a donor's series, so that only what many donors share is corrected. Corrected weights may be
    negative. Each row leaves its own unit out by the formula of the inverse of a bordered matrix.

    Args:
        panel: The outcome.
        weights: From `fit_weights` with every unit as a target in order, (n_units, n_units).
        allowed: Donors that each row may use.

    Returns:
        Corrected weights, (n_units, n_units).
    """
    centred = panel.centred()[:, panel.before]
    left = centred - weights @ centred
    donors = centred[1:]
    gram = donors @ donors.T
    inverse = np.linalg.inv(gram + (_RIDGE * np.trace(gram) / len(gram) + 1e-12) * np.eye(len(gram)))
    fit = np.where(allowed[:, 1:], left @ donors.T, 0.0)
    added = fit @ inverse
    own = np.diag(inverse)
    added[1:] -= np.diag(added[1:])[:, None] * inverse / own[:, None]
    corrected = weights.copy()
    corrected[:, 1:] += np.where(allowed[:, 1:], added, 0.0)
    return corrected


def weighted_gaps(panel: Panel, weights: Numbers, targets: npt.NDArray[np.int64]) -> Gaps:
    """Each target less its weighted donors.

    Args:
        panel: The outcome.
        weights: (n_rows, n_units).
        targets: Unit that each row follows, (n_rows,).

    Returns:
        The gaps; their scale is the root of the mean squared gap before the shock.
    """
    centred = panel.centred()
    gaps = centred[targets] - weights @ centred
    within = gaps[:, panel.before]
    # A pair that hardly moved before would divide by nothing.
    floor = 0.2 * np.sqrt(panel.noise()[targets])
    scale = np.maximum(np.sqrt((within**2).mean(axis=1)), floor)
    rmspe = np.sqrt((gaps[:, panel.after] ** 2).mean(axis=1))
    return Gaps(gaps, gaps[:, panel.after].mean(axis=1), scale, rmspe / scale, _post_share(panel, weights))


def _post_share(panel: Panel, weights: Numbers) -> Numbers:
    """How much of a gap's variance comes from the target's own periods after the shock, (n_rows,)."""
    after = 1 / panel.n_after
    others = 1 / panel.before.sum() + np.sum(weights**2, axis=1) * after
    return np.asarray(after / (after + others))
