"""Newton steps up the likelihood of an exciting process: few rows a step, none that leads down."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.baseline import Base, cross_products
from detente.measure.series import Numbers

BOUNDS: Final = (0.3, 21.0)  # of half-lives, in days
PRIOR: Final = (float(np.log(3.0)), 0.7)  # mean and deviation of the log half-life: days to weeks
_SHARE: Final = 0.05  # of the expected information, which keeps a step short where no act tells anything
_FARTHEST: Final = 0.5  # a branching ratio or log half-life goes in one step
_HALVINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Start:
    """Parameters: the knots, the other columns, branching ratios, log half-lives (own first)."""

    hats: Numbers
    linear: Numbers
    alphas: Numbers
    logs: Numbers


@dataclass(frozen=True, slots=True)
class Model:
    """What is fitted: counts on the days kept, what excites them, and the smallest intensity that is believed.

    Below that floor the log-likelihood goes on as the parabola that touches it, so that a step may come from there.
    """

    counts: Numbers
    exciting: tuple[Numbers, ...]
    days: npt.NDArray[np.int64]  # that are kept
    base: Base
    floor: float
    move: bool  # whether the half-lives move


@dataclass(frozen=True, slots=True)
class Place:
    """A model at some parameters: intensity, kernel sums with slopes and bends, and penalised log-likelihood."""

    at: Start
    kernels: Numbers
    slopes: Numbers
    bends: Numbers
    rate: Numbers
    value: float


def kernel_sum(acts: Numbers, half_life: float) -> Numbers:
    """The acts before each day, weighed by a geometric kernel of unit mass from one day on, (n_days,)."""
    from scipy import signal

    keep = 2 ** (-1 / half_life)
    return np.asarray(signal.lfilter([0.0, 1 - keep], [1.0, -keep], acts))


def locate(model: Model, at: Start, known: Place | None = None) -> Place:
    """The model at these parameters; kernels are taken from a known place where the half-lives stand still."""
    if known is not None and not model.move:
        kernels, slopes, bends = known.kernels, known.slopes, known.bends
    else:
        found = [_kernel(acts, log, model.days) for acts, log in zip(model.exciting, at.logs, strict=True)]
        kernels, slopes, bends = (np.stack(part) for part in zip(*found, strict=True))
    base = model.base
    rate = (
        base.times(at.hats) + np.einsum("tk,k->t", base.columns, at.linear) + np.einsum("kt,k->t", kernels, at.alphas)
    )
    return Place(at, kernels, slopes, bends, rate, _value(model, at, rate))


def columns_at(model: Model, place: Place) -> Numbers:
    """All columns but the hats: the base's, then (where half-lives move) ratios and log half-lives in turn, (n, k)."""
    # By column in memory, as the base's are: sums over days then run along it.
    return np.concatenate([model.base.columns.T, _tail(model, place)]).T


def expect_information(model: Model, place: Place, columns: Numbers) -> Numbers:
    """Expected information of all parameters, priors left out, hats first, (k, k)."""
    return model.base.gram(1 / np.maximum(place.rate, model.floor), columns)


def add_priors(gram: Numbers, model: Model) -> None:
    """Add weak priors to an information: half an act at the mean level a knot, and the log half-lives."""
    knots = np.arange(model.base.knots)
    if len(knots):
        gram[knots, knots] += _knot_strength(model)
    rest = np.arange(len(knots), len(gram))
    gram[rest, rest] += 1e-9 * (1 + gram[rest, rest])
    if model.move:
        logs = len(gram) - 1 - 2 * np.arange(len(model.exciting))
        gram[logs, logs] += 1 / PRIOR[1] ** 2


def climb(model: Model, here: Place, expected: Numbers) -> Place:
    """One Newton step on the observed information and a share of the expected, halved until it does not lead down.

    Only rows with an act (or below the floor) have observed information: a step costs little where acts are few.

    Args:
        model: What is fitted.
        here: Where the step begins.
        expected: Expected information near there, (k, k).

    Returns:
        Where it ends; `here` where no step of this direction leads up.
    """
    step = _newton_step(model, here, expected)
    ends = step[model.base.knots + model.base.columns.shape[1] :]
    size = min(1.0, _FARTHEST / max(float(np.max(np.abs(ends))), 1e-9))
    for _ in range(_HALVINGS):
        there = locate(model, _move(model, here.at, size * step), here)
        if there.value >= here.value:
            return there
        size /= 2
    return here


