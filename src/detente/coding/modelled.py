"""What the relation model proposes: acts between the agents of a sentence, in any of its languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Final

from detente.coding.agents import LOCATIVE, Agent, coordinated
from detente.coding.attribution import sayer_of
from detente.coding.figures import is_comparison, is_period_total, is_sport
from detente.coding.grounds import DONE_ON_GROUND, ground_side, grounds_in
from detente.coding.lexicon import Act, Rule
from detente.coding.proposals import Proposal, Setting
from detente.coding.reading import Reading
from detente.coding.relations import PairAct, PairQuestion, PairRelation
from detente.coding.reports import Told, build_reports
from detente.coding.roles import Background, Roles, Side, implied_targets
from detente.coding.sayings_tr_ru import find_sayer
from detente.coding.status import Modality
from detente.coding.timing import date_act

MOST_AGENTS: Final = 10
"""Agents of one sentence whose pairs are asked for; a longer list is a list, not acts."""
_LEAST: Final = 0.2
_WORD: Final = re.compile(r"\w")

Ends = tuple[int | None, int | None]


def ask_pairs(reading: Reading) -> PairQuestion | None:
    """The pairs of a sentence that can hold an act: of two sides, of one with the other left unsaid, or on a place.

    A sentence of one side is asked about only where something else speaks of an act: a pattern, or a place of others.
    None where nobody of a side can do anything, and of sport and of totals, of which nothing is coded.
    """
    agents = reading.agents[:MOST_AGENTS]
    sided = [number for number, agent in enumerate(agents) if agent.side is not None]
    if not any(_can_do(agents[number]) for number in sided) or _is_no_act(reading):
        return None
    several = len({agents[number].side for number in sided}) > 1
    grounds = grounds_in(agents)
    claimed = any(agent.place is not None and agent.place.claimed_by for agent in agents)
    if not (several or claimed or grounds or reading.acts):
        return None
    pairs: list[Ends] = [(a, b) for a, b in permutations(sided, 2) if agents[a].side != agents[b].side]
    pairs += [(number, None) for number in sided]
    pairs += [(number, ground) for number in sided if _can_do(agents[number]) for ground in grounds]
    spans = tuple((agent.start, agent.end) for agent in agents)
    return PairQuestion(reading.text, reading.language, spans, tuple(pairs))


def propose_modelled(setting: Setting, reading: Reading, relations: dict[Ends, PairRelation]) -> list[Proposal]:
    """Acts that the model sees between two agents, and those of one agent whose target the text leaves unsaid."""
    if _is_no_act(reading) or is_comparison(reading.text):
        return []
    found: list[Proposal] = []
    done: set[tuple[str, frozenset[int | None]]] = set()
    for (source, target), act in _seen(reading, relations):
        agent = reading.agents[source]
        mutual = target is not None and act.symmetric > 0.5 and _mutual(relations, act, source, target)
        if target is not None and _is_idle_ground(reading, target, act):
            continue
        both = (act.event_type, frozenset((source, target)))
        if both in done or not (mutual or target is None or _can_act_on(reading, source, target)):
            continue
        if mutual:
            done.add(both)
        for side, number in _ends(setting, reading, agent, target):
            found += _proposed(setting, reading, act, (source, number), (_side(agent), side), mutual=mutual)
    return _first_with_each(found)


def _seen(reading: Reading, relations: dict[Ends, PairRelation]) -> Iterator[tuple[tuple[int, int | None], PairAct]]:
    """Every act that is not unlikely, of a source that is named and can do something."""
    for (source, target), relation in relations.items():
        if source is not None and _can_do(reading.agents[source]):
            yield from (((source, target), act) for act in relation.acts if act.probability >= _LEAST)


def _is_no_act(reading: Reading) -> bool:
    """Whether the sentence is about sport, or gives a total over a period."""
    text, language = reading.text, reading.language
    return is_sport(text, language=language) or is_period_total(text, language=language)


def _can_do(agent: Agent) -> bool:
    return agent.acts or agent.kind == "attribute"


def _can_act_on(reading: Reading, source: int, target: int) -> bool:
    """False for two of one list ("American, British and French missiles"), and for two mere places."""
    agents = reading.agents
    if agents[source].preposition in {"from", *LOCATIVE} and agents[target].preposition in LOCATIVE:
        return False
    return agents[target] not in coordinated(agents, reading.tokens, agents[source])


def _is_idle_ground(reading: Reading, target: int, act: PairAct) -> bool:
    """Whether a place is no target: what is agreed there is not done to it, nor what two do there to each other."""
    if reading.agents[target].side is not None:
        return False
    sides = {agent.side for agent in reading.agents if agent.side is not None}
    return act.event_type not in (DONE_ON_GROUND if len(sides) == 1 else {"ASSAULT"})


def _ends(setting: Setting, reading: Reading, source: Agent, target: int | None) -> list[tuple[Side, int | None]]:
    """On whom an act is done: the target, or where none is named those that are left unsaid."""
    if target is not None:
        agent = reading.agents[target]
        return [(ground_side(agent) if agent.side is None else _side(agent), target)]
    return [(side, None) for side in _unsaid(reading, source, setting.background)]


def _first_with_each(proposals: list[Proposal]) -> list[Proposal]:
    """An act of many together gives the first named with each other, not every pair of them."""
    joint = {
        (proposal.report.event_type, frozenset((proposal.source, proposal.target))): proposal
        for proposal in proposals
        if proposal.report.symmetric
    }
    kept = []
    for proposal in proposals:
        pair = {end for end in (proposal.source, proposal.target) if end is not None}
        earlier = range(min(pair)) if proposal.report.symmetric else range(0)
        kind = proposal.report.event_type
        if not any(all((kind, frozenset((first, end))) in joint for end in pair) for first in earlier):
            kept.append(proposal)
    return kept


def _proposed(
    setting: Setting, reading: Reading, told: PairAct, ends: Ends, sides: tuple[Side, Side], *, mutual: bool
) -> list[Proposal]:
    act = _act_of(reading, told, ends)
    status = told.status
    modality = Modality(status, past_perfect=told.retrospective > 0.5)
    span = date_act(reading.text, reading.tokens, act, modality, setting.clock, language=reading.language)
    sayer = _sayer(reading, act) if status in {"alleged", "negated"} else None
    if sayer is not None and status == "alleged" and sayer.side == (sides[0].country or sides[0].actor):
        sayer = None
    roles = Roles((sides[0],), (sides[1],), mutual)
    made = build_reports(
        setting.document, reading, act, roles, Told(modality, span, sayer), setting.equipment, setting.coder
    )
    return [Proposal(replace(report, status=status), *ends, None) for report in made]


def _sayer(reading: Reading, act: Act) -> Agent | None:
    """Who is said to say it."""
    if reading.language == "en":
        return sayer_of(reading.sayings, act.head)
    found = find_sayer(reading.text, reading.tokens, reading.agents, reading.language)
    return found[0] if found else None


def _act_of(reading: Reading, told: PairAct, ends: Ends) -> Act:
    """The act with a place in the sentence: the word after its source, or before where that is an end."""
    rule = Rule("relations", (), told.event_type, told.mode, "model", "", 0)
    source = reading.agents[ends[0]] if ends[0] is not None else None
    head = min(source.last + 1, len(reading.tokens) - 1) if source is not None else 0
    while head < len(reading.tokens) - 1 and not _WORD.match(reading.tokens[head].text):
        head += 1
    return Act(rule, head, head, head)


def _mutual(relations: dict[Ends, PairRelation], act: PairAct, source: int, target: int) -> bool:
    """Whether the second is seen to do the same to the first."""
    back = relations.get((target, source))
    return back is not None and back.act(act.event_type) is not None


def _unsaid(reading: Reading, agent: Agent, background: Background) -> tuple[Side, ...]:
    """Who an act without a named target is meant for: only where no other side is named in the sentence."""
    if any(other.side not in {agent.side, None} for other in reading.agents):
        return ()
    return implied_targets(reading.agents, agent, background)


def _side(agent: Agent) -> Side:
    return Side(agent.country, agent.sector, agent.actor, span=(agent.start, agent.end))
