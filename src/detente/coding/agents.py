"""Who stands in a sentence: mentions of the gazetteer put together with the nouns around them."""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from detente.coding.tokens import Token, token_at
from detente.ontology.gazetteer import Gazetteer, Mention, Place

Kind = Literal["state", "people", "attribute", "place", "organisation", "group"]

PREPOSITIONS: Final = frozenset(
    "in at on to from with against of by for over about near off into onto upon toward towards after before "
    "under between among amid across around inside outside within through beyond despite without during via alongside "
    "behind above below as than like including joined".split()
)
LOCATIVE: Final = frozenset("in at near off around across outside inside within through into onto via".split())
_DETERMINERS: Final = frozenset(
    "the a an its their his her this that these those some several many all both other another any each more "
    "most former new senior top then first second third two three four five six seven eight nine ten dozens "
    "hundreds thousands about around nearly over almost further late outgoing departing visiting newly returned "
    "deputy vice acting chief high-ranking ranking leading own eastern western northern southern central far "
    "mainland neighbouring neighboring occupied nearby".split()
)
_CALENDAR: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december yesterday today tomorrow".split()
)
_STOPS: Final = frozenset(",;:.()[]\"“”«»—–'’")
_MODIFIED: Final = frozenset({"country", "capital", "palace", "nationality", "igo"})
_STATES: Final = frozenset({"country", "capital", "palace", "institution", "leader"})
_AND: Final = frozenset({"and", "&", "ve", "и"})
_WHOSE: Final = ("-flagged", "-owned", "-registered")
_MAX_MODIFIERS: Final = 4
_MODEL: Final = re.compile(r"[A-Z][A-Za-z]{0,3}[-‑]\d+\w*$")


@dataclass(frozen=True, slots=True)
class Agent:
    """A noun phrase that names an actor, a place, or something that belongs to an actor.

    Attributes:
        first: Index of its first token.
        last: Index of its last token.
        start: First character in the sentence.
        end: One past the last character.
        country: ISO3, `IGO:` id or None.
        sector: PLOVER sector or None.
        actor: Stable id below the state or None.
        kind: `state` acts as the government, `people` are citizens and companies, `attribute` only says whose
            something is ("Russian bonds"), `place` is a location.
        preposition: The preposition that opens the phrase, None for a subject or a direct object.
        place: Entry of the table of places where it is one.
        possessive: Whether the name itself ends in 's.
    """

    first: int
    last: int
    start: int
    end: int
    country: str | None
    sector: str | None
    actor: str | None
    kind: Kind
    preposition: str | None
    place: Place | None = None
    possessive: bool = False
    name: str | None = None  # of a person, as the text gives it

    @property
    def side(self) -> str | None:
        """What tells sides apart: the country, or the id of a group that is none."""
        return self.country or self.actor

    @property
    def acts(self) -> bool:
        """Whether it can do something."""
        return self.kind in {"state", "people", "organisation", "group"}


def find_agents(text: str, tokens: tuple[Token, ...], gazetteer: Gazetteer, on: date | None) -> tuple[Agent, ...]:
    """All agents of a sentence in order, without overlaps.

    Args:
        text: The sentence.
        tokens: Its tokens.
        gazetteer: The names.
        on: The day on which offices and states are looked up; None where unknown.
    """
    agents: list[Agent] = []
    mentions = gazetteer.find_mentions(text, on)
    taken = -1
    for index, mention in enumerate(mentions):
        first = token_at(tokens, mention.start)
        if first <= taken or first >= len(tokens):
            continue
        agent = _build(tokens, mention, mentions[index + 1 :], gazetteer)
        agent = _with_opening(tokens, agent, taken)
        agent = _organ_in(tokens, agent, mention, gazetteer)
        agents.append(agent)
        taken = agent.last
    return tuple(_share_heads(_without_homes(agents), tokens))


def _without_homes(agents: list[Agent]) -> list[Agent]:
    """Leave out the state that only says where a group is at home ("Yemen's Houthis", "Lebanon's Hezbollah")."""
    homes = {
        first
        for first, then in pairwise(agents)
        if first.possessive and first.kind == "attribute" and then.kind == "group" and first.last + 1 == then.first
    }
    return [agent for agent in agents if agent not in homes]


def coordinated(agents: tuple[Agent, ...], tokens: tuple[Token, ...], agent: Agent) -> tuple[Agent, ...]:
    """The agents joined to one by commas and "and", in order ("Japan, Canada and the EU"); "ve" and "и" do the same."""
    index = agents.index(agent)
    group = [agent]
    for other in agents[index + 1 :]:
        if not _joined(tokens, group[-1], other):
            break
        group.append(other)
    for other in reversed(agents[:index]):
        if not _joined(tokens, other, group[0]):
            break
        group.insert(0, other)
    joints = {token.lower for token in tokens[group[0].last + 1 : group[-1].first]}
    clauses = len(group) == 2 and "," in joints and bool(joints & _AND)  # "..., and Egypt recalled": a new clause
    return tuple(group) if joints & _AND and not clauses else (agent,)  # commas alone make no list


