"""Forces as reported: figures with their source, never added up."""

from detente.brief.acts import Acts, acts_query, order, publisher_of, record_size
from detente.brief.statements import by_events, by_query
from detente.brief.wording import cleaned, joined, number, sentence, when_words
from detente.model import Event, ForceRow, Statement

ForceGroup = tuple[Event, tuple[ForceRow, ...]]


def force_groups(acts: Acts) -> tuple[ForceGroup, ...]:
    """The rows of each event together, in order of date."""
    rows: dict[str, list[ForceRow]] = {}
    for row in acts.inputs.forces.rows if acts.inputs.forces else ():
        rows.setdefault(row.event_id, []).append(row)
    events = sorted((acts.by_id[name] for name in rows if name in acts.by_id), key=order)
    return tuple((event, tuple(rows[event.event_id])) for event in events)


def force_words(acts: Acts, event: Event, rows: tuple[ForceRow, ...]) -> str:
    """`March 2022, Russia: 3,500 soldiers, Su-35 and Orlan-10 (Kuril Islands; The Eurasian Times)`."""
    items = joined(_item(row) for row in rows)
    place = next((row.place for row in rows if row.place), None)
    told = [cleaned(part) for part in (place, publisher_of(event)) if part]
    marks = f" ({'; '.join(told)})" if told else ""
    return f"{when_words(event.report)}, {_holder(acts, rows[0].country)}: {items}{marks}"


def force_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement per report of forces."""
    forces = acts.inputs.forces
    if forces is None:
        return ()
    lines = [by_events("forces", f"{force_words(acts, event, rows)}.", [event]) for event, rows in force_groups(acts)]
    query = forces.query or acts_query(acts.inputs)
    if not lines:
        return (by_query("forces", "This record reports no forces.", query, record_size(acts.inputs)),)
    notes = forces.notes or ("Figures as reported; a stock and a flow are not added.",)
    return (*lines, *(by_query("forces", sentence(note), query, len(forces.rows)) for note in notes))


def _holder(acts: Acts, country: str) -> str:
    """Whose forces; `RUS+JPN` where the report does not say which side's."""
    return " and ".join(acts.inputs.name(code) for code in country.split("+"))


def _item(row: ForceRow) -> str:
    item = cleaned(row.item)
    if row.count is None:
        return item
    unit = cleaned(row.unit) if row.unit and row.unit.casefold() not in item.casefold() else ""
    return " ".join(part for part in (number(row.count), unit, item) if part)
