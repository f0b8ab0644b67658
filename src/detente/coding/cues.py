"""Words of Turkish and Russian that tell what a sentence is: sport, a total of a period, an answer, a saying."""

import re
from functools import cache

from detente.coding.calendar_words import read_table
from detente.coding.folding import fold


@cache
def load_cue(language: str, kind: str) -> re.Pattern[str]:
    """The pattern of all rows of `data/cues.csv` of a language and kind, for folded text."""
    rows = [row for row in read_table("cues.csv") if row["language"] == language and row["kind"] == kind]
    return re.compile("|".join(f"(?:{fold(row['pattern'], language)})" for row in rows))


def find_cue(text: str, language: str, kind: str) -> str | None:
    """The words of a text that are such a cue, as written; None without.

    Examples:
        >>> find_cue("Buna karşılık Tokyo sekiz diplomatı sınır dışı etti.", "tr", "response")
        'Buna karşılık'
    """
    found = load_cue(language, kind).search(fold(text, language))
    return text[found.start() : found.end()] if found else None
