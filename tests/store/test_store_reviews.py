"""Reviews are links that are added: what stands is what the links up to then say."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.model import Link, Report
from detente.model.tables import IMPORTS, links_table, reports_table
from detente.store import Batch, open_store
from detente.store.reviews import last_standing, read_reviews, review_states, state_key

from .conftest import START

pa = pytest.importorskip("pyarrow")
EVENTS = ("a", "b")
DECISIONS = ("accept", "reject", "correct", "undo")
HISTORIES = st.lists(st.tuples(st.sampled_from(EVENTS), st.sampled_from(DECISIONS)), max_size=12)


def _rows(history):
    """One link a decision, as the planner writes them; an undo repeats what it takes back."""
    rows, standing = [], {event_id: [] for event_id in EVENTS}
    for hour, (event_id, decision) in enumerate(history):
        report_id = f"review:{hour}" if decision == "correct" else event_id
        if decision == "undo":
            if not standing[event_id]:
                continue
            report_id = standing[event_id].pop()[1]
        else:
            standing[event_id].append((decision, report_id))
        rows.append(
            {
                "report_id": report_id,
                "event_id": event_id,
                "rule": f"review/{decision}",
                "by": "Ann",
                "reason": "why",
                "recorded_at": START + timedelta(hours=hour),
                "supersedes": event_id if decision == "correct" else None,
                "import_id": f"i{hour:02}",
            }
        )
    return rows, standing


@given(HISTORIES)
@settings(max_examples=60, deadline=None)
def test_what_stands_is_what_was_not_undone(history):
    rows, standing = _rows(history)
    reviews = read_reviews(reversed(rows))
    states = review_states(reviews)
    words = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
    for event_id, left in standing.items():
        assert (states[event_id].standing if event_id in states else None) == (words[left[-1][0]] if left else None)
        corrections = [report_id for decision, report_id in left if decision == "correct"]
        assert (states[event_id].told_by if event_id in states else None) == (corrections[-1] if corrections else None)
        last = last_standing(reviews, event_id)
        assert (last.decision if last else None) == (left[-1][0] if left else None)


@given(HISTORIES, st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_a_look_back_sees_the_reviews_up_to_then(history, hours):
    rows, _ = _rows(history)
    moment = START + timedelta(hours=hours)
    known = [row for row in rows if row["recorded_at"] <= moment]
    then, now = read_reviews(known), read_reviews(rows)
    assert [item.review_id for item in then] == [item.review_id for item in now][: len(then)]
    assert all(now[place].taken_back or not item.taken_back for place, item in enumerate(then))


def test_the_state_changes_with_every_link_and_not_with_their_order():
    rows, _ = _rows([("a", "accept"), ("a", "reject"), ("a", "undo")])
    states = [state_key(rows[:n], "a") for n in range(4)]
    assert len(set(states)) == 4
    assert state_key(reversed(rows), "a") == states[3]


def test_a_decision_that_is_not_known_here_is_no_acceptance():
    rows, _ = _rows([("a", "accept")])
    assert read_reviews([{**rows[0], "rule": "review/flag"}, {**rows[0], "rule": "new"}]) == ()


def _review_batch(number, links, reports=(), feed=None):
    row = {
        "import_id": f"review-{number}",
        "input_hash": f"review-{number}",
        "kind": "review",
        "feed": feed,
        "stored": len(reports),
        "recorded_at": START + timedelta(hours=number),
    }
    made = [Report(**{**report, "import_id": row["import_id"]}) for report in reports]
    return Batch(
        pa.Table.from_pylist([row], schema=IMPORTS),
        {
            "links": links_table(links, {link.report_id: row["import_id"] for link in links}),
            "reports": reports_table(made),
        },
    )


def _types(snapshot):
    return {row["event_id"]: row["event_type"] for row in snapshot.events().to_pyarrow().to_pylist()}


@pytest.fixture
def reviewed(tmp_path, make_batch, make_report, make_feed_row):
    """Two chosen events and two feed rows; one of each is corrected, one of each rejected."""
    store = open_store(tmp_path / "store", clock=lambda: START)
    chosen = [make_report("a"), make_report("b")]
    store.commit(make_batch(chosen))
    feed = make_batch([make_feed_row("gdelt:1"), make_feed_row("gdelt:2"), make_feed_row("gdelt:3")])
    kinds = feed.imports.set_column(feed.imports.column_names.index("kind"), "kind", pa.array(["feed"]))
    kinds = kinds.set_column(kinds.column_names.index("feed"), "feed", pa.array(["gdelt"]))
    store.commit(Batch(kinds, feed.tables))
    number = 1
    for name, kind in (("a", "chosen"), ("gdelt:1", "feed")):
        at, new = START + timedelta(hours=number), f"review:{name}"
        fields = {"report_id": new, "record_kind": kind, "event_type": "ACCUSE", "source_country": "RUS"}
        fields |= {"target_country": "JPN", "feed": "gdelt" if kind == "feed" else None}
        link = Link(new, name, "review/correct", "Ann", at, name, "it was words")
        store.commit(_review_batch(number, [link], [fields], fields["feed"]))
        number += 1
    for name in ("b", "gdelt:2"):
        at = START + timedelta(hours=number)
        store.commit(_review_batch(number, [Link(name, name, "review/reject", "Ann", at, None, "no act")]))
        number += 1
    return store


def test_each_reader_sees_the_reviews_it_asks_for(reviewed):
    seen = {}
    for used in ("all", "corrected", "accepted"):
        with reviewed.snapshot(reviewed=used) as snapshot:
            seen[used] = _types(snapshot)
    asked = {"a": "PROTEST", "b": "PROTEST", "gdelt:1": "PROTEST", "gdelt:2": "PROTEST", "gdelt:3": "PROTEST"}
    assert seen["all"] == asked
    assert seen["corrected"] == {"a": "ACCUSE", "gdelt:1": "ACCUSE", "gdelt:3": "PROTEST"}
    assert seen["accepted"] == {"a": "ACCUSE", "gdelt:1": "ACCUSE"}


def test_known_by_before_a_review_shows_the_state_before(reviewed):
    expected = [
        {"a": "PROTEST", "b": "PROTEST"},
        {"a": "ACCUSE", "b": "PROTEST"},
        {"a": "ACCUSE", "b": "PROTEST"},
        {"a": "ACCUSE"},
    ]
    for hours, types in enumerate(expected):
        with reviewed.snapshot(known_by=START + timedelta(hours=hours, minutes=1)) as snapshot:
            assert {name: kind for name, kind in _types(snapshot).items() if name in "ab"} == types


def test_an_event_that_was_rejected_still_resolves(reviewed):
    with reviewed.snapshot() as snapshot:
        (event,) = snapshot.event_records(["b"])
        assert event.event_id == "b"
        assert [(item.decision, item.by, item.reason) for item in event.reviews] == [("reject", "Ann", "no act")]
        assert snapshot.resolve_event("review:a") == "a"
        (corrected,) = snapshot.event_records(["a"])
        assert corrected.report.event_type == "ACCUSE"
        assert corrected.report_ids == ("a",)
        assert len(corrected.evidence) == 1
        assert snapshot.chosen_events() == 1


def test_the_cube_counts_what_the_events_say(reviewed):
    for used, expected in (("corrected", {"ACCUSE": 1, "PROTEST": 1}), ("all", {"PROTEST": 3})):
        with reviewed.snapshot(reviewed=used) as snapshot:
            assert snapshot.cube is not None
            rows = snapshot.cube.rows.to_pyarrow().to_pylist()
            counted = {row["event_type"]: row["n"] for row in rows}
            assert counted == expected
    with reviewed.snapshot(reviewed="accepted") as snapshot:
        assert snapshot.cube is None
