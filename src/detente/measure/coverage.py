"""What a feed covers: its periods, its rows in each, and where it covers only a part."""

from datetime import date
from typing import Final

import numpy as np

from detente.errors import DataError
from detente.measure.cubed import Cubed, Record, coverage_rows
from detente.measure.intervals import Numbers
from detente.measure.periods import assign_periods, list_periods, period_end
from detente.measure.select import select_dates, select_record
from detente.model.results import Every, Selection

# A first or last period counts as partly covered where more than this share of its days is missing.
_MISSING_DAYS: Final = 0.1


def count_coverage(
    record: Record, selection: Selection, every: Every
) -> tuple[tuple[date, ...], Numbers, Numbers, tuple[date, date]]:
    """The periods a feed covers, its rows in each, those that involve neither side, and its first and last day."""
    if isinstance(record, Cubed) and selection.record_kind == "feed":
        rows = coverage_rows(record, selection)
    else:
        feed = select_record(record, selection)
        sides = [*selection.a_codes, *selection.b_codes]
        involved = feed.source_country.isin(sides) | feed.target_country.isin(sides)
        # Days first, then periods: a day is worked out once, not for each of its rows.
        daily = feed.group_by(["date_start", "date_end"]).aggregate(n=feed.count(), mine=feed.count(where=involved))
        # Spark counts nothing as null.
        rows = daily.select("date_start", "date_end", "n", others=daily.n - daily.mine.fill_null(0))
    rows = assign_periods(select_dates(rows, selection), every)
    rows = rows.filter(rows.period.notnull())
    counts = rows.group_by("period").aggregate(
        n=rows.n.sum(), others=rows.others.sum(), first=rows.date_start.min(), last=rows.date_end.max()
    )
    found = counts.order_by("period").to_pyarrow().to_pylist()
    if not found:
        raise DataError(
            f"no dated event in {record_name(selection)} between {selection.since or 'the beginning'} and "
            f"{selection.until or 'the end'}: expected at least one, widen the dates or import the feed"
        )
    span = found[0]["first"], found[-1]["last"]
    periods = list_periods(found[0]["period"], found[-1]["period"], every)
    by_period = {row["period"]: row for row in found}
    coverage, others = (
        np.array([float(by_period[start][name]) if start in by_period else 0.0 for start in periods])
        for name in ("n", "others")
    )
    return periods, coverage, others, span


def partial_periods(periods: tuple[date, ...], span: tuple[date, date], every: Every) -> tuple[date, ...]:
    """The first and last period, where more than a tenth of its days lies outside the span."""
    first, last = periods[0], periods[-1]

    def missing(start: date, days: int) -> bool:
        return days > _MISSING_DAYS * ((period_end(start, every) - start).days + 1)

    late = (span[0] - first).days
    early = (period_end(last, every) - span[1]).days
    ends = [first] if missing(first, late) else []
    return tuple([*ends, last] if missing(last, early) and (last != first or not ends) else ends)


def record_name(selection: Selection) -> str:
    """The feed or the chosen record, in words."""
    return f"feed {selection.feed}" if selection.record_kind == "feed" else "the chosen record"
