"""Who says what a Turkish or Russian sentence tells: "Kiev'e göre", "... söyledi", "по словам МИД", "заявил, что"."""

import re
from bisect import bisect_left, bisect_right
from typing import Final

from detente.coding.agents import Agent
from detente.coding.cues import load_cue
from detente.coding.folding import fold
from detente.coding.tokens import Token, token_at

_REACH: Final = 90  # characters beside an agent in which the words of saying stand
_TRAILING: Final = 6  # words after the sayer of a closing attribution
_OPENING: Final = 16  # characters before a closing attribution that show it to be one
_NEAR: Final = 12  # words between a Russian subject and its verb
_ENDS: Final = frozenset(";:.!?")
_SOURCES: Final = frozenset({None, "in", "from"})  # "сообщили в МИД", "сообщили из посольства"
_INVERTED: Final = re.compile(r"\W{0,3}(?:\w+ ){0,2}")


def find_sayer(
    text: str, tokens: tuple[Token, ...], agents: tuple[Agent, ...], language: str
) -> tuple[Agent, bool] | None:
    """Who says what a sentence tells.

    Args:
        text: The sentence.
        tokens: Its tokens.
        agents: Its agents, in order.
        language: `tr` or `ru`.

    Returns:
        The sayer, and whether the saying is only an attribution at the edge ("Kiev'e göre, ...", "..., сообщил МИД
        Японии") rather than the sentence's own verb; None where no agent is said to say it. Where there are both, the
        attribution at the edge, which covers the whole sentence.
    """
    folded = fold(text, language)
    able = tuple(agent for agent in agents if agent.acts and agent.side is not None)
    if not able:
        return None
    if language == "tr":
        return _turkish(folded, able)
    return _russian(folded, tokens, able)


def _turkish(folded: str, agents: tuple[Agent, ...]) -> tuple[Agent, bool] | None:
    for kind in ("according", "statement"):
        pattern = load_cue("tr", kind)
        for agent in agents:
            if pattern.match(folded, agent.end, agent.end + _REACH):
                return agent, True
    verbs = list(load_cue("tr", "said").finditer(folded))
    inverted = _inverted(folded, agents, verbs)
    if inverted is not None:
        return inverted, True
    participle = load_cue("tr", "saying")
    for agent in agents:
        if participle.search(folded[max(0, agent.start - _REACH) : agent.start]):
            return agent, False
    by = [agent for agent in agents if agent.preposition == "by"]
    if by and load_cue("tr", "said-by").search(folded, by[-1].end):
        return by[-1], False
    verbs = verbs or list(load_cue("tr", "saying-on").finditer(folded))
    subject = _turkish_subject(folded, agents, verbs[-1].start()) if verbs else None
    return (subject, False) if subject is not None else None


def _inverted(folded: str, agents: tuple[Agent, ...], verbs: list[re.Match[str]]) -> Agent | None:
    """The subject behind its verb: "..., dedi Putin"."""
    if not verbs:
        return None
    end = verbs[-1].end()
    sayer = next((agent for agent in agents if agent.start >= end), None)
    if sayer is None or not _is_subject(folded, sayer) or len(folded[end:].split()) > _TRAILING:
        return None
    return sayer if _INVERTED.fullmatch(folded, end, sayer.start) else None


def _turkish_subject(folded: str, agents: tuple[Agent, ...], verb: int) -> Agent | None:
    """The subject of a verb that ends the sentence: the last nominative set off by a comma, else the first one."""
    able = [agent for agent in agents if agent.end <= verb and _is_subject(folded, agent)]
    marked = [agent for agent in able if folded.startswith(",", agent.end)]
    if not marked:
        return able[0] if able else None
    place = able.index(marked[-1])
    while place and folded[able[place - 1].end : able[place].start] in {", ", " ve ", " ile "}:
        place -= 1  # "Rusya, Çin ve İran, ...": the first of them
    return able[place]


def _is_subject(folded: str, agent: Agent) -> bool:
    """Whether a Turkish agent is in the nominative: no preposition of ours, no owner, no case after an apostrophe."""
    return agent.preposition is None and not agent.possessive and not folded.startswith("'", agent.end)


def _russian(folded: str, tokens: tuple[Token, ...], agents: tuple[Agent, ...]) -> tuple[Agent, bool] | None:
    pattern = load_cue("ru", "according")
    for agent in agents:
        opening = folded[max(0, agent.start - _REACH) : agent.start]
        if pattern.search(opening) or pattern.search(_without_preposition(opening)):
            return agent, True
    verbs = list(load_cue("ru", "said").finditer(folded))
    for verb in verbs:
        sayer = _closing(folded, tokens, agents, verb)
        if sayer is not None:
            return sayer, True
    content = load_cue("ru", "content")
    for verb in verbs:
        told = content.match(folded, verb.end())
        subject = _subject(folded, tokens, agents, verb) if told else None
        if subject is not None:
            return subject, False
    return None


def _without_preposition(opening: str) -> str:
    """The words before an agent without the preposition that opens it ("как сообщили в | МИД")."""
    return re.sub(r"(?<= )(?:в|во|из) $", "", opening)


def _closing(folded: str, tokens: tuple[Token, ...], agents: tuple[Agent, ...], verb: re.Match[str]) -> Agent | None:
    """The sayer of a closing attribution: "..., сообщил МИД Японии", "..., заявили в Токио"."""
    before = folded[max(0, verb.start() - _OPENING) : verb.start()].rstrip(" -")
    if before and not before.endswith((",", "»", '"', "”", "“", "об этом")):
        return None
    sayer = _behind(agents, verb.end())
    if sayer is None or sayer.preposition not in _SOURCES or sayer.first - token_at(tokens, verb.end()) > 3:
        return None
    between = folded[verb.end() : sayer.start]
    plain = not any(sign in between for sign in ",:;") and not re.search(r"\b(?:о|об|что)\b", between)
    if not plain or load_cue("ru", "content").match(folded, sayer.end) is not None:
        return None
    rest = [token for token in tokens[sayer.last + 1 : sayer.last + 4 * _TRAILING] if token.is_word]
    return sayer if before or len(rest) <= _TRAILING else None


def _subject(folded: str, tokens: tuple[Token, ...], agents: tuple[Agent, ...], verb: re.Match[str]) -> Agent | None:
    """The subject of a verb of saying: the nearest agent before it without a preposition, else the one behind it."""
    head = token_at(tokens, verb.start())
    for place in range(bisect_right(agents, verb.start(), key=lambda agent: agent.end) - 1, -1, -1):
        agent = agents[place]
        if head - agent.last > _NEAR:
            break
        between = {token.text for token in tokens[agent.last + 1 : head]}
        if agent.preposition is None and not agent.possessive and not between & _ENDS:
            return agent
    behind = _behind(agents, verb.end())
    near = (
        behind is not None and re.fullmatch(r" (?:\w+ ){0,2}", folded[verb.end() : behind.start][:_REACH]) is not None
    )
    return behind if behind is not None and near and behind.preposition in _SOURCES else None


def _behind(agents: tuple[Agent, ...], offset: int) -> Agent | None:
    """The first agent at or after an offset."""
    place = bisect_left(agents, offset, key=lambda agent: agent.start)
    return agents[place] if place < len(agents) else None
