"""Import of event files against bare DuckDB (read_csv to Parquet) and pandas parsing of the same files.

    python benchmarks/feeds.py --gdelt 20151207.export.CSV --icews 2018.tab [--rows 400000] [--repeat 3]

A file is repeated, with ids of its own, until it has the rows asked for; a folder of `.gz` files is taken as it is and
once more unpacked into one. What is printed are ratios of one run on one machine: import time (reading, mapping,
sorting, committing to a store) to that of a bare `read_csv` to Parquet of all columns as DuckDB types them, the same
without types, reading alone, pandas parsing, and bytes stored to bytes of the bare Parquet of the mapped columns.
Times are by the clock; in brackets those of the processor, which other work on the machine disturbs less. pandas
parses as gdeltPyR does: types as pandas finds them, codes as text, and what each code means found row by row.
The last lines say what share of the import its parts take, each run alone.
"""
# ruff: noqa: T201, S608

import argparse
import gzip
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

import detente as dt
from detente.feeds import FeedFile, read_feeds
from detente.ontology.codes import load_cameo
from detente.store.cube import count_reports
from detente.store.tables import append_rows

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
            if path.is_dir():
                measure(feed, sorted(path.glob("*.gz")), Path(folder) / "packed", given.repeat)
                file = unpack(path, Path(folder) / "unpacked.tab")
            else:
                file = grow(path, Path(folder) / f"grown{path.suffix}", given.rows)
            measure(feed, [file], Path(folder) / "plain", given.repeat)


def unpack(folder: Path, target: Path) -> Path:
    """The files of a folder as one, with the header of the first."""
    header = b""
    with target.open("wb") as out:
        for file in sorted(folder.glob("*.gz")):
            first, _, rest = gzip.decompress(file.read_bytes()).partition(b"\n")
            if not header:
                header = first
                out.write(header + b"\n")
            out.write(rest.rstrip(b"\n") + b"\n")
    return target


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


def measure(feed: str, files: list[Path], folder: Path, repeat: int) -> None:
    """Print the ratios of some files."""
    folder.mkdir()
    parquet, asked = folder / "bare.parquet", [FeedFile(file, str(n)) for n, file in enumerate(files)]
    given = f"{[str(file) for file in files]}, delim='\t', quote='', escape='', nullstr=''"
    bare = best(repeat, lambda: copy(f"read_csv({given}, sample_size=20000, ignore_errors=true)", parquet))
    text = best(repeat, lambda: copy(f"read_csv({given}, all_varchar=true, ignore_errors=true)", parquet))
    read = best(repeat, lambda: [None for _ in read_feeds(feed, asked)])
    stores = iter(range(1000))
    taken = best(repeat, lambda: dt.open(folder / f"store{next(stores)}").import_feed(feed, files))
    panda = best(1, lambda: parse_with_pandas(feed, files))
    mapped = folder / "mapped.parquet"
    copy(f"read_parquet('{folder / 'store0' / 'reports'}/*.parquet')", mapped)
    with dt.open(folder / "store0").snapshot() as snapshot:
        rows = int(snapshot.table("reports").count().to_pyarrow().as_py())
    held = {name: size(folder / "store0" / name) for name in ("reports", "cube", "coverage", "imports")}
    print(f"{feed}: {rows:,} rows in {len(files):,} files, {sum(f.stat().st_size for f in files) / 2**20:,.0f} MiB")
    print(f"  import / bare read_csv to Parquet, typed       {taken.over(bare)}")
    print(f"  import / bare read_csv to Parquet, as text     {taken.over(text)}")
    print(f"  reading and mapping alone / bare, typed        {read.over(bare)}")
    print(f"  pandas parsing / import                        {panda.over(taken)}")
    print(f"  bytes of reports / bare Parquet of the same    {held['reports'] / mapped.stat().st_size:.2f}")
    print(f"  bytes of all tables / bare Parquet of reports  {sum(held.values()) / mapped.stat().st_size:.2f}")
    print(f"  bytes an event: {', '.join(f'{name} {n / rows:.1f}' for name, n in held.items())}")
    print(f"  import                                         {rows / taken.clock:,.0f} rows/s")
    reports = pa.concat_tables([found.reports for found in read_feeds(feed, asked)])
    cubed = count_reports(reports)
    parts = {
        "reading and mapping": read,
        "counting the cube": best(repeat, lambda: count_reports(reports)),
        "writing reports": best(repeat, lambda: append_rows(folder / f"s{next(stores)}", "reports", reports)),
        **{
            f"writing {name}": best(repeat, lambda n=name: append_rows(folder / f"s{next(stores)}", n, cubed[n]))  # type: ignore[misc]
            for name in cubed
        },
    }
    for name, took in parts.items():
        print(f"  share of the import, {name:<25} {took.processor / taken.processor:.0%} of the processor's time")


def size(folder: Path) -> int:
    """Bytes of the Parquet files of a table."""
    return sum(item.stat().st_size for item in folder.glob("*.parquet"))


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


def parse_with_pandas(feed: str, files: list[Path]) -> None:
    """What gdeltPyR does with files it has: cells typed by pandas, codes as text, a description found row by row."""
    import pandas as pd

    header = 0 if feed == "icews" else None
    column: str | int = "CAMEO Code" if feed == "icews" else 26
    codes = dict.fromkeys(["CAMEO Code"] if feed == "icews" else [26, 27, 28], "str")
    frame = pd.concat(
        [pd.read_csv(file, sep="\t", header=header, dtype=codes, quoting=3, low_memory=False) for file in files]
    )
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
