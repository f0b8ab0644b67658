"""The published tables of the brief, read from CSV files in the package; the words are in the catalogues."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.brief.language import Language, load_language


@dataclass(frozen=True, slots=True)
class TypeWords:
    """How an event type is said. `group` is cooperation, conflict or request; `weight` is |PLOVER score|."""

    event_type: str
    quad: int
    group: str
    singular: str
    plural: str
    weight: float


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """How a series is said; `kind` is count, score or share."""

    words: str
    kind: str


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one table of `brief/data/`."""
    text = files("detente.brief").joinpath("data", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def type_words() -> dict[str, TypeWords]:
    """Event type -> words, in the order cooperation to conflict."""
    return {
        row["event_type"]: TypeWords(
            row["event_type"],
            int(row["quad"]),
            row["group"],
            load_language("en").noun(1, row["event_type"]),
            load_language("en").noun(2, row["event_type"]),
            float(row["weight"]),
        )
        for row in read_rows("event_types")
    }


@cache
def outcome_kinds() -> dict[str, str]:
    """Series or outcome -> count, score or share."""
    return {row["outcome"]: row["kind"] for row in read_rows("outcomes")}


def outcome(name: str, language: Language | None = None) -> OutcomeWords:
    """The words of a series; one we have no words for is said by its own name."""
    own = language or load_language("en")
    words = own.messages.get(f"outcome.{name}", name.replace("_", " "))
    return OutcomeWords(words, outcome_kinds().get(name, "score"))


def contrast(before: float, after: float) -> str:
    """How the conflict share after compares with before: the key of words that claim no test."""
    difference = after - before
    for row in read_rows("contrast"):
        if abs(difference) >= float(row["difference_at_least"]):
            return row["more" if difference >= 0 else "less"]
    return "same"
