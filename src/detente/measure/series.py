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
from detente.measure.act_sums import SUMS, aggregate_acts, in_one_order
from detente.measure.clumping import clump_directions
from detente.measure.coverage import count_coverage, partial_periods, record_name
from detente.measure.cubed import Record, Source, counted_rows, event_rows
from detente.measure.fixing import fix_rows
from detente.measure.mirrors import MIRROR_KEYS, keep_mirrorable, match_mirrors
from detente.measure.periods import assign_periods
from detente.measure.select import (
    JOINT,
    direction_names,
    select_events,
    select_pair,
    share_left_out,
)
from detente.model.results import Every, Selection

Numbers = npt.NDArray[np.float64]

_COUNTED: Final = (
    *("date_start", "date_end", "symmetric", "event_type", "mode", "cameo", "quad", "intensity", "intensity_scale"),
    "weight",
)
_SELECTED: Final = (
    *("feed", "record_kind", "status", "source_country", "target_country", "source_sector", "target_sector"),
    *_COUNTED,
)


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
    grouped = in_one_order(aggregate_acts(rows, count_requests=count_requests))
    state_only = selection.actors == "state"
    directions = direction_names(selection)
    told_both_ways = aggregate_acts(keep_mirrorable(rows), count_requests=count_requests, by=MIRROR_KEYS)
    mirrored = match_mirrors(in_one_order(told_both_ways), directions, SUMS)
    return PairSeries(
        every=every,
        periods=periods,
        sums=_spread(grouped, mirrored, periods, directions),
        coverage=coverage,
        others=others,
        partial=partial_periods(periods, span, every),
        span=span,
        undated=sum(row["n"] for row in grouped if row["period"] is None),
        scale=_one_scale(grouped, selection),
        clumping=clump_directions(rows, mirrored, directions, every, count_requests=count_requests),
        left_out=share_left_out(acts, selection) if state_only else None,
        source=source,
        mirrored=round(sum(row["n"] for row in mirrored)),
    )


def _spread(
    grouped: list[dict[str, object]],
    mirrored: list[dict[str, Any]],
    periods: tuple[date, ...],
    directions: tuple[str, str],
) -> dict[str, dict[str, Numbers]]:
    place = {start: number for number, start in enumerate(periods)}
    sums = {direction: {name: np.zeros(len(periods)) for name in SUMS} for direction in (*directions, JOINT)}
    for row in grouped:
        at = place.get(row["period"])  # type: ignore[call-overload]
        if at is None:
            continue
        counted_in = (*directions, JOINT) if row["symmetric"] else (str(row["direction"]), JOINT)
        for direction in counted_in:
            for name in SUMS:
                sums[direction][name][at] += row[name] or 0
    for twin in mirrored:
        for name in SUMS:
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
            f"intensity of {selection.dyad} in {record_name(selection)} is on {len(found)} scales "
            f"({', '.join(sorted(found))}): expected one, ask for dates or a feed with a single scale"
        )
    return next(iter(found), None)
