"""Action and reaction: does one side answer the other, in kind or otherwise, how fast, how strongly."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from detente.errors import InputError
from detente.measure.answers import Question, fit_excitations, fit_regressions, gather_outside
from detente.measure.daily import DailyPair, count_days
from detente.measure.select import describe_selection, direction_names
from detente.model.reciprocity import ReciprocityResult, Response
from detente.model.results import Selection

FEWEST_EVENTS: Final = 40  # conflict acts a side
FEWEST_DAYS: Final = 365
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
    outside = gather_outside(pair, sides)
    questions, refused = _questions(pair, sides, split)

    def answer(question: Question) -> list[Response]:
        asked = (pair, sides, question, outside, seed)
        return [*fit_excitations(*asked), *fit_regressions(*asked)]

    responses = [response for question in questions for response in answer(question)]
    named = tuple(name for name in outside.third if name != "rest")
    return _result(selection, split, tuple(responses), named, (*notes, *refused, *_reading_notes(named)))


def _questions(pair: DailyPair, sides: tuple[str, str], split: date | None) -> tuple[list[Question], list[str]]:
    whole = pair.covered
    asked = [
        Question(*_HEADLINE, "whole", whole, baseline=baseline, third_parties=third)
        for baseline in (True, False)
        for third in (True, False)
    ]
    parts = list(_periods(pair, sides, split))
    refused = []
    for name, kept in parts:
        if refusal := _refusal(pair, sides, kept):
            refused.append(f"{name.capitalize()}: {refusal[0].lower()}{refusal[1:]}")
        else:
            asked.append(Question(*_HEADLINE, name, kept, baseline=True, third_parties=True))
    for stimulus, answer in _PAIRS[1:]:
        totals = [pair.counts[side, kind][whole].sum() for side in sides for kind in (stimulus, answer)]
        if min(totals) >= FEWEST_EVENTS:
            asked.append(Question(stimulus, answer, "whole", whole, baseline=True, third_parties=True))
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
