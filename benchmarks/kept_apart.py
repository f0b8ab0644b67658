"""What is said of named shocks that nothing was tried on: pair, outcome and sign are fixed in a table.

    python benchmarks/kept_apart.py --shared ../shared/data
    python benchmarks/kept_apart.py --shared ../shared/data --ask breaks

`kept_apart.csv` was written before the first run and holds each named shock of `detente shocks` that falls in the ICEWS
or KEDS files at hand and strikes a pair of states of theirs: conflict goes up at a war, an attack or an arrest,
cooperation at a treaty. Where a week is too long for an estimate the day is asked too. Prints a line each.

`--ask breaks` asks `detente breaks` by month instead, of the KEDS rows that `known_answers.csv` lacks: whether a
break of the expected sign, told in the outcome's series (joint or of either direction), lies within two months of the
shock, and which share of all months such breaks would hit as well.
"""

# ruff: noqa: T201
import argparse
import csv
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import detente as dt
from detente.api.impacts import ImpactQuestion, answer_impact
from detente.api.records import read_record
from detente.api.shocks import read_shock
from detente.model import ImpactResult

NEAR_DAYS = 62
FILES = {"icews": ("icews", "icews/raw_daily/*.tab.gz")}


@dataclass(frozen=True, slots=True)
class Kept:
    """A shock of the table."""

    a: str
    b: str
    shock: str
    outcome: str
    sign: int
    every: Any


def read_table() -> dict[str, list[Kept]]:
    """The shocks by set."""
    found: dict[str, list[Kept]] = {}
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kept = Kept(row["a"], row["b"], row["shock"], row["outcome"], int(row["sign"]), row["every"])
            found.setdefault(row["set"], []).append(kept)
    return found


def ask(store: dt.Store, kept: Kept, every: Any) -> ImpactResult:
    """The headline alone, with all that stands behind it."""
    dyad = store.dyad(kept.a, kept.b)
    question = ImpactQuestion(read_shock(kept.shock), every, "auto", kept.outcome, multiverse=False, others=())
    with store.snapshot() as snapshot:
        return answer_impact(read_record(snapshot), dyad.select(snapshot), question)


def line(kept: Kept, result: ImpactResult) -> str:
    """A row of the page's table."""
    head = f"| {kept.a}–{kept.b}, {kept.shock} | {result.every} | {kept.outcome} {'up' if kept.sign > 0 else 'down'}"
    rows = [row for row in result.results if row.direction == "joint"]
    comparison = result.comparison
    if not rows or comparison is None or result.range is None:
        return f"{head} | {result.notes[-1]} | | | | |"
    first, (low, high) = rows[0], result.range
    p_values = " · ".join(f"{row.p_value:.3f}" for row in rows if row.p_value is not None)
    signs = {row.effect * kept.sign > 0 for row in rows}
    right = "yes" if signs == {True} else "no" if signs == {False} else "divided"
    periods = f"{comparison.n_periods[0]} + {comparison.n_periods[1]}"
    size = f"{first.effect:+.3g} [{first.low:.3g}, {first.high:.3g}]"
    return f"{head} | {periods} | {comparison.n_donors} | {size} | {low:+.3g} to {high:+.3g} | {p_values} | {right} |"


def told_breaks(store: dt.Store, kept: Kept) -> tuple[bool, float, float]:
    """Whether a break of the sign is near the shock, the share of months that would be hit, and breaks a decade."""
    dyad = store.dyad(kept.a, kept.b)
    told = [item for item in dyad.breaks(every="month").result.breaks if item.series == kept.outcome]
    days = [item.date for item in told if item.sign == kept.sign]
    rows = dyad.index(every="month").to_object()["rows"]
    months = [date.fromisoformat(str(row["period"])[:10]) for row in rows]
    every = sorted(set(months))
    shock = read_shock(kept.shock).day
    share = sum(_near(month, days) for month in every) / len(every)
    return _near(shock, days), share, len(told) / (len(every) / 120)


def _near(day: date, days: list[date]) -> bool:
    return any(abs((day - other).days) <= NEAR_DAYS for other in days)


def is_new(kept: Kept, known: Path) -> bool:
    """Whether the table of known answers does not hold the shock of the pair."""
    day = read_shock(kept.shock).day.isoformat()
    codes = {"ISR": "ISR", "LBN": "LBN", "IRN": "IRN", "IRQ": "IRQ", "KWT": "KUW", "SRB": "SER", "BIH": "BOS"}
    with known.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["shock"] == day]
    pair = {codes.get(kept.a, "-"), codes.get(kept.b, "-")}
    return not any(pair <= set(re.split(r"[|>]", row["dyad"])) for row in rows)


def main() -> None:
    """Run all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--set", help="One set of the table alone.")
    parser.add_argument("--ask", choices=("impact", "breaks"), default="impact")
    given = parser.parse_args()
    for name, shocks in read_table().items():
        if given.set not in (None, name):
            continue
        feed, pattern = FILES.get(name, ("keds", f"{name}.parquet"))
        with tempfile.TemporaryDirectory() as folder:
            store = dt.open(Path(folder) / "store")
            store.import_feed(feed, sorted(given.shared.glob(pattern)))
            for kept in shocks:
                if given.ask == "breaks":
                    if name != "icews" and is_new(kept, given.shared / "known_answers.csv"):
                        hit, share, rate = told_breaks(store, kept)
                        found = "found" if hit else "not found"
                        head = f"| {kept.a}–{kept.b}, {kept.shock} | {kept.outcome}"
                        print(f"{head} | {found} | {share:.1%} | {rate:.1f} |", flush=True)
                    continue
                result = ask(store, kept, kept.every)
                print(line(kept, result), flush=True)
                if kept.every == "week" and not result.results:
                    print(line(kept, ask(store, kept, "day")), flush=True)


if __name__ == "__main__":
    main()
