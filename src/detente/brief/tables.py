"""The published word tables of the brief, read from CSV files in the package."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
    plural: bool
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
            row["singular"],
            row["plural"],
            float(row["weight"]),
        )
        for row in read_rows("type_words")
    }


@cache
def outcome_words() -> dict[str, OutcomeWords]:
    """Series or outcome -> words."""
    return {
        row["outcome"]: OutcomeWords(row["words"], row["plural"] == "yes", row["kind"])
        for row in read_rows("outcome_words")
    }


def outcome(name: str) -> OutcomeWords:
    """The words of a series; one we have no words for is said by its own name."""
    return outcome_words().get(name) or OutcomeWords(name.replace("_", " "), plural=False, kind="score")


@cache
def basis_words() -> dict[tuple[str, str], str]:
    """(target, source, date or citation; basis) -> words."""
    return {(row["field"], row["basis"]): row["words"] for row in read_rows("basis_words")}


def verdict(effect: float, low: float, high: float, p_value: float | None) -> str:
    """The words for a change, by `data/verdict_words.csv`.

    Args:
        effect: Change in the outcome's unit.
        low: Lower end of its interval.
        high: Upper end.
        p_value: Of the test; None where there is none.

    Returns:
        "rose", "probably fell", "no clear change" and so on.
    """
    interval = "holds zero" if low <= 0 <= high else "leaves zero out"
    column = "rise" if effect > 0 else "fall"
    for row in read_rows("verdict_words"):
        if row["interval"] != interval:
            continue
        bound = row["p_at_most"]
        if interval == "holds zero" or _within(p_value, bound):
            return row[column]
    return "no clear change"


def contrast(before: float, after: float) -> str:
    """How the conflict share after compares with before, in words that claim no test."""
    difference = after - before
    for row in read_rows("contrast_words"):
        if abs(difference) >= float(row["difference_at_least"]):
            return row["more" if difference >= 0 else "less"]
    return "is about as conflictual"


def _within(p_value: float | None, bound: str) -> bool:
    if p_value is None or bound == "none":
        return p_value is None and bound == "none"
    return p_value <= float(bound)
