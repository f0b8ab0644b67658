"""Stores made by hand for the tests of the pages."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from detente.api.reading import Coded
from detente.model import Citation, DateSpan, Document, Evidence, Report
from detente.model.tables import IMPORTS, reports_table
from detente.store import Batch

BASE = "http://127.0.0.1:8642"
PAYLOADS = (
    "<script>window.broken=1</script>",
    '"><img src=x onerror=window.broken=1>',
    "'><svg onload=window.broken=1>",
    "</title><script>window.broken=1</script>",
    "</mark></p><iframe src=https://evil.example/></iframe>",
    "{{ 7*7 }}{% for a in b %}",
    "<a href=javascript:window.broken=1>x</a>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<!--><meta http-equiv=refresh content=0;url=https://evil.example/>",
    "\u202e<svg><desc></svg><script>window.broken=1</script>",
)
ADDRESSES = (
    "javascript:window.broken=1",
    "data:text/html,<script>window.broken=1</script>",
    'https://evil.example/"onmouseover="window.broken=1',
    "HTTP://evil.example/<script>",
    "https://good.example/a?b=1&c=2",
)


def hostile_coded(payloads: tuple[str, ...], addresses: tuple[str, ...], n: int) -> Coded:
    """Documents with a payload in each place, each with one report that rests on its text."""
    documents, reports = [], []
    for number in range(n):
        bad, url = payloads[number % len(payloads)], addresses[number % len(addresses)]
        text = f"Number {number}: {bad} Tokyo protested {bad}."
        name = f"bad/{number}-{bad}"
        day = date(2020, 1, 1) + timedelta(days=number)
        quote = Evidence(name, 0, len(text), text, 1, "own", bad, bad, url, bad)
        documents.append(
            Document(
                name,
                text,
                bad,
                (bad,),
                bad,
                DateSpan(day, day, "day", "text"),
                bad[:9],
                url,
                citations=(Citation(1, bad, 0, 5, bad, bad, bad, "2020", "2020", url),),
                note=bad,
            )
        )
        reports.append(
            Report(
                f"r{number}{bad}",
                "JPN",
                "RUS",
                "ACCUSE",
                day,
                day,
                "day",
                "text",
                source_text=bad,
                target_text=bad,
                mode=bad,
                context=(bad,),
                issue=(bad,),
                cameo=bad,
                quad=3,
                intensity=-2.0,
                intensity_scale="plover",
                place_text=bad,
                confidence=0.9,
                coder=bad,
                evidence=(quote,),
            )
        )
    return Coded(tuple(documents), tuple(reports), ())


def feed_batch(n: int) -> Batch:
    """A feed of the pair Russia and Japan, two acts a week for some years."""
    reports = [
        Report(
            f"small:{number}",
            ("RUS", "JPN")[number % 2],
            ("JPN", "RUS")[number % 2],
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
        for number in range(n)
    ]
    row = {"import_id": "small-1", "input_hash": "small", "kind": "feed", "name": "small"}
    imports = pa.Table.from_pylist([{name: row.get(name) for name in IMPORTS.names}], schema=IMPORTS)
    return Batch(imports, {"reports": reports_table(reports)})


def serving(folder: Path) -> Iterator[str]:
    """The address of a server of its own over a store."""
    code = "from detente.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", "0", "--store", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            found = (re.search(r"http://[\d.]+:\d+", line) for line in server.stderr or ())
            yield next(address[0] for address in found if address)
        finally:
            server.terminate()
