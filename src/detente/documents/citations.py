"""Citation marks in the body: numbers, notes, author and year, addresses, and outlets that are named.

Each manner has labels of its own, told apart by their first character, so that one list of references can
be asked for all of them: `1`, `*` and `note` (a numbered, signed or named note), `~1` (a raised number that lost
its place: `Japan.1 Next`), `@kaya 2023` (author and year), `<https://…` (an address), `#Reuters` (an outlet),
`=` (the work named before: `ibid.`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from detente.documents.attributions import find_attributions
from detente.documents.tables import fold, load_months, says_same

LOST: Final = "~"
AUTHOR: Final = "@"
ADDRESS: Final = "<"
OUTLET: Final = "#"
SAME: Final = "="

_MARK = re.compile(
    r"\[\^(?P<note>[\w-]{1,40})\]|\[(?P<list>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20})\]"
    r"|\[(?P<paged>\d{1,3})\s?[,:]\s?(?:[сcps]|pp|ss|стр)\.\s?\d[\d\s,–-]{0,20}\]|(?P<raised>[⁰¹²³⁴-⁹]{1,3})"
    r"|\[(?P<bracketed>\*{1,3}|[†‡§]{1,3})\]|(?<=[^\s*†‡§(\[])\\?(?P<sign>\*{1,3}|[†‡§]{1,3})(?![\w*†‡§])"
)
_SIGN = re.compile(r"[⁰¹²³⁴-⁹*†‡§]")
_LOST = re.compile(r"\d{1,3}(?=\s|$)")
_BEFORE_LOST = re.compile(r"[^\W\d_]{3}(?:[.,;:!?”\"’»)]|[.,!?][”\"’»)])\Z")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_UNIT = re.compile(r"(?:^|[\s\d(])(?:[kcdm]?m|км|см|м|мм)\Z")  # a raised 2 or 3 after a metre is a power
_RANGE = re.compile(r"(\d{1,3})(?:\s?[–-]\s?(\d{1,3}))?")
_LONGEST_RANGE = 50  # [1-900] is no citation

_URL = r"https?://[^\s<>()\[\]\"”»]+(?:\([^\s()]{0,100}\)[^\s<>()\[\]\"”»]*){0,4}"
_LINK = re.compile(
    rf"(?<!!)\[[^\[\]]{{1,300}}\]\((?P<inline>{_URL})(?:\s\"[^\"]{{0,200}}\")?\)"
    rf"|(?<!!)\[[^\[\]]{{1,300}}\]\[(?P<key>[^\[\]\s]{{1,40}})\]|(?P<bare>{_URL})"
)

_YEAR = r"(?:1[89]|20)\d\d[a-zа-в]?"
_PAGES = r"\s?[:,]\s?(?:(?:pp?|ss?|с|стр|б)\.\s?)?\d[\d\s,–-]{0,20}"
_BRACKETED = re.compile(r"\(([^()\[\]]{3,300})\)|\[([^()\[\]]{3,200})\](?!\()")
_ONE = re.compile(rf"(?P<names>.{{2,120}}?)[,\s]\s?(?P<years>{_YEAR}(?:\s?,\s?{_YEAR}){{0,4}})(?:{_PAGES})?\Z")
_TOLD = re.compile(rf"\((?P<year>{_YEAR})(?:{_PAGES})?\)")
_PARTICLE = r"(?:van|von|de|der|den|el|al|bin|da|di|du|la|фон|де|аль)"
_NAME = r"[^\W\d_a-zçğıöşüа-яё][\w-]*"
_SEVERAL = r"(?:ve diğerleri|и др\.?|et al\.?|vd\.?|v\.d\.|and|&|ve|и)"
_TELLER = re.compile(rf"(?P<names>(?:{_PARTICLE}[ -])?{_NAME}(?:,?\s{_SEVERAL}(?:\s{_NAME})?)?)(?:['’]\w{{1,8}})?\s\Z")
LEAD: Final = re.compile(
    r"(?:see(?: also)?|cf\.|e\.g\.,?|bkz\.?|krş\.|akt\.|örn\.|см\.(?: также)?|цит\. по:?)\s", re.IGNORECASE
)
_BETWEEN = re.compile(rf"\s?(?:,|;|&|\s{_SEVERAL}(?=\s|$))\s?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}\Z")
_CASE = re.compile(r"(?<=[а-яё]{3})(?:[иыо]й|[ео]го|[ео]му|[иыо]м|ая|ую|[ауеяюыи])\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark and the labels it names, `("4", "5", "6")` for `[4-6]`."""

    start: int
    end: int
    labels: tuple[str, ...]


