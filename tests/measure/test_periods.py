from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.measure.periods import (
    GRAINS,
    assign_periods,
    list_periods,
    period_end,
    period_start,
    shift_period,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.sampled_from(GRAINS))
def test_a_period_holds_its_day_and_touches_the_next(day, every):
    start = period_start(day, every)
    assert start <= day <= period_end(start, every)
    assert period_start(period_end(start, every), every) == start
    assert shift_period(start, 1, every) == period_end(start, every) + timedelta(days=1)
    assert shift_period(shift_period(start, 7, every), -7, every) == start


@given(st.dates(date(2000, 1, 1), date(2003, 1, 1)), st.integers(0, 800), st.sampled_from(GRAINS))
def test_periods_leave_no_gap(first, days, every):
    periods = list_periods(first, first + timedelta(days=days), every)
    assert periods[0] <= first
    assert period_end(periods[-1], every) >= first + timedelta(days=days)
    assert all(shift_period(here, 1, every) == there for here, there in pairwise(periods))


@pytest.mark.parametrize("every", GRAINS)
def test_the_engine_agrees_with_the_calendar(view, act, every):
    days = [date(2021, 12, 27) + timedelta(days=step) for step in range(0, 400, 3)]
    rows = assign_periods(view(*(act(day.isoformat(), day) for day in days)), every)
    for row in rows.select("date_start", "period").to_pyarrow().to_pylist():
        assert row["period"] == period_start(row["date_start"], every)


@pytest.mark.parametrize(("every", "dated"), [("day", False), ("week", False), ("month", True), ("year", True)])
def test_a_month_is_dated_only_where_a_period_holds_all_of_it(view, act, every, dated):
    month = act("1", date(2022, 2, 1), date_end=date(2022, 2, 28), date_precision="month")
    rows = assign_periods(view(month, act("2", None)), every).order_by("report_id")
    periods = [row["period"] for row in rows.select("report_id", "period").to_pyarrow().to_pylist()]
    assert (periods[0] is not None) == dated
    assert periods[1] is None
