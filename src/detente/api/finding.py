"""Looking things up in a store: names of sides, one event, one document, the list of documents."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.api.event_rows import events_of_rows, read_event
from detente.errors import InputError
from detente.model import Document, Event, Sentence
from detente.store.looking import count_documents as _documents
from detente.store.looking import rows_near

if TYPE_CHECKING:
    from detente.api.stores import Store


@dataclass(frozen=True, slots=True)
class Side:
    """A state or organisation with its names."""

    code: str
    name_en: str
    name_tr: str
    name_ru: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One event and what stands around it.

    Attributes:
        asked: The id asked for; it may have been merged into the event's own.
        event: The event.
        context: For each piece of evidence the words before and after it, empty where no text is kept.
        beside: Other events between the same two sides within a day of it, in any record.
    """

    asked: str
    event: Event
    context: tuple[tuple[str, str], ...]
    beside: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a document that a report rests on, and the event the report belongs to."""

    start: int
    end: int
    event_id: str
    source_country: str | None
    target_country: str | None
    event_type: str | None
    status: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document, its sentences, and the words in it that were coded, in order."""

    document: Document
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list; `reports` counts what was coded from it."""

    document_id: str
    title: str | None
    publisher: str | None
    published: date | None
    language: str | None
    url: str | None
    reports: int


_CONTEXT = 400  # characters before and after a quote
_BESIDE = 10  # other events of a day


def find_sides(text: str, most: int = 8) -> tuple[Side, ...]:
    """States and organisations whose code, name or alias begins with or holds some letters, else the nearest.

    Args:
        text: Letters in any script and case.
        most: Most to give.
    """
    from detente.ontology.countries import find_names, load_countries

    known = load_countries()
    return tuple(
        Side(code, known[code].name_en, known[code].name_tr, known[code].name_ru) for code in find_names(text, most)
    )


def list_sides() -> tuple[Side, ...]:
    """All states and organisations there are today, by English name."""
    from detente.ontology import load_countries

    sides = (item for item in load_countries().values() if item.valid_to is None)
    found = (Side(item.code, item.name_en, item.name_tr, item.name_ru) for item in sides)
    return tuple(sorted(found, key=lambda side: side.name_en))


def side_names() -> dict[str, str]:
    """The English name of every state and organisation by its code, those that are gone too."""
    from detente.ontology import load_countries

    return {code: item.name_en for code, item in load_countries().items()}


def resolve_side(name: str) -> str:
    """The code of a state or organisation by code, name or alias.

    Raises:
        UnknownCountryError: If the name is unknown or could be several.
    """
    from detente.ontology import resolve_country

    return resolve_country(name)


def find_event(store: "Store", event_id: str) -> EventView:
    """An event by an id once shown.

    Raises:
        InputError: If no event ever had this id.
    """
    with store.snapshot() as snapshot:
        event = read_event(snapshot, event_id)
        names = event.document_ids
        texts = {document.id: document.text for document in snapshot.documents(names)} if names else {}
        context = tuple(
            _around(texts.get(item.document_id, ""), item.start, item.end, item.quote) for item in event.evidence
        )
        return EventView(event_id, event, context, _beside(snapshot, event))


def find_document(store: "Store", document_id: str) -> DocumentView:
    """A document with what was coded from it.

    Raises:
        InputError: If it is not stored.
    """
    with store.snapshot() as snapshot:
        (document,) = snapshot.documents([document_id])
        evidence, members = snapshot.table("evidence"), snapshot.event_reports()
        mine = evidence.filter(evidence.document_id == document_id).select("report_id", "start", "end")
        joined = mine.join(members, "report_id").select("event_id", "start", "end").distinct()
        rows = joined.order_by(["start", "end", "event_id"]).to_pyarrow().to_pylist()
        ids = list(dict.fromkeys(row["event_id"] for row in rows))
        events = dict(zip(ids, snapshot.event_records(ids), strict=True)) if ids else {}
    marks = tuple(_mark(row, events[row["event_id"]]) for row in rows)
    return DocumentView(replace(document, sentences=_sentences(document, marks)), marks)


def count_documents(store: "Store") -> int:
    """How many documents a store holds."""
    with store.snapshot() as snapshot:
        return _documents(snapshot)


def list_documents(store: "Store", *, offset: int = 0, limit: int = 50) -> tuple[int, tuple[DocumentLine, ...]]:
    """How many documents a store holds, and some of them, latest first."""
    with store.snapshot() as snapshot:
        rows, evidence = snapshot.table("documents"), snapshot.table("evidence")
        once = rows.distinct(on="document_id", keep="first")
        total = int(once.count().to_pyarrow().as_py())
        order = [once.published_start.desc(nulls_first=False), once.document_id]
        some = (
            once.order_by(order)
            .limit(limit, offset=offset)
            .select("document_id", "title", "publisher", "published_start", "language", "url")
        )
        found = some.to_pyarrow().to_pylist()
        ids = [row["document_id"] for row in found]
        mine = evidence.filter(evidence.document_id.isin(ids))
        counts = mine.group_by("document_id").aggregate(n=mine.report_id.nunique()).to_pyarrow().to_pylist()
    reports = {row["document_id"]: row["n"] for row in counts}
    return total, tuple(
        DocumentLine(
            row["document_id"],
            row["title"],
            row["publisher"],
            row["published_start"],
            row["language"],
            row["url"],
            reports.get(row["document_id"], 0),
        )
        for row in found
    )


def explain_event(store: "Store", event_id: str) -> dict[str, Any]:
    """How the coder sees the words an event rests on, sentence by sentence, as `detente code --explain` gives it.

    Raises:
        InputError: If there are no words to explain: the event is a feed's, or its text was not kept.
    """
    from detente.api.coders import find_coder
    from detente.api.explaining import explain
    from detente.api.objects import plain, report_object

    view = find_event(store, event_id)
    quote = next((item.quote for item in view.event.evidence if item.quote), "")
    if not quote:
        raise InputError(f"event {event_id}: no words are kept to explain; its codes are those of its feed")
    found = explain(quote, find_coder(None))
    sentences = [
        {
            "text": sentence.text,
            "language": sentence.language,
            "actors": plain([dict(item) for item in sentence.actors]),
            "acts": plain([dict(item) for item in sentence.acts]),
            "events": [report_object(report) for report in sentence.reports],
            "reasons": list(sentence.reasons),
        }
        for sentence in found.sentences
    ]
    return {"coder": found.coder, "told_by_coder": found.told_by_coder, "sentences": sentences}


def _around(text: str, start: int, end: int, quote: str) -> tuple[str, str]:
    if not quote or text[start:end] != quote:
        return "", ""
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return before.rsplit("\n\n", 1)[-1], after.split("\n\n", 1)[0]


def _beside(snapshot: Any, event: Event) -> tuple[Event, ...]:
    report = event.report
    if report.date_start is None or not (report.source_country and report.target_country):
        return ()
    sides = report.source_country, report.target_country
    rows = rows_near(snapshot, sides, report.date_start, report.event_type, _BESIDE + 1)
    return events_of_rows(snapshot, [row for row in rows if row["event_id"] != event.event_id][:_BESIDE])


def _mark(row: dict[str, Any], event: Event) -> Mark:
    report = event.report
    sides = (report.source_country, report.target_country)
    return Mark(row["start"], row["end"], event.event_id, *sides, report.event_type, report.status)


def _sentences(document: Document, marks: tuple[Mark, ...]) -> tuple[Sentence, ...]:
    """The sentences of the text; a store keeps none, so they are found again, those coded exactly as they were."""
    from detente.documents.sentences import split_sentences

    found: list[Sentence] = []
    place = 0
    coded = sorted({(mark.start, mark.end) for mark in marks})
    for start, end in [*coded, (len(document.text), len(document.text))]:
        for number, (first, last) in enumerate(_paragraphs(document.text, place, start)):
            found += [
                Sentence(one, two, document.language, number)
                for one, two in split_sentences(document.text, first, last, document.language)
            ]
        if end > max(start, place):
            found.append(Sentence(start, end, document.language, 0))
        place = max(place, end)
    return _numbered(document.text, found)


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, place = [], start
    for line in text[start:end].split("\n\n") if end > start else []:
        if line.strip():
            spans.append((place, place + len(line)))
        place += len(line) + 2
    return spans


def _numbered(text: str, sentences: list[Sentence]) -> tuple[Sentence, ...]:
    number, place, numbered = 0, 0, []
    for sentence in sentences:
        number += "\n\n" in text[place : sentence.start] and place > 0
        numbered.append(replace(sentence, paragraph=number))
        place = sentence.end
    return tuple(numbered)
