"""From values and days to places on the page, and where the ticks stand."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, log10

from detente.brief.language import Language, load_language

_DAY_STEPS: tuple[tuple[int, ...], ...] = (tuple(range(1, 32)), tuple(range(1, 30, 2)), (1, 8, 15, 22), (1, 15))
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: `low` stands at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def at_day(self, day: date) -> float:
        """The place of the start of a day on a scale of days."""
        return self.at(day.toordinal())


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on a time axis, its label, and the year below where it is new."""

    day: date
    label: str
    year: str = ""


def day_scale(first: date, last: date, start: float, end: float) -> Scale:
    """A scale of days from the start of `first` to the end of `last`."""
    return Scale(first.toordinal(), last.toordinal() + 1, start, end)


def value_ticks(low: float, high: float, most: int = 7, finest: int = 0) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`, in steps of 1, 2 or 5 times a power of ten.

    Args:
        low: Least value.
        high: Greatest value.
        most: Numbers at most.
        finest: Least power of ten of a step: 0 for whole numbers.

    Examples:
        >>> value_ticks(0, 652)
        [0, 200, 400, 600, 800]
        >>> value_ticks(-57, 12)
        [-60, -40, -20, 0, 20]
        >>> value_ticks(0, 0.83, finest=-2)
        [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    size = max(finest, floor(log10(max(high - low, 10.0**finest) / most)))
    steps = [(n * 10**power, power) for power in range(size, size + 3) for n in (1, 2, 5)]
    for step, power in steps:
        bottom, top = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
        if top - bottom < most:
            return [round(step * n, -power) if power < 0 else step * n for n in range(bottom, top + 1)]
    return [floor(low), ceil(high)]


def time_ticks(first: date, last: date, most: int, language: Language | None = None) -> list[Tick]:
    """The finest round dates of which at most `most` lie within the span, both ends included.

    Examples:
        >>> [tick.label for tick in time_ticks(date(2010, 3, 1), date(2023, 9, 1), 7)]
        ['2012', '2014', '2016', '2018', '2020', '2022']
        >>> [(tick.label, tick.year) for tick in time_ticks(date(2018, 11, 1), date(2019, 2, 28), 5)]
        [('Nov', '2018'), ('Dec', ''), ('Jan', '2019'), ('Feb', '')]
    """
    own = language or load_language("en")
    if (last - first).days <= 31 * most:
        for kept_days in _DAY_STEPS:
            days = [day for day in _days(first, last) if day.day in kept_days]
            if len(days) <= most:
                return _with_years(days, [f"{day.day} {own.short_month(day)}" for day in days])
    months = [day for day in _firsts(first, last) if first <= day <= last]
    for step in _MONTH_STEPS:
        kept = [day for day in months if (day.month - 1) % step == 0]
        if len(kept) <= most:
            return _with_years(kept, [own.short_month(day) for day in kept])
    years = [day for day in months if day.month == 1]
    step = next((n for n in _YEAR_STEPS if len([day for day in years if day.year % n == 0]) <= most), _YEAR_STEPS[-1])
    return [Tick(day, str(day.year)) for day in years if day.year % step == 0]


def year_labels(years: list[int], width: float, room: float) -> list[int]:
    """The years to name where each has `width` and a name needs `room`.

    Examples:
        >>> year_labels([2019, 2020, 2021, 2022], 20, 34)
        [2020, 2022]
    """
    step = next((n for n in _YEAR_STEPS if n * width >= room), _YEAR_STEPS[-1])
    return [year for year in years if year % step == 0]


def _with_years(days: list[date], labels: list[str]) -> list[Tick]:
    new = [True, *(before.year != day.year for before, day in pairwise(days))]
    return [
        Tick(day, label, str(day.year) if is_new else "") for day, label, is_new in zip(days, labels, new, strict=False)
    ]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _firsts(first: date, last: date) -> list[date]:
    return [date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
