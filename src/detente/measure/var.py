"""Vector autoregression of two directed series: who leads whom, by week or month.

Each of the two series of log(1 + acts) is regressed on lags of both and on what moves both from outside. Granger's
test asks whether lags of the other series help; impulse responses tell how much. Goldstein and Freeman (1990) for
dyads; bands as Brandt and Freeman (2006) ask for; wild bootstrap of fixed design (Gonçalves and Kilian 2004).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.baseline import cross_products, row_products
from detente.measure.series import Numbers

DRAWS: Final = 199
_MOST_LAGS: Final = 8
_TAILS: Final = (0.05, 0.95)
_COLLINEAR: Final = 1e-10  # of the largest eigenvalue: a column that the others give already


@dataclass(frozen=True, slots=True)
class Autoregression:
    """One direction of a fitted VAR.

    Attributes:
        p_value: Of Granger's test, simulated under no cross term.
        response: Rise of the answering side's log acts, summed over the horizon, after a rise by one of the other's.
        low: Lower end of the 90 % band.
        high: Upper end.
        half_life: Periods until half of the response is there; None where the band holds zero.
        half_life_low: Lower end of its 90 % band.
        half_life_high: Upper end.
        lags: Lags, chosen by BIC.
    """

    p_value: float
    response: float
    low: float
    high: float
    half_life: float | None
    half_life_low: float | None
    half_life_high: float | None
    lags: int


def fit_var(
    pair: Numbers, outside: Numbers, *, horizon: int, kept: npt.NDArray[np.bool_], seed: int
) -> tuple[Autoregression, ...]:
    """Fit both directions.

    Lags by BIC (Schwarz 1978) from 1 to 8, the same sample for each. Granger's test: Wald statistic with
    heteroskedasticity-robust variance (White 1980) against 199 wild draws of the residuals fitted without the cross
    lags. Responses and bands: coefficients of 199 wild draws of fixed design, the shock one unit of log acts in one
    side alone.

    Args:
        pair: log(1 + acts) by period, (n_periods, 2).
        outside: What moves both, with a column of ones, (n_periods, k).
        horizon: Periods over which a response is summed.
        kept: Periods whose acts are explained, (n_periods,) of bool.
        seed: Seed of the draws.

    Returns:
        First the answers of the second series to the first, then of the first to the second.

    Raises:
        ValueError: If there are fewer periods than parameters.
    """
    rows = np.flatnonzero(kept)
    rows = rows[rows >= _MOST_LAGS]
    if len(rows) < outside.shape[1] + 2 * _MOST_LAGS + 10:
        raise ValueError(f"{len(rows)} periods for {outside.shape[1] + 2 * _MOST_LAGS} columns: expected more periods")
    lagged = [pair[rows - lag] for lag in range(1, _MOST_LAGS + 1)]
    # What is outside is taken out of everything first (Frisch and Waugh 1933).
    basis = _basis(outside[rows])
    target = _without(pair[rows], basis)
    columns = _without(np.concatenate(lagged, axis=1), basis)  # lag 1 of a, of b, lag 2 of a ...
    lags = _choose_lags(target, columns, basis.shape[1])
    design = columns[:, : 2 * lags]
    random = np.random.default_rng(seed)
    paths = _responses(target, design, horizon, random)
    found = []
    for cause, answer in ((0, 1), (1, 0)):
        p_value = _granger(target[:, answer], design, cause, random, basis.shape[1])
        found.append(_direction(paths[:, :, answer, cause], p_value, lags))
    return tuple(found)


def _basis(outside: Numbers) -> Numbers:
    """Orthonormal columns that span the same, (n_periods, rank)."""
    basis = outside / np.maximum(np.sqrt(np.einsum("tk,tk->k", outside, outside)), 1e-300)
    # Through the products of columns, twice (Yamamoto et al. 2015): a decomposition of the long table takes ten times
    # as long, and the second round gives back the digits that squaring loses.
    for _ in range(2):
        sizes, turns = np.linalg.eigh(cross_products(basis, basis))
        kept = sizes > _COLLINEAR * sizes[-1]
        basis = basis @ (turns[:, kept] / np.sqrt(sizes[kept]))
    return np.asarray(basis)


def _without(values: Numbers, basis: Numbers) -> Numbers:
    columns = values.reshape(len(values), -1)
    return np.asarray(columns - row_products(basis, cross_products(basis, columns))).reshape(values.shape)


def _choose_lags(target: Numbers, columns: Numbers, outside: int) -> int:
    n = len(target)

    def criterion(lags: int) -> float:
        design = columns[:, : 2 * lags]
        rest = target - design @ np.linalg.lstsq(design, target, rcond=None)[0]
        determinant = float(np.linalg.slogdet(rest.T @ rest / n)[1])
        return float(n * determinant + np.log(n) * 2 * (2 * lags + outside))

    return min(range(1, _MOST_LAGS + 1), key=criterion)


def _granger(answer: Numbers, design: Numbers, cause: int, random: np.random.Generator, outside: int) -> float:
    crossed = design[:, cause::2]
    own = _basis(design[:, 1 - cause :: 2])
    clean, rest = _without(crossed, own), _without(answer, own)
    # Residuals without the cross lags are what a world without a cross term would draw.
    scale = np.sqrt(len(answer) / max(len(answer) - own.shape[1] - outside, 1))
    flips = random.choice([-1.0, 1.0], (len(answer), DRAWS))
    drawn = _without(scale * rest[:, None] * flips, own)
    inverse = np.linalg.inv(cross_products(clean, clean) + 1e-10 * np.eye(clean.shape[1]))
    products = (clean[:, :, None] * clean[:, None, :]).reshape(len(clean), -1)

    def wald(values: Numbers) -> Numbers:
        slopes = inverse @ cross_products(clean, values)
        residuals = values - row_products(clean, slopes)
        meat = cross_products(products, residuals**2).T.reshape(-1, clean.shape[1], clean.shape[1])
        variance = inverse @ meat @ inverse + 1e-14 * np.eye(clean.shape[1])
        return np.asarray(np.einsum("jd,dj->d", slopes, np.linalg.solve(variance, slopes.T[:, :, None])[:, :, 0]))

    observed = wald(rest[:, None])[0]
    return float((1 + np.sum(wald(drawn) >= observed * (1 - 1e-12))) / (DRAWS + 1))


def _responses(target: Numbers, design: Numbers, horizon: int, random: np.random.Generator) -> Numbers:
    """Responses of the fit and of its draws, (1 + draws, horizon, answer, cause)."""
    n, width = design.shape
    inverse = np.linalg.pinv(cross_products(design, design), hermitian=True)
    slopes = inverse @ cross_products(design, target)
    rest = (target - design @ slopes) * np.sqrt(n / max(n - width, 1))
    flips = random.choice([-1.0, 1.0], (DRAWS, n))  # one flip a period: the two series keep their correlation
    moved = np.stack([slopes, *np.zeros((DRAWS, *slopes.shape))])
    for series in (0, 1):
        moved[1:, :, series] = slopes[:, series] + (inverse @ cross_products(design, (rest[:, series] * flips).T)).T
    lags = width // 2
    by_lag = moved.reshape(-1, lags, 2, 2)  # draw, lag, cause, answer
    paths = np.zeros((DRAWS + 1, horizon + 1, 2, 2))
    paths[:, 0] = np.eye(2)
    for step in range(1, horizon + 1):
        for lag in range(1, min(step, lags) + 1):
            paths[:, step] += np.einsum("dca,dcs->das", by_lag[:, lag - 1], paths[:, step - lag])
    return paths[:, 1:]


def _direction(paths: Numbers, p_value: float, lags: int) -> Autoregression:
    sums = np.cumsum(paths, axis=1)
    low, high = np.quantile(sums[1:, -1], _TAILS)
    lives = _half_lives(sums)
    known = bool(low > 0 or high < 0)
    bounds = np.quantile(lives[1:], _TAILS, method="nearest") if known else (None, None)
    return Autoregression(
        p_value=p_value,
        response=float(sums[0, -1]),
        low=float(low),
        high=float(high),
        half_life=float(lives[0]) if known else None,
        half_life_low=None if bounds[0] is None else float(bounds[0]),
        half_life_high=None if bounds[1] is None else float(bounds[1]),
        lags=lags,
    )


def _half_lives(sums: Numbers) -> Numbers:
    """Periods until half of the last sum is reached, with a line between periods, (draws,)."""
    last = np.where(sums[:, -1:] == 0, 1.0, sums[:, -1:])
    share = np.concatenate([np.zeros((len(sums), 1)), sums / last], axis=1)
    at = np.maximum(np.argmax(share >= 0.5, axis=1), 1)
    here, before = (np.take_along_axis(share, place[:, None], axis=1)[:, 0] for place in (at, at - 1))
    return np.asarray(at - 1 + (0.5 - before) / np.where(here == before, 1.0, here - before))
