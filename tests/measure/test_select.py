from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import DataError
from detente.measure.select import (
    choose_feed,
    describe_selection,
    select_events,
    share_left_out,
)
from detente.measure.series import build_series

DAY = date(2022, 3, 1)


def kept(events, selection):
    rows = select_events(events, selection).select("event_id", "direction").to_pyarrow().to_pylist()
    return {row["event_id"]: row["direction"] for row in rows}


def test_both_directions_are_named_in_the_codes_asked(view, act, selection):
    events = view(
        act("1", DAY),
        act("2", DAY, source_country="JPN", target_country="RUS"),
        act("3", DAY, source_country="SUN"),
        act("4", DAY, target_country="CHN"),
        act("5", DAY, target_country="RUS"),
        act("6", DAY, source_country=None),
    )
    assert kept(events, selection) == {"1": "RUS>JPN", "2": "JPN>RUS", "3": "RUS>JPN"}


def test_what_is_planned_conditional_or_denied_is_no_act(view, act, selection):
    statuses = ("actual", "alleged", "future", "hypothetical", "negated", None)
    days = [date(2022, 3, number) for number in range(1, 7)]
    events = view(*(act(str(status), day, status=status) for status, day in zip(statuses, days, strict=True)))
    assert set(kept(events, selection)) == {"actual", "alleged", "None"}
    assert set(kept(events, replace(selection, strict=True))) == {"actual", "None"}


def test_an_alleged_act_that_the_record_denies_does_not_count(view, act, selection):
    events = view(
        act("alleged", DAY, "ASSAULT", status="alleged"),
        act("denied", DAY, "ASSAULT", status="negated"),
        act("other day", date(2022, 3, 2), "ASSAULT", status="alleged"),
    )
    assert set(kept(events, selection)) == {"other day"}


def test_a_country_is_not_its_state(view, act, selection):
    events = view(
        act("state", DAY),
        act("army", DAY, source_sector="MIL"),
        act("press", DAY, source_sector="MED"),
        act("firm", DAY, target_sector="BUS"),
    )
    assert set(kept(events, selection)) == {"state", "army"}
    union = view(act("union", DAY, source_country="IGO:EU", source_sector="IGO"))
    assert set(kept(union, replace(selection, a_codes=("IGO:EU",)))) == {"union"}
    assert len(kept(events, replace(selection, actors="all"))) == 4
    assert share_left_out(events, selection) == pytest.approx(0.5)
    assert share_left_out(events, replace(selection, dyad=selection.dyad, a_codes=("FRA",))) is None


def test_feeds_and_chosen_records_are_never_mixed(view, act, selection):
    events = view(act("1", DAY), act("2", DAY, feed="other"), act("3", DAY, record_kind="chosen", feed=None))
    assert set(kept(events, selection)) == {"1"}
    assert set(kept(events, replace(selection, feed=None, record_kind="chosen"))) == {"3"}
    with pytest.raises(DataError, match="none is named"):
        select_events(events, replace(selection, feed=None))


def test_bounds_hold_the_whole_span_and_leave_out_the_undated(view, act, selection):
    events = view(
        act("day", date(2022, 2, 24)),
        act("month", date(2022, 2, 1), date_end=date(2022, 2, 28), date_precision="month"),
        act("unknown", None),
    )
    assert set(kept(events, selection)) == {"day", "month", "unknown"}
    assert set(kept(events, replace(selection, since=date(2022, 2, 24)))) == {"day"}
    assert set(kept(events, replace(selection, until=date(2022, 2, 27)))) == {"day"}


def test_one_a_day_keeps_the_first_of_equal_rows(view, act, selection):
    events = view(
        act("1", DAY, cameo="112"),
        act("2", DAY, cameo="112"),
        act("3", DAY, cameo="1121"),
        act("4", DAY, cameo="112", source_sector="MIL"),
        act("5", date(2022, 3, 2), cameo="112"),
        act("6", DAY, "CONSULT"),
        act("7", DAY, "CONSULT"),
    )
    assert set(kept(events, replace(selection, one_a_day=True))) == {"1", "3", "4", "5", "6"}


def test_a_symmetric_act_counts_once_each_way_and_once_in_joint(view, act, selection):
    events = view(act("met", DAY, "CONSULT", symmetric=True), act("said", DAY))
    sums = build_series(events, selection, "day").sums
    counts = {direction: int(values["n"].sum()) for direction, values in sums.items()}
    assert counts == {"JPN>RUS": 1, "RUS>JPN": 2, "joint": 2}


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 99), min_size=1))
def test_the_feed_with_most_rows_is_chosen(feeds):
    chosen = choose_feed(feeds)
    assert feeds[chosen] == max(feeds.values())
    assert all(name >= chosen for name, rows in feeds.items() if rows == feeds[chosen])


def test_no_feed_is_said():
    with pytest.raises(DataError, match="no feed"):
        choose_feed({})


def test_a_selection_is_said_in_one_line(selection):
    asked = replace(selection, one_a_day=True, strict=True, since=DAY)
    assert describe_selection(asked) == (
        "feed demo; RUS+SUN <> JPN; actors state; dates 2022-03-01..; one-a-day; strict"
    )
