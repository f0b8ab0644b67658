"""The relation by period: counts, shares, tone and sum of each direction, each with a 90 % interval."""

from datetime import date
from typing import Final

import numpy as np

from detente.measure.cubed import Record
from detente.measure.intervals import (
    UNKNOWN,
    Numbers,
    count_estimates,
    mean_estimates,
    rate_estimates,
    share_estimates,
    sum_estimates,
)
from detente.measure.prediction import predict_next
from detente.measure.select import JOINT, describe_selection, direction_names
from detente.measure.series import Keep, PairSeries, build_series
from detente.measure.series_notes import series_notes
from detente.model.results import Estimate, Every, IndexResult, IndexRow, Selection

# Below these the noise learnt from the series is itself mostly noise.
_FEW_EVENTS: Final = 30
_FEW_A_PERIOD: Final = 2.0


def measure_index(
    record: Record, selection: Selection, every: Every, *, count_requests: bool = False, keep: Keep | None = None
) -> IndexResult:
    """The relation of a pair by period and direction.

    `volume`, `conflict_volume`, `cooperation_volume` and `net` have the observed number as value and the
    interval of the period's own rate; `volume_rate`, `conflict_rate` and `cooperation_rate` are the same per 1,000
    events of the feed that involve neither side; `tone` and the shares have the shrunken number as value. The methods
    are in `measure/intervals.py`. Conflict is quad class 3 and 4 without REQUEST, cooperation 1 and 2;
    rows without an event type are volume only. From a chosen record all are plain counts, means and shares of
    what it holds, without an interval: nothing is estimated.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        every: Length of a period.
        count_requests: Whether REQUEST counts as conflict.
        keep: Keeps some of the acts; None for all.

    Returns:
        Rows in order of period, then direction. A period in which the feed holds nothing at all has no row;
        one in which it holds nothing of the pair has n = 0, no tone and no shares.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    series = build_series(record, selection, every, count_requests=count_requests, keep=keep)
    directions = (*direction_names(selection), JOINT)
    estimate = _estimate if selection.record_kind == "feed" else _describe
    columns = {direction: estimate(series, direction) for direction in directions}
    kept = zip(series.periods, series.others, series.covered, strict=True)
    places = [(at, start, others) for at, (start, others) in enumerate((day, n) for day, n, whole in kept if whole)]
    rows = tuple(
        _row(start, direction, columns[direction], at, round(others))
        for at, start, others in places
        for direction in directions
    )
    told = [*_size_notes(series), *_next_notes(series)] if selection.record_kind == "feed" else []
    return IndexResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        every=every,
        scale=series.scale,
        rows=rows,
        notes=(*series_notes(series, selection), *told),
        query=f"index by {every}; {describe_selection(selection)}",
    )


def _estimate(series: PairSeries, direction: str) -> dict[str, tuple[Estimate, ...]]:
    sums = {name: values[series.covered] for name, values in series.sums[direction].items()}
    scores, others = (sums["net"], sums["squares"], sums["scored"]), series.others[series.covered]
    clumping = series.clumping[direction]
    return {
        "volume": count_estimates(sums["n"], clumping["n"]),
        "conflict_volume": count_estimates(sums["conflict"], clumping["conflict"]),
        "cooperation_volume": count_estimates(sums["cooperation"], clumping["cooperation"]),
        "tone": mean_estimates(*scores),
        "conflict_share": share_estimates(sums["conflict"], sums["conflict"] + sums["cooperation"]),
        "military_share": share_estimates(sums["military"], sums["typed"]),
        "coercive_share": share_estimates(sums["coercive"], sums["typed"]),
        "net": sum_estimates(*scores, clumping["scored"]),
        "volume_rate": rate_estimates(sums["n"], others, clumping["n"]),
        "conflict_rate": rate_estimates(sums["conflict"], others, clumping["conflict"]),
        "cooperation_rate": rate_estimates(sums["cooperation"], others, clumping["cooperation"]),
    }


def _describe(series: PairSeries, direction: str) -> dict[str, tuple[Estimate, ...]]:
    """What a chosen record holds by period: counts, means and shares, no interval."""
    sums = {name: values[series.covered] for name, values in series.sums[direction].items()}
    both = sums["conflict"] + sums["cooperation"]
    parts = {
        "volume": (sums["n"], None),
        "conflict_volume": (sums["conflict"], None),
        "cooperation_volume": (sums["cooperation"], None),
        "tone": (sums["net"], sums["scored"]),
        "conflict_share": (sums["conflict"], both),
        "military_share": (sums["military"], sums["typed"]),
        "coercive_share": (sums["coercive"], sums["typed"]),
        "net": (sums["net"], None),
    }
    return {name: _plain(values, totals) for name, (values, totals) in parts.items()}


def _plain(values: Numbers, totals: Numbers | None) -> tuple[Estimate, ...]:
    if totals is None:
        return tuple(Estimate(float(value), None, None) for value in values)
    pairs = zip(values, totals, strict=True)
    return tuple(Estimate(float(value / total), None, None) if total else UNKNOWN for value, total in pairs)


def _row(period: date, direction: str, columns: dict[str, tuple[Estimate, ...]], at: int, others: int) -> IndexRow:
    estimates = {name: column[at] for name, column in columns.items()}
    return IndexRow(period, direction, n=round(estimates["volume"].value or 0), others=others, **estimates)  # type: ignore[arg-type]


def _next_notes(series: PairSeries) -> list[str]:
    sums = series.sums[JOINT]
    told = {name: predict_next(sums[name][series.whole]) for name in ("conflict", "cooperation")}
    parts = [
        f"{name} {item.value:.3g} [{item.low:.0f}, {item.high:.0f}]"
        for name, item in told.items()
        if item.low is not None
    ]
    if not parts:
        return []
    return [f"The next whole {series.every}, if it goes on as before (joint, 90 % prediction): {', '.join(parts)}."]


def _size_notes(series: PairSeries) -> list[str]:
    periods = int(series.covered.sum())
    if series.total >= max(_FEW_EVENTS, _FEW_A_PERIOD * periods):
        return []
    unit = series.every if periods == 1 else f"{series.every}s"
    events = "event" if series.total == 1 else "events"
    empty = int(np.sum(series.sums[JOINT]["n"][series.covered] == 0))
    return [f"{series.total} {events} in {periods} {unit}, {empty} of them empty: the intervals are wide."]
