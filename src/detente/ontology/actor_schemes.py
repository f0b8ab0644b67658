"""Actors by the scheme they are written in: ISO codes and names, COW and Gleditsch-Ward numbers, CAMEO, FIPS."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from detente.errors import UnknownCountryError
from detente.ontology.countries import code_as_of, load_countries, load_successions, resolve_country
from detente.ontology.crosswalk import ACTORS, Actor, resolve_keds
from detente.ontology.tables import read_rows

Resolve = Callable[[str], tuple[Actor, ...]]


def scheme_actors(values: Iterable[str], scheme: str) -> pa.Table:
    """A table to join written actors with.

    Args:
        values: The distinct values of a file.
        scheme: One of `SCHEMES`.

    Returns:
        Table of `ACTORS`, a row a value and stretch of days (ISO dates, null where open); unknown values have none.
    """
    resolve = SCHEMES[scheme]
    rows = [
        {name: getattr(actor, name) for name in ACTORS.names}
        for value in sorted(set(values))
        for actor in resolve(value)
    ]
    return pa.Table.from_pylist(rows, schema=ACTORS)


def resolve_name(value: str) -> tuple[Actor, ...]:
    """Who an ISO code or a name is; a name that meant another state earlier is that state on those days.

    Examples:
        >>> [(a.country, a.valid_to) for a in resolve_name("Russia")]
        [('SUN', '1991-12-25'), ('RUS', None)]
    """
    try:
        code = resolve_country(value)
    except UnknownCountryError:
        return ()
    changes = sorted(item.date for item in load_successions() if item.as_of)
    stretches: list[Actor] = []
    for start in [None, *changes]:
        meant = code_as_of(code, start or date.min) if start else code_as_of(code, changes[0] - timedelta(days=1))
        since = start.isoformat() if start else None
        if stretches and stretches[-1].country == meant:
            continue
        if stretches and start is not None:
            last = stretches.pop()
            until = (start - timedelta(days=1)).isoformat()
            stretches.append(Actor(value, last.country, None, None, last.valid_from, until))
        stretches.append(Actor(value, meant, None, None, since, None))
    return tuple(stretches)


def _numbered(value: str, attribute: str) -> tuple[Actor, ...]:
    """Who a number is: a number that two states had in turn is that of the day (365: the Soviet Union, then Russia)."""
    digits = value.strip().removesuffix(".0")
    if not digits.isdigit():
        return ()
    states = [state for state in load_countries().values() if getattr(state, attribute) == int(digits)]
    living = [state for state in states if state.valid_to is None] or states
    if not living:
        return ()
    stretches = resolve_name(living[0].code)
    return tuple(Actor(value, item.country, None, None, item.valid_from, item.valid_to) for item in stretches)


def _fips(value: str) -> tuple[Actor, ...]:
    return tuple(Actor(value, row["country"], None, None) for row in read_rows("fips.csv") if row["fips"] == value)


SCHEMES: Final[Mapping[str, Resolve]] = MappingProxyType(
    {
        "names": resolve_name,
        "iso2": resolve_name,
        "iso3": resolve_name,
        "cow": lambda value: _numbered(value, "cow"),
        "gw": lambda value: _numbered(value, "gw"),
        "cameo": lambda value: resolve_keds(value, "CAMEO"),
        "weis": lambda value: resolve_keds(value, "WEIS"),
        "fips": _fips,
    }
)
