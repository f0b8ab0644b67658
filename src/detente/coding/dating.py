"""Dates against a document: days, months, years and spans reckoned from its date or from the sentence before."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.model import DateSpan
from detente.model.dates import DateBasis

WEEK: Final = 7
_SATURDAY: Final = 5
_NEAR_FUTURE: Final = 62  # days
_MAX_ORDINAL: Final = date.max.toordinal()
_LAST_YEAR: Final = date.max.year


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: its place in the sentence and the days it covers."""

    start: int
    end: int
    span: DateSpan
    word: str  # the preposition that goes with it, in English and lower case
    named: bool = False  # a war or crisis known by name


def day_span(day: date, basis: DateBasis) -> DateSpan:
    """A single day."""
    return DateSpan(day, day, "day", basis)


def year_span(year: int, basis: DateBasis) -> DateSpan | None:
    """A whole year; None where the calendar has no such year."""
    if not 1 <= year <= _LAST_YEAR:
        return None
    return DateSpan(date(year, 1, 1), date(year, 12, 31), "year", basis)


def whole_month(year: int, month: int, basis: DateBasis) -> DateSpan | None:
    """A whole month; None where the calendar has no such year."""
    if not 1 <= year <= _LAST_YEAR:
        return None
    last = calendar.monthrange(year, month)[1]
    return DateSpan(date(year, month, 1), date(year, month, last), "month", basis)


def joined(first: DateSpan | None, last: DateSpan | None) -> DateSpan | None:
    """The span from the start of one date to the end of another; None where they are unknown or out of order."""
    if first is None or last is None or first.start is None or last.end is None or first.start > last.end:
        return None
    if first.start == last.end:
        return day_span(first.start, last.basis)
    return DateSpan(first.start, last.end, "span", last.basis)


def month_span(
    month: int, day: int | None, year: int | None, published: DateSpan, context: DateSpan | None, *, same: bool
) -> DateSpan | None:
    """A month, or a day of it; the nearest year where the text names none.

    Args:
        month: 1 to 12.
        day: Day of the month, None for the whole month.
        year: The year the text names, None without.
        published: The document's date.
        context: The date of the sentence before, None without.
        same: Whether the text says "of the same year": that of the context.

    Returns:
        The span; None without a year or where the month has no such day.
    """
    stated = year is not None
    if year is None:
        year = _year_for(month, day, published, context, same=same)
    if year is None:
        return None
    basis: DateBasis = "text" if stated or (not same and published.start is not None) else "context"
    whole = whole_month(year, month, basis)
    if day is None or whole is None or whole.end is None:
        return whole
    return day_span(date(year, month, day), basis) if 1 <= day <= whole.end.day else None


def weekday_span(wanted: int, word: str, published: DateSpan) -> DateSpan | None:
    """The weekday at or before the document's day; with `last` before it, with `next` after it.

    Args:
        wanted: 0 for Monday to 6 for Sunday.
        word: `last`, `next` or anything else.
        published: The document's date.

    Returns:
        The day; None where the document's day is unknown.
    """
    if published.end is None or published.precision != "day":
        return None
    back = (published.end.weekday() - wanted) % WEEK
    if word == "next":
        return _day_after(published.end, WEEK - back, "text")
    if word == "last" and back == 0:
        back = WEEK
    return _day_after(published.end, -back, "text")


