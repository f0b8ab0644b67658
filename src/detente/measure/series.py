"""Sums of a pair by period and direction: the one small table that index, breaks and impact read."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from detente.errors import DataError
from detente.measure.cubed import Cubed, Record, Source, counted_rows, coverage_rows, event_rows, weighted
from detente.measure.fixing import fix_rows
from detente.measure.intervals import estimate_clumping
from detente.measure.mirrors import MIRROR_KEYS, keep_mirrorable, match_mirrors
from detente.measure.periods import assign_periods, list_periods, period_end, period_start
from detente.measure.select import (
    JOINT,
    direction_names,
    select_dates,
    select_events,
    select_pair,
    select_record,
    share_left_out,
)
from detente.model.results import Every, Selection

Numbers = npt.NDArray[np.float64]

MILITARY_TYPES: Final = ("MOBILIZE", "ASSAULT")
MILITARY_MODES: Final = ("violence", "territory")  # of THREATEN: force, occupation (CAMEO 137, 138)
COERCIVE_TYPES: Final = ("SANCTION", "COERCE")
_COUNTED: Final = (
    *("date_start", "date_end", "symmetric", "event_type", "mode", "cameo", "quad", "intensity", "intensity_scale"),
    "weight",
)
_SELECTED: Final = (
    *("feed", "record_kind", "status", "source_country", "target_country", "source_sector", "target_sector"),
    *_COUNTED,
)
_CLUMPED: Final = ("n", "conflict", "cooperation", "scored")
_SUMS: Final = (
    "n",
    "typed",
    "conflict",
    "cooperation",
    "military",
    "coercive",
    "scored",
    "net",
    "squares",
)
# A first or last period counts as partly covered where more than this share of its days is missing.
_MISSING_DAYS: Final = 0.1


@dataclass(frozen=True, slots=True)
class PairSeries:
    """What a feed holds of a pair, by period.

    Attributes:
        every: Length of a period.
        periods: First days, all from the first to the last that the feed covers.
        sums: Direction (`A>B`, `B>A`, `joint`) to sum to array, (n_periods,): `n` rows; `typed` rows with
            an event type, and of those `conflict`, `cooperation`, `military`, `coercive`; `scored` rows,
            the `net` sum of their scores and the sum of `squares`.
        coverage: Rows of the whole feed, whoever acts, (n_periods,).
        others: Rows of the feed that involve neither side, (n_periods,).
        partial: Periods at either end that the feed (or the dates asked) covers only in part.
        span: First and last day of the feed within the dates asked.
        undated: Acts of the pair whose date spans more than a period or is unknown.
        clumping: Direction to count (`n`, `conflict`, `cooperation`) to the factor of `estimate_clumping`.
        scale: The intensity scale; None where no row is scored.
        left_out: Share of the pair's acts that are not state to state; None where all are counted.
        source: What was read: the cube or the events.
        mirrored: Acts told from both sides, each counted in both directions and once in `joint`.
    """

    every: Every
    periods: tuple[date, ...]
    sums: dict[str, dict[str, Numbers]]
    coverage: Numbers
    others: Numbers
    partial: tuple[date, ...]
    span: tuple[date, date]
    undated: int
    scale: str | None
    clumping: dict[str, dict[str, float]]
    left_out: float | None
    source: Source = "events"
    mirrored: int = 0

    @property
    def covered(self) -> npt.NDArray[np.bool_]:
        """Which periods hold any event of the whole feed, (n_periods,)."""
        return np.asarray(self.coverage > 0)

    @property
    def whole(self) -> npt.NDArray[np.bool_]:
        """Which periods are covered from their first to their last day, (n_periods,)."""
        partial = np.array([start in self.partial for start in self.periods])
        return np.asarray(self.covered & ~partial)

    @property
    def total(self) -> int:
        """Dated acts of the pair."""
        return int(self.sums[JOINT]["n"].sum())


Keep = Callable[[ir.Table], ir.Table]
"""Which of a pair's acts are added up."""


