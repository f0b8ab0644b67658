"""Fits of an exciting process in days, without a cross term and with one; all but the half-lives is linear."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from detente.measure.ascent import Model, Start, add_priors, climb, columns_at, expect_information, kernel_sum, locate
from detente.measure.baseline import FLOOR, Base, Context, row_products
from detente.measure.series import Numbers

_TRIED: Final = (1.0, 3.0, 8.0, 20.0)  # half-lives in days from which the answer's is chosen to start
_STARTS: Final = (2.0, 8.0)  # of a side's own
_ROUGH_STEPS: Final = 2
_STEPS: Final = 30
_ENOUGH: Final = 1e-3  # of log-likelihood, less than which a step need not bring


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


def fit_null(answers: Numbers, own: Numbers, base: Base, context: Context) -> Fit:
    """The fit without a cross term: the best of some half-lives, then all parameters together."""
    model = make_model(answers, (own,), base, context, move=False)
    hats, linear = np.full(base.knots, base.centre), np.zeros(base.columns.shape[1])
    if not base.knots:
        linear[0] = float(model.counts.mean())
    start = Start(hats, linear, np.zeros(1), np.log(_STARTS[:1]))
    expected = expect_information(model, here := locate(model, start), columns_at(model, here))
    rough = []
    for life in _STARTS:
        here = locate(model, replace(here.at, logs=np.log([life])))
        for _ in range(_ROUGH_STEPS):
            here = climb(model, here, expected)
        rough.append(here)
    best = max(rough, key=lambda place: place.value)
    return fit_from(replace(model, move=True), best.at)


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
    return fit_from(make_model(answers, (own, stimulus), base, context), start)


def make_model(
    answers: Numbers, exciting: tuple[Numbers, ...], base: Base, context: Context, *, move: bool = True
) -> Model:
    """What is fitted to the answers on the days kept; `move` lets the half-lives move too."""
    counts = answers[context.kept]
    floor = max(FLOOR * float(counts.mean()), 1e-9)
    return Model(counts, exciting, np.flatnonzero(context.kept), base, floor, move)


def fit_from(model: Model, start: Start) -> Fit:
    """Newton steps up the penalised likelihood until they bring little."""
    here = locate(model, start)
    expected = expect_information(model, here, columns_at(model, here))
    for _ in range(_STEPS):
        there = climb(model, here, expected)
        gain = there.value - here.value
        here = there
        if gain < _ENOUGH:
            break
    columns = columns_at(model, here)
    gram = expect_information(model, here, columns)
    add_priors(gram, model)
    safe = np.maximum(here.rate, model.floor)
    freedom = max(len(model.counts) - len(gram), 1)
    return Fit(
        rate=here.rate,
        weight=1 / safe,
        columns=columns,
        gram=gram,
        end=here.at,
        likelihood=here.value,
        dispersion=max(float(np.sum((model.counts - here.rate) ** 2 / safe)) / freedom, 1.0),
    )


def efficient_scores(tests: Numbers, null: Fit, base: Base) -> Numbers:
    """Weighted candidate columns less what the null's columns say of them: efficient scores, (n_kept, n_tests)."""
    lead = base.scores(null.weight[:, None] * tests, null.columns)
    fitted = np.asarray(np.linalg.solve(null.gram, lead), dtype=np.float64)
    known = base.times(fitted[: base.knots]) + row_products(null.columns, fitted[base.knots :])
    return np.asarray((tests - known) * null.weight[:, None])
