"""Periods: days, weeks from Monday, months, quarters, years; and which period an act is counted in."""

from datetime import date, timedelta
from typing import Final

import ibis
import ibis.expr.types as ir

from detente.model.results import Every

_UNITS: Final[dict[Every, str]] = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_MONTHS: Final[dict[Every, int]] = {"month": 1, "quarter": 3, "year": 12}
PER_YEAR: Final[dict[Every, float]] = {"day": 365.25, "week": 52.18, "month": 12, "quarter": 4, "year": 1}
GRAINS: Final[tuple[Every, ...]] = ("year", "quarter", "month", "week", "day")  # from coarse to fine


def period_start(day: date, every: Every) -> date:
    """The first day of the period that holds a day.

    Examples:
        >>> period_start(date(2022, 2, 24), "quarter")
        datetime.date(2022, 1, 1)
    """
    if every == "day":
        return day
    if every == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[every]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def shift_period(start: date, steps: int, every: Every) -> date:
    """The first day of the period `steps` after (before, where negative) the one that begins at `start`.

    Examples:
        >>> shift_period(date(2022, 1, 1), -1, "month")
        datetime.date(2021, 12, 1)
    """
    if every in ("day", "week"):
        return start + timedelta(days=steps * (7 if every == "week" else 1))
    months = start.year * 12 + start.month - 1 + steps * _MONTHS[every]
    return date(months // 12, months % 12 + 1, 1)


def period_end(start: date, every: Every) -> date:
    """The last day of the period that begins at `start`."""
    return shift_period(start, 1, every) - timedelta(days=1)


def list_periods(first: date, last: date, every: Every) -> tuple[date, ...]:
    """First days of all periods from the one that holds `first` to the one that holds `last`."""
    periods = [period_start(first, every)]
    while (start := shift_period(periods[-1], 1, every)) <= last:
        periods.append(start)
    return tuple(periods)


def assign_periods(rows: ir.Table, every: Every) -> ir.Table:
    """Each row with the period that holds its whole span.

    Args:
        rows: A table with `date_start` and `date_end`.
        every: Length of a period.

    Returns:
        The rows with `period` [date], its first day; null where the date is unknown or the span reaches
        over more than one period: such a row is undated at this grain.
    """
    first, last = (column.truncate(_UNITS[every]).cast("date") for column in (rows.date_start, rows.date_end))
    return rows.mutate(period=ibis.ifelse(first == last, first, ibis.null("date")))
