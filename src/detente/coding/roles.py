"""Who did it to whom: source and target of an act, and how each is known."""

from dataclasses import dataclass, replace
from typing import Final

from detente.coding.agents import LOCATIVE, Agent, coordinated
from detente.coding.clauses import find_subject, is_passive, is_told_passive
from detente.coding.lexicon import Act, Lexicon
from detente.coding.tokens import Token

_ON_GROUND: Final = frozenset({"MOBILIZE", "ASSAULT", "COERCE", "CONSULT"})
_NEAR: Final = 4
_BESIDE: Final = frozenset({"with", "alongside"})
_APART: Final = frozenset({"MOBILIZE", "COERCE", "THREATEN"})  # who stands beside the source is no target
PLURAL: Final = frozenset("two both sides parties countries leaders ministers they states neighbours neighbors".split())
"""Words that stand for both of a pair."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an act: country, sector, actor, the words, and the basis (text, place, context, document)."""

    country: str | None
    sector: str | None = None
    actor: str | None = None
    text: str | None = None
    basis: str = "text"
    span: tuple[int, int] | None = None  # characters in the sentence
    claims: bool = False  # it is a side because it claims the place, not because the place is its own


@dataclass(frozen=True, slots=True)
class Background:
    """What is known before the sentence: the pair spoken of before, and the pair the document is about."""

    context: tuple[str, str] | None = None
    document: tuple[str, str] | None = None
    domestic: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """Sources and targets of one act; `symmetric` where both do the same."""

    sources: tuple[Side, ...]
    targets: tuple[Side, ...]
    symmetric: bool


def assign_roles(
    tokens: tuple[Token, ...],
    agents: tuple[Agent, ...],
    act: Act,
    lexicon: Lexicon,
    background: Background,
    limit: int,
    sayer: Agent | None = None,
    accused: Agent | None = None,
) -> Roles | None:
    """Source and target of an act.

    Args:
        tokens: The sentence.
        agents: Its agents.
        act: The pattern found.
        lexicon: Patterns, for the forms of verbs.
        background: Pairs known from before.
        limit: Index of the token at which the act's own words end.
        accused: Who is said to have done it ("accused China of attacking"), where the verb has no subject.
        sayer: Who is said to say it, for patterns that judge ("unacceptable") or let suffer ("would lose").

    Returns:
        The roles, or None where no source or no target of another country can be told.
    """
    if act.rule.roles in {"said", "swap"}:
        return _said_roles(agents, act, sayer or find_subject(tokens, agents, act.head, lexicon), background)
    subject: Agent | None
    if accused is not None:
        subject, objects = accused, _objects(agents, act, accused, limit)
    elif act.rule.roles == "noun":
        subject, objects = _noun_roles(agents, act, limit)
    elif is_passive(tokens, act.head, lexicon):
        subject, objects = _passive_roles(tokens, agents, act, lexicon, limit)
    else:
        subject = find_subject(tokens, agents, act.head, lexicon)
        objects = _objects(agents, act, subject, limit)
    sources = _group(agents, tokens, subject)
    objects = [agent for agent in objects if agent not in sources]
    symmetric = act.rule.roles == "symmetric"
    countries = {agent.side for agent in sources}
    if symmetric and len(countries) > 1:
        return Roles((_side(sources[0]),), _others(sources), symmetric=True)
    if not sources and act.rule.mode == "visit":
        return None
    if not sources:
        left_unsaid = act.rule.roles == "noun" or is_told_passive(tokens, act.head, lexicon)
        return _without_source(tokens, agents, act, objects, background, symmetric=symmetric, left_unsaid=left_unsaid)
    source = sources[0]
    others = tuple(agent for agent in agents if agent not in sources[1:])
    targets = _targets(tokens, others, act, source, objects, limit, background)
    if not targets:
        return None
    mutual = symmetric and (act.rule.event_type != "AGREE" or _with_target(objects))
    return Roles(_distinct(sources), targets, mutual)


def _said_roles(agents: tuple[Agent, ...], act: Act, sayer: Agent | None, background: Background) -> Roles | None:
    """The one who says it is the source; the other state spoken of is the target."""
    if sayer is None or sayer.country is None:
        return None
    others = [
        agent
        for agent in agents
        if agent.side not in {sayer.side, None} and agent is not sayer and not _is_location(agent)
    ]
    near = sorted(others, key=lambda agent: (agent.first > act.head, abs(agent.first - act.head)))
    if near:
        return Roles((_side(sayer),), (_side(near[0]),), symmetric=False)
    targets = _claimants(agents, sayer.country, act.last + 1) or _from_background(sayer.country, background)
    return Roles((_side(sayer),), targets, symmetric=False) if targets else None


def _with_target(objects: list[Agent]) -> bool:
    return any(agent.preposition == "with" for agent in objects)


