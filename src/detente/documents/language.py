"""Which language a stretch of text is written in."""

import re
from functools import cache
from typing import Any

from detente.documents.function_words import speaks

LANGUAGES = ("en", "tr", "ru")
"""The languages whose citations, dates and sentence ends have rules of their own."""

_SAMPLE = 2000  # characters; more does not change the answer and costs time
_LEAST_LETTERS = 40  # shorter stretches are guessed wrongly too often: they inherit
_SURE = 0.9  # probability from which a language other than the three is believed
_CLEAR = 0.95  # the same for a paragraph in another language than its document
_DOUBTFUL = 0.5  # below it no language is likely: a text of names, held to the three
_TURKISH = re.compile(
    r"[çğışöüÇĞİŞÖÜ]|\b(?:ve|bir|bu|ile|da|de|olarak|daha|ama|en|o|gibi|kadar|sonra|olan|oldu|dedi|etti)\b"
)


@cache
def _identifier(*, ours: bool) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    if ours:
        identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str, *, least_letters: int = _LEAST_LETTERS) -> str | None:
    """The language of a text, among the ninety-odd that the model knows.

    Args:
        text: Any text; its first 2,000 characters are looked at.
        least_letters: Below this many letters no guess is made.

    Returns:
        Its ISO 639-1 code; None where the text is too short, or its language doubtful or without such a code. A
        text of which nothing can be said (names alone) is held to be in English, Turkish or Russian.
    """
    sample = text[:_SAMPLE]
    if _letters(sample) < least_letters:
        return None
    found, probability = _classify(sample, ours=False)
    if found in LANGUAGES and probability >= _DOUBTFUL:
        return _not_turkish(found, sample)
    if probability >= _SURE or not _is_known(sample):
        return found if len(found) == 2 and probability >= _DOUBTFUL else None
    return None if probability >= _DOUBTFUL else _not_turkish(_classify(sample, ours=True)[0], sample)


def language_of_block(text: str, document: str | None) -> str | None:
    """The language of a paragraph: the document's, unless it is clearly another.

    Args:
        text: The paragraph.
        document: ISO 639-1 code of the document; None where unknown.

    Returns:
        ISO 639-1 code, None where both are unknown.
    """
    if document is None:
        return detect_language(text)
    sample = text[:_SAMPLE]
    if speaks(sample, document) or _letters(sample) < _LEAST_LETTERS:
        return document
    found, probability = _classify(sample, ours=False)
    if found in LANGUAGES:
        found = _not_turkish(found, sample)
    return found if probability >= _CLEAR and len(found) == 2 else document


def _classify(sample: str, *, ours: bool) -> tuple[str, float]:
    found, probability = _identifier(ours=ours).classify(sample)
    return str(found), float(probability)


def _not_turkish(found: str, sample: str) -> str:
    """English where names alone (`Obama met Netanyahu`) pass for Turkish."""
    return "en" if found == "tr" and not _TURKISH.search(sample) else found


def _letters(sample: str) -> int:
    return sum(map(str.isalpha, sample))


def _is_known(sample: str) -> bool:
    """Whether a text is mostly in Latin or Cyrillic letters."""
    letters = [letter for letter in sample if letter.isalpha()]
    return 2 * sum(letter < "\u0250" or "\u0400" <= letter < "\u0530" for letter in letters) > len(letters)
