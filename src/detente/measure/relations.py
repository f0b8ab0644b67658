"""Which relations of either side with others changed at a date, corrected for being many."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import ibis.expr.types as ir

from detente.errors import InputError
from detente.measure.impact import measure_impact
from detente.measure.intervals import adjust_holm
from detente.measure.others import Board, count_board, total
from detente.measure.select import JOINT, describe_selection
from detente.measure.sides import adjust_bh, read_triads, take_sides
from detente.model.events import Dyad
from detente.model.results import Every, ImpactRow, Selection
from detente.model.third_parties import PairDescription, RelationChange, ThirdPartiesResult
from detente.ontology.countries import load_countries, predecessors

DEFAULT_OUTCOMES: Final = ("conflict_volume", "cooperation_volume")
FEWEST_BEFORE: Final = 10  # acts before the date for a relation to be looked at
_PLAIN: Final = "before-after"  # the estimators that compare a relation with itself


def measure_third_parties(
    events: ir.Table,
    selection: Selection,
    shock: date,
    *,
    every: Every = "month",
    shocker: str | None = None,
    outcomes: tuple[str, ...] = DEFAULT_OUTCOMES,
    most: int = 12,
    days: int = 365,
) -> ThirdPartiesResult:
    """The change of each side's relations with others at a date, sides taken, triads.

    Which relations are looked at is fixed by what came before: the others with which a side has most acts in the
    window before, at least ten. Each is estimated by `measure_impact`, before against after; the p-values of all
    relations and outcomes of one estimator are adjusted together, after Holm (1979) and after Benjamini and Hochberg
    (1995).

    Args:
        events: The event view.
        selection: The pair asked about, and its record.
        shock: UTC date of the shock.
        every: Length of a period.
        shocker: Who launched it, None where unknown.
        outcomes: Names of series.
        most: Most others looked at for each side.
        days: Length in days of the windows of sides, triads and description.

    Returns:
        The changes by p-value. From a chosen record counts alone: nothing is estimated, `described` holds them.

    Raises:
        InputError: If a window or a number is below 1, or an outcome is no series.
        DataError: If the shock lies outside the feed.
    """
    if days < 1 or most < 1:
        raise InputError(f"third parties with {most} others in windows of {days} days: expected 1 or more of each")
    since, until = shock - timedelta(days=days), shock + timedelta(days=days)
    board = count_board(events, selection, shock, since, until)
    is_feed = selection.record_kind == "feed"
    chosen = _choose(board, most) if is_feed else ()
    relations, refused = _estimate(events, selection, shock, chosen, (every, shocker, outcomes))
    return ThirdPartiesResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        shock=shock,
        shocker=shocker,
        every=every,
        days=days,
        relations=_corrected(relations),
        sides=take_sides(board, test=is_feed),
        triads=read_triads(board) if is_feed else (),
        described=_describe(board) if not is_feed else (),
        notes=_notes(board, chosen, refused, most) if is_feed else _chosen_notes(days),
        query=f"third parties at {shock} by {every}; windows of {days} days; {describe_selection(selection)}",
    )


def _choose(board: Board, most: int) -> tuple[Dyad, ...]:
    pairs = []
    for side in (board.a, board.b):
        known = [code for code in board.others(side) if code in load_countries()]
        enough = [code for code in known if total(board.of_pair(side, code, after=False)) >= FEWEST_BEFORE]
        pairs += [Dyad(side, code) for code in enough[:most]]
    return tuple(pairs)


def _estimate(
    events: ir.Table,
    selection: Selection,
    shock: date,
    pairs: tuple[Dyad, ...],
    asked: tuple[Every, str | None, tuple[str, ...]],
) -> tuple[list[RelationChange], list[str]]:
    every, shocker, outcomes = asked
    found: list[RelationChange] = []
    refused: list[str] = []
    for pair in pairs:
        own = selection.a_codes if pair.a == selection.dyad.a else selection.b_codes
        mine = replace(selection, dyad=pair, a_codes=own, b_codes=(pair.b, *predecessors(pair.b)))
        answer = measure_impact(
            events, mine, shock, every=every, shocker=shocker, outcomes=outcomes, headline=outcomes[0]
        )
        rows = [
            _change(pair, row)
            for row in answer.results
            if row.direction == JOINT and row.outcome in outcomes and row.estimator.startswith(_PLAIN)
        ]
        found += rows
        refused += [] if rows else [f"{pair.a}-{pair.b}"]
    return found, refused


def _change(pair: Dyad, row: ImpactRow) -> RelationChange:
    return RelationChange(
        dyad=pair,
        outcome=row.outcome,
        estimator=row.estimator,
        effect=row.effect,
        low=row.low,
        high=row.high,
        p_value=row.p_value,
        p_floor=row.p_floor,
        p_adjusted=None,
        p_adjusted_bh=None,
        n_before=row.n_before,
        n_after=row.n_after,
        before=row.before,
        after=row.after,
        unit=row.unit,
    )


def _corrected(rows: list[RelationChange]) -> tuple[RelationChange, ...]:
    done: list[RelationChange] = []
    for estimator in dict.fromkeys(row.estimator for row in rows):
        mine = [row for row in rows if row.estimator == estimator]
        tested = [row.p_value for row in mine if row.p_value is not None]
        holm, bh = iter(adjust_holm(tested)), iter(adjust_bh(tested))
        done += sorted(
            (
                row if row.p_value is None else replace(row, p_adjusted=next(holm), p_adjusted_bh=next(bh))
                for row in mine
            ),
            key=lambda row: (row.p_value is None, row.p_value or 0.0, str(row.dyad), row.outcome),
        )
    return tuple(done)


def _describe(board: Board) -> tuple[PairDescription, ...]:
    pairs = [Dyad(side, other) for side in (board.a, board.b) for other in board.others(side)]
    rows = []
    for pair in pairs:
        before, after = (board.of_pair(pair.a, pair.b, after=late) for late in (False, True))
        conflict = [sum(cell.conflict for cell in cells) for cells in (before, after)]
        rows.append(PairDescription(pair, total(before), total(after), conflict[0], conflict[1]))
    return tuple(sorted(rows, key=lambda row: (-(row.before + row.after), str(row.dyad))))


def _notes(board: Board, chosen: tuple[Dyad, ...], refused: list[str], most: int) -> tuple[str, ...]:
    notes = [
        f"{len(chosen)} relations looked at: for each side the {most} others with most acts in the window before, at "
        f"least {FEWEST_BEFORE}; p_adjusted is after Holm, p_adjusted_bh after Benjamini and Hochberg, over all of "
        "one estimator.",
        "Each is a change at the date, before against after, with no counterfactual: what struck everyone is in it.",
        "A feed that covers a side more after the date shows more acts of it with everyone: compare the "
        "coverage-adjusted rows.",
    ]
    if refused:
        notes.append(f"no estimate, too little data: {', '.join(refused)}")
    late = [
        f"{side}-{other} ({n})"
        for side in (board.a, board.b)
        for other in board.others(side)
        if total(board.of_pair(side, other, after=False)) < FEWEST_BEFORE
        and (n := total(board.of_pair(side, other, after=True))) >= 2 * FEWEST_BEFORE
    ]
    if late:
        notes.append(f"too few acts before to be looked at, yet many after: {', '.join(late)}")
    return tuple(notes)


def _chosen_notes(days: int) -> tuple[str, ...]:
    return (
        f"A chosen record: acts with others in the {days} days before and after, as counted; the counts measure the "
        "choosing. No estimate, no test, no side told.",
    )
