"""Results that set relations, or choices, side by side."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from detente.model.events import Dyad
from detente.model.results import Estimate, Every


@dataclass(frozen=True, slots=True)
class PairMove:
    """How far one relation moved since a date, both directions together.

    Attributes:
        rank: 1 for the pair that moved most; None where it cannot be told.
        dyad: The pair.
        outcome: What is compared.
        n: Acts of the pair in the periods compared.
        before: Mean over the periods before, in the outcome's unit.
        after: The same from the date on.
        change: After less before, with its 90 % interval.
        n_before: Periods before.
        n_after: Periods after.
    """

    rank: int | None
    dyad: Dyad
    outcome: str
    n: int
    before: float | None
    after: float | None
    change: Estimate
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class PairPoint:
    """The outcome of one pair in one period, both directions together."""

    dyad: Dyad
    period: dt.date
    n: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class CompareResult:
    """`detente compare`: pairs in order of how far they moved, and their series on one scale."""

    focus: str
    feed: str | None
    record_kind: str
    every: Every
    at: dt.date
    outcome: str
    pairs: tuple[PairMove, ...]
    points: tuple[PairPoint, ...]
    notes: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class UniverseRow:
    """One number of a measure, as other reasonable choices give it.

    Attributes:
        series: The series.
        direction: The direction.
        date: The break's date, or the day the change is measured at.
        reference: The number under the choices asked.
        lowest: The smallest over all choices that give one.
        median: Their median.
        highest: The largest.
        n: Choices that were tried.
        told: Choices that give the number.
        agree: Share of all choices tried that give it with the sign of the reference.
    """

    series: str
    direction: str
    date: dt.date
    reference: float
    lowest: float
    median: float
    highest: float
    n: int
    told: int
    agree: float


@dataclass(frozen=True, slots=True)
class MultiverseResult:
    """`--multiverse` of `index` and `breaks`."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    every: Every
    measure: Literal["index", "breaks"]
    universes: tuple[str, ...]
    rows: tuple[UniverseRow, ...]
    notes: tuple[str, ...] = ()
    query: str = ""
