"""Forces as reported: the equipment and troops that acts name, each figure with its own report."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, Literal

from detente.measure.select import JOINT
from detente.measure.turns import Act, load_lexicon, lower, read_acts
from detente.model.events import Dyad, Event, Materiel, Quantity
from detente.model.results import ForceRow, ForcesResult
from detente.ontology.equipment import Equipment, load_equipment

FORCE_TYPES: Final = ("MOBILIZE", "ASSAULT", "AID")
FIGURES_NOTE: Final = "figures as reported: not a count of what is there, and two reports may tell one force twice"
STOCK_NOTE: Final = "a stock (aircraft based somewhere) and a flow (aircraft sent) are different things: never added"


def forces_as_reported(
    events: Iterable[Event],
    dyad: Dyad,
    *,
    actors: Literal["state", "all"] = "state",
    strict: bool = False,
) -> ForcesResult:
    """List the equipment and troops named in acts of force, posture and military help.

    Args:
        events: All events of the pair.
        dyad: The two sides.
        actors: `state` keeps agents of the state on both sides, `all` keeps everyone.
        strict: Whether alleged acts are left out.

    Returns:
        Rows in order of date, undated last; `day` only where the act is dated to the day. Figures that count
        no forces (minutes, kilometres, scrambles of a year) give no row.
    """
    reading = read_acts(events, dyad, actors=actors, strict=strict)
    acts = [act for act in reading.acts if act.report.event_type in FORCE_TYPES]
    rows = [row for act in acts for row in _rows(act, dyad)]
    planned = sum(bool(list(_rows(act, dyad))) for act in reading.future if act.report.event_type in FORCE_TYPES)
    return ForcesResult(
        dyad=dyad,
        rows=tuple(rows),
        notes=_notes(acts, rows, planned),
        query=f"chosen record; {dyad.a} <> {dyad.b}; actors {actors}; {', '.join(FORCE_TYPES)}"
        + ("; strict" if strict else ""),
    )


def _rows(act: Act, dyad: Dyad) -> Iterator[ForceRow]:
    for item in act.report.materiel:
        yield _row(act, dyad, item.item, item.category, item.count, None)
    for quantity in act.report.quantities:
        category = force_category(quantity)
        if category is not None and not _is_told(quantity, act.report.materiel):
            yield _row(act, dyad, quantity.item or category, category, quantity.value, quantity.unit)


def force_category(quantity: Quantity) -> str | None:
    """What kind of force a quantity counts, in its own words; None where it counts none.

    Examples:
        >>> force_category(Quantity(3500, "troops", None)), force_category(Quantity(2, "minutes", None))
        ('troops', None)
        >>> force_category(Quantity(300, "km", "missile range")) is None
        True
    """
    force = load_lexicon().concepts["force"].pattern
    unit = quantity.unit
    if unit is not None:
        return unit if force.search(lower(unit)) else None
    found = force.search(lower(quantity.item)) if quantity.item else None
    return found[0] if found else None


def _is_told(quantity: Quantity, materiel: Iterable[Materiel]) -> bool:
    """Whether equipment already carries the figure: two Su-35 are not two Su-35 and two fighters."""
    named = [lower(text) for text in (quantity.item, quantity.unit) if text]
    return any(item.count == quantity.value and _same_thing(item, named) for item in materiel)


@cache
def _equipment() -> Equipment:
    return load_equipment()


def _same_thing(item: Materiel, named: Iterable[str]) -> bool:
    texts = (lower(item.item), lower(item.category))
    kinds = {found.category for name in named for found in _equipment().find_equipment(name)}
    if item.category in kinds:
        return True  # 3,500 soldiers are the 3,500 troops
    return any(text in name or name.rstrip("s") in text for text in texts for name in named)


def _row(act: Act, dyad: Dyad, item: str, category: str, count: float | None, unit: str | None) -> ForceRow:
    report = act.report
    country = f"{dyad.a}+{dyad.b}" if act.direction == JOINT else act.direction.partition(">")[0]
    day = report.date_start if report.date_precision == "day" else None
    return ForceRow(country, item, category, count, unit, day, act.id, report.place_text)


def _notes(acts: Iterable[Act], rows: list[ForceRow], planned: int) -> tuple[str, ...]:
    with_rows = {row.event_id for row in rows}
    kept = [act for act in acts if act.id in with_rows]
    figures = {"MOBILIZE": 0, "ASSAULT": 0, "AID": 0}
    for act in kept:
        figures[act.report.event_type or ""] += 1
    notes = [FIGURES_NOTE, STOCK_NOTE] if rows else ["no act of this record names equipment or troops"]
    if figures["AID"]:
        notes.append(f"{figures['AID']} acts hand equipment or people over: listed under the giver")
    if any(act.direction == JOINT for act in kept):
        notes.append("acts of both sides: the report does not say whose forces, both are named")
    alleged = sum(act.report.status == "alleged" for act in kept)
    if alleged:
        notes.append(f"{alleged} of the acts are alleged by others")
    undated = sum(row.day is None for row in rows)
    if undated:
        notes.append(f"{undated} figures are not dated to a day")
    if planned:
        notes.append(f"{planned} planned acts name forces: not listed")
    return tuple(notes)
