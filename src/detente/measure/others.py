"""Acts of two sides with each other and with everyone else, in equal windows before and after a date."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir

from detente.measure.select import STATE_SECTORS, select_record
from detente.model.results import Selection
from detente.ontology.countries import load_successions

_CONFLICT: Final = (3, 4)
_COOPERATION: Final = (1, 2)


@dataclass(frozen=True, slots=True)
class Cell:
    """Acts of one type, direction and window: how many, on how many days, of conflict and of cooperation."""

    source: str
    target: str
    event_type: str
    after: bool
    n: int
    days: int
    conflict: int
    cooperation: int


@dataclass(frozen=True, slots=True)
class Board:
    """All acts that involve a side; a code that counts as a side stands as the code asked."""

    a: str
    b: str
    cells: tuple[Cell, ...]

    def of_pair(self, one: str, other: str, *, after: bool | None = None) -> tuple[Cell, ...]:
        """Cells between two, either way; of one window if asked."""
        pair = {one, other}
        return tuple(cell for cell in self.cells if {cell.source, cell.target} == pair and after in (None, cell.after))

    def others(self, side: str) -> tuple[str, ...]:
        """Who acted with a side, the most acts before the date first: the order knows nothing of what came after."""
        counts: dict[str, int] = {}
        for cell in self.cells:
            if side in (cell.source, cell.target):
                other = cell.target if cell.source == side else cell.source
                if other not in (self.a, self.b):
                    counts[other] = counts.get(other, 0) + (0 if cell.after else cell.n)
        return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def count_board(events: ir.Table, selection: Selection, shock: date, since: date, until: date) -> Board:
    """Count the acts that involve a side, by direction, type and window, in one query.

    Args:
        events: The event view.
        selection: The pair and its record; `actors` and `strict` are kept.
        shock: First day of the window after.
        since: First day of the window before.
        until: The day after the window after.

    Returns:
        The counts. An act dated to a month or a year counts only in a window that holds its whole span.
    """
    rows = select_record(events, selection)
    sides = [*selection.a_codes, *selection.b_codes]
    acts = rows.filter(
        rows.status.fill_null("actual").isin(["actual"] if selection.strict else ["actual", "alleged"]),
        rows.event_type.notnull(),
        rows.source_country != rows.target_country,
        rows.source_country.isin(sides) | rows.target_country.isin(sides),
        rows.date_start >= since,
        rows.date_end < until,
        (rows.date_end < shock) | (rows.date_start >= shock),
    )
    if selection.actors == "state":
        acts = acts.filter(_is_state(acts.source_country, acts.source_sector))
        acts = acts.filter(_is_state(acts.target_country, acts.target_sector))
    # By day first: not every engine counts distinct days exactly.
    daily = acts.group_by(
        source=acts.source_country,
        target=acts.target_country,
        event_type=acts.event_type,
        after=acts.date_start >= shock,
        day=acts.date_start,
    ).aggregate(
        n=acts.count(),
        conflict=(acts.quad.isin(_CONFLICT) & (acts.event_type != "REQUEST")).sum(),
        cooperation=acts.quad.isin(_COOPERATION).sum(),
    )
    counted = daily.group_by(["source", "target", "event_type", "after"]).aggregate(
        n=daily.n.sum(), days=daily.count(), conflict=daily.conflict.sum(), cooperation=daily.cooperation.sum()
    )
    named = _names(selection)
    found = [
        Cell(
            named.get(row["source"], row["source"]),
            named.get(row["target"], row["target"]),
            row["event_type"],
            row["after"],
            row["n"],
            row["days"],
            row["conflict"] or 0,
            row["cooperation"] or 0,
        )
        for row in counted.to_pyarrow().to_pylist()
    ]
    kept = (cell for cell in found if cell.source != cell.target)
    order = sorted(kept, key=astuple)  # two cells may have one name, of a state and of what it succeeded
    return Board(selection.dyad.a, selection.dyad.b, tuple(order))


def total(cells: Iterable[Cell]) -> int:
    """Acts in cells."""
    return sum(cell.n for cell in cells)


def _names(selection: Selection) -> dict[str, str]:
    """Codes by what they count as: a predecessor of a side is the side, of another state that state."""
    named = {item.predecessor: item.successor for item in load_successions() if item.continuing}
    named |= dict.fromkeys(selection.a_codes, selection.dyad.a)
    return named | dict.fromkeys(selection.b_codes, selection.dyad.b)


def _is_state(country: ir.StringValue, sector: ir.StringValue) -> ir.BooleanValue:
    return sector.isnull() | sector.isin(list(STATE_SECTORS)) | ibis.coalesce(country.startswith("IGO:"), False)
