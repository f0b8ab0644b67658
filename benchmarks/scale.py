"""How a store of many events behaves: generated rows true to the schema, one pair asked.

    python benchmarks/scale.py FOLDER [--rows N] [--steps write,compact,ask,sizes] [--seconds S] [--writers W]

`write` writes N rows of a feed into a new store at FOLDER (200,000 a commit, as an import does); it stops after S seconds
and goes on where it stopped when it is run again; W processes share the work. `compact` merges and sorts the files. `ask` prints:

- the index of one pair by month over the events, and the same by hand-written DuckDB SQL on the same files, with their
  ratio; and from the cube: seconds (the best of five, of the processor and by the clock) and peak memory;
- seconds per million rows, to compare over N.

`sizes` prints the bytes a stored event, against the same columns in one bare Parquet file (ZSTD). By default all but
`compact` is done. Each step, and each way to ask, runs in a process of its own, so that its memory is its own.
"""

# ruff: noqa: T201, S603, S608, E501
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from deltalake import DeltaTable
from scale_store import FEED, A, B, write_store

import detente as dt
from detente.measure.index import measure_index
from detente.model.tables import REPORTS

STEPS = ("write", "compact", "ask", "sizes")
HAND_MEMORY = "1GB"  # for writing the bare file to compare with


def files_of(folder: Path, name: str) -> list[str]:
    """The live files of a table."""
    return [str(folder / name / Path(uri).name) for uri in DeltaTable(folder / name).file_uris()]


def by_events(folder: Path) -> Callable[[], int]:
    """The index by detente over the event view."""
    store = dt.open(folder)

    def ask() -> int:
        with store.snapshot() as snapshot:
            selection = store.dyad(A, B).select(snapshot, feed=FEED)
            return len(measure_index(snapshot.events(), selection, "month").rows)

    return ask


def by_cube(folder: Path) -> Callable[[], int]:
    """The index as a user asks it."""
    store = dt.open(folder)

    def ask() -> int:
        answer = store.dyad(A, B).index("month", feed=FEED)
        if "Read from the cube." not in answer.notes:
            raise SystemExit("not read from the cube")
        return len(answer.rows)

    return ask


def by_hand(folder: Path) -> Callable[[], int]:
    """The same numbers by SQL: what a person who knows DuckDB would write for this pair and feed."""
    sides = f"('{A}', 'SUN', '{B}')"
    state = "(x IS NULL OR x IN ('GOV', 'MIL', 'LEG', 'JUD', 'COP', 'SPY'))"
    both = f"{state.replace('x', 'source_sector')} AND {state.replace('x', 'target_sector')}"

    def ask() -> int:
        with duckdb.connect() as connection:
            connection.execute("SET parquet_metadata_cache = true")
            connection.from_parquet(files_of(folder, "reports")).create_view("r")
            coverage = connection.execute(
                f"""SELECT date_trunc('month', date_start) AS period, count(*) AS n,
                    count(*) FILTER (NOT (coalesce(source_country, '') IN {sides} OR coalesce(target_country, '') IN {sides}))
                FROM r WHERE record_kind = 'feed' AND feed = '{FEED}' GROUP BY 1"""
            ).fetchall()
            pair = f"""FROM r WHERE record_kind = 'feed' AND feed = '{FEED}' AND status IN ('actual', 'alleged') AND (
                (source_country IN ('{A}', 'SUN') AND target_country = '{B}')
                OR (source_country = '{B}' AND target_country IN ('{A}', 'SUN')))"""
            sums = """count(*), count(event_type), count(*) FILTER (event_type <> 'REQUEST' AND quad IN (3, 4)),
                count(*) FILTER (quad IN (1, 2) AND event_type IS NOT NULL),
                count(*) FILTER (event_type IN ('MOBILIZE', 'ASSAULT')),
                count(*) FILTER (event_type IN ('MOBILIZE', 'ASSAULT', 'SANCTION', 'COERCE')),
                sum(intensity) FILTER (event_type IS NOT NULL), sum(intensity * intensity) FILTER (event_type IS NOT NULL)"""
            for unit in ("month", "day"):
                connection.execute(
                    f"""SELECT date_trunc('{unit}', date_start), source_country = '{B}', "symmetric", {sums}
                    {pair} AND {both} GROUP BY ALL"""
                ).fetchall()
            connection.execute(f"SELECT count(*), count(*) FILTER ({both}) {pair}").fetchall()
        return 3 * len(coverage)

    return ask


WAYS = {"events": by_events, "hand": by_hand, "cube": by_cube}


