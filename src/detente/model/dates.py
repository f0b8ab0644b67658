"""Dates as texts give them: a day, a month, a year or a span, and how we know."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year", "span", "unknown"]
DateBasis = Literal["text", "context", "document", "feed"]

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A stretch of days, both ends included.

    Attributes:
        start: First day; None where unknown.
        end: Last day; None where unknown.
        precision: How exactly the text says it.
        basis: Where the date comes from.
    """

    start: date | None
    end: date | None
    precision: Precision
    basis: DateBasis

    def __str__(self) -> str:
        """The span in ISO 8601, no more exact than its precision (`2022-03`)."""
        if self.start is None or self.end is None:
            return f"until {self.end.isoformat()}" if self.end else "undated"
        if self.precision == "day":
            return self.start.isoformat()
        if self.precision == "month":
            return self.start.strftime("%Y-%m")
        if self.precision == "year":
            return self.start.strftime("%Y")
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


UNDATED = DateSpan(None, None, "unknown", "document")


def parse_partial_date(text: str, basis: DateBasis = "document") -> DateSpan:
    """Read `2022`, `2022-03` or `2022-03-07` as the days it covers.

    Args:
        text: An ISO 8601 year, month or day.
        basis: Where the date comes from.

    Returns:
        The span with its precision.

    Raises:
        ValueError: If the text is no such date.

    Examples:
        >>> parse_partial_date("2022-02").end
        datetime.date(2022, 2, 28)
    """
    found = _PARTIAL.match(text.strip())
    if not found:
        raise ValueError(f"date {text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    year = int(found[1])
    month, day = (int(part) if part else None for part in found.groups()[1:])
    try:
        if month is None:
            return DateSpan(date(year, 1, 1), date(year, 12, 31), "year", basis)
        if day is None:
            first = date(year, month, 1)
            last = calendar.monthrange(year, month)[1]
            return DateSpan(first, date(year, month, last), "month", basis)
        exact = date(year, month, day)
    except ValueError as error:
        raise ValueError(f"date {text!r} is not in the calendar: {error}") from error
    return DateSpan(exact, exact, "day", basis)
