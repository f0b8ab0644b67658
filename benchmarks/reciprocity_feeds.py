"""`detente reciprocity` on real feeds: the published pairs, and how long every pair of a feed takes.

    python benchmarks/reciprocity_feeds.py published FOLDER
    python benchmarks/reciprocity_feeds.py dyads FOLDER [--least N] [--jobs N]

FOLDER holds KEDS files (`gulf.parquet`, `levant.parquet`). `published`: conflict answered by conflict with and without
baseline and third parties, and what acts of the United States toward either side bring about between Israel and the
Palestinians. `dyads`: processor and wall time of the whole measure for every pair of levant with N acts or more.
"""

# ruff: noqa: T201
import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one process a core instead

import ibis
import ibis.expr.types as ir
import numpy as np

from detente.feeds import read_feed
from detente.measure.answers import Question, fit_excitations, fit_regressions, gather_outside
from detente.measure.baseline import Context
from detente.measure.daily import DailyPair, count_days
from detente.measure.excitation import fit_excitation
from detente.measure.reciprocity import measure_reciprocity
from detente.measure.select import direction_names
from detente.model import Dyad, Selection

PUBLISHED = (("gulf", "IRN", "IRQ", "state"), ("gulf", "IRN", "SAU", "state"), ("levant", "ISR", "PSE", "all"))
ALLOWED = ((True, True), (True, False), (False, True), (False, False))


@cache
def view_of(folder: Path, name: str) -> ir.Table:
    """A KEDS file as an event view, held in memory."""
    table = ibis.memtable(read_feed("keds", folder / f"{name}.parquet", name=name).reports)
    return table.mutate(event_id=table.report_id, n_reports=ibis.literal(1)).cache()


def select(name: str, a: str, b: str, actors: str) -> Selection:
    """The selection of a pair in a file."""
    return Selection(Dyad(a, b), (a,), (b,), name, "feed", actors)  # type: ignore[arg-type]


def published(folder: Path) -> None:
    """Print the published pairs, by both methods, with and without what is allowed for."""
    for name, a, b, actors in PUBLISHED:
        selection = select(name, a, b, actors)
        pair = count_days(view_of(folder, name), selection)
        sides = direction_names(selection)
        outside = gather_outside(pair, sides)
        for baseline, third in ALLOWED:
            question = Question("conflict", "conflict", "whole", pair.covered, baseline=baseline, third_parties=third)
            fits = [
                *fit_excitations(pair, sides, question, outside, 0),
                *fit_regressions(pair, sides, question, outside, 0),
            ]
            for row in fits:
                print(
                    f"{name}: {row.to} answers {row.from_}, {row.method}, baseline {baseline}, third parties {third}: "
                    f"{row.response:.2f} [{row.low:.2f}, {row.high:.2f}], p {row.p_value:.3f}, half-life "
                    f"{row.half_life_days and round(row.half_life_days, 1)}",
                    flush=True,
                )
    outsiders(folder)


def outsiders(folder: Path) -> None:
    """Print what acts of the United States toward one side bring about from it toward the other."""
    view = view_of(folder, "levant")
    selection = select("levant", "ISR", "PSE", "all")
    pair = count_days(view, selection)
    none = np.zeros((pair.days, 0))
    for side, way in zip(("ISR", "PSE"), direction_names(selection), strict=True):
        for kind in ("conflict", "cooperation"):
            acts = toward(view, "USA", side, kind, pair)
            for baseline in (True, False):
                outside = gather_outside(
                    replace(pair, third={k: v for k, v in pair.third.items() if k != "USA"}), (way,) * 2
                )
                context = Context(
                    level=baseline,
                    swing=outside.swing if baseline else none,
                    inputs=outside.lagged if baseline else none,
                    kept=pair.covered,
                )
                for answer in ("conflict", "cooperation"):
                    own = pair.counts[way, answer]
                    fit = fit_excitation(own, acts, context, own=own, seed=0)
                    print(
                        f"levant: USA>{side} {kind} ({acts.sum():.0f}) on {way} {answer}, baseline and third parties "
                        f"{baseline}: {fit.branching:.2f} [{fit.low:.2f}, {fit.high:.2f}], p {fit.p_value:.3f}",
                        flush=True,
                    )


def toward(view: ir.Table, a: str, b: str, kind: str, pair: DailyPair) -> np.ndarray:
    """Acts of one toward another by the days of a pair."""
    other = count_days(view, select("levant", a, b, "all"))
    acts, begin = np.zeros(pair.days), (other.first - pair.first).days
    days = np.arange(other.days) + begin
    inside = (days >= 0) & (days < pair.days)
    acts[days[inside]] = other.counts[f"{a}>{b}", kind][inside]
    return acts


def pairs_of(view: ir.Table, least: int) -> Iterator[tuple[str, str]]:
    """Pairs of states with so many acts or more."""
    rows = view.filter(view.source_country.notnull(), view.target_country.notnull())
    counted = rows.group_by(["source_country", "target_country"]).aggregate(n=rows.count()).to_pyarrow().to_pylist()
    totals: Counter[tuple[str, str]] = Counter()
    for row in counted:
        if row["source_country"] != row["target_country"]:
            a, b = sorted((row["source_country"], row["target_country"]))
            totals[a, b] += row["n"]
    yield from sorted(pair for pair, n in totals.items() if n >= least)


def one(sides: tuple[str, str], folder: Path) -> tuple[float, int]:
    """Processor seconds and responses of a pair."""
    view = view_of(folder, "levant")
    begun = time.process_time()
    result = measure_reciprocity(view, select("levant", *sides, "all"))
    return time.process_time() - begun, len(result.responses)


def dyads(folder: Path, least: int, jobs: int) -> None:
    """Print the time that all pairs take."""
    pairs = list(pairs_of(view_of(folder, "levant"), least))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        begun = time.monotonic()
        spent = list(pool.map(partial(one, folder=folder), pairs))
        wall = time.monotonic() - begun
    seconds = np.array([seconds for seconds, _ in spent])
    answered = np.array([responses > 0 for _, responses in spent])
    print(
        f"{len(pairs)} pairs with {least} acts or more, {answered.sum()} with an answer: {seconds.sum():.0f} s of "
        f"processor time ({seconds[answered].mean():.2f} s a pair answered, longest {seconds.max():.2f} s), "
        f"{seconds.sum() / jobs:.0f} s on {jobs} free cores; {wall:.0f} s by the clock here",
        flush=True,
    )


def main() -> None:
    """Run the part that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=("published", "dyads"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--least", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    if given.part == "published":
        published(given.folder)
    else:
        dyads(given.folder, given.least, given.jobs)


if __name__ == "__main__":
    main()