def find_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Citation marks between two offsets: outlets, addresses, authors, then numbers, each in order.

    The manners stand in the order of their weight: what a reader looks up last is the numbered note.

    Examples:
        >>> [mark.labels for mark in find_marks("a.[1] b [4-6] c² 5 km² d[^n]", 0, 28)]
        [('1',), ('4', '5', '6'), ('2',), ('n',)]
        >>> [mark.labels for mark in find_marks("It grew (Kaya, 2023: 14; Ata & Roe, 2020).", 0, 42)]
        [('@kaya 2023', '@ata+ 2020')]
    """
    for said in find_attributions(text, start, end):
        yield Mark(said.start, said.end, (OUTLET + said.publisher,))
    part = text[start:end]
    square = "[" in part  # most blocks have none of these signs: the patterns that need one are not tried there
    if square or "://" in part:
        yield from _links(text, start, end)
    if square or "(" in part:
        yield from _authors(text, start, end)
    for found in _MARK.finditer(text, start, end) if square or _SIGN.search(part) else ():
        if text[found.end() : found.end() + 1] == ":" and found["note"]:
            continue  # a definition that stands inside a paragraph
        labels = tuple(_labels(found, text))
        if labels:
            yield Mark(found.start(), found.end(), labels)
    for found in _LOST.finditer(text, start, end):
        near = max(start, found.start() - 5)
        if not text[found.start() - 1 : found.start()].isdigit() and _BEFORE_LOST.search(text, near, found.start()):
            yield Mark(found.start(), found.end(), (LOST + str(int(found[0])),))


def is_numbered(label: str) -> bool:
    """Whether a label names a numbered or named note, not a sign, an author, an address or an outlet."""
    return label[:1] not in {LOST, AUTHOR, ADDRESS, OUTLET, SAME} and not is_sign(label)


def is_sign(label: str) -> bool:
    """Whether a label is a sign (`*`, `†`, `2/*`), not a number or a name."""
    return label[-1:] in {"*", "†", "‡", "§"} and label[:1] != ADDRESS


def _labels(found: re.Match[str], text: str) -> Iterable[str]:
    if whole := found["note"] or found["bracketed"] or found["sign"]:
        return [whole]
    if found["paged"]:
        return [str(int(found["paged"]))]
    if found["raised"]:
        before = text[max(0, found.start() - 4) : found.start()]
        return [] if _UNIT.search(before) else [str(int(found["raised"].translate(_RAISED)))]
    labels: list[str] = []
    for first, last in _RANGE.findall(found["list"]):
        low, high = int(first), int(last or first)
        if 0 <= high - low <= _LONGEST_RANGE:
            labels += [str(number) for number in range(low, high + 1)]
    return labels


def _links(text: str, start: int, end: int) -> Iterator[Mark]:
    for found in _LINK.finditer(text, start, end):
        if found["key"]:
            yield Mark(found.start(), found.end(), (f"{ADDRESS}[{found['key'].lower()}]",))
        else:
            address = (found["inline"] or found["bare"]).rstrip(".,;:!?'’*_")
            yield Mark(found.start(), found.end(), (ADDRESS + address,))


def _authors(text: str, start: int, end: int) -> Iterator[Mark]:
    for found in _BRACKETED.finditer(text, start, end):
        inside = " ".join((found[1] or found[2]).split())
        if says_same(inside):
            yield Mark(found.start(), found.end(), (SAME,))
            continue
        labels = [label for part in inside.split(";") for label in _author_labels(part.strip())]
        if labels:
            yield Mark(found.start(), found.end(), tuple(dict.fromkeys(labels)))
    for found in _TOLD.finditer(text, start, end):
        teller = _TELLER.search(text, max(start, found.start() - 80), found.start())
        if teller and (label := _author_label(teller["names"], found["year"])):
            yield Mark(teller.start(), found.end(), (label,))


def _author_labels(part: str) -> Iterator[str]:
    lead = LEAD.match(part)
    found = _ONE.match(part[lead.end() if lead else 0 :])
    if found:
        for year in re.findall(_YEAR, found["years"]):
            if label := _author_label(found["names"], year):
                yield label


def _author_label(names: str, year: str) -> str | None:
    """`@surname year`, with a plus where several wrote it; None where the words are no names."""
    several = bool(re.search(rf"\s{_SEVERAL}(?:\s|\Z)", names))
    parts = [part.strip(" ,") for part in _BETWEEN.split(names)]
    people = [part for part in parts if part and not _INITIALS.match(part)]
    if not people or not all(_is_name(person) for person in people):
        return None
    return f"{AUTHOR}{surname_key(people[0])}{'+' if several or len(people) > 1 else ''} {year.lower()}"


def _is_name(person: str) -> bool:
    words = person.split()
    particles = all(word[0].isupper() or re.fullmatch(_PARTICLE + "|of|the|for", word) for word in words)
    return len(words) <= 6 and particles and words[-1][0].isupper() and fold(words[-1].strip(".")) not in load_months()


def surname_key(person: str) -> str:
    """A name as labels have it: folded, without initials and a Russian case ending.

    Examples:
        >>> surname_key("Иванова"), surname_key("KAYA, E."), surname_key("van Dijk")
        ('иванов', 'kaya', 'van dijk')
    """
    bare = re.sub(r"[,\s]+(?:[^\W\d_]\.[\s-]?){1,3}\Z", "", person.strip()).strip(" ,")
    return _CASE.sub("", fold(bare))


def number_labels(labels: Iterable[str]) -> dict[str, int]:
    """A number for each label of a reference list: its own, or its place where one label is a word.

    Signs are numbered behind the numbers.

    Examples:
        >>> number_labels(["3", "1", "*"]), number_labels(["smith", "1"])
        ({'3': 3, '1': 1, '*': 4}, {'smith': 1, '1': 2})
    """
    unique = list(dict.fromkeys(labels))
    signs = [label for label in unique if is_sign(label)]
    numbers = {label: int(label) for label in unique if label.isdecimal()}
    if len(numbers) + len(signs) == len(unique):
        return numbers | {label: place for place, label in enumerate(signs, start=max(numbers.values(), default=0) + 1)}
    return {label: place for place, label in enumerate(unique, start=1)}
