"""Whose verb it is: clauses, subjects and voice, from word order alone."""

from typing import Final

from detente.coding.agents import Agent
from detente.coding.lexicon import Act, Lexicon
from detente.coding.tokens import Token

AUXILIARIES: Final = frozenset(
    "is are was were be been being am has have had having do does did will would shall should can could may might "
    "must ought".split()
)
_BE: Final = frozenset("is are was were be been being get got".split())
_OPENERS: Final = frozenset(
    "that which who whom whose when while as after before because although though since if unless until where "
    "whereas whether so".split()
)
_NO_BAR: Final = frozenset({None, "of", "after", "before", "as", "than", "since", "until", "like"})
_RELATIVES: Final = frozenset("which who whom".split())
_SAYING: Final = frozenset(
    "said says say told tells announced announces reported reports stated states added noted claimed claims "
    "declared confirmed argued insisted explained believes believed thought hoped expects knows".split()
)
_LINKS: Final = frozenset(
    "not never also again formally strongly openly reportedly still now then later soon jointly officially "
    "repeatedly again once already only just itself himself herself themselves together twice firmly quickly "
    "temporarily unilaterally publicly angrily first in turn longer no".split()
)


def is_adverb(token: Token) -> bool:
    """Whether a word can stand between a subject and its verb."""
    return token.lower in _LINKS or (token.lower.endswith("ly") and len(token.lower) > 4)


def is_passive(tokens: tuple[Token, ...], head: int, lexicon: Lexicon) -> bool:
    """Whether the verb is a participle after a form of "be"."""
    if tokens[head].bare not in lexicon.participles:
        return False
    step = head - 1
    while step >= 0 and is_adverb(tokens[step]):
        step -= 1
    return step >= 0 and tokens[step].lower in _BE


def is_told_passive(tokens: tuple[Token, ...], head: int, lexicon: Lexicon) -> bool:
    """Whether the passive tells of an act: "was shot", "is to be expelled", but not "the first envoy to be shot"."""
    if not is_passive(tokens, head, lexicon):
        return False
    be = next(step for step in range(head - 1, -1, -1) if tokens[step].lower in _BE)
    if not is_infinitive(tokens, be):
        return True
    to = next(step for step in range(be - 1, -1, -1) if tokens[step].lower == "to")
    return to > 0 and tokens[to - 1].lower in {*_BE, "about", "due", "expected", "set"}


def is_infinitive(tokens: tuple[Token, ...], head: int) -> bool:
    """Whether "to" (and adverbs) stand before the verb."""
    step = head - 1
    while step >= 0 and is_adverb(tokens[step]):
        step -= 1
    return step >= 0 and tokens[step].lower == "to"


def clause_start(tokens: tuple[Token, ...], head: int) -> int:
    """Index of the first token of the clause that holds a verb."""
    comma = False
    for step in range(head - 1, -1, -1):
        if tokens[step].text in {";", ":", "—", "–"}:
            return step + 1
        comma = comma or tokens[step].text == ","
        if comma and tokens[step].lower in _RELATIVES and step > 0 and tokens[step - 1].text == ",":
            continue  # ", which borders Niger," is closed before the verb
        if tokens[step].lower in _OPENERS:
            if tokens[step].lower in {"after", "before", "since"} and not _has_verb(tokens, step, head):
                continue
            return step
    return 0


def find_subject(tokens: tuple[Token, ...], agents: tuple[Agent, ...], head: int, lexicon: Lexicon) -> Agent | None:
    """The agent whose verb it is.

    Args:
        tokens: The sentence.
        agents: Its agents.
        head: Index of the verb.
        lexicon: Patterns, for the forms of verbs.

    Returns:
        The last agent before the first verb of the clause, an agent right before the verb itself, the
        antecedent of a relative clause, or the subject of the clause around; None where there is none.
    """
    adjacent = _adjacent_subject(tokens, agents, head)
    if adjacent is not None:
        return adjacent
    start = clause_start(tokens, head)
    verb = _first_verb(tokens, agents, start, head, lexicon)
    aside = _asides(tokens, start, head)
    inside = [
        agent
        for agent in agents
        if start <= agent.first and agent.last < verb and _nominative(agent) and agent.first not in aside
    ]
    if inside:
        return inside[-1]
    if start == 0:
        return _any_before(agents, head)
    opener = tokens[start]
    if opener.lower in _RELATIVES:
        before = [agent for agent in agents if agent.last < start and agent.kind != "place"]
        return before[-1] if before else None
    return find_subject(tokens, agents, start - 1, lexicon) if start > 1 else None


