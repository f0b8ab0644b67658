"""Numerals in Turkish and Russian: digits with their separators, words, and both together ("3 bin 500", "3,5 тыс.")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from detente.coding.calendar_words import number_words, read_table
from detente.coding.folding import fold
from detente.coding.tokens import Token

_GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_PLAIN: Final = re.compile(r"\d+(?:[.,]\d+)?$")
_HEAD: Final = re.compile(r"\d{1,3}$")
_GROUP: Final = re.compile(r"\d{3}$")
_SHORT: Final = frozenset({"тыс", "млн", "млрд", "трлн", "mn", "mlr"})
_UNDER: Final = frozenset("su yer deniz bayrak gözalti baski kayit yönetim ayak".split())  # "su altı": under water
_HUNDRED: Final = 100
_FIRST_YEAR: Final = 1800
_LAST_YEAR: Final = 2100
_LONGEST_DIGITS: Final = 15


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a sentence: its value, the token after it, and whether it may be a year."""

    value: float
    after: int
    year: bool


@cache
def _scales(language: str) -> Mapping[str, float]:
    rows = (row for row in read_table("number_words.csv") if (row["language"], row["kind"]) == (language, "scale"))
    return MappingProxyType({fold(row["form"], language): float(row["value"]) for row in rows})


def read_numeral(tokens: tuple[Token, ...], words: tuple[str, ...], step: int, language: str) -> Numeral | None:
    """The number that begins at a token; None where none does.

    Args:
        tokens: The sentence.
        words: The folded words of its tokens.
        step: Index of the token.
        language: `tr` or `ru`.

    Returns:
        The number; None for ordinals ("3. Ordu", "3-й"), parts of names, "one" alone and words that only look like
        numbers.
    """
    if not _may_begin(tokens, words, step, language):
        return None
    number, place = _sum(tokens, words, step, language)
    if place == step or _is_ordinal(tokens, words, place) or _is_lone(words, step, place, language):
        return None
    alone = place == step + 1 and words[step].isdigit() and len(words[step]) == 4
    return Numeral(number, place, year=alone and _FIRST_YEAR <= number <= _LAST_YEAR)


def _sum(tokens: tuple[Token, ...], words: tuple[str, ...], step: int, language: str) -> tuple[float, int]:
    """Words and digits that make one number, added up; and the token after them."""
    scales = _scales(language)
    total, largest, place = 0.0, float("inf"), step
    current: float | None = None
    while place < len(tokens):
        scale = scales.get(words[place])
        half = _is_half(words, place, language)
        if scale == _HUNDRED:
            current, place = (current or 1.0) * _HUNDRED, place + 1
        elif scale is not None and scale < largest:
            total, current, largest = total + (current or 1.0) * scale, None, scale
            place = _past_dot(tokens, words, place)
        elif half:
            current, place = (current or 0.0) + 0.5, half
        else:
            value, after = _simple(tokens, words, place, language)
            if value is None or not _fits(value, current, total, largest):
                break
            current, place = (current or 0.0) + value, after
    return total + (current or 0.0), place


def _may_begin(tokens: tuple[Token, ...], words: tuple[str, ...], step: int, language: str) -> bool:
    before = tokens[step - 1] if step else None
    touching = before is not None and before.end == tokens[step].start
    if touching and before is not None and (before.text in {"'", "’"} or (before.is_word and words[step].isdigit())):
        return False
    if language == "tr" and words[step] == "alti" and step and words[step - 1] in _UNDER:
        return False
    return not (words[step] == "yüz" and step + 1 < len(words) and words[step + 1].startswith("yüz"))  # face to face


def _simple(tokens: tuple[Token, ...], words: tuple[str, ...], place: int, language: str) -> tuple[float | None, int]:
    """A number word or digits with their separators, and the token after."""
    text = words[place]
    if not text[:1].isdigit():
        return number_words(language).get(text), place + 1
    if _GROUPED.match(text):
        return float(text.replace(".", "").replace(",", ".")), place + 1
    if not _PLAIN.match(text) or len(text) > _LONGEST_DIGITS or not text.isascii():
        return None, place + 1
    after = place + 1
    if language == "ru" and _HEAD.match(text):  # "3 500 человек": groups of three after one space
        while after < len(tokens) and after - place <= 4 and _GROUP.match(words[after]) and _next_to(tokens, after):
            text += words[after]
            after += 1
    return float(text.replace(",", ".")), after


def _next_to(tokens: tuple[Token, ...], place: int) -> bool:
    return tokens[place].start - tokens[place - 1].end == 1


def _past_dot(tokens: tuple[Token, ...], words: tuple[str, ...], place: int) -> int:
    """The token after a scale, its abbreviation's full stop taken in ("тыс.")."""
    dotted = place + 1 < len(tokens) and tokens[place + 1].text == "." and words[place] in _SHORT
    return place + 2 if dotted else place + 1


def _is_half(words: tuple[str, ...], place: int, language: str) -> int:
    """The token after "and a half" (`buçuk`, `с половиной`); 0 where there is none."""
    if language == "tr":
        return place + 1 if words[place] == "buçuk" else 0
    return place + 2 if words[place : place + 2] == ("с", "половиной") else 0


def _fits(value: float, current: float | None, total: float, largest: float) -> bool:
    """Whether a number goes on another: units on tens on hundreds, and hundreds on thousands."""
    if current is None:
        return not total or value < largest
    tens = current % _HUNDRED
    if value >= _HUNDRED or not value.is_integer() or not current.is_integer():
        return False
    return (tens == 0 and current > 0) or (tens % 10 == 0 and value < 10)


def _is_ordinal(tokens: tuple[Token, ...], words: tuple[str, ...], after: int) -> bool:
    """Whether what follows makes it an ordinal, an age or a part of a name: "3.", "3-й", "3'üncü", "9М729"."""
    if after >= len(tokens) or not words[after - 1][:1].isdigit():
        return False
    touching = tokens[after].start == tokens[after - 1].end
    more = after + 1 < len(tokens)
    if tokens[after].text == "." and touching:
        return more and tokens[after + 1].is_word and tokens[after + 1].text[:1].isupper()
    if touching and tokens[after].text in {"-", "'", "’"}:
        return more and tokens[after + 1].is_word
    return touching and tokens[after].is_word


def _is_lone(words: tuple[str, ...], step: int, after: int, language: str) -> bool:
    """Whether it is only "one", which counts nothing, or a bare scale ("bin", "тысячи")."""
    if after != step + 1:
        return False
    word = words[step]
    one = number_words(language).get(word) == 1 and not word[:1].isdigit()
    return one or (word in _scales(language) and word.endswith(("и", "ч", "ам", "ами", "ов")))
