"""How often the month after falls in the 90 % prediction interval of `detente index`, on months held back.

    python benchmarks/prediction.py --shared ../shared/data [--least 1000] [--months 25] [--seed 0]

Every pair of states with so many acts or more in levant, gulf and balkans; acts, conflict and cooperation of each
direction, of series with a mean of one act a month. Of each series so many months after the first 60 are drawn; each is
forecast from those before it.
"""

# ruff: noqa: T201
import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from reciprocity_feeds import pairs_of, select, view_of

from detente.measure.intervals import Numbers
from detente.measure.prediction import predict_next
from detente.measure.select import JOINT
from detente.measure.series import build_series

SETS = ("levant", "gulf", "balkans")
LEARNT = 60  # months before the first that is forecast


def series_of(folder: Path, name: str, least: int) -> Iterator[Numbers]:
    """The monthly counts of a set's pairs, long enough and not all but empty."""
    view = view_of(folder, name)
    for a, b in pairs_of(view, least):
        built = build_series(view, select(name, a, b, "all"), "month")
        for direction, sums in built.sums.items():
            if direction == JOINT:
                continue
            for kind in ("n", "conflict", "cooperation"):
                counts = sums[kind][built.whole]
                if len(counts) > LEARNT and counts.mean() >= 1:
                    yield counts


def main() -> None:
    """Print the coverage and width of each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--least", type=int, default=1000)
    parser.add_argument("--months", type=int, default=25)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    random = np.random.default_rng(given.seed)
    every: list[tuple[bool, float]] = []
    for name in SETS:
        found: list[tuple[bool, float]] = []
        n_series = 0
        for counts in series_of(given.shared / "keds", name, given.least):
            n_series += 1
            for at in random.integers(LEARNT, len(counts), given.months):
                told = predict_next(counts[:at])
                found.append((told.low <= counts[at] <= told.high, told.high - told.low))
        say(name, n_series, found)
        every += found
    say("all", 0, every)


def say(name: str, n_series: int, found: list[tuple[bool, float]]) -> None:
    """A line of the answer."""
    of = f"{n_series} series, " if n_series else ""
    inside, widths = np.mean(found, axis=0)
    print(f"{name}: {of}{len(found)} months, {inside:.1%} in the interval, mean width {widths:.1f} acts")


if __name__ == "__main__":
    main()
