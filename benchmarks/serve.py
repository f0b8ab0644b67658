"""How fast `detente serve` starts and answers many visitors at once, on a store of simulated events.

Makes the store (kept in --folder for the next run) and serves it in a process of its own. Prints the time from its start
to the first page, then for each page what it costs when it is first asked for and when it is kept, and
then lets visitors ask for pages at random without a pause. With --new, that share of their requests is for a page
nobody has asked for: a pair's page, a list of events, an event. Seconds are of the clock; CPU is of the server alone,
its workers aside, where the system tells it (Linux).
"""

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

import httpx2 as httpx
import numpy as np
import pyarrow as pa

import detente as dt
from detente.model.tables import IMPORTS, REPORTS
from detente.store import Batch

CODES = "USA CHN RUS JPN DEU FRA GBR IND PAK ISR IRN TUR UKR KOR PRK SAU EGY BRA MEX ZAF".split()
KINDS = {  # CAMEO code to type, quad class and Goldstein score
    "036": ("CONSULT", 1, 4.0),
    "042": ("CONSULT", 1, 1.9),
    "057": ("AGREE", 1, 8.0),
    "071": ("AID", 2, 7.4),
    "112": ("ACCUSE", 3, -2.0),
    "138": ("THREATEN", 3, -7.0),
    "141": ("PROTEST", 3, -6.5),
    "163": ("SANCTION", 4, -5.0),
    "190": ("ASSAULT", 4, -10.0),
}
PAIRS = [("USA", "CHN"), ("RUS", "UKR"), ("IND", "PAK"), ("ISR", "IRN"), ("DEU", "FRA")]


def fill(folder: Path, n: int) -> dt.Store:
    """A store of `n` events between 20 states over twenty years, as an import leaves them."""
    store = dt.open(folder)
    if not store.is_empty():
        return store
    draw = np.random.default_rng(1)
    a = draw.integers(0, len(CODES), n)
    b = (a + draw.integers(1, len(CODES), n)) % len(CODES)
    codes = list(KINDS)
    kind = draw.integers(0, len(codes), n)
    days = np.array([date(2000, 1, 1) + timedelta(days=k) for k in range(7300)])[draw.integers(0, 7300, n)]
    names = np.array(CODES)
    known = {
        "report_id": [f"made:{k}" for k in range(n)],
        "source_country": names[a],
        "target_country": names[b],
        "cameo": np.array(codes)[kind],
        "event_type": np.array([KINDS[code][0] for code in codes])[kind],
        "quad": np.array([KINDS[code][1] for code in codes], dtype=np.int8)[kind],
        "intensity": np.array([KINDS[code][2] for code in codes])[kind],
        "date_start": days,
        "date_end": days,
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
    row = {"import_id": "made-1", "input_hash": "made", "kind": "feed", "name": "made", "feed": "made", "stored": n}
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
    """The pages that visitors come back to."""
    found = ["/", "/sources", "/shocks", "/about", "/event/made:77"]
    for a, b in PAIRS:
        found += [f"/dyad/{a}/{b}", f"/dyad/{a}/{b}/events", f"/dyad/{a}/{b}/index", f"/dyad/{a}/{b}/index.json"]
    return found


def new_pages(events: int) -> Iterator[str]:
    """Pages that nobody has asked for, in no order: events, pairs, lists of events."""
    draw = random.Random(1)  # noqa: S311 - which page is asked for is no secret
    pairs = [pair for pair in combinations(CODES, 2) if pair not in PAIRS]
    draw.shuffle(pairs)
    for number in range(10**9):
        yield f"/event/made:{draw.randrange(events)}"
        a, b = pairs[number % len(pairs)]
        yield f"/dyad/{a}/{b}?since={2000 + number // len(pairs) % 15}"
        yield f"/dyad/{a}/{b}/events?page={1 + number // len(pairs)}"


@dataclass
class Load:
    """What visitors ask for, and what came of it."""

    asked: list[str]
    new: Iterator[str]
    share: float
    until: float
    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    async def visit(self, host: str, port: int) -> None:
        """One visitor on a connection of its own, without a pause; bare, so that the server is measured."""
        incoming, outgoing = await asyncio.open_connection(host, port)
        while time.perf_counter() < self.until:
            fresh = random.random() < self.share  # noqa: S311
            page = next(self.new) if fresh else random.choice(self.asked)  # noqa: S311
            begun = time.perf_counter()
            outgoing.write(f"GET {page} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
            head = await incoming.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head)
            await incoming.readexactly(int(length[1]) if length else 0)
            self.times.append(time.perf_counter() - begun)
            if b" 200 " not in head.splitlines()[0]:
                self.failed.append(f"{page} {head.splitlines()[0].decode()}")
        outgoing.close()


def cpu(process: int) -> float:
    """Seconds of processor that a process has used; not a number where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(address: str, process: int, given: argparse.Namespace) -> None:
    """Each page first and kept, then under load."""
    asked = pages()
    async with httpx.AsyncClient(base_url=address, timeout=300) as client:
        for page in asked:
            begun, used = time.perf_counter(), cpu(process)
            while (answer := await client.get(page)).status_code == 202:
                await asyncio.sleep(0.2)
            first, spent = time.perf_counter() - begun, cpu(process) - used
            begun = time.perf_counter()
            await client.get(page)
            kept = time.perf_counter() - begun
            sent = int(answer.headers["content-length"])
            print(
                f"{page:28} first {first * 1000:7.0f} ms (CPU {spent * 1000:5.0f}), kept {kept * 1000:4.0f} ms, "
                f"{len(answer.content):8,} bytes, {sent:8,} sent"
            )
    place = urlsplit(address)
    load = Load(asked, new_pages(given.events), given.new, time.perf_counter() + given.seconds)
    used = cpu(process)
    await asyncio.gather(*(load.visit(str(place.hostname), place.port or 80) for _ in range(given.visitors)))
    cuts = quantiles(load.times, n=100)
    n = len(load.times)
    print(
        f"{given.visitors} visitors, {given.seconds:.0f} s, {given.new:.0%} new pages: {n:,} pages, "
        f"{n / given.seconds:.0f} a second; median {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, "
        f"p99 {cuts[98] * 1000:.0f} ms; {len(load.failed)} errors {load.failed[:3]}; "
        f"server's CPU {(cpu(process) - used) / n * 1000:.1f} ms a page"
    )


def main() -> None:
    """Make the store, serve it, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--new", type=float, default=0.0, help="share of requests for pages nobody asked for")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "detente-benchmark-serve")
    given = parser.parse_args()
    folder = given.folder / str(given.events)
    begun = time.perf_counter()
    fill(folder, given.events)
    print(f"store of {given.events:,} events: {time.perf_counter() - begun:.1f} s")
    begun = time.perf_counter()
    command = ["-c", "from detente.cli import main; main()", "serve", "--port", "0", "--store", str(folder)]
    with tempfile.TemporaryDirectory() as empty:  # no answer of an earlier run
        server = subprocess.Popen(
            [sys.executable, *command], stderr=subprocess.PIPE, text=True, env={**os.environ, "XDG_CACHE_HOME": empty}
        )
        try:
            assert server.stderr is not None
            address = next(found[0] for line in server.stderr if (found := re.findall(r"http://\S+/", line)))
            ready, used = time.perf_counter() - begun, cpu(server.pid)
            httpx.get(address, timeout=300)
            first, spent = time.perf_counter() - begun, cpu(server.pid)
            print(f"listens after {ready:.2f} s (CPU {used:.2f}), first page after {first:.2f} s (CPU {spent:.2f})")
            asyncio.run(measure(address, server.pid, given))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
