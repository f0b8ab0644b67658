"""Index and breaks measured where the truth is known, and on real series with nothing left to find.

    python benchmarks/measures.py breaks --shared ../shared/data [--reshuffles 6]
    python benchmarks/measures.py intervals [--draws 400] [--seed 1]
    python benchmarks/measures.py tone --shared ../shared/data [--draws 400] [--seed 2]
    python benchmarks/measures.py speed --shared ../shared/data
    python benchmarks/measures.py levant --shared ../shared/data [--least 100] [--jobs 2] [--piece 1/4 --save FILE]
    python benchmarks/measures.py pool FILE FILE ...

`breaks`: known shocks found within two months with the right sign, breaks a decade, the share of random dates that hit
as well, and breaks a decade of the same series reshuffled in blocks. `intervals`: how often 90 % intervals of one
period hold the truth, and their width. `tone`: real months of 30 scored acts or more of which a few are kept: how often
the interval of those holds the mean, and the share of conflict, of the others. `speed`: index, breaks, reciprocity and
exchanges of one pair over 30 years, in seconds. `levant`: the same four for every pair of levant with that many acts,
on so many processes; `--piece 2/4` takes every fourth pair from the second, `pool` adds up what the pieces saved.
"""

import argparse
import csv
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one process a core instead

import numpy as np

from detente.measure.breaks import find_breaks
from detente.measure.changes import Change, detect_changes
from detente.measure.index import measure_index
from detente.measure.intervals import count_estimates, mean_estimates, rate_estimates, share_estimates
from detente.measure.paired_acts import measure_exchanges
from detente.measure.periods import assign_periods
from detente.measure.reciprocity import measure_reciprocity
from detente.measure.select import select_events
from detente.measure.series import build_series
from detente.model import Dyad, Selection

COLUMNS = {"conflict_volume": "conflict", "cooperation_volume": "cooperation"}
NEAR_DAYS = 62
BUSY = (("levant", "ISR>PSE"), ("levant", "ISR>LBN"), ("gulf", "IRN>IRQ"), ("gulf", "IRQ>USA"))


