"""Dates, numbers and quotes as a brief prints them; without a language, in English."""

import re
from collections.abc import Iterable
from datetime import date

from detente.brief.language import load_language
from detente.model import Report

QUOTE_LIMIT = 300  # characters: short enough to be a quotation, see design.md on rights
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")  # no-break spaces stay: they hold numbers together
_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", "…”", ".»", "!»", "?»", "…»")


def day_words(day: date) -> str:
    """`24 February 2022`, whatever the machine's locale.

    Examples:
        >>> day_words(date(2022, 2, 24))
        '24 February 2022'
    """
    return load_language("en").day(day)


def month_words(day: date) -> str:
    """`February 2022`."""
    return load_language("en").month(day)


def when_words(report: Report) -> str:
    """The date of an act, no more exact than it is known."""
    return load_language("en").when(report)


def span_words(start: date, end: date) -> str:
    """The length of a window in days, months or years."""
    return load_language("en").span(start, end)


def number(value: float) -> str:
    """A number with thousands separated, a true minus, and at most three significant decimals.

    Examples:
        >>> number(3500.0), number(-1.256), number(0.04), number(0.0)
        ('3,500', '−1.26', '0.04', '0')
    """
    return load_language("en").number(value)


def signed(value: float) -> str:
    """A change with its sign."""
    return load_language("en").signed(value)


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return load_language("en").percent(share)


def counted(n: int, singular: str, plural: str | None = None) -> str:
    """`1 act`, `3 acts`."""
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def joined(parts: Iterable[str]) -> str:
    """`a, b and c`."""
    return load_language("en").join(parts)


def sentence(note: str) -> str:
    """A measure's note as a sentence: capital letter, full stop.

    Examples:
        >>> sentence("the first month is covered in part")
        'The first month is covered in part.'
    """
    text = cleaned(note)
    return closed(text[:1].upper() + text[1:])


def closed(text: str) -> str:
    """The text with a full stop, unless it or the quotation it ends in has one.

    Examples:
        >>> closed("Tokyo said “It is over.”"), closed("Tokyo said no")
        ('Tokyo said “It is over.”', 'Tokyo said no.')
    """
    return text if text.endswith(_ENDS) else f"{text}."


def cleaned(text: str) -> str:
    """Foreign text on one line, without control and direction marks that could disguise it."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def shortened(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Foreign text of at most `limit` characters, cut at a word and marked with an ellipsis.

    Examples:
        >>> shortened("Tokyo formally stripped Russia of its status.", 24)
        'Tokyo formally stripped…'
    """
    text = cleaned(text)
    if len(text) <= limit:
        return text
    cut = text[:limit]  # one past what may stay, so that a word that just fits is kept
    head = cut.rsplit(" ", 1)[0] if " " in cut else cut[: limit - 1]
    return head.rstrip(" ,;:.–—-") + "…"


def quoted(text: str, limit: int = QUOTE_LIMIT, marks: str = "“”") -> str:
    """A short quotation in quotation marks; its own double marks become single."""
    inner = shortened(text.strip(), limit)
    for own, single in zip('“”"«»„', "‘’'‹›‚", strict=True):
        inner = inner.replace(own, single)
    return f"{marks[0]}{inner}{marks[1]}"
