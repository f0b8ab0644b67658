"""A structural time series: a local level with the donors as regressors, for the pair and all placebos at once.

y_t = μ_t + x_t'β + ε_t,  μ_t = μ_{t−1} + η_t,  β ~ N(0, g σ² I),  ε ~ N(0, σ²),  η ~ N(0, q σ²)

as in Brodersen et al. (2015), in numpy. Two departures: their spike-and-slab search over donors is replaced by the
donors' first principal components (Stock and Watson 2002), because there are often more donors than periods; and q is
averaged over a grid by its marginal likelihood instead of sampled, so that the answer has no Monte Carlo noise.
"""

from typing import Final

import numpy as np

from detente.measure.placebo import Gaps
from detente.measure.series import Numbers
from detente.measure.synthetic import Panel

_FACTORS: Final = 3
_DRIFTS: Final = (0.0, 0.003, 0.01, 0.03, 0.1, 0.3)  # variance of a step of the level over that of the noise
_PRIOR: Final = 1.0  # variance of a coefficient over that of the noise
_DIFFUSE: Final = 1e6


def structural_gaps(panel: Panel) -> Gaps:
    """Each unit less what its level and the others' shared movements let expect.

    A donor's own part is taken out of the components before they explain it.

    Args:
        panel: The outcome.

    Returns:
        The gaps. `scale` is the predicted standard deviation of the mean gap; `statistic` is |effect| / scale.
    """
    sizes = panel.values[:, panel.before].std(axis=1)
    sizes = np.maximum(sizes, np.sqrt(panel.noise()) * 0.5)[:, None]
    standard = panel.centred() / sizes
    factors = _own_factors(standard, panel)
    fits = [_filter(standard, factors, panel, drift) for drift in _DRIFTS]
    weights = np.array([fit[0] for fit in fits])
    weights = np.exp(weights - weights.max(axis=0))
    weights /= weights.sum(axis=0)
    paths = np.einsum("gu,gut->ut", weights, np.array([fit[1] for fit in fits]))
    means = np.array([fit[1][:, panel.after].mean(axis=1) for fit in fits])
    mean = np.sum(weights * means, axis=0)
    variance = np.sum(weights * (np.array([fit[2] for fit in fits]) + (means - mean) ** 2), axis=0)
    scale = np.sqrt(variance)
    own = np.sum(weights * np.array([fit[3] for fit in fits]), axis=0) / panel.n_after
    flat = sizes[:, 0]
    return Gaps(paths * sizes, mean * flat, scale * flat, np.abs(mean) / scale, np.minimum(own / variance, 1.0))


def _own_factors(standard: Numbers, panel: Panel) -> Numbers:
    """The donors' principal components as each unit may see them, (n_units, n_periods, n_factors)."""
    donors = standard[1:]
    before = donors[:, panel.before]
    values, vectors = np.linalg.eigh(before @ before.T)
    count = min(_FACTORS, len(donors) - 1, int(panel.before.sum()) // 4)
    loadings = vectors[:, ::-1][:, :count]
    shared = donors.T @ loadings
    seen = np.repeat(shared[None], len(standard), axis=0)
    seen[1:] -= loadings[:, None, :] * donors[:, :, None]
    spread = np.sqrt(np.maximum(values[::-1][:count], 1e-12) / panel.before.sum())
    return np.asarray(seen / spread)


def _filter(
    standard: Numbers, factors: Numbers, panel: Panel, drift: float
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Kalman filter over the periods, those not before the shock as missing, all units at once.

    Returns:
        Log marginal likelihood with σ² profiled out, gaps, predicted variance of the mean gap after, and σ².
    """
    n_units, n_periods = standard.shape
    size = factors.shape[2] + 1
    state = np.zeros((n_units, size))
    spread = np.repeat(np.diag([_DIFFUSE, *[_PRIOR] * (size - 1)])[None], n_units, axis=0)
    seen = np.concatenate([np.ones((n_units, n_periods, 1)), factors], axis=2)
    squares, logs, used = np.zeros(n_units), np.zeros(n_units), 0
    gaps = np.empty_like(standard)
    for at in range(n_periods):
        spread[:, 0, 0] += drift
        row = seen[:, at]
        gaps[:, at] = error = standard[:, at] - np.sum(row * state, axis=1)
        if not panel.before[at]:
            continue
        reach = np.einsum("uij,uj->ui", spread, row)
        variance = np.sum(row * reach, axis=1) + 1
        gain = reach / variance[:, None]
        state = state + gain * error[:, None]
        spread = spread - gain[:, :, None] * reach[:, None, :]
        if used:  # the first period only places the diffuse level
            squares += error**2 / variance
            logs += np.log(variance)
        used += 1
        last, last_spread = at, spread.copy()
    sigma = np.maximum(squares / (used - 1), 1e-9)
    ahead = np.flatnonzero(panel.after) - last
    row = seen[:, panel.after].mean(axis=1)
    known = np.einsum("ui,uij,uj->u", row, last_spread, row)
    wander = drift * float(np.minimum.outer(ahead, ahead).mean())
    likelihood = -0.5 * ((used - 1) * np.log(sigma) + logs)
    return likelihood, gaps, sigma * (known + wander + 1 / len(ahead)), sigma
