"""PLOVER: what an act is (type), how it is done (mode), with quad class and score.

Source: Open Event Data Alliance, PLOVER manual (2018; scores of POLECAT, Halterman et al. 2023).
Where the manual contradicts itself the table's `note` says what was taken and why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from detente.ontology.tables import read_rows


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 PLOVER types.

    Attributes:
        event_type: Its name, for example `SANCTION`.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        score: PLOVER score, -10 (hostile) to 10 (friendly); never to be mixed with Goldstein scores.
        meaning: What it is, in a line.
        note: Where sources diverge and what was taken.
        modes: Its modes, each with its own score or None where none is published.
    """

    event_type: str
    quad: int
    score: float
    meaning: str
    note: str
    modes: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Sector:
    """A kind of actor below the state; `state` says whether its acts count as the state's."""

    sector: str
    state: bool
    meaning: str


@cache
def load_plover() -> Mapping[str, EventType]:
    """The 16 types by name, in the order of their quad classes."""
    modes: dict[str, dict[str, float | None]] = {}
    for row in read_rows("plover_modes.csv"):
        modes.setdefault(row["event_type"], {})[row["mode"]] = float(row["score"]) if row["score"] else None
    return MappingProxyType(
        {
            row["event_type"]: EventType(
                event_type=row["event_type"],
                quad=int(row["quad"]),
                score=float(row["score"]),
                meaning=row["meaning"],
                note=row["note"],
                modes=MappingProxyType(modes.get(row["event_type"], {})),
            )
            for row in read_rows("plover_types.csv")
        }
    )


@cache
def load_sectors() -> Mapping[str, Sector]:
    """The sectors by code."""
    return MappingProxyType(
        {row["sector"]: Sector(row["sector"], row["state"] == "1", row["meaning"]) for row in read_rows("sectors.csv")}
    )


def state_sectors() -> tuple[str, ...]:
    """Sectors whose acts count as the state's (GOV, MIL, LEG, JUD, COP, SPY)."""
    return tuple(sector.sector for sector in load_sectors().values() if sector.state)


def event_types() -> tuple[str, ...]:
    """Names of the 16 types.

    Examples:
        >>> event_types()[:3]
        ('AGREE', 'CONSULT', 'SUPPORT')
    """
    return tuple(load_plover())


def quad_of(event_type: str) -> int:
    """Quad class of a type, 1 to 4.

    Raises:
        KeyError: If there is no such type.

    Examples:
        >>> quad_of("SANCTION")
        4
    """
    return load_plover()[event_type].quad


def score_of(event_type: str, mode: str | None = None) -> float:
    """PLOVER score of a type, or of its mode where the mode has one of its own.

    Args:
        event_type: A PLOVER type.
        mode: One of its modes; None for the type as such.

    Returns:
        A score from -10 to 10 on the PLOVER scale.

    Raises:
        KeyError: If there is no such type, or the type has no such mode.
    """
    entry = load_plover()[event_type]
    if mode is None:
        return entry.score
    score = entry.modes[mode]
    return entry.score if score is None else score


def nearest_score(event_type: str, mode: str | None) -> float:
    """The score of a mode, or of its type where the code book has no such mode: a user's own table may bring any.

    Raises:
        KeyError: If there is no such type.
    """
    return score_of(event_type, mode if mode in load_plover()[event_type].modes else None)
