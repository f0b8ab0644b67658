"""The words a report rests on, and the reference that covers them."""

import re
from typing import Final, Literal

from detente.model import Citation, Document, Evidence, Sentence

_CONTINUES: Final = re.compile(
    r"^(?:this|these|that|those|such|it|he|she|they|with (?:this|these)|in (?:this|doing)|as a result of this)\b",
    re.IGNORECASE,
)
Basis = Literal["own", "next", "paragraph"]


def cite(document: Document, sentence: Sentence) -> Evidence:
    """Evidence for a sentence, with the reference that covers it.

    Args:
        document: The document.
        sentence: One of its sentences.

    Returns:
        The quote with publisher, title, address and access date of the reference; those of the document
        itself where no reference covers the sentence.
    """
    number, basis = _covering(document, sentence)
    citation = next((item for item in document.citations if item.number == number), None)
    return Evidence(
        document_id=document.id,
        start=sentence.start,
        end=sentence.end,
        quote=document.text[sentence.start : sentence.end],
        citation_number=number,
        citation_basis=basis,
        publisher=citation.publisher if citation else document.publisher,
        title=citation.title if citation else document.title,
        url=citation.url if citation else document.url,
        accessed=citation.accessed if citation else None,
    )


def _covering(document: Document, sentence: Sentence) -> tuple[int | None, Basis | None]:
    """A reference covers its own sentence; the ones before it only where nothing else can be meant."""
    if sentence.citations:
        return sentence.citations[-1], "own"
    later = [
        other for other in document.sentences if other.paragraph == sentence.paragraph and other.start > sentence.start
    ]
    if not later:
        return None, None
    follower = later[0]
    words = document.text[follower.start : follower.end]
    works = {item.number for item in document.citations if _is_work(document, item)}
    if len(follower.citations) == 1 and follower.citations[0] in works and _CONTINUES.match(words):
        return follower.citations[0], "next"
    marks = [
        number for other in document.sentences if other.paragraph == sentence.paragraph for number in other.citations
    ]
    if len(marks) != 1 or marks[0] not in works:
        return None, None
    if follower.citations:
        return marks[0], "next"
    return (marks[0], "paragraph") if later[-1].citations else (None, None)


def _is_work(document: Document, citation: Citation) -> bool:
    """Whether a reference names a work; "Reuters reported" in a sentence speaks for that sentence only."""
    if any((citation.author, citation.title, citation.published, citation.url)):
        return True
    inside = any(item.start <= citation.start < citation.end <= item.end for item in document.sentences)
    return not inside
