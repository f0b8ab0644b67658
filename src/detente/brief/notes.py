"""The notes of other stages, which write English, in the language of the brief: by a table of sentence patterns."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

from detente.brief.acts import Acts
from detente.brief.language import Language
from detente.brief.wording import sentence

_SLOT: Final = re.compile(r"\{(\w+)\}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SHARE: Final = re.compile(r"([+-]?)(\d+)%")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
_TYPED: Final = re.compile(r"`[^`{]*\{(\w+)\}[^`{]*`")  # a slot in a command: what is typed is English


@dataclass(frozen=True, slots=True)
class NotePattern:
    """A note as its stage writes it, and the same in other languages (code -> pattern with the same slots)."""

    english: re.Pattern[str]
    others: Mapping[str, str]


def note_words(acts: Acts, note: str, *, as_sentence: bool = True) -> str:
    """A stage's note in the language of the brief.

    Args:
        acts: Of the brief.
        note: As the stage wrote it, in English.
        as_sentence: Whether it stands alone: with a capital letter and a full stop.

    Returns:
        The note; one that no pattern fits stays in English as a quotation, rather than being dropped.
    """
    language = acts.language
    text = note if language.code == "en" else translated(language, note) or acts.quoted(note)
    return sentence(language.capital(text)) if as_sentence else text


def translated(language: Language, note: str) -> str | None:
    """The note by the first pattern that fits, None where none does."""
    plain = note.strip().rstrip(".")
    for pattern in note_patterns():
        found = pattern.english.fullmatch(plain)
        if found:
            words = pattern.others[language.code]
            typed = set(_TYPED.findall(words))
            slots = {
                name: text if name in typed else _shown(language, text) for name, text in found.groupdict().items()
            }
            return words.format(**slots)
    return None


@cache
def note_patterns() -> tuple[NotePattern, ...]:
    """The table `data/notes.toml`."""
    held = tomllib.loads(files("detente.brief").joinpath("data", "notes.toml").read_text(encoding="utf-8"))
    return tuple(NotePattern(_matcher(row["en"]), {code: row[code] for code in ("tr", "ru")}) for row in held["note"])


def _matcher(text: str) -> re.Pattern[str]:
    parts = _SLOT.split(text.rstrip("."))
    made = [f"(?P<{part}>.+?)" if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(made), re.IGNORECASE)


def _shown(language: Language, text: str) -> str:
    """What fills a slot: dates, shares and numbers as the language writes them, known terms, else as it is."""
    known = language.term(text)
    if known != text:
        return known
    if (nested := translated(language, text)) is not None:
        return nested
    if share := _SHARE.fullmatch(text):
        return share[1].replace("-", "−") + language.percent(int(share[2]) / 100)
    if _NUMBER.fullmatch(text):
        return language.signed(float(text)) if text[0] in "+-" else language.number(float(text))
    if " and " in text:
        return language.join(_shown(language, part) for part in text.split(" and "))
    return _DAY.sub(lambda found: language.day(date.fromisoformat(found[0])), text)
