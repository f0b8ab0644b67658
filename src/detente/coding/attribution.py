"""Who says it, and whether the text itself calls an act an answer."""

import re
from dataclasses import dataclass
from typing import Final

from detente.coding.agents import Agent
from detente.coding.clauses import find_subject
from detente.coding.cues import find_cue
from detente.coding.lexicon import Lexicon
from detente.coding.tokens import Token

_VERBS: Final = frozenset(
    "said says reported reports claimed claims stated states announced announces alleged charged confirmed noted "
    "added told maintained argued insisted counted".split()
)
_CUE: Final = re.compile(
    r"\bin (?:a )?(?:direct )?(?:response|retaliation|reply|answer|return|reprisal|turn)\b(?: (?:to|for))?"
    r"|\bretaliat(?:ed|ing|es)\b|\bas a counter-?measure\b|\btit[- ]for[- ]tat\b|\bin kind\b",
    re.IGNORECASE,
)
_NO_CUE: Final = re.compile(r"\bin (?:a )?(?:direct )?return of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of saying: its index, who says it, and whether it ends the sentence ("..., Tokyo said")."""

    verb: int
    sayer: Agent
    trailing: bool


def find_sayings(tokens: tuple[Token, ...], agents: tuple[Agent, ...], lexicon: Lexicon) -> tuple[Saying, ...]:
    """Who says what in a sentence."""
    found: list[Saying] = []
    named = {place for agent in agents for place in range(agent.first, agent.last + 1)}  # the United States
    for step, token in enumerate(tokens):
        if step in named:
            continue
        if token.lower in _VERBS and not _is_participle(tokens, step):
            sayer = find_subject(tokens, agents, step, lexicon)
            if sayer is not None and sayer.country is not None:
                found.append(Saying(step, sayer, trailing=_is_trailing(tokens, sayer, step)))
        if token.lower == "according" and step + 1 < len(tokens) and tokens[step + 1].lower == "to":
            sayer = next((agent for agent in agents if agent.first > step + 1), None)
            if sayer is not None and sayer.first <= step + 4 and sayer.acts and sayer.country is not None:
                found.append(Saying(step, sayer, trailing=True))
    return tuple(found)


def sayer_of(sayings: tuple[Saying, ...], head: int) -> Agent | None:
    """Who is said to say the act at a token: the nearest saying before it, else one that ends the sentence."""
    before = [saying for saying in sayings if saying.verb < head and not saying.trailing]
    if before:
        return before[-1].sayer
    trailing = [saying for saying in sayings if saying.trailing]
    return trailing[0].sayer if trailing else None


def find_response_cue(text: str, *, language: str = "en") -> str | None:
    """The words by which a sentence calls its act an answer, None without.

    Examples:
        >>> find_response_cue("In response, Tokyo expelled eight diplomats.")
        'In response'
    """
    if language in {"tr", "ru"}:
        return find_cue(text, language, "response")
    found = _CUE.search(text)
    return found.group() if found and not _NO_CUE.search(text) else None


def _is_participle(tokens: tuple[Token, ...], step: int) -> bool:
    """Whether the word is no verb of its own: "was told", "islands claimed by"."""
    followed = step + 1 < len(tokens) and tokens[step + 1].lower == "by"
    return followed or (step > 0 and tokens[step - 1].lower in {"is", "was", "are", "were", "been", "be", "to"})


def _is_trailing(tokens: tuple[Token, ...], sayer: Agent, step: int) -> bool:
    rest = [token for token in tokens[step + 1 :] if token.is_word]
    opening = sayer.first - 1
    while opening > 2 and tokens[opening].lower in {"the", "a", "an", "its"}:
        opening -= 1
    return sayer.first > 2 and tokens[opening].text in {",", "”", '"'} and len(rest) <= 6
