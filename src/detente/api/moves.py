"""The index, breaks and pairs as the API asks for them: checked questions to the measures."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.model import BreaksResult, Every, IndexResult, Selection
from detente.model.moves import CompareResult, MultiverseResult

if TYPE_CHECKING:
    from detente.api.answers import Answer
    from detente.api.dyads import Dyad
    from detente.measure.cubed import Record


@dataclass(frozen=True, slots=True)
class IndexQuestion:
    """What is asked of an index: grain, groups, whether requests are conflict, and other choices at a date."""

    every: Every
    by: str | None
    requests: bool
    multiverse: bool
    at: date | None


def read_index(record: "Record", selection: Selection, question: IndexQuestion) -> IndexResult | MultiverseResult:
    """The index as asked.

    Raises:
        InputError: If the groups are unknown, or two things are asked at once.
    """
    from detente.measure.index import measure_index
    from detente.measure.index_groups import measure_index_by
    from detente.measure.multiverse import index_multiverse

    if question.by not in {None, "issue", "publisher-country"}:
        raise InputError(f"by {question.by!r}: expected issue or publisher-country")
    if question.at and not question.multiverse:
        raise InputError("at is the date of a multiverse: ask for both, or use since and until")
    if question.multiverse:
        if question.by or question.requests:
            raise InputError("a multiverse has choices of its own: leave by and requests out")
        return index_multiverse(record, selection, question.every, at=question.at)
    if question.by:
        return measure_index_by(
            record,
            selection,
            question.every,
            question.by,  # type: ignore[arg-type]
            count_requests=question.requests,
        )
    return measure_index(record, selection, question.every, count_requests=question.requests)


def read_breaks(
    record: "Record", selection: Selection, every: Every, false_rate: float | None, *, multiverse: bool
) -> BreaksResult | MultiverseResult:
    """The breaks as asked.

    Raises:
        InputError: If the rate is not above zero, or is asked of a multiverse.
    """
    from detente.measure.breaks import find_breaks
    from detente.measure.changes import FALSE_RATE
    from detente.measure.multiverse import breaks_multiverse

    if false_rate is not None and not false_rate > 0:
        raise InputError(
            f"false rate {false_rate:g}: expected changes in 120 periods, above 0 (default {FALSE_RATE:g})"
        )
    if multiverse:
        if false_rate is not None:
            raise InputError("a multiverse has choices of its own: leave the false rate out")
        return breaks_multiverse(record, selection, every)
    return find_breaks(record, selection, every, false_rate=FALSE_RATE if false_rate is None else false_rate)


@dataclass(frozen=True, slots=True)
class CompareQuestion:
    """What is asked of several pairs: grain, outcome, the date of the moves and the periods a side."""

    every: Every
    outcome: str
    at: date | None
    window: int | None


def compare_dyads(dyads: "Sequence[Dyad]", question: CompareQuestion, choices: dict[str, Any]) -> "Answer":
    """Several pairs of one store on one scale.

    Raises:
        InputError: If there are fewer than two pairs, or a choice is unknown.
    """
    from detente.api.answers import Answer
    from detente.api.records import read_record
    from detente.api.review_notes import review_note
    from detente.measure.compare import compare_pairs

    if len(dyads) < 2:
        raise InputError("compare needs at least two pairs: give three sides or more")
    if question.window is not None and question.window < 1:
        raise InputError(f"window {question.window}: expected at least one period")
    with dyads[0].store.snapshot() as snapshot:
        selections = [dyad.select(snapshot, **choices) for dyad in dyads]
        records = Counter((one.feed, one.record_kind) for one in selections)
        (feed, kind), _ = records.most_common(1)[0]
        same = [replace(one, feed=feed, record_kind=kind) for one in selections]
        result: CompareResult = compare_pairs(
            read_record(snapshot),
            same,
            question.every,
            outcome=question.outcome,
            at=question.at,
            window=question.window,
        )
    if dyads[0].store.is_example:
        note = "Record: the bundled example chronology, not a store of yours."
        result = replace(result, notes=(note, *result.notes))
    elif reviews := review_note(*dyads):
        result = replace(result, notes=(*result.notes, reviews))
    return Answer(result)
