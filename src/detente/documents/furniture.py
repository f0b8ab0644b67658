"""What a page carries beside its article: bylines, datelines, boilerplate lines, headings."""

import re

from detente.documents.attributions import is_outlet
from detente.documents.blocks import ends_sentence
from detente.documents.tables import fold, leading_phrase
from detente.documents.written_dates import find_dates
from detente.model import DateSpan

_BOILERPLATE_WORDS = 30  # a longer block is prose, whatever it starts with
_HEADING_WORDS = 15
_NAME_WORD = re.compile(r"(?:[^\W\d_a-zа-яё][\w’'-]*\.?|(?:de|da|van|von|der|bin|ibn|al|el|di|du|la))\Z")
_ROMAN = re.compile(r"[IVX]+\Z")  # a king in a caption
_AND = re.compile(r"\s*(?:,|;|&|\||\band\b|\bve\b|\bи\b)\s*")
_ADDRESS = re.compile(r"(?P<label>[^\W\d_]{2,12}:?)?\s{0,3}(?P<url>https?://\S+)\Z")
_LEAD = re.compile(r"[^\W\d_][^.!?\n]{0,40}?[,(]\s?\Z")
_AFTER_LEAD = re.compile(
    r"\s{0,2}[^.!?\n]{0,30}?[–—:-]\s|\s?(?:г\.?)?\.?\s?/\w[\w\s-]{1,20}/"
)  # `7 марта 2022. /ТАСС/`


def is_boilerplate(line: str) -> bool:
    """Whether a block is a known line of site furniture (share, subscribe, cookies, other languages)."""
    few = "\n" not in line and len(line) < 400 and len(line.split()) <= _BOILERPLATE_WORDS
    return few and (leading_phrase(line, "boilerplate") is not None or address_line(line) is not None)


def is_heading(line: str) -> bool:
    """Whether a block is short and ends with no end mark: a heading or a caption, no sentence."""
    return len(line) < 250 and len(line.split()) <= _HEADING_WORDS and not ends_sentence(line)


def address_line(line: str) -> str | None:
    """The address of a line that holds nothing else (`URL: https://…`)."""
    found = _ADDRESS.match(line.strip()) if len(line) < 2000 else None
    return found["url"] if found else None


def dateline(line: str) -> DateSpan | None:
    """The date of a line that says little else: `Ankara, 15 Ocak 2023`, `Published: January 15, 2023`.

    Examples:
        >>> str(dateline("Monday, September 23, 2019")), dateline("Protest in Moscow, March 2022")
        ('2019-09-23', None)
    """
    if len(line) > 100:
        return None
    dates = find_dates(line)
    if not dates:
        return None
    found = dates[0]
    rest = line[: found.start] + " " + line[found.end :]
    label = leading_phrase(rest, "dateline")
    words = [word for word in re.findall(r"[^\W\d_]{2,}", rest) if not label or fold(word) not in label]
    allowed = 2 if found.span.precision == "day" else 0
    return found.span if len(words) <= allowed else None


def lead_date(paragraph: str) -> DateSpan | None:
    """The date of a news lead: `MOSCOW, January 15, 2023 (Reuters) — …`."""
    head = paragraph[:100]
    for found in find_dates(head):
        place, after = head[: found.start], head[found.end :]
        if found.span.precision == "day" and _LEAD.match(place) and _AFTER_LEAD.match(after):
            return found.span
    return None


def authors_of(line: str) -> tuple[str, ...]:
    """The names on a byline, degrees left out; empty where the line is no byline.

    Examples:
        >>> authors_of("Dr. Emrah KAYA"), authors_of("By Jane Smith and John van Doe")
        (('Emrah KAYA',), ('Jane Smith', 'John van Doe'))
        >>> authors_of("On the Precipice")
        ()
    """
    rest = line.strip()
    if len(rest) > 150 or "\n" in rest:
        return ()
    if label := leading_phrase(rest, "byline"):
        rest = rest[len(label) :].lstrip(" :")
    parts = [name for name in _AND.split(rest) if name]
    while len(parts) > 1 and is_outlet(parts[-1]):  # `By Jane Smith, Reuters`
        parts.pop()
    names = [_without_degrees(name) for name in parts]
    return tuple(names) if names and all(_is_name(name) for name in names) else ()


def _without_degrees(name: str) -> str:
    words = name.split()
    while words and leading_phrase(words[0], "degree"):
        words = words[1:]
    return " ".join(words)


def _is_name(name: str) -> bool:
    words = name.split()
    return (
        2 <= len(words) <= 5
        and all(_NAME_WORD.match(word) for word in words)
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and (not name.endswith(".") or len(words[-1]) <= 3)
        and not _ROMAN.match(words[-1])
    )
