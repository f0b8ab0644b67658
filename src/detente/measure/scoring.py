"""Fisher scoring of an exciting process in days: all but the half-lives is linear in the intensity."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from detente.measure.baseline import FLOOR, Base, Context, row_products
from detente.measure.series import Numbers

_TRIED: Final = (1.0, 3.0, 8.0, 20.0)  # half-lives in days from which the answer's is chosen to start
_STARTS: Final = (2.0, 8.0)  # of a side's own
_BOUNDS: Final = (0.3, 21.0)  # of half-lives, in days
PRIOR: Final = (float(np.log(3.0)), 0.7)  # mean and deviation of the log half-life: days to weeks
_STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Start:
    """Parameters: the knots, the other columns, branching ratios, log half-lives (own first)."""

    hats: Numbers
    linear: Numbers
    alphas: Numbers
    logs: Numbers


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted intensity, its scored columns, and what a test needs of them."""

    rate: Numbers
    weight: Numbers
    columns: Numbers
    gram: Numbers
    end: Start
    likelihood: float
    dispersion: float


def kernel_sum(acts: Numbers, half_life: float) -> Numbers:
    """The acts before each day, weighed by a geometric kernel of unit mass from one day on, (n_days,)."""
    from scipy import signal

    keep = 2 ** (-1 / half_life)
    return np.asarray(signal.lfilter([0.0, 1 - keep], [1.0, -keep], acts))


def fit_null(answers: Numbers, own: Numbers, base: Base, context: Context) -> Fit:
    """The fit without a cross term: the best of some half-lives, then all parameters together."""
    counts = answers[context.kept]
    hats, linear = np.full(base.knots, base.centre), np.zeros(base.columns.shape[1])
    if not base.knots:
        linear[0] = float(counts.mean())
    start = Start(hats, linear, np.array([0.0]), np.zeros(1))
    rough = []
    for life in _STARTS:
        start = replace(start, logs=np.log(np.array([life])))
        fit = fit_from(answers, (own,), base, context, start, steps=2, move=False)
        start = fit.end
        rough.append(fit)
    best = max(rough, key=lambda fit: fit.likelihood)
    return fit_from(answers, (own,), base, context, best.end)


def fit_cross(answers: Numbers, own: Numbers, stimulus: Numbers, base: Base, context: Context, null: Fit) -> Fit:
    """The fit with a cross term, from the half-life whose efficient score promises most."""
    kernels = np.column_stack([kernel_sum(stimulus, life)[context.kept] for life in _TRIED])
    clean = efficient_scores(kernels, null, base)
    scores = clean.T @ (answers[context.kept] - null.rate)
    news = np.maximum(np.einsum("tk,tk->k", clean, kernels), 1e-12)
    at = int(np.argmax(scores**2 / news))
    alphas = np.array([null.end.alphas[0], float(np.clip(scores[at] / news[at], -1, 1))])
    logs = np.array([null.end.logs[0], np.log(_TRIED[at])])
    start = replace(null.end, alphas=alphas, logs=logs)
    return fit_from(answers, (own, stimulus), base, context, start)


def fit_from(
    answers: Numbers,
    exciting: tuple[Numbers, ...],
    base: Base,
    context: Context,
    start: Start,
    *,
    steps: int = _STEPS,
    move: bool = True,
) -> Fit:
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
            logs = np.clip(logs + np.clip(tail[1::2], -0.5, 0.5), *np.log(_BOUNDS))
            kernels, slopes = _kernels(exciting, logs, context)
            if np.max(np.abs(tail)) < 2e-3:
                break
    rate = _rate(base, hats, linear, alphas, kernels)
    safe = np.maximum(rate, floor)
    if move:  # the information at the end, on which tests and intervals rest
        columns = np.column_stack([base.columns, _tail(kernels, slopes, alphas)])
        gram = base.gram(1 / safe, columns)
        _hold(gram, np.zeros(len(gram)), base, hats, logs)
    freedom = max(len(counts) - gram.shape[0], 1)
    return Fit(
        rate=rate,
        weight=1 / safe,
        columns=columns,
        gram=gram,
        end=Start(hats, linear, alphas, logs),
        likelihood=float(np.sum(counts * np.log(safe) - safe)),
        dispersion=max(float(np.sum((counts - rate) ** 2 / safe)) / freedom, 1.0),
    )


def efficient_scores(tests: Numbers, null: Fit, base: Base) -> Numbers:
    """Weighted candidate columns less what the null's columns say of them: efficient scores, (n_kept, n_tests)."""
    lead = np.column_stack([base.score(null.weight * test, null.columns) for test in tests.T])
    fitted = np.asarray(np.linalg.solve(null.gram, lead), dtype=np.float64)
    known = np.column_stack([base.times(row[: base.knots]) for row in fitted.T])
    return np.asarray((tests - row_products(null.columns, fitted[base.knots :]) - known) * null.weight[:, None])


def _rate(base: Base, hats: Numbers, linear: Numbers, alphas: Numbers, kernels: Numbers) -> Numbers:
    return np.asarray(
        base.times(hats) + np.einsum("tk,k->t", base.columns, linear) + np.einsum("tk,k->t", kernels, alphas)
    )


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


def _hold(gram: Numbers, score: Numbers, base: Base, hats: Numbers, logs: Numbers | None) -> None:
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
        gram[at, at] += 1 / PRIOR[1] ** 2
        score[at] -= (logs - PRIOR[0]) / PRIOR[1] ** 2
