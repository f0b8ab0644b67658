"""How a brief speaks: sentences, counts, dates and numbers in one language, from a catalogue in `data/`."""

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from string import Formatter
from typing import Any, Final

from detente.errors import InputError
from detente.model import Report

LANGUAGES: Final = ("en", "tr", "ru")
_SMALLEST_P: Final = 0.001
_COARSE_P: Final = 0.1  # from here on the third decimal of a p says nothing


@dataclass(frozen=True)
class Language:
    """The words of one language (no slots: the filler of sentences is built once, on first use).

    Attributes:
        code: ISO 639-1.
        messages: Key -> sentence pattern; a slot `{n:act}` names how its value is shown.
        forms: Key -> the plural forms of a counted noun, in the order of Unicode's plural rules (one, few, many).
        terms: What other stages name in English -> the same in this language; empty in English.
    """

    code: str
    messages: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    terms: Mapping[str, str]

    @cached_property
    def _filler(self) -> "_Filler":
        return _Filler(self)

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of a key with its slots filled.

        Examples:
            >>> load_language("en").say("timeline.from", day=date(2022, 2, 24))
            'From 24 February 2022'
        """
        return self._filler.vformat(self.messages[key], (), values)

    def term(self, text: str) -> str:
        """What another stage names in English (a unit, a kind of measure); as it is where we have no word for it."""
        return self.terms.get(text, text)

    def count(self, n: int, key: str) -> str:
        """`1 act`, `3 acts`."""
        return f"{self.whole(n)} {self.noun(n, key)}"

    def noun(self, n: int, key: str) -> str:
        """The form of a noun that goes with a number.

        Examples:
            >>> [load_language("ru").noun(n, "days") for n in (1, 3, 11, 21)]
            ['день', 'дня', 'дней', 'день']
        """
        return self.forms[key][_PLURALS[self.code](abs(n))]

    def name(self, key: str) -> str:
        """The singular of a counted noun."""
        return self.forms[key][0]

    def whole(self, n: float) -> str:
        """A whole number with its thousands apart."""
        return self._separated(f"{n:,.0f}")

    def number(self, value: float) -> str:
        """A number with thousands apart, a true minus, and at most three significant decimals."""
        size = abs(value)
        if float(value).is_integer() or size >= 100:
            text = f"{size:,.0f}"
        elif size >= 10:
            text = f"{size:.1f}"
        else:
            text = f"{size:.2f}".rstrip("0").rstrip(".") or "0"
        return f"−{self._separated(text)}" if value < 0 and text != "0" else self._separated(text)

    def signed(self, value: float) -> str:
        """A change with its sign."""
        text = self.number(value)
        return text if value <= 0 or text == "0" else f"+{text}"

    def chance(self, p_value: float) -> str:
        """A p-value: three decimals at most, and below a thousandth no more than that.

        Examples:
            >>> [load_language("en").chance(p) for p in (0.0143, 0.5, 0.0002)]
            ['0.014', '0.5', '<0.001']
        """
        if p_value < _SMALLEST_P:
            return f"<{self._separated(str(_SMALLEST_P))}"
        decimals = 3 if p_value < _COARSE_P else 2
        return self._separated(f"{p_value:.{decimals}f}".rstrip("0").rstrip("."))

    def percent(self, share: float) -> str:
        """A share as a whole percentage."""
        return self.messages["number.percent"].replace("{n}", str(round(share * 100)))

    def points(self, share: float) -> str:
        """A change of a share in percentage points."""
        return self.say("number.points", n=self.signed(round(share * 100, 1)))

    def day(self, day: date) -> str:
        """`24 February 2022`, whatever the machine's locale."""
        return self.say("date.day", day=day.day, month=self._month("date.of_months", day), year=day.year)

    def month(self, day: date) -> str:
        """`February 2022`."""
        return self.say("date.month", month=self._month("date.months", day), year=day.year)

    def short_month(self, day: date) -> str:
        """`Feb`."""
        return self._month("date.short_months", day)

    def when(self, report: Report) -> str:
        """The date of an act, no more exact than it is known."""
        start, end = report.date_start, report.date_end
        if start is None or end is None or report.date_precision == "unknown":
            return self.say("date.by", day=end) if end else self.messages["date.undated"]
        if report.date_precision == "month":
            return self.month(start)
        if report.date_precision == "year":
            return self.say("date.year", year=start.year)
        return self.day(start) if start == end else self.say("date.range", start=start, end=end)

    def span(self, start: date, end: date) -> str:
        """The length of a window in days, months or years."""
        days = (end - start).days + 1
        months = round(days / 30.4375)
        if days < 62:
            return self.count(days, "days")
        if months < 36:
            return self.count(months, "months")
        years = round(days / 365.25, 1)
        return self.count(int(years), "years") if years.is_integer() else self.say("date.years", n=years)

    def days_later(self, days: int | None) -> str:
        """`, the same day`, `, 3 days later`; nothing where it is not known."""
        if days is None:
            return ""
        return self.messages["date.same_day"] if days == 0 else self.say("date.later", n=days)

    def join(self, parts: Iterable[str]) -> str:
        """`a, b and c`."""
        items = list(parts)
        return self.say("list.and", head=", ".join(items[:-1]), last=items[-1]) if len(items) > 1 else "".join(items)

    def capital(self, text: str) -> str:
        """The text with a capital first letter; a Turkish i becomes İ.

        Examples:
            >>> load_language("tr").capital("ikili")
            'İkili'
        """
        first = "İ" if self.code == "tr" and text[:1] == "i" else text[:1].upper()
        return first + text[1:]

    def _month(self, key: str, day: date) -> str:
        return self.messages[key].split()[day.month - 1]

    def _separated(self, text: str) -> str:
        """English separators as the language's own."""
        return text.translate(str.maketrans(",.", self.messages["number.thousands"] + self.messages["number.decimal"]))


class _Filler(Formatter):
    """Fills the slots of a pattern: `{n:act}` counts acts, `{day:day}` writes a date, `{x:number}` a number."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if not format_spec:
            return str(value)
        if format_spec in _SHOWN:
            return _SHOWN[format_spec](self.language, value)
        return self.language.count(value, format_spec)


_SHOWN: Final[Mapping[str, Callable[[Language, Any], str]]] = {
    "day": Language.day,
    "month": Language.month,
    "number": Language.number,
    "signed": Language.signed,
    "percent": Language.percent,
    "chance": Language.chance,
    "points": Language.points,
    "whole": Language.whole,
    "capital": Language.capital,
    "term": Language.term,
}


def _russian(n: int) -> int:
    """Unicode's plural rule of Russian: one, few, many."""
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


_PLURALS: Final[Mapping[str, Callable[[int], int]]] = {"en": lambda n: int(n != 1), "tr": lambda _: 0, "ru": _russian}


@cache
def load_language(code: str) -> Language:
    """The words of a language.

    Args:
        code: `en`, `tr` or `ru`.

    Raises:
        InputError: If there is no catalogue of it.
    """
    if code not in LANGUAGES:
        raise InputError(f"language {code!r} of a brief: expected {', '.join(LANGUAGES)}, choose one of them")
    held = tomllib.loads(_data(f"messages_{code}.toml"))
    forms = {key: tuple(words) for key, words in held.pop("forms").items()}
    terms = {row["en"]: row[code] for row in csv.DictReader(_data("terms.csv").splitlines())} if code != "en" else {}
    return Language(
        code, {f"{part}.{key}": text for part, own in held.items() for key, text in own.items()}, forms, terms
    )


def _data(name: str) -> str:
    return files("detente.brief").joinpath("data", name).read_text(encoding="utf-8")
