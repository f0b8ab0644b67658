from dataclasses import replace
from datetime import date

import pytest

from detente.errors import DataError
from detente.measure.index import measure_index
from detente.model import Dyad, Selection
from detente.simulate import FEED, World, simulate_dyads


def rows_of(result):
    return {(row.period, row.direction): row for row in result.rows}


def test_each_kind_of_act_is_counted_where_it_belongs(view, act, selection):
    day = date(2022, 3, 5)
    events = view(
        act("1", day, "ACCUSE"),
        act("2", day, "REQUEST"),
        act("3", day, "SANCTION", quad=4, intensity=-6.0),
        act("4", day, "ASSAULT", quad=4, intensity=-9.0, source_country="JPN", target_country="RUS"),
        act("5", day, "THREATEN", mode="violence"),
        act("6", day, "THREATEN", mode="restrict"),
        act("7", day, "CONSULT", quad=1, intensity=1.0, symmetric=True),
        act("8", day, None, quad=1, intensity=3.0),
    )
    rows = rows_of(measure_index(events, selection, "month"))
    march = date(2022, 3, 1)
    joint, forward = rows[march, "joint"], rows[march, "RUS>JPN"]
    backward = rows[march, "JPN>RUS"]
    assert (joint.n, forward.n, backward.n) == (8, 7, 2)
    assert joint.conflict_volume.value == 5
    assert joint.cooperation_volume.value == 1
    assert (forward.cooperation_volume.value, backward.cooperation_volume.value) == (1, 1)
    assert joint.net.value == pytest.approx(-2 - 2 - 6 - 9 - 2 - 2 + 1)
    assert backward.net.value == pytest.approx(-8)
    # Shares of a single period are drawn to one half by half an act of each kind.
    assert joint.military_share.value == pytest.approx(2.5 / 8)
    assert joint.coercive_share.value == pytest.approx(3.5 / 8)
    assert joint.conflict_share.value == pytest.approx(5.5 / 7)
    asked = measure_index(events, selection, "month", count_requests=True)
    assert rows_of(asked)[march, "joint"].conflict_volume.value == 6


def test_gaps_are_gaps_and_silence_is_zero(view, act, selection):
    events = view(
        act("1", date(2022, 1, 1)),
        act("2", date(2022, 2, 10), target_country="CHN"),
        act("3", date(2022, 4, 30)),
    )
    result = measure_index(events, selection, "month")
    rows = rows_of(result)
    assert {period for period, _ in rows} == {date(2022, 1, 1), date(2022, 2, 1), date(2022, 4, 1)}
    silent = rows[date(2022, 2, 1), "joint"]
    assert (silent.n, silent.volume.value) == (0, 0)
    assert silent.volume.high > 0
    assert silent.tone.value is silent.conflict_share.value is None
    assert any(note.startswith("1 periods") for note in result.notes)
    assert any("2 events in 3 months" in note for note in result.notes)


def test_a_month_dated_act_is_undated_by_week_and_counted_by_month(view, act, selection):
    month = act("2", date(2022, 3, 1), date_end=date(2022, 3, 31), date_precision="month")
    events = view(act("1", date(2022, 3, 7)), month)
    assert measure_index(events, selection, "month").rows[-1].n == 2
    weekly = measure_index(events, selection, "week")
    assert sum(row.n for row in weekly.rows if row.direction == "joint") == 1
    assert any(note.startswith("1 act is dated no closer than a week") for note in weekly.notes)


def test_two_scales_are_never_mixed(view, act, selection):
    events = view(act("1", date(2022, 3, 7)), act("2", date(2022, 3, 8), intensity_scale="plover"))
    with pytest.raises(DataError, match="2 scales \\(goldstein, plover\\)"):
        measure_index(events, selection, "month")


def test_notes_say_what_stands_behind_the_numbers(view, act, selection):
    events = view(act("1", date(2022, 3, 15)), act("2", date(2022, 3, 16), source_sector="MED"))
    text = " ".join(measure_index(events, selection, "month").notes)
    for part in ("feed demo", "RUS includes SUN", "50% of the pair's acts", "Only part of the month"):
        assert part in text


def test_an_empty_record_is_said(view, act, selection):
    with pytest.raises(DataError, match="no dated event in feed absent"):
        measure_index(view(act("1", date(2022, 3, 7))), replace(selection, feed="absent"), "month")


def test_the_joint_series_adds_up(view_of):
    dyads = Dyad("AAA", "BBB"), Dyad("BBB", "AAA"), Dyad("CCC", "DDD")
    events = view_of(simulate_dyads(5, World(dyads, months=30)))
    asked = Selection(Dyad("AAA", "BBB"), ("AAA",), ("BBB",), FEED, "feed")
    result = measure_index(events, asked, "quarter")
    rows = rows_of(result)
    for period in {row.period for row in result.rows}:
        parts = [rows[period, name] for name in ("AAA>BBB", "BBB>AAA")]
        assert rows[period, "joint"].n == sum(part.n for part in parts) > 0
        assert rows[period, "joint"].net.value == pytest.approx(sum(part.net.value for part in parts))
    assert result == measure_index(events, asked, "quarter")