def _asides(tokens: tuple[Token, ...], start: int, head: int) -> set[int]:
    """Tokens of relative clauses that are closed before the verb (", which borders Niger,")."""
    found: set[int] = set()
    for step in range(start + 1, head):
        if tokens[step].lower in _RELATIVES and tokens[step - 1].text == ",":
            closing = next((place for place in range(step + 1, head) if tokens[place].text == ","), step)
            found.update(range(step, closing + 1))
    return found


def is_governed(tokens: tuple[Token, ...], outer: Act, inner: Act, lexicon: Lexicon) -> bool:
    """Whether the inner act is what the outer one speaks of: asked to X, agreed that X, protested over X."""
    if inner.head <= outer.head:
        return False
    if inner.head <= outer.last:
        return True
    step = inner.head - 1
    while step > outer.last and (is_adverb(tokens[step]) or tokens[step].lower in AUXILIARIES):
        step -= 1
    coordinate = tokens[step].lower in {"and", "but", ",", "then"} or _opens_clause(tokens, outer.last, step)
    finite = tokens[inner.head].bare in lexicon.participles or tokens[inner.head].bare.endswith("s")
    return not (coordinate and finite)


def _opens_clause(tokens: tuple[Token, ...], outer: int, subject: int) -> bool:
    """Whether a one-word subject stands after ", and", where no "that" holds it (", and Moscow expelled ...")."""
    before = [token.lower for token in tokens[outer + 1 : subject]]
    return before[-1:] in (["and"], ["but"]) and before[-2:-1] == [","] and "that" not in before


def _adjacent_subject(tokens: tuple[Token, ...], agents: tuple[Agent, ...], head: int) -> Agent | None:
    step = head - 1
    while step >= 0 and (tokens[step].lower in AUXILIARIES or is_adverb(tokens[step])):
        step -= 1
    for agent in agents:
        if agent.last == step and agent.acts and agent.preposition in _NO_BAR:
            return agent
    return None


def _first_verb(tokens: tuple[Token, ...], agents: tuple[Agent, ...], start: int, head: int, lexicon: Lexicon) -> int:
    inside = {place for agent in agents for place in range(agent.first, agent.last + 1)}
    inside |= _asides(tokens, start, head)
    for step in range(start, head):
        word = tokens[step].lower
        if step in inside or (step > 0 and tokens[step - 1].lower in {"the", "a", "an", "its", "their", "his", "to"}):
            continue
        if word in AUXILIARIES or word in _SAYING or word in lexicon.finite:
            return step
    return head


def _nominative(agent: Agent) -> bool:
    return agent.acts and agent.preposition is None


def _any_before(agents: tuple[Agent, ...], head: int) -> Agent | None:
    before = [agent for agent in agents if agent.last < head and _nominative(agent)]
    return before[0] if before else None


def _has_verb(tokens: tuple[Token, ...], start: int, head: int) -> bool:
    return any(token.lower in AUXILIARIES or token.lower.endswith("ed") for token in tokens[start + 1 : head])


def clause_end(tokens: tuple[Token, ...], head: int) -> int:
    """Index past the last token of the clause that holds a verb."""
    for step in range(head + 1, len(tokens)):
        if tokens[step].text in {";", ":", "—", "–"} or tokens[step].lower in _OPENERS - {
            "before",
            "after",
            "since",
        }:
            return step
    return len(tokens)
