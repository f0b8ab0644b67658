"""Event streams with planted truth: for tests, for calibration and for users who want to try a measure."""

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detente.model.events import Dyad
from detente.model.tables import REPORTS

FEED: Final = "simulated"
Side = Literal["conflict", "cooperation"]
# Side, PLOVER type, quad class, score: one act a quad class is enough to tell the measures apart.
_ACTS: Final = (
    ("cooperation", "CONSULT", 1, 2.0),
    ("cooperation", "AID", 2, 6.0),
    ("conflict", "ACCUSE", 3, -2.0),
    ("conflict", "ASSAULT", 4, -9.0),
)
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
    if world.months < 1 or world.rate <= 0 or world.dispersion < 0 or not 0 <= world.persistence < 1:
        raise ValueError(
            f"world with months {world.months}, rate {world.rate}, dispersion {world.dispersion}, "
            f"persistence {world.persistence}: "
            "expected months >= 1, rate > 0, dispersion >= 0, 0 <= persistence < 1"
        )
    random = np.random.default_rng(seed)
    counts = _draw_counts(random, world)
    stream, month = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    return _rows(random, world, stream, month)


def _draw_counts(random: np.random.Generator, world: World) -> npt.NDArray[np.int64]:
    """Acts by stream (dyad by side) and month, (2 n_dyads, n_months)."""
    streams = [(dyad, side) for dyad in world.dyads for side in _SIDES]
    levels = _wander(random, (len(streams), world.months), world)
    # Divided by the mean of the log-normal, so that `rate` is the expected number of acts.
    rates = world.rate / 2 * np.exp(levels - world.wander**2 / 2)
    for shift in world.shifts:
        rates[streams.index((shift.dyad, shift.side)), _months(world, shift)] *= shift.factor
    for surge in world.surges:
        rates[:, _months(world, surge)] *= surge.factor
    if world.dispersion > 0:
        rates = rates * random.gamma(1 / world.dispersion, world.dispersion, rates.shape)
    return random.poisson(rates)


def _wander(random: np.random.Generator, shape: tuple[int, int], world: World) -> npt.NDArray[np.float64]:
    steps = random.normal(0, world.wander, shape)
    scale = np.sqrt(1 - world.persistence**2)
    for month in range(1, shape[1]):
        steps[:, month] = world.persistence * steps[:, month - 1] + scale * steps[:, month]
    return steps


def _months(world: World, change: Shift | Surge) -> slice:
    first = (change.start.year - world.first.year) * 12 + change.start.month - world.first.month
    return slice(max(first, 0), None if change.months is None else max(first + change.months, 0))


def _rows(
    random: np.random.Generator, world: World, stream: npt.NDArray[np.int64], month: npt.NDArray[np.int64]
) -> pa.Table:
    n = len(stream)
    act = stream % 2 * 2 + random.integers(0, 2, n)
    days = _days(random, world, month)
    sides = [list(dyad) for dyad in world.dyads]
    source, target = ([pair[at] for pair in sides] for at in (0, 1))
    columns = {
        "report_id": pa.array([f"{FEED}:{number}" for number in range(n)]),
        "date_start": pa.array(days),
        "date_end": pa.array(days),
        "source_country": pa.array(source).take(pa.array(stream // 2)),
        "target_country": pa.array(target).take(pa.array(stream // 2)),
        "event_type": pa.array([kind for _, kind, _, _ in _ACTS]).take(pa.array(act)),
        "quad": pa.array([quad for *_, quad, _ in _ACTS], pa.int8()).take(pa.array(act)),
        "intensity": pa.array([score for *_, score in _ACTS]).take(pa.array(act)),
        "source_row": pa.array(np.arange(n)),
    }
    fixed = {
        "date_precision": "day",
        "date_basis": "feed",
        "symmetric": False,
        "status": "actual",
        "retrospective": False,
        "intensity_scale": "goldstein",
        "feed": FEED,
        "record_kind": "feed",
    }
    return pa.table([_column(name, n, columns, fixed) for name in REPORTS.names], schema=REPORTS)


def _column(name: str, n: int, columns: dict[str, pa.Array], fixed: dict[str, object]) -> pa.Array:
    kind = REPORTS.field(name).type
    if name in columns:
        return columns[name].cast(kind)
    if pa.types.is_list(kind):
        return pa.array([[]] * n, kind)
    return pa.repeat(pa.scalar(fixed.get(name), kind), n)


def _days(random: np.random.Generator, world: World, month: npt.NDArray[np.int64]) -> npt.NDArray[np.generic]:
    begin = world.first.year * 12 + world.first.month - 1
    calendar_months = [divmod(begin + step, 12) for step in range(world.months)]
    starts = np.array([f"{year:04d}-{at + 1:02d}-01" for year, at in calendar_months], dtype="datetime64[D]")
    lengths = np.array([calendar.monthrange(year, at + 1)[1] for year, at in calendar_months])
    return np.asarray(starts[month] + random.integers(0, lengths[month]).astype("timedelta64[D]"))
