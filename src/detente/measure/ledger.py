"""What stands on a day: sanctions, restrictions, agreements, deployments, broken-off talks, expulsions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from detente.measure.ledger_match import close_measures, enter_measure
from detente.measure.ledger_open import DONE, Measure, known_since, name_measure, open_measure
from detente.measure.turns import Act, Reading, read_acts
from detente.model.events import Dyad, Event
from detente.model.results import LedgerEntry, LedgerResult

_ORDER: Final = {"in force": 0, "last known": 1, "suspended": 2, "announced": 3, "ended": 4}
_BASES: Final = ("table", "structural", "acts", "membership")


def measures_in_force(
    events: Iterable[Event],
    dyad: Dyad,
    as_of: date,
    *,
    known_by: date | None = None,
    published: Mapping[str, date] | None = None,
    actors: Literal["state", "all"] = "state",
    strict: bool = False,
) -> LedgerResult:
    """List what one side holds against or with the other on a day, by the acts of a chosen record.

    An act counts once its whole span is past: a month-dated act from the end of its month. A measure
    stands until an act of the record ends it in words; what ended unreported stands here. An expulsion is a
    done act: it stands beside the ledger, not in it. A broken-off agreement or talk is listed from the
    day it was broken off.

    Args:
        events: All events of the pair.
        dyad: The two sides.
        as_of: The day asked about.
        known_by: Leave out what became known later: nothing of it is read, so the answer is the one that could have
            been given on that day; None for all that is known now.
        published: Publication day by document id; where absent, an act is known once it has happened.
        actors: `state` keeps agents of the state on both sides, `all` keeps everyone.
        strict: Whether alleged acts are left out.

    Returns:
        Entries in force first, then suspended, announced and ended, each in order of date.
    """
    days = published or {}
    known = tuple(events) if known_by is None else known_events(events, known_by, days)
    reading = read_acts(known, dyad, actors=actors, strict=strict)
    weighed = [act for act in (*reading.acts, *reading.future) if _stands_on(act, as_of, days)]
    measures: list[Measure] = []
    loose: list[Act] = []  # liftings that no entry fits
    for act in sorted(weighed, key=lambda act: (act.span or (date.max, date.max), act.id)):
        opened = open_measure(act, dyad, days)
        if opened is not None:
            enter_measure(measures, opened, reading)
        elif act.report.status != "future" and not close_measures(measures, act, reading):
            loose.append(act)
    entries = [measure.entry for measure in measures]
    left_out = len(reading.acts) + len(reading.future) - len(weighed)
    return LedgerResult(
        dyad=dyad,
        as_of=as_of,
        known_by=known_by,
        entries=sort_entries(entry for entry in entries if entry.kind != DONE),
        acts=len(weighed),
        notes=_notes(reading, measures, left_out, as_of) + tuple(map(_loose_note, loose)),
        query=f"chosen record; {dyad.a} <> {dyad.b}; actors {actors}; as of {as_of.isoformat()}"
        + (f"; known by {known_by.isoformat()}" if known_by else "")
        + ("; strict" if strict else ""),
        beside=sort_entries(entry for entry in entries if entry.kind == DONE),
    )


def known_events(events: Iterable[Event], known_by: date, published: Mapping[str, date]) -> tuple[Event, ...]:
    """The events that could be known by a day, with the evidence that was out by then.

    An event that several reports tell is known by the report that tells it: what the others add is left out where it
    was published later.

    Args:
        events: All events.
        known_by: The day.
        published: Publication day by document id.
    """
    found = []
    for event in events:
        told_since = known_since(replace(event, evidence=event.report.evidence or event.evidence), published)
        if told_since is not None and told_since <= known_by:
            out = tuple(item for item in event.evidence if published.get(item.document_id, known_by) <= known_by)
            found.append(replace(event, evidence=out))
    return tuple(found)


def add_entries(result: LedgerResult, entries: Iterable[LedgerEntry], notes: Iterable[str] = ()) -> LedgerResult:
    """A ledger with entries from elsewhere put in their places."""
    return replace(result, entries=sort_entries((*result.entries, *entries)), notes=(*result.notes, *notes))


def sort_entries(entries: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    """Entries by status, what comes from tables first, then by date."""
    return tuple(sorted(entries, key=_by_status))


def _stands_on(act: Act, as_of: date, published: Mapping[str, date]) -> bool:
    known = known_since(act.event, published)
    if act.report.status == "future" or act.span is None:
        return known is not None and known <= as_of
    return act.span[1] <= as_of


def _by_status(entry: LedgerEntry) -> tuple[int, int, date, str, str]:
    day = entry.until if entry.status == "ended" else entry.since
    return _ORDER[entry.status], _BASES.index(entry.basis), day or date.max, entry.by, entry.what


def _loose_note(act: Act) -> str:
    day = act.span[0].isoformat() if act.span is not None else "undated"
    return f"a lifting that fits no entry, what it ended is not known ({day}): {name_measure(act, None)}"


def _notes(reading: Reading, measures: Iterable[Measure], left_out: int, as_of: date) -> tuple[str, ...]:
    notes = ["what stands is what this record opened and did not end: an end that nobody reported is not seen"]
    if left_out:
        notes.append(
            f"{left_out} acts lie after {as_of.isoformat()}, became known later, or are dated too "
            "coarsely to say that they were over by then: not weighed"
        )
    notes += [
        f"dated no closer than {item.span[0].isoformat()} to {item.span[1].isoformat()}: {item.entry.what}"
        for item in measures
        if item.span is not None and item.span[0] != item.span[1] and item.entry.since == item.span[0]
    ]
    alleged = sum(act.report.status == "alleged" for act in reading.acts)
    if alleged:
        notes.append(f"{alleged} of the acts read are alleged by others and not denied in the record")
    return tuple(notes)
