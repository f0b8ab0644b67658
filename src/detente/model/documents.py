"""What a reader makes of a file: a document, its sentences and its citations."""

import json
from dataclasses import dataclass, field
from hashlib import blake2b

from detente.model.dates import UNDATED, DateSpan


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body, by its place in the document's text.

    Attributes:
        start: First character, counted in `Document.text`.
        end: One past the last character.
        language: ISO 639-1 code, None where unknown.
        paragraph: Number of the paragraph it stands in, from 0.
        citations: Numbers of the citations that its own words carry.
    """

    start: int
    end: int
    language: str | None
    paragraph: int
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered reference, as far as it could be parsed; None where it does not say.

    `published` and `accessed` are ISO 8601 dates (year, month or day). `start` and `end` place the
    reference itself in `Document.text`.
    """

    number: int
    text: str
    start: int
    end: int
    author: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    accessed: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: the text is never changed, everything else points into it.

    Attributes:
        id: The id the input gives, else `document_id()` of its raw fields.
        text: The whole text as decoded; every offset counts in it.
        title: Headline; None where unknown.
        authors: As named, may be empty.
        publisher: Who published it; None where unknown.
        published: Date of publication with its basis; never a file's time stamp.
        language: ISO 639-1 code of most of the body.
        url: Address; None where unknown.
        sentences: Sentences of the body, boilerplate and references left out, in order.
        citations: The numbered references.
        note: What a reader should know of its origin (for example that it is a summary).
        previous: Context before `text`: it is read for dates and names but never coded.
    """

    id: str
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: DateSpan = UNDATED
    language: str | None = None
    url: str | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    note: str | None = None
    previous: str | None = field(default=None)

    def quote(self, start: int, end: int) -> str:
        """The words between two offsets."""
        return self.text[start:end]


def stable_id(*fields: object) -> str:
    """A 24-digit blake2b hash of raw fields, the same on every machine and run.

    Examples:
        >>> stable_id("a", 1) == stable_id("a", 1), len(stable_id("a"))
        (True, 24)
    """
    raw = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=str)
    return blake2b(raw.encode(), digest_size=12).hexdigest()


def document_id(text: str, url: str | None, publisher: str | None, published: str | None) -> str:
    """The id of a document that brings none of its own."""
    return stable_id("document", text, url, publisher, published)
