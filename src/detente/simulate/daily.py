"""Feeds by day with planted action and reaction, coverage surges and a cause that both sides share."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detente.model.events import Dyad
from detente.simulate.rows import report_rows

Numbers = npt.NDArray[np.float64]
_CAUSE_LIFE: Final = 4.0  # half-life in days of the cause's own bursts
_LAGS: Final = ((1, 3), (4, 8))  # days after which the sides follow the cause


@dataclass(frozen=True, slots=True)
class AnswerWorld:
    """Two sides that may answer each other, a third party, and the rest of a feed.

    Attributes:
        days: Length.
        first: First day.
        rate: Expected acts of a side a day that answer nothing, before what moves it.
        own: Acts that an act brings about on its own side (branching ratio).
        a_to_b: Acts of B that an act of A brings about.
        b_to_a: Acts of A that an act of B brings about.
        half_life: Days until half of them are done.
        dispersion: Variance of a day's count over its mean, from 1 (Poisson).
        wander: Standard deviation of the log level, each side on its own.
        persistence: Autocorrelation of the log level from month to month.
        surges: Number of coverage surges that multiply every rate, of one to three months.
        surge: Factor of a surge.
        cause: Acts that an act of the third party brings about on either side, sooner on A's than on B's.
        cause_rate: Acts of the third party a day, bursts included.
        others: Rows a day that involve neither side.
        sides: Codes of A and B in the rows.
        third: Code of the third party.
        rest: Codes of the two who do what involves neither side.
    """

    days: int = 3652
    first: date = date(2000, 1, 1)
    rate: float = 0.15
    own: float = 0.3
    a_to_b: float = 0.0
    b_to_a: float = 0.0
    half_life: float = 4.0
    dispersion: float = 1.5
    wander: float = 0.3
    persistence: float = 0.8
    surges: int = 0
    surge: float = 3.0
    cause: float = 0.0
    cause_rate: float = 0.2
    others: float = 12.0
    sides: tuple[str, str] = ("AAA", "BBB")
    third: str = "CCC"
    rest: tuple[str, str] = ("DDD", "EEE")


@dataclass(frozen=True, slots=True)
class SimulatedDays:
    """Acts by day, each (n_days,): of A toward B, of B toward A, of the third party, of the rest."""

    a: Numbers
    b: Numbers
    cause: Numbers
    others: Numbers


def simulate_days(seed: int, world: AnswerWorld) -> SimulatedDays:
    """Draw counts of days.

    Args:
        seed: The same seed and world give the same counts.
        world: What to draw.

    Returns:
        The counts.

    Raises:
        ValueError: If an act brings about one act or more in all, or a rate cannot be drawn from.
    """
    branching = world.own + np.sqrt(max(world.a_to_b * world.b_to_a, 0.0))
    if branching >= 1 or world.rate <= 0 or world.days < 1 or world.half_life <= 0 or world.dispersion < 1:
        raise ValueError(
            f"world with branching ratio {branching:.2f}, rate {world.rate}, days {world.days}, half-life "
            f"{world.half_life}, dispersion {world.dispersion}: expected a ratio below 1, rate, days and half-life "
            "above 0, dispersion from 1"
        )
    random = np.random.default_rng(seed)
    coverage = _coverage(random, world)
    cause = _bursts(random, world, coverage)
    bases = [world.rate * coverage * np.exp(_wander(random, world)) for _ in range(2)]
    bases = [base + world.cause * _after(cause, *lags) for base, lags in zip(bases, _LAGS, strict=True)]
    a, b = _answer(random, world, bases)
    return SimulatedDays(a, b, cause, random.poisson(world.others * coverage).astype(float))


def simulate_answers(seed: int, world: AnswerWorld) -> pa.Table:
    """Draw a feed of `simulate_days`; the third party acts toward the first side.

    Args:
        seed: The same seed and world give the same rows.
        world: What to draw.

    Returns:
        Rows of the `reports` table, feed `simulated`, all of them accusations or assaults dated to a day.
    """
    drawn = simulate_days(seed, world)
    a, b = world.sides
    pairs = (Dyad(a, b), Dyad(b, a), Dyad(world.third, a), Dyad(*world.rest))
    counts = np.stack([drawn.a, drawn.b, drawn.cause, drawn.others]).astype(np.int64)
    pair, day = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    hard = np.random.default_rng(seed + 1).random(len(pair)) < 0.5
    return report_rows(pairs, pair, 2 + hard.astype(np.int64), np.datetime64(world.first, "D") + day)


def _coverage(random: np.random.Generator, world: AnswerWorld) -> Numbers:
    coverage = np.where(np.arange(world.days) % 7 < 5, 1.1, 0.75)  # fewer papers at the weekend
    surged = np.ones(world.days)
    for start in random.integers(0, world.days, world.surges):
        surged[start : start + random.integers(30, 91)] = world.surge
    return coverage * surged


def _wander(random: np.random.Generator, world: AnswerWorld) -> Numbers:
    months = world.days // 30 + 2
    level = random.normal(0, world.wander, months)
    for month in range(1, months):
        level[month] = world.persistence * level[month - 1] + np.sqrt(1 - world.persistence**2) * level[month]
    return np.interp(np.arange(world.days), np.arange(months) * 30, level) - world.wander**2 / 2


def _bursts(random: np.random.Generator, world: AnswerWorld, coverage: Numbers) -> Numbers:
    keep, own, past = 2 ** (-1 / _CAUSE_LIFE), 0.6, 0.0
    acts = np.zeros(world.days)
    for day in range(world.days):
        acts[day] = random.poisson(world.cause_rate * (1 - own) * coverage[day] + own * past)
        past = keep * past + (1 - keep) * acts[day]
    return acts


def _after(acts: Numbers, first: int, last: int) -> Numbers:
    """The mean of the acts `first` to `last` days before."""
    kernel = np.zeros(last + 1)
    kernel[first:] = 1 / (last - first + 1)
    return np.convolve(acts, kernel)[: len(acts)]


def _answer(random: np.random.Generator, world: AnswerWorld, bases: list[Numbers]) -> tuple[Numbers, Numbers]:
    keep, past_a, past_b = 2 ** (-1 / world.half_life), 0.0, 0.0
    a, b = np.zeros(world.days), np.zeros(world.days)
    for day in range(world.days):
        a[day] = _count(random, bases[0][day] + world.own * past_a + world.b_to_a * past_b, world.dispersion)
        b[day] = _count(random, bases[1][day] + world.own * past_b + world.a_to_b * past_a, world.dispersion)
        past_a, past_b = keep * past_a + (1 - keep) * a[day], keep * past_b + (1 - keep) * b[day]
    return a, b


def _count(random: np.random.Generator, mean: float, dispersion: float) -> int:
    mean = max(mean, 0.0)
    if dispersion > 1 and mean > 0:
        mean = random.gamma(mean / (dispersion - 1), dispersion - 1)
    return int(random.poisson(mean))
