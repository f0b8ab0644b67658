"""How reports of a pair clump by day: the noise of its counts."""

from datetime import date
from typing import Any, Final

import ibis.expr.types as ir
import numpy as np

from detente.measure.act_sums import aggregate_acts
from detente.measure.intervals import estimate_clumping
from detente.measure.periods import period_end, period_start
from detente.measure.select import JOINT
from detente.model.results import Every

_CLUMPED: Final = ("n", "conflict", "cooperation", "scored")


def clump_directions(
    rows: ir.Table,
    mirrored: list[dict[str, Any]],
    directions: tuple[str, str],
    every: Every,
    *,
    count_requests: bool,
) -> dict[str, dict[str, float]]:
    """How reports clump by day inside periods (weeks, where a period is a day)."""
    dated = rows.filter(rows.date_start == rows.date_end).mutate(day=rows.date_start)
    sums = aggregate_acts(dated, count_requests=count_requests, by=("day", "direction"))
    daily = sums.select("day", "direction", *_CLUMPED).to_pyarrow().to_pylist()
    length: Every = "week" if every == "day" else every
    placed = [_place(row, length) for row in daily]
    taken = [_place({"day": row["day"], **{name: -row[name] for name in _CLUMPED}}, length) for row in mirrored]
    found: dict[str, dict[str, float]] = {}
    for direction in (*directions, JOINT):
        mine = [one for one in placed if direction in (JOINT, one[2]["direction"])] + (
            taken if direction == JOINT else []
        )
        # One order, one last digit.
        sizes = {
            start: (period_end(start, length) - start).days + 1 for start in sorted({start for start, _, _ in mine})
        }
        found[direction] = {name: _clumping_of(mine, name, sizes) for name in _CLUMPED}
    return found


def _place(row: dict[str, Any], length: Every) -> tuple[date, int, dict[str, Any]]:
    """The period of a day's sums, the day's number in it, and the sums."""
    start = period_start(row["day"], length)
    return start, (row["day"] - start).days, row


def _clumping_of(mine: list[tuple[date, int, dict[str, Any]]], name: str, sizes: dict[date, int]) -> float:
    periods = {start: np.zeros(size) for start, size in sizes.items()}
    for start, day, row in mine:
        periods[start][day] += row[name] or 0
    return estimate_clumping(list(periods.values()))
