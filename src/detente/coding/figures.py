"""Sentences whose verbs are no acts of a day: totals of a period, and games."""

import re
from typing import Final

from detente.coding.cues import load_cue
from detente.coding.folding import fold

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
_CUED: Final = frozenset({"tr", "ru"})  # languages whose words stand in data/cues.csv
_SPORT: Final = re.compile(
    r"\b(?:semi-?finals?|quarter-?finals?|goal-?keeper|midfielder|striker|referee|penalty shoot-?out|wickets?|innings|"
    r"world cup|champions league|half-?time|extra time|left wing|hat-?trick|friendly match|qualif(?:ier|ying match)|"
    r"(?:football|rugby|cricket|hockey|basketball|handball|tennis) (?:team|match|players?|coach|final))\b"
    r"|\bcoach\b.*\b(?:team|match|players?|referee|fans)\b",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\b(?:reach(?:es|ed)?|match(?:es|ed)?|equal(?:s|led)?|exceed(?:s|ed)?|surpass(?:es|ed)?) "
    r"the (?:\w+ )?(?:level|strength|size) of\b"
)


def is_sport(text: str, *, language: str = "en") -> bool:
    """Whether a sentence is about a game, whose verbs (attack, beat, meet) are no acts of states.

    Examples:
        >>> is_sport("Spain met Italy in the semi-final."), is_sport("Spain met Italy in Rome.")
        (True, False)
    """
    if language in _CUED:
        return bool(load_cue(language, "sport").search(fold(text, language)))
    return bool(_SPORT.search(text))


def is_comparison(text: str) -> bool:
    """Whether a sentence holds one side's strength against the other's: a figure, no act (forces as reported).

    Examples:
        >>> is_comparison("Its air power has reached the level of the other's.")
        True
        >>> is_comparison("The talks were held at the level of ministers.")
        False
    """
    return _COMPARED.search(text) is not None


def is_period_total(text: str, *, language: str = "en") -> bool:
    """Whether a sentence adds up acts over a period instead of telling one.

    Examples:
        >>> is_period_total("Fighters scrambled 150 times against Russian aircraft in fiscal 2022.")
        True
        >>> is_period_total("Fighters scrambled twice on 3 March 2022.")
        False
    """
    if language in _CUED:
        folded = fold(text, language)
        counted, period, rate = (load_cue(language, kind).search(folded) for kind in ("counted", "period", "rate"))
        return bool(counted and period) or bool(rate)
    return bool(_COUNTED.search(text) and _PERIOD.search(text)) or bool(_RATE.search(text))
