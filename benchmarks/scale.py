"""How a store of many events behaves: generated rows true to the schema, one pair asked.

    python benchmarks/scale.py FOLDER [--rows N] [--compact]

Writes N rows of a feed into a new store at FOLDER (200,000 a commit, as an import does; kept where it is there), with
`--compact` merges and sorts its files, and prints, measured in processes of their own:

- the index of one pair by month over the events, and the same by hand-written DuckDB SQL on the same files, with their
  ratio; and from the cube: seconds (the best of five, of the processor and by the clock) and peak memory;
- seconds per million rows, to compare over N;
- bytes a stored event, against the same columns in one bare Parquet file (ZSTD).
"""

# ruff: noqa: T201, S603, S608, E501
import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from deltalake import DeltaTable

import detente as dt
from detente.measure.index import measure_index
from detente.model.tables import IMPORTS, REPORTS
from detente.ontology.codes import load_cameo
from detente.ontology.countries import load_countries
from detente.store import Batch, new_import_id

FEED = "generated"
BATCH = 200_000
FIRST, DAYS = date(1991, 1, 1), 12_784  # thirty-five years
SECTORS = (None, "GOV", "MIL", "CVL", "OPP", "REB", "BUS", "MED", "COP", "LEG")
SECTOR_SHARES = (0.3, 0.3, 0.1, 0.08, 0.05, 0.05, 0.04, 0.03, 0.03, 0.02)
A, B = "RUS", "JPN"


def take(values: Sequence[object], at: np.ndarray, kind: pa.DataType) -> pa.Array:
    """The values at some places."""
    return pa.array(values, kind).take(pa.array(at))


def pick(chance: np.random.Generator, values: Sequence[str | None], n: int, weights: Sequence[float]) -> pa.Array:
    """Draws of texts, as likely as their weights say."""
    shares = np.asarray(weights) / np.sum(weights)
    return take(values, chance.choice(len(values), n, p=shares), pa.string())


