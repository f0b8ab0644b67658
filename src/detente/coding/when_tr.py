"""Dates in Turkish sentences: expressions, and the case endings and postpositions that say how they date."""

import re
from functools import cache
from typing import Final

from detente.coding.calendar_words import any_of, calendar_words, number_words, relative_dates, unit_words
from detente.coding.dating import (
    Dated,
    day_span,
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
from detente.coding.when_frame_tr import ENDING, frame_tr
from detente.coding.when_rules import Rule, RuleSet, apply_rules, relative_rule, rule_set
from detente.model import DateSpan

_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR: Final = r"(?:1[5-9]\d\d|20\d\d)(?!\d|[.,:/]\d)"
_START: Final = r"(?<!\w)(?<!\d[.,:/'-])"
_WHEN: Final = r"(?:ayni|o|bu|geçen|geçtiğimiz|gelecek|önümüzdeki)"
_AWAY: Final = {"bu": 0, "geçen": -1, "geçtiğimiz": -1, "gelecek": 1, "önümüzdeki": 1}
_WORD_OF: Final = {"geçen": "last", "geçtiğimiz": "last", "gelecek": "next", "önümüzdeki": "next"}
_RANGE: Final = r"(?: ?- ?| ile |'?[dt][ae]n )"
_CLOSE: Final = rf"(?={ENDING}\b|\b|')"
_SHORT_DECADE: Final = 100


def find_dates_tr(text: str, published: DateSpan, context: DateSpan | None) -> tuple[Dated, ...]:
    """Every date a Turkish sentence names, in order.

    Args:
        text: The sentence.
        published: The document's date.
        context: The date of the sentence before, None without.

    Examples:
        >>> from detente.model import parse_partial_date
        >>> published = parse_partial_date("2022-06-15")
        >>> [(str(item.span), item.word) for item in find_dates_tr("24 Şubat'tan bu yana", published, None)]
        [('2022-02-24', 'since')]
    """
    return apply_rules(fold(text, "tr"), _rules(), frame_tr, published, context)


@cache
def _rules() -> RuleSet:
    month = f"(?:{any_of(calendar_words('tr', 'month'))})"
    short = f"(?:{any_of(calendar_words('tr', 'short_month'))})"
    weekday = f"(?:{any_of(calendar_words('tr', 'weekday'))})"
    safe = "(?:pazartesi|sali|çarşamba|perşembe|cumartesi)"
    word = any_of(number_words("tr"))
    count = rf"(?P<n>\d{{1,3}}|(?:{word})(?: (?:{word}))?)"
    unit = f"(?P<unit>{any_of(unit_words('tr'))})"
    patterns = (
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _numeric, None, False),
        (r"(?P<d>\d{1,2})([./])(?P<m>\d{1,2})\2(?P<y>\d{4})(?!\d|[./]\d)", _numeric, None, False),
        (
            rf"(?P<d>{_DAY})(?: (?P<m>{month}))?(?: (?P<y>{_YEAR}))?(?P<sep>{_RANGE}|'?[iuü] | ve )"
            rf"(?P<d2>{_DAY})(?:'?[eaiuü])? (?P<m2>{month}){_CLOSE}(?: (?P<y2>{_YEAR}))?",
            _days,
            "during",
            False,
        ),
        (
            rf"(?P<y>{_YEAR})(?:'?n?[iuü]n| yili(?:nin)?)? (?:(?P<d>{_DAY}) )?(?P<m>{month}){_CLOSE}",
            _named,
            None,
            False,
        ),
        (
            rf"(?P<q>{_WHEN}) (?:yil|sene)(?:in)? (?:(?P<d>{_DAY}) )?(?P<m>{month}){_CLOSE}",
            _named,
            None,
            False,
        ),
        (rf"(?P<d>{_DAY}) (?:(?P<m>{month}){_CLOSE}|(?P<s>{short})\b\.?)(?:,? (?P<y>{_YEAR}))?", _named, None, False),
        (rf"(?P<m>{month})(?:'?[iuü]n|(?: ayi)nin) (?P<d>{_DAY})(?=')", _named, None, False),
        (rf"(?:(?P<q>{_WHEN}) )?ayin (?P<d>{_DAY})(?=')", _of_month, None, False),
        (
            rf"(?P<m>{month}) ?- ?(?P<m2>{month})(?: (?P<y>{_YEAR})|(?= (?:dönem|ay(?:lar)?i|aras)))",
            _months,
            "during",
            False,
        ),
        (rf"(?P<m>{month}){_CLOSE} (?P<y>{_YEAR})", _named, None, False),
        (rf"(?P<m>{month}){_CLOSE}", _named, None, True),
        (rf"(?P<y>(?:1[89]|20)\d0|[3-9]0)'?(?:l[ae]r|l[iuü] yillar){_CLOSE}", _decade, "during", False),
        (rf"(?P<y>{_YEAR})(?: ?- ?| ile |'?[dt][ae]n )(?P<y2>{_YEAR})", _years, "during", True),
        (rf"(?P<y>{_YEAR}) mali yili?{_CLOSE}", _year, "fiscal", False),
        (rf"(?P<y>{_YEAR})(?: ve (?={_YEAR}(?:'| yillar)))", _year, None, False),
        (rf"(?P<y>{_YEAR})", _year, None, True),
        (rf"(?<![dt][ae]n )(?:bundan )?{count} {unit} (?P<way>önce|evvel|sonra)(?=ki|\b)", _ago, None, False),
        (rf"(?P<q>{_WHEN}) hafta (?P<w>{weekday}){_CLOSE}", _week_day, None, False),
        (rf"(?P<q>{_WHEN}) (?P<w>{weekday}){_CLOSE}(?! paz)", _weekday, None, False),
        (rf"(?P<w>{weekday})(?= (?:gün|sabah|akşam|gece|öğle))", _weekday, None, False),
        (rf"(?P<w>{safe}){_CLOSE}(?! paz)", _weekday, None, False),
    )
    dated = [Rule(re.compile(_START + pattern), resolve, word, framed) for pattern, resolve, word, framed in patterns]
    return rule_set(dated, [relative_rule(item, _CLOSE) for item in relative_dates("tr")])


