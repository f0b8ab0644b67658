"""Measures on an imported feed, in Python."""

import math

import pytest

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def gulf(keds):
    return keds.dyad("Iraq", "Kuveyt")


@pytest.fixture(scope="module")
def breaks(gulf):
    return gulf.breaks("quarter").breaks


@pytest.fixture(scope="module")
def monthly(gulf):
    return gulf.index()


def test_index_counts_the_events_it_reads(gulf, monthly):
    directed = [row for row in monthly.rows if row.direction != "joint"]
    assert sum(row.n for row in directed) == len(gulf.events()) > 900
    joint = sum(row.n for row in monthly.rows if row.direction == "joint")
    told_twice = next(note for note in monthly.notes if "told from both sides" in note)
    assert int(told_twice.split()[0]) == len(gulf.events()) - joint > 0


def test_index_frame_has_a_row_a_period_and_direction(monthly):
    frame = monthly.to_pandas()
    assert len(frame) == len(monthly.rows)
    assert not frame.duplicated(["period", "direction"]).any()
    assert {"volume", "volume_low", "volume_high", "tone", "net"} <= set(frame.columns)


def test_index_by_year_holds_the_same_events(gulf, monthly):
    def total(answer):
        return sum(row.n for row in answer.rows if row.direction == "joint")

    assert total(gulf.index("year")) == total(monthly) == total(gulf.index("quarter"))


def test_index_of_the_pair_turned_round_is_the_same(keds, gulf):
    def joint(answer):
        return [(row.period, row.n, row.volume.value) for row in answer.rows if row.direction == "joint"]

    assert joint(keds.dyad("KWT", "IRQ").index("year")) == joint(gulf.index("year"))


def test_the_invasion_is_among_the_breaks(breaks):
    near = [item for item in breaks if (1990, 4) <= (item.date.year, item.date.month) <= (1990, 10)]
    assert any(item.series == "conflict_volume" and item.sign == 1 for item in near)
    assert all(item.evidence for item in near if item.kind == "level")


def test_evidence_of_breaks_can_be_followed(keds, breaks):
    ids = sorted({name for item in breaks for name in item.evidence})
    with keds.snapshot() as snapshot:
        events = snapshot.event_records(ids[:20])
    assert [event.event_id for event in events] == ids[:20]
    assert {event.report.source_country for event in events} <= {"IRQ", "KWT"}


def test_impact_of_the_invasion_is_more_conflict(gulf):
    answer = gulf.impact("1990-08-02", shocker="Irak")
    assert answer.shocker == "IRQ"
    conflict = [row for row in answer.results if row.outcome == "conflict_volume" and row.direction == "joint"]
    assert conflict[0].effect > 0
    assert conflict[0].low <= conflict[0].effect <= conflict[0].high
    assert conflict[0].p_value >= conflict[0].p_floor > 0
    assert not any(math.isnan(value) for row in answer.results for value in (row.effect, row.low) if value is not None)


def test_answers_of_one_question_are_equal(gulf):
    first, second = (gulf.impact("1990-08-02").to_object() for _ in range(2))
    assert first == second


def test_answers_say_how_they_were_made(monthly):
    assert "keds" in monthly.cite()
    assert "IRQ" in monthly.cite()
    assert str(monthly).splitlines()[0].startswith("period")
