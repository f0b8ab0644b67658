"""Ties by structural tables the user has: who was allied with, in dispute with, or a rival of a state."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from detente.measure.donor_panel import present_code
from detente.measure.ledger_structural import Spell, Structural
from detente.ontology.countries import load_countries

_PACTS: Final = ("defence", "offence")  # promises to fight; a non-aggression or consultation pact draws nobody in
_WORDS: Final = {"alliance": "ally", "dispute": "belligerent", "rivalry": "rival"}


def structural_ties(tables: Structural, centres: Iterable[str], day: date) -> list[tuple[str, str]]:
    """The states tied to some others by structural tables, as they stood on a day.

    A row of a year is known once the year is over, so the tables are read to the last whole year before the day; where
    a table ends earlier, an alliance and a rivalry count as last known, a dispute does not.

    Args:
        tables: The spells.
        centres: Codes of the states whose ties are asked for.
        day: The day before the shock.

    Returns:
        Code and tie of each, in order of code.
    """
    states = _states()
    numbers = {number: code for code, number in sorted(states.items()) if present_code(code) == code}
    held = {states[code]: code for code in sorted(centres) if code in states}
    found = set()
    for spell in tables.spells:
        tie = _standing(spell, tables, day.year - 1)
        if tie is None:
            continue
        for one in spell.cow & held.keys():
            for other in spell.cow - {one}:
                if other in numbers:
                    found.add((numbers[other], f"tied to {present_code(held[one])} ({tie})"))
    return sorted(found)


def tables_rule(tables: Structural) -> str:
    """What the tables add to the rule, and where each ends."""
    ends = ", ".join(f"{source} to {year}" for source, year in sorted(tables.ends.items()))
    return f"by your tables ({ends}) no ally by a defence or offence pact, no belligerent of the year before, no rival"


def _standing(spell: Spell, tables: Structural, year: int) -> str | None:
    """What ties two states in a year; None where the spell has not begun, is over or promises nothing."""
    end = tables.ends[spell.source]
    if spell.first > year or (spell.kind == "alliance" and not any(pact in spell.what for pact in _PACTS)):
        return None
    word = f"{_WORDS[spell.kind]}, {spell.source}"
    if spell.last >= year:
        return word
    still = spell.last == end and spell.kind != "dispute"
    return f"{word}, last known {end}" if still else None


def _states() -> dict[str, int]:
    countries: Iterator[tuple[str, int | None]] = ((code, item.cow) for code, item in load_countries().items())
    return {code: number for code, number in countries if number is not None}
