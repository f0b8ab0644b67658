"""What a figure's specification holds, as records that the drawing takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from detente.brief.language import Language, load_language
from detente.brief.marks import Spec

GROUPS: Final = ("material cooperation", "verbal cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """One series in one period; the numbers are None where nothing is known."""

    period: date  # its first day
    series: str
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class DrawnIndex:
    """The index over time."""

    every: str
    points: tuple[IndexPoint, ...]
    breaks: tuple[date, ...]
    shock: date | None


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """An act in the strip."""

    day: date
    who: str
    kind: str


@dataclass(frozen=True, slots=True)
class DrawnStrip:
    """Acts by date and kind; `who` holds the direction a to b, b to a, then both."""

    marks: tuple[DrawnMark, ...]
    kinds: tuple[str, ...]
    who: tuple[str, ...]
    shock: date | None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """The acts of a year and group."""

    year: int
    group: str
    acts: int


@dataclass(frozen=True, slots=True)
class DrawnBars:
    """Acts by year and group, every year of the span with each group."""

    bars: tuple[DrawnBar, ...]
    shock: date | None


def language_of(spec: Spec) -> Language:
    """The language of a figure's labels."""
    held: Any = spec
    return load_language(held["usermeta"].get("language", "en"))


def index_drawn(spec: Spec) -> DrawnIndex:
    """The index of a specification of `index_spec`."""
    held: Any = spec
    points = tuple(
        IndexPoint(date.fromisoformat(row["period"]), row["series"], row["value"], row["low"], row["high"])
        for row in held["data"]["values"]
    )
    breaks = tuple(date.fromisoformat(row["period"]) for row in _own_rows(spec) if row.get("mark") == "break")
    return DrawnIndex(held["usermeta"]["every"], points, breaks, _shock(spec))


def strip_drawn(spec: Spec) -> DrawnStrip:
    """The strip of a specification of `strip_spec`."""
    held: Any = spec
    encoding = held["layer"][0]["encoding"]
    marks = tuple(DrawnMark(date.fromisoformat(row["day"]), row["who"], row["kind"]) for row in held["data"]["values"])
    return DrawnStrip(marks, tuple(encoding["y"]["sort"]), tuple(encoding["color"]["scale"]["domain"]), _shock(spec))


def bars_drawn(spec: Spec) -> DrawnBars:
    """The bars of a specification of `bars_spec`."""
    held: Any = spec
    table = held["usermeta"]["table"]
    bars = tuple(DrawnBar(row[0], group, n) for row in table["rows"] for group, n in zip(GROUPS, row[1:], strict=True))
    return DrawnBars(bars, _shock(spec))


def _shock(spec: Spec) -> date | None:
    return next((date.fromisoformat(row["shock"]) for row in _own_rows(spec) if "shock" in row), None)


def _own_rows(spec: Spec) -> Iterator[dict[str, Any]]:
    """Rows that a layer brings itself."""
    held: Any = spec
    for layer in held["layer"]:
        yield from layer.get("data", {}).get("values", [])
