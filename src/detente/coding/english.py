"""What the English patterns propose: acts found by the lexicon, with sides, status and date."""

from dataclasses import replace
from datetime import date
from typing import Final

from detente.coding.agents import Agent
from detente.coding.attribution import sayer_of
from detente.coding.clauses import clause_start, find_subject
from detente.coding.figures import is_period_total, is_sport
from detente.coding.lexicon import Act, Lexicon
from detente.coding.proposals import Proposal, Setting, agent_index
from detente.coding.reading import Reading
from detente.coding.reports import Told, accusations, build_reports
from detente.coding.roles import Roles, Side, assign_roles
from detente.coding.status import find_modality
from detente.coding.timing import Clock, Term, date_act
from detente.model import Report
from detente.ontology.offices import office_terms
from detente.ontology.plover import quad_of

_MATERIAL_CONFLICT: Final = 4


def propose_english(setting: Setting, reading: Reading, lexicon: Lexicon) -> tuple[list[Proposal], str]:
    """Acts that the patterns find in an English sentence, and why there are none where there are none."""
    if is_sport(reading.text):
        return [], "sport is no act of states"
    acts = [act for act in reading.acts if act.rule.event_type and not reading.is_noun_use(act, lexicon)]
    if not acts:
        return [], "no words of an act"
    if is_period_total(reading.text):
        return [], "a total over a period is a figure, not an act"
    found: list[Proposal] = []
    for act in acts:
        outer = reading.governor(act, lexicon)
        if outer is not None and not _is_act_said(reading, outer, act, lexicon):
            continue
        told = _told(reading, act, outer, lexicon, setting.clock)
        if told is None or _is_means(reading, act):
            continue
        accused = _accused(reading, outer, act) if outer is not None else None
        limit = reading.act_limit(act, lexicon)
        background = setting.background
        roles = assign_roles(reading.tokens, reading.agents, act, lexicon, background, limit, told.sayer, accused)
        if roles is not None:
            found += _proposals(setting, reading, act, roles, told, accuse=outer is None)
    return found, "its acts have no two sides"


def _proposals(
    setting: Setting, reading: Reading, act: Act, roles: Roles, told: Told, *, accuse: bool
) -> list[Proposal]:
    """A proposal for every pair of sides, and the accusations that the reported ones are."""
    found: list[Proposal] = []
    for source in roles.sources:
        for target in roles.targets:
            ends = agent_index(reading.agents, source), _named(reading, target, told)
            pair = Roles((source,), (target,), roles.symmetric)
            made = build_reports(setting.document, reading, act, pair, told, setting.equipment, setting.coder)
            found += [Proposal(report, *ends, act.rule.name) for report in made]
            if accuse:
                found += [
                    Proposal(report, _sayer_index(reading, report), ends[0], act.rule.name)
                    for report in accusations(reading, made)
                ]
    return found


def _named(reading: Reading, target: Side, told: Told) -> int | None:
    """Which agent a target is; None where it is named only as who says so ("Russia attacked Kharkiv, Kyiv said")."""
    number = agent_index(reading.agents, target)
    return None if number is not None and reading.agents[number] == told.sayer else number


def _sayer_index(reading: Reading, report: Report) -> int | None:
    words = report.source_text
    return next((n for n, agent in enumerate(reading.agents) if reading.text[agent.start : agent.end] == words), None)


def _told(reading: Reading, act: Act, outer: Act | None, lexicon: Lexicon, clock: Clock) -> Told | None:
    start = clause_start(reading.tokens, act.head)
    modality = find_modality(reading.tokens, act.head, start, noun=act.rule.roles == "noun")
    if modality.status == "actual" and _absent(reading, act):
        return None
    if act.rule.roles == "said":
        modality = replace(modality, status="actual")  # "could not be accepted" is said, whatever could be
    if act.rule.roles == "swap" and reading.tokens[act.head].lower in {"will", "would"}:
        modality = replace(modality, status="future")
    if act.rule.government == "denied":
        modality = replace(modality, status="negated")
    sayer = sayer_of(reading.sayings, act.head)
    if outer is not None:
        sayer = find_subject(reading.tokens, reading.agents, outer.head, lexicon)
        if modality.status == "actual":
            modality = replace(modality, status="alleged")
    span = date_act(reading.text, reading.tokens, act, modality, clock, _term(reading))
    return Told(modality, span, sayer)


def _is_act_said(reading: Reading, outer: Act, act: Act, lexicon: Lexicon) -> bool:
    """Whether the inner act is one the speaker lays to another: accused X of doing Y, said that X did Y."""
    if outer.rule.event_type != "ACCUSE" or quad_of(act.rule.event_type or "") != _MATERIAL_CONFLICT:
        return False
    if _accused(reading, outer, act) is not None:
        return True
    between = {token.lower for token in reading.tokens[outer.last + 1 : act.head]}
    subject = find_subject(reading.tokens, reading.agents, act.head, lexicon)
    speaker = find_subject(reading.tokens, reading.agents, outer.head, lexicon)
    if subject is None or speaker is None or subject.country == speaker.country:
        return False
    return "that" in between and subject.first > outer.head


def _accused(reading: Reading, outer: Act, act: Act) -> Agent | None:
    """Whom the words lay an act to: "accused China of attacking"; None where they do not."""
    gerund = reading.tokens[act.head].lower.endswith("ing") and reading.tokens[act.head - 1].lower in {"of", "for"}
    if not gerund or outer.rule.event_type != "ACCUSE":
        return None
    return next((agent for agent in reading.agents if outer.head < agent.first < act.head and agent.acts), None)


def _is_means(reading: Reading, act: Act) -> bool:
    """Whether a call or meeting is only the way to another act of speech ("phoned ... to protest")."""
    if act.rule.event_type != "CONSULT":
        return False
    for other in reading.acts:
        speech = other.rule.event_type in {"ACCUSE", "REQUEST", "REJECT", "THREATEN"}
        if speech and other.head > act.head and reading.tokens[other.head - 1].lower == "to":
            return True
    return False


def _absent(reading: Reading, act: Act) -> bool:
    """Whether the sentence says that there is no such thing ("no peace treaty has been signed")."""
    start = max(clause_start(reading.tokens, act.head), act.head - 7)
    words = [token.lower for token in reading.tokens[start : act.head]]
    return "no" in words and not any(word in {"longer", "doubt"} for word in words)


def _term(reading: Reading) -> Term | None:
    for agent in reading.agents:
        spans = office_terms(agent.name) if agent.name else ()
        if spans:
            start = spans[-1][0]
            return Term(start, spans[-1][1] or date.max)
    return None