def _month_of(word: str) -> int:
    months = calendar_words("tr", "month")
    return months[word] if word in months else calendar_words("tr", "short_month")[word]


def _numeric(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    return parse_day(int(match["y"]), int(match["m"]), int(match["d"]))


def _named(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """A month or a day of it, with or without its year ("24 Şubat 2022", "geçen yıl mart")."""
    parts = match.groupdict()
    month = _month_of(parts["m"] or parts["s"] or "")
    day = int(parts["d"]) if parts.get("d") else None
    year = int(parts["y"]) if parts.get("y") else None
    word = parts.get("q")
    if word in _AWAY:
        base = moved(published, "year", _AWAY[word], "text")
        if base is None or base.start is None:
            return None
        year = base.start.year
    return month_span(month, day, year, published, context, same=word is not None and year is None)


def _days(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """From one day to another ("12-15 Mart", "28 Şubat - 3 Mart 2022")."""
    last_month = _month_of(match["m2"])
    first_month = _month_of(match["m"]) if match["m"] else last_month
    last = month_span(last_month, int(match["d2"]), _number(match["y2"]), published, context, same=False)
    if last is None or last.start is None:
        return None
    year = _number(match["y"]) or last.start.year - (first_month > last_month)
    first = month_span(first_month, int(match["d"]), year, published, context, same=False)
    span = joined(first, last)
    apart = span is not None and span.start is not None and (last.start - span.start).days > 1
    return last if match["sep"] == " ve " and apart else span  # "12 ve 15 Mart" are two days


def _months(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    last = month_span(_month_of(match["m2"]), None, _number(match["y"]), published, context, same=False)
    if last is None or last.start is None:
        return None
    month = _month_of(match["m"])
    return joined(whole_month(last.start.year - (month > last.start.month), month, last.basis), last)


def _of_month(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """A day of a month that the text does not name ("ayın 12'sinde")."""
    word = match["q"]
    same = word is not None and word not in _AWAY
    base = reckoned("month", _AWAY.get(word or "", 0), "context" if same else "document", published, context)
    if base is None or base.start is None or base.precision not in {"day", "month"}:
        return None
    return month_span(base.start.month, int(match["d"]), base.start.year, published, context, same=False)


def _decade(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    year = int(match["y"])
    first = year + 1900 if year < _SHORT_DECADE else year
    return joined(year_span(first, "text"), year_span(first + 9, "text"))


def _years(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    return joined(year_span(int(match["y"]), "text"), year_span(int(match["y2"]), "text"))


def _year(match: re.Match[str], _published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    return year_span(int(match["y"]), "text")


def _ago(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    words = match["n"].split()
    many = int(words[0]) if words[0].isdigit() else int(sum(number_words("tr")[word] for word in words))
    later = match["way"] == "sonra"
    anchor = "later" if later else "document"
    return reckoned(unit_words("tr")[match["unit"]], many if later else -many, anchor, published, context)


def _weekday(match: re.Match[str], published: DateSpan, _context: DateSpan | None) -> DateSpan | None:
    word = match.groupdict().get("q") or ""
    return weekday_span(calendar_words("tr", "weekday")[match["w"]], _WORD_OF.get(word, ""), published)


def _week_day(match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
    """A weekday of a week ("geçen hafta salı")."""
    anchor = "document" if match["q"] in _AWAY else "context"
    week = reckoned("week", _AWAY.get(match["q"], 0), anchor, published, context)
    if week is None or week.start is None or week.precision != "span":
        return None
    return moved(day_span(week.start, week.basis), "day", calendar_words("tr", "weekday")[match["w"]], week.basis)


def _number(text: str | None) -> int | None:
    return int(text) if text else None
