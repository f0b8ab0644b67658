"""What a data sheet says must hold, held against what was read."""

from datetime import date

import pyarrow.compute as pc

from detente.feeds.records import FeedRead
from detente.feeds.sheet import FeedSheet


def broken_assertions(found: FeedRead, sheet: FeedSheet) -> tuple[str, ...]:
    """A line on each assertion of the sheet that does not hold; shares are looked at from so many rows on.

    Args:
        found: What was read, nothing filtered out yet.
        sheet: The feed's data sheet.

    Returns:
        The lines; empty where all hold.
    """
    asserted, rows, good = sheet.assertions, found.rows, found.reports.num_rows
    broken = []
    if asserted.since and good:
        early = pc.sum(pc.less(found.reports["date_start"], date.fromisoformat(asserted.since))).as_py() or 0
        if early:
            broken.append(f"{early:,} rows are dated before {asserted.since}, where {sheet.name} begins")
    if rows >= asserted.from_rows:
        bad = found.quarantine.num_rows
        if bad > rows * asserted.most_quarantined:
            broken.append(
                f"{bad:,} of {rows:,} rows were set aside, where the data sheet expects at most "
                f"{asserted.most_quarantined:.0%}: see `detente quarantine`"
            )
        for column, share in asserted.fill.items():
            there = good - found.reports[column].null_count
            if there < good * share:
                broken.append(
                    f"{column} is filled in {there:,} of {good:,} rows, where the data sheet expects {share:.0%}"
                )
    return tuple(broken)
