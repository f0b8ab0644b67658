"""A pair by day: acts of each direction and kind, the rest of the feed, and acts with third parties."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from detente.errors import DataError
from detente.measure.select import ACT_STATUSES, direction_names, select_events, select_record
from detente.measure.series import Numbers
from detente.model.results import Selection

KINDS: Final = ("conflict", "cooperation", "verbal conflict", "material conflict")
_GAP: Final = 28  # days without any row of the feed from which silence is a gap
_MOST_THIRD: Final = 3


@dataclass(frozen=True, slots=True)
class DailyPair:
    """A pair by day, over every day from the feed's first to its last.

    Attributes:
        first: UTC date of the first day.
        counts: (direction, kind) to acts by day, (n_days,).
        others: Rows of the feed that involve neither side, (n_days,).
        third: Third party to its conflict acts with either side, either way, (n_days,); `rest` for all not named.
        covered: Days on which the feed ran, (n_days,).
        symmetric: Acts left out because both sides did them (met, clashed).
        mirrored: Rows left out because the same day has the same code the other way round.
        undated: Acts that are dated no closer than a day's span, left out.
    """

    first: date
    counts: dict[tuple[str, str], Numbers]
    others: Numbers
    third: dict[str, Numbers]
    covered: npt.NDArray[np.bool_]
    symmetric: int
    mirrored: int
    undated: int

    @property
    def days(self) -> int:
        """How many days there are."""
        return len(self.others)

    def place(self, day: date) -> int:
        """The place of a day, within the record."""
        return min(max((day - self.first).days, 0), self.days)

    def day(self, place: int) -> date:
        """The day at a place."""
        return self.first + timedelta(days=place)


def count_days(events: ir.Table, selection: Selection) -> DailyPair:
    """Count a pair's acts by day, with what else the feed holds.

    A symmetric act is nobody's answer and is left out; so is a row with a mirror image (same day and code, sides
    swapped), which is most often one sentence coded both ways. REQUEST is no conflict.

    Args:
        events: The event view.
        selection: What was asked.

    Returns:
        The counts. Named third parties are the three with most conflict acts with the side they have less to do with.

    Raises:
        DataError: If the feed holds no event dated to a day in the dates asked.
    """
    found = _feed_days(events, selection)
    if not found:
        raise DataError(
            f"no event of feed {selection.feed} is dated to a day between {selection.since or 'the beginning'} and "
            f"{selection.until or 'the end'}: expected at least one, widen the dates or import the feed"
        )
    first = min(row["day"] for row in found)
    days = (max(row["day"] for row in found) - first).days + 1
    at = _placer(first)
    others, rows = np.zeros(days), np.zeros(days)
    for row in found:
        rows[at(row["day"])] += row["n"]
        others[at(row["day"])] += 0 if row["involved"] else row["n"]
    acts, symmetric, undated = _pair_days(events, selection)
    counts, mirrored = _directions(acts, direction_names(selection), days, at)
    third = _third_days([row for row in found if row["third"] and row["conflict"]], days, at)
    return DailyPair(first, counts, others, third, _covered(rows), symmetric, mirrored, undated)


def _placer(first: date) -> Callable[[date], int]:
    return lambda day: (day - first).days


def _feed_days(events: ir.Table, selection: Selection) -> list[dict[str, Any]]:
    """Rows of the feed by day, and of those with one side in them by the other party, with its conflict acts."""
    rows = select_record(events, selection)
    rows = rows.filter(rows.date_start == rows.date_end)
    if selection.since is not None:
        rows = rows.filter(rows.date_start >= ibis.literal(selection.since))
    if selection.until is not None:
        rows = rows.filter(rows.date_end <= ibis.literal(selection.until))
    sides = [*selection.a_codes, *selection.b_codes]
    source, target = (column.fill_null("?") for column in (rows.source_country, rows.target_country))
    from_side, to_side = source.isin(sides), target.isin(sides)
    third = exactly_one(from_side, to_side)
    is_act = rows.status.fill_null("actual").isin(list(ACT_STATUSES))
    rows = rows.mutate(
        day=rows.date_start,
        involved=from_side | to_side,
        third=third,
        of_a=third & ibis.ifelse(from_side, source, target).isin(list(selection.a_codes)),
        other=ibis.ifelse(third, ibis.ifelse(from_side, target, source), ""),
        hostile=act_kinds(rows)["conflict"] & is_act,
    )
    counted = rows.group_by(["day", "involved", "third", "of_a", "other"]).aggregate(
        n=rows.count(), conflict=rows.hostile.sum()
    )
    return list(counted.order_by(["day", "other", "of_a"]).to_pyarrow().to_pylist())


def exactly_one(one: ir.BooleanValue, other: ir.BooleanValue) -> ir.BooleanValue:
    """Whether one of two holds and the other does not; `x IN (…) <> y IN (…)` is read in two ways by SQL's dialects."""
    return (one & ~other) | (other & ~one)


