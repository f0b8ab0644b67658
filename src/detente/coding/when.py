"""When it happened: dates in a sentence, resolved against the document's date and the sentences before."""

import calendar
import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from detente.model import DateSpan

_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT: Final = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS: Final = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH: Final = "|".join([*_MONTHS, *(f"{name}\\.?" for name in _SHORT)])
_WORDS: Final = re.compile(
    rf"""\b(?:
    (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>(?:1[89]|20)\d{{2}}))?
    | (?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y2>(?:1[89]|20)\d{{2}}))?
    | (?P<m3>{_MONTH})(?:\s+of)?,?\s+(?P<y3>(?:1[89]|20)\d{{2}})
    | (?P<m4>{_MONTH})\s+of\s+(?P<same>the\s+same|that|this|last)\s+year
    | (?:in|by|since|until|during|late|early|mid-?)\s+(?P<m5>{_MONTH})(?!,?\s+(?:of\s+)?(?:\d|the\s+same|that|last))
    | (?:in|during|since|by|of|for|throughout|from|until|late|early|fiscal)\s+(?P<y5>(?:1[89]|20)\d{{2}})
    | (?P<rel>yesterday|today|tomorrow|last\s+(?:week|month|year)|earlier\s+this\s+(?:week|month|year)
        |earlier\s+in\s+the\s+month|this\s+(?:week|month|year)|the\s+same\s+(?:day|month|year))
    | (?:(?P<lastday>last|on|next)\s+)?(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LATER: Final = re.compile(r"^(?:subsequently|later|afterwards?|thereafter|since then|then)\b", re.IGNORECASE)
_SINCE: Final = frozenset({"since", "until", "by", "from"})
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Dated:
    """A date expression: its place in the sentence and the days it covers."""

    start: int
    end: int
    span: DateSpan
    word: str  # the preposition before it, in lower case
    named: bool = False  # a war or crisis known by name


@dataclass(frozen=True, slots=True)
class Period:
    """A war or crisis that texts date by."""

    pattern: re.Pattern[str]
    start: date
    end: date | None


@cache
def load_periods() -> tuple[Period, ...]:
    """Wars and crises that stand for a date, from `data/named_periods.csv`."""
    rows = (files("detente.coding") / "data" / "named_periods.csv").read_text(encoding="utf-8").splitlines()
    return tuple(
        Period(
            re.compile(row["pattern"], re.IGNORECASE),
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in csv.DictReader(rows)
    )


def find_dates(text: str, published: DateSpan, context: DateSpan | None) -> tuple[Dated, ...]:
    """Every date a sentence names, in order.

    Args:
        text: The sentence.
        published: The document's date.
        context: The date of the sentence before, None where there is none.

    Returns:
        Dated expressions. What needs a year and finds none in the sentence, the context or the document
        is left out.
    """
    found = [_resolve(match, published, context) for match in _WORDS.finditer(text)]
    dated = [item for item in found if item is not None]
    for period in load_periods():
        match = period.pattern.search(text)
        found_period = _from_period(match, text, period, published) if match else None
        if found_period is not None:
            dated.append(found_period)
    return tuple(sorted(dated, key=lambda item: item.start))


def is_later(text: str) -> bool:
    """Whether a sentence opens by placing itself after the one before ("Subsequently, ...")."""
    return bool(_LATER.match(text.lstrip()))


def after(context: DateSpan, published: DateSpan) -> DateSpan:
    """The days from the end of the context's date to the document's."""
    end = published.end or context.end
    if context.end is None or end is None or end < context.end:
        return DateSpan(context.end, context.end, "span", "context")
    return DateSpan(context.end, end, "span", "context")


def not_after(span: DateSpan, published: DateSpan) -> DateSpan:
    """Cuts a span at the document's date: an act that happened cannot be later."""
    if span.start is None or span.end is None or published.end is None or span.end <= published.end:
        return span
    if span.start > published.end:
        return DateSpan(None, published.end, "unknown", "document")
    if span.precision in {"month", "year"}:
        return span  # the month or year the text says; its days are not known anyway
    return DateSpan(span.start, published.end, "span", span.basis)


def _resolve(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> Dated | None:
    parts = {key: value for key, value in match.groupdict().items() if value}
    span = _span(parts, published, context)
    if span is None:
        return None
    word = match.string[: match.start()].rstrip().rpartition(" ")[2].lower()
    opening = match.group().split()[0].lower()
    return Dated(match.start(), match.end(), span, opening if opening in _SINCE else word)


def _span(parts: Mapping[str, str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    if "iso" in parts:
        return _day(date.fromisoformat(parts["iso"]), "text") if _valid(parts["iso"]) else None
    month = next((_month(parts[key]) for key in ("m1", "m2", "m3", "m4", "m5") if key in parts), None)
    day = next((int(parts[key]) for key in ("d1", "d2") if key in parts), None)
    year = next((int(parts[key]) for key in ("y1", "y2", "y3", "y5") if key in parts), None)
    if month is None and year is not None:
        return DateSpan(date(year, 1, 1), date(year, 12, 31), "year", "text")
    if month is not None:
        return _month_span(month, day, year, published, context, same="same" in parts)
    if "wd" in parts:
        return _weekday(_DAYS[parts["wd"].lower()], parts.get("lastday", "").lower(), published)
    return _relative(" ".join(parts["rel"].lower().split()), published, context)


def _month_span(
    month: int, day: int | None, year: int | None, published: DateSpan, context: DateSpan | None, *, same: bool
) -> DateSpan | None:
    stated = year is not None
    if year is None:
        year = _year_for(month, day, published, context, same=same)
    if year is None:
        return None
    basis = "text" if stated or (not same and published.start is not None) else "context"
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return DateSpan(date(year, month, 1), date(year, month, last), "month", basis)  # type: ignore[arg-type]
    if not 1 <= day <= last:
        return None
    return _day(date(year, month, day), basis)


def _year_for(month: int, day: int | None, published: DateSpan, context: DateSpan | None, *, same: bool) -> int | None:
    if same or published.start is None:
        known = context.start if context is not None else None
        return known.year if known is not None else None
    if published.end is None:
        return None
    year = published.end.year
    begins = date(year, month, min(day or 1, calendar.monthrange(year, month)[1]))
    # a month without a year is the nearest: the last past one, or one that comes within two months
    return year - 1 if begins > published.end + timedelta(days=62) else year


def _weekday(wanted: int, word: str, published: DateSpan) -> DateSpan | None:
    if published.end is None or published.precision != "day":
        return None
    back = (published.end.weekday() - wanted) % _WEEK
    if word == "next":
        return _day(published.end + timedelta(days=_WEEK - back), "text")
    if word == "last" and back == 0:
        back = _WEEK
    return _day(published.end - timedelta(days=back), "text")


def _relative(words: str, published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    if words.startswith("the same"):
        return DateSpan(context.start, context.end, context.precision, "context") if context else None
    anchor = published.end
    if anchor is None or published.start is None:
        return None
    if words in {"yesterday", "today", "tomorrow"} and published.precision == "day":
        return _day(anchor + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[words]), "text")
    if words.endswith("week") and published.precision == "day":
        monday = anchor - timedelta(days=anchor.weekday() + (_WEEK if words.startswith("last") else 0))
        return DateSpan(monday, monday + timedelta(days=6), "span", "text")
    if words.endswith("month") and published.precision in {"day", "month"}:
        year, month = anchor.year, anchor.month - (1 if words.startswith("last") else 0)
        year, month = (year - 1, 12) if month == 0 else (year, month)
        return DateSpan(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month", "text")
    if words.endswith("year"):
        year = anchor.year - (1 if words.startswith("last") else 0)
        return DateSpan(date(year, 1, 1), date(year, 12, 31), "year", "text")
    return None


def _from_period(match: re.Match[str], text: str, period: Period, published: DateSpan) -> Dated | None:
    """The days a war dates: what came after, since or during it, or "with" it; its bare name dates nothing."""
    word = re.sub(r"\b(?:the|a)\s*$", "", text[: match.start()].rstrip(), flags=re.IGNORECASE)
    opening = word.rstrip().rpartition(" ")[2].lower()
    if opening in {"after", "since", "following", "during"}:
        end = period.end if opening == "during" else None
        end = end or published.end or period.start
        span = DateSpan(period.start, max(end, period.start), "span", "context")
    elif opening in {"with", "by", "before", "until"}:  # "with the war": the year in which it began
        year = period.start.year
        span = DateSpan(date(year, 1, 1), date(year, 12, 31), "year", "context")
    else:
        return None
    return Dated(match.start(), match.end(), span, opening, named=True)


def _day(day: date, basis: str) -> DateSpan:
    return DateSpan(day, day, "day", basis)  # type: ignore[arg-type]


def _month(word: str) -> int:
    key = word.lower().rstrip(".")
    return _MONTHS.get(key) or _SHORT[key]


def _valid(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