def _noun_roles(agents: tuple[Agent, ...], act: Act, limit: int) -> tuple[Agent | None, list[Agent]]:
    before = [agent for agent in agents if agent.last < act.head + 1 and agent.country and agent.kind != "place"]
    near = [agent for agent in before if act.head - agent.last <= 6 and agent.preposition in {None, "by"}]
    by = [agent for agent in agents if agent.first > act.head and agent.preposition == "by" and agent.acts]
    inside = [agent for agent in agents if agent.first <= act.head <= agent.last]
    subject = (inside or by or near or [None])[0 if by or inside else -1]  # type: ignore[list-item]
    objects = [agent for agent in agents if agent.first > act.head and agent is not subject and agent.first < limit]
    return subject, objects


def _passive_roles(
    tokens: tuple[Token, ...], agents: tuple[Agent, ...], act: Act, lexicon: Lexicon, limit: int
) -> tuple[Agent | None, list[Agent]]:
    patient = find_subject(tokens, agents, act.head, lexicon)
    owners = [agent for agent in agents if agent.last < act.head and agent.country and agent.kind != "place"]
    by = next(
        (a for a in agents if a.first > act.head and a.preposition == "by" and a.country and a.first < limit),
        None,
    )
    if by is None and act.rule.mode == "expel":  # "were expelled from Russia"
        by = next((a for a in agents if a.first > act.head and a.preposition == "from" and a.country), None)
    objects = [patient] if patient is not None else owners[-1:]
    return by, [agent for agent in objects if agent is not None]


def _objects(agents: tuple[Agent, ...], act: Act, subject: Agent | None, limit: int) -> list[Agent]:
    return [
        agent for agent in agents if act.head < agent.first < limit and agent is not subject and agent.side is not None
    ]


def _targets(
    tokens: tuple[Token, ...],
    agents: tuple[Agent, ...],
    act: Act,
    source: Agent,
    objects: list[Agent],
    limit: int,
    background: Background,
) -> tuple[Side, ...]:
    if act.rule.mode == "visit" and act.rule.roles == "active":
        return _journey(tokens, agents, act, source, objects, limit)
    foreign = _foreign(objects, act, source)
    if foreign:
        group = [agent for agent in coordinated(agents, tokens, foreign[0]) if agent in foreign]
        return _distinct(tuple(group))
    by_place = _claimants(agents, source.country, limit)
    if by_place:
        return by_place
    elsewhere = [
        agent
        for agent in agents
        if agent.last < act.head
        and agent.side not in {source.side, None}
        and not _is_location(agent)
        and agent.preposition != "by"
    ]
    if elsewhere:
        return (_side(elsewhere[-1]),)
    if act.rule.event_type in _ON_GROUND:
        found = _located(tuple(agent for agent in agents if act.head < agent.first < limit), source.country, tokens)
        if found:
            return found
    inside = [agent for agent in objects if agent is not source and not _is_location(agent)]
    if background.domestic and inside:
        return (_side(inside[0]),)
    return _from_background(source.country, background)


def _foreign(objects: list[Agent], act: Act, source: Agent) -> list[Agent]:
    """Objects of another side that the act can be meant for."""
    apart = act.rule.event_type in _APART
    found = [
        agent
        for agent in objects
        if agent.side not in {source.side, None}
        and not _is_location(agent)
        and not (apart and agent.preposition in _BESIDE)
    ]
    aimed = [agent for agent in found if agent.preposition == "against"]
    # "joined the EU sanctions against Belarus"
    return aimed if aimed and act.rule.event_type == "SANCTION" else found


def _journey(
    tokens: tuple[Token, ...],
    agents: tuple[Agent, ...],
    act: Act,
    source: Agent,
    objects: list[Agent],
    limit: int,
) -> tuple[Side, ...]:
    """A journey goes to what is named right after it."""
    goal = next((agent for agent in agents if agent.first > act.last), None)
    if goal is not None and goal.kind == "place":
        return _claimants((goal,), source.country, limit) or _located((goal,), source.country, tokens)
    near = [agent for agent in objects if agent.side not in {source.side, None} and agent.first - act.last <= _NEAR]
    if not near:
        return ()
    group = [agent for agent in coordinated(agents, tokens, near[0]) if agent in near]
    return _distinct(tuple(group))


def _located(agents: tuple[Agent, ...], source: str | None, tokens: tuple[Token, ...]) -> tuple[Side, ...]:
    """The state in which a place lies that another state's act touches."""
    for agent in agents:
        where = agent.place.located_in if agent.place is not None else agent.country
        if _is_location(agent) and where not in {source, None}:
            return (Side(where, text=_words(tokens, agent), basis="place"),)
    return ()


