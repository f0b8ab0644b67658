"""From the names of ACLED's actors to countries: `Military Forces of Iran (1989-)`, `Civilians (Iraq)`.

Source: ACLED codebook (2023): forces of a state bear its name and the years of its regime; unnamed groups bear the
country in brackets.
"""

import re
from collections.abc import Iterable
from typing import Final

import pyarrow as pa

from detente.ontology.actor_schemes import resolve_name
from detente.ontology.crosswalk import ACTORS, Actor
from detente.ontology.tables import read_arrow

_FORCES: Final = re.compile(r"^(Military|Police|Government|Mutiny of Military) (?:Forces )?of (?:the )?(.+?)(?: \(|$)")
_BRACKETS: Final = re.compile(r"\(([^()\d]+)\)")
_SECTORS: Final = {"Military": "MIL", "Police": "COP", "Government": "GOV"}


def resolve_acled(name: str) -> tuple[Actor, ...]:
    """Who an actor of ACLED is; a group that bears a country's name in brackets belongs to it, and is no state.

    Examples:
        >>> [(a.country, a.sector) for a in resolve_acled("Police Forces of Japan (2012-)")]
        [('JPN', 'COP')]
    """
    forces = _FORCES.match(name)
    named = forces[2] if forces else next(iter(_BRACKETS.findall(name)), None)
    sector = _SECTORS.get(forces[1]) if forces else None
    plain = f"acled/{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}"
    actor = None if forces and name.count("(") < 2 and not name.rpartition(")")[2].strip() else plain
    found = resolve_name(named) if named else ()
    return tuple(Actor(name, item.country, sector, actor, item.valid_from, item.valid_to) for item in found) or (
        Actor(name, None, sector, actor),
    )


def acled_actors(names: Iterable[str]) -> pa.Table:
    """A table of `ACTORS` to join the names with, a row a name and stretch of days."""
    rows = [
        {column: getattr(actor, column) for column in ACTORS.names} for name in names for actor in resolve_acled(name)
    ]
    return pa.Table.from_pylist(rows, schema=ACTORS)


def acled_types() -> pa.Table:
    """Sub-event types and their PLOVER type: columns sub_event_type, event_type, mode, quad."""
    return read_arrow("acled_types.csv").select(["sub_event_type", "event_type", "mode", "quad"])


def acled_sectors() -> pa.Table:
    """Kinds of actors, as numbers or words, and their sector: columns inter, sector."""
    return read_arrow("acled_inter.csv").select(["inter", "sector"])


def iso_numbers() -> pa.Table:
    """Numbers of ISO 3166-1 and their countries: columns number, country."""
    return read_arrow("iso_numbers.csv")
