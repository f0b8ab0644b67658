"""Figures around a date: equal windows, the period of the date left out."""

from datetime import date

import pytest

from detente.measure.numbers import change_at
from detente.model.numbers import SeriesValue


def value(period, figure, every="month"):
    return SeriesValue("exports", "USD", "Customs", "RUS", "JPN", True, period, every, figure)


def test_windows_are_of_equal_length_and_leave_the_month_of_the_date_out():
    figures = [value(date(2021, month, 1), 10.0) for month in range(1, 13)]
    figures += [value(date(2022, 1, 1), 20.0), value(date(2022, 2, 1), 999.0)]
    figures += [value(date(2022, month, 1), 4.0) for month in (3, 4)]
    change = change_at(figures, date(2022, 2, 24))
    assert (change.before, change.after, change.n_before, change.n_after) == (15.0, 4.0, 2, 2)
    assert (change.first, change.last) == (date(2021, 12, 1), date(2022, 4, 1))


def test_years_are_taken_whole():
    figures = [value(date(year, 1, 1), float(year), "year") for year in range(2010, 2025)]
    change = change_at(figures, date(2022, 2, 24))
    assert (change.before, change.after) == (2020.5, 2023.5)


@pytest.mark.parametrize("figures", [[], [value(date(2021, 1, 1), 1.0)]])
def test_nothing_is_said_of_one_side_alone(figures):
    assert change_at(figures, date(2022, 2, 24)) is None
