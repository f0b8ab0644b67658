"""Towns and regions as what is acted on: "Russian missiles struck Kharkiv" is an act on Ukraine.

The state in which a place lies is a side only where the sentence does not name it, where nobody quarrels about the
place (see `roles.py` for those), and for acts done on the ground; a place where people meet or live is none.
"""

from datetime import date
from typing import Final

from detente.coding.agents import Agent
from detente.coding.roles import Side
from detente.ontology.countries import load_countries

_MAP: Final = date(1945, 10, 24)
DONE_ON_GROUND: Final = frozenset({"AID", "ASSAULT", "COERCE", "MOBILIZE", "RETREAT"})


def ground_of(agent: Agent) -> str | None:
    """The state in whose undisputed place something is done; None of a state, a sea, or a place that two claim."""
    place = agent.place
    if place is None or agent.side is not None or place.claimed_by:
        return None
    return place.located_in


def grounds_in(agents: tuple[Agent, ...]) -> tuple[int, ...]:
    """Numbers of the agents that are places in a state which the sentence does not name, one a state."""
    named = {agent.side for agent in agents}
    found: dict[str, int] = {}
    for number, agent in enumerate(agents):
        where = ground_of(agent)
        if where is not None and where not in named:
            found.setdefault(where, number)
    return tuple(found.values())


def ground_side(agent: Agent) -> Side:
    """The state as the target of what is done in its place."""
    return Side(ground_of(agent), span=(agent.start, agent.end), basis="place")


def stood_on(code: str | None, day: date | None) -> bool:
    """Whether the state of today's map was one on that day, as far as known: Kharkiv was not Ukraine's in 1943.

    Of borders before 1945 the table of places knows nothing.
    """
    country = load_countries().get(code or "")
    since = (country.valid_from if country else None) or _MAP
    return day is None or day >= since
