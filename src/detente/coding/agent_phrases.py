"""What the finders of agents in Turkish and Russian share: a sentence with its mentions and nouns, and phrases."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from detente.coding.agents import Agent, Kind
from detente.coding.tokens import Token, token_at
from detente.ontology.gazetteer import Gazetteer, Mention, SectorNoun

_KINDS: Final[Mapping[str, Kind]] = {
    "igo": "organisation",
    "group": "group",
    "place": "place",
    "people": "people",
    "nationality": "attribute",
}
_CAPITALS: Final = "A-ZÇĞİÖŞÜÂÉÍÁÓА-ЯЁ"
_DATELINE: Final = re.compile(
    rf"[{_CAPITALS}]{{3,}}(?:[ /'’-][{_CAPITALS}]{{2,}})*"
    r"(?:, \d{1,2} \w+(?:\.?\s*/[^/]{2,20}/|\s*[-–—]\s*(?:[А-ЯЁ]\w+ ?){1,3})?\."
    r"|(?:\s*\([^()]{1,24}\)|\s*/[^/]{2,20}/|,\s*\d{1,2}\s+\w+\.?)*\s*[-–—.:])(?=\s)"
)
_MODEL: Final = re.compile(r"[A-ZА-Я][A-Za-zА-Яа-я]{0,3}[-‑]\d+\w*$")
_LONGEST: Final = 4
_MOST_NAMES: Final = 4
_PARTICLES: Final = frozenset("bin ibn al el de da di dos van von der ben abu аль эль бен ибн де да ди фон ван".split())
_OPENING_QUOTES: Final = frozenset('«“"„')
_CLOSING_QUOTES: Final = frozenset('»”"“')
_QUOTED: Final = 6


@dataclass(frozen=True, slots=True)
class Head:
    """A noun of the tables that tokens `first` to `last` spell."""

    first: int
    last: int
    noun: SectorNoun

    @property
    def is_person(self) -> bool:
        """Whether a name may follow: the holder of an office, or one of a people."""
        return self.noun.kind in {"office", "people"}


@dataclass(frozen=True, slots=True)
class Part:
    """An agent in the making.

    Attributes:
        agent: The phrase so far.
        case: Grammatical case of its head, several joined by `/`; None where unknown.
        after: The first token behind it, the ending behind an apostrophe passed over.
        head: The noun that heads it, None for a bare name.
        plural: Whether that noun is in the plural.
    """

    agent: Agent
    case: str | None
    after: int
    head: Head | None = None
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence, its mentions by the token they begin at, and the tables of its language."""

    text: str
    tokens: tuple[Token, ...]
    gazetteer: Gazetteer
    language: str
    mentions: tuple[Mention, ...]
    starts: Mapping[int, Mention]

    def noun(self, first: int, last: int) -> SectorNoun | None:
        """The noun that tokens spell as a whole."""
        return self.gazetteer.noun(self.text[self.tokens[first].start : self.tokens[last].end], language=self.language)

    def head_after(self, first: int) -> Head | None:
        """The longest noun that begins at a token and holds no name."""
        end = first
        while end < min(first + _LONGEST, len(self.tokens)) and self._is_common(end):
            end += 1
        for last in range(end - 1, first - 1, -1):
            noun = self.noun(first, last)
            if noun is not None:
                return Head(first, last, noun)
        return None

    def head_before(self, last: int, floor: int) -> Head | None:
        """The longest noun that ends at a token and begins at `floor` or later."""
        start = last
        while start >= max(floor, last - _LONGEST + 1) and self._is_common(start):
            start -= 1
        for first in range(start + 1, last + 1):
            noun = self.noun(first, last)
            if noun is not None:
                return Head(first, last, noun)
        return None

    def text_at(self, index: int) -> str:
        """The token at an index, empty past the ends."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def lower_at(self, index: int) -> str:
        """The same in lower case."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def is_upper(self, index: int) -> bool:
        """Whether a token is a word, or holds one behind a hyphen, that begins with a capital (`es-Saadi`)."""
        return any(part[:1].isupper() for part in self.text_at(index).replace("‑", "-").split("-"))

    def _is_common(self, index: int) -> bool:
        return index not in self.starts and self.tokens[index].is_word


def make_scene(text: str, tokens: tuple[Token, ...], gazetteer: Gazetteer, on: date | None, language: str) -> Scene:
    """A sentence with its mentions."""
    mentions = _behind_dateline(text, gazetteer.find_mentions(text, on, language=language))
    starts = {token_at(tokens, mention.start): mention for mention in reversed(mentions)}
    return Scene(text, tokens, gazetteer, language, mentions, starts)


