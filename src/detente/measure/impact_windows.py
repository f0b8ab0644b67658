"""Where the periods before and after a shock lie, and whether there are enough of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from detente.errors import DataError, InputError
from detente.measure.periods import GRAINS, period_end, period_start
from detente.measure.select import JOINT
from detente.measure.series import PairSeries
from detente.model.results import Every

FEWEST_BEFORE: Final = 8
FEWEST_AFTER: Final = 3
FEWEST_EVENTS: Final = 20
_LONGEST: Final = 366  # days of anticipation
_WINDOWS: Final = (24, 12)  # most periods before and after


@dataclass(frozen=True, slots=True)
class Window:
    """Places in an array: `before` periods end at `stop`, `after` periods begin at `start`.

    What lies between `stop` and `start` (the period of the shock, and those in which it was already
    expected) is in neither.
    """

    stop: int
    start: int
    before: int
    after: int

    def sides(self) -> tuple[slice, slice]:
        """The two stretches of the array."""
        return slice(self.stop - self.before, self.stop), slice(self.start, self.start + self.after)

    def moved(self, steps: int) -> "Window":
        """The same window earlier by `steps` periods."""
        return replace(self, stop=self.stop - steps, start=self.start - steps)


def place_window(series: PairSeries, shock: date, *, window: int | None, anticipation_days: int) -> Window:
    """Where the periods before and after a shock lie among the whole periods of a series.

    Args:
        series: The sums of a pair.
        shock: UTC date of the shock.
        window: Most periods on either side; by default 24 before and 12 after.
        anticipation_days: Days before the shock that do not count as "before".

    Returns:
        The window, as long as the data allow.
    """
    every = series.every
    kept = kept_periods(series)
    shocked = period_start(shock, every)
    expected = shock - timedelta(days=anticipation_days)

    def is_before(start: date) -> bool:
        days = (period_end(start, every) - start).days + 1
        return start < shocked and (period_end(start, every) - expected).days + 1 <= days / 2

    stop = sum(is_before(start) for start in kept)
    start = sum(period <= shocked for period in kept)
    most_before, most_after = (window, window) if window else _WINDOWS
    return Window(stop, start, min(most_before, stop), min(most_after, len(kept) - start))


def check_anticipation(days: int) -> None:
    """An anticipation window is a number of days, from none to a year.

    Raises:
        InputError: If it is not.
    """
    if not 0 <= days <= _LONGEST:
        raise InputError(f"anticipation of {days} days: expected 0 to {_LONGEST}, give another number of days")


def check_span(series: PairSeries, shock: date) -> None:
    """A shock outside the record is an error.

    Raises:
        DataError: If it lies outside.
    """
    first, last = series.span
    if not first <= shock <= last:
        raise DataError(
            f"shock {shock} lies outside the record, which covers {first} to {last}: expected a date within, "
            "ask for another date or import more of the feed"
        )


def kept_periods(series: PairSeries) -> list[date]:
    """First days of the periods that are covered as a whole."""
    return [start for start, whole in zip(series.periods, series.whole, strict=True) if whole]


def refuse(series: PairSeries, window: Window, finer: Callable[[Every], Window | None]) -> str | None:
    """Why there is too little for an estimate, and which finer grain would do; None where there is enough.

    Args:
        series: The sums of a pair.
        window: Where before and after lie.
        finer: The window of a finer grain, None where it cannot be read; asked only where there are too few periods.

    Returns:
        A sentence, or None.
    """
    before, after = window.sides()
    acts = series.sums[JOINT]["n"][series.whole]
    n_before, n_after = int(acts[before].sum()), int(acts[after].sum())
    told = f"{n_before} events in {window.before} {series.every}s before the shock, {n_after} in {window.after} after"
    if n_before + n_after < FEWEST_EVENTS:
        return f"No estimate: {told}; at least {FEWEST_EVENTS} events are needed, whatever the grain."
    if _is_enough(window):
        return None
    rest = GRAINS[GRAINS.index(series.every) + 1 :]
    found = next((every for every in rest if (other := finer(every)) is not None and _is_enough(other)), None)
    advice = f"`--every {found}` gives enough" if found else "no finer grain gives enough"
    return f"No estimate: {told}; {FEWEST_BEFORE} before and {FEWEST_AFTER} after are needed; {advice}."


def _is_enough(window: Window) -> bool:
    return window.before >= FEWEST_BEFORE and window.after >= FEWEST_AFTER
