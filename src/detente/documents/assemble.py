"""From text and layout to a `Document`: sentences with their language and citations, date, id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.documents.blocks import Block
from detente.documents.citations import find_marks
from detente.documents.language import LANGUAGES, detect_language
from detente.documents.sentences import split_sentences
from detente.model import UNDATED, Citation, DateSpan, Sentence

_SAMPLE_PARTS = 20  # paragraphs that decide the document's language
_SAMPLE = 300  # characters of each


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document from outside its text; None where unknown."""

    id: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: DateSpan | None = None
    language: str | None = None
    url: str | None = None
    note: str | None = None
    previous: str | None = None


def language_of(text: str, body: Sequence[Block]) -> str | None:
    """The language of most of the body, from the beginnings of twenty paragraphs spread over it."""
    step = max(1, len(body) // _SAMPLE_PARTS)
    parts = [text[block.start : min(block.end, block.start + _SAMPLE)] for block in body[::step]]
    return detect_language("\n".join(parts)[:6000], least_letters=8)


def make_sentences(
    text: str, body: Sequence[Block], language: str | None, citations: Mapping[str, Citation]
) -> Iterator[Sentence]:
    """The sentences of the body, in order.

    A paragraph too short to tell has the document's language, as has every one where that language
    is none of the three. A sentence carries the citations whose marks stand in it and that the
    reference list has.

    Args:
        text: The whole document.
        body: Its blocks, each a paragraph.
        language: ISO 639-1 code of the document.
        citations: By the label that marks use.

    Yields:
        Sentences with offsets in `text`.
    """
    ours = language is None or language in LANGUAGES
    for place, block in enumerate(body):
        detected = detect_language(text[block.start : block.end]) if ours else None
        spoken = detected or language
        for start, end in split_sentences(text, block.start, block.end, spoken):
            yield Sentence(start, end, spoken, place, _cited(text, start, end, citations))


def _cited(text: str, start: int, end: int, citations: Mapping[str, Citation]) -> tuple[int, ...]:
    if not citations:
        return ()
    labels = (label for mark in find_marks(text, start, end) for label in mark.labels)
    return tuple(dict.fromkeys(citations[label].number for label in labels if label in citations))


def cited_labels(text: str, body: Iterable[Block]) -> frozenset[str]:
    """The labels that marks in the body name."""
    return frozenset(
        label for block in body for mark in find_marks(text, block.start, block.end) for label in mark.labels
    )


def bounded_date(citations: Iterable[Citation]) -> DateSpan:
    """The date of a document that has none but whose references say when they were read.

    Args:
        citations: Its references.

    Returns:
        `end` is the latest day of access, `start` None, precision unknown: it was being written then,
        so what it tells had happened by about that day. Undated where no reference gives a full day.
    """
    stated = [found.accessed or "" for found in citations]
    days = [date.fromisoformat(day) for day in stated if len(day) == 10]
    return DateSpan(None, max(days), "unknown", "document") if days else UNDATED
