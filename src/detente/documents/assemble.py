"""From text and layout to a `Document`: sentences with their language and citations, date, id."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detente.documents.blocks import Block
from detente.documents.citations import Mark
from detente.documents.language import detect_language, language_of_block
from detente.documents.marks import Marks
from detente.documents.sentences import split_sentences
from detente.model import UNDATED, Citation, DateSpan, Sentence

_SAMPLE_PARTS = 20  # paragraphs that decide the document's language
_SAMPLE = 300  # characters of each
_BLOCK = 2000  # characters of a paragraph that decide its own


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
    text: str, body: Sequence[Block], language: str | None, citations: Mapping[str, Citation], marks: Marks
) -> Iterator[Sentence]:
    """The sentences of the body, in order.

    A paragraph has the document's language unless it is clearly in another. A sentence carries the citations whose
    marks stand in it and that the reference list has.

    Args:
        text: The whole document.
        body: Its blocks, each a paragraph.
        language: ISO 639-1 code of the document.
        citations: By the label that marks use.
        marks: Marks of the body.

    Yields:
        Sentences with offsets in `text`.
    """
    for place, block in enumerate(body):
        spoken = language_of_block(text[block.start : min(block.end, block.start + _BLOCK)], language)
        ties = _Ties(marks.get(block.start, ()), citations)
        for start, end in split_sentences(text, block.start, block.end, spoken):
            yield Sentence(start, end, spoken, place, ties.between(start, end))


class _Ties:
    """The citations of one block by the place of their marks, in the order of their weight."""

    def __init__(self, marks: Sequence[Mark], citations: Mapping[str, Citation]) -> None:
        named = (
            (mark.start, weight, citations[label].number)
            for weight, mark in enumerate(marks)
            for label in mark.labels
            if label in citations
        )
        self._named = sorted(named)
        self._starts = [start for start, _, _ in self._named]

    def between(self, start: int, end: int) -> tuple[int, ...]:
        """Numbers of the citations whose marks begin between two offsets."""
        if not self._named:
            return ()
        found = self._named[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return tuple(dict.fromkeys(number for _, _, number in sorted(found, key=lambda item: item[1])))


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
