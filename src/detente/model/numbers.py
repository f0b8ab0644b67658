"""Figures kept beside events: trade, energy imports, scrambles, votes, each with its unit and source."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Grain = Literal["month", "year"]


@dataclass(frozen=True, slots=True)
class SeriesInfo:
    """A stored series: what it is, of whom, from when to when.

    Attributes:
        name: As the user named it.
        unit: What one is.
        source: Who publishes it.
        every: Length of a period.
        sides: How many countries or pairs it has figures of.
        first: First day of its first period.
        last: First day of its last period.
        n: Number of figures, each period once.
    """

    name: str
    unit: str
    source: str
    every: Grain
    sides: int
    first: date
    last: date
    n: int


@dataclass(frozen=True, slots=True)
class SeriesValue:
    """One figure: of a country (`country_b` null) or of a pair, from a to b where `directed`."""

    name: str
    unit: str
    source: str
    country_a: str
    country_b: str | None
    directed: bool
    period: date  # first day
    every: Grain
    value: float


@dataclass(frozen=True, slots=True)
class SeriesAdded:
    """What adding a file did; `blank` counts rows without a value, which are passed over."""

    name: str
    file: str
    rows: int
    stored: int
    already_stored: int
    blank: int


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """A series around a date: means over equal windows, the period that holds the date left out.

    Attributes:
        name: The series.
        unit: What one is.
        source: Who publishes it.
        country_a: The country, or one side.
        country_b: The other side; None for a country's own figure.
        directed: Whether it goes from a to b.
        every: Length of a period.
        before: Mean a period before the date.
        after: Mean a period after the date.
        n_before: Figures in the window before.
        n_after: Figures in the window after.
        first: First period used.
        last: Last period used.
    """

    name: str
    unit: str
    source: str
    country_a: str
    country_b: str | None
    directed: bool
    every: Grain
    before: float
    after: float
    n_before: int
    n_after: int
    first: date
    last: date
