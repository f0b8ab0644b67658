"""The ledger of a pair: its own acts, standing tables, an organisation's acts at its members, structural tables."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.model import Dyad as Pair
from detente.model import Event, LedgerEntry, LedgerResult, Selection

if TYPE_CHECKING:
    from detente.store import Snapshot


def read_ledger(
    snapshot: "Snapshot",
    selection: Selection,
    events: Sequence[Event],
    as_of: date,
    *,
    known_by: date | None = None,
    structural: Path | None = None,
) -> LedgerResult:
    """Everything that stands between two sides on a day.

    Args:
        snapshot: The state of the store to read.
        selection: The pair, its record the chosen one.
        events: All events of the pair.
        as_of: The day asked about.
        known_by: Leave out what became known later.
        structural: A folder of structural tables of the user's.

    Returns:
        The ledger; each entry says by `basis` and `source` what it rests on.

    Raises:
        InputError: If the structural tables cannot be read.
    """
    from detente.measure.ledger import add_entries, measures_in_force
    from detente.measure.ledger_structural import structural_entries
    from detente.measure.ledger_tables import membership_notes, standing_entries

    options: dict[str, Any] = {"known_by": known_by, "actors": selection.actors, "strict": selection.strict}
    own = measures_in_force(events, selection.dyad, as_of, published=publication_days(snapshot, events), **options)
    carried = _carried(snapshot, selection, as_of, options)
    entries = [*standing_entries(selection.dyad, as_of, known_by), *carried]
    if structural is not None:
        from detente.api.structural_files import read_structural

        codes = (selection.a_codes, selection.b_codes)
        entries += structural_entries(read_structural(structural), codes, selection.dyad, as_of, known_by)
    return add_entries(own, entries, membership_notes(carried))


def publication_days(snapshot: "Snapshot", events: Sequence[Event]) -> Mapping[str, date]:
    """The day on which each document behind some events was out, where it is known."""
    names = sorted({name for event in events for name in event.document_ids})
    documents = snapshot.documents(names)
    return {item.id: item.published.end for item in documents if item.published.end is not None}


def _carried(
    snapshot: "Snapshot", selection: Selection, as_of: date, options: dict[str, Any]
) -> tuple[LedgerEntry, ...]:
    from detente.api.dyads import pair_records
    from detente.measure.ledger import measures_in_force
    from detente.measure.ledger_tables import carried_entries, organisations_of

    found: list[LedgerEntry] = []
    sides = (
        (selection.dyad.a, selection.dyad.b, selection.b_codes),
        (selection.dyad.b, selection.dyad.a, selection.a_codes),
    )
    for member, other, other_codes in sides:
        for membership in organisations_of(member, as_of):
            pair = Pair(membership.organisation, other)
            theirs = replace(selection, dyad=pair, a_codes=(pair.a,), b_codes=other_codes)
            events = pair_records(snapshot, theirs, acts_only=False)
            if events:
                days = publication_days(snapshot, events)
                ledger = measures_in_force(events, pair, as_of, published=days, **options)
                found += carried_entries(ledger, membership, other, known_by=options["known_by"])
    return tuple(found)
