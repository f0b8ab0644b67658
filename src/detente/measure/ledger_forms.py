"""Forms of a measure by the words that name it: export ban, asset freeze, list, trade status, ..."""

import re
from functools import cache
from typing import Final

from detente.measure.turns import compile_words, lower
from detente.ontology.tables import read_rows

ARRANGEMENT: Final = "arrangement"  # a standing practice (visa-free visits) that can be suspended


def find_forms(text: str) -> tuple[str, ...]:
    """The forms whose words stand in the text, in the order of the table.

    Examples:
        >>> find_forms("Japan froze assets of four banks and banned exports of lenses")
        ('export ban', 'asset freeze')
    """
    low = lower(text)
    return tuple(form for form, pattern in _patterns().items() if pattern.search(low))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = {}
    for row in read_rows("ledger_forms.csv"):
        words.setdefault(row["form"], []).append(row["pattern"])
    return {form: compile_words(patterns) for form, patterns in words.items()}
