"""Dates in Russian sentences: expressions, with the prepositions before them."""

import re
from functools import cache
from typing import Final

from detente.coding.calendar_words import any_of, calendar_words, number_words, relative_dates, unit_words
from detente.coding.dating import (
    Dated,
    joined,
    month_span,
    moved,
    parse_day,
    reckoned,
    weekday_span,
    whole_month,
    year_span,
)
from detente.coding.folding import fold
from detente.coding.when_frame_ru import frame_ru
from detente.coding.when_rules import Rule, RuleSet, apply_rules, relative_rule, rule_set
from detente.model import DateSpan

_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])(?:-?(?:го|е|му|м))?"
_NUMBER: Final = r"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,:/]\d)"
_YEAR_WORD: Final = r"(?:-(?:го|му|м|ом)(?!\w)| ?(?:г\.?г\.?|г\.|г(?!\w)|год(?:а|у|ом|ы|ов|ах|ам|ами)?(?!\w)))"
_START: Final = r"(?<!\w)(?<!\d[.,:/'-])"
_END: Final = r"(?!\w)"
_QUALITY: Final = (
    r"(?P<q>того же|этого же|этого|текущего|нынешнего|прошлого|минувшего|прошедшего|следующего|будущего) год[ау]"
)
_AWAY: Final = {
    "этого": 0,
    "текущего": 0,
    "нынешнего": 0,
    "прошлого": -1,
    "минувшего": -1,
    "прошедшего": -1,
    "следующего": 1,
    "будущего": 1,
}
_DASH: Final = r" ?- ?"
_LAST: Final = r"(?P<last>прошл|минувш|прошедш)"
_NEXT: Final = r"(?P<next>следующ|будущ|ближайш|предстоящ)"
_ANCHORS: Final = {  # what so many days, weeks, ... are counted from, and which way
    "назад": ("document", -1),
    "тому назад": ("document", -1),
    "ранее": ("either", -1),
    "спустя": ("context", 1),
    "через": ("later", 1),
}
_SINGLE: Final = frozenset({"день", "неделю", "месяц", "год"})
_SHORT_DECADE: Final = 100


def find_dates_ru(text: str, published: DateSpan, context: DateSpan | None) -> tuple[Dated, ...]:
    """Every date a Russian sentence names, in order.

    Args:
        text: The sentence.
        published: The document's date.
        context: The date of the sentence before, None without.

    Examples:
        >>> from detente.model import parse_partial_date
        >>> published = parse_partial_date("2022-06-15")
        >>> [(str(item.span), item.word) for item in find_dates_ru("с 24 февраля", published, None)]
        [('2022-02-24', 'since')]
    """
    return apply_rules(fold(text, "ru"), _rules(), frame_ru, published, context)


@cache
def _rules() -> RuleSet:
    month = f"(?:{any_of(calendar_words('ru', 'month'))})"
    short = f"(?:{any_of(calendar_words('ru', 'short_month'))})"
    weekday = f"(?:{any_of(calendar_words('ru', 'weekday'))})"
    word = any_of(number_words("ru"))
    count = rf"(?:(?P<n>\d{{1,3}}|(?:{word})(?: (?:{word}))?) )?"
    unit = f"(?P<unit>{any_of(unit_words('ru'))})"
    year = rf"(?:,? (?P<y>{_NUMBER}){_YEAR_WORD}?| {_QUALITY})?"
    patterns = (
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _numeric, None, False),
        (r"(?P<d>\d{1,2})([./])(?P<m>\d{1,2})\2(?P<y>\d{4})(?: ?г(?:\.|ода))?(?!\d|[./]\d)", _numeric, None, False),
        (
            rf"(?:со? )?(?P<d>{_DAY})(?: (?P<m>{month}))?(?: (?P<y>{_NUMBER}){_YEAR_WORD}?)?"
            rf"(?P<sep>{_DASH}| по | на | и )"
            rf"(?P<d2>{_DAY}) (?P<m2>{month}){_END}(?:,? (?P<y2>{_NUMBER}){_YEAR_WORD}?)?",
            _days,
            "during",
            False,
        ),
        (rf"(?P<d>{_DAY}) (?:(?P<m>{month}){_END}|(?P<s>{short}){_END}\.?){year}", _named, None, False),
        (rf"(?P<d>{_DAY}) числ(?:а|у|о|ом){_END}(?: (?P<q>[а-я]+(?: же)?) месяца)?", _of_month, None, False),
        (
            rf"(?:со? )?(?P<m>{month})(?:{_DASH}| по )(?P<m2>{month}){_END}(?: (?P<y>{_NUMBER}){_YEAR_WORD}?)?",
            _months,
            "during",
            False,
        ),
        (rf"(?P<m>{month}) (?:(?P<y>{_NUMBER}){_YEAR_WORD}?|{_QUALITY})", _named, None, False),
        (rf"(?P<m>{month}){_END}", _named, None, True),
        (rf"(?P<y>(?:1[89]|20)\d0|[3-9]0)-?(?:х|е|ые|ых|м|ми|ым){_END}{_YEAR_WORD}?", _decade, "during", False),
        (rf"(?P<w>{any_of(calendar_words('ru', 'decade'))}) год(?:ы|ов|ах)", _decade, "during", False),
        (
            rf"(?:со? )?(?P<y>{_NUMBER})(?:{_YEAR_WORD})?(?:{_DASH}| по )(?P<y2>{_NUMBER}){_YEAR_WORD}",
            _years,
            "during",
            False,
        ),
        (rf"между (?P<y>{_NUMBER}) и (?P<y2>{_NUMBER}){_YEAR_WORD}", _years, "during", False),
        (rf"(?P<y>{_NUMBER})(?: и |, )(?={_NUMBER}{_YEAR_WORD})", _year, None, False),
        (rf"(?P<y>{_NUMBER}) финансов\w{{2,3}} год\w?", _year, "fiscal", False),
        (rf"(?P<y>{_NUMBER})(?:-(?:й|го|му|м|ом|ый))?{_YEAR_WORD}", _year, None, False),
        (rf"(?P<y>{_NUMBER})-(?:го|му|м|ом){_END}", _year, None, True),
        (rf"{count}{unit} (?P<way>тому назад|назад|спустя|ранее){_END}", _away, None, False),
        (rf"(?P<way>через|спустя) {count}{unit}{_END}(?! (?:после|со?)(?!\w))", _away, None, False),
        (
            rf"(?:во? )?(?:{_LAST}|{_NEXT}|эт)(?:ий|ый|ую|юю|ее|ое|от|у|о) (?P<w>{weekday}){_END}",
            _weekday,
            None,
            False,
        ),
        (rf"(?P<w>{weekday}){_END}", _weekday, None, True),
    )
    dated = [Rule(re.compile(_START + pattern), resolve, word, framed) for pattern, resolve, word, framed in patterns]
    return rule_set(dated, [relative_rule(item) for item in relative_dates("ru")])