def generate(folder: Path, rows: int) -> None:
    """Fill a store; dates go on from batch to batch, countries and codes are as uneven as those of news."""
    store = dt.open(folder)
    chance = np.random.default_rng(0)
    countries = sorted(code for code in load_countries() if len(code) == 3)
    first = [A, "USA", "CHN", "GBR", "ISR", B]
    countries = [*first, *(code for code in countries if code not in first)]
    weights = 1 / np.arange(1, len(countries) + 1)
    codes = list(load_cameo().codes.values())
    code_weights = 1 / (np.arange(len(codes)) + 3)
    for number, start in enumerate(range(0, rows, BATCH)):
        n = min(BATCH, rows - start)
        day = np.sort((start + np.arange(n)) * DAYS // rows)
        days = pa.array(np.array(FIRST.toordinal() - 719163 + day, dtype=np.int32)).cast(pa.date32())
        code = chance.choice(len(codes), n, p=code_weights / code_weights.sum())

        import_id = new_import_id()
        ids = pa.array([f"{FEED}/{start + at}" for at in range(n)])
        empty = pa.ListArray.from_arrays(pa.array(np.zeros(n + 1, dtype=np.int32)), pa.array([], pa.string()))
        columns = {
            "report_id": ids,
            "date_start": days,
            "date_end": days,
            "date_precision": pa.repeat("day", n),
            "date_basis": pa.repeat("feed", n),
            "source_country": pick(chance, countries, n, weights),
            "target_country": pick(chance, countries, n, weights),
            "source_sector": pick(chance, SECTORS, n, SECTOR_SHARES),
            "target_sector": pick(chance, SECTORS, n, SECTOR_SHARES),
            "context": empty,
            "issue": empty,
            "symmetric": take([item.event_type == "CONSULT" for item in codes], code, pa.bool_()),
            "event_type": take([item.event_type for item in codes], code, pa.string()),
            "mode": take([item.mode for item in codes], code, pa.string()),
            "status": pa.repeat("actual", n),
            "cameo": take([item.code for item in codes], code, pa.string()),
            "quad": take([item.quad for item in codes], code, pa.int8()),
            "intensity": take([item.goldstein for item in codes], code, pa.float64()),
            "intensity_scale": pa.repeat("goldstein", n),
            "place_country": pick(chance, countries, n, weights),
            "lat": pa.array(np.round(chance.uniform(-60, 70, n), 2)),
            "lon": pa.array(np.round(chance.uniform(-180, 180, n), 2)),
            "mentions": pa.array(chance.geometric(0.2, n).astype(np.int32)),
            "feed": pa.repeat(FEED, n),
            "record_kind": pa.repeat("feed", n),
            "import_id": pa.repeat(import_id, n),
            "source_row": pa.array(np.arange(1, n + 1)),
            "coder": pa.repeat("generated/1", n),
        }
        imports = {"import_id": import_id, "input_hash": f"generated-{number}", "kind": "feed", "feed": FEED}
        imports |= {"name": f"{number}.csv", "rows": n, "stored": n}
        store.tables.commit(Batch(pa.Table.from_pylist([imports], schema=IMPORTS), {"reports": pa.table(columns)}))


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
        table = DeltaTable(folder / "reports")
        with duckdb.connect() as connection:
            connection.execute("SET parquet_metadata_cache = true")
            connection.from_parquet(
                [str(folder / "reports" / Path(uri).name) for uri in table.file_uris()]
            ).create_view("r")
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


def measure(way: str, folder: Path) -> None:
    """One way in this process: the best of five, the first, and peak memory."""
    ask = WAYS[way](folder)
    times = []
    for _ in range(5):
        start, worked = time.perf_counter(), time.process_time()
        rows = ask()
        times.append((time.process_time() - worked, time.perf_counter() - start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        json.dumps(
            {
                "way": way,
                "cpu": min(times)[0],
                "seconds": min(wall for _, wall in times),
                "peak_gib": peak,
                "rows": rows,
            }
        )
    )


def sizes(folder: Path) -> dict[str, float]:
    """Bytes of the live files of each table, and of the mapped columns as one bare Parquet file."""
    found: dict[str, float] = {}
    for name in ("reports", "cube", "coverage"):
        files = [folder / name / Path(uri).name for uri in DeltaTable(folder / name).file_uris()]
        found[name] = sum(file.stat().st_size for file in files)
    files = [str(folder / "reports" / Path(uri).name) for uri in DeltaTable(folder / "reports").file_uris()]
    mapped = [
        name for name in REPORTS.names if name not in {"import_id", "recorded_at", "feed", "record_kind", "coder"}
    ]
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch, duckdb.connect() as connection:
        columns = ", ".join(f'"{name}"' for name in mapped)
        bare = Path(scratch) / "bare.parquet"
        connection.execute(
            f"COPY (SELECT {columns} FROM read_parquet({files})) TO '{bare}' (FORMAT parquet, COMPRESSION zstd)"
        )
        found["bare"] = bare.stat().st_size
    return found


def main() -> None:
    """Generate, compact where asked, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--compact", action="store_true")
    parser.add_argument("--way", choices=WAYS)
    asked = parser.parse_args()
    folder = asked.folder.absolute()
    if asked.way:
        return measure(asked.way, folder)
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    start = time.perf_counter()
    if not folder.exists():
        generate(folder, asked.rows)
        print(f"written: {asked.rows:,} rows in {time.perf_counter() - start:.0f} s")
    if asked.compact:
        start = time.perf_counter()
        dt.open(folder).tables.compact()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        print(f"compacted in {time.perf_counter() - start:.0f} s, peak {peak:.2f} GiB")
    found = {}
    for way in WAYS:
        command = [sys.executable, __file__, str(folder), "--way", way]
        found[way] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        line = found[way]
        per_row = line["cpu"] / asked.rows * 1e6
        print(
            f"{way:<7} {line['cpu']:.3f} s of processor ({line['seconds']:.3f} s by the clock), {per_row:.4f} a million rows, "
            f"peak {line['peak_gib']:.2f} GiB, {line['rows']} rows"
        )
    print(f"events : hand = {found['events']['cpu'] / found['hand']['cpu']:.2f}")
    size = sizes(folder)
    stored = size["reports"] + size["cube"] + size["coverage"]
    print(
        f"bytes an event: {stored / asked.rows:.1f} (reports {size['reports'] / asked.rows:.1f}, cube "
        f"{size['cube'] / asked.rows:.1f}); bare Parquet {size['bare'] / asked.rows:.1f}; ratio {stored / size['bare']:.2f}"
    )
    return None


if __name__ == "__main__":
    main()
