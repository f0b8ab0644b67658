"""English lines in American spelling: the project writes British, most agencies do not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from examples import Example

_ISE = (
    "apolog author capital central civil colon critic crystall demilitar demobil demon destabil emphas equal final formal "
    "general harmon hospital immun jeopard legal liberal maxim memor militar minim mobil modern monopol national neutral normal organ "
    "patron penal polar popular priorit privat radical rational real recogn reorgan scrutin secular social special stabil standard "
    "subsid summar symbol sympath terror util victim vocal western"
)
_OUR = "arm behavi col endeav fav harb hon hum lab neighb rum savi vap vig"
_WORDS = {
    r"(?<=\w)isation": "ization",
    r"\b(de|of)fence": r"\1fense",
    r"\blicence": "license",
    r"\bcentre": "center",
    r"(?<=\w)metres?\b": lambda m: m[0].replace("metre", "meter"),
    r"\bmetres?\b": lambda m: m[0].replace("metre", "meter"),
    r"\blitre": "liter",
    r"\bprogrammes?\b": lambda m: m[0].replace("programme", "program"),
    r"\bgrey\b": "gray",
    r"\b(travel|cancel|label|fuel|signal|counsel|model|tunnel|quarrel)l(ed|ing|er|ers)\b": r"\1\2",
    r"\bmanoeuvr(e|ed|es|ing)\b": lambda m: "maneuver" + {"e": "", "ed": "ed", "es": "s", "ing": "ing"}[m[1]],
    r"\baluminium": "aluminum",
    r"\bper cent\b": "percent",
    r"\bsceptic": "skeptic",
    r"\btyre": "tire",
    r"\btowards\b": "toward",
    r"\bkerb": "curb",
}
_ISED = re.compile(
    r"\b(" + "|".join(sorted(_ISE.split(), key=len, reverse=True)) + r")is(e[drs]?|ers|ing)\b", re.IGNORECASE
)
_OURS = re.compile(r"\b(" + "|".join(_OUR.split()) + r")our", re.IGNORECASE)


def american(example: Example) -> Example:
    """The same sentence in American spelling, with its actors where they now stand."""
    changes: list[tuple[int, int, str]] = []
    for found in _ISED.finditer(example.text):
        changes.append((found.start(), found.end(), f"{found[1]}iz{found[2]}"))
    for found in _OURS.finditer(example.text):
        changes.append((found.start(), found.end(), f"{found[1]}or"))
    for pattern, new in _WORDS.items():
        for found in re.finditer(pattern, example.text, re.IGNORECASE):
            told = new(found) if callable(new) else found.expand(new)
            changes.append((found.start(), found.end(), told))
    text, spans = example.text, list(example.spans)
    edge = len(text) + 1
    for start, end, told in sorted(changes, reverse=True):
        if end > edge or text[start:end].isupper():
            continue
        edge = start
        told = told[0].upper() + told[1:] if text[start].isupper() else told
        text = text[:start] + told + text[end:]
        grown = len(told) - (end - start)
        spans = [(_moved(a, start, end, grown), _moved(b, start, end, grown)) for a, b in spans]
    return replace(example, text=text, spans=spans)


def _moved(place: int, start: int, end: int, grown: int) -> int:
    """Where a place of the text stands once a word before or around it has another length."""
    return place if place <= start else max(start, place + grown)


def half_american(examples: list[Example]) -> list[Example]:
    """Every other English sentence in American spelling, the same ones each time."""
    return [
        american(one)
        if one.language == "en" and hashlib.blake2b(one.text.encode(), digest_size=1).digest()[0] % 2
        else one
        for one in examples
    ]
