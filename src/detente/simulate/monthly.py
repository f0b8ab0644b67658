"""Feeds by month with planted breaks, pulses, effects at a shock, shared causes and coverage surges."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detente.model.events import Dyad
from detente.simulate.rows import report_rows

Side = Literal["conflict", "cooperation"]
_SIDES: Final[tuple[Side, Side]] = ("cooperation", "conflict")


@dataclass(frozen=True, slots=True)
class Shift:
    """A planted change: from `start` the rate is multiplied by `factor`, for `months` or for good.

    Attributes:
        dyad: Source and target; the other direction is left alone.
        start: First day of the month in which it begins.
        factor: Multiplies the rate.
        side: Which acts change.
        months: How long it lasts; None for good; 1 is a pulse.
    """

    dyad: Dyad
    start: date
    factor: float
    side: Side = "conflict"
    months: int | None = None


@dataclass(frozen=True, slots=True)
class Surge:
    """A change of coverage: every dyad's rate is multiplied by `factor`, for `months` or for good."""

    start: date
    factor: float
    months: int | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What a simulated feed looks like.

    Attributes:
        dyads: Directed dyads, source and target.
        first: First day of the first month.
        months: Length of the feed.
        rate: Expected acts of a directed dyad in a month, half of them conflict.
        dispersion: 1/k of the negative binomial: variance = mean + mean² / k.
        wander: Standard deviation of the log level of a stream.
        persistence: Autocorrelation of the log level from month to month, below 1.
        shifts: Planted changes of single dyads.
        surges: Planted changes of coverage.
        shared: Standard deviation of a log level of conflict that all dyads share: a cause behind them all, which
            unlike coverage leaves cooperation alone.
    """

    dyads: tuple[Dyad, ...]
    first: date = date(2000, 1, 1)
    months: int = 120
    rate: float = 10.0
    dispersion: float = 0.3
    wander: float = 0.3
    persistence: float = 0.5
    shifts: tuple[Shift, ...] = field(default=())
    surges: tuple[Surge, ...] = field(default=())
    shared: float = 0.0


def donor_panel(
    treated: Dyad,
    donors: Sequence[Dyad],
    shock: date,
    factor: float,
    *,
    side: Side = "conflict",
    months: int | None = None,
    world: World | None = None,
) -> World:
    """A world in which a shock multiplies one dyad's acts and leaves those of its donors alone.

    Args:
        treated: The directed dyad that the shock moves.
        donors: Directed dyads that it leaves alone.
        shock: First day of the month in which the effect begins.
        factor: The planted effect: it multiplies the rate.
        side: Which acts it moves.
        months: How long it lasts; None for good.
        world: All else; its dyads are replaced, its changes stay.

    Returns:
        The world, the treated dyad first.
    """
    given = world or World(())
    planted = Shift(treated, shock, factor, side, months)
    return replace(given, dyads=(treated, *donors), shifts=(*given.shifts, planted))


def simulate_dyads(seed: int, world: World) -> pa.Table:
    """Draw a feed: each stream's log level wanders as an AR(1), counts are negative binomial around it.

    Args:
        seed: The same seed and world give the same rows.
        world: What to draw.

    Returns:
        Rows of the `reports` table, feed `simulated`, scored on `goldstein`, in order of dyad, side, month.
        Every act is state to state, dated to a day, and lies in the month it was drawn for.

    Raises:
        ValueError: If a rate, length or persistence cannot be drawn from.
    """
    if world.months < 1 or world.rate <= 0 or min(world.dispersion, world.shared) < 0 or not 0 <= world.persistence < 1:
        raise ValueError(
            f"world with months {world.months}, rate {world.rate}, dispersion {world.dispersion}, "
            f"persistence {world.persistence}, shared {world.shared}: "
            "expected months >= 1, rate > 0, dispersion >= 0, 0 <= persistence < 1, shared >= 0"
        )
    random = np.random.default_rng(seed)
    counts = _draw_counts(random, world)
    stream, month = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    act = stream % 2 * 2 + random.integers(0, 2, len(stream))
    return report_rows(world.dyads, stream // 2, act, _days(random, world, month))


def _draw_counts(random: np.random.Generator, world: World) -> npt.NDArray[np.int64]:
    """Acts by stream (dyad by side) and month, (2 n_dyads, n_months)."""
    streams = [(dyad, side) for dyad in world.dyads for side in _SIDES]
    levels = _wander(random, (len(streams), world.months), world, world.wander)
    # Divided by the mean of the log-normal, so that `rate` is the expected number of acts.
    rates = world.rate / 2 * np.exp(levels - world.wander**2 / 2)
    for shift in world.shifts:
        rates[streams.index((shift.dyad, shift.side)), _months(world, shift)] *= shift.factor
    for surge in world.surges:
        rates[:, _months(world, surge)] *= surge.factor
    if world.shared > 0:
        conflict = slice(1, None, len(_SIDES))
        rates[conflict] *= np.exp(_wander(random, (1, world.months), world, world.shared) - world.shared**2 / 2)
    if world.dispersion > 0:
        rates = rates * random.gamma(1 / world.dispersion, world.dispersion, rates.shape)
    return random.poisson(rates)


def _wander(
    random: np.random.Generator, shape: tuple[int, int], world: World, deviation: float
) -> npt.NDArray[np.float64]:
    steps = random.normal(0, deviation, shape)
    scale = np.sqrt(1 - world.persistence**2)
    for month in range(1, shape[1]):
        steps[:, month] = world.persistence * steps[:, month - 1] + scale * steps[:, month]
    return steps


def _months(world: World, change: Shift | Surge) -> slice:
    first = (change.start.year - world.first.year) * 12 + change.start.month - world.first.month
    return slice(max(first, 0), None if change.months is None else max(first + change.months, 0))


def _days(random: np.random.Generator, world: World, month: npt.NDArray[np.int64]) -> npt.NDArray[np.generic]:
    begin = world.first.year * 12 + world.first.month - 1
    calendar_months = [divmod(begin + step, 12) for step in range(world.months)]
    starts = np.array([f"{year:04d}-{at + 1:02d}-01" for year, at in calendar_months], dtype="datetime64[D]")
    lengths = np.array([calendar.monthrange(year, at + 1)[1] for year, at in calendar_months])
    return np.asarray(starts[month] + random.integers(0, lengths[month]).astype("timedelta64[D]"))
