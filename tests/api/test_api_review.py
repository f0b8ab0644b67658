"""Reviews through the Python interface: an id always leads somewhere, and what was is still there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente as dt
from detente.api.reviewing import ReviewConflictError
from detente.errors import InputError

TEXT = (
    "Japan expelled eight Russian diplomats on 8 April 2022. "
    "Russia ordered eight Japanese diplomats to leave on 27 April 2022. "
    "Russia protested to Japan on 3 May 2022."
)


def _store(folder):
    store = dt.open(folder / "store")
    store.add(dt.code_text(TEXT))
    return store, [event.event_id for event in store.dyad("RUS", "JPN").events()]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "correct", "merge", "split", "undo"]), st.integers(0, 2), st.integers(0, 2)
    ),
    min_size=1,
    max_size=4,
)


@given(STEPS)
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
def test_ids_resolve_and_a_look_back_shows_what_was(tmp_path_factory, steps):
    store, ids = _store(tmp_path_factory.mktemp("steps"))
    shown, seen = set(ids), []
    for number, (decision, one, two) in enumerate(steps):
        history = store.review_history(ids[one])
        with store.snapshot() as snapshot:
            view = snapshot.events().order_by("event_id").select("event_id", "report_id", "n_reports", "event_type")
            seen.append((max(row.recorded_at for row in [*snapshot.reviews, history.event.report]), view.to_pyarrow()))
        kind = ("ACCUSE", "CONSULT", "AID")[number % 3]
        reports = history.event.report_ids[1:] if decision == "split" else ()
        try:
            done = store.review(
                ids[one],
                decision,
                by="Ann",
                why=f"step {number}",
                values={"event_type": kind} if decision == "correct" else None,
                other=ids[two],
                reports=reports,
                seen=history.state,
            )
        except InputError:
            continue
        shown |= {done.event_id, done.new_event or done.event_id}
    with store.snapshot() as snapshot:
        current = set(snapshot.all_events().event_id.to_pyarrow().to_pylist())
        assert set(snapshot.resolve_events(sorted(shown))) <= current
    for moment, before in seen:
        with store.snapshot(known_by=moment) as snapshot:
            view = snapshot.events().order_by("event_id").select("event_id", "report_id", "n_reports", "event_type")
            if moment > seen[0][0]:
                assert view.to_pyarrow().equals(before)
    assert [event.event_id for event in store.reviewed("all").dyad("RUS", "JPN").events()] == ids


def test_two_at_once_are_told_apart(tmp_path):
    store, (first, *_) = _store(tmp_path)
    state = store.review_history(first).state
    done = store.review(first, "accept", by="Ann", seen=state)
    assert store.review(first, "accept", by="Ann", seen=state).review_id == done.review_id
    with pytest.raises(ReviewConflictError, match="accepted by Ann"):
        store.review(first, "reject", by="Bob", why="no act", seen=state)


def test_another_telling_of_a_corrected_event_joins_it(tmp_path):
    store, (first, *_) = _store(tmp_path)
    store.review(first, "correct", by="Ann", why="words", values={"event_type": "ACCUSE"})
    store.review(first, "accept", by="Ann")
    added = store.add(dt.code_text("Japan expelled eight Russian diplomats on 8 April 2022.", title="Another"))
    assert (added.new_events, added.joined_events) == (0, 1)
    history = store.review_history(first)
    assert (history.event.report.event_type, history.standing, len(history.new_reports)) == ("ACCUSE", "accepted", 1)


def test_forgetting_takes_reviews_and_their_reasons_along(tmp_path):
    store, (first, *_) = _store(tmp_path)
    store.review(first, "correct", by="Ann", why="a very special reason", values={"event_type": "ACCUSE"})
    with store.snapshot() as snapshot:
        (document_id,) = {item.document_id for item in snapshot.event_records([first])[0].evidence}
    store.forget(document_id)
    with store.snapshot() as snapshot:
        assert snapshot.reviews == ()
    files = [path for path in store.tables.path.rglob("*") if path.is_file()]
    assert not any(b"a very special reason" in path.read_bytes() for path in files)


def test_exports_hold_the_history(tmp_path):
    store, (first, *_) = _store(tmp_path)
    store.review(first, "accept", by="Ann", why="checked")
    row = store.dyad("RUS", "JPN").events().to_dicts()[0]
    assert (row["review"], row["reviewed_by"], row["review_reason"]) == ("accepted", "Ann", "checked")
    assert '"decision": "accept"' in row["review_history"]
