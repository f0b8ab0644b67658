"""Totals of a period: figures about many acts, not acts of a day."""

import re
from typing import Final

_COUNTED: Final = re.compile(
    r"\b(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|dozens|hundreds)\s+(?:\w+\s+){0,2}"
    r"(?:times|scrambles|sorties|meetings|summits|incursions|violations)\b",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"\bfiscal\b|\b(?:in|during|over|throughout)\s+(?:the\s+course\s+of\s+)?(?:19|20)\d{2}\b"
    r"|\b(?:a|per|each|every|last|past|the)\s+(?:year|month|decade|quarter)\b"
    r"|\bfirst\s+\w+\s+months\b|\b\w+-\w+\s+(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
_RATE: Final = re.compile(r"\ba\s+(?:year|month|day)\b|\bper\s+(?:year|month|day)\b", re.IGNORECASE)


def is_period_total(text: str) -> bool:
    """Whether a sentence adds up acts over a period instead of telling one.

    Examples:
        >>> is_period_total("Fighters scrambled 150 times against Russian aircraft in fiscal 2022.")
        True
        >>> is_period_total("Fighters scrambled twice on 3 March 2022.")
        False
    """
    return bool(_COUNTED.search(text) and _PERIOD.search(text)) or bool(_RATE.search(text))
