"""A measure gives the same sums from a cube as from the events it counts."""

from datetime import date, timedelta

import ibis
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.measure.cubed import Cubed
from detente.measure.series import build_series
from detente.model import Dyad, Report, Selection
from detente.model.tables import reports_table
from detente.store.cube import count_reports

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2

CODES = [
    ("112", "ACCUSE", 3, -2.0, False),
    ("20", "REQUEST", 3, -3.0, False),
    ("138", "THREATEN", 3, -7.0, False),
    ("042", "CONSULT", 1, 1.9, False),
    ("043", "CONSULT", 1, 2.8, False),
    ("190", "ASSAULT", 4, -10.0, True),
    ("01", None, None, 0.0, None),
]


@st.composite
def feed_rows(draw):
    rows = []
    for number in range(draw(st.integers(1, 30))):
        code, event_type, quad, score, symmetric = draw(st.sampled_from(CODES))
        day = date(2020, 1, 1) + timedelta(days=draw(st.integers(0, 40)))
        rows.append(
            Report(
                f"demo/{number}",
                date_start=day,
                date_end=day + timedelta(days=draw(st.sampled_from([0, 0, 0, 3]))),
                date_precision="day",
                source_country=draw(st.sampled_from(["RUS", "SUN", "JPN", "USA", None])),
                target_country=draw(st.sampled_from(["RUS", "JPN", "JPN", "USA", None])),
                source_sector=draw(st.sampled_from([None, "GOV", "CVL"])),
                target_sector=draw(st.sampled_from([None, "MIL", "REB"])),
                event_type=event_type,
                mode="violence" if event_type == "THREATEN" and draw(st.booleans()) else None,
                symmetric=symmetric,
                status=draw(st.sampled_from(["actual", "actual", "alleged", "negated", "future"])),
                cameo=code,
                quad=quad,
                intensity=score,
                intensity_scale="goldstein",
                feed=draw(st.sampled_from(["demo", "demo", "other"])),
                record_kind="feed",
            )
        )
    first = date(2020, 1, 1)
    anchor = Report("demo/anchor", date_start=first, date_end=first, feed="demo", record_kind="feed")
    return [*rows, anchor]


@settings(max_examples=15, deadline=None)
@given(
    rows=feed_rows(),
    one_a_day=st.booleans(),
    strict=st.booleans(),
    actors=st.sampled_from(["state", "all"]),
    every=st.sampled_from(["day", "month"]),
    since=st.sampled_from([None, date(2020, 1, 1)]),
)
def test_the_sums_are_those_of_the_events(rows, one_a_day, strict, actors, every, since):
    table = reports_table(rows)
    view = ibis.memtable(table)
    view = view.mutate(event_id=view.report_id, n_reports=ibis.literal(1))
    counts = {name: ibis.memtable(found) for name, found in count_reports(table).items()}
    if "cube" not in counts:
        counts["cube"] = ibis.memtable(_no_rows())
    record = Cubed(counts["cube"], counts["coverage"], lambda: view)
    selection = Selection(
        Dyad("RUS", "JPN"), ("RUS", "SUN"), ("JPN",), "demo", "feed", actors, one_a_day, since, None, strict
    )
    by_events, by_cube = (build_series(source, selection, every) for source in (view, record))
    assert (by_events.source, by_cube.source) == ("events", "cube")
    for name in ("periods", "span", "undated", "scale", "partial", "mirrored"):
        assert getattr(by_events, name) == getattr(by_cube, name)
    assert by_events.left_out == pytest.approx(by_cube.left_out)
    np.testing.assert_array_equal(by_events.coverage, by_cube.coverage)
    np.testing.assert_array_equal(by_events.others, by_cube.others)
    for direction, sums in by_events.sums.items():
        for name, values in sums.items():
            np.testing.assert_allclose(values, by_cube.sums[direction][name], err_msg=f"{direction} {name}")
        assert by_events.clumping[direction] == pytest.approx(by_cube.clumping[direction])


def _no_rows():
    from detente.model.tables import CUBE

    return CUBE.empty_table()


def test_a_chosen_record_is_never_read_from_a_cube(view, act, selection):
    from dataclasses import replace

    day = date(2022, 3, 1)
    events = view(replace(act("r1", day), record_kind="chosen", feed=None))
    counts = count_reports(reports_table([act("r1", day)]))
    record = Cubed(*(ibis.memtable(counts[name]) for name in ("cube", "coverage")), lambda: events)
    series = build_series(record, replace(selection, record_kind="chosen", feed=None), "month")
    assert (series.source, series.total) == ("events", 1)
