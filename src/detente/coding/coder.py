"""The coder: documents in, reports out, each with the words it rests on."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Final

from detente.coding.anaphora import with_antecedents
from detente.coding.english import propose_english
from detente.coding.explaining import told_acts, told_agents
from detente.coding.judging import Weights, judge, load_weights
from detente.coding.lexicon import Lexicon, load_lexicon
from detente.coding.modelled import Ends, ask_pairs, propose_modelled
from detente.coding.proposals import Proposal, Setting
from detente.coding.reading import Reading, document_pair, read_sentence, spoken_pair
from detente.coding.relations import PairRelation, RelationModel, load_relations
from detente.coding.roles import Background
from detente.coding.screening import EVERYTHING, Screen, load_screen
from detente.coding.timing import Clock, next_context
from detente.coding.version import CODER
from detente.model import UNDATED, DateSpan, Document, Report, Sentence, Uncoded, stable_id
from detente.ontology.equipment import Equipment, load_equipment
from detente.ontology.gazetteer import Gazetteer, load_gazetteer

LANGUAGES: Final = ("en", "tr", "ru")
_Told = dict[Ends, PairRelation] | None
_TOGETHER: Final = 256
"""Sentences whose pairs are judged in one go; it bounds memory, and like lengths share a pass of the model."""


@dataclass(frozen=True, slots=True)
class Coder:
    """What coding needs, loaded once: names, equipment, lexicon of acts, relation model, its weights and its screen."""

    gazetteer: Gazetteer
    equipment: Equipment
    lexicon: Lexicon
    relations: RelationModel
    weights: Weights
    screen: Screen
    name: str = CODER

    def explain(self, text: str, *, language: str | None = "en", on: date | None = None) -> dict[str, Any]:
        """The agents and the acts proposed in one sentence: see `detente.coding.explaining`."""
        sentence = Sentence(0, len(text), language or "en", 0)
        document = Document("explained", text, published=_day(on), sentences=(sentence,))
        read = _read_document(document, self)
        if not read.readings:
            return {"actors": [], "acts": []}
        reading = read.readings[0]
        [relations] = _relations_of([reading], replace(self, screen=EVERYTHING))
        asked = relations or {}
        proposals, _ = _propose(document, reading, asked, self, Background(), Clock(document.published))
        passed = bool(asked) and not self.screen.may_hold_act(reading)
        return {
            "actors": told_agents(reading),
            "acts": told_acts(reading, proposals, asked, self.weights, passed_over=passed),
        }


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """Reports of one document, and the sentences that name actors but gave none."""

    document: Document
    reports: tuple[Report, ...]
    uncoded: tuple[Uncoded, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A document taken apart: its sentences in a language the coder knows, and those in others."""

    document: Document
    on: date | None
    readings: tuple[Reading, ...]
    foreign: tuple[Uncoded, ...]


def load_coder() -> Coder:
    """The coder with the package's own tables and model; takes about half a second."""
    return Coder(load_gazetteer(), load_equipment(), load_lexicon(), load_relations(), load_weights(), load_screen())


def code_documents(documents: Iterable[Document], coder: Coder, *, domestic: bool = False) -> Iterator[CodedDocument]:
    """Code documents one after the other; some are read ahead, so that the model judges many sentences at once."""
    read = (_read_document(document, coder) for document in documents)
    with ThreadPoolExecutor(1) as ahead:  # the model judges one group while the next is read
        judged: deque[tuple[list[_Read], Future[list[_Told]]]] = deque()
        while group := list(_take(read)):
            readings = [reading for one in group for reading in one.readings]
            judged.append((group, ahead.submit(_relations_of, readings, coder)))
            if len(judged) > 1:
                yield from _code_group(*judged.popleft(), coder, domestic=domestic)
        if judged:
            yield from _code_group(*judged.popleft(), coder, domestic=domestic)


def _code_group(
    group: list[_Read], judged: "Future[list[_Told]]", coder: Coder, *, domestic: bool
) -> Iterator[CodedDocument]:
    relations = iter(judged.result())
    for one in group:
        yield _code_read(one, list(islice(relations, len(one.readings))), coder, domestic=domestic)


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
    return next(code_documents([document], coder, domestic=domestic))


def _take(read: Iterator[_Read]) -> Iterator[_Read]:
    """Documents until their sentences are enough for one go."""
    size = 0
    for one in read:
        yield one
        size += len(one.readings)
        if size >= _TOGETHER:
            return


