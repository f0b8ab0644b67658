"""Figures beside events around a date: means in equal windows, described and not tested."""

from collections.abc import Sequence
from datetime import date
from statistics import fmean
from typing import Final

from detente.measure.periods import period_start, shift_period
from detente.model.numbers import Grain, SeriesChange, SeriesValue

_WINDOW: Final[dict[Grain, int]] = {"month": 12, "year": 5}


def change_at(values: Sequence[SeriesValue], shock: date) -> SeriesChange | None:
    """The means of one series before and after a date.

    The period that holds the date is left out. The windows are of equal length: at most twelve months or five years,
    and no longer than the figures reach on the shorter side.

    Args:
        values: Figures of one series and one country or pair, each period once.
        shock: The date.

    Returns:
        The means; None where no figure lies on one of the sides.
    """
    if not values:
        return None
    every = values[0].every
    by_period = {value.period: value for value in values}
    held = period_start(shock, every)
    reach = [
        max(
            (steps for steps in range(1, _WINDOW[every] + 1) if shift_period(held, sign * steps, every) in by_period),
            default=0,
        )
        for sign in (-1, 1)
    ]
    length = min(reach)
    sides = [
        [by_period[day] for n in range(1, length + 1) if (day := shift_period(held, sign * n, every)) in by_period]
        for sign in (-1, 1)
    ]
    before, after = sides
    if not before or not after:
        return None
    last = max(values, key=lambda value: value.period)
    return SeriesChange(
        name=last.name,
        unit=last.unit,
        source=last.source,
        country_a=last.country_a,
        country_b=last.country_b,
        directed=last.directed,
        every=every,
        before=fmean(value.value for value in before),
        after=fmean(value.value for value in after),
        n_before=len(before),
        n_after=len(after),
        first=min(value.period for value in before),
        last=max(value.period for value in after),
    )
