"""Whole dates as English, Turkish and Russian texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detente.documents.tables import fold, load_months
from detente.model import DateSpan, parse_partial_date

_WORD = r"[^\W\d_]{3,10}"
_YEAR = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?!\d)"
_PATTERNS = (
    re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?<![\d/])(?P<y>(?:1[5-9]|20|21)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])"),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d|\.\d)"),
    re.compile(rf"(?<![\w.])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<w>{_WORD})\.?,?\s{_YEAR}"),
    re.compile(rf"(?<!\w)(?P<w>{_WORD})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}"),
    re.compile(rf"(?<!\w)(?P<w>{_WORD})\.?,?\s{_YEAR}"),
)
_SLASHED = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?![\d/])")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and the characters that say it."""

    start: int
    end: int
    span: DateSpan


def find_dates(text: str) -> list[WrittenDate]:
    """Every date with a year in a text, in order.

    Dotted dates are day.month.year; a date with slashes counts only where one order is possible.

    Args:
        text: A line or a reference, not a whole book.

    Returns:
        Dates that do not overlap, the more exact reading first where two fit.

    Examples:
        >>> [str(found.span) for found in find_dates("Ocak 2023; 15 января 2023; March 3, 2022")]
        ['2023-01', '2023-01-15', '2022-03-03']
    """
    taken: list[WrittenDate] = []
    for found in _candidates(text):
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    return sorted(taken, key=lambda found: found.start)


def _candidates(text: str) -> Iterator[WrittenDate]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield from _written(match, _iso(match.groupdict()))
    for match in _SLASHED.finditer(text):
        yield from _written(match, _iso_slashed(int(match["a"]), int(match["b"]), match["y"]))


def _written(match: re.Match[str], iso: str | None) -> Iterator[WrittenDate]:
    if iso is None:
        return
    try:
        span = parse_partial_date(iso)
    except ValueError:  # 31.02.2023 is a number, not a date
        return
    yield WrittenDate(match.start(), match.end(), span)


def _iso(parts: dict[str, str | None]) -> str | None:
    word = parts.get("w")
    month = load_months().get(fold(word)) if word else int(parts["m"] or 0)
    if month is None:
        return None
    day = parts.get("d")
    return f"{parts['y']}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _iso_slashed(first: int, second: int, year: str) -> str | None:
    if first > 12 or first == second:
        return f"{year}-{second:02d}-{first:02d}"
    return f"{year}-{first:02d}-{second:02d}" if second > 12 else None
