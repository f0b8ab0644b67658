"""How fast `detente serve` answers many visitors at once, on a store of simulated events.

Makes the store (kept in --folder for the next run), serves it in a process of its own, asks each page once (cold),
then lets visitors ask for pages at random without a pause. Prints the time to start, cold times, and percentiles.
"""

import argparse
import asyncio
import random
import re
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles

import httpx2 as httpx
import numpy as np
import pyarrow as pa

import detente as dt
from detente.model.tables import IMPORTS, REPORTS
from detente.store import Batch

CODES = "USA CHN RUS JPN DEU FRA GBR IND PAK ISR IRN TUR UKR KOR PRK SAU EGY BRA MEX ZAF".split()
TYPES = np.array(["CONSULT", "ACCUSE", "AGREE", "SANCTION", "ASSAULT", "AID"])
QUADS = np.array([1, 3, 1, 4, 4, 2], dtype=np.int8)


def fill(folder: Path, n: int) -> dt.Store:
    """A store of `n` events between 20 states over twenty years."""
    store = dt.open(folder)
    if not store.is_empty():
        return store
    draw = np.random.default_rng(1)
    a = draw.integers(0, len(CODES), n)
    b = (a + draw.integers(1, len(CODES), n)) % len(CODES)
    kind = draw.integers(0, len(TYPES), n)
    days = np.array([date(2000, 1, 1) + timedelta(days=k) for k in range(7300)])[draw.integers(0, 7300, n)]
    names = np.array(CODES)
    known = {
        "report_id": [f"made:{k}" for k in range(n)],
        "source_country": names[a],
        "target_country": names[b],
        "event_type": TYPES[kind],
        "quad": QUADS[kind],
        "date_start": days,
        "date_end": days,
        "intensity": draw.normal(0, 3, n),
    }
    fixed = {
        "date_precision": "day",
        "date_basis": "feed",
        "source_sector": "GOV",
        "target_sector": "GOV",
        "symmetric": False,
        "retrospective": False,
        "status": "actual",
        "intensity_scale": "goldstein",
        "feed": "made",
        "record_kind": "feed",
        "import_id": "made-1",
    }
    columns = [_column(field, known, fixed, n) for field in REPORTS]
    row = {"import_id": "made-1", "input_hash": "made", "kind": "feed", "name": "made", "feed": "made"}
    imports = pa.Table.from_pylist([{name: row.get(name) for name in IMPORTS.names}], schema=IMPORTS)
    store.tables.commit(Batch(imports, {"reports": pa.table(columns, schema=REPORTS)}))
    return store


def _column(field: pa.Field, known: dict[str, object], fixed: dict[str, object], n: int) -> pa.Array:
    if field.name in known:
        return pa.array(known[field.name], field.type)
    if field.name in fixed:
        return pa.array([fixed[field.name]] * n, field.type)
    empty = [] if str(field.type).startswith("list") else None
    return pa.array([empty] * n, field.type)


def pages() -> list[str]:
    """The pages that visitors ask for."""
    pairs = [("USA", "CHN"), ("RUS", "UKR"), ("IND", "PAK"), ("ISR", "IRN"), ("DEU", "FRA")]
    found = ["/", "/sources", "/shocks", "/about"]
    for a, b in pairs:
        found += [f"/dyad/{a}/{b}", f"/dyad/{a}/{b}/events", f"/dyad/{a}/{b}/index", f"/dyad/{a}/{b}/index.json"]
    return found


async def visit(address: str, asked: list[str], until: float, times: list[float], failed: list[str]) -> None:
    """One visitor, without a pause."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        while time.perf_counter() < until:
            page = random.choice(asked)  # noqa: S311 - which page is asked for is no secret
            begun = time.perf_counter()
            answer = await client.get(page)
            times.append(time.perf_counter() - begun)
            if answer.status_code != 200:
                failed.append(f"{page} {answer.status_code}")


async def measure(address: str, visitors: int, seconds: float) -> None:
    """Cold, then under load."""
    asked = pages()
    async with httpx.AsyncClient(base_url=address, timeout=300) as client:
        for page in asked:
            begun = time.perf_counter()
            while (answer := await client.get(page)).status_code == 202:
                await asyncio.sleep(0.2)
            print(f"cold  {page:32} {time.perf_counter() - begun:7.2f} s {len(answer.content):9,} bytes")
    times: list[float] = []
    failed: list[str] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(visit(address, asked, until, times, failed) for _ in range(visitors)))
    cuts = quantiles(times, n=100)
    print(
        f"{visitors} visitors, {seconds:.0f} s: {len(times):,} pages, {len(times) / seconds:.0f} a second; "
        f"median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; "
        f"{len(failed)} errors {failed[:3]}"
    )


def main() -> None:
    """Make the store, serve it, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "detente-benchmark-serve")
    given = parser.parse_args()
    folder = given.folder / str(given.events)
    begun = time.perf_counter()
    fill(folder, given.events)
    print(f"store of {given.events:,} events: {time.perf_counter() - begun:.1f} s")
    begun = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        "from detente.cli import main; main()",
        "serve",
        "--port",
        "0",
        "--store",
        str(folder),
    ]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        address = next(found[0] for line in server.stderr if (found := re.findall(r"http://\S+/", line)))
        print(f"serving after {time.perf_counter() - begun:.1f} s")
        asyncio.run(measure(address, given.visitors, given.seconds))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