def _read_document(document: Document, coder: Coder) -> _Read:
    on = document.published.end or document.published.start
    readings: list[Reading] = []
    foreign: list[Uncoded] = []
    opening = _reading_before(document, coder, on)
    for sentence in document.sentences:
        if sentence.language not in {None, *LANGUAGES}:
            reason = f"language {sentence.language} is not coded"
            foreign.append(Uncoded(document.id, sentence.start, sentence.end, reason))
            continue
        text = document.text[sentence.start : sentence.end]
        reading = read_sentence(text, sentence, coder.gazetteer, coder.lexicon, on)
        same = bool(readings) and readings[-1].sentence.paragraph == sentence.paragraph
        readings.append(with_antecedents(reading, readings[-1] if same else opening, coder.gazetteer))
        opening = None
    return _Read(document, on, tuple(readings), tuple(foreign))


def _relations_of(readings: list[Reading], coder: Coder) -> list[_Told]:
    """What the model tells of each sentence's pairs, in order; None of a sentence that the screen passes over."""
    questions = [ask_pairs(reading) for reading in readings]
    quiet = [
        question is not None and not coder.screen.may_hold_act(reading)
        for question, reading in zip(questions, readings, strict=True)
    ]
    asked = [question for question, still in zip(questions, quiet, strict=True) if question and not still]
    answers = iter(coder.relations.classify(asked))
    return [
        None if still else dict(zip(question.pairs, next(answers), strict=True)) if question else {}
        for question, still in zip(questions, quiet, strict=True)
    ]


def _code_read(read: _Read, relations: list[_Told], coder: Coder, *, domestic: bool) -> CodedDocument:
    document = read.document
    pair = document_pair(document, read.readings, coder.gazetteer, read.on)
    clock, context = _opening(document, coder, read.on)
    reports: list[Report] = []
    uncoded: list[Uncoded] = list(read.foreign)
    paragraph = -1
    for reading, told in zip(read.readings, relations, strict=True):
        sentence = reading.sentence
        if sentence.paragraph != paragraph:  # a new paragraph starts without the date of the last
            clock = Clock(document.published, clock.context if paragraph < 0 else None)
            context = context if paragraph < 0 or context == pair else None
            paragraph = sentence.paragraph
        found, reason = _code_sentence(document, reading, told, coder, Background(context, pair, domestic), clock)
        kept = [report for report in found if domestic or _is_between_two(report)]
        reports += kept
        if not kept and any(agent.side for agent in reading.agents):
            uncoded.append(Uncoded(document.id, sentence.start, sentence.end, reason))
        context = spoken_pair(reading.agents) or _sides(kept) or _still(context, pair, reading)
        clock = next_context(clock, reading.text, language=reading.language)
    return CodedDocument(document, _with_ids(reports), tuple(sorted(uncoded, key=lambda item: item.start)))


def _code_sentence(
    document: Document,
    reading: Reading,
    relations: _Told,
    coder: Coder,
    background: Background,
    clock: Clock,
) -> tuple[list[Report], str]:
    if relations is None:
        return [], "its words tell of no act"
    proposals, reason = _propose(document, reading, relations, coder, background, clock)
    found = judge(proposals, relations, coder.weights, reading.language)
    return found, "its acts are not likely enough" if proposals else reason


def _propose(
    document: Document,
    reading: Reading,
    relations: dict[Ends, PairRelation],
    coder: Coder,
    background: Background,
    clock: Clock,
) -> tuple[list[Proposal], str]:
    """What patterns (in English) and model propose, and a reason where that is nothing."""
    setting = Setting(document, background, clock, coder.equipment, coder.name)
    proposals: list[Proposal] = []
    reason = "no act between two sides"
    if reading.language == "en":
        proposals, reason = propose_english(setting, reading, coder.lexicon)
    return [*proposals, *propose_modelled(setting, reading, relations)], reason


def _still(context: tuple[str, str] | None, pair: tuple[str, str] | None, reading: Reading) -> tuple[str, str] | None:
    """The pair spoken of before, where the sentence goes on about it: it names no third state, or the document is."""
    named = {agent.country for agent in reading.agents if agent.country and agent.kind != "place"}
    return context if context is not None and (context == pair or named <= set(context)) else None


def _day(on: date | None) -> DateSpan:
    return DateSpan(on, on, "day", "document") if on else UNDATED


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
    reading = _reading_before(document, coder, on)
    if reading is None:
        return clock, None
    return next_context(clock, reading.text, language=reading.language), spoken_pair(reading.agents)


def _reading_before(document: Document, coder: Coder, on: date | None) -> Reading | None:
    """The text before the document (`previous`), taken apart."""
    if not document.previous:
        return None
    language = document.sentences[0].language if document.sentences else document.language
    before = Sentence(0, len(document.previous), language, 0)
    return read_sentence(document.previous, before, coder.gazetteer, coder.lexicon, on)


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
