"""The coder: a document in, reports out, each with the words it rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from detente.coding.agents import Agent, find_agents
from detente.coding.attribution import sayer_of
from detente.coding.clauses import clause_start, find_subject
from detente.coding.figures import is_period_total, is_sport
from detente.coding.lexicon import Act, Lexicon, load_lexicon
from detente.coding.reading import Reading, document_pair, read_sentence, spoken_pair
from detente.coding.reports import Told, accusations, build_reports
from detente.coding.roles import Background, assign_roles
from detente.coding.status import find_modality
from detente.coding.timing import Clock, Term, date_act, next_context
from detente.coding.tokens import split_tokens
from detente.model import Document, Report, Uncoded, stable_id
from detente.ontology.equipment import Equipment, load_equipment
from detente.ontology.gazetteer import Gazetteer, load_gazetteer
from detente.ontology.offices import office_terms
from detente.ontology.plover import quad_of

CODER: Final = "detente-rules/1"
"""Name and version of the coder; part of every report's id."""

_MATERIAL_CONFLICT: Final = 4


@dataclass(frozen=True, slots=True)
class Coder:
    """What coding needs, loaded once: names, equipment and the lexicon of acts."""

    gazetteer: Gazetteer
    equipment: Equipment
    lexicon: Lexicon
    name: str = CODER


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """Reports of one document, and the sentences that name actors but gave none."""

    document: Document
    reports: tuple[Report, ...]
    uncoded: tuple[Uncoded, ...]


def load_coder() -> Coder:
    """The coder with the package's own tables; takes a few tenths of a second."""
    return Coder(load_gazetteer(), load_equipment(), load_lexicon())


def code_documents(documents: Iterable[Document], coder: Coder, *, domestic: bool = False) -> Iterator[CodedDocument]:
    """Code documents one after the other."""
    for document in documents:
        yield code_document(document, coder, domestic=domestic)


def code_document(document: Document, coder: Coder, *, domestic: bool = False) -> CodedDocument:
    """Code every sentence of a document.

    Args:
        document: A document with its sentences.
        coder: What `load_coder` gives.
        domestic: Whether acts within one country are given too.

    Returns:
        Reports in order of the text. Nothing is coded by default: a sentence that names actors and gave no
        report is listed with its reason.
    """
    on = document.published.end or document.published.start
    readings: list[Reading] = []
    uncoded: list[Uncoded] = []
    for sentence in document.sentences:
        if sentence.language not in {None, "en"}:
            reason = f"language {sentence.language} is not coded yet"
            uncoded.append(Uncoded(document.id, sentence.start, sentence.end, reason))
            continue
        text = document.text[sentence.start : sentence.end]
        readings.append(read_sentence(text, sentence, coder.gazetteer, coder.lexicon, on))
    pair = document_pair(document, readings, coder.gazetteer, on)
    clock, context = _opening(document, coder, on)
    reports: list[Report] = []
    paragraph = -1
    for reading in readings:
        if reading.sentence.paragraph != paragraph:  # a new paragraph starts without the date of the last
            clock, paragraph = (
                Clock(document.published, clock.context if paragraph < 0 else None),
                (reading.sentence.paragraph),
            )
        found, reason = _code_sentence(document, reading, coder, Background(context, pair, domestic), clock)
        kept = [report for report in found if domestic or _is_between_two(report)]
        reports += kept
        if not kept and any(agent.side for agent in reading.agents):
            uncoded.append(Uncoded(document.id, reading.sentence.start, reading.sentence.end, reason))
        context = spoken_pair(reading.agents) or _sides(kept) or context
        clock = next_context(clock, reading.text)
    return CodedDocument(document, _with_ids(reports), tuple(uncoded))


def _is_between_two(report: Report) -> bool:
    """Whether two different states, organisations or groups stand on its sides."""
    source = report.source_country or report.source_actor
    target = report.target_country or report.target_actor
    return source is not None and target is not None and source != target


def _sides(reports: list[Report]) -> tuple[str, str] | None:
    """The pair of the last act of a sentence."""
    for report in reversed(reports):
        if report.source_country and report.target_country:
            return report.source_country, report.target_country
    return None


def _opening(document: Document, coder: Coder, on: date | None) -> tuple[Clock, tuple[str, str] | None]:
    """What the text before the document (`previous`) says of dates and names."""
    clock = Clock(document.published)
    if not document.previous:
        return clock, None
    agents = find_agents(document.previous, split_tokens(document.previous), coder.gazetteer, on)
    return next_context(clock, document.previous), spoken_pair(agents)


def _code_sentence(
    document: Document, reading: Reading, coder: Coder, background: Background, clock: Clock
) -> tuple[list[Report], str]:
    if is_sport(reading.text):
        return [], "sport is no act of states"
    acts = [act for act in reading.acts if act.rule.event_type and not reading.is_noun_use(act, coder.lexicon)]
    if not acts:
        return [], "no words of an act"
    if is_period_total(reading.text):
        return [], "a total over a period is a figure, not an act"
    found: list[Report] = []
    for act in acts:
        outer = reading.governor(act, coder.lexicon)
        if outer is not None and not _is_act_said(reading, outer, act, coder.lexicon):
            continue
        told = _told(reading, act, outer, coder, clock)
        if told is None or _is_means(reading, act):
            continue
        accused = _accused(reading, outer, act) if outer is not None else None
        limit = reading.act_limit(act, coder.lexicon)
        roles = assign_roles(reading.tokens, reading.agents, act, coder.lexicon, background, limit, told.sayer, accused)
        if roles is not None:
            made = build_reports(document, reading, act, roles, told, coder.equipment, coder.name)
            found += made if outer is not None else [*made, *accusations(reading, made)]
    return _distinct(found), "its acts have no two sides"


def _told(reading: Reading, act: Act, outer: Act | None, coder: Coder, clock: Clock) -> Told | None:
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
        sayer = find_subject(reading.tokens, reading.agents, outer.head, coder.lexicon)
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


def _distinct(reports: list[Report]) -> list[Report]:
    """One report a pair, type and status; a symmetric act is one whichever side is named first."""
    kept: dict[tuple[object, ...], Report] = {}
    for report in reports:
        sides: tuple[object, ...] = (
            report.source_country or report.source_actor,
            report.target_country or report.target_actor,
        )
        if report.symmetric:
            sides = tuple(sorted(str(side) for side in sides))
        kept.setdefault((sides, report.event_type, report.status), report)
    return list(kept.values())


def _with_ids(reports: list[Report]) -> tuple[Report, ...]:
    counts: dict[str, int] = {}
    numbered: list[Report] = []
    for report in reports:
        evidence = report.evidence[0]
        fields = (
            evidence.document_id,
            evidence.start,
            evidence.end,
            report.source_country or report.source_actor,
            report.target_country or report.target_actor,
            report.event_type,
            report.status,
            report.coder,
        )
        key = stable_id("report", *fields)
        counts[key] = counts.get(key, 0) + 1
        report_id = key if counts[key] == 1 else stable_id("report", *fields, counts[key])
        numbered.append(replace(report, report_id=report_id))
    return tuple(numbered)
