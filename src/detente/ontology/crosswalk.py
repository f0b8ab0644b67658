"""From a feed's own actor codes and names to countries, sectors and actor ids.

KEDS codes are chains of three letters: a state or group, then roles (`ISRMIL`, `LBNREBHEZ`). The
older sets, in WEIS, write states as WEIS and Correlates of War did (AUS is Austria); the newer, in
CAMEO, as ISO does (AUS is Australia): which dialect a file speaks follows from its event codes.
Sources: CAMEO codebook 1.1b3, chapters 3 and 10 (Schrodt 2012); COW state list 2016; for codes no
list explains, the partners and dates they occur with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from detente.ontology.codes import System
from detente.ontology.countries import load_countries
from detente.ontology.tables import read_arrow, read_rows

ACTORS: Final = pa.schema(
    [
        ("code", pa.string()),
        ("valid_from", pa.string()),
        ("valid_to", pa.string()),
        ("country", pa.string()),
        ("sector", pa.string()),
        ("actor", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a feed's code is, between two days (ISO dates, both included, None where open)."""

    code: str
    country: str | None
    sector: str | None
    actor: str | None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What three letters after the state mean: a sector, an actor of its own, or both."""

    sector: str | None
    actor: str | None


def resolve_keds(code: str, system: System) -> tuple[Actor, ...]:
    """Who a KEDS actor code is: one actor, or several where that depends on the date.

    Args:
        code: As the feed writes it, for example `ISRMIL`.
        system: Scheme of the file's event codes; it decides the dialect of the actor codes.

    Returns:
        Actors with disjoint dates; empty where the code is not known.

    Examples:
        >>> [(a.country, a.sector) for a in resolve_keds("ISRMIL", "CAMEO")]
        [('ISR', 'MIL')]
        >>> [(a.country, a.valid_to) for a in resolve_keds("USR", "WEIS")][0]
        ('SUN', '1991-12-25')
    """
    known = _known(system)
    for length in range(len(code), 1, -1):
        bases = known.get(code[:length])
        rest = code[length:]
        if bases and len(rest) % 3 == 0:
            chunks = [rest[i : i + 3] for i in range(0, len(rest), 3)]
            return tuple(actor for base in bases if (actor := _extend(code, base, chunks)) is not None)
    return ()


def keds_actors(codes: Iterable[str], system: System) -> tuple[pa.Table, tuple[str, ...]]:
    """A table to join a KEDS file's actor codes with, and the codes it does not know.

    Args:
        codes: The distinct actor codes of a file.
        system: Scheme of the file's event codes.

    Returns:
        Table of `ACTORS` (a row a code and stretch of days; ISO dates, null where open), and unknown codes.
    """
    found = {code: resolve_keds(code, system) for code in sorted(set(codes))}
    rows = [{name: getattr(actor, name) for name in ACTORS.names} for actors in found.values() for actor in actors]
    unknown = tuple(code for code, actors in found.items() if not actors)
    return pa.Table.from_pylist(rows, schema=ACTORS), unknown


def cameo_base(code: str) -> tuple[Actor, ...]:
    """Who three letters stand for as a state or region in CAMEO; empty where they are unknown."""
    return _known("CAMEO").get(code, ())


def keds_role(suffix: str) -> str | None:
    """The sector that three letters after a state name, None where they name none."""
    return _role_sector(suffix)


def icews_countries() -> pa.Table:
    """ICEWS country names and their codes: columns name, country."""
    return read_arrow("icews_countries.csv").select(["name", "country"])


def icews_igos() -> pa.Table:
    """ICEWS names of organisations and their `IGO:` ids: columns name, igo."""
    return read_arrow("icews_igos.csv")


def icews_sectors() -> pa.Table:
    """ICEWS sector labels: columns label, sector, rank; of several labels the lowest rank decides."""
    return read_arrow("icews_sectors.csv").select(["label", "sector", "rank"])


def icews_people() -> pa.Table:
    """Who the labels of ICEWS get wrong: columns name, country, sector, valid_from, valid_to (ISO dates)."""
    return read_arrow("icews_people.csv").select(["name", "country", "sector", "valid_from", "valid_to"])


@cache
def _known(system: System) -> Mapping[str, tuple[Actor, ...]]:
    """Codes that stand for themselves in this dialect; a row of the dialect beats a common one beats ISO."""
    known: dict[str, tuple[Actor, ...]] = {}
    if system == "CAMEO":
        known = {code: (Actor(code, code, None, None),) for code in load_countries() if len(code) == 3}
    for scheme in ("", system.lower()):
        rows: dict[str, list[Actor]] = {}
        for row in read_rows("keds_actors.csv"):
            if row["scheme"] == scheme:
                rows.setdefault(row["code"], []).append(_actor(row))
        known.update({code: tuple(actors) for code, actors in rows.items()})
    return MappingProxyType(known)


@cache
def _roles() -> Mapping[str, Role]:
    return MappingProxyType(
        {row["suffix"]: Role(row["sector"] or None, row["actor"] or None) for row in read_rows("keds_roles.csv")}
    )


def _extend(code: str, base: Actor, chunks: list[str]) -> Actor | None:
    """The base actor narrowed by its suffixes; None where no suffix says what kind of actor it is."""
    roles = [_roles().get(chunk) for chunk in chunks]
    named = [role for role in roles if role is not None]
    if chunks and not named and base.country is not None and not base.country.startswith("IGO:"):
        return None
    sector = next((role.sector for role in named if role.sector), base.sector)
    actor = next((role.actor for role in reversed(named) if role.actor), base.actor)
    plain = all(chunk == _role_sector(chunk) for chunk in chunks)
    if actor == base.actor and not plain:
        actor = f"keds/{code.lower()}"
    return Actor(code, base.country, sector, actor, base.valid_from, base.valid_to)


def _role_sector(suffix: str) -> str | None:
    """The sector that three letters name (`MIL`), None where they name something else."""
    role = _roles().get(suffix)
    return role.sector if role else None


def _actor(row: Mapping[str, str]) -> Actor:
    return Actor(
        code=row["code"],
        country=row["country"] or None,
        sector=row["sector"] or None,
        actor=row["actor"] or None,
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
    )
