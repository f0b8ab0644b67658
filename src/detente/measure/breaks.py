"""When a relation changed: level breaks with probabilities, pulses, a second opinion, and their events."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir
import numpy as np

from detente.measure.bursts import FALSE_ALARM
from detente.measure.changes import FALSE_RATE, Change, Changes, search_changes
from detente.measure.cubed import Record, event_rows
from detente.measure.periods import assign_periods
from detente.measure.select import JOINT, describe_selection, select_events
from detente.measure.series import Keep, Numbers, PairSeries, build_series
from detente.measure.series_notes import series_notes
from detente.model.results import Break, BreaksResult, Every, Selection

FEWEST_PERIODS: Final = 24
FEWEST_EVENTS: Final = 20
_EVIDENCE: Final = 5
_TONE_COVER: Final = 0.8  # share of periods that must hold scored events
_COUNTS: Final = {"conflict_volume": "conflict", "cooperation_volume": "cooperation"}


def find_breaks(
    record: Record,
    selection: Selection,
    every: Every = "month",
    *,
    seed: int = 0,
    false_rate: float = FALSE_RATE,
    keep: Keep | None = None,
) -> BreaksResult:
    """The dates at which the series of a pair change.

    Conflict, cooperation and net sums (and tone, where four periods in five hold scored events) of both
    directions and joint are each searched: see `search_changes` for the methods. Periods the feed covers
    only in part are left out.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        every: Length of a period.
        seed: Seed of the sampler; the same seed gives the same breaks.
        false_rate: Changes in 120 periods that reshuffles of a series may give as strong as one that is told.
        keep: Keeps some of the acts; None for all.

    Returns:
        The breaks in order of date, each with up to five ids of the events with the largest scores of the
        right sign in its first period. Empty, with a note, for a chosen record and below 24 periods or 20
        events.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    if selection.record_kind == "chosen":
        note = "A chosen record gives no test: its counts measure the choosing, so no break is looked for."
        return _result(selection, every, (), (note,))
    series = build_series(record, selection, every, keep=keep)
    notes = series_notes(series, selection)
    periods = int(series.whole.sum())
    if periods < FEWEST_PERIODS or series.total < FEWEST_EVENTS:
        notes.append(
            f"No break is looked for: {series.total} events in {periods} whole periods ({every}); at least "
            f"{FEWEST_EVENTS} events and {FEWEST_PERIODS} periods are needed."
        )
        return _result(selection, every, (), tuple(notes))
    searched = list(_arrays(series))
    changes = [
        search_changes(values, counts=name in _COUNTS, seed=seed, false_rate=false_rate)
        for name, _, _, values in searched
    ]
    acts = select_events(event_rows(record), selection)
    rows = assign_periods(keep(acts) if keep else acts, every)
    found = [
        _as_break(change, name, direction, kept)
        for (name, direction, kept, _), of_series in zip(searched, changes, strict=True)
        for change in of_series.told
    ]
    carried = _with_evidence(found, rows)
    carried.sort(key=lambda item: (item.date, item.series, item.direction, item.method, item.kind))
    return _result(selection, every, tuple(carried), (*notes, *_reading_notes(changes, false_rate)))


def _arrays(series: PairSeries) -> Iterator[tuple[str, str, list[date], Numbers]]:
    whole = series.whole
    periods = [start for start, kept in zip(series.periods, whole, strict=True) if kept]
    for direction, sums in series.sums.items():
        for name, column in (*_COUNTS.items(), ("net", "net")):
            yield name, direction, periods, sums[column][whole]
        scored = sums["scored"][whole]
        if np.mean(scored > 0) >= _TONE_COVER:
            full = [start for start, n in zip(periods, scored, strict=True) if n > 0]
            yield "tone", direction, full, (sums["net"][whole] / np.maximum(scored, 1))[scored > 0]


def _as_break(change: Change, name: str, direction: str, periods: list[date]) -> Break:
    return Break(
        date=periods[change.at],
        low=periods[change.low],
        high=periods[change.high],
        probability=change.probability,
        size=change.size,
        sign=1 if change.size > 0 else -1,
        direction=direction,
        kind=change.kind,
        series=name,
        method=change.method,
        agrees=change.agrees,
        false_rate=change.false_rate,
    )


def _with_evidence(found: list[Break], rows: ir.Table) -> list[Break]:
    if not found:
        return []
    dates = sorted({item.date for item in found})
    rows = rows.filter(rows.period.isin(dates), rows.event_type.notnull(), rows.intensity != 0)
    rows = rows.mutate(positive=rows.intensity > 0)
    window = ibis.window(
        group_by=["period", "direction", "symmetric", "positive"],
        order_by=[rows.intensity.abs().desc(), rows.event_id],
    )
    ranked = rows.mutate(place=ibis.row_number().over(window))
    columns = ["event_id", "period", "direction", "symmetric", "positive", "intensity"]
    top = ranked.filter(ranked.place < _EVIDENCE).select(*columns).to_pyarrow().to_pylist()
    top.sort(key=lambda row: (-abs(row["intensity"]), row["event_id"]))
    return [replace(item, evidence=_carriers(item, top)) for item in found]


def _carriers(item: Break, top: list[dict[str, object]]) -> tuple[str, ...]:
    # More conflict is carried by acts of negative score; more of anything else by positive ones.
    positive = (item.sign > 0) != (item.series == "conflict_volume")
    fitting = (
        str(row["event_id"])
        for row in top
        if row["period"] == item.date
        and row["positive"] == positive
        and (item.direction in (JOINT, row["direction"]) or row["symmetric"])
    )
    return tuple(event for event, _ in zip(fitting, range(_EVIDENCE), strict=False))


def _reading_notes(searched: list[Changes], false_rate: float) -> list[str]:
    weak, alone = sum(of.weak for of in searched), sum(of.alone for of in searched)
    return [
        f"{len(searched)} series were searched: conflict, cooperation, net sum, and tone where it can be told, of "
        "each direction and of both together (joint). A>B are acts of A toward B.",
        "Sign 1: the series goes up (for conflict_volume that is more conflict, for net and tone a "
        "friendlier relation); -1: down. Size is in the unit of the series, per period (tone: per event).",
        f"Told are changes as strong as those that reshuffles of the same series in blocks give at most {false_rate:g} "
        f"times in 120 periods (false_rate); {weak} weaker ones are left out, and {alone} that only the second opinion "
        "(ruptures) has.",
        "rbeast gives a probability; outlier does not. A slow drift shows as a break too. Pulses by outlier: "
        f"{FALSE_ALARM:g} a series expected by chance where counts are negative binomial.",
    ]


def _result(selection: Selection, every: Every, breaks: tuple[Break, ...], notes: tuple[str, ...]) -> BreaksResult:
    return BreaksResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        every=every,
        breaks=breaks,
        notes=notes,
        query=f"breaks by {every}; {describe_selection(selection)}",
    )
