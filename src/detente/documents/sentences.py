"""Where sentences end, in English, Turkish and Russian: full stops, then rules by what stands around."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.documents.tables import load_abbreviations, load_starters

_CLOSERS = "」』\"'”’»)\\]*_"
_CAPITAL = r"[^\W\d_a-zçğıöşüа-яё]"
_CITED = rf"\([^()\d]{{2,80}},\s?\d{{4}}[a-z]?(?:\s?[:,][^()]{{1,15}})?\)(?=\s+{_CAPITAL}|\s*$)"  # `. (Kaya, 2023)`
_MARK = rf"(?:\[\^?[\w,;:. –-]{{1,30}}\]|[⁰¹²³⁴-⁹]{{1,3}}|[†‡]{{1,3}}|{_CITED})"
_BEFORE_LOST = r"(?:(?<=[^\W\d_][^\W\d_][.!?”\"])|(?<=[^\W\d_][.!?][”\"]))"
_LOST = rf"{_BEFORE_LOST}\d{{1,3}}(?=\s+[“\"«]?{_CAPITAL}|\s*$)"  # `Japan.1 Next`
_STOPS = ".!?…。！？؟۔।"
_END = re.compile(
    rf"(?P<stop>[{_STOPS}](?<![{_STOPS}][{_STOPS}])[{_STOPS}]*)(?P<closers>[{_CLOSERS}]*)(?:\(https?://[^\s()]{{3,500}}\))?"
    rf"(?:(?P<lost>{_LOST})|(?P<marks>(?:[ \u00a0]?{_MARK})*)[{_CLOSERS}]*)"
    r"(?=\s|$|(?<=[\]⁰¹²³⁴-⁹])[^\W\d_a-zа-яё]|(?<=[。！？」』]))"
)
_ASIDE = re.compile(r"[ \u00a0]?[(\[][^()\[\]\n]{2,120}[)\]]\s?[.,;:!?…]")  # `в 2019 г. (Петров, 2019).` goes on
_OPENERS = re.compile(r"[\s\"'“‘«„(\[*_—–-]*")
_NUMBER = re.compile(r"\d{1,2}\Z")
_LIST_NUMBER = re.compile(r"\d{1,3}\Z")
_ROMAN = re.compile(r"[IVXL]{1,6}\Z")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_NEXT_CAPITAL = re.compile(r"[^\S\n]+(?!(?:[^\W\d_]\.|[IVX]+\b))[^\W\d_a-zçğıöşüа-яё][a-zçğıöşüа-яё]")
_LOOK_BACK = 40  # longest token before a full stop that is looked at
_LEAST_WORDS = 5  # words before a unit that ends a sentence, where no sentence starter follows
_LEAST_NAMED = 4  # the same where a country or capital follows
_OPENING_WORDS = 7  # the same where the sentence opens with a word like "In"


def split_sentences(text: str, start: int, end: int, language: str | None) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph.

    A citation mark right after the full stop belongs to the sentence before it.

    Args:
        text: The whole document.
        start: First character of the paragraph.
        end: One past its last character.
        language: ISO 639-1 code that chooses the abbreviations; None for all three lists.

    Yields:
        Offsets in `text` of each sentence, trimmed of white space.

    Examples:
        >>> line = "Gen. Milley met Mr. Abe.[1] Talks went on."
        >>> [line[a:b] for a, b in split_sentences(line, 0, len(line), "en")]
        ['Gen. Milley met Mr. Abe.[1]', 'Talks went on.']
    """
    begin = start
    for found in _END.finditer(text, start, end):
        if not _ends(text, begin, end, found, language):
            continue
        yield from _trimmed(text, begin, found.end())
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(letter.isalnum() for letter in text[start : min(end, start + 200)]):
        yield start, end


def _ends(text: str, begin: int, end: int, found: re.Match[str], language: str | None) -> bool:
    following = _OPENERS.match(text, found.end(), min(end, found.end() + 20))
    at = following.end() if following else found.end()
    if at >= end:
        return False
    if text[at].islower() or text[at] == "/":  # `АНКАРА, 7 марта. /ТАСС/.`
        return False
    stop = found["stop"]
    if stop == "." and (text[at] == "." or text[max(begin, found.start() - 2) : found.start()] == ". "):
        return bool(found["marks"])  # an ellipsis with spaces between its points
    if stop != ".":
        return not (stop.strip(".…") == "" and text[found.start() - 1 : found.start()] in {"[", "("})
    if (found["marks"] or "").strip() or found["closers"].strip("*_'’"):
        return True
    token = _token_before(text, begin, found.start())
    return _ends_after(token, _Place(text, begin, found.start(), at, end, language), lost=bool(found["lost"]))


