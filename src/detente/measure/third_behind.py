"""Third parties that had to do with both sides just before: each may be what both sides followed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, TypeAlias

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from detente.measure.daily import act_kinds, exactly_one
from detente.measure.select import ACT_STATUSES, select_dates, select_record
from detente.model.results import Selection

Days = npt.NDArray[np.int64]
ThirdKey: TypeAlias = tuple[str, bool, str]
"""The other's name, whether the side is the first of the dyad, and the kind of act."""
_NEVER: Final = -(10**6)
KINDS: Final = ("conflict", "cooperation")


@dataclass(frozen=True, slots=True)
class ThirdAct:
    """A third party's act with one side, either way."""

    other: str
    event_type: str | None
    day: date
    event: str


@dataclass(frozen=True, slots=True)
class ThirdActs:
    """Acts of the record between one of the pair and a named other, by other, side and kind, in order of day.

    Attributes:
        days: Ordinal days of the acts, (n,).
        types: Their event types, (n,).
        events: Their ids, (n,).
    """

    days: dict[ThirdKey, Days]
    types: dict[ThirdKey, list[str | None]]
    events: dict[ThirdKey, list[str]]

    @property
    def others(self) -> tuple[str, ...]:
        """The third parties by name."""
        return tuple(sorted({other for other, _, _ in self.days}))

    def act(self, key: ThirdKey, place: int) -> ThirdAct:
        """The act at a place."""
        day = date.fromordinal(int(self.days[key][place]))
        return ThirdAct(key[0], self.types[key][place], day, self.events[key][place])


def read_third_acts(events: ir.Table, selection: Selection) -> ThirdActs:
    """The acts of the record that have one of the pair on one end and another state or organisation on the other.

    Args:
        events: The event view.
        selection: What was asked; its `actors` is ignored.

    Returns:
        Acts dated to a day; one a day, other, side, kind and direction.
    """
    rows = select_dates(select_record(events, selection), selection)
    sides = [*selection.a_codes, *selection.b_codes]
    from_side, to_side = rows.source_country.isin(sides), rows.target_country.isin(sides)
    statuses = ["actual"] if selection.strict else list(ACT_STATUSES)
    rows = rows.filter(
        exactly_one(from_side, to_side),
        rows.source_country.notnull() & rows.target_country.notnull(),
        rows.date_start == rows.date_end,
        rows.status.fill_null("actual").isin(statuses),
    )
    from_side = rows.source_country.isin(sides)
    kinds = act_kinds(rows)
    rows = rows.mutate(
        other=ibis.ifelse(from_side, rows.target_country, rows.source_country),
        of_a=ibis.ifelse(from_side, rows.source_country, rows.target_country).isin(list(selection.a_codes)),
        kind=ibis.cases((kinds["conflict"], "conflict"), (kinds["cooperation"], "cooperation"), else_=None),
    )
    rows = rows.filter(rows.kind.notnull())
    once = rows.group_by(["date_start", "other", "of_a", "kind"]).aggregate(
        event=rows.event_id.min(), event_type=rows.event_type.argmin(rows.event_id)
    )
    # Columns, not rows: a large power's dealings with everyone are tens of thousands.
    found = once.order_by(["other", "of_a", "kind", "date_start"]).to_pyarrow().to_pydict()
    ordinals = np.array([day.toordinal() for day in found["date_start"]], dtype=np.int64)
    keys: list[ThirdKey] = list(zip(found["other"], map(bool, found["of_a"]), found["kind"], strict=True))
    ends = [at for at in range(1, len(keys) + 1) if at == len(keys) or keys[at] != keys[at - 1]]
    parts = {keys[end - 1]: slice(start, end) for start, end in pairwise([0, *ends])}
    return ThirdActs(
        {key: ordinals[part] for key, part in parts.items()},
        {key: found["event_type"][part] for key, part in parts.items()},
        {key: found["event"][part] for key, part in parts.items()},
    )


def find_behind(
    thirds: ThirdActs, kind: str, first: Days, second: Days, *, first_is_a: npt.NDArray[np.bool_], within: int
) -> Sequence[ThirdAct | None]:
    """For each pair of acts the third party that had to do with both sides latest, if any did.

    Args:
        thirds: Acts with third parties.
        kind: Their kind.
        first: Ordinal days of the first acts, (n,).
        second: Ordinal days of the second acts, (n,).
        first_is_a: Whether the first side of the dyad acted first, (n,).
        within: Days before an act in which the third party's must lie; the act's own day counts.

    Returns:
        The third party's latest act with the side that acted first, or None, (n,).
    """
    best = np.full(len(first), _NEVER)
    found: list[ThirdAct | None] = [None] * len(first)
    for other in thirds.others:
        place = np.full(len(first), -1)
        latest = np.full(len(first), _NEVER)
        reached = np.zeros(len(first), dtype=bool)
        for of_a in (True, False):
            days = thirds.days.get((other, of_a, kind))
            if days is None:
                continue
            mine = first_is_a == of_a
            place[mine], latest[mine] = _latest(days, first[mine])
            # The other side's must come before its own act, and not long before the first.
            reached[~mine] = _latest(days, second[~mine] - 1)[1] >= first[~mine] - within
        better = reached & (latest >= first - within) & (latest > best)
        best[better] = latest[better]
        for at in np.flatnonzero(better):
            found[at] = thirds.act((other, bool(first_is_a[at]), kind), place[at])
    return found


def _latest(days: Days, until: Days) -> tuple[Days, Days]:
    """Place and value of the last day not after each day; a day long past where there is none."""
    places = np.searchsorted(days, until, side="right") - 1
    return places, np.where(places >= 0, days[np.maximum(places, 0)], _NEVER)
