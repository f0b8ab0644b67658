"""What stands by tables: treaties and their lack, disputes; and the acts of an organisation, at its members."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from detente.model.events import Dyad
from detente.model.results import LedgerEntry, LedgerResult
from detente.ontology.tables import read_rows

CARRIED_KINDS: Final = ("sanction", "restriction")


@dataclass(frozen=True, slots=True)
class Membership:
    """One spell of a state in an organisation.

    `carries` says what its acts are to members: `measures` (law at the member), `commitments` (announced, each member
    carries them out itself), or nothing.
    """

    organisation: str
    member: str
    since: date
    until: date | None
    carries: str
    source: str


@cache
def load_memberships() -> tuple[Membership, ...]:
    """The table `memberships.csv`: EU, G7, NATO, CSTO, EAEU."""
    return tuple(
        Membership(
            row["organisation"],
            row["member"],
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
            row["carries"],
            row["source"],
        )
        for row in read_rows("memberships.csv")
    )


def standing_entries(dyad: Dyad, as_of: date, known_by: date | None = None) -> tuple[LedgerEntry, ...]:
    """Treaties and their lack, alliances, territorial disputes and diplomatic relations by the table `standing.csv`.

    Args:
        dyad: The two sides.
        as_of: The day asked about.
        known_by: What began, was suspended or ended later is not known; None for all.

    Returns:
        The entries; empty for a pair that the table does not hold. A change of status counts from its own day.
    """
    limit = as_of if known_by is None else min(as_of, known_by)
    found = []
    for row in read_rows("standing.csv"):
        known = date.fromisoformat(row["known"])
        if {row["a"], row["b"]} != {dyad.a, dyad.b} or known > limit:
            continue
        since, suspended, until = (
            date.fromisoformat(row[name]) if row[name] else None for name in ("since", "suspended", "until")
        )
        ended = until is not None and until <= limit
        broken = suspended is not None and suspended <= limit
        found.append(
            LedgerEntry(
                kind=row["kind"],
                what=row["what"],
                by=dyad.a,
                against=dyad.b,
                status="ended" if ended else "suspended" if broken else "in force",
                since=suspended if broken and not ended else since,
                until=until if ended else None,
                known_since=known,
                evidence=(),
                basis="table",
                source=row["source"],
            )
        )
    return tuple(found)


def organisations_of(state: str, as_of: date) -> tuple[Membership, ...]:
    """The memberships of a state, begun by a day, whose acts carry to members."""
    return tuple(item for item in load_memberships() if item.member == state and item.carries and item.since <= as_of)


def carried_entries(
    result: LedgerResult, membership: Membership, other: str, *, known_by: date | None = None
) -> tuple[LedgerEntry, ...]:
    """The sanctions and restrictions between an organisation and a state, as they stand at a member.

    Law of the organisation binds a member from the later of its own first day and the accession, and until the member
    leaves. A commitment (G7) is listed as announced: the member's own act carries it out.

    Args:
        result: The ledger of the organisation and the state, on the day asked about.
        membership: The spell of the member.
        other: The state on the other side.
        known_by: A leaving later than this is not known.

    Returns:
        Entries in the name of the member, their `source` saying through whom.
    """
    as_of = result.as_of if known_by is None else min(result.as_of, known_by)
    left = membership.until is not None and membership.until <= as_of
    found = []
    for entry in result.entries:
        if entry.kind not in CARRIED_KINDS or not _ever_bound(entry, membership):
            continue
        own = entry.by == membership.organisation
        moved = replace(
            entry,
            by=membership.member if own else other,
            against=other if own else membership.member,
            since=max(entry.since, membership.since) if entry.since else entry.since,
            basis="membership",
            source=f"through {membership.organisation}",
        )
        if membership.carries == "commitments" and own and moved.status == "in force":
            moved = replace(moved, status="announced")
        if left and moved.status in ("in force", "suspended", "announced"):
            moved = replace(moved, status="ended", until=membership.until)
        found.append(moved)
    return tuple(found)


def _ever_bound(entry: LedgerEntry, membership: Membership) -> bool:
    ended_before = entry.until is not None and entry.until < membership.since
    began_after = membership.until is not None and entry.since is not None and entry.since > membership.until
    return not ended_before and not began_after


def membership_notes(carried: Iterable[LedgerEntry]) -> tuple[str, ...]:
    """What to know of entries that come through an organisation."""
    through = sorted({entry.source or "" for entry in carried})
    if not through:
        return ()
    return (
        f"{', '.join(through)}: acts of the organisation, carried to the member while it is one; those of the G7 are "
        "commitments, listed as announced",
    )
