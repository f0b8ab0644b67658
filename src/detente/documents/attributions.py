"""Outlets that a text names as its source: in a sentence ("according to Reuters") or over a story ("ANKARA (AA) —").

Only outlets of `data/outlets.csv` count: "according to NATO" says who spoke, not where it was read. Names in
capitals of two letters (AA, AP) are read only as they are written there.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from detente.documents.tables import fold

_HEAD = 160  # characters of a first paragraph in which an agency line stands
_KIND = r"(?:news agency|news channel|newspaper|magazine|broadcaster|agency|haber ajansı|ajansı|gazetesi|kanalı)"
_RUSSIAN_KIND = (
    r"(?:агентств[оаеу]м?|информагентств[оаеу]м?|газет[аеуы]|издани[еяю]|телеканал[ау]?|журнал[ау]?|корреспондент[ау]?)"
)
_SUFFIX = r"(?:['’][^\W\d_]{1,6})?"
_DAYS = r"(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|also|earlier|later|first|has|had|have"
_SOURCE_LINE = re.compile(r"(?:source|kaynak|источник|haber|quelle)s?\s?:\s?(?P<name>[^:\n]{2,40})\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribution:
    """An outlet that a sentence names as its source, and the words that do."""

    start: int
    end: int
    publisher: str


def find_attributions(text: str, start: int, end: int) -> Iterator[Attribution]:
    """Outlets named as the source between two offsets, in order.

    Args:
        text: The whole document.
        start: First offset.
        end: One past the last.

    Yields:
        One for each place where the words around a known outlet say that it reported.

    Examples:
        >>> line = "According to Reuters, Japan protested. NATO, AP said, and by Reuters."
        >>> [line[found.start : found.end] for found in find_attributions(line, 0, len(line))]
        ['According to Reuters', 'AP said']
    """
    before, after = _before(), _after()
    turkish = _turkish() if _turkish_cue().search(text, start, end) else None  # the costly one
    for found in _outlet_pattern().finditer(text, start, end):
        lead = before.search(text, max(start, found.start() - 60), found.start())
        follow = after.match(text, found.end(), end)
        if follow is None and turkish is not None:
            follow = turkish.match(text, found.end(), end)
        if lead or follow:
            first = lead.start() if lead else found.start()
            last = follow.end() if follow else found.end()
            yield Attribution(first, last, load_outlets()[found["outlet"]])


def agency_of(paragraph: str) -> str | None:
    """The agency whose line opens a story; None where there is no such line.

    Args:
        paragraph: The first paragraph of the body.

    Returns:
        The publisher by its usual name.

    Examples:
        >>> agency_of("MOSCOW, March 7 (TASS) — Russia sent troops."), agency_of("АНКАРА, 7 марта. /ТАСС/. Турция")
        ('TASS', 'TASS')
        >>> agency_of("ANKARA (AA) - Bakan konuştu."), agency_of("Talks (AP) began.")
        ('Anadolu Agency', None)
    """
    found = _agency_line().match(" ".join(paragraph[:_HEAD].split()))
    if found is None:
        return None
    return load_outlets()[found["slashed"] or found["bracketed"] or found["dashed"] or found["leading"]]


def outlet_of(name: str) -> str | None:
    """The usual name of an outlet, by any form of the table; None for any other words.

    Examples:
        >>> outlet_of("Anadolu Ajansı"), outlet_of("Jane Smith")
        ('Anadolu Agency', None)
    """
    return load_outlets().get(name.strip(' .,;:«»"“”*_()'))


def source_line(line: str) -> str | None:
    """The outlet of a line that says only it: `Source: Reuters`, `Kaynak: AA`, `Источник: ТАСС`."""
    found = _SOURCE_LINE.match(line.strip()) if len(line) < 80 else None
    return outlet_of(found["name"]) if found else None


def publisher_at(address: str) -> str | None:
    """The outlet whose site an address is on; None for any other.

    Examples:
        >>> publisher_at("https://www.reuters.com/world/x"), publisher_at("https://example.org")
        ('Reuters', None)
    """
    parts = (site_of(address) or "").split(".")
    names = (".".join(parts[place:]) for place in range(len(parts) - 1))
    return next((_domains()[name] for name in names if name in _domains()), None)


def site_of(address: str) -> str | None:
    """The host of an address without `www.`; None where it has none.

    Examples:
        >>> site_of("https://www.mofa.go.jp/x"), site_of("https://[")
        ('mofa.go.jp', None)
    """
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.") or None
    except ValueError:  # [brackets] that hold no IPv6 address
        return None


@cache
def load_outlets() -> dict[str, str]:
    """Publisher by each form of its name, as it is written."""
    return {row["form"]: row["publisher"] for row in _rows("outlets.csv")}


@cache
def _domains() -> dict[str, str]:
    return {row["domain"]: row["publisher"] for row in _rows("outlets.csv") if row["domain"]}


def _rows(name: str) -> Iterator[dict[str, str]]:
    content = files("detente.documents").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(content.splitlines())


def _either(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


@cache
def _outlet_pattern() -> re.Pattern[str]:
    firsts = "".join(sorted({re.escape(form[0]) for form in load_outlets()}))
    # a look at the first letter spares two hundred comparisons at every other place
    return re.compile(rf"(?=[{firsts}])(?<![\w/.@-])(?P<outlet>{_either(list(load_outlets()))})(?![\w/@-]|\.\w)")


def _cues(language: str, place: str) -> str:
    rows = _rows("attributions.csv")
    return _either([row["phrase"] for row in rows if (row["language"], row["place"]) == (language, place)])


@cache
def _before() -> re.Pattern[str]:
    english = rf"(?:{_cues('en', 'before')})\s(?:the\s|a\s)?(?:(?:state|Russian|Japanese|Turkish|Chinese)\s){{0,2}}"
    russian = rf"(?:{_cues('ru', 'before')})\s(?:{_RUSSIAN_KIND}\s)?"
    return re.compile(rf"(?<!\w)(?:{english}(?:{_KIND}\s)?|{russian})[«“\"*_]{{0,3}}\Z", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    filler = rf"(?:\s(?:{_DAYS})){{0,2}}"
    named = rf"[»”\"*_]{{0,3}}(?:\s{_KIND})?"
    return re.compile(rf"{named}(?:{filler}\s(?:{_cues('en', 'after')})|\s(?:{_cues('ru', 'after')}))(?!\w)")


@cache
def _turkish_cue() -> re.Pattern[str]:
    return re.compile(_cues("tr", "after"))


@cache
def _turkish() -> re.Pattern[str]:
    """`Reuters'ın haberine göre`; `Reuters, … gönderdiğini bildirdi.` where the verb closes the sentence."""
    cues = _cues("tr", "after")
    closing = rf"(?:,|\s{_KIND},?)?\s[^.!?\n]{{1,250}}?\s(?:bildirdi|duyurdu|yazdı|aktardı)(?=\s?[.\[])"
    near = rf"{_SUFFIX}(?:\s(?!ve\s)[\w’']+){{0,3}}?\s(?:{cues})(?!\w)"
    return re.compile(rf"(?:\s{_KIND}[^\W\d_]{{0,4}})?(?:{near}|{closing})")


@cache
def _agency_line() -> re.Pattern[str]:
    rows = [row["form"] for row in _rows("outlets.csv") if row["agency"] == "1"]
    agency = _either(rows)
    place = r"[^\W\d_a-zа-яё][^()/—–!?\n]{1,60}?"
    joined = r"\s?(?:[/+,]\s?\w{2,12})?"
    return re.compile(
        rf"[*_\s]*(?:{place}[.,]?\s?/(?P<slashed>{agency})/|{place},?\s?\((?P<bracketed>{agency}){joined}\)\s?[—–:-]"
        rf"|{place}\s[—–-]\s?(?P<dashed>{agency})[.,]\s|{place}\.\s(?P<leading>{agency})\s[—–-]\s)"
    )


def is_outlet(name: str) -> bool:
    """Whether a name is one of an outlet, whatever its case."""
    return fold(name.strip()) in _folded()


@cache
def _folded() -> frozenset[str]:
    return frozenset(fold(form) for form in load_outlets())
