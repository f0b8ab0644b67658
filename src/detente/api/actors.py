"""How the name or code of an actor resolves, scheme by scheme."""

from datetime import date
from typing import Any

from detente.ontology import load_countries
from detente.ontology.acled_actors import resolve_acled
from detente.ontology.actor_schemes import SCHEMES
from detente.ontology.crosswalk import Actor, icews_countries, icews_igos, icews_people
from detente.ontology.gdelt_actors import resolve_gdelt_code


def actor_meanings(name: str, *, on: date | None = None) -> list[dict[str, Any]]:
    """Who a name or code is, in each scheme that knows it.

    Args:
        name: As a feed or a person writes it.
        on: Keep only what holds on this day.

    Returns:
        Rows with scheme, country, country_name, sector, actor, since, until (ISO dates, None where open). Schemes that
        agree stand in one row.
    """
    found: dict[tuple[object, ...], list[str]] = {}
    for scheme, actors in _by_scheme(name):
        for actor in actors:
            if _holds(actor, on):
                key = (actor.country, actor.sector, actor.actor, actor.valid_from, actor.valid_to)
                found.setdefault(key, []).append(scheme)
    countries = load_countries()
    return [
        {
            "scheme": ", ".join(dict.fromkeys(schemes)),
            "country": country,
            "country_name": countries[str(country)].name_en if country in countries else None,
            "sector": sector,
            "actor": actor,
            "since": since,
            "until": until,
        }
        for (country, sector, actor, since, until), schemes in found.items()
    ]


def _by_scheme(name: str) -> list[tuple[str, tuple[Actor, ...]]]:
    return [
        ("name", SCHEMES["names"](name)),
        ("COW", SCHEMES["cow"](name)),
        ("Gleditsch-Ward", SCHEMES["gw"](name)),
        ("CAMEO (KEDS, Phoenix)", SCHEMES["cameo"](name)),
        ("GDELT", resolve_gdelt_code(name)),
        ("WEIS (KEDS)", SCHEMES["weis"](name)),
        ("FIPS", SCHEMES["fips"](name)),
        ("ICEWS", _icews(name)),
        ("ACLED", tuple(actor for actor in resolve_acled(name) if actor.country)),
    ]


def _icews(name: str) -> tuple[Actor, ...]:
    people = [row for row in icews_people().to_pylist() if row["name"] == name]
    if people:
        return tuple(
            Actor(name, row["country"], row["sector"], None, row["valid_from"], row["valid_to"]) for row in people
        )
    igos = [Actor(name, row["igo"], None, None) for row in icews_igos().to_pylist() if row["name"] == name]
    states = [Actor(name, row["country"], None, None) for row in icews_countries().to_pylist() if row["name"] == name]
    return tuple([*states, *igos][:1])


def _holds(actor: Actor, on: date | None) -> bool:
    day = on.isoformat() if on else None
    return day is None or (
        (actor.valid_from is None or day >= actor.valid_from) and (actor.valid_to is None or day <= actor.valid_to)
    )
