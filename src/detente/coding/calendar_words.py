"""The words of time of Turkish and Russian, from the tables beside the code."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detente.coding.folding import fold


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """Words such as "yesterday": what they move from, and by how much (see `dating.reckoned`)."""

    words: re.Pattern[str]
    unit: str
    offset: int
    anchor: str


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a table in `coding/data`."""
    text = (files("detente.coding") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def calendar_words(language: str, kind: str) -> Mapping[str, int]:
    """Folded forms of the months (1 to 12), weekdays (0 to 6) or decades (first year) of a language."""
    rows = read_table("calendar_words.csv")
    chosen = (row for row in rows if row["language"] == language and row["kind"] == kind)
    return MappingProxyType({fold(row["form"], language): int(row["value"]) for row in chosen})


@cache
def unit_words(language: str) -> Mapping[str, str]:
    """Folded forms of day, week, month and year."""
    rows = read_table("calendar_words.csv")
    chosen = (row for row in rows if row["language"] == language and row["kind"] == "unit")
    return MappingProxyType({fold(row["form"], language): row["value"] for row in chosen})


@cache
def number_words(language: str) -> Mapping[str, float]:
    """Folded number words up to the hundreds, "one" included."""
    rows = read_table("number_words.csv")
    chosen = (row for row in rows if row["language"] == language and row["kind"] in {"number", "one"})
    return MappingProxyType({fold(row["form"], language): float(row["value"]) for row in chosen})


@cache
def relative_dates(language: str) -> tuple[RelativeDate, ...]:
    """Relative dates in the order in which they are tried."""
    rows = (row for row in read_table("relative_dates.csv") if row["language"] == language)
    return tuple(
        RelativeDate(re.compile(fold(row["words"], language)), row["unit"], int(row["offset"]), row["anchor"])
        for row in rows
    )


def any_of(words: Mapping[str, object]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