def _joined(tokens: tuple[Token, ...], left: Agent, right: Agent) -> bool:
    between = [token.lower for token in tokens[left.last + 1 : right.first]]
    words = [word for word in between if word not in _DETERMINERS]
    return right.kind != "place" and bool(words) and set(words) <= {",", *_AND} and len(words) <= 2


def _build(tokens: tuple[Token, ...], mention: Mention, later: tuple[Mention, ...], gazetteer: Gazetteer) -> Agent:
    first = token_at(tokens, mention.start)
    last = token_at(tokens, mention.end - 1)
    possessive = tokens[last].lower.endswith(("'s", "’s")) or _bare_possessive(tokens, last)
    base = Agent(
        first,
        last,
        tokens[first].start,
        tokens[last].end,
        mention.country,
        mention.sector,
        mention.actor,
        _kind_of(mention),
        None,
        mention.place,
        possessive,
        mention.text if mention.kind == "leader" else None,
    )
    if mention.kind == "country" and tokens[last].lower.endswith(_WHOSE):
        return replace(base, kind="attribute")
    if mention.kind not in _MODIFIED or not (possessive or mention.kind in {"nationality", "igo", "country"}):
        return base if not possessive else _possessor(base, mention)
    headed = _with_head(tokens, base, mention, later, gazetteer)
    if headed is not None:
        return headed
    if mention.kind == "nationality":
        return replace(base, kind="attribute")
    return _possessor(base, mention) if possessive else base


def _possessor(base: Agent, mention: Mention) -> Agent:
    return base if mention.kind == "place" else replace(base, kind="attribute")


def _bare_possessive(tokens: tuple[Token, ...], last: int) -> bool:
    return (
        last + 2 < len(tokens)
        and tokens[last].lower.endswith("s")
        and tokens[last + 1].text in {"'", "’"}
        and tokens[last + 2].is_word
        and tokens[last + 1].start == tokens[last].end
    )


def _kind_of(mention: Mention) -> Kind:
    if mention.kind in _STATES:
        return "state"
    if mention.kind == "igo":
        return "organisation"
    if mention.kind == "group":
        return "group"
    if mention.kind == "place":
        return "place"
    return "people" if mention.kind == "people" else "attribute"


def _with_head(
    tokens: tuple[Token, ...],
    base: Agent,
    mention: Mention,
    later: tuple[Mention, ...],
    gazetteer: Gazetteer,
) -> Agent | None:
    """The phrase with the noun that heads it: "Russian | Defence Ministry", "Japan's | ambassador to Moscow"."""
    starts = {token_at(tokens, other.start): other for other in later[:3]}
    position = base.last + 1
    if position < len(tokens) and tokens[position].text in {"'", "’"} and base.possessive:
        position += 1
    for step in range(position, min(position + _MAX_MODIFIERS + 1, len(tokens))):
        follower = starts.get(step)
        if follower is not None:
            return _with_name(tokens, base, follower, step)
        token = tokens[step]
        if token.text in _STOPS or token.lower in PREPOSITIONS or token.lower in {"and", "or"}:
            return None
        headed = _headed(tokens, base, step, gazetteer)
        if headed is not None and headed.kind != "attribute":
            return _with_post(tokens, _with_person(tokens, headed, starts), starts)
        if headed is not None:
            return headed
        if mention.kind != "nationality" and not base.possessive:
            return None
        if step == position and _is_plural(token) and mention.kind == "nationality":
            return replace(base, last=step, end=token.end, sector="CVL", kind="people")
    return None


def _headed(tokens: tuple[Token, ...], base: Agent, step: int, gazetteer: Gazetteer) -> Agent | None:
    """The name joined to a noun that starts at a token, the longest noun first; None where none does."""
    if _MODEL.match(tokens[step].text):  # "Russian Su-35s", "a Russian An-26"
        return replace(base, last=step, end=tokens[step].end, sector="MIL", kind="state")
    for length in (3, 2, 1):
        end = min(step + length, len(tokens)) - 1
        phrase = " ".join(part.bare for part in tokens[step : end + 1])
        noun = gazetteer.sector_noun(phrase)
        if noun is not None:
            kind: Kind = "state" if noun.state_agent else "people"
            return replace(base, last=end, end=tokens[end].end, sector=noun.sector, kind=kind)
        if gazetteer.is_inanimate(phrase):
            return replace(base, last=end, end=tokens[end].end, kind="attribute")
    return None


def _is_plural(token: Token) -> bool:
    """Whether a word looks like people or things in the plural ("Russian rescuers")."""
    return token.lower.endswith("ers") or token.lower.endswith(("ists", "men", "ians", "ors", "ees"))


