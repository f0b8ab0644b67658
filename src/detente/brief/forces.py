"""Forces as reported: figures with their source, never added up."""

from detente.brief.acts import Acts, acts_query, order, publisher_of, record_size
from detente.brief.notes import note_words
from detente.brief.statements import by_events, by_query
from detente.brief.wording import cleaned
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
    items = acts.language.join(_item(acts, row) for row in rows)
    place = next((row.place for row in rows if row.place), None)
    told = [cleaned(part) for part in (place, publisher_of(event)) if part]
    marks = acts.say("forces.marks", marks="; ".join(told)) if told else ""
    return acts.say("forces.line", when=acts.when(event), who=_holder(acts, rows[0].country), items=items, marks=marks)


def force_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement per report of forces."""
    forces = acts.inputs.forces
    if forces is None:
        return ()
    lines = [
        by_events("forces", f"{acts.language.capital(force_words(acts, event, rows))}.", [event])
        for event, rows in force_groups(acts)
    ]
    query = forces.query or acts_query(acts.inputs)
    if not lines:
        return (by_query("forces", acts.say("forces.none"), query, record_size(acts.inputs)),)
    notes = [note_words(acts, note) for note in forces.notes] or [acts.say("forces.figures")]
    return (*lines, *(by_query("forces", note, query, len(forces.rows)) for note in notes))


def _holder(acts: Acts, country: str) -> str:
    """Whose forces; `RUS+JPN` where the report does not say which side's."""
    return acts.language.join(acts.inputs.name(code) for code in country.split("+"))


def _item(acts: Acts, row: ForceRow) -> str:
    item = acts.language.term(cleaned(row.item))
    if row.count is None:
        return item
    own = row.unit and row.unit.casefold() not in row.item.casefold()
    unit = acts.language.term(cleaned(row.unit)) if row.unit and own else ""
    return acts.say("forces.counted", n=row.count, item=f"{unit} {item}".strip())