def act_kinds(rows: ir.Table) -> dict[str, ir.BooleanValue]:
    """Which rows are of which kind; REQUEST is no conflict, and a row without a type is of no kind."""
    typed = rows.event_type.notnull()
    told = typed & (rows.event_type != "REQUEST")
    return {
        "conflict": told & rows.quad.isin([3, 4]),
        "cooperation": typed & rows.quad.isin([1, 2]),
        "verbal conflict": told & (rows.quad == 3),
        "material conflict": told & (rows.quad == 4),
    }


def _pair_days(events: ir.Table, selection: Selection) -> tuple[list[dict[str, Any]], int, int]:
    rows = select_events(events, selection)
    rows = rows.mutate(
        symmetric=ibis.coalesce(rows.symmetric, ibis.literal(value=False)),
        dated=ibis.coalesce(rows.date_start == rows.date_end, ibis.literal(value=False)),
        day=rows.date_start,
        code=rows.cameo,
    )
    sums = {kind: found.sum() for kind, found in act_kinds(rows).items()}
    counted = rows.group_by(["day", "dated", "symmetric", "direction", "code"]).aggregate(n=rows.count(), **sums)
    found = counted.to_pyarrow().to_pylist()
    symmetric = sum(row["n"] for row in found if row["dated"] and row["symmetric"])
    undated = sum(row["n"] for row in found if not row["dated"])
    return [row for row in found if row["dated"] and not row["symmetric"]], symmetric, undated


def _directions(
    acts: list[dict[str, Any]], directions: tuple[str, str], days: int, at: Callable[[date], int]
) -> tuple[dict[tuple[str, str], Numbers], int]:
    counts = {(direction, kind): np.zeros(days) for direction in directions for kind in KINDS}
    by_code = {(row["day"], row["code"], row["direction"]): row["n"] for row in acts if row["code"]}
    opposite = dict(zip(directions, reversed(directions), strict=True))
    mirrored = 0
    for row in acts:
        both = min(row["n"], by_code.get((row["day"], row["code"], opposite[row["direction"]]), 0))
        mirrored += both
        for kind in KINDS:
            # All rows of a code are of one kind.
            counts[row["direction"], kind][at(row["day"])] += (row[kind] or 0) * (1 - both / row["n"])
    return {key: np.rint(series) for key, series in counts.items()}, mirrored


def _third_days(found: list[dict[str, Any]], days: int, at: Callable[[date], int]) -> dict[str, Numbers]:
    totals: dict[str, list[int]] = {}
    for row in found:
        totals.setdefault(row["other"], [0, 0])[int(row["of_a"])] += row["conflict"]
    shared = sorted((name for name in totals if name != "?"), key=lambda name: (-min(totals[name]), name))
    named = [name for name in shared[:_MOST_THIRD] if min(totals[name]) > 0]
    third = {name: np.zeros(days) for name in (*named, "rest")}
    for row in found:
        third[row["other"] if row["other"] in named else "rest"][at(row["day"])] += row["conflict"]
    return {name: series for name, series in third.items() if series.any()}


def _covered(rows: Numbers) -> npt.NDArray[np.bool_]:
    covered = np.ones(len(rows), dtype=bool)
    seen = np.flatnonzero(rows > 0)
    for before, after in pairwise(seen):
        if after - before > _GAP:
            covered[before + 1 : after] = False
    return covered
