"""How right `detente reciprocity` is where the truth is planted, and how fast.

    python benchmarks/reciprocity.py [planted | null | ways | speed] [--worlds N] [--first SEED] [--only WORLD ...]
                                     [--save FILE]
    python benchmarks/reciprocity.py pool FILE FILE ...

`planted`: bias, coverage of the 90 % intervals and their width, for a planted answer in one direction.
`null`: how often a test at 5 % finds an answer where there is none, both directions of each world.
`ways`: the same by both methods, with and without the baseline and the third parties.
`speed`: dyads a second, the whole measure over thirty years of days.
`--first`: seed of the first world. `--save FILE` keeps the answers of `planted` and `null`, a world at a time; `pool`
tells those of all runs together, however short, and counts no world twice.
"""

# ruff: noqa: T201
import argparse
import json
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one process a core instead

import numpy as np

from detente.measure.answers import Question, fit_excitations, fit_regressions, gather_outside
from detente.measure.daily import DailyPair
from detente.measure.reciprocity import FEWEST_EVENTS, measure_reciprocity
from detente.model import Dyad, Selection
from detente.model.reciprocity import Response
from detente.simulate import FEED, AnswerWorld, simulate_answers, simulate_days

SIDES = ("AAA>BBB", "BBB>AAA")
PLANTED = AnswerWorld(rate=0.17, a_to_b=0.25, surges=4)
PLANTS = {
    "0.25 at 4 days": PLANTED,
    "0.25 at 2 days": replace(PLANTED, half_life=2.0),
    "0.25 at 8 days": replace(PLANTED, half_life=8.0),
    "0.40 at 4 days": replace(PLANTED, a_to_b=0.4, rate=0.15),
    "0.25 at 4 days, few acts": replace(PLANTED, rate=0.03),
    "0.25 at 4 days, 30 years": replace(PLANTED, days=10957, rate=0.057, surges=12),
}
NULLS = {
    "flat": AnswerWorld(wander=0.0),
    "shared surges": AnswerWorld(surges=8),
    "shared cause": AnswerWorld(cause=0.4),
    "both, bursty": AnswerWorld(dispersion=3.0, wander=0.8, surges=8, cause=0.4),
    "both, few acts": AnswerWorld(rate=0.01, surges=8, cause=0.02),
    "one-way answers": AnswerWorld(rate=0.17, a_to_b=0.25, surges=8, cause=0.2),
}


def as_pair(seed: int, world: AnswerWorld) -> DailyPair:
    """The days of a world as the measure counts them, all acts conflict."""
    drawn = simulate_days(seed, world)
    counts = {(SIDES[0], "conflict"): drawn.a, (SIDES[1], "conflict"): drawn.b}
    covered = np.ones(world.days, dtype=bool)
    return DailyPair(world.first, counts, drawn.others, {"CCC": drawn.cause}, covered, 0, 0, 0)


def ask(seed: int, world: AnswerWorld, ways: Iterable[tuple[bool, bool]], methods: Iterable[str]) -> list[Response]:
    """The answers of one world."""
    pair = as_pair(seed, world)
    outside = gather_outside(pair, SIDES)
    fits: dict[str, Callable[..., Iterable[Response]]] = {"excitation": fit_excitations, "var": fit_regressions}
    return [
        response
        for baseline, third in ways
        for method in methods
        for response in fits[method](
            pair,
            SIDES,
            Question("conflict", "conflict", "whole", pair.covered, baseline=baseline, third_parties=third),
            outside,
            seed,
        )
    ]


