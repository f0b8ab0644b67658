"""Stores made by hand for the tests of the pages."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from detente.model import Report
from detente.model.tables import IMPORTS, reports_table
from detente.store import Batch
from detente.web.limits import Limits

BASE = "http://127.0.0.1:8642"
PATIENT = Limits(patience=900, seconds=900, read_seconds=900)
"""However slow the machine."""


def feed_batch(n: int) -> Batch:
    """A feed of the pair Russia and Japan, six acts a month for some years, and of two other pairs of Russia's."""
    sides = [("JPN", n), ("USA", n), ("CHN", n)]
    reports = [
        Report(
            f"small:{number}" if other == "JPN" else f"small:{other}-{number}",
            ("RUS", other)[number % 2],
            (other, "RUS")[number % 2],
            ("ACCUSE", "CONSULT", "SANCTION")[number % 3],
            day := date(2018, 1, 1) + timedelta(days=5 * number),
            day,
            "day",
            "feed",
            source_sector="GOV",
            target_sector="GOV",
            quad=(3, 1, 4)[number % 3],
            cameo=("112", "036", "163")[number % 3],
            intensity=(-2.0, 1.0, -5.0)[number % 3],
            intensity_scale="goldstein",
            feed="small",
            record_kind="feed",
            import_id="small-1",
            source_row=number,
        )
        for other, count in sides
        for number in range(count)
    ]
    row = {"import_id": "small-1", "input_hash": "small", "kind": "feed", "name": "small", "feed": "small"}
    row |= {"stored": len(reports)}
    imports = pa.Table.from_pylist([{name: row.get(name) for name in IMPORTS.names}], schema=IMPORTS)
    return Batch(imports, {"reports": reports_table(reports)})


def serving(folder: Path, *options: str) -> Iterator[str]:
    """The address of a server of its own over a store."""
    code = "from detente.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", "0", "--store", str(folder), *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            found = (re.search(r"http://[\d.]+:\d+", line) for line in server.stderr or ())
            yield next(address[0] for address in found if address)
        finally:
            server.terminate()
