"""A small store with everything a measure can meet: nulls, mirrors, alleged and denied acts, spans, links, reviews."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from detente.model import Link, Report
from detente.model.tables import IMPORTS, links_table, reports_table
from detente.store import Batch, Store, open_store

_SIDES = ("RUS", "JPN", "CHN", "USA", "SUN", "KOR", "UKR", "IGO:EU")
_TYPES = (("CONSULT", "040", 1), ("ACCUSE", "112", 3), ("ASSAULT", "190", 4), ("REQUEST", "104", 3), ("AID", "070", 2))
_FIRST = date(1968, 1, 1)  # before the days that some engines count from
_START = datetime(2024, 1, 1, tzinfo=UTC)
_REVIEWED = datetime(2024, 6, 1, tzinfo=UTC)


def build_world(folder: Path, rows: int = 900) -> Path:
    """Write the store and give its folder."""
    store = open_store(folder, clock=lambda: _START)
    fed = _feed_rows(rows)
    store.commit(_batch("feed-1", [*fed, *_mirrored()]))
    store.commit(_batch("chosen-1", _chosen(), links=_links()))
    _review(open_store(folder, clock=lambda: _REVIEWED), fed)
    return folder


def _review(store: Store, rows: list[Report]) -> None:
    """Decisions of every kind, as `detente review` writes them, a minute apart."""
    own = [row for row in rows if {row.source_country, row.target_country} == {"RUS", "JPN"}]
    corrected = _corrected(own[31], "review:1"), _corrected(_chosen()[6], "review:2")
    decisions = [
        *(("reject", [(name, name, None)]) for name in (*(row.report_id for row in own[10:13]), "chosen-02")),
        *(("accept", [(name, name, None)]) for name in (*(row.report_id for row in own[20:26]), "chosen-04")),
        ("accept", [("demo:00000", "demo:00000", None), ("demo:00001", "demo:00000", None)]),
        *(("correct", [(made.report_id, told, told)]) for made, told in corrected),
        ("merge", [("chosen-10", "chosen-08", "chosen-10")]),
        ("split", [("chosen-01", "chosen-01", "chosen-00")]),
        ("reject", [(own[40].report_id, own[40].report_id, None)]),
        ("undo", [(own[40].report_id, own[40].report_id, None)]),
    ]
    made = {item.report_id: item for item, _ in corrected}
    for number, (decision, links) in enumerate(decisions):
        when = _REVIEWED + timedelta(minutes=number)
        told = (Link(report, event, f"review/{decision}", "A. Analyst", when, old) for report, event, old in links)
        new = [made[report] for report, _, _ in links if report in made]
        store.commit(_batch(f"review-{number:02d}", new, links=tuple(told)))


def _corrected(report: Report, report_id: str) -> tuple[Report, str]:
    """A correction of a report, and what it corrects."""
    day = date(1974, 5, 6)
    made = replace(report, report_id=report_id, event_type="THREATEN", quad=3, cameo=None, intensity=None)
    return replace(made, intensity_scale=None, date_start=day, date_end=day, date_precision="day"), report.report_id


def _batch(import_id: str, reports: list[Report], links: tuple[Link, ...] = ()) -> Batch:
    kind = import_id.partition("-")[0]
    row = {
        "import_id": import_id,
        "input_hash": import_id,
        "kind": "document" if kind == "chosen" else kind,
        "stored": len(reports),
        "rows": len(reports),
    }
    given = [_of_import(report, import_id) for report in reports]
    tables = {"reports": reports_table(given)}
    if links:
        tables["links"] = links_table(links, {link.report_id: import_id for link in links})
    return Batch(pa.Table.from_pylist([row], schema=IMPORTS), tables)


def _of_import(report: Report, import_id: str) -> Report:
    return replace(report, import_id=import_id)


def _feed_rows(n: int) -> list[Report]:
    draw = np.random.default_rng(7)
    found = []
    for number in range(n):
        # A third of all acts are of the pair; the rest are the others' and the pair's with others.
        pair = draw.random() < 1 / 3
        source, target = draw.permutation(["RUS", "JPN"]) if pair else draw.choice(_SIDES, 2)
        event_type, cameo, quad = _TYPES[draw.integers(len(_TYPES))] if draw.random() < 0.95 else (None, "010", 1)
        first = _FIRST + timedelta(days=int(draw.integers(9 * 365)))
        span = int(draw.choice([0, 0, 0, 0, 0, 30, 364]))
        dated = draw.random() < 0.98
        found.append(
            Report(
                f"demo:{number:05d}",
                source_country=str(source) if draw.random() < 0.97 else None,
                target_country=str(target) if draw.random() < 0.97 else None,
                source_sector=draw.choice([None, "GOV", "MIL", "REB", "CVL"]),
                target_sector=draw.choice([None, "GOV", "MIL", "BUS"]),
                symmetric=bool(draw.random() < 0.05),
                event_type=event_type,
                mode=draw.choice([None, "violence"]) if event_type == "ACCUSE" else None,
                issue=tuple(draw.choice(["islands", "energy", "war"], draw.integers(3), replace=False).tolist()),
                status=str(draw.choice(["actual", "actual", "actual", "alleged", "negated", "planned"])),
                cameo=cameo if draw.random() < 0.98 else None,
                quad=quad,
                intensity=float(round(draw.normal(0, 4), 1)) if draw.random() < 0.9 else None,
                intensity_scale="goldstein",
                mentions=int(draw.integers(1, 20)),
                date_start=first if dated else None,
                date_end=first + timedelta(days=span) if dated else None,
                date_precision="day" if span == 0 else "month" if span == 30 else "year",
                publisher_country=draw.choice([None, "RUS", "JPN", "GBR"]),
                feed="demo",
                record_kind="feed",
            )
        )
    return found


def _mirrored() -> list[Report]:
    """Acts that the feed tells from both sides, on ten days."""
    shared = {"event_type": "CONSULT", "cameo": "042", "quad": 1, "intensity": 1.9, "intensity_scale": "goldstein"}
    found = []
    for number in range(10):
        day = date(1975, 3, 1) + timedelta(days=number)
        for source, target, code in (("RUS", "JPN", "042"), ("JPN", "RUS", "043")):
            found.append(
                Report(
                    f"demo:mirror-{number}-{source}",
                    source_country=source,
                    target_country=target,
                    date_start=day,
                    date_end=day,
                    date_precision="day",
                    status="actual",
                    symmetric=False,
                    feed="demo",
                    record_kind="feed",
                    **{**shared, "cameo": code},
                )
            )
    return found


def _chosen() -> list[Report]:
    days = [date(1974, 1, 1) + timedelta(days=45 * step) for step in range(16)]
    return [
        Report(
            f"chosen-{number:02d}",
            source_country=("RUS", "JPN")[number % 2],
            target_country=("JPN", "RUS")[number % 2],
            event_type=_TYPES[number % len(_TYPES)][0],
            quad=_TYPES[number % len(_TYPES)][2],
            intensity=float(number % 5) - 2,
            intensity_scale="plover",
            date_start=day,
            date_end=day,
            date_precision="day",
            status="actual",
            symmetric=False,
            issue=("islands",),
            record_kind="chosen",
        )
        for number, day in enumerate(days)
    ]


def _links() -> tuple[Link, ...]:
    """Two chosen reports of one act, and two rows of the feed that are one event."""
    return (
        Link("chosen-01", "chosen-00", "same-act", "test", _START, None),
        Link("demo:00001", "demo:00000", "same-act", "test", _START, None),
    )
