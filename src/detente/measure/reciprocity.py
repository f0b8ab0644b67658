"""Action and reaction: does one side answer the other, in kind or otherwise, how fast, how strongly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from detente.errors import InputError
from detente.measure.daily import DailyPair, count_days
from detente.measure.excitation import Context, coverage_swing, fit_excitation, lag_columns
from detente.measure.select import describe_selection, direction_names
from detente.measure.series import Numbers
from detente.measure.var import Autoregression, fit_var
from detente.model.reciprocity import ReciprocityResult, Response
from detente.model.results import Selection

FEWEST_EVENTS: Final = 40  # conflict acts a side
FEWEST_DAYS: Final = 365
_FEWEST_A_WEEK: Final = 1.0  # acts a side from which weeks are used, below it months
_PER_THIRD: Final = 50  # acts of the rarer side for each third party with an input of its own
_SETTLE: Final = 28  # days after the loudest quarter that are left out with it
_HEADLINE: Final = ("conflict", "conflict")
# What answers what: in kind; conflict met with cooperation; force with talk, and talk with force.
_PAIRS: Final = (
    _HEADLINE,
    ("conflict", "cooperation"),
    ("cooperation", "cooperation"),
    ("verbal conflict", "material conflict"),
    ("material conflict", "verbal conflict"),
)
_EXCITATION_UNIT: Final = "acts per act"
_VAR_UNIT: Final = "log per log over {horizon}"


@dataclass(frozen=True, slots=True)
class _Question:
    """One fit: what answers what, in which days, with what allowed for."""

    stimulus: str
    answer: str
    period: str
    kept: npt.NDArray[np.bool_]
    baseline: bool
    third_parties: bool


@dataclass(frozen=True, slots=True)
class _Outside:
    """What may move both sides, by day and by week or month."""

    third: dict[str, Numbers]
    swing: Numbers
    lagged: Numbers
    weekly: bool
    period: npt.NDArray[np.int64]
    whole: npt.NDArray[np.bool_]


def measure_reciprocity(
    events: ir.Table, selection: Selection, *, split: date | None = None, seed: int = 0
) -> ReciprocityResult:
    """Who answers whom, by a point process in days and by a vector autoregression.

    Conflict answered by conflict is fitted four ways: with and without the shared baseline, with and without the
    acts with third parties; and, with both, in the days before and after the split and without the loudest calendar
    quarter. The other pairs of kinds (see `docs/measures/reciprocity.md`) are fitted with both over the whole record.

    Args:
        events: The event view.
        selection: What was asked.
        split: First day of `after`; None for no split.
        seed: Seed of all draws; the same seed gives the same answer.

    Returns:
        The responses. Empty, with a note, for a chosen record, and below 40 conflict acts a side or a year of days.

    Raises:
        InputError: If the split lies outside the record.
        DataError: If the feed holds no event dated to a day in the dates asked.
    """
    if selection.record_kind == "chosen":
        note = "A chosen record gives no test: its counts measure the choosing, so no answer is looked for."
        return _result(selection, split, (), (), (note,))
    pair = count_days(events, selection)
    _check_split(pair, split)
    notes = _record_notes(pair, selection)
    sides = direction_names(selection)
    if refusal := _refusal(pair, sides, pair.covered):
        return _result(selection, split, (), (), (*notes, refusal))
    outside = _outside(pair, sides)
    questions, refused = _questions(pair, sides, split)
    responses = [
        response
        for question in questions
        for response in (
            *_excitations(pair, sides, question, outside, seed),
            *_regressions(pair, sides, question, outside, seed),
        )
    ]
    named = tuple(name for name in outside.third if name != "rest")
    return _result(selection, split, tuple(responses), named, (*notes, *refused, *_reading_notes(named)))


def _questions(pair: DailyPair, sides: tuple[str, str], split: date | None) -> tuple[list[_Question], list[str]]:
    whole = pair.covered
    asked = [
        _Question(*_HEADLINE, "whole", whole, baseline=baseline, third_parties=third)
        for baseline in (True, False)
        for third in (True, False)
    ]
    parts = list(_periods(pair, sides, split))
    refused = []
    for name, kept in parts:
        if refusal := _refusal(pair, sides, kept):
            refused.append(f"{name.capitalize()}: {refusal[0].lower()}{refusal[1:]}")
        else:
            asked.append(_Question(*_HEADLINE, name, kept, baseline=True, third_parties=True))
    for stimulus, answer in _PAIRS[1:]:
        totals = [pair.counts[side, kind][whole].sum() for side in sides for kind in (stimulus, answer)]
        if min(totals) >= FEWEST_EVENTS:
            asked.append(_Question(stimulus, answer, "whole", whole, baseline=True, third_parties=True))
        else:
            refused.append(
                f"{stimulus.capitalize()} answered by {answer}: not asked, one side has {min(totals):.0f} such acts; "
                f"at least {FEWEST_EVENTS} a side are needed."
            )
    return asked, refused


def _periods(
    pair: DailyPair, sides: tuple[str, str], split: date | None
) -> Iterator[tuple[str, npt.NDArray[np.bool_]]]:
    days = np.arange(pair.days)
    if split is not None:
        yield "before", pair.covered & (days < pair.place(split))
        yield "after", pair.covered & (days >= pair.place(split))
    acts = sum(pair.counts[side, kind] for side in sides for kind in ("conflict", "cooperation"))
    dates = [pair.day(place) for place in range(pair.days)]
    quarter = np.array([day.year * 4 + (day.month - 1) // 3 for day in dates])
    loudest = int(np.argmax(np.bincount(quarter - quarter[0], acts))) + int(quarter[0])
    inside = np.flatnonzero(quarter == loudest)
    out = (days >= inside[0]) & (days <= inside[-1] + _SETTLE)
    yield f"without {loudest // 4}-Q{loudest % 4 + 1}", pair.covered & ~out


def _third_inputs(pair: DailyPair, sides: tuple[str, str]) -> dict[str, Numbers]:
    """As many named third parties as the acts can bear; the others are one series."""
    rarer = min(pair.counts[side, "conflict"].sum() for side in sides)
    most = int(rarer // _PER_THIRD)
    named = [name for name in pair.third if name != "rest"][: max(most, 1)]
    rest = sum((series for name, series in pair.third.items() if name not in named), np.zeros(pair.days))
    inputs = {name: pair.third[name] for name in named}
    return inputs | ({"rest": rest} if rest.any() and most > len(named) else {})


def _excitations(
    pair: DailyPair, sides: tuple[str, str], question: _Question, outside: _Outside, seed: int
) -> Iterator[Response]:
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


def _regressions(
    pair: DailyPair, sides: tuple[str, str], question: _Question, outside: _Outside, seed: int
) -> Iterator[Response]:
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
    question: _Question,
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


def _exogenous(pair: DailyPair, question: _Question, outside: _Outside) -> Numbers:
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


def _outside(pair: DailyPair, sides: tuple[str, str]) -> _Outside:
    third = _third_inputs(pair, sides)
    fewest = min(pair.counts[side, "conflict"][pair.covered].sum() for side in sides)
    weekly = bool(fewest / max(pair.covered.sum(), 1) * 7 >= _FEWEST_A_WEEK)
    period, whole = _period_numbers(pair, weekly=weekly)
    return _Outside(
        third=third,
        swing=coverage_swing(pair.others),
        lagged=lag_columns(list(third.values())) if third else np.zeros((pair.days, 0)),
        weekly=weekly,
        period=period,
        whole=whole,
    )


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


def _check_split(pair: DailyPair, split: date | None) -> None:
    last = pair.first + timedelta(days=pair.days - 1)
    if split is not None and not pair.first < split <= last:
        raise InputError(
            f"split {split} lies outside the record, which covers {pair.first} to {last}: expected a date within, "
            "give another"
        )


def _refusal(pair: DailyPair, sides: tuple[str, str], kept: npt.NDArray[np.bool_]) -> str | None:
    a, b = (int(pair.counts[side, "conflict"][kept].sum()) for side in sides)
    days = int(kept.sum())
    if min(a, b) >= FEWEST_EVENTS and days >= FEWEST_DAYS:
        return None
    return (
        f"No answer is looked for: {a} conflict acts {sides[0]} and {b} {sides[1]} in {days} days; at least "
        f"{FEWEST_EVENTS} a side and {FEWEST_DAYS} days are needed."
    )


def _record_notes(pair: DailyPair, selection: Selection) -> list[str]:
    last = pair.first + timedelta(days=pair.days - 1)
    total = int(
        sum(
            pair.counts[side, kind].sum() for side in direction_names(selection) for kind in ("conflict", "cooperation")
        )
    )
    notes = [
        f"Record: feed {selection.feed}, {pair.first} to {last}; {total} acts of the pair, conflict or cooperation, "
        "dated to a day and done by one side."
    ]
    for n, what in (
        (pair.symmetric, "acts that both did (met, clashed)"),
        (pair.mirrored, "rows with a mirror image (same day and code, sides swapped)"),
        (pair.undated, "acts dated no closer than a month or a year"),
        (int((~pair.covered).sum()), "days in which the feed is silent for four weeks or more"),
    ):
        if n:
            notes.append(f"Left out: {n} {what}.")
    return notes


def _reading_notes(named: tuple[str, ...]) -> list[str]:
    parties = ", ".join(named) or "none shared"
    return [
        f"Third parties with an input of their own: {parties}. Same-day answers cannot be told from a shared day "
        "stamp and are not counted.",
        "Action and reaction: what follows what in this record. It is no proof of cause: a quarrel both sides feel and "
        "no third party shows would look the same.",
        "The weekly or monthly VAR adds up days, which alone can make answers appear; where it and the daily process "
        "disagree, the daily process with baseline and third parties is the one whose error rate was measured.",
        "Several pairs of kinds are tried: with ten tests one p-value below 0.1 is expected by chance.",
    ]


def _result(
    selection: Selection,
    split: date | None,
    responses: tuple[Response, ...],
    third: tuple[str, ...],
    notes: tuple[str, ...],
) -> ReciprocityResult:
    return ReciprocityResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        split=split,
        responses=responses,
        third=third,
        notes=notes,
        query=f"reciprocity{f' split {split}' if split else ''}; {describe_selection(selection)}",
    )
