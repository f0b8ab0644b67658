"""Numbers a Turkish or Russian sentence ties to an act: how many, of what."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from detente.coding.calendar_words import calendar_words, read_table
from detente.coding.folding import fold
from detente.coding.numerals_tr_ru import Numeral, read_numeral
from detente.coding.tokens import Token
from detente.model import Quantity

_SYMBOLS: Final = {"$": "dollars", "€": "euros", "¥": "yen", "£": "pounds", "₽": "rubles", "₺": "lira"}
_SKIP: Final = {
    "tr": frozenset("daha yeni diğer ayri farkli adet tane kadar civarinda ek yakin aşkin fazla".split()),
    "ru": frozenset("других новых дополнительных еще единиц единицы штук около более менее свыше примерно".split()),
}
_VAGUE: Final = {
    "tr": frozenset("ülke taraf devlet lider hükümet başkent kez kere defa parti yaş yaşin yaşinda".split()),
    "ru": frozenset(
        "стран страны страна сторон стороны государств государства лидера лидеров правительства столицы раза раз "
        "процентных".split()
    ),
}
_BREAKS: Final = {
    "tr": frozenset("ve ile veya için göre ise de da ki bir bu o ama ancak olarak üzere sonra önce içinde".split()),
    "ru": frozenset(
        "в во на с со по из от до к ко за для и или о об при под над у через не что как а но был была было были это "
        "между после перед против из-за".split()
    ),
}
_ADJECTIVE: Final = re.compile(r"\w{2,}(?:ых|их|ые|ие|ого|его|ый|ий|ой|ая|ую)$")
_OWNER: Final = re.compile(r"\w+[сц]к(?:их|ие|ого|ий|ая|ую|ой|ими|им)$")
_CASES: Final = re.compile(r"(?:l[ae]r)?(?:[iuü]|s[iuü])?n?(?:[dt][ae]n?|[iuü]n?|[ae]|y[iuüae]|n[iuü]n)?$")
_LONGEST: Final = 4  # words of the longest counted noun
_ADJECTIVES: Final = 3


@cache
def _units(language: str) -> Mapping[str, str]:
    rows = (row for row in read_table("measure_units.csv") if row["language"] == language)
    return MappingProxyType({fold(row["form"], language): row["unit"] for row in rows})


@cache
def _nouns(language: str) -> Mapping[str, str]:
    rows = (row for row in read_table("counted_nouns.csv") if row["language"] == language)
    return MappingProxyType({fold(row["form"], language): row["base"] for row in rows})


def find_quantities_tr_ru(
    tokens: tuple[Token, ...], dates: tuple[tuple[int, int], ...], language: str
) -> tuple[Quantity, ...]:
    """Counts and amounts in a Turkish or Russian sentence, dates and model names aside.

    Args:
        tokens: The sentence.
        dates: Stretches of characters that are dates.
        language: `tr` or `ru`.

    Returns:
        Quantities in order: `unit` in English for measures (percent, dollars), `item` for things counted, in its base
        form where the table of counted nouns has it.
    """
    words = tuple(fold(token.text, language) for token in tokens)
    dated = _dated(tokens, dates)
    found: list[Quantity] = []
    step = 0
    while step < len(tokens):
        numeral = None if step in dated else read_numeral(tokens, words, step, language)
        if numeral is None:
            step += 1
            continue
        quantity = _quantity(tokens, words, numeral, step, language)
        if quantity is not None:
            found.append(quantity)
        step = numeral.after
    return tuple(found)


def _dated(tokens: tuple[Token, ...], dates: tuple[tuple[int, int], ...]) -> frozenset[int]:
    spans = sorted(dates)
    inside: set[int] = set()
    place = 0
    for index, token in enumerate(tokens):
        while place < len(spans) and spans[place][1] <= token.start:
            place += 1
        if place < len(spans) and spans[place][0] <= token.start:
            inside.add(index)
    return frozenset(inside)


def _quantity(
    tokens: tuple[Token, ...], words: tuple[str, ...], numeral: Numeral, step: int, language: str
) -> Quantity | None:
    before = words[step - 1] if step else ""
    if before in {"%", "yüzde"}:
        return Quantity(numeral.value, "percent", None)
    if before in _SYMBOLS:
        return Quantity(numeral.value, _SYMBOLS[before], None)
    unit = _unit(tokens, words, numeral.after, language)
    if unit is not None and numeral.year and unit == "years":
        return None  # "2022 год" names a year
    if unit is not None:
        return Quantity(numeral.value, unit, None)
    known, item = _item(tokens, words, numeral.after, language)
    if item is None or (numeral.year and not known) or _is_name_of_month(words, numeral.after, language):
        return None
    return Quantity(numeral.value, None, item)


def _is_name_of_month(words: tuple[str, ...], step: int, language: str) -> bool:
    return step < len(words) and words[step] in calendar_words(language, "month")


def _unit(tokens: tuple[Token, ...], words: tuple[str, ...], step: int, language: str) -> str | None:
    """The unit a number is followed by, "American" and the like aside ("милliards of американских долларов")."""
    units = _units(language)
    for place in (step, step + 1):
        if place >= len(words):
            return None
        word = words[place]
        if word in units:
            return units[word]
        stem = _stem(word, units) if language == "tr" else None
        if stem is not None:
            return units[stem]
        owner = _OWNER.match(word) if language == "ru" else tokens[place].text[:1].isupper()
        if not owner:
            return None
    return None


def _item(tokens: tuple[Token, ...], words: tuple[str, ...], step: int, language: str) -> tuple[bool, str | None]:
    """Whether what is counted stands in the table, and what it is; None where nothing is."""
    adjectives: list[str] = []
    while step < len(words) and len(adjectives) <= _ADJECTIVES:
        word = words[step]
        if not tokens[step].is_word or word in _BREAKS[language]:
            return False, None
        base = _base(words, step, language)
        if base is not None:
            return True, base
        if word in _VAGUE[language]:
            return False, None
        owner = tokens[step].text[:1].isupper() if language == "tr" else _OWNER.match(word) is not None
        if word in _SKIP[language] or owner:
            step += 1
            continue
        if language == "tr" or not _ADJECTIVE.match(word):
            return False, _whole([*adjectives, tokens[step].lower], language)
        adjectives.append(tokens[step].lower)
        step += 1
    return False, None


def _whole(words: list[str], language: str) -> str | None:
    """An item the table does not have, as written; in Turkish not a form that counts time ("günlük")."""
    item = " ".join(words)
    return None if language == "tr" and re.search(r"l[ıiuü][kğ]\w*$", item) else item


def _base(words: tuple[str, ...], step: int, language: str) -> str | None:
    """The base form of the longest noun of the table that begins at a word."""
    nouns = _nouns(language)
    for length in range(_LONGEST, 0, -1):
        phrase = " ".join(words[step : step + length])
        if phrase in nouns:
            return nouns[phrase]
        stem = _stem(phrase, nouns) if language == "tr" else None
        if stem is not None:
            return nouns[stem]
    return None


def _stem(phrase: str, known: Mapping[str, str]) -> str | None:
    """A known word that a Turkish form is made of, its case endings off."""
    for cut in range(len(phrase) - 1, max(len(phrase) - 8, 2), -1):
        if phrase[:cut] in known and _CASES.match(phrase[cut:]):
            return phrase[:cut]
    return None
