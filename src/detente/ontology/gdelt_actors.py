"""From the parts of a GDELT actor to a country, a sector and an actor id.

GDELT takes a CAMEO actor code apart: a country or region, a known group, religion and ethnicity, up to three roles.
Sources: GDELT event codebook 2.0 (2015); CAMEO codebook 1.1b3, chapter 3 (Schrodt 2012).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from detente.ontology.crosswalk import ACTORS, Actor, cameo_base, keds_role
from detente.ontology.tables import read_arrow, read_rows

_FIRST: Final = "00000000"
_LAST: Final = "99999999"


@dataclass(frozen=True, slots=True)
class GdeltActor:
    """The parts of an actor as GDELT writes them; None where nothing stands."""

    code: str
    country: str | None
    group: str | None
    community: str | None
    roles: tuple[str, ...]


def resolve_gdelt(actor: GdeltActor) -> tuple[Actor, ...]:
    """Who an actor of GDELT is: one actor, or several where that depends on the date.

    An organisation acts for itself, wherever its office stands. A region has no country.

    Args:
        actor: Its parts.

    Returns:
        Actors with disjoint dates; empty where neither its place nor its group is known.

    Examples:
        >>> [(a.country, a.sector) for a in resolve_gdelt(GdeltActor("PAKMIL", "PAK", None, None, ("MIL",)))]
        [('PAK', 'MIL')]
        >>> [(a.country, a.sector) for a in resolve_gdelt(GdeltActor("IGOEUREEC", "EUR", "EEC", None, ("IGO",)))]
        [('IGO:EU', None)]
    """
    group = _meant().get(("group", actor.group or ""))
    if group is not None and group.country and group.country.startswith("IGO:"):
        return (Actor(actor.code, group.country, None, group.actor),)
    said = actor.roles or ((actor.code[:3],) if not (actor.country or actor.group or actor.community) else ())
    sector = next((found for role in said if (found := _sector(role))), None)
    named = group.actor if group is not None else None
    if actor.country:
        bases = _bases(actor.country)
    elif group is not None:
        bases = (Actor(actor.code, group.country, group.sector, group.actor),)
    elif sector or actor.community:
        bases = (Actor(actor.code, None, None, None),)
    else:
        bases = ()
    plain = actor.code == (actor.country or "") + "".join(said) and len(said) <= 1
    own = named or (None if plain else f"gdelt/{actor.code.lower()}")
    civil = "CVL" if actor.community else None
    inherited = group.sector if group is not None else None
    return tuple(
        Actor(
            actor.code,
            base.country,
            sector or inherited or base.sector or civil,
            own or base.actor,
            base.valid_from,
            base.valid_to,
        )
        for base in bases
    )


def resolve_gdelt_code(code: str) -> tuple[Actor, ...]:
    """Who a whole actor code of GDELT is, cut into its parts by threes as GDELT does.

    Examples:
        >>> [(a.country, a.sector) for a in resolve_gdelt_code("USAGOV")]
        [('USA', 'GOV')]
    """
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    if not parts or len(parts[-1]) != 3:
        return ()
    country = parts[0] if _bases(parts[0]) else None
    group = next((part for part in parts if ("group", part) in _meant() and part != country), None)
    roles = tuple(part for part in parts if part not in (country, group) and _sector(part))
    return resolve_gdelt(GdeltActor(code, country, group, None, roles))


def gdelt_actors(actors: Iterable[GdeltActor]) -> pa.Table:
    """A table to join a GDELT file's actor codes with.

    Args:
        actors: The distinct actors of a file, each code once.

    Returns:
        Table of `ACTORS`, a row a code and stretch of days; the days as `YYYYMMDD`, from 00000000 to 99999999 where
        open, so that they compare with the feed's own as text.
    """
    rows = [
        {
            **{name: getattr(found, name) for name in ACTORS.names},
            "valid_from": _compact(found.valid_from, _FIRST),
            "valid_to": _compact(found.valid_to, _LAST),
        }
        for actor in actors
        for found in resolve_gdelt(actor)
    ]
    return pa.Table.from_pylist(rows, schema=ACTORS)


def fips_countries() -> pa.Table:
    """Two-letter codes of FIPS 10-4, in which GDELT says where an event was: columns fips, country."""
    return read_arrow("fips.csv")


def _bases(country: str) -> tuple[Actor, ...]:
    region = _meant().get(("region", country))
    return (region,) if region is not None else cameo_base(country)


def _sector(role: str) -> str | None:
    known = _meant().get(("type", role))
    return known.sector if known is not None else keds_role(role)


def _compact(day: str | None, otherwise: str) -> str:
    return day.replace("-", "") if day else otherwise


@cache
def _meant() -> Mapping[tuple[str, str], Actor]:
    return MappingProxyType(
        {
            (row["kind"], row["code"]): Actor(
                row["code"], row["country"] or None, row["sector"] or None, row["actor"] or None
            )
            for row in read_rows("gdelt_actors.csv")
        }
    )
