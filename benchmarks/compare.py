"""How often the 90 % interval of a change in `detente compare` holds the planted change.

    python benchmarks/compare.py [--draws 1000] [--seed 5]

Months of a pair before and after a date: the logs of the rate and of the odds of conflict wander (autocorrelation 0.7),
acts are negative binomial, and the odds double at the date in half of the draws. The truth is what the same wandering
gives in the long run.
"""

# ruff: noqa: T201
import argparse

import numpy as np

from detente.measure.intervals import Numbers, long_run_change_interval

STAY = 0.7  # autocorrelation from month to month
SPREAD = 0.5  # of the logs


def wander(n: int, random: np.random.Generator) -> Numbers:
    """A stationary path of the first order, (n,)."""
    steps = random.normal(0, SPREAD * np.sqrt(1 - STAY**2), n)
    path = np.zeros(n)
    path[0] = random.normal(0, SPREAD)
    for at in range(1, n):
        path[at] = STAY * path[at - 1] + steps[at]
    return path


def share_of(odds: Numbers, shift: float) -> Numbers:
    """The share of conflict at log odds, moved."""
    return np.asarray(1 / (1 + np.exp(-odds - shift)))


def main() -> None:
    """Print the coverage by months a side and acts a month."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    random = np.random.default_rng(given.seed)
    long_run = random.normal(0, SPREAD, 1_000_000)
    for months in (12, 36, 120):
        for level in (3.0, 20.0):
            inside, widths = [], []
            for draw in range(given.draws):
                shift = np.log(2) * (draw % 2)
                truth = float(share_of(long_run, shift).mean() - share_of(long_run, 0.0).mean())
                odds = wander(2 * months, random)
                rate = level * np.exp(wander(2 * months, random))
                n = random.negative_binomial(4, 4 / (4 + rate))
                moved = np.concatenate([share_of(odds[:months], 0.0), share_of(odds[months:], shift)])
                conflict = random.binomial(n, moved).astype(float)
                acts = n.astype(float)
                sides = [(conflict[part], acts[part]) for part in (slice(None, months), slice(months, None))]
                if min(acts[:months].sum(), acts[months:].sum()) == 0:
                    continue
                low, high = long_run_change_interval(sides[0], sides[1])
                inside.append(low <= truth <= high)
                widths.append(high - low)
            print(
                f"{months} months a side, {level:g} acts a month: {np.mean(inside):.1%} of {len(inside)} intervals "
                f"hold the change of the conflict share; width {np.mean(widths):.2f}"
            )


if __name__ == "__main__":
    main()
