"""The word lists of the reader: read once from the CSV files beside this module, never changed."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_CASES = str.maketrans({"İ": "i", "I": "i", "ı": "i", "̇": None, "’": "'"})


def fold(text: str) -> str:
    """Lower case without the dotted and dotless i told apart, so that KASIM, Kasım and kasim agree.

    Examples:
        >>> fold("HAZİRAN") == fold("Haziran"), fold("KASIM") == fold("Kasım")
        (True, True)
    """
    return text.translate(_CASES).lower()


def _rows(name: str) -> Iterator[dict[str, str]]:
    content = files("detente.documents").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(content.splitlines())


@cache
def load_months() -> dict[str, int]:
    """Folded month names and short forms of the three languages, by number."""
    return {fold(row["form"]): int(row["month"]) for row in _rows("months.csv")}


@cache
def load_abbreviations(language: str | None) -> dict[str, str]:
    """Abbreviations without their last full stop, in the case they are written in, and how each behaves.

    Args:
        language: ISO 639-1 code; None or a language without a list gives the lists of all three.

    Returns:
        Abbreviation to `title` (never ends a sentence), `number` (ends one unless a digit follows),
        `open` (ends one only before a word that starts sentences) or `unit` (only after a number).
    """
    rows = list(_rows("abbreviations.csv"))
    own = [row for row in rows if row["language"] == language] or rows
    return {row["abbreviation"]: row["kind"] for row in own}


@cache
def load_starters() -> frozenset[str]:
    """Words that start sentences and are seldom names."""
    return frozenset(row["word"] for row in _rows("starters.csv"))


@cache
def load_phrases(kind: str) -> tuple[tuple[str, bool], ...]:
    """Folded phrases of one kind, each with whether it must be the whole line; longest first."""
    rows = [row for row in _rows("phrases.csv") if row["kind"] == kind]
    pairs = [(fold(row["phrase"]), row["match"] == "whole") for row in rows]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _phrases_by_letter(kind: str) -> dict[str, tuple[tuple[str, bool], ...]]:
    """The phrases by their first character: most lines begin with that of few."""
    pairs = load_phrases(kind)
    return {start: tuple(pair for pair in pairs if pair[0][:1] == start) for start in {pair[0][:1] for pair in pairs}}


def leading_phrase(line: str, kind: str) -> str | None:
    """The phrase of a kind that a line starts with (or is, for whole-line phrases), folded.

    Examples:
        >>> leading_phrase("Erişim Tarihi: 03.01.2023", "accessed")
        'erişim tarihi'
    """
    folded = fold(line.strip())
    likely = _phrases_by_letter(kind).get(folded[:1], ())
    bare = folded.rstrip(" :.…") if likely else ""
    for phrase, whole in likely:
        if bare == phrase.rstrip(":") or (not whole and _starts(folded, phrase)):
            return phrase
    return None


def _starts(folded: str, phrase: str) -> bool:
    following = folded[len(phrase) : len(phrase) + 1]
    return folded.startswith(phrase) and not (phrase[-1:].isalnum() and following.isalnum())


@cache
def _same() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase.rstrip(".")) for phrase, _ in load_phrases("same"))
    page = r"(?:[:,]?\s?(?:(?:pp?|ss?|с|стр|c)\.?\s?)?\d[\d\s,–-]{0,20}\.?)"
    return re.compile(rf"(?:see\s|bkz\.?\s|см\.\s)?(?:{phrases})\.?(?:,?\s?{page})?\.?(?=\Z|[;,.]?\s)")


def says_same(words: str) -> bool:
    """Whether words say no more than that the work named before is meant: `ibid.`, `a.g.e., s. 12`, `там же`.

    Examples:
        >>> says_same("Ibid., p. 4"), says_same("a.g.e., s. 12."), says_same("Age of empires")
        (True, True, False)
    """
    folded = fold(words.strip()[:100])
    found = _same().match(folded)
    return found is not None and (found.end() == len(folded) or folded[found.end() - 1] in ".0123456789")
