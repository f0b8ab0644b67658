"""How often the before/after estimator rejects where nothing happened, and how often its intervals hold.

`pytest tests/measure/test_impact_calibration.py -s` prints the table of `docs/measures/impact.md`.
"""

import sys
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.measure.impact import change_interval, placebo_effects
from detente.measure.impact_outcomes import Outcome
from detente.measure.impact_windows import Window
from detente.model import Dyad
from detente.simulate import Shift, Surge, World, simulate_dyads

N_DYADS = 400
MONTHS = 121
SHOCK = date(2009, 1, 1)
WINDOW = Window(stop=107, start=109, before=24, after=12)  # a month of anticipation and the month of the shock
DYADS = tuple(Dyad("AAA", f"X{number:03d}") for number in range(N_DYADS))
FLAT = World(DYADS, months=MONTHS, wander=0.0)
WANDERING = World(DYADS, months=MONTHS, wander=0.4, persistence=0.5)
DRIFTING = World(DYADS, months=MONTHS, wander=0.4, persistence=0.95)
SURGE = replace(WANDERING, surges=(Surge(SHOCK, 2.0),))
DOUBLED = replace(WANDERING, shifts=tuple(Shift(dyad, SHOCK, 2.0) for dyad in DYADS))


def conflict_by_month(world: World, seed: int) -> np.ndarray:
    table = simulate_dyads(seed, world).select(["target_country", "date_start", "quad"]).to_pandas()
    conflict = table[table["quad"] >= 3]
    days = conflict["date_start"].to_numpy().astype("datetime64[M]")
    months = (days - np.datetime64("2000-01", "M")).astype(int)
    counts = np.zeros((N_DYADS, MONTHS))
    np.add.at(counts, (conflict["target_country"].str[1:].astype(int).to_numpy(), months), 1.0)
    return counts


def score(world: World, truth: float, *, adjusted: bool = False) -> tuple[float, float, float]:
    """Share of p at or below .05, share of intervals that hold the truth, mean width."""
    counts = conflict_by_month(world, seed=7)
    random = np.random.default_rng(7)
    total = counts.sum(axis=0)
    rejects, holds, widths = [], [], []
    for row in counts:
        exposure = (total - row) / (total - row).mean() if adjusted else np.ones(MONTHS)
        outcome = Outcome("conflict_volume", "joint", row, exposure, "events per month")
        effect = abs(outcome.change(WINDOW))
        placebos = np.abs(placebo_effects(outcome, WINDOW))
        rejects.append((np.sum(placebos >= effect) + 1) / (len(placebos) + 1) <= 0.05)
        low, high = change_interval(outcome, WINDOW, random)
        holds.append(low <= truth <= high)
        widths.append(high - low)
    return float(np.mean(rejects)), float(np.mean(holds)), float(np.mean(widths))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "world", "truth", "adjusted", "most_rejected", "least_held"),
    [
        ("flat", FLAT, 0.0, False, 0.12, 0.85),
        ("wandering", WANDERING, 0.0, False, 0.12, 0.80),
        ("drifting", DRIFTING, 0.0, False, 0.25, 0.30),
        ("coverage doubles", SURGE, 0.0, False, 1.0, 0.0),
        ("coverage doubles, adjusted", SURGE, 0.0, True, 0.12, 0.80),
        ("conflict doubles", DOUBLED, 5.0, False, 1.0, 0.80),
    ],
)
def test_rates_stay_where_the_page_says(
    name: str, world: World, truth: float, adjusted: bool, most_rejected: float, least_held: float
) -> None:
    rejected, held, width = score(world, truth, adjusted=adjusted)
    sys.stdout.write(f"\n{name}: rejects {rejected:.1%}, holds {held:.1%}, width {width:.2f}\n")
    assert rejected <= most_rejected
    assert held >= least_held


@pytest.mark.slow
def test_a_doubling_is_seen_more_often_than_nothing() -> None:
    assert score(DOUBLED, 5.0)[0] > 2 * score(WANDERING, 0.0)[0]


@pytest.mark.slow
def test_a_surge_of_coverage_fools_the_plain_estimator() -> None:
    assert score(SURGE, 0.0)[0] > 2 * score(SURGE, 0.0, adjusted=True)[0]
