"""Whether a paragraph plainly speaks a language: a cheap look at its small words before a model is asked."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LEAST = 3  # small words; fewer may stand in a quotation
_SHARE = 12  # words of which one at least is such a word; in prose it is one in four to eight
_FOREIGN = re.compile("[\u0450-\u045f\u0460-\u052f\u0259ýňñä]")  # letters that English, Turkish and Russian do without


@dataclass(frozen=True, slots=True)
class _Signs:
    words: frozenset[str]
    letter: str


def speaks(text: str, language: str) -> bool:
    """Whether a text is plainly in a language, told by small words and by a letter its neighbours do without.

    Args:
        text: A paragraph.
        language: ISO 639-1 code.

    Returns:
        False where that cannot be told so: it may still be in that language.

    Examples:
        >>> speaks("They said that the talks had been held with the other side.", "en")
        True
        >>> speaks("Они заявили, что переговоры прошли.", "en")
        False
    """
    signs = _signs().get(language)
    if signs is None or signs.letter not in text:
        return False
    words = text.lower().split()
    found = sum(map(signs.words.__contains__, words))
    return found >= _LEAST and found * _SHARE >= len(words) and not _FOREIGN.search(text)


@cache
def _signs() -> dict[str, _Signs]:
    content = files("detente.documents").joinpath("data", "function_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(content.splitlines())
    return {row["language"]: _Signs(frozenset(row["words"].split()), row["letter"]) for row in rows}
