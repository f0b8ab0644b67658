"""Named shocks: dated wars, annexations, treaties, sanction rounds, arrests, each with a public source."""

import difflib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from detente.errors import InputError
from detente.ontology.tables import read_rows

KINDS: Final = (
    "annexation",
    "arrest",
    "attack",
    "coup",
    "decree",
    "dissolution",
    "emergency",
    "expulsion",
    "recognition",
    "revolution",
    "ruling",
    "sanctions",
    "test",
    "treaty",
    "visit",
    "war",
    "withdrawal",
)
_NEAREST: Final = 5
_JOINS: Final = re.compile(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Shock:
    """A dated act that may have changed relations.

    Attributes:
        name: What `--shock` takes (`ukraine-2022`).
        date: The day it began or was done.
        shocker: Code of who launched it; None where no state did, several did together, or sources differ.
        title: What it was, in a few words.
        kind: One of `KINDS`.
        source: A public document that gives the day.
    """

    name: str
    date: date
    shocker: str | None
    title: str
    kind: str
    source: str


@cache
def load_shocks() -> tuple[Shock, ...]:
    """The table `shocks.csv`, in order of date."""
    return tuple(
        Shock(
            row["name"],
            date.fromisoformat(row["date"]),
            row["shocker"] or None,
            row["title"],
            row["kind"],
            row["source"],
        )
        for row in read_rows("shocks.csv")
    )


def find_shock(name: str) -> Shock:
    """The shock of a name, in any case, with spaces or underscores for hyphens.

    Args:
        name: As `detente shocks` lists it.

    Returns:
        The shock.

    Raises:
        InputError: If there is none of that name; the nearest names are offered.

    Examples:
        >>> find_shock("Ukraine 2022").date
        datetime.date(2022, 2, 24)
    """
    shocks = {shock.name: shock for shock in load_shocks()}
    found = shocks.get(_fold(name))
    if found is None:
        raise InputError(
            f"shock {name!r} is neither a date (YYYY-MM-DD) nor a named shock: nearest are "
            f"{', '.join(near_names(name))}; `detente shocks` lists all"
        )
    return found


def near_names(name: str) -> tuple[str, ...]:
    """Names like the one given: those that hold one of its words, then those of like letters."""
    asked = _fold(name)
    words = {word for word in asked.split("-") if len(word) > 2}
    scored = [(_likeness(asked, words, shock), shock.name) for shock in load_shocks()]
    return tuple(known for _, known in sorted(scored, key=lambda item: (-item[0], item[1]))[:_NEAREST])


def _likeness(asked: str, words: set[str], shock: Shock) -> float:
    told = set(shock.name.split("-")) | {word.lower() for word in re.findall(r"\w+", shock.title)}
    return len(words & told) + difflib.SequenceMatcher(None, asked, shock.name).ratio()


def _fold(name: str) -> str:
    return _JOINS.sub("-", name.strip().casefold())