def _month_of(word: str) -> int:
    months = calendar_words("ru", "month")
    return months[word] if word in months else calendar_words("ru", "short_month")[word]


def _day_of(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _numeric(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    return parse_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _named(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """A month or a day of it, with or without its year ("24 февраля 2022 года", "в марте прошлого года")."""
    parts = match.groupdict()
    month = _month_of(parts["m"] or parts["s"] or "")
    day = _day_of(parts["d"]) if parts.get("d") else None
    year, word = _number(parts.get("y")), parts.get("q")
    if word in _AWAY:
        base = moved(published, "year", _AWAY[word], "text")
        if base is None or base.start is None:
            return None
        year = base.start.year
    return month_span(month, day, year, published, context, same=word is not None and year is None)


def _days(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """From one day to another ("12-15 марта", "с 28 февраля по 3 марта 2022 года")."""
    last_month = _month_of(match["m2"])
    first_month = _month_of(match["m"]) if match["m"] else last_month
    last = month_span(last_month, _day_of(match["d2"]), _number(match["y2"]), published, context, same=False)
    if last is None or last.start is None:
        return None
    year = _number(match["y"]) or last.start.year - (first_month > last_month)
    first = month_span(first_month, _day_of(match["d"]), year, published, context, same=False)
    span = joined(first, last)
    apart = span is not None and span.start is not None and (last.start - span.start).days > 1
    return last if match["sep"] == " и " and apart else span  # "12 и 15 марта" are two days


def _months(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    last = month_span(_month_of(match["m2"]), None, _number(match["y"]), published, context, same=False)
    if last is None or last.start is None:
        return None
    month = _month_of(match["m"])
    return joined(whole_month(last.start.year - (month > last.start.month), month, last.basis), last)


def _of_month(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """A day of a month that the text does not name ("15 числа прошлого месяца")."""
    word = match["q"] or "этого"
    anchor = "document" if word in _AWAY else "context"
    base = reckoned("month", _AWAY.get(word, 0), anchor, published, context)
    if base is None or base.start is None or base.precision not in {"day", "month"}:
        return None
    return month_span(base.start.month, _day_of(match["d"]), base.start.year, published, context, same=False)


def _decade(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    parts = match.groupdict()
    year = calendar_words("ru", "decade")[parts["w"]] if parts.get("w") else int(parts["y"] or 0)
    first = year + 1900 if year < _SHORT_DECADE else year
    return joined(year_span(first, "text"), year_span(first + 9, "text"))


def _years(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    return joined(year_span(int(match["y"]), "text"), year_span(int(match["y2"]), "text"))


def _year(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    return year_span(int(match["y"]), "text")


def _away(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """So many days, weeks, months or years before or after ("три дня назад", "через неделю")."""
    many = _count(match["n"], match["unit"])
    if many is None:
        return None
    anchor, way = _ANCHORS[match["way"]]
    return reckoned(unit_words("ru")[match["unit"]], way * many, anchor, published, context)


def _count(text: str | None, unit: str) -> int | None:
    """How many; one where no number stands before a unit in the singular, None for "many days ago"."""
    if text is None:
        return 1 if unit in _SINGLE else None
    words = text.split()
    value = float(words[0]) if words[0].isdigit() else float(sum(number_words("ru")[word] for word in words))
    return int(value) if value.is_integer() else None


def _weekday(match: re.Match[str], published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    parts = match.groupdict()
    word = "last" if parts.get("last") else "next" if parts.get("next") else ""
    return weekday_span(calendar_words("ru", "weekday")[match["w"]], word, published)