def moved(base: DateSpan, unit: str, offset: int, basis: DateBasis) -> DateSpan | None:
    """The day, week, weekend, month or year so many units from that of a date.

    Args:
        base: What is counted from.
        unit: `day`, `week` (Monday to Sunday), `weekend` (the last begun for 0), `this weekend` (that of the same
            week), `month`, `year`, `year to date`, or `days`: the seven days that end (offset below 0) or begin with
            the date.
        offset: How many units later; negative for earlier.
        basis: The basis of the result.

    Returns:
        The span; None where the date is less exact than the unit, or the calendar ends.
    """
    if base.start is None or base.end is None:
        return None
    if unit == "year":
        return year_span(base.end.year + offset, basis)
    if unit == "month" and base.precision in {"day", "month"}:
        count = base.end.year * 12 + base.end.month - 1 + offset
        return whole_month(count // 12, count % 12 + 1, basis)
    return _moved_day(base.end, unit, offset, basis) if base.precision == "day" else None


def _moved_day(anchor: date, unit: str, offset: int, basis: DateBasis) -> DateSpan | None:
    """What is counted from a day, in days or weeks."""
    if unit == "year to date":
        return joined(day_span(date(anchor.year, 1, 1), basis), day_span(anchor, basis))
    if unit == "day":
        return _day_after(anchor, offset, basis)
    monday = offset * WEEK - anchor.weekday()
    ends = {
        "days": (min(offset, 0) * 6, max(offset, 0) * 6),
        "week": (monday, monday + 6),
        "this weekend": (monday + _SATURDAY, monday + 6),
        "weekend": _weekend(anchor, offset),
    }
    if unit not in ends:
        return None
    first, last = ends[unit]
    return joined(_day_after(anchor, first, basis), _day_after(anchor, last, basis))


def within(context: DateSpan | None, unit: str) -> DateSpan | None:
    """The same day, month or year as that of the sentence before; None without one."""
    if context is None:
        return None
    several = context.precision == "day" and context.start != context.end  # no day, whatever it says
    same = DateSpan(context.start, context.end, "span" if several else context.precision, "context")
    if unit == "day" or context.start is None or context.end is None:
        return same
    if context.start.year != context.end.year or context.precision == "year":
        return same
    if unit == "month" and context.start.month == context.end.month:
        return whole_month(context.start.year, context.start.month, "context")
    if unit == "week" and context.precision == "day":
        return moved(context, "week", 0, "context")
    return year_span(context.start.year, "context") if unit == "year" else same


def reckoned(unit: str, offset: int, anchor: str, published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """A relative date ("yesterday", "the next day", "in two weeks") resolved.

    Args:
        unit: As in `moved`.
        offset: How many units later; negative for earlier.
        anchor: What it is counted from: `document`; `context`, the sentence before; `either`, the sentence before
            where it names a day, else the document; `later`, likewise unless the result lies after the document.
        published: The document's date.
        context: The date of the sentence before, None without.

    Returns:
        The span; None where what it is counted from is unknown.
    """
    if anchor == "context" and offset == 0:
        return within(context, unit)
    if anchor != "document" and context is not None:
        span = moved(context, unit, offset, "context")
        beyond = span is None or (published.end is not None and span.end is not None and span.end > published.end)
        if span is not None and not (anchor == "later" and beyond):
            return span
    if anchor == "context" or published.start is None:
        return None
    return moved(published, unit, offset, "text")


def parse_day(year: int, month: int, day: int) -> DateSpan | None:
    """A day written in numbers; None where there is none such."""
    whole = whole_month(year, month, "text") if 1 <= month <= 12 else None
    if whole is None or whole.end is None or not 1 <= day <= whole.end.day:
        return None
    return day_span(date(year, month, day), "text")


def _weekend(anchor: date, offset: int) -> tuple[int, int]:
    """Days to Saturday and Sunday: for 0 of the last begun weekend, cut at the date; else of another week's."""
    back = (anchor.weekday() - _SATURDAY) % WEEK
    begun = anchor.weekday() < _SATURDAY  # in the week, "last weekend" is the one just gone
    first = WEEK * (offset + 1 if offset < 0 and begun else offset) - back
    return first, first + 1 if first > 0 else min(first + 1, 0)


def _day_after(day: date, days: int, basis: DateBasis) -> DateSpan | None:
    ordinal = day.toordinal() + days
    return day_span(date.fromordinal(ordinal), basis) if 1 <= ordinal <= _MAX_ORDINAL else None


def _year_for(month: int, day: int | None, published: DateSpan, context: DateSpan | None, *, same: bool) -> int | None:
    if same or published.start is None:
        known = context.start if context is not None else None
        return known.year if known is not None else None
    if published.end is None:
        return None
    year = published.end.year
    begins = date(year, month, min(day or 1, calendar.monthrange(year, month)[1]))
    # a month without a year is the nearest: the last past one, or one that comes within two months
    return year - 1 if begins.toordinal() > published.end.toordinal() + _NEAR_FUTURE else year