def _newton_step(model: Model, here: Place, expected: Numbers) -> Numbers:
    base, floor = model.base, model.floor
    safe = np.maximum(here.rate, floor)
    tail = _tail(model, here)
    left = (model.counts - here.rate) / safe
    score = np.concatenate([base.score(left, base.columns), np.einsum("kt,t->k", tail, left)])
    low = here.rate < floor
    rows = np.flatnonzero((model.counts > 0) | low)
    weight = np.where(low, 1 / floor, model.counts / safe**2)[rows]
    some = np.column_stack([base.hats(rows), base.columns[rows], tail[:, rows].T]) * np.sqrt(weight)[:, None]
    gram = _SHARE * expected + cross_products(some, some)
    add_priors(gram, model)
    if base.knots:
        score[: base.knots] -= _knot_strength(model) * (here.at.hats - base.centre)
    if model.move:
        logs = len(score) - 2 * len(here.at.logs) + 1 + 2 * np.arange(len(here.at.logs))
        score[logs] -= (here.at.logs - PRIOR[0]) / PRIOR[1] ** 2
        bent = gram.copy()
        _bend(bent, here, left)
        if np.linalg.eigvalsh(bent)[0] > 0:
            gram = bent
    return np.asarray(np.linalg.solve(gram, score))


def _bend(gram: Numbers, here: Place, left: Numbers) -> None:
    """What second derivatives of the intensity add to an observed information."""
    for number, alpha in enumerate(here.at.alphas):
        ratio = len(gram) - 2 * (len(here.at.alphas) - number)
        crossed = float(left @ here.slopes[number])
        gram[ratio, ratio + 1] -= crossed
        gram[ratio + 1, ratio] -= crossed
        gram[ratio + 1, ratio + 1] -= float(left @ here.bends[number]) * alpha


def _move(model: Model, at: Start, step: Numbers) -> Start:
    knots, other = model.base.knots, model.base.knots + len(at.linear)
    ends = step[other:]
    return Start(
        at.hats + step[:knots],
        at.linear + step[knots:other],
        at.alphas + ends[:: 2 if model.move else 1],
        np.clip(at.logs + ends[1::2], *np.log(BOUNDS)) if model.move else at.logs,
    )


def _kernel(acts: Numbers, log: float, days: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
    """A kernel sum, its slope and its second derivative in the log half-life, (n_kept,) each."""
    from scipy import signal

    half_life = float(np.exp(log))
    keep = 2 ** (-1 / half_life)
    sums = kernel_sum(acts, half_life)
    # K(t) = keep K(t-1) + (1 - keep) x(t-1), by the chain rule.
    slope = np.asarray(signal.lfilter([0.0, 1.0], [1.0, -keep], sums - acts))
    bend = np.asarray(signal.lfilter([0.0, 2.0], [1.0, -keep], slope))
    pace = np.log(2) / half_life
    sums, slope, bend = sums[days], slope[days], bend[days]
    return sums, keep * pace * slope, keep * pace * (keep * pace * bend + (pace - 1) * slope)


def _tail(model: Model, place: Place) -> Numbers:
    """Columns of branching ratios and log half-lives in turn, of ratios alone where half-lives stand still, (k, n)."""
    if not model.move:
        return place.kernels
    slopes = place.at.alphas[:, None] * place.slopes
    return np.stack([place.kernels, slopes], axis=1).reshape(2 * len(slopes), -1)


def _value(model: Model, at: Start, rate: Numbers) -> float:
    floor, counts = model.floor, model.counts
    safe = np.maximum(rate, floor)
    below = np.minimum(rate - floor, 0.0)
    value = float(np.sum(counts * np.log(safe) - safe + below * (counts - floor) / floor - below**2 / (2 * floor)))
    if model.base.knots:
        value -= _knot_strength(model) * float(np.sum((at.hats - model.base.centre) ** 2)) / 2
    return value - float(np.sum((at.logs - PRIOR[0]) ** 2)) / PRIOR[1] ** 2 / 2


def _knot_strength(model: Model) -> float:
    return 0.5 / model.base.centre**2
