"""Alliances, disputes and rivalries from structural tables, no further than their last year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.model.events import Dyad
from detente.model.results import LedgerEntry
from detente.ontology.countries import load_countries


@dataclass(frozen=True, slots=True)
class Spell:
    """Something that stood between two states in whole years, both included.

    Attributes:
        kind: `alliance`, `dispute` or `rivalry`.
        what: In words.
        cow: The two states' Correlates of War numbers.
        first: First year.
        last: Last year in the table.
        source: The data set.
    """

    kind: str
    what: str
    cow: frozenset[int]
    first: int
    last: int
    source: str


@dataclass(frozen=True, slots=True)
class Structural:
    """The spells of structural tables and, by data set, the last year each covers."""

    spells: tuple[Spell, ...]
    ends: dict[str, int]


PASSING: Final = frozenset({"dispute"})  # of which only those that go on and the last that ended are listed


def structural_entries(
    tables: Structural,
    codes: tuple[Iterable[str], Iterable[str]],
    dyad: Dyad,
    as_of: date,
    known_by: date | None = None,
) -> tuple[LedgerEntry, ...]:
    """What structural tables say of a pair on a day.

    A row of a year is known once the year is over: with `known_by` later years are not read, and the answer is that of
    a table which ends there. A spell that reaches the table's last year is `last known` after it, never in force.

    Args:
        tables: The spells.
        codes: Codes that count as each side.
        dyad: The two sides, as named in the entries.
        as_of: The day asked about.
        known_by: The day by which it had to be known.

    Returns:
        The entries; `since` and `until` are the first and last day of a year.
    """
    sides = [_cow(side) for side in codes]
    whole = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    limit = _last_whole_year(known_by) if known_by is not None else None
    found = []
    for spell in tables.spells:
        if not any(spell.cow == {one, other} for one in sides[0] for other in sides[1]):
            continue
        end = tables.ends[spell.source] if limit is None else min(tables.ends[spell.source], limit)
        last = min(spell.last, end)
        if spell.first <= min(whole, last):
            found.append(_entry(spell, dyad, as_of.year, last, end))
    return _without_old(found)


def _entry(spell: Spell, dyad: Dyad, year: int, last: int, end: int) -> LedgerEntry:
    is_over = last < end
    gone = year > last
    return LedgerEntry(
        kind=spell.kind,
        what=spell.what,
        by=dyad.a,
        against=dyad.b,
        status="in force" if not gone else "ended" if is_over else "last known",
        since=date(spell.first, 1, 1),
        until=date(last, 12, 31) if gone and is_over else None,
        known_since=date(spell.first, 12, 31),
        evidence=(),
        basis="structural",
        source=spell.source,
        last_known=last if gone and not is_over else None,
    )


def _without_old(entries: list[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    old = [entry for entry in entries if entry.kind in PASSING and entry.status == "ended"]
    latest: dict[str, LedgerEntry] = {}
    for entry in sorted(old, key=lambda item: item.until or date.min):
        latest[entry.source or ""] = entry
    return tuple(entry for entry in entries if entry not in old or entry in latest.values())


def _cow(codes: Iterable[str]) -> frozenset[int]:
    countries = load_countries()
    numbers = (countries[code].cow for code in codes if code in countries)
    return frozenset(number for number in numbers if number is not None)


def _last_whole_year(day: date) -> int:
    return day.year if (day.month, day.day) == (12, 31) else day.year - 1
