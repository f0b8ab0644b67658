"""Other pairs that involve a side, in the same record: counts before and after, no test."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir

from detente.measure.select import select_record
from detente.model import Dyad, Selection

_MOST: Final = 8
_CONFLICT: Final = (3, 4)


@dataclass(frozen=True, slots=True)
class OtherPair:
    """Acts of a pair in two windows of equal length; conflict is quad 3 and 4 without REQUEST."""

    dyad: Dyad
    before: int
    after: int
    conflict_before: int
    conflict_after: int
    query: str


def count_other_pairs(
    events: ir.Table, selection: Selection, shock: date, since: date, until: date
) -> tuple[OtherPair, ...]:
    """Count the acts of a side with others than the other side.

    Args:
        events: The event view.
        selection: The pair asked about, and its record.
        shock: The first day of the second window.
        since: First day of the first window.
        until: The day after the second window.

    Returns:
        Pairs by number of acts, eight at most. A month- or year-dated act counts only in a window that
        holds its whole span.
    """
    rows = select_record(events, selection)
    sides = [*selection.a_codes, *selection.b_codes]
    acts = rows.filter(
        rows.status.isin(["actual"] if selection.strict else ["actual", "alleged"]),
        rows.event_type.notnull(),
        rows.source_country != rows.target_country,
        rows.source_country.isin(sides) | rows.target_country.isin(sides),
        ~(rows.source_country.isin(sides) & rows.target_country.isin(sides)),
        rows.date_start >= since,
        rows.date_end < until,
        (rows.date_end < shock) | (rows.date_start >= shock),
    )
    side = ibis.ifelse(acts.source_country.isin(sides), acts.source_country, acts.target_country)
    other = ibis.ifelse(acts.source_country.isin(sides), acts.target_country, acts.source_country)
    after = acts.date_start >= shock
    conflict = acts.quad.isin(_CONFLICT) & (acts.event_type != "REQUEST")
    counted = acts.group_by(side=side, other=other).aggregate(
        before=(~after).sum(),
        after=after.sum(),
        conflict_before=(conflict & ~after).sum(),
        conflict_after=(conflict & after).sum(),
    )
    found = sorted(
        counted.to_pyarrow().to_pylist(), key=lambda row: (-row["before"] - row["after"], row["side"], row["other"])
    )
    query = f"other pairs of {selection.dyad}; {since.isoformat()}..{until.isoformat()}; shock {shock.isoformat()}"
    return tuple(
        OtherPair(
            Dyad(row["side"], row["other"]),
            row["before"],
            row["after"],
            row["conflict_before"],
            row["conflict_after"],
            query,
        )
        for row in found[:_MOST]
    )