def limits(rate: float, n: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    centre = (rate + 1.92 / n) / (1 + 3.84 / n)
    half = 1.96 * np.sqrt(rate * (1 - rate) / n + 0.96 / n**2) / (1 + 3.84 / n)
    return f"{rate:.1%} [{max(centre - half, 0):.1%}, {centre + half:.1%}]"


def planted(pool: ProcessPoolExecutor, worlds: range, names: Iterable[str], save: Path | None = None) -> None:
    """Print bias, coverage and width."""
    for name in names:
        runs = draw(pool, "planted", name, worlds, save)
        tell_planted(name, [row for rows in runs.values() for row in rows])


def tell_planted(name: str, rows: list[Response]) -> None:
    """Print what the answers to a planted answer came to."""
    world = PLANTS[name]
    there = [row for row in rows if row.from_ == "AAA"]
    values = np.array([[row.response, row.low, row.high, row.p_value] for row in there])
    covered = np.mean((values[:, 1] <= world.a_to_b) & (world.a_to_b <= values[:, 2]))
    lives = [row for row in there if row.half_life_days is not None]
    pace = np.mean([row.half_life_low <= world.half_life <= row.half_life_high for row in lives])
    ratios = values[:, 0] / world.a_to_b
    print(
        f"{name}: {len(there)} runs, {np.mean([row.n_from + row.n_to for row in there]):.0f} acts; "
        f"bias {ratios.mean() - 1:+.1%} (s.e. {ratios.std() / len(there) ** 0.5:.1%}); "
        f"cover {limits(covered, len(there))}; width {np.mean(values[:, 2] - values[:, 1]):.2f}; "
        f"power {np.mean(values[:, 3] <= 0.05):.0%}; "
        f"half-life: median {np.median([row.half_life_days for row in lives]):.1f}, "
        f"cover {limits(pace, len(lives))}",
        flush=True,
    )


def null(pool: ProcessPoolExecutor, worlds: range, names: Iterable[str], save: Path | None = None) -> None:
    """Print rates of rejection at 5 %, the process in days with all that is allowed for."""
    for name in names:
        runs = draw(pool, "null", name, worlds, save)
        tell_rejections(name, [row for rows in runs.values() for row in rows])


def draw(
    pool: ProcessPoolExecutor, part: str, name: str, worlds: range, save: Path | None
) -> dict[int, list[Response]]:
    """The answers of worlds of a kind by seed, each kept as soon as it is there."""
    world = (PLANTS if part == "planted" else NULLS)[name]
    runs = pool.map(partial(ask, world=world, ways=((True, True),), methods=("excitation",)), worlds, chunksize=2)
    found = {}
    for seed, rows in zip(worlds, runs, strict=True):
        found[seed] = rows
        if save is not None:
            with save.open("a", encoding="utf-8") as lines:
                told = [{"part": part, "world": name, "seed": seed, **asdict(row)} for row in rows]
                lines.writelines(json.dumps(row) + "\n" for row in told)
    return found


def pool_runs(files: Iterable[Path]) -> None:
    """Print what the answers of several runs come to together, each world once."""
    found: dict[tuple[str, str], dict[int, list[Response]]] = {}
    for path in files:
        runs: dict[tuple[str, str], dict[int, list[Response]]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            part, name, seed = (row.pop(key) for key in ("part", "world", "seed"))
            runs.setdefault((part, name), {}).setdefault(seed, []).append(Response(**row))
        for key, by_seed in runs.items():
            if again := found.get(key, {}).keys() & by_seed.keys():
                raise SystemExit(f"{path}: seed {min(again)} of {key[1]} was drawn before: it would count twice")
            found.setdefault(key, {}).update(by_seed)
    for (part, name), by_seed in sorted(found.items()):
        rows = [row for seed in sorted(by_seed) for row in by_seed[seed]]
        print(f"{part}, seeds {min(by_seed)} to {max(by_seed)}:", end=" ")
        (tell_planted if part == "planted" else tell_rejections)(name, rows)


def ways(pool: ProcessPoolExecutor, worlds: range, names: Iterable[str]) -> None:
    """Print the same by both methods, with and without what could fool them."""
    for name in names:
        all_four = ((True, True), (True, False), (False, True), (False, False))
        rejections(pool, name, worlds, all_four, ("excitation", "var"))


def rejections(
    pool: ProcessPoolExecutor, name: str, worlds: range, ways: Iterable[tuple[bool, bool]], methods: Iterable[str]
) -> None:
    """Print rates of rejection at 5 % and of intervals that hold zero at 90 %, for one world."""
    runs = pool.map(partial(ask, world=NULLS[name], ways=ways, methods=methods), worlds, chunksize=2)
    tell_rejections(name, [row for run in runs for row in run])


def tell_rejections(name: str, rows: list[Response]) -> None:
    """Print what the tests of a world came to, by method and what was allowed for; what is refused is no test."""
    rows = [row for row in rows if NULLS[name].a_to_b == 0 or row.from_ == "BBB"]
    for baseline, third, method in dict.fromkeys((row.baseline, row.third_parties, row.method) for row in rows):
        asked = [row for row in rows if (row.baseline, row.third_parties, row.method) == (baseline, third, method)]
        found = [row for row in asked if min(row.n_from, row.n_to) >= FEWEST_EVENTS]
        if not found:
            print(f"{name}: {method}, baseline {baseline}, third parties {third}: abstains {len(asked)}", flush=True)
            continue
        rejected = np.mean([row.p_value <= 0.05 for row in found])
        fewer = np.mean([row.p_value <= 0.05 and row.response < 0 for row in found])
        holds = np.mean([row.low <= 0 <= row.high for row in found])
        print(
            f"{name}: {method}, baseline {baseline}, third parties {third}: {len(found)} tests, rejects "
            f"{limits(rejected, len(found))}, {fewer:.1%} for fewer acts; intervals hold zero {holds:.1%}; "
            f"{np.mean([row.n_to for row in found]):.0f} acts a side; abstains {len(asked) - len(found)}",
            flush=True,
        )


def speed() -> None:
    """Print dyads a second of processor time."""
    import ibis

    table = simulate_answers(1, replace(PLANTED, days=10957, rate=0.06, surges=12, cause=0.1))
    view = ibis.memtable(table)
    view = view.mutate(event_id=view.report_id, n_reports=ibis.literal(1)).cache()
    asked = Selection(Dyad("AAA", "BBB"), ("AAA",), ("BBB",), FEED, "feed")
    measure_reciprocity(view, asked)  # loading the libraries is no measuring
    started = time.process_time()
    result = measure_reciprocity(view, asked)
    spent = time.process_time() - started
    print(f"thirty years of days, {len(result.responses)} responses: {1 / spent:.2f} dyads a second of one core")


def main() -> None:
    """Run the part that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="?", choices=("planted", "null", "ways", "speed", "pool"))
    parser.add_argument("files", nargs="*", type=Path, help="of `pool`: what other runs saved")
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--save", type=Path, metavar="FILE", help="of `planted` and `null`: where answers are kept")
    parser.add_argument("--only", nargs="+", metavar="WORLD", help="names of worlds; all without it")
    given = parser.parse_args()
    if given.part == "pool":
        pool_runs(given.files)
        return
    parts = {
        "planted": (partial(planted, save=given.save), PLANTS),
        "null": (partial(null, save=given.save), NULLS),
        "ways": (ways, NULLS),
    }
    with ProcessPoolExecutor() as pool:
        for name, (run, worlds) in parts.items():
            if given.part in (None, name):
                run(
                    pool,
                    range(given.first, given.first + given.worlds),
                    [one for one in worlds if given.only is None or one in given.only],
                )
    if given.part in (None, "speed"):
        speed()


if __name__ == "__main__":
    main()