@dataclass(frozen=True, slots=True)
class _Place:
    """A full stop at `stop` in a sentence that began at `begin`; the next word is at `at`."""

    text: str
    begin: int
    stop: int
    at: int
    end: int
    language: str | None

    def following(self) -> str:
        """The next word; with its full stop where one follows, since an initial starts no sentence."""
        word = _WORD.match(self.text, self.at, min(self.end, self.at + _LOOK_BACK))
        if word is None:
            return self.text[self.at]
        return self.text[self.at : word.end() + (self.text[word.end() : word.end() + 1] == ".")]

    def words_before(self) -> list[str]:
        """Up to ten words of the sentence before the token, the last one last."""
        return self.text[max(self.begin, self.stop - 4 * _LOOK_BACK) : self.stop].split()[:-1]

    def starts_with_name(self) -> bool:
        """Whether a country or capital follows that is no part of a longer name (`Türkiye İktisat Kongresi`)."""
        word = _WORD.match(self.text, self.at, min(self.end, self.at + _LOOK_BACK))
        if word is None or re.split("['’]", word[0], maxsplit=1)[0] not in _load_words("name"):
            return False
        rest = _NEXT_CAPITAL.match(self.text, word.end(), self.end)
        return rest is None

    def goes_with_opening(self) -> bool:
        """Whether so little stands before that it opens a sentence: `В 2010 г.`, `In the U.S.`."""
        before = self.words_before()
        opened = before[:1] and before[0] in _load_words("opening") and self.stop - self.begin <= 4 * _LOOK_BACK
        return len(before) < (_OPENING_WORDS if opened else _LEAST_NAMED)


def _token_before(text: str, begin: int, stop: int) -> str:
    piece = text[max(begin, stop - _LOOK_BACK) : stop]
    return piece.split()[-1].lstrip("\"'“‘«„([*_—–") if piece and not piece[-1].isspace() else ""


def _ends_after(token: str, place: _Place, *, lost: bool) -> bool:
    following = place.following()
    starts = following in load_starters()
    kind = _kind_of(token, place.language)
    if kind == "title" or (kind is not None and _ASIDE.match(place.text, place.stop + 1, place.end)):
        return False
    if lost:
        return kind is None and not _is_initial(token)
    if kind == "number":
        return not following[:1].isdigit()
    if kind == "list":
        return not following.endswith(".") and not following[:1].isdigit()
    if kind == "unit":
        if not _is_counted(place):
            return False
        named = place.starts_with_name() and not place.goes_with_opening()
        return starts or named or len(place.words_before()) >= _LEAST_WORDS  # "В 2010 г. Россия" goes on
    if kind == "open" or _is_initial(token):
        dotted = "." in token
        return starts or (dotted and place.starts_with_name() and not place.goes_with_opening())
    return not _is_ordinal(token, place, starts=starts)


def _kind_of(token: str, language: str | None) -> str | None:
    kind = load_abbreviations(language).get(token)
    if kind is None and len(token) > 1 and token[0].isupper():
        return load_abbreviations(language).get(token[0].lower() + token[1:])
    return kind


def _is_counted(place: _Place) -> bool:
    """Whether a number stands before a unit, other short forms between them (`5 тыс. кв. км.`)."""
    before = place.words_before()
    while len(before) > 1 and before[-1][-1] == "." and not before[-1][-2:-1].isdigit():
        before.pop()
    return any(word[-1].isdigit() for word in before[-2:])


def _is_initial(token: str) -> bool:
    """A single capital (`J`), or letters with full stops between them (`T.C`)."""
    parts = token.split(".")
    if len(parts) == 1:
        return len(token) == 1 and token.isupper()
    return all(0 < len(part) <= 2 and part.isalpha() for part in parts)


def _is_ordinal(token: str, place: _Place, *, starts: bool) -> bool:
    """Whether a number with a full stop goes on: `1. ` at the head of an item, Turkish `3. Ordu`."""
    near = place.stop - place.begin <= _LOOK_BACK
    if near and _LIST_NUMBER.match(token) and not place.text[place.begin : place.stop - len(token)].strip():
        return True
    if place.language != "tr":
        return False
    if _ROMAN.match(token):
        return True
    return bool(_NUMBER.match(token)) and not (starts or place.starts_with_name())


@cache
def _load_words(kind: str) -> frozenset[str]:
    """Countries and capitals (`name`): they start sentences, and seldom follow a short form as part of a name.

    And the words that open an adverbial (`opening`): `In the U.S. Russia …` goes on.
    """
    content = files("detente.documents").joinpath("data", "proper_starters.csv").read_text(encoding="utf-8")
    return frozenset(row["word"] for row in csv.DictReader(content.splitlines()) if row["kind"] == kind)
