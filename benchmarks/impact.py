"""How right `detente impact` is where the truth is planted, and how fast.

    python benchmarks/impact.py [null | planted | struck | speed] [--draws N] [--seed N] [--save FILE]
    python benchmarks/impact.py pool FILE FILE ...

`null`: how often each estimator's test at 5 % rejects where nothing happened, how often its 90 % interval holds
nothing, and in how many draws the rules of the measure give no estimate (too few acts, donors or movement).
`planted`: bias, cover and width of intervals, and power, for effects of 2 and 3 times. `struck`: the same where a bloc
of donors is struck too, left out of the donors and kept in. `speed`: 200 donors, 400 periods and all placebos, against
a loop over pysyncon's own placebo test (`pip install pysyncon`) on a part of the same panel. `--save` keeps the draws
of a run, `pool` puts runs of the same part with other seeds together.
"""

# ruff: noqa: T201
import argparse
import json
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one process a core instead

import numpy as np

from detente.measure.donors import FEWEST_COUNTED, FEWEST_DONORS
from detente.measure.impact_estimators import ESTIMATORS, estimate_gaps, weigh_effect
from detente.measure.impact_windows import FEWEST_EVENTS
from detente.measure.synthetic import Panel, fit_weights, placebo_mask


@dataclass(frozen=True, slots=True)
class ShockWorld:
    """Weekly conflict counts of a pair and its donors, as in a feed.

    Log levels wander by a first-order autoregression like levant's (weekly 0.7), share a factor with loadings of their
    own, and are told through a coverage that swings and may surge at the shock; counts are negative binomial.

    Attributes:
        donors: Pairs beside the treated one.
        periods: All periods; the last `after` follow the shock, the two before them are left out.
        after: Periods after the shock.
        factor: What the shock does to the treated pair's rate.
        surge: What it does to the coverage of all.
        rate: Mean acts a period of the treated pair.
        bloc: Donors that the shock strikes with the same factor.
    """

    donors: int = 60
    periods: int = 80
    after: int = 12
    factor: float = 1.0
    surge: float = 1.0
    rate: float = 4.0
    persistence: float = 0.7
    wander: float = 0.5
    dispersion: float = 0.3
    common: float = 0.3
    bloc: int = 0


NULLS = {
    "plain": ShockWorld(),
    "36 periods in all": ShockWorld(periods=36),
    "coverage 2.5 times at the shock": ShockWorld(surge=2.5),
    "strong shared factor": ShockWorld(common=0.6),
    "bursty": ShockWorld(dispersion=1.5),
    "few acts, 36 periods in all": ShockWorld(periods=36, rate=0.7),
}
MOVES = 0.25  # of a donor's steps before the shock, as in the measure
PLANTS = {
    "twice": ShockWorld(factor=2.0),
    "twice, coverage 2 times": ShockWorld(factor=2.0, surge=2.0),
    "three times": ShockWorld(factor=3.0),
    "three times, coverage 2 times": ShockWorld(factor=3.0, surge=2.0),
}
STRUCK = {
    "twice, bloc of 15 left out": ShockWorld(factor=2.0, surge=2.0, donors=60, bloc=15),
    "twice, bloc of 15 kept in": ShockWorld(factor=2.0, surge=2.0, donors=60, bloc=-15),
}


def draw_world(seed: int, world: ShockWorld) -> tuple[Panel, float]:
    """A panel at the coverage before, and the true effect in its unit."""
    random = np.random.default_rng(seed)
    units, periods = world.donors + 1, world.periods
    levels = np.exp(random.normal(np.log(world.rate), 0.7, units))
    levels[0] = world.rate
    wander = _autoregress(random, (units, periods), world.persistence) * world.wander
    shared = random.uniform(0, 2, units)[:, None] * _autoregress(random, (1, periods), 0.8) * world.common
    coverage = np.exp(0.2 * random.normal(size=periods))
    first = periods - world.after
    coverage[first:] *= world.surge
    rates = levels[:, None] * np.exp(wander - world.wander**2 / 2 + shared) * coverage
    rates[: 1 + abs(world.bloc), first:] *= world.factor
    counts = random.poisson(rates * random.gamma(1 / world.dispersion, world.dispersion, rates.shape))
    places = np.arange(periods)
    before, after = places < first - 2, places >= first
    exposure = coverage / coverage[before].mean()
    truth = float((rates[0] / exposure)[after].mean() * (1 - 1 / world.factor))
    kept = np.ones(units, dtype=bool)
    kept[1 : 1 + max(world.bloc, 0)] = False
    return Panel((counts / exposure)[kept], before, after), truth


def _autoregress(random: np.random.Generator, shape: tuple[int, int], persistence: float) -> np.ndarray:
    steps = random.normal(size=shape)
    for at in range(1, shape[1]):
        steps[:, at] = persistence * steps[:, at - 1] + np.sqrt(1 - persistence**2) * steps[:, at]
    return steps


def score_world(seed: int, world: ShockWorld) -> list[list[float]] | None:
    """By estimator: rejected at 5 %, interval holds the truth, error, width, truth; None where there is no estimate."""
    panel, truth = draw_world(seed, world)
    panel, is_enough = keep_donors(panel)
    if not is_enough:
        return None
    gaps, _ = estimate_gaps(panel)
    found = []
    for name in ESTIMATORS:
        effect = weigh_effect(panel, gaps[name], is_count=True)
        held = effect.low <= truth <= effect.high
        found.append([effect.p_value <= 0.05, held, effect.effect - truth, effect.high - effect.low, truth])
    return [[float(value) for value in row] for row in found]


