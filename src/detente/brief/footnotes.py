"""A source as a footnote: author, “title”, publisher, date, address, (date of accession)."""

import re
from dataclasses import dataclass
from typing import Final

from detente.brief.language import Language
from detente.brief.layout import web_address
from detente.brief.wording import cleaned, quoted
from detente.model import Source

_ISO: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)\Z")
_TITLE: Final = 400  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a footnote; `foreign` is the language of words that are in another than the brief's."""

    text: str
    url: str | None = None
    foreign: str | None = None


def footnote(source: Source, language: Language) -> tuple[Piece, ...]:
    """The footnote of a source, in the manner of international-relations journals.

    Args:
        source: Numbered.
        language: Of the brief.

    Returns:
        Its pieces, to be written one after another; what is not known is left out.
    """
    foreign = source.language if source.language != language.code else None
    url = web_address(source.url)
    parts = [
        Piece("–".join(cleaned(name) for name in source.authors)),
        Piece(quoted(source.title, _TITLE, language.say("act.marks")) if source.title else "", foreign=foreign),
        Piece(cleaned(source.publisher or "")),
        Piece(cleaned(source.published or "")),
        Piece(url or cleaned(source.url or ""), url),
        Piece(language.say("ui.footnote_accessed", day=day_digits(source.accessed)) if source.accessed else ""),
    ]
    told = [part for part in parts if part.text]
    if not (source.publisher or source.title or source.url):
        told.insert(0, Piece(language.say("ui.document", id=source.document_id)))
    pieces = [piece for part in told for piece in (Piece(", "), part)][1:]
    return (*pieces, Piece("."))


def day_digits(text: str) -> str:
    """`03.01.2023` of an ISO date, else the text itself.

    Examples:
        >>> day_digits("2023-01-03"), day_digits("January 2023")
        ('03.01.2023', 'January 2023')
    """
    found = _ISO.match(text)
    return f"{found[3]}.{found[2]}.{found[1]}" if found else cleaned(text)
