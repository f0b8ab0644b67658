"""Dates, numbers and quotes as the brief prints them."""

import re
from collections.abc import Iterable
from datetime import date

from detente.model import Report

QUOTE_LIMIT = 300  # characters: short enough to be a quotation, see design.md on rights
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MONTHS = "January February March April May June July August September October November December".split()


def day_words(day: date) -> str:
    """`24 February 2022`, whatever the machine's locale.

    Examples:
        >>> day_words(date(2022, 2, 24))
        '24 February 2022'
    """
    return f"{day.day} {month_words(day)}"


def month_words(day: date) -> str:
    """`February 2022`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def when_words(report: Report) -> str:
    """The date of an act, no more exact than it is known."""
    start, end = report.date_start, report.date_end
    if start is None or end is None or report.date_precision == "unknown":
        return f"by {day_words(end)}" if end else "undated"
    if report.date_precision == "month":
        return month_words(start)
    if report.date_precision == "year":
        return str(start.year)
    if start == end:
        return day_words(start)
    return f"{day_words(start)} to {day_words(end)}"


def span_words(start: date, end: date) -> str:
    """The length of a window in days, months or years."""
    days = (end - start).days + 1
    if days < 62:
        return f"{days} days"
    months = round(days / 30.4375)
    return f"{months} months" if months < 36 else f"{number(round(days / 365.25, 1))} years"


def number(value: float) -> str:
    """A number with thousands separated, a true minus, and at most three significant decimals.

    Examples:
        >>> number(3500.0), number(-1.256), number(0.04), number(0.0)
        ('3,500', '−1.26', '0.04', '0')
    """
    size = abs(value)
    if float(value).is_integer() or size >= 100:
        text = f"{size:,.0f}"
    elif size >= 10:
        text = f"{size:.1f}"
    else:
        text = f"{size:.2f}".rstrip("0").rstrip(".") or "0"
    return f"−{text}" if value < 0 and text != "0" else text


def signed(value: float) -> str:
    """A change with its sign."""
    text = number(value)
    return text if value <= 0 or text == "0" else f"+{text}"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{round(share * 100)}%"


def counted(n: int, singular: str, plural: str | None = None) -> str:
    """`1 act`, `3 acts`."""
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def joined(parts: Iterable[str]) -> str:
    """`a, b and c`."""
    items = list(parts)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def sentence(note: str) -> str:
    """A measure's note as a sentence: capital letter, full stop.

    Examples:
        >>> sentence("the first month is covered in part")
        'The first month is covered in part.'
    """
    text = cleaned(note)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”")) else ".")


def closed(text: str) -> str:
    """The text with a full stop, unless it or the quotation it ends in has one.

    Examples:
        >>> closed("Tokyo said “It is over.”"), closed("Tokyo said no")
        ('Tokyo said “It is over.”', 'Tokyo said no.')
    """
    return text if text.endswith((".", "!", "?", "…", ".”", "!”", "?”", "…”")) else f"{text}."


def days_words(days: int | None) -> str:
    """`, the same day`, `, 3 days later`; nothing where it is not known."""
    if days is None:
        return ""
    return ", the same day" if days == 0 else f", {counted(days, 'day')} later"


def cleaned(text: str) -> str:
    """Foreign text on one line, without control and direction marks that could disguise it."""
    return " ".join(_UNSEEN.sub("", text.replace("\n", " ").replace("\t", " ")).split())


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


def quoted(text: str, limit: int = QUOTE_LIMIT) -> str:
    """A short quotation in quotation marks; its own double marks become single."""
    inner = shortened(text.strip(), limit).replace("“", "‘").replace("”", "’").replace('"', "'")
    return f"“{inner}”"