def _claimants(agents: tuple[Agent, ...], source: str | None, limit: int) -> tuple[Side, ...]:
    """A disputed place acted on by the state that holds it stands for the states that claim it."""
    for agent in agents:
        place = agent.place
        if place is None or agent.first >= limit or source not in {place.administered_by, *place.claimed_by}:
            continue
        others = [code for code in (*place.claimed_by, place.administered_by) if code not in {source, None}]
        if others:
            return tuple(Side(code, text=place.name, basis="place", claims=True) for code in dict.fromkeys(others))
    return ()


def implied_targets(agents: tuple[Agent, ...], agent: Agent, background: Background) -> tuple[Side, ...]:
    """Who an act is meant for that names no target: claimants of the place acted on, else the pair spoken of."""
    places = tuple(other for other in agents if other.place is not None)
    limit = places[-1].first + 1 if places else 0
    return _claimants(places, agent.country, limit) or _from_background(agent.country, background)


def _from_background(source: str | None, background: Background) -> tuple[Side, ...]:
    for pair, basis in ((background.context, "context"), (background.document, "document")):
        if pair is not None and source in pair:
            return (Side(pair[1] if pair[0] == source else pair[0], basis=basis),)
    return ()


def _without_source(
    tokens: tuple[Token, ...],
    agents: tuple[Agent, ...],
    act: Act,
    objects: list[Agent],
    background: Background,
    *,
    symmetric: bool,
    left_unsaid: bool,
) -> Roles | None:
    """Sides of an act whose subject is none of the agents.

    The pair spoken of before supplies a source only where the sentence leaves it unsaid (a passive without *by*, a
    noun): the subject of an active verb is somebody, though nobody the tables know.
    """
    words = {token.lower for token in tokens[max(0, act.head - 6) : min(len(tokens), act.last + 5)]}
    pair = background.context or background.document
    basis = "context" if background.context else "document"
    between = [agent for agent in agents if agent.preposition == "between" and agent.country]
    if symmetric and between:
        parties = coordinated(agents, tokens, between[0])
        if len({agent.country for agent in parties}) > 1:
            return Roles((_side(parties[0]),), _others(parties), symmetric=True)
    if symmetric and pair is not None and words & PLURAL:
        return Roles((Side(pair[0], basis=basis),), (Side(pair[1], basis=basis),), symmetric=True)
    doers = [agent for agent in agents if agent.kind == "state" and agent.preposition is None and agent.country]
    posture = act.rule.event_type == "MOBILIZE"
    if len({agent.country for agent in doers}) == 1 and (posture or doers[0] not in objects[:1]):
        targets = _targets(tokens, agents, act, doers[0], [], len(tokens), background)
        return Roles((_side(doers[0]),), targets, symmetric=False) if targets else None
    for agent in agents:
        place = agent.place
        if place is not None and place.administered_by and set(place.claimed_by) - {place.administered_by}:
            claimant = next(code for code in place.claimed_by if code != place.administered_by)
            holder = Side(place.administered_by, text=place.name, basis="place")
            return Roles((holder,), (Side(claimant, text=place.name, basis="place", claims=True),), symmetric=False)
    where = _host(agents, act)
    if where is not None:
        targets = _from_background(where.country, background)
        return Roles((replace(_side(where), basis="place"),), targets, symmetric=False) if targets else None
    named = [agent for agent in objects if agent.country and not _is_location(agent)]
    if left_unsaid and named and pair is not None and named[0].country in pair:
        target = _side(named[0])
        source = _from_background(named[0].country, background)[0]
        return Roles((source,), (target,), symmetric)
    return None


def _host(agents: tuple[Agent, ...], act: Act) -> Agent | None:
    """The state on whose ground forces exercise or are deployed, where nobody else is named."""
    if act.rule.event_type != "MOBILIZE":
        return None
    found = [agent for agent in agents if agent.country and _is_location(agent) and agent.kind != "place"]
    return found[0] if len({agent.country for agent in found}) == 1 else None


def _group(agents: tuple[Agent, ...], tokens: tuple[Token, ...], subject: Agent | None) -> tuple[Agent, ...]:
    if subject is None or subject.side is None:
        return ()
    return tuple(agent for agent in coordinated(agents, tokens, subject) if agent.side)


def _others(sources: tuple[Agent, ...]) -> tuple[Side, ...]:
    return _distinct(tuple(agent for agent in sources[1:] if agent.side != sources[0].side))


def _distinct(agents: tuple[Agent, ...]) -> tuple[Side, ...]:
    return tuple({agent.side: _side(agent) for agent in reversed(agents)}.values())[::-1]


def _side(agent: Agent) -> Side:
    return Side(agent.country, agent.sector, agent.actor, span=(agent.start, agent.end))


def _is_location(agent: Agent) -> bool:
    return agent.kind == "place" or (agent.preposition in LOCATIVE and agent.kind in {"state", "attribute"})


def _words(tokens: tuple[Token, ...], agent: Agent) -> str:
    return " ".join(token.text for token in tokens[agent.first : agent.last + 1])