def build_series(
    record: Record, selection: Selection, every: Every, *, count_requests: bool = False, keep: Keep | None = None
) -> PairSeries:
    """Add up the acts of a pair by period and direction.

    Args:
        record: The event view, or a cube.
        selection: What was asked.
        every: Length of a period.
        count_requests: Whether REQUEST counts as conflict where its quad class says so.
        keep: Keeps some of the acts, by columns of the event view; None for all.

    Returns:
        The sums. A symmetric act, and one that the feed tells from both sides, counts once in `joint` and once in
        each direction.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    periods, coverage, others, span = count_coverage(record, selection, every)
    # A cube has no columns to tell some acts from others.
    acts, source = counted_rows(event_rows(record) if keep else record, selection)
    # Fixed once, and again when chosen: else each sum below looks for the pair in the whole record.
    pair = select_pair(acts, selection)
    acts = fix_rows(pair, weighed=False) if keep else fix_rows(pair.select(*_SELECTED), weighed=True)
    chosen = select_events(acts, selection)
    rows = assign_periods(keep(chosen) if keep else chosen, every).select("period", "direction", *_COUNTED).cache()
    grouped = aggregate_acts(rows, count_requests=count_requests).to_pyarrow().to_pylist()
    state_only = selection.actors == "state"
    directions = direction_names(selection)
    told_both_ways = aggregate_acts(keep_mirrorable(rows), count_requests=count_requests, by=MIRROR_KEYS)
    mirrored = match_mirrors(told_both_ways.to_pyarrow().to_pylist(), directions, _SUMS)
    return PairSeries(
        every=every,
        periods=periods,
        sums=_spread(grouped, mirrored, periods, directions),
        coverage=coverage,
        others=others,
        partial=_partial_periods(periods, span, every),
        span=span,
        undated=sum(row["n"] for row in grouped if row["period"] is None),
        scale=_one_scale(grouped, selection),
        clumping=_clumping(rows, mirrored, directions, every, count_requests=count_requests),
        left_out=share_left_out(acts, selection) if state_only else None,
        source=source,
        mirrored=round(sum(row["n"] for row in mirrored)),
    )


def count_coverage(
    record: Record, selection: Selection, every: Every
) -> tuple[tuple[date, ...], Numbers, Numbers, tuple[date, date]]:
    """The periods a feed covers, its rows in each, those that involve neither side, and its first and last day."""
    if isinstance(record, Cubed) and selection.record_kind == "feed":
        rows = coverage_rows(record, selection)
    else:
        feed = select_record(record, selection)
        sides = [*selection.a_codes, *selection.b_codes]
        source, target = (column.fill_null("") for column in (feed.source_country, feed.target_country))
        involved = source.isin(sides) | target.isin(sides)
        # Days first, then periods: a day is worked out once, not for each of its rows.
        rows = feed.group_by(["date_start", "date_end"]).aggregate(n=feed.count(), others=(~involved).sum())
    rows = assign_periods(select_dates(rows, selection), every)
    rows = rows.filter(rows.period.notnull())
    counts = rows.group_by("period").aggregate(
        n=rows.n.sum(), others=rows.others.sum(), first=rows.date_start.min(), last=rows.date_end.max()
    )
    found = counts.order_by("period").to_pyarrow().to_pylist()
    if not found:
        raise DataError(
            f"no dated event in {_record_name(selection)} between {selection.since or 'the beginning'} and "
            f"{selection.until or 'the end'}: expected at least one, widen the dates or import the feed"
        )
    span = found[0]["first"], found[-1]["last"]
    periods = list_periods(found[0]["period"], found[-1]["period"], every)
    by_period = {row["period"]: row for row in found}
    coverage, others = (
        np.array([float(by_period[start][name]) if start in by_period else 0.0 for start in periods])
        for name in ("n", "others")
    )
    return periods, coverage, others, span


def aggregate_acts(
    rows: ir.Table, *, count_requests: bool = False, by: tuple[str, ...] = ("period", "direction", "symmetric")
) -> ir.Table:
    """The sums of `PairSeries` over groups of acts, with the first and last name of the intensity scale."""
    rows = weighted(rows)
    typed = rows.event_type.notnull()
    conflict = typed & rows.quad.isin([3, 4])
    if not count_requests:
        conflict = conflict & (rows.event_type != "REQUEST")
    military = rows.event_type.isin(list(MILITARY_TYPES)) | (
        (rows.event_type == "THREATEN") & rows["mode"].isin(list(MILITARY_MODES))
    )
    coercive = military | rows.event_type.isin(list(COERCIVE_TYPES))
    scored = typed & rows.intensity.notnull()
    return rows.group_by(list(by)).aggregate(
        n=rows.weight.sum(),
        typed=rows.weight.sum(where=typed),
        conflict=rows.weight.sum(where=conflict),
        cooperation=rows.weight.sum(where=typed & rows.quad.isin([1, 2])),
        military=rows.weight.sum(where=military),
        coercive=rows.weight.sum(where=coercive),
        scored=rows.weight.sum(where=scored),
        net=(rows.intensity * rows.weight).sum(where=scored).round(6),  # whatever order the engine adds in
        squares=(rows.intensity * rows.intensity * rows.weight).sum(where=scored).round(6),
        scale_first=rows.intensity_scale.min(where=scored),
        scale_last=rows.intensity_scale.max(where=scored),
    )


def _clumping(
    rows: ir.Table,
    mirrored: list[dict[str, Any]],
    directions: tuple[str, str],
    every: Every,
    *,
    count_requests: bool,
) -> dict[str, dict[str, float]]:
    """How reports clump by day inside periods (weeks, where a period is a day)."""
    dated = rows.filter(rows.date_start == rows.date_end).mutate(day=rows.date_start)
    daily = aggregate_acts(dated, count_requests=count_requests, by=("day", "direction")).to_pyarrow().to_pylist()
    length: Every = "week" if every == "day" else every
    found: dict[str, dict[str, float]] = {}
    for direction in (*directions, JOINT):
        mine = [row for row in daily if direction in (JOINT, row["direction"])]
        if direction == JOINT:
            mine += [{"day": row["day"], **{name: -row[name] for name in _CLUMPED}} for row in mirrored]
        found[direction] = {name: _clumping_of(mine, name, length) for name in _CLUMPED}
    return found


def _clumping_of(daily: list[dict[str, Any]], name: str, length: Every) -> float:
    periods: dict[date, Numbers] = {}
    for row in daily:
        start = period_start(row["day"], length)
        if start not in periods:
            periods[start] = np.zeros((period_end(start, length) - start).days + 1)
        periods[start][(row["day"] - start).days] += row[name] or 0
    return estimate_clumping([periods[start] for start in sorted(periods)])  # one order, one last digit


def _spread(
    grouped: list[dict[str, object]],
    mirrored: list[dict[str, Any]],
    periods: tuple[date, ...],
    directions: tuple[str, str],
) -> dict[str, dict[str, Numbers]]:
    place = {start: number for number, start in enumerate(periods)}
    sums = {direction: {name: np.zeros(len(periods)) for name in _SUMS} for direction in (*directions, JOINT)}
    for row in grouped:
        at = place.get(row["period"])  # type: ignore[call-overload]
        if at is None:
            continue
        counted_in = (*directions, JOINT) if row["symmetric"] else (str(row["direction"]), JOINT)
        for direction in counted_in:
            for name in _SUMS:
                sums[direction][name][at] += row[name] or 0
    for twin in mirrored:
        for name in _SUMS:
            sums[JOINT][name][place[twin["period"]]] -= twin[name]
    return sums


def _one_scale(grouped: list[dict[str, object]], selection: Selection) -> str | None:
    found: defaultdict[str, int] = defaultdict(int)
    for row in grouped:
        for name in ("scale_first", "scale_last"):
            if row[name] is not None:
                found[str(row[name])] += 1
    if len(found) > 1:
        raise DataError(
            f"intensity of {selection.dyad} in {_record_name(selection)} is on {len(found)} scales "
            f"({', '.join(sorted(found))}): expected one, ask for dates or a feed with a single scale"
        )
    return next(iter(found), None)


def _partial_periods(periods: tuple[date, ...], span: tuple[date, date], every: Every) -> tuple[date, ...]:
    first, last = periods[0], periods[-1]

    def missing(start: date, days: int) -> bool:
        return days > _MISSING_DAYS * ((period_end(start, every) - start).days + 1)

    late = (span[0] - first).days
    early = (period_end(last, every) - span[1]).days
    ends = [first] if missing(first, late) else []
    return tuple([*ends, last] if missing(last, early) and (last != first or not ends) else ends)


def _record_name(selection: Selection) -> str:
    return f"feed {selection.feed}" if selection.record_kind == "feed" else "the chosen record"


def series_notes(series: PairSeries, selection: Selection) -> list[str]:
    """What a reader must know of the record behind the sums, one sentence each."""
    first, last = series.span
    notes = [f"Record: {_record_name(selection)}, {first} to {last}; {series.total} dated acts of the pair."]
    if selection.record_kind == "chosen":
        notes.append("A chosen record: the counts measure what was chosen, not how often it happened.")
    for side, codes in zip(selection.dyad, (selection.a_codes, selection.b_codes), strict=True):
        if others := [code for code in codes if code != side]:
            notes.append(f"{side} includes {', '.join(others)}.")
    if selection.record_kind == "feed":
        notes.append(f"Read from the {series.source}.")
    if series.left_out:
        notes.append(
            f"{series.left_out:.0%} of the pair's acts are not state to state and are left out "
            "(`--actors all` counts them)."
        )
    if series.mirrored:
        acts = "1 act is" if series.mirrored == 1 else f"{series.mirrored} acts are"
        notes.append(
            f"{acts} told from both sides (same day, sides swapped, the code of a shared act): once in joint, "
            "once in each direction."
        )
    return notes + _gap_notes(series) + _scale_notes(series)


def _gap_notes(series: PairSeries) -> list[str]:
    notes = []
    if series.partial:
        names = " and ".join(start.isoformat() for start in series.partial)
        notes.append(f"Only part of the {series.every} that begins on {names} is covered: its counts are low.")
    if gaps := int(np.sum(~series.covered)):
        notes.append(f"{gaps} periods in which the record holds nothing at all are gaps, not zeros.")
    if series.undated:
        acts = "act is" if series.undated == 1 else "acts are"
        notes.append(f"{series.undated} {acts} dated no closer than a {series.every} and not counted.")
    return notes


def _scale_notes(series: PairSeries) -> list[str]:
    sums = series.sums[JOINT]
    typed, scored = float(sums["typed"].sum()), float(sums["scored"].sum())
    notes = []
    if series.total and typed < series.total:
        notes.append(f"{series.total - typed:.0f} acts have no event type: volume only.")
    if typed:
        notes.append(
            f"Scale {series.scale}: {scored / typed:.0%} of typed acts are scored."
            if series.scale
            else "No act is scored: no tone and no net sum."
        )
    return notes