def _behind_dateline(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without those of a dateline (`ANKARA (AA) -`), which stand outside the sentence."""
    dateline = _DATELINE.match(text)
    if dateline is None or not mentions or mentions[0].end > dateline.end():
        return mentions
    if mentions[0].start == 0 and mentions[0].kind not in {"capital", "place"}:
        return mentions
    return tuple(mention for mention in mentions if mention.start >= dateline.end())


def bare_agent(scene: Scene, mention: Mention) -> Agent:
    """The agent of a mention alone."""
    return Agent(
        token_at(scene.tokens, mention.start),
        token_at(scene.tokens, mention.end - 1),
        mention.start,
        mention.end,
        mention.country,
        mention.sector,
        mention.actor,
        _KINDS.get(mention.kind, "state"),
        None,
        mention.place,
        name=mention.text if mention.kind == "leader" else None,
    )


def spread(scene: Scene, agent: Agent, first: int, last: int) -> Agent:
    """The agent over more tokens: from `first` to `last`, or as far as it reached where that is more."""
    first, last = min(first, agent.first), max(last, agent.last)
    start = agent.start if first == agent.first else scene.tokens[first].start
    end = agent.end if last == agent.last else scene.tokens[last].end
    return replace(agent, first=first, last=last, start=start, end=end)


def headed(scene: Scene, agent: Agent, head: Head) -> Agent:
    """The agent with the noun that says what of the state, the organisation or the group it is."""
    found = spread(scene, agent, head.first, head.last)
    noun = head.noun
    if noun.sector is None:
        return replace(found, kind="attribute") if noun.inanimate else agent
    kind: Kind = "state" if noun.state_agent else "people"
    if agent.kind in {"organisation", "group"} and (noun.state_agent or agent.kind == "group"):
        kind = agent.kind
    sector = agent.sector if agent.kind == "group" and agent.sector else noun.sector
    return replace(found, kind=kind, sector=sector, place=None)


def with_person(scene: Scene, part: Part, no_names: frozenset[str]) -> tuple[Agent, int]:
    """Takes in the name that follows an office (`Dışişleri Bakanı | Hakan Fidan`).

    Args:
        scene: The sentence.
        part: The phrase that ends in an office.
        no_names: Words in capitals that are no names (days, months).

    Returns:
        The agent and the index of its last token, the same where no name follows.
    """
    agent = part.agent
    last = part.after - 1
    if last != agent.last:
        return agent, agent.last
    for step in range(part.after, min(part.after + _MOST_NAMES + 1, len(scene.tokens))):
        follower = scene.starts.get(step)
        if follower is not None:
            if follower.kind != "leader" or follower.country not in {None, agent.country}:
                break
            last = token_at(scene.tokens, follower.end - 1)
            actor = follower.actor or agent.actor
            return replace(spread(scene, agent, agent.first, last), actor=actor, name=follower.text), last
        particle = scene.lower_at(step) in _PARTICLES and scene.is_upper(step + 1)
        named = scene.is_upper(step) and scene.tokens[step].is_word and scene.lower_at(step) not in no_names
        if step == part.after + _MOST_NAMES or not (named or particle):
            break
        last = step
    if last == agent.last:
        return agent, last
    name = scene.text[scene.tokens[agent.last + 1].start : scene.tokens[last].end]
    return replace(spread(scene, agent, agent.first, last), name=name), last


def is_model(text: str) -> bool:
    """Whether a word is the model of a machine of war (`Su-35`, `Ту-95МС`)."""
    return _MODEL.match(text) is not None


def with_quoted(scene: Scene, agent: Agent) -> Agent:
    """Takes in a name in quotes behind a company or a group (`компания | «Газпром»`)."""
    if scene.text_at(agent.last + 1) not in _OPENING_QUOTES or not scene.is_upper(agent.last + 2):
        return agent
    for step in range(agent.last + 3, min(agent.last + 3 + _QUOTED, len(scene.tokens))):
        if scene.text_at(step) in _CLOSING_QUOTES:
            return spread(scene, agent, agent.first, step)
    return agent


@cache
def load_adpositions(language: str) -> Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Words before or behind a noun and what they say in English, from `data/adpositions.csv`.

    Args:
        language: ISO 639-1.

    Returns:
        Pairs of the case they ask for (empty for any) and their sense, by their words.
    """
    rows = (files("detente.coding") / "data" / "adpositions.csv").read_text(encoding="utf-8").splitlines()
    found: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
    for row in csv.DictReader(rows):
        if row["language"] == language:
            words = tuple(row["words"].split())
            found[words] = (*found.get(words, ()), (row["case"], row["sense"]))
    return found