def peak_gib() -> float:
    """The most memory this process held; `ru_maxrss` would count what its parent held before."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 2**20


def ask_one_way(way: str, folder: Path) -> dict[str, float]:
    """One way in this process: the best of five, and peak memory."""
    ask = WAYS[way](folder)
    times = []
    for _ in range(5):
        start, worked = time.perf_counter(), time.process_time()
        rows = ask()
        times.append((time.process_time() - worked, time.perf_counter() - start))
    return {"cpu": min(times)[0], "seconds": min(wall for _, wall in times), "rows": rows}


def sizes(folder: Path) -> dict[str, float]:
    """Bytes of the live files of each table, and of the mapped columns as one bare Parquet file."""
    found: dict[str, float] = {}
    for name in ("reports", "cube", "coverage"):
        found[name] = sum(Path(file).stat().st_size for file in files_of(folder, name))
    mapped = [
        name for name in REPORTS.names if name not in {"import_id", "recorded_at", "feed", "record_kind", "coder"}
    ]
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch, duckdb.connect() as connection:
        columns = ", ".join(f'"{name}"' for name in mapped)
        bare = Path(scratch) / "bare.parquet"
        connection.execute(f"SET memory_limit = '{HAND_MEMORY}'; SET preserve_insertion_order = false")
        connection.execute(
            f"COPY (SELECT {columns} FROM read_parquet({files_of(folder, 'reports')})) TO '{bare}' (FORMAT parquet, COMPRESSION zstd)"
        )
        found["bare"] = bare.stat().st_size
    return found


def do(step: str, folder: Path, rows: int, seconds: float, share: tuple[int, int]) -> dict[str, float]:
    """One step in this process."""
    start, worked = time.perf_counter(), time.process_time()
    found: dict[str, float] = {"cpu": 0.0}
    if step == "write":
        found = {"rows": write_store(folder, rows, seconds, share)}
    elif step == "compact":
        dt.open(folder).tables.compact()
    elif step == "sizes":
        found = sizes(folder)
    else:
        found = ask_one_way(step, folder)
    taken = {"cpu": time.process_time() - worked, "seconds": time.perf_counter() - start}
    return {**taken, **found, "peak": peak_gib()} if step in WAYS else {**found, **taken, "peak": peak_gib()}


def main() -> None:
    """Each step asked for, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--steps", default="write,ask,sizes")
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--writers", type=int, default=1)
    parser.add_argument("--share", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--do", choices=[*STEPS, *WAYS], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    folder = asked.folder.absolute()
    if asked.do:
        print(json.dumps(do(asked.do, folder, asked.rows, asked.seconds, (asked.share, asked.writers))))
        return

    def apart(step: str) -> dict[str, float]:
        command = [sys.executable, __file__, str(folder), "--do", step, "--writers", str(asked.writers)]
        command += ["--rows", str(asked.rows), "--seconds", str(asked.seconds)]
        shares = range(asked.writers if step == "write" else 1)
        running = [
            subprocess.Popen([*command, "--share", str(share)], stdout=subprocess.PIPE, text=True) for share in shares
        ]
        said = [process.communicate()[0] for process in running]
        if any(process.returncode for process in running):
            raise SystemExit(f"{step} failed")
        return summed([json.loads(text) for text in said])

    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    steps = asked.steps.split(",")
    for step in (name for name in ("write", "compact") if name in steps):
        done = apart(step)
        rows = f", {done['rows']:,} rows are there" if "rows" in done else ""
        print(
            f"{step}: {done['cpu']:.0f} s of processor ({done['seconds']:.0f} s by the clock), peak {done['peak']:.2f} GiB{rows}"
        )
    if "ask" in steps:
        tell_ways({way: apart(way) for way in WAYS}, asked.rows)
    if "sizes" in steps:
        tell_sizes(apart("sizes"), asked.rows)


def summed(found: list[dict[str, float]]) -> dict[str, float]:
    """What processes side by side took together: their work, the longest time, the greatest memory."""
    most = {name: max(one[name] for one in found) for name in found[0]}
    return most | {"cpu": sum(one["cpu"] for one in found)}


def tell_ways(found: dict[str, dict[str, float]], rows: int) -> None:
    """How long each way took."""
    for way, line in found.items():
        print(
            f"{way:<7} {line['cpu']:.3f} s of processor ({line['seconds']:.3f} s by the clock), {line['cpu'] / rows * 1e6:.4f} a million rows, "
            f"peak {line['peak']:.2f} GiB, {line['rows']} rows"
        )
    print(
        f"events : hand = {found['events']['cpu'] / found['hand']['cpu']:.2f} of processor, "
        f"{found['events']['seconds'] / found['hand']['seconds']:.2f} by the clock"
    )


def tell_sizes(size: dict[str, float], rows: int) -> None:
    """How many bytes an event takes."""
    stored = size["reports"] + size["cube"] + size["coverage"]
    print(
        f"bytes an event: {stored / rows:.1f} (reports {size['reports'] / rows:.1f}, cube "
        f"{size['cube'] / rows:.1f}); bare Parquet {size['bare'] / rows:.1f}; ratio {stored / size['bare']:.2f}"
    )


if __name__ == "__main__":
    main()