def _with_name(tokens: tuple[Token, ...], base: Agent, follower: Mention, step: int) -> Agent | None:
    if follower.kind != "leader" or follower.country not in {None, base.country}:
        return None
    last = token_at(tokens, follower.end - 1)
    return replace(
        base,
        last=max(last, step),
        end=tokens[last].end,
        sector=follower.sector or "GOV",
        actor=follower.actor,
        kind="state",
        name=follower.text,
    )


def _with_person(tokens: tuple[Token, ...], agent: Agent, starts: dict[int, Mention]) -> Agent:
    """Takes in the name that follows an office: "Foreign Minister | Yoshimasa Hayashi"."""
    last = agent.last
    for step in range(agent.last + 1, min(agent.last + 5, len(tokens))):
        follower = starts.get(step)
        if follower is not None and follower.kind == "leader":
            last = token_at(tokens, follower.end - 1)
            return replace(
                agent, last=last, end=tokens[last].end, actor=follower.actor or agent.actor, name=follower.text
            )
        if follower is not None or not tokens[step].text[:1].isupper() or not tokens[step].is_word:
            break
        last = step
    return replace(agent, last=last, end=tokens[last].end)


def _with_post(tokens: tuple[Token, ...], agent: Agent, starts: dict[int, Mention]) -> Agent:
    """Takes in the post of an envoy: "ambassador | to Tokyo"."""
    head = {token.bare for token in tokens[agent.first : agent.last + 1]}
    step = agent.last + 1
    if not head & {"ambassador", "envoy", "embassy", "consulate"} or step + 1 >= len(tokens):
        return agent
    follower = starts.get(step + 1)
    if tokens[step].lower not in {"to", "in"} or follower is None or follower.kind not in _MODIFIED:
        return agent
    last = token_at(tokens, follower.end - 1)
    return replace(agent, last=last, end=tokens[last].end)


def _with_opening(tokens: tuple[Token, ...], agent: Agent, taken: int) -> Agent:
    """Looks left past determiners and titles for the preposition that opens the phrase."""
    step = agent.first - 1
    first = agent.first
    while step > taken:
        token = tokens[step]
        inside = step > 0 or first != agent.first  # a sentence's first word is upper case in any case
        title = token.text[:1].isupper() and token.is_word and inside and agent.kind != "place"
        if token.lower in _DETERMINERS or token.text[:1].isdigit():
            pass
        elif title and token.lower not in PREPOSITIONS and token.lower not in _CALENDAR:
            first = step
        else:
            break
        step -= 1
    opening = tokens[step].lower if step >= 0 else ""
    if opening in {"of", "for"} and step > 0 and tokens[step - 1].bare in _OFFICES:
        opening = ""  # "foreign minister of Japan" is the minister, "a group of Russian rescuers" the rescuers
    found = opening if opening in PREPOSITIONS else None
    if agent.kind in {"state", "people", "organisation"}:
        return replace(agent, first=first, start=tokens[first].start, preposition=found)
    return replace(agent, preposition=found)


def _organ_in(tokens: tuple[Token, ...], agent: Agent, mention: Mention, gazetteer: Gazetteer) -> Agent:
    """Takes in the organ that a clause opens with, named by its place only: "Police in | Iran"."""
    opened = agent.first - 1
    if agent.preposition != "in" or mention.kind not in {"country", "capital"} or agent.last - agent.first > 1:
        return agent
    for first in range(max(opened - 3, 0), opened):
        noun = gazetteer.sector_noun(" ".join(token.bare for token in tokens[first:opened]))
        if noun is None or not noun.state_agent:
            continue
        start = first
        while start > 0 and tokens[start - 1].lower in _DETERMINERS:
            start -= 1
        if start == 0 or tokens[start - 1].text in _CLAUSE:
            begin = tokens[first].start
            return replace(agent, first=first, start=begin, sector=noun.sector, kind="state", preposition=None)
    return agent


_CLAUSE: Final = frozenset({",", ";", ":", "–", "—", "“", '"'})
_OFFICES: Final = frozenset(
    "president minister ambassador government ministry premier chancellor king queen army navy parliament "
    "ministers leaders presidents governments spokesman spokeswoman spokesperson group team pair dozens number "
    "hundreds thousands flotilla fleet squadron contingent crew delegation majority score scores".split()
)


def _share_heads(agents: list[Agent], tokens: tuple[Token, ...]) -> list[Agent]:
    """Gives the first adjective the noun of the second: "Russian and Japanese foreign ministers"."""
    shared = list(agents)
    for index in range(len(shared) - 2, -1, -1):
        left, right = shared[index], shared[index + 1]
        between = {token.lower for token in tokens[left.last + 1 : right.first]}
        adjective = left.kind == "attribute" and not left.possessive and left.first == left.last
        if adjective and right.acts and between and between <= {"and", ",", "-"}:
            shared[index] = replace(left, kind=right.kind, sector=right.sector)
            shared[index + 1] = replace(right, preposition=right.preposition or left.preposition)
    return shared
