"""What an extractor takes out of a file that is no plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.documents.assemble import Metadata
from detente.documents.furniture import authors_of
from detente.documents.page_links import PageLink
from detente.documents.written_dates import find_dates
from detente.model import DateSpan

_SAMPLE = 20_000  # characters of a text that are asked for its dates
_LATER = 366  # days; a text may speak of what comes, but seldom by the day and more than a year ahead
_EARLIEST = 1985  # before it no file had such metadata
_FILE_NAMES = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".tex", ".dvi", ".odt", ".txt", ".htm", ".html")
_PLACEHOLDERS = frozenset(("untitled", "title", "document", "word document", "document1", "unspecified", "none"))
_PROGRAM = "microsoft word - "


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, one paragraph a line, and what the file says of itself.

    Attributes:
        text: The text; every offset counts in it.
        metadata: From the file; its date stands before one found in the text.
        headings: Offsets of lines that are set as headings.
        links: Links of a web page, whose addresses the text does not show.
        made: The day the file says it was made; used only where the text gives no date of its own.
    """

    text: str
    metadata: Metadata
    headings: frozenset[int] = frozenset()
    made: DateSpan | None = None
    links: tuple[PageLink, ...] = ()


def sane_title(title: str | None) -> str | None:
    """A title from a file's properties; None for a file name or a program's placeholder.

    Examples:
        >>> sane_title("Microsoft Word - memo.doc"), sane_title("  Japan and the Islands "), sane_title("untitled")
        (None, 'Japan and the Islands', None)
    """
    words = " ".join((title or "").split())
    if words.lower().startswith(_PROGRAM):
        words = words[len(_PROGRAM) :]
    lowered = words.lower()
    letters = any(letter.isalpha() for letter in words)
    named = lowered.endswith(_FILE_NAMES) or lowered in _PLACEHOLDERS or len(words) > 300
    return words if letters and not named else None


def sane_authors(author: str | None) -> tuple[str, ...]:
    """The names in a file's properties; empty for an account's name (`admin`, `user1`).

    Examples:
        >>> sane_authors("Jane Smith; John Doe"), sane_authors("python-docx")
        (('Jane Smith', 'John Doe'), ())
    """
    return authors_of(author or "")


def sane_date(days: Sequence[date | None], text: str) -> DateSpan | None:
    """The first day that the text does not speak against.

    Args:
        days: What the file says, the better first.
        text: Its text: a day in it more than a year later shows that the file's date is a template's.

    Returns:
        The day; None where there is none.
    """
    named = [found.span.end for found in find_dates(text[:_SAMPLE]) if found.span.precision == "day"]
    latest = max((day for day in named if day), default=None)
    for day in days:
        if day is None or day.year < _EARLIEST:
            continue
        if latest is None or (latest - day).days <= _LATER:
            return DateSpan(day, day, "day", "document")
    return None
