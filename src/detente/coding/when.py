"""When it happened: dates in a sentence, resolved against the document's date and the sentences before."""

import calendar
import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from detente.coding.cues import find_cue
from detente.coding.dating import Dated, day_span, month_span, moved, weekday_span, within, year_span
from detente.coding.folding import fold
from detente.coding.periods_tr_ru import period_word
from detente.coding.when_ru import find_dates_ru
from detente.coding.when_tr import find_dates_tr
from detente.model import DateSpan

__all__ = ["Dated", "Period", "after", "find_dates", "is_later", "load_periods", "not_after"]

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
_NEAR_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_SINCE: Final = frozenset({"since", "until", "by", "from"})
_FINDERS: Final[Mapping[str, Callable[[str, DateSpan, DateSpan | None], tuple[Dated, ...]]]] = {
    "tr": find_dates_tr,
    "ru": find_dates_ru,
}


@dataclass(frozen=True, slots=True)
class Period:
    """A war or crisis that texts date by."""

    pattern: re.Pattern[str]
    start: date
    end: date | None


@cache
def load_periods(language: str = "en") -> tuple[Period, ...]:
    """Wars and crises that stand for a date, from `data/named_periods.csv`; for other languages the English ones."""
    rows = list(
        csv.DictReader((files("detente.coding") / "data" / "named_periods.csv").read_text("utf-8").splitlines())
    )
    known = language if language in _FINDERS else "en"
    return tuple(
        Period(
            re.compile(row["pattern"], re.IGNORECASE),
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]) if row["end"] else None,
        )
        for row in rows
        if row["language"] == known
    )


@lru_cache(maxsize=64)  # each act of a sentence asks again
def find_dates(text: str, published: DateSpan, context: DateSpan | None, *, language: str = "en") -> tuple[Dated, ...]:
    """Every date a sentence names, in order.

    Args:
        text: The sentence.
        published: The document's date.
        context: The date of the sentence before, None where there is none.
        language: ISO 639-1 code; what is neither Turkish nor Russian is read as English.

    Returns:
        Dated expressions. What needs a year and finds none in the sentence, the context or the document
        is left out.
    """
    dated = list(_FINDERS.get(language, _find_english)(text, published, context))
    folded = fold(text, language) if language in _FINDERS else text
    for period in load_periods(language):
        match = period.pattern.search(folded)
        found_period = _from_period(match, folded, period, published, language) if match else None
        if found_period is not None:
            dated.append(found_period)
    return tuple(sorted(dated, key=lambda item: item.start))


def is_later(text: str, *, language: str = "en") -> bool:
    """Whether a sentence opens by placing itself after the one before ("Subsequently, ...")."""
    if language in _FINDERS:
        return find_cue(text.lstrip(), language, "later") is not None
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


def _find_english(text: str, published: DateSpan, context: DateSpan | None) -> tuple[Dated, ...]:
    found = [_resolve(match, published, context) for match in _WORDS.finditer(text)]
    return tuple(item for item in found if item is not None)


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
        return day_span(date.fromisoformat(parts["iso"]), "text") if _valid(parts["iso"]) else None
    month = next((_month(parts[key]) for key in ("m1", "m2", "m3", "m4", "m5") if key in parts), None)
    day = next((int(parts[key]) for key in ("d1", "d2") if key in parts), None)
    year = next((int(parts[key]) for key in ("y1", "y2", "y3", "y5") if key in parts), None)
    if month is None and year is not None:
        return year_span(year, "text")
    if month is not None:
        return month_span(month, day, year, published, context, same="same" in parts)
    if "wd" in parts:
        return weekday_span(_DAYS[parts["wd"].lower()], parts.get("lastday", "").lower(), published)
    return _relative(" ".join(parts["rel"].lower().split()), published, context)


def _relative(words: str, published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    if words.startswith("the same"):
        return within(context, "day")
    if published.start is None:
        return None
    if words in _NEAR_DAYS:
        return moved(published, "day", _NEAR_DAYS[words], "text")
    back = -1 if words.startswith("last") else 0
    return moved(published, words.rpartition(" ")[2], back, "text")


def _from_period(match: re.Match[str], text: str, period: Period, published: DateSpan, language: str) -> Dated | None:
    """The days a war dates: what came after, since or during it, or "with" it; its bare name dates nothing."""
    opening = period_word(text, match, language) if language in _FINDERS else _opening(text, match)
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


def _opening(text: str, match: re.Match[str]) -> str:
    """The English preposition before a name, articles aside."""
    word = re.sub(r"\b(?:the|a)\s*$", "", text[: match.start()].rstrip(), flags=re.IGNORECASE)
    return word.rstrip().rpartition(" ")[2].lower()


def _month(word: str) -> int:
    key = word.lower().rstrip(".")
    return _MONTHS.get(key) or _SHORT[key]


def _valid(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
