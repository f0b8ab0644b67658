"""Import of event files against bare DuckDB (read_csv to Parquet) and pandas parsing of the same files.

    python benchmarks/feeds.py --gdelt 20151207.export.CSV --icews 2018.tab [--rows 400000] [--repeat 3]

A file is repeated, with ids of its own, until it has the rows asked for. What is printed are ratios of one run on one
machine: import time (reading, mapping, sorting, committing to a store) to that of a bare `read_csv` to Parquet of all
columns as DuckDB types them, the same without types, reading alone, pandas parsing, and bytes stored to bytes of the
bare Parquet of the mapped columns. Times are by the clock; in brackets those of the processor, which other work on
the machine disturbs less. pandas parses as gdeltPyR does: types as pandas finds them, codes as text, and what each
code means found row by row.
"""
# ruff: noqa: T201, S608

import argparse
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import detente as dt
from detente.feeds import FeedFile, read_feeds
from detente.ontology.codes import load_cameo

if TYPE_CHECKING:
    import pandas


def main() -> None:
    """Print a row of ratios a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gdelt", type=Path)
    parser.add_argument("--icews", type=Path)
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    print(f"{platform.machine()}, {platform.processor() or 'processor not named'}, Python {platform.python_version()}")
    for feed, path in (("gdelt", given.gdelt), ("icews", given.icews)):
        if path is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = grow(path, Path(folder) / f"grown{path.suffix}", given.rows)
            rows = sum(1 for _ in file.open("rb"))
            measure(feed, file, rows, Path(folder), given.repeat)


def grow(path: Path, target: Path, rows: int) -> Path:
    """The lines of a file again and again, each with an id of its own."""
    lines = path.read_bytes().splitlines()
    header = [lines.pop(0)] if lines[0].lower().startswith(b"event") else []
    with target.open("wb") as out:
        out.writelines(line + b"\n" for line in header)
        for number in range(rows):
            _, _, rest = lines[number % len(lines)].partition(b"\t")
            out.write(b"%d\t%s\n" % (1_000_000 + number, rest))
    return target


def measure(feed: str, file: Path, rows: int, folder: Path, repeat: int) -> None:
    """Print the ratios of one file."""
    parquet = folder / "bare.parquet"
    options = "delim='\t', quote='', escape='', nullstr=''"
    bare = best(repeat, lambda: copy(f"read_csv('{file}', {options}, sample_size=20000, ignore_errors=true)", parquet))
    text = best(repeat, lambda: copy(f"read_csv('{file}', {options}, all_varchar=true)", parquet))
    read = best(repeat, lambda: [None for _ in read_feeds(feed, [FeedFile(file, "x")])])
    stores = iter(range(1000))
    taken = best(repeat, lambda: dt.open(folder / f"store{next(stores)}").import_feed(feed, file))
    panda = best(1, lambda: parse_with_pandas(feed, file))
    mapped = folder / "mapped.parquet"
    copy(f"read_parquet('{folder / 'store0' / 'reports'}/*.parquet')", mapped)
    stored = sum(item.stat().st_size for item in (folder / "store0" / "reports").glob("*.parquet"))
    print(f"{feed}: {rows:,} lines, {file.stat().st_size / 2**20:,.0f} MiB")
    print(f"  import / bare read_csv to Parquet, typed       {taken.over(bare)}")
    print(f"  import / bare read_csv to Parquet, as text     {taken.over(text)}")
    print(f"  reading and mapping alone / bare, typed        {read.over(bare)}")
    print(f"  pandas parsing / import                        {panda.over(taken)}")
    print(f"  bytes stored / bare Parquet of mapped columns  {stored / mapped.stat().st_size:.2f}")
    print(f"  import                                         {rows / taken.clock:,.0f} rows/s")


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float

    def over(self, other: "Took") -> str:
        """How many times another, by the clock and in brackets of the processor."""
        return f"{self.clock / other.clock:.2f} ({self.processor / other.processor:.2f})"


def best(repeat: int, run: Callable[[], object]) -> Took:
    """The fastest of some runs."""
    found = []
    for _ in range(repeat):
        began, worked = time.perf_counter(), time.process_time()
        run()
        found.append(Took(time.perf_counter() - began, time.process_time() - worked))
    return Took(min(took.clock for took in found), min(took.processor for took in found))


def copy(source: str, target: Path) -> None:
    """Bare DuckDB: a relation to Parquet."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT * FROM {source}) TO '{target}' (FORMAT parquet)")


def parse_with_pandas(feed: str, file: Path) -> None:
    """What gdeltPyR does with a file it has: cells typed by pandas, codes as text, a description found row by row."""
    import pandas as pd

    header = 0 if feed == "icews" else None
    column: str | int = "CAMEO Code" if feed == "icews" else 26
    codes = dict.fromkeys(["CAMEO Code"] if feed == "icews" else [26, 27, 28], "str")
    frame = pd.concat([pd.read_csv(file, sep="\t", header=header, dtype=codes, quoting=3, low_memory=False)])
    frame = frame.reset_index(drop=True)
    known = pd.DataFrame(
        {"type": [item.event_type for item in load_cameo().codes.values()]}, index=[*load_cameo().codes]
    )
    frame.insert(len(frame.columns), "described", frame[column].apply(lambda code: _described(code, known)).values)


def _described(code: str, known: "pandas.DataFrame") -> str | None:
    try:
        return known["type"][code]
    except KeyError:
        return f"nothing known of {code}"


if __name__ == "__main__":
    main()
