"""Numbering the sources of a brief, and tying each quote to its source."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from detente.brief.language import Language
from detente.brief.wording import cleaned, quoted
from detente.model import Document, Event, Evidence, Source

SourceKey = tuple[str | None, str | None, str | None]


def source_key(publisher: str | None, title: str | None, url: str | None, document: str | None) -> SourceKey:
    """What makes two quotes share a source: publisher, title and address, else the document."""
    return (publisher, title, url) if publisher or title or url else (None, document, None)


def evidence_key(evidence: Evidence) -> SourceKey:
    """The key of the source a quote is attributed to."""
    return source_key(evidence.publisher, evidence.title, evidence.url, evidence.document_id)


def keyed_sources(sources: Iterable[Source]) -> dict[SourceKey, Source]:
    """Key -> source."""
    return {source_key(source.publisher, source.title, source.url, source.document_id): source for source in sources}


def attributed(event: Event, documents: Mapping[str, Document]) -> Event:
    """The event with all its quotes, each once, attributed to its citation or else to its document; no mentions."""
    quotes = {
        (item.document_id, item.start, item.end, item.citation_number): _attributed(item, documents)
        for item in event.evidence or event.report.evidence
        if not item.is_mention
    }
    own = tuple(item for item in event.report.evidence if not item.is_mention)
    return replace(event, evidence=tuple(quotes.values()), report=replace(event.report, evidence=own))


def number_sources(
    events: Iterable[Event], documents: Mapping[str, Document], language: Language
) -> tuple[Source, ...]:
    """The sources of events, numbered in the order in which they are cited.

    Args:
        events: In order of citation, their quotes attributed.
        documents: Document id -> document.
        language: Of the brief.

    Returns:
        One source per publisher, title and address.
    """
    cited: dict[SourceKey, list[Evidence]] = {}
    for event in events:
        for item in event.evidence:
            cited.setdefault(evidence_key(item), []).append(item)
    return tuple(_source(n, items, documents, language) for n, items in enumerate(cited.values(), start=1))


def _attributed(item: Evidence, documents: Mapping[str, Document]) -> Evidence:
    document = documents.get(item.document_id)
    if document is None or item.publisher or item.title or item.url:
        return item
    return replace(item, publisher=document.publisher, title=document.title, url=document.url)


def _source(number: int, items: list[Evidence], documents: Mapping[str, Document], language: Language) -> Source:
    first = items[0]
    read = [documents[item.document_id] for item in items if item.document_id in documents]
    own = [document for document in read if document.url == first.url and document.title == first.title]
    published = sorted({str(item.published) for item in own if item.published.precision != "unknown"})
    # A citation's source was not read itself: say where it was found, and give it no date of its own.
    via = sorted({document.title or document.id for document in read if document not in own})
    notes = list(dict.fromkeys(_note(document.note, language) for document in own if document.note))
    notes += [language.say("ui.cited_in", title=cleaned(title)) for title in via]
    return Source(
        number,
        first.publisher,
        first.title,
        first.url,
        _published(published, language),
        next((item.accessed for item in items if item.accessed), None),
        "; ".join(notes) or None,
        first.document_id,
        own[0].authors if own else (),
        own[0].language if own else None,
    )


def _note(note: str, language: Language) -> str:
    """A document's note; in a brief of another language a quotation."""
    known = language.term(cleaned(note))
    return known if language.code == "en" or known != cleaned(note) else quoted(note, marks=language.say("act.marks"))


def _published(days: list[str], language: Language) -> str | None:
    """The one date, or the first and the last of several."""
    if not days:
        return None
    return days[0] if days[0] == days[-1] else language.say("ui.to", first=days[0], last=days[-1])
