"""Numbers the text ties to an act: how many, of what."""

import re
from typing import Final

from detente.coding.quantities_tr_ru import find_quantities_tr_ru
from detente.coding.tokens import Token
from detente.model import Quantity

_WORDS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "dozen": 12,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1e9, "trillion": 1e12}
_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?$|\d+(?:\.\d+)?$")
_UNITS: Final = frozenset(
    "percent % km kilometres kilometers miles tons tonnes dollars yen rubles roubles euros barrels hours days weeks "
    "months years minutes seconds metres meters cubic mw".split()
)
_CURRENCY: Final = {"$": "dollars", "€": "euros", "¥": "yen", "£": "pounds", "₽": "rubles"}
_SKIP: Final = frozenset(
    "of the a an its their his her more further about around nearly over some almost other additional "
    "large-scale".split()
)
_VAGUE: Final = frozenset("countries sides parties fronts governments nations states leaders capitals days".split())
_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)
_BREAKS: Final = frozenset(
    "in on to from with against by for and or at as was were is are had has have that which who into over off than "
    "between through after before during took went passed near around under toward towards across its their his".split()
)


def find_quantities(
    tokens: tuple[Token, ...], dates: tuple[tuple[int, int], ...], *, language: str = "en"
) -> tuple[Quantity, ...]:
    """Counts and amounts in a sentence, dates and model names aside.

    Args:
        tokens: The sentence.
        dates: Stretches of characters that are dates.
        language: ISO 639-1 code; what is neither Turkish nor Russian is read as English.

    Returns:
        Quantities in order: `unit` for measures (percent, dollars), `item` for things counted (troops).
    """
    if language in {"tr", "ru"}:
        return find_quantities_tr_ru(tokens, dates, language)
    found: list[Quantity] = []
    step = 0
    while step < len(tokens):
        value, after = _number(tokens, step)
        inside = any(start <= tokens[step].start < end for start, end in dates)
        if value is None or inside or _ordinal_or_year(tokens, step, after, value):
            step += 1
            continue
        unit, item = _counted(tokens, after)
        if step > 0 and tokens[step - 1].text in _CURRENCY:
            unit, item = _CURRENCY[tokens[step - 1].text], None
        if unit or item:
            found.append(Quantity(value, unit, item))
        step = after
    return tuple(found)


def _number(tokens: tuple[Token, ...], step: int) -> tuple[float | None, int]:
    token = tokens[step]
    if _NUMBER.match(token.text):
        value = float(token.text.replace(",", ""))
    elif token.lower in _WORDS and token.lower != "one":
        value = float(_WORDS[token.lower])
    else:
        return None, step + 1
    step += 1
    while step < len(tokens) and tokens[step].lower in _SCALES:
        value *= _SCALES[tokens[step].lower]
        step += 1
    return value, step


def _ordinal_or_year(tokens: tuple[Token, ...], step: int, after: int, value: float) -> bool:
    text = tokens[step].text
    plain_year = len(text) == 4 and text.isdigit() and 1800 <= value <= 2100
    follows = tokens[after].lower if after < len(tokens) else ""
    before = tokens[step - 1].lower if step else ""
    return plain_year or before in _MONTHS or follows in _MONTHS or follows in {"th", "st", "nd", "rd"}


def _counted(tokens: tuple[Token, ...], step: int) -> tuple[str | None, str | None]:
    words: list[str] = []
    unit: str | None = None
    while step < len(tokens) and len(words) < 4:
        token = tokens[step]
        if token.lower in _UNITS and not words:
            return ("percent" if token.lower == "%" else token.lower), None
        if token.lower in _SKIP and not words:
            step += 1
            continue
        if not token.is_word or token.lower in _BREAKS:
            break
        if words or not token.text[0].isupper():  # "320 Russian fighter jets" counts fighter jets
            words.append(token.bare)
        if token.lower.endswith("s") and len(words) >= 1 and not token.text[0].isupper():
            break
        step += 1
    item = " ".join(words)
    return unit, item if item and words[-1] not in _VAGUE else None
