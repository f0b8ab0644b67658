"""One question of action and reaction, fitted by a process in days and by a vector autoregression."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from detente.measure.baseline import Context, coverage_swing, lag_columns
from detente.measure.daily import DailyPair
from detente.measure.excitation import fit_excitation
from detente.measure.series import Numbers
from detente.measure.var import Autoregression, fit_var
from detente.model.reciprocity import Response

_FEWEST_A_WEEK: Final = 1.0  # acts a side from which weeks are used, below it months
_PER_THIRD: Final = 50  # acts of the rarer side for each third party with an input of its own
_EXCITATION_UNIT: Final = "acts per act"
_VAR_UNIT: Final = "log per log over {horizon}"


@dataclass(frozen=True, slots=True)
class Question:
    """One fit: what answers what, in which days, with what allowed for."""

    stimulus: str
    answer: str
    period: str
    kept: npt.NDArray[np.bool_]
    baseline: bool
    third_parties: bool


@dataclass(frozen=True, slots=True)
class Outside:
    """What may move both sides, by day and by week or month."""

    third: dict[str, Numbers]
    swing: Numbers
    lagged: Numbers
    weekly: bool
    period: npt.NDArray[np.int64]
    whole: npt.NDArray[np.bool_]


def gather_outside(pair: DailyPair, sides: tuple[str, str]) -> Outside:
    """What may move both sides, by day and by week (month below one conflict act a week of the rarer side)."""
    third = _third_inputs(pair, sides)
    fewest = min(pair.counts[side, "conflict"][pair.covered].sum() for side in sides)
    weekly = bool(fewest / max(pair.covered.sum(), 1) * 7 >= _FEWEST_A_WEEK)
    period, whole = _period_numbers(pair, weekly=weekly)
    return Outside(
        third=third,
        swing=coverage_swing(pair.others),
        lagged=lag_columns(list(third.values())) if third else np.zeros((pair.days, 0)),
        weekly=weekly,
        period=period,
        whole=whole,
    )


def fit_excitations(
    pair: DailyPair, sides: tuple[str, str], question: Question, outside: Outside, seed: int
) -> Iterator[Response]:
    """The answers of both sides to one question, by the process in days.

    Args:
        pair: The pair by day.
        sides: The two directions, `A>B` first.
        question: What is asked.
        outside: What may move both sides.
        seed: Seed of the draws.

    Yields:
        The second side's answers to the first, then the first's to the second.
    """
    none = np.zeros((pair.days, 0))
    context = Context(
        level=question.baseline,
        swing=outside.swing if question.baseline else none,
        inputs=outside.lagged if question.third_parties else none,
        kept=question.kept,
    )
    for cause, answer in (sides, sides[::-1]):
        own = pair.counts[answer, question.answer]
        stimulus = pair.counts[cause, question.stimulus]
        found = fit_excitation(own, stimulus, context, own=own, seed=seed)
        known = found.low > 0 or found.high < 0
        lives = (found.half_life, found.half_life_low, found.half_life_high) if known else (None, None, None)
        size = (found.p_value, found.branching, found.low, found.high)
        yield _response(pair, question, (cause, answer), "excitation", size, lives, _EXCITATION_UNIT, None)


def fit_regressions(
    pair: DailyPair, sides: tuple[str, str], question: Question, outside: Outside, seed: int
) -> Iterator[Response]:
    """The same by a vector autoregression of weeks or months; nothing where there are too few periods.

    Args:
        pair: The pair by day.
        sides: The two directions, `A>B` first.
        question: What is asked.
        outside: What may move both sides.
        seed: Seed of the draws.

    Yields:
        The second side's answers to the first, then the first's to the second.
    """
    length, horizon, unit_days = ("week", 8, 7.0) if outside.weekly else ("month", 6, 30.44)
    period, whole = outside.period, outside.whole
    kept = whole & (np.bincount(period, question.kept) >= 0.9 * np.bincount(period))
    exogenous = _exogenous(pair, question, outside)

    def logs(direction: str, kind: str) -> Numbers:
        return np.log1p(np.bincount(period, pair.counts[direction, kind]))

    fitted: tuple[Autoregression, ...] = ()
    for number, (cause, answer) in enumerate((sides, sides[::-1])):
        if number == 0 or question.stimulus != question.answer:
            both = np.column_stack([logs(cause, question.stimulus), logs(answer, question.answer)])
            try:
                fitted = fit_var(both, exogenous, horizon=horizon, kept=kept, seed=seed)
            except ValueError:
                return  # too few periods: the daily answer stands alone
        found = fitted[number if question.stimulus == question.answer else 0]
        lives = [
            None if life is None else life * unit_days
            for life in (found.half_life, found.half_life_low, found.half_life_high)
        ]
        size = (found.p_value, found.response, found.low, found.high)
        unit = _VAR_UNIT.format(horizon=f"{horizon} {length}s")
        yield _response(pair, question, (cause, answer), "var", size, lives, unit, found.lags)


def _response(
    pair: DailyPair,
    question: Question,
    way: tuple[str, str],
    method: Literal["excitation", "var"],
    size: tuple[float, float, float, float],
    lives: Sequence[float | None],
    unit: str,
    lags: int | None,
) -> Response:
    cause, answer = way
    p_value, response, low, high = size
    return Response(
        from_=cause.split(">")[0],
        to=answer.split(">")[0],
        method=method,
        p_value=p_value,
        response=response,
        low=low,
        high=high,
        half_life_days=lives[0],
        period=question.period,
        baseline=question.baseline,
        third_parties=question.third_parties,
        stimulus=question.stimulus,
        answer=question.answer,
        half_life_low=lives[1],
        half_life_high=lives[2],
        unit=unit,
        n_from=int(pair.counts[cause, question.stimulus][question.kept].sum()),
        n_to=int(pair.counts[answer, question.answer][question.kept].sum()),
        lags=lags,
    )


def _exogenous(pair: DailyPair, question: Question, outside: Outside) -> Numbers:
    """What moves both series from outside, by period, a column of ones first, (n_periods, k)."""

    def total(series: Numbers) -> Numbers:
        return np.log1p(np.bincount(outside.period, series))

    columns = [np.ones(len(outside.whole))]
    if question.baseline:
        columns += [*_line_columns(len(outside.whole), 52 if outside.weekly else 12), total(pair.others)]
    if question.third_parties:
        for series in outside.third.values():
            logs = total(series)
            columns += [logs, np.concatenate([[logs[0]], logs[:-1]])]
    return np.column_stack(columns)


def _third_inputs(pair: DailyPair, sides: tuple[str, str]) -> dict[str, Numbers]:
    """As many named third parties as the acts can bear; the others are one series."""
    rarer = min(pair.counts[side, "conflict"].sum() for side in sides)
    most = int(rarer // _PER_THIRD)
    named = [name for name in pair.third if name != "rest"][: max(most, 1)]
    rest = sum((series for name, series in pair.third.items() if name not in named), np.zeros(pair.days))
    inputs = {name: pair.third[name] for name in named}
    return inputs | ({"rest": rest} if rest.any() and most > len(named) else {})


def _period_numbers(pair: DailyPair, *, weekly: bool) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """The number of each day's week or month from 0, and which of them lie wholly in the record."""
    if weekly:
        numbers = (np.arange(pair.days) + pair.first.weekday()) // 7
        fullest = np.full(numbers[-1] + 1, 7)
    else:
        dates = [pair.day(place) for place in range(pair.days)]
        months = np.array([day.year * 12 + day.month for day in dates])
        numbers = months - months[0]
        fullest = np.full(numbers[-1] + 1, 28)
    return numbers, np.bincount(numbers) >= fullest


def _line_columns(n: int, length: int) -> Iterator[Numbers]:
    """Hats on knots a year apart, all but the first (a constant is there already)."""
    knots = np.arange(0, n + length, length)
    for knot in range(1, len(knots)):
        yield np.maximum(1 - np.abs(np.arange(n) - knots[knot]) / length, 0.0)
