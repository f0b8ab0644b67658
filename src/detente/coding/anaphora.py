"""Words that stand for a state named before: "it", "the country", "its army", where it is plain which one is meant."""

from dataclasses import dataclass, replace
from typing import Final

from detente.coding.agents import PREPOSITIONS, Agent, coordinated
from detente.coding.clauses import AUXILIARIES, is_adverb
from detente.coding.reading import Reading
from detente.ontology.gazetteer import Gazetteer

_ARTICLES: Final = frozenset("the a an".split())
_JOINTS: Final = frozenset("and but".split())
_PERSONS: Final = frozenset("he she".split())
_NO_SUBJECT: Final = frozenset("be been is was were seems seemed appears appeared remains remained takes took".split())
_FARTHEST: Final = 7
"""Words that may stand before a sentence's subject ("On 3 March, in a reply to the raid, it ...")."""
_LONGEST_NOUN: Final = 3
_RUSSIAN_ENDINGS: Final = ("ла", "ет", "ит")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a word for a state stands: its first and last token, and the sector of the noun it owns."""

    first: int
    last: int
    sector: str | None
    person: bool = False


def with_antecedents(reading: Reading, before: Reading | None, gazetteer: Gazetteer) -> Reading:
    """The sentence with the words for a state named before among its agents.

    Args:
        reading: The sentence.
        before: The sentence before in the same paragraph, None where there is none.
        gazetteer: Nouns that stand for a state's organs.

    Returns:
        The reading, with an agent more for every word whose state is plain: the subject of the sentence before, where
        every other state named there is named again ("Turkey scolded Greece. The country recalled its envoy from
        Athens."), or the sentence's own before "and" and "but". A word in any other place stands for nobody.
    """
    found: list[Agent] = []
    for place in _places(reading, gazetteer):
        named = _antecedent(reading, place, before)
        if named is not None and (not place.person or named.name):
            found.append(_standing_for(reading, place, named))
    if not found:
        return reading
    agents = sorted((*reading.agents, *found), key=lambda agent: agent.first)
    return replace(reading, agents=tuple(agents))


def subject_of(reading: Reading) -> Agent | None:
    """The state that a sentence is plainly about: its first agent, where that acts, alone and as a subject."""
    first = next((agent for agent in reading.agents if agent.kind != "place"), None)
    if first is None or not first.acts or first.country is None or first.preposition or first.possessive:
        return None
    opens = all(token.lower in _ARTICLES for token in reading.tokens[: first.first])
    if not opens and reading.tokens[first.first - 1].text != ",":  # "an earthquake struck Norway"
        return None
    return first if coordinated(reading.agents, reading.tokens, first) == (first,) else None


def _standing_for(reading: Reading, place: _Place, named: Agent) -> Agent:
    first, last = reading.tokens[place.first], reading.tokens[place.last]
    sector = place.sector or named.sector
    return Agent(place.first, place.last, first.start, last.end, named.country, sector, named.actor, "state", None)


def _antecedent(reading: Reading, place: _Place, before: Reading | None) -> Agent | None:
    own = subject_of(reading)
    if own is not None and own.last < place.first:
        joined = reading.tokens[place.first - 1].lower in _JOINTS
        return own if joined and own.kind == "state" else None
    named = subject_of(before) if before is not None else None
    if before is None or named is None or named.kind != "state":
        return None
    others = {agent.country for agent in before.agents if agent.country and agent.kind != "place"} - {named.country}
    return named if others <= {agent.country for agent in reading.agents} else None


def _places(reading: Reading, gazetteer: Gazetteer) -> list[_Place]:
    if reading.language == "en":
        return _english_places(reading, gazetteer)
    place = {"tr": _turkish_place, "ru": _russian_place}.get(reading.language, lambda _: None)(reading)
    return [place] if place else []


def _english_places(reading: Reading, gazetteer: Gazetteer) -> list[_Place]:
    found = []
    for step, token in enumerate(reading.tokens):
        if not _can_be_subject(reading, step):
            continue
        word, then = token.lower, reading.tokens[step + 1].bare if step + 1 < len(reading.tokens) else ""
        if (word == "it" or word in _PERSONS) and _does(reading, step):
            found.append(_Place(step, step, None, word in _PERSONS))
        elif word == "the" and then == "country":
            owner = reading.tokens[step + 1].lower != "country"
            noun = _organ(reading, step + 2, gazetteer) if owner else None
            if noun is not None:
                found.append(_Place(step, noun[0], noun[1]))
            elif not owner and _does(reading, step + 1):
                found.append(_Place(step, step + 1, None))
        elif word == "its":
            noun = _organ(reading, step + 1, gazetteer)
            if noun is not None:
                found.append(_Place(step, noun[0], noun[1]))
    return found


def _can_be_subject(reading: Reading, step: int) -> bool:
    """Whether a sentence's or a joined clause's subject can begin at a token: nobody acts before it, or "and" does."""
    tokens = reading.tokens
    if any(agent.first <= step <= agent.last for agent in reading.agents):
        return False
    if step > 0 and tokens[step - 1].lower in _JOINTS:
        return True
    if step > 0 and tokens[step - 1].lower in PREPOSITIONS:
        return False
    opening = step <= _FARTHEST and not any(act.head < step for act in reading.acts)
    return opening and not any(agent.first < step and agent.kind != "place" for agent in reading.agents)


def _does(reading: Reading, last: int) -> bool:
    """Whether the word is the subject of an act's verb, adverbs and auxiliaries aside; "it was agreed" is nobody's."""
    heads = {act.head for act in reading.acts}
    for step in range(last + 1, min(last + 6, len(reading.tokens))):
        token = reading.tokens[step]
        if token.lower in _NO_SUBJECT:
            return False
        if step in heads:
            return True
        if token.lower not in AUXILIARIES and not is_adverb(token):
            return False
    return False


def _organ(reading: Reading, step: int, gazetteer: Gazetteer) -> tuple[int, str | None] | None:
    """Last token and sector of a noun that stands for a state's organ ("foreign ministry"), within a few words."""
    tokens = reading.tokens
    for first in range(step, min(step + 3, len(tokens))):
        for length in range(_LONGEST_NOUN, 0, -1):
            last = min(first + length, len(tokens)) - 1
            noun = gazetteer.sector_noun(" ".join(part.bare for part in tokens[first : last + 1]))
            if noun is not None and noun.state_agent:
                return last, noun.sector
        if not tokens[first].is_word:
            return None
    return None


def _turkish_place(reading: Reading) -> _Place | None:
    """The word "Ülke" and a comma at the head of a sentence; without it "ülke genelinde" may follow."""
    tokens = reading.tokens
    opens = len(tokens) > 2 and tokens[0].text == "Ülke" and tokens[1].text == ","
    return _Place(0, 0, None) if opens else None


def _russian_place(reading: Reading) -> _Place | None:
    """The word "Страна" at the head of a sentence, right before its verb."""
    tokens = reading.tokens
    opens = len(tokens) > 2 and tokens[0].text == "Страна" and tokens[1].lower.endswith(_RUSSIAN_ENDINGS)
    return _Place(0, 0, None) if opens else None
