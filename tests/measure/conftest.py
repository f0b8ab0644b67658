"""What the tests of feed measures share: event views from reports, from planted worlds, from known sets."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.model import Dyad, Report, Selection
from detente.model.tables import REPORTS, reports_table

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


def as_view(table: pa.Table) -> ir.Table:
    view = ibis.memtable(table)
    return view.mutate(event_id=view.report_id, n_reports=ibis.literal(1))


@pytest.fixture
def view() -> Callable[..., ir.Table]:
    """An event view of reports, one event a report."""
    return lambda *reports: as_view(reports_table(reports))


@pytest.fixture
def view_of() -> Callable[[pa.Table], ir.Table]:
    """An event view of a reports table."""
    return as_view


@pytest.fixture
def act() -> Callable[..., Report]:
    """A feed row of a day: Russia to Japan unless told otherwise."""

    def make(report_id: str, day: date | None, event_type: str | None = "ACCUSE", **fields: object) -> Report:
        given = {"source_country": "RUS", "target_country": "JPN", "feed": "demo", "record_kind": "feed"}
        given |= {"quad": 3, "intensity": -2.0, "intensity_scale": "goldstein", "date_precision": "day"}
        given |= {"date_start": day, "date_end": day, "event_type": event_type}
        return Report(report_id, **(given | fields))

    return make


@pytest.fixture
def selection() -> Selection:
    return Selection(Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed")


@pytest.fixture
def keds_view() -> Callable[[str, str], tuple[ir.Table, Selection]]:
    """A KEDS set as an event view in which the two sides of a directed dyad are `AAA` and `BBB`."""

    def load(name: str, dyad: str) -> tuple[ir.Table, Selection]:
        if not (DATA / "keds").is_dir():
            pytest.skip("development data not beside the repository")
        table = _keds_table(name, *dyad.split(">"))
        return as_view(table), Selection(Dyad("AAA", "BBB"), ("AAA",), ("BBB",), name, "feed", "all")

    return load


@pytest.fixture
def known_answers() -> list[dict[str, str]]:
    path = DATA / "known_answers.csv"
    if not path.exists():
        pytest.skip("development data not beside the repository")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# Root of a code to quad class, as the two systems order their roots; the published groupings.
_QUADS = {
    "CAMEO": {"verbal cooperation": (3, 5), "material cooperation": (6, 8), "verbal conflict": (9, 14)},
    "WEIS": {"verbal cooperation": (1, 5), "material cooperation": (6, 7), "verbal conflict": (11, 17)},
}


def _quad(system: str, code: str) -> int | None:
    if not code[:2].isdigit():
        return None
    root = int(code[:2])
    if system == "WEIS" and root in (2, 8, 9, 10):
        return None if root == 2 else 1
    for number, (first, last) in enumerate(_QUADS[system].values(), start=1):
        if first <= root <= last:
            return number
    return 4 if root > 14 else None


def _side(code: str, prefixes: list[str], name: str) -> str | None:
    starts = any(code.startswith(prefix) for prefix in prefixes)
    return name if starts and not code.startswith("BOSSER") else None


def _keds_table(name: str, a: str, b: str) -> pa.Table:
    rows = pq.read_table(DATA / "keds" / f"{name}.parquet").to_pydict()
    system = rows["system"][0]
    scale = DATA / "keds" / ("cameo_scale.csv" if system == "CAMEO" else "weis_goldstein_scale.csv")
    with scale.open(encoding="utf-8", newline="") as lines:
        scores = {row["code"]: float(row["goldstein"]) for row in csv.DictReader(lines)}
    sides = a.split("|"), b.split("|")

    def country(code: str) -> str:
        return _side(code, sides[0], "AAA") or _side(code, sides[1], "BBB") or code[:3]

    days = [moment.date() for moment in rows["date"]]
    quads = [_quad(system, code) for code in rows["code"]]
    columns = {
        "report_id": [f"{name}:{number}" for number in range(len(days))],
        "date_start": days,
        "date_end": days,
        "source_country": [country(code) for code in rows["source"]],
        "target_country": [country(code) for code in rows["target"]],
        # The type itself is not under test here; a coded act has one.
        "event_type": ["CONSULT" if quad in (1, 2) else "ACCUSE" if quad else None for quad in quads],
        "quad": quads,
        "intensity": [scores.get(code) for code in rows["code"]],
        "cameo": rows["code"],
    }
    fixed = {"symmetric": False, "status": "actual", "feed": name, "record_kind": "feed"}
    fixed |= {"intensity_scale": "goldstein", "date_precision": "day"}
    arrays = [
        pa.array(
            columns.get(field.name, [fixed.get(field.name, [] if pa.types.is_list(field.type) else None)] * len(days)),
            field.type,
        )
        for field in REPORTS
    ]
    return pa.table(arrays, schema=REPORTS)
