"""Which of English, Turkish and Russian a stretch of text is written in."""

import re
from functools import cache
from typing import Any

LANGUAGES = ("en", "tr", "ru")
_SAMPLE = 2000  # characters; more does not change the answer and costs time
_LEAST_LETTERS = 40  # shorter stretches are guessed wrongly too often: they inherit


_TURKISH = re.compile(
    r"[çğışöüÇĞİŞÖÜ]|\b(?:ve|bir|bu|ile|da|de|olarak|daha|ama|en|o|gibi|kadar|sonra|olan|oldu|dedi|etti)\b"
)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str, *, least_letters: int = _LEAST_LETTERS) -> str | None:
    """The most likely of the three languages.

    Any other language in Latin or Cyrillic letters is taken for the nearest of the three.

    Args:
        text: Any text; its first 2,000 characters are looked at.
        least_letters: Below this many letters no guess is made.

    Returns:
        `en`, `tr`, `ru`, or None for a text too short or mostly in other letters.
    """
    sample = text[:_SAMPLE]
    letters = [letter for letter in sample if letter.isalpha()]
    known = sum(letter < "\u0250" or "\u0400" <= letter < "\u0530" for letter in letters)
    if len(letters) < least_letters or known * 2 <= len(letters):
        return None
    found = str(_identifier().classify(sample)[0])
    if found == "tr" and not _TURKISH.search(sample):
        return "en"  # names alone ("Obama met Netanyahu") pass for Turkish
    return found