def say(text: str) -> None:
    """A line of the answer."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def load_keds(folder: Path, name: str, dyad: str) -> tuple[Any, Selection]:
    """A KEDS set as an event view in which the sides of a directed dyad are AAA and BBB, as the tests load it."""
    path = Path(__file__).parents[1] / "tests" / "measure" / "conftest.py"
    spec = importlib.util.spec_from_file_location("measure_fixtures", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    fixtures = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fixtures)
    fixtures.DATA = folder
    table = fixtures._keds_table(name, *dyad.split(">"))
    return fixtures.as_view(table), Selection(Dyad("AAA", "BBB"), ("AAA",), ("BBB",), name, "feed", "all")


def breaks(shared: Path, reshuffles: int) -> None:
    """Known shocks, random dates, and the same series reshuffled."""
    with (shared / "known_answers.csv").open(encoding="utf-8", newline="") as lines:
        known = [row for row in csv.DictReader(lines) if row["set"] != "icews" and row["series"] in COLUMNS]
    series: dict[tuple[str, str, str], tuple[Any, list[date]]] = {}
    for row in known:
        key = row["set"], row["dyad"], row["series"]
        if key not in series:
            built = build_series(*load_keds(shared, row["set"], row["dyad"]), "month")
            whole = built.whole
            periods = [start for start, kept in zip(built.periods, whole, strict=True) if kept]
            series[key] = built.sums["AAA>BBB"][COLUMNS[row["series"]]][whole], periods
    decades = sum(len(values) for values, _ in series.values()) / 120
    random = np.random.default_rng(0)
    for rate in (0.6, float("inf")):
        found = {key: detect_changes(values, counts=True, false_rate=rate) for key, (values, _) in series.items()}
        hits, chances = [], []
        for row in known:
            key = row["set"], row["dyad"], row["series"]
            periods, sign = series[key][1], 1 if row["change"] == "+" else -1
            shock = date.fromisoformat(row["shock"]).replace(day=1)
            hits.append(is_hit(found[key], periods, shock, sign))
            drawn = random.integers(0, len(periods), 500)
            chances.append(np.mean([is_hit(found[key], periods, periods[at], sign) for at in drawn]))
        told = sum(len(changes) for changes in found.values()) / decades
        say(
            f"false rate {rate:g}: {sum(hits)} of {len(hits)} found, {told:.2f} breaks a decade, "
            f"random dates hit {np.mean(chances):.0%}"
        )
    for length in (3, 6, 12):
        mixed = [shuffle(values, length, random) for values, _ in series.values() for _ in range(reshuffles)]
        count = sum(len(detect_changes(values, counts=True)) for values in mixed)
        say(f"reshuffled in blocks of {length}: {count / decades / reshuffles:.2f} a decade")


def shuffle(values: Any, length: int, random: np.random.Generator) -> Any:
    """A series with its blocks in random order."""
    blocks = np.split(values, np.arange(int(random.integers(0, length)), len(values), length))
    return np.concatenate([blocks[number] for number in random.permutation(len(blocks))])


def is_hit(changes: list[Change], periods: list[date], day: date, sign: int) -> bool:
    """Whether a change of the sign lies within two months of a day."""
    return any(abs((periods[change.at] - day).days) <= NEAR_DAYS and change.size * sign > 0 for change in changes)


def intervals(draws: int, seed: int) -> None:
    """Months of 2, 10 and 50 acts; rates, shares and tone move from month to month."""
    random = np.random.default_rng(seed)
    months = 60
    inside: dict[str, list[float]] = {}
    widths: dict[str, list[float]] = {}

    def note(name: str, estimates: Any, truth: Any) -> None:
        told = [(item, true) for item, true in zip(estimates, truth, strict=True) if item.low is not None]
        inside.setdefault(name, []).append(float(np.mean([item.low <= true <= item.high for item, true in told])))
        widths.setdefault(name, []).append(float(np.mean([item.high - item.low for item, _ in told])))

    for level in (2.0, 10.0, 50.0):
        for _ in range(draws):
            rate = level * np.exp(random.normal(0, 0.5, months))
            n = random.poisson(rate).astype(float)
            others = random.poisson(1000, months).astype(float)
            share = random.beta(6, 4, months)
            conflict = random.binomial(n.astype(int), share).astype(float)
            tone = random.normal(-1, 1.5, months)
            scores = [random.normal(mean, 4, int(count)) for mean, count in zip(tone, n, strict=True)]
            note(f"count, {level:g} a month", count_estimates(n), rate)
            note(f"rate, {level:g} a month", rate_estimates(n, others), rate)
            note(f"share, {level:g} a month", share_estimates(conflict, n), share)
            sums, squares = (np.array([np.sum(part**power) for part in scores]) for power in (1, 2))
            note(f"tone, {level:g} a month", mean_estimates(sums, squares, n), tone)
    for name in sorted(inside):
        say(f"{name}: {np.mean(inside[name]):.1%} of 90 % intervals hold the truth; width {np.mean(widths[name]):.3g}")


def tone(shared: Path, draws: int, seed: int) -> None:
    """Months with 30 scored acts or more, of which 2, 5 or 10 are kept."""
    random = np.random.default_rng(seed)
    months = [acts_by_month(*load_keds(shared, name, dyad)) for name, dyad in BUSY]
    shares(months, draws, random)
    months = [[acts[:, 0] for acts in of_pair] for of_pair in months]
    for kept in (2, 5, 10):
        inside, widths = [], []
        for scores in months:
            for _ in range(max(draws // len(months), 1)):
                mixed = [random.permutation(of_month) for of_month in scores]
                few, rest = [one[:kept] for one in mixed], [one[kept:] for one in mixed]
                sums, squares = (np.array([np.sum(one**power) for one in few]) for power in (1, 2))
                told = mean_estimates(sums, squares, np.full(len(few), float(kept)))
                inside += [holds(one, others) for one, others in zip(told, rest, strict=True)]
                widths += [one.high - one.low for one in told]
        say(
            f"tone of {kept} acts a month, {sum(map(len, months))} months: {np.mean(inside):.1%} of 90 % intervals "
            f"hold the mean of the other acts; width {np.mean(widths):.3g}"
        )


def holds(told: Any, others: Any) -> bool:
    """Whether an interval holds the mean of the other acts, once either half is widened by that mean's own noise."""
    off = others.mean() - told.value
    half = told.high - told.value if off > 0 else told.value - told.low
    return bool(abs(off) <= np.sqrt(half**2 + 1.645**2 * others.var(ddof=1) / len(others)))


