"""How reports of a pair clump by day: the noise of its counts."""

from datetime import date
from typing import Any, Final

import ibis.expr.types as ir
import numpy as np

from detente.measure.act_sums import aggregate_acts
from detente.measure.intervals import Numbers, estimate_clumping
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
