"""A measure under other reasonable choices: the spread, and the share that agrees in sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from statistics import median
from typing import Final, Literal

import ibis
import ibis.expr.types as ir

from detente.measure.breaks import find_breaks
from detente.measure.cubed import Record, event_rows
from detente.measure.moves import OUTCOMES, measure_move
from detente.measure.periods import period_start, shift_period
from detente.measure.select import JOINT, describe_selection, direction_names, select_events
from detente.measure.series import Keep, build_series
from detente.model.moves import MultiverseResult, UniverseRow
from detente.model.results import Break, Every, Selection
from detente.ontology.plover import load_plover

Actors = Literal["state", "all"]

_WINDOWS: Final = (6, 12, 24)  # periods a side
_COARSER: Final[dict[Every, Every]] = {"day": "week", "week": "month", "month": "quarter", "quarter": "year"}
_CHOSEN: Final = "A chosen record gives no estimate: its counts measure the choosing, so no choice is tried."
_NEAR: Final = 2  # periods within which a break is the same


@dataclass(frozen=True, slots=True)
class _Universe:
    name: str
    selection: Selection
    every: Every
    keep: Keep | None


def index_multiverse(record: Record, selection: Selection, every: Every, *, at: date | None = None) -> MultiverseResult:
    """The change of each outcome at a date over windows, scales, one-a-day, actors and presses, all combined.

    Args:
        record: The event view, or a cube.
        selection: What was asked: the reference, with a window of twelve periods.
        every: Length of a period.
        at: The date; None for the last twelve periods.

    Returns:
        A row an outcome and direction of which the reference can be told.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    if selection.record_kind == "chosen":
        return _result(selection, every, "index", (), [], _CHOSEN)
    universes = [
        _Universe(f"{a}, {b}", replace(_choose_day(selection, day), actors=actors), every, keep)
        for (a, day), (b, actors, keep) in product(_day_choices(selection), _other_choices(record, selection))
    ]
    series = [build_series(record, one.selection, every, keep=one.keep) for one in universes]
    day = at or shift_period(period_start(series[0].span[1], every), -11, every)
    rows = []
    for direction, outcome in product((*direction_names(selection), JOINT), OUTCOMES):
        found = [
            measure_move(one, direction, outcome, day, window=window).change.value
            for one in series
            for window in _WINDOWS
        ]
        reference = measure_move(series[0], direction, outcome, day, window=12).change.value
        if reference is not None:
            rows.append(_row(outcome, direction, day, reference, found))
    names = tuple(f"{one.name}, {window} {every}s a side" for one in universes for window in _WINDOWS)
    note = f"Change at {day}: mean after less mean before. Reference: the choices asked, twelve {every}s a side."
    return _result(selection, every, "index", names, rows, note)


def breaks_multiverse(record: Record, selection: Selection, every: Every, *, seed: int = 0) -> MultiverseResult:
    """Each break found again, or not, with one choice changed at a time: grain, one-a-day, actors, scale, presses.

    Args:
        record: The event view, or a cube.
        selection: What was asked: the reference.
        every: Length of a period.
        seed: Seed of the sampler.

    Returns:
        A row a break of the reference: its size, and the sizes of the nearest break of the same series, direction and
        sign within two periods (of the coarser grain) in each universe.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    if selection.record_kind == "chosen":
        return _result(selection, every, "breaks", (), [], _CHOSEN)
    (asked, *days), (_, *others) = _day_choices(selection), _other_choices(record, selection)
    universes = [_Universe(asked[0], selection, every, None)]
    universes += [_Universe(name, _choose_day(selection, day), every, None) for name, day in days]
    universes += [_Universe(name, replace(selection, actors=actors), every, keep) for name, actors, keep in others]
    if every in _COARSER:
        universes.append(_Universe(f"by {_COARSER[every]}", selection, _COARSER[every], None))
    found = [find_breaks(record, one.selection, one.every, seed=seed, keep=one.keep) for one in universes]
    rows = []
    for item in found[0].breaks:
        sizes = [_same(item, result.breaks, one.every) for result, one in zip(found, universes, strict=True)]
        rows.append(_row(item.series, item.direction, item.date, item.size, sizes))
    note = "Each universe changes one choice of the first. Sizes by another grain are per that period."
    reasons = found[0].notes[-1:] if not found[0].breaks else ()
    return _result(selection, every, "breaks", tuple(one.name for one in universes), rows, note, *reasons)


def _day_choices(selection: Selection) -> tuple[tuple[str, bool], tuple[str, bool]]:
    names = {True: "one-a-day", False: "every row"}
    asked = selection.one_a_day
    return (names[asked], asked), (names[not asked], not asked)


def _choose_day(selection: Selection, one_a_day: bool) -> Selection:  # noqa: FBT001 - a value, not a switch
    return replace(selection, one_a_day=one_a_day)


def _other_choices(record: Record, selection: Selection) -> Iterator[tuple[str, Actors, Keep | None]]:
    """Name, actors and transformation of the acts: as asked, then each alone; a press where the record knows it."""
    acts = select_events(event_rows(record), selection)
    asked = selection.actors
    yield f"actors {asked}", asked, None
    other: Actors = "all" if asked == "state" else "state"
    yield f"actors {other}", other, None
    yield "PLOVER scores", asked, _by_plover
    for side, codes in zip(selection.dyad, (selection.a_codes, selection.b_codes), strict=True):
        if int(acts.filter(acts.publisher_country.isin(list(codes))).count().to_pyarrow().as_py()):
            yield f"without the press of {side}", asked, _without_press(codes)


def _by_plover(rows: ir.Table) -> ir.Table:
    scores = {name: kind.score for name, kind in load_plover().items()}
    score = rows.event_type.cases(*scores.items(), else_=ibis.null("float64"))
    return rows.mutate(intensity=score, intensity_scale=ibis.literal("plover"))


def _without_press(codes: Sequence[str]) -> Keep:
    return lambda rows: rows.filter(~rows.publisher_country.isin(list(codes)).fill_null(False))  # noqa: FBT003


def _same(item: Break, breaks: Sequence[Break], every: Every) -> float | None:
    first, last = (shift_period(period_start(item.date, every), step, every) for step in (-_NEAR, _NEAR))
    near = [
        other
        for other in breaks
        if (other.series, other.direction, other.sign) == (item.series, item.direction, item.sign)
        and first <= other.date <= last
    ]
    return min(near, key=lambda other: abs((other.date - item.date).days)).size if near else None


def _row(series: str, direction: str, day: date, reference: float, found: Sequence[float | None]) -> UniverseRow:
    told = [value for value in found if value is not None]
    return UniverseRow(
        series=series,
        direction=direction,
        date=day,
        reference=reference,
        lowest=min(told, default=reference),
        median=median(told) if told else reference,
        highest=max(told, default=reference),
        n=len(found),
        told=len(told),
        agree=sum(value * reference > 0 for value in told) / len(found),
    )


def _result(
    selection: Selection, every: Every, measure: str, names: tuple[str, ...], rows: list[UniverseRow], *notes: str
) -> MultiverseResult:
    count = (f"{len(names)} universes: {'; '.join(names)}.",) if names else ()
    return MultiverseResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        every=every,
        measure=measure,  # type: ignore[arg-type]
        universes=names,
        rows=tuple(rows),
        notes=(*notes, *count),
        query=f"{measure} by {every}, multiverse; {describe_selection(selection)}",
    )
