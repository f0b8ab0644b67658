"""A record as its events and, where a cube counts them, as that: the same answer from fewer rows.

A row of the cube stands for `n` events with the same date, sides, sectors, codes, status and score. What a measure
selects by these columns it selects from either; what it counts, it counts by `weight`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import ibis
import ibis.expr.types as ir

from detente.model.results import Selection

Source = Literal["cube", "events"]

_BOTH: Final = "-"


@dataclass(frozen=True, slots=True)
class Cubed:
    """A feed that is counted in a cube.

    Attributes:
        rows: The cube, as `docs/reference/columns.md` has it, with all feeds.
        coverage: The rows of each feed by date and side, side null for all.
        read_events: Gives the event view, for what a cube does not hold (ids, issues, places).
    """

    rows: ir.Table
    coverage: ir.Table
    read_events: Callable[[], ir.Table]


Record: TypeAlias = ir.Table | Cubed
"""What a measure reads: the event view, or a cube with the view behind it."""


def event_rows(record: Record) -> ir.Table:
    """The event view, whatever the record comes as."""
    return record.read_events() if isinstance(record, Cubed) else record


def counted_rows(record: Record, selection: Selection) -> tuple[ir.Table, Source]:
    """The rows to select the pair's acts from, each with its `weight` in events, and what they were read from."""
    if not isinstance(record, Cubed) or selection.record_kind != "feed":
        return weighted(event_rows(record)), "events"
    rows = record.rows.filter(record.rows.pair.isin(_pairs(selection.a_codes, selection.b_codes)))
    return rows.mutate(record_kind=ibis.literal("feed"), weight=rows.n), "cube"


def weighted(rows: ir.Table) -> ir.Table:
    """Rows with a `weight`: 1 where they have none."""
    return rows if "weight" in rows.columns else rows.mutate(weight=ibis.literal(1, "int64"))


def coverage_rows(record: Cubed, selection: Selection) -> ir.Table:
    """How many rows the feed has by date, and how many of them involve neither side.

    A row with two of the codes is in the counts of both and among their pair: it is taken back once.

    Args:
        record: A feed with a cube.
        selection: What was asked.

    Returns:
        `date_start`, `date_end`, `n`, `others`; several rows a date.
    """
    sides = sorted({*selection.a_codes, *selection.b_codes})
    all_rows = record.coverage.filter(record.coverage.feed == selection.feed)
    all_rows = all_rows.filter(all_rows.side.isnull() | all_rows.side.isin(sides))
    whole = all_rows.side.isnull()
    counted = all_rows.select(
        "date_start",
        "date_end",
        n=ibis.ifelse(whole, all_rows.n, 0),
        others=ibis.ifelse(whole, all_rows.n, -all_rows.n),
    )
    pairs = record.rows.filter(record.rows.feed == selection.feed, record.rows.pair.isin(_pairs(sides, sides)))
    twice = pairs.select("date_start", "date_end", n=ibis.literal(0, "int64"), others=pairs.n)
    return counted.union(twice)


def _pairs(a: Iterable[str], b: Iterable[str]) -> list[str]:
    """The names of pairs in the cube: both codes in order of the alphabet."""
    several = list(b)
    return sorted({_BOTH.join(sorted((one, other))) for one in a for other in several if one != other})
