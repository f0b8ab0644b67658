"""Relations side by side: the same outcome on one scale, and who moved most since a date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from detente.errors import InputError
from detente.measure.cubed import Record
from detente.measure.index import measure_index
from detente.measure.moves import FEWEST, OUTCOMES, measure_move
from detente.measure.periods import period_start, shift_period
from detente.measure.select import JOINT, describe_selection
from detente.measure.series import PairSeries, build_series
from detente.model.moves import CompareResult, PairMove, PairPoint
from detente.model.results import Every, Selection


def compare_pairs(
    record: Record,
    selections: Sequence[Selection],
    every: Every = "month",
    *,
    outcome: str = "conflict_share",
    at: date | None = None,
    window: int | None = None,
) -> CompareResult:
    """Several pairs of one record on one scale.

    Args:
        record: The event view, or a cube.
        selections: One a pair, of the same record and dates, at least one.
        every: Length of a period.
        outcome: What is compared: `conflict_share`, `tone`, `conflict_rate`, `cooperation_rate`, `military_share` or
            `coercive_share`.
        at: The date since which moves are measured; None for the last twelve periods.
        window: Most periods a side; None for all there are.

    Returns:
        The pair that moved most first; pairs of which it cannot be told last. From a chosen record nothing is ranked.

    Raises:
        InputError: If the outcome is none of these.
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"outcome {outcome!r}: expected one of {', '.join(OUTCOMES)}")
    first = selections[0]
    all_series = [build_series(record, selection, every) for selection in selections]
    day = at or shift_period(period_start(all_series[0].span[1], every), -11, every)
    moves = [
        _move(series, selection, outcome, day, window) for series, selection in zip(all_series, selections, strict=True)
    ]
    if first.record_kind == "chosen":
        moves = [replace(move, before=None, after=None, change=replace(move.change, value=None)) for move in moves]
    return CompareResult(
        focus=first.dyad.a,
        feed=first.feed,
        record_kind=first.record_kind,
        every=every,
        at=day,
        outcome=outcome,
        pairs=_ranked(moves),
        points=tuple(point for selection in selections for point in _points(record, selection, every, outcome)),
        notes=tuple(_notes(first, every, day, moves)),
        query=f"compare {outcome} by {every} at {day}; {'; '.join(str(s.dyad) for s in selections)}; "
        f"{describe_selection(first)}",
    )


def _move(series: PairSeries, selection: Selection, outcome: str, at: date, window: int | None) -> PairMove:
    move = measure_move(series, JOINT, outcome, at, window=window)
    return PairMove(
        rank=None,
        dyad=selection.dyad,
        outcome=outcome,
        n=move.n,
        before=move.before,
        after=move.after,
        change=move.change,
        n_before=move.n_before,
        n_after=move.n_after,
    )


def _ranked(moves: Sequence[PairMove]) -> tuple[PairMove, ...]:
    told = [move for move in moves if move.change.value is not None]
    told.sort(key=lambda move: (-abs(move.change.value or 0), str(move.dyad)))
    rest = [move for move in moves if move.change.value is None]
    return tuple([replace(move, rank=place) for place, move in enumerate(told, start=1)] + rest)


def _points(record: Record, selection: Selection, every: Every, outcome: str) -> list[PairPoint]:
    rows = measure_index(record, selection, every).rows
    return [
        PairPoint(selection.dyad, row.period, row.n, getattr(row, outcome)) for row in rows if row.direction == JOINT
    ]


def _notes(first: Selection, every: Every, at: date, moves: Sequence[PairMove]) -> list[str]:
    if first.record_kind == "chosen":
        return ["A chosen record: its counts measure the choosing, so no pair is ranked by how far it moved."]
    notes = [
        f"Feed {first.feed}. Change: mean since {at} less mean over as many {every}s before, both directions together, "
        "with its 90 % interval; the rank is by size, and pairs whose intervals overlap cannot be told apart.",
        f"{len(moves)} pairs are compared: at 90 %, one in ten intervals misses by chance.",
    ]
    if untold := [str(move.dyad) for move in moves if move.change.value is None]:
        notes.append(
            f"Not told for {', '.join(untold)}: at least {FEWEST} whole {every}s on either side, "
            "and acts in both, are needed."
        )
    return notes