def shares(months: list[Any], draws: int, random: np.random.Generator) -> None:
    """The share of conflict of 2, 5 or 10 acts of a month, against that of the month's others."""
    for kept in (2, 5, 10):
        inside, widths = [], []
        for acts in months:
            for _ in range(max(draws // len(months), 1)):
                mixed = [random.permutation(of_month[:, 1]) for of_month in acts]
                told = share_estimates(np.array([one[:kept].sum() for one in mixed]), np.full(len(mixed), float(kept)))
                inside += [holds(one, rest[kept:]) for one, rest in zip(told, mixed, strict=True)]
                widths += [one.high - one.low for one in told]
        say(
            f"share of {kept} acts a month: {np.mean(inside):.1%} of 90 % intervals hold the share of the other acts; "
            f"width {np.mean(widths):.3g}"
        )


def acts_by_month(events: Any, asked: Selection) -> list[Any]:
    """Score and whether it is conflict, (n_acts, 2), of a pair's acts, both directions, by month with 30 or more."""
    acts = assign_periods(select_events(events, asked), "month")
    acts = acts.filter(acts.intensity.notnull(), acts.event_type.notnull(), acts.period.notnull())
    acts = acts.mutate(hostile=acts.quad.isin([3, 4]) & (acts.event_type != "REQUEST"))
    found: dict[date, list[tuple[float, float]]] = {}
    for row in acts.order_by(["period", "event_id"]).select("period", "intensity", "hostile").to_pyarrow().to_pylist():
        found.setdefault(row["period"], []).append((row["intensity"], float(row["hostile"])))
    return [np.array(one) for one in found.values() if len(one) >= 30]


def ask_all(events: Any, asked: Selection) -> dict[str, Callable[[], Any]]:
    """The four measures of a pair, by name."""
    return {
        "index by month": lambda: measure_index(events, asked, "month"),
        "breaks by month": lambda: find_breaks(events, asked, "month"),
        "reciprocity": lambda: measure_reciprocity(events, asked),
        "exchanges": lambda: measure_exchanges(events, asked),
    }


def speed(shared: Path) -> None:
    """Seconds for one pair over 30 years."""
    events, asked = load_keds(shared, "levant", "ISR>LBN")
    measures = ask_all(events, asked)
    for ask in measures.values():
        ask()  # loading the libraries is no measuring
    spent, walls = [], []
    for name, ask in measures.items():
        started, begun = time.process_time(), time.monotonic()
        ask()
        spent.append(time.process_time() - started)
        walls.append(time.monotonic() - begun)
        say(f"{name}: {spent[-1]:.1f} s of processor time, {walls[-1]:.1f} s by the clock")
    say(f"all of it: {sum(spent):.1f} s of processor time, {sum(walls):.1f} s by the clock")


def levant(shared: Path, least: int, jobs: int, piece: str, save: Path | None) -> None:
    """Seconds for every pair of levant with so many acts or more, or of a piece of them."""
    from reciprocity_feeds import pairs_of, view_of

    number, of = (int(part) for part in piece.split("/"))
    pairs = list(pairs_of(view_of(shared / "keds", "levant"), least))[number - 1 :: of]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        begun = time.monotonic()
        spent = list(pool.map(partial(one_pair, shared=shared), pairs))
        wall = time.monotonic() - begun
    run = {"least": least, "jobs": jobs, "wall": wall, "spent": spent}
    if save is not None:
        save.write_text(json.dumps(run), encoding="utf-8")
    tell_levant([run])


def tell_levant(runs: list[dict[str, Any]]) -> None:
    """The seconds of one run, or of the pieces of one."""
    spent = [one for run in runs for one in run["spent"]]
    total, jobs = sum(seconds for seconds, _ in spent), runs[0]["jobs"]
    say(
        f"levant: {len(spent)} pairs with {runs[0]['least']} acts or more, {sum(n > 0 for _, n in spent)} with an "
        f"answer of reciprocity: {total:.0f} s of processor time, {total / jobs:.0f} s on {jobs} free cores, "
        f"{max(seconds for seconds, _ in spent):.1f} s the longest; {sum(run['wall'] for run in runs):.0f} s by the "
        "clock here"
    )


def one_pair(sides: tuple[str, str], shared: Path) -> tuple[float, int]:
    """Processor seconds of all four measures, all actors, and the responses told."""
    from reciprocity_feeds import select, view_of

    events = view_of(shared / "keds", "levant")
    begun = time.process_time()
    told = {name: ask() for name, ask in ask_all(events, select("levant", *sides, "all")).items()}
    return time.process_time() - begun, len(told["reciprocity"].responses)


def main() -> None:
    """Run the part asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("breaks", "intervals", "tone", "speed", "levant", "pool"))
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--reshuffles", type=int, default=6)
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--least", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--piece", default="1/1")
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    if given.part == "intervals":
        intervals(given.draws, 1 if given.seed is None else given.seed)
    elif given.part == "pool":
        tell_levant([json.loads(file.read_text(encoding="utf-8")) for file in given.files])
    elif given.shared is None:
        parser.error("this part reads the development data: give --shared")
    elif given.part == "breaks":
        breaks(given.shared, given.reshuffles)
    elif given.part == "tone":
        tone(given.shared, given.draws, 2 if given.seed is None else given.seed)
    elif given.part == "levant":
        levant(given.shared, given.least, given.jobs, given.piece, given.save)
    else:
        speed(given.shared)


if __name__ == "__main__":
    main()