def keep_donors(panel: Panel) -> tuple[Panel, bool]:
    """The donors that the measure's rule leaves, and whether it would estimate at all."""
    before = panel.values[:, panel.before]
    counted, moving = before.sum(axis=1), (np.abs(np.diff(before, axis=1)) > 1e-6).mean(axis=1)
    kept = (counted >= FEWEST_COUNTED) & (moving >= MOVES)
    kept[0] = True
    acts = panel.values[0, panel.before | panel.after].sum()
    is_enough = kept.sum() > FEWEST_DONORS and acts >= FEWEST_EVENTS and panel.moves()
    return Panel(panel.values[kept], panel.before, panel.after), bool(is_enough)


def upper_limit(share: float, draws: int) -> float:
    """Upper 95 % limit of a share (Wilson 1927)."""
    z = 1.96
    middle = share + z**2 / (2 * draws)
    return (middle + z * np.sqrt(share * (1 - share) / draws + z**2 / (4 * draws**2))) / (1 + z**2 / draws)


def score_all(worlds: dict[str, ShockWorld], draws: int, seed: int, save: Path | None) -> None:
    """Print a line a world and estimator, and keep the draws if asked."""
    scored: dict[str, list[list[list[float]] | None]] = {}
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for name, world in worlds.items():
            found = pool.map(partial(score_world, world=world), range(seed, seed + draws), chunksize=20)
            scored[name] = list(found)
    tell_all(scored, f"{draws} draws a world, seed {seed}")
    if save is not None:
        save.write_text(json.dumps({"seeds": [seed, seed + draws - 1], "scored": scored}), encoding="utf-8")


def tell_all(scored: dict[str, list[list[list[float]] | None]], heading: str) -> None:
    """Print the rates of some draws."""
    print(heading)
    print(
        "world | no estimate | estimator | rejects (upper limit) | intervals hold | bias of effect | width in effects"
    )
    for name, found in scored.items():
        told = np.array([item for item in found if item is not None], dtype=float)
        none = f"{len(found) - len(told)} of {len(found)}"
        if not len(told):
            print(f"{name} | {none}")
            continue
        for at, estimator in enumerate(ESTIMATORS):
            rejects, holds, error, width, truth = told[:, at].T
            size = truth.mean()
            bias = f"{error.mean() / size:+.1%} (se {error.std() / np.sqrt(len(told)) / size:.1%})" if size else "-"
            wide = f"{np.median(width) / size:.1f}" if size else f"{np.median(width):.1f} acts"
            share = rejects.mean()
            limit = upper_limit(share, len(told))
            print(f"{name} | {none} | {estimator} | {share:.1%} ({limit:.1%}) | {holds.mean():.1%} | {bias} | {wide}")


def pool_runs(files: list[Path]) -> None:
    """Print the rates of several runs of a part together; their seeds may not overlap."""
    runs = sorted((json.loads(path.read_text(encoding="utf-8")) for path in files), key=lambda run: run["seeds"])
    if any(one["seeds"][1] >= other["seeds"][0] for one, other in pairwise(runs)):
        raise SystemExit("seeds overlap: the same draws would count twice")
    scored: dict[str, list[list[list[float]] | None]] = {}
    for run in runs:
        for name, found in run["scored"].items():
            scored.setdefault(name, []).extend(found)
    seeds = ", ".join("{} to {}".format(*run["seeds"]) for run in runs)
    tell_all(scored, f"pooled from seeds {seeds}")


def time_placebos(_draws: int, seed: int, _save: Path | None) -> None:
    """Print the seconds of all placebos, and the ratio to pysyncon's loop over a part of the same panel."""
    panel, _ = draw_world(seed, ShockWorld(donors=200, periods=400))
    began = time.perf_counter()
    estimate_gaps(panel)
    all_estimators = time.perf_counter() - began
    targets = np.arange(len(panel.values))
    began = time.perf_counter()
    fit_weights(panel, targets, placebo_mask(len(targets)))
    ours = time.perf_counter() - began
    print(
        f"200 donors, 400 periods, all placebos: synthetic control {ours:.1f} s, all estimators {all_estimators:.1f} s"
    )
    few = 2
    began = time.perf_counter()
    if _loop_peer(panel, few):
        peer = (time.perf_counter() - began) / few * len(targets)
        print(f"pysyncon, {few} placebos timed, for all {len(targets)}: {peer:.0f} s; ratio {peer / ours:.0f}")


def _loop_peer(panel: Panel, few: int) -> bool:
    try:
        from pysyncon import Synth
    except ImportError:
        print("pysyncon is not installed: no ratio")
        return False
    import pandas as pd

    before = panel.values[:, panel.before]
    for at in range(1, few + 1):
        others = [unit for unit in range(1, len(before)) if unit != at]
        donors = pd.DataFrame(before[others].T, columns=others)
        target = pd.Series(before[at], name=at)
        Synth().fit(X0=donors, X1=target, Z0=donors, Z1=target, custom_V=np.ones(len(donors)))
    return True


def main() -> None:
    """Run one part."""
    parts: dict[str, Callable[[int, int, Path | None], None]] = {
        "null": partial(score_all, NULLS),
        "planted": partial(score_all, PLANTS),
        "struck": partial(score_all, STRUCK),
        "speed": time_placebos,
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("part", choices=[*parts, "pool"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    if given.part == "pool":
        pool_runs(given.files)
    else:
        parts[given.part](given.draws, given.seed, given.save)


if __name__ == "__main__":
    main()
