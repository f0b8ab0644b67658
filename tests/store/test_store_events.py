"""The event view: which reports make an event, and where an id leads."""

from datetime import timedelta

import duckdb
import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.errors import InputError
from detente.model import Link, Quantity, Report
from detente.model.tables import links_table, reports_table
from detente.store import open_store
from detente.store.view import events_view, grouped_reports, latest_links, touched_feed_ids

from .conftest import START

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2


def _events(snapshot):
    rows = snapshot.events().to_pyarrow().to_pylist()
    return {row["event_id"]: (row["report_id"], row["n_reports"]) for row in rows}


def test_reports_without_links_are_their_own_events(store, make_batch, make_report, make_feed_row):
    rows = [make_report("r1"), make_feed_row("gdelt:1"), make_feed_row("icews:1", feed="icews")]
    store.commit(make_batch([*rows, make_feed_row("gdelt:2")]))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {name: (name, 1) for name in ("r1", "gdelt:1", "gdelt:2", "icews:1")}
        assert list(snapshot.feeds().items()) == [("gdelt", 2), ("icews", 1)]
        assert snapshot.chosen_events() == 1
        assert not snapshot.is_empty()
        assert snapshot.event_records(["gdelt:2"])[0].report_ids == ("gdelt:2",)


def test_two_reports_make_one_event(store, make_batch, make_report, make_link):
    second = make_report("r0", quantities=(Quantity(3500.0, "people", "troops"), Quantity(2.0, None, "ships")))
    links = [make_link("r1", "r1"), make_link("r0", "r1", supersedes="r0")]
    store.commit(make_batch([make_report("r1", event_type="ACCUSE"), second], links=links))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {"r1": ("r1", 2)}
        (event,) = snapshot.event_records(["r1"])
        assert (event.report.event_type, event.report_ids) == ("ACCUSE", ("r1", "r0"))
        assert event.report.quantities == (Quantity(3500.0, "people", "troops"), Quantity(2.0, None, "ships"))
        assert event.evidence == event.report.evidence


def test_an_event_of_an_id_of_its_own_is_told_by_its_smallest_report(store, make_batch, make_report, make_link):
    links = [make_link("r2", "e"), make_link("r1", "e")]
    store.commit(make_batch([make_report("r2"), make_report("r1")], links=links))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {"e": ("r1", 2)}


def test_a_report_linked_to_a_feed_row_joins_its_event(store, make_batch, make_report, make_feed_row, make_link):
    rows = [make_feed_row("gdelt:1"), make_feed_row("gdelt:2"), make_feed_row("gdelt:3"), make_report("r1")]
    store.commit(make_batch(rows, links=[make_link("r1", "gdelt:1"), make_link("gdelt:2", "gdelt:3")]))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {"gdelt:1": ("gdelt:1", 2), "gdelt:3": ("gdelt:3", 2)}
        assert snapshot.resolve_event("gdelt:2") == "gdelt:3"


def test_the_same_report_of_two_files_counts_once(store, make_batch, make_report):
    store.commit(make_batch([make_report("r1")], input_hash="html"))
    store.commit(make_batch([make_report("r1")], input_hash="pdf"))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {"r1": ("r1", 1)}
        (event,) = snapshot.event_records(["r1"])
        assert (len(event.evidence), len(event.report.materiel)) == (1, 1)


def test_a_merged_id_resolves_to_the_survivor(store, make_batch, make_report, make_link):
    store.commit(make_batch([make_report(name) for name in "abc"]))
    store.commit(make_batch(links=[make_link("c", "b", 1, supersedes="c")]))
    store.commit(make_batch(links=[make_link(name, "a", 2, supersedes="b") for name in "bc"]))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {"a": ("a", 3)}
        assert snapshot.resolve_events(["c", "a", "b", "c"]) == ("a",) * 4
        assert [event.event_id for event in snapshot.event_records(["b", "a"])] == ["a", "a"]
        with pytest.raises(InputError, match="event 'z' is not in the store"):
            snapshot.resolve_event("z")
        with pytest.raises(InputError, match="event 'z' is not in the store"):
            snapshot.event_records(["a", "z"])


def test_a_merge_taken_back_gives_the_event_back(store, make_batch, make_report, make_link):
    store.commit(make_batch([make_report("a"), make_report("b")]))
    store.commit(make_batch(links=[make_link("b", "a", 1, supersedes="b")]))
    store.commit(make_batch(links=[make_link("b", "b", 2, supersedes="a")]))
    with store.snapshot() as snapshot:
        assert _events(snapshot) == {"a": ("a", 1), "b": ("b", 1)}
        assert snapshot.resolve_events(["a", "b"]) == ("a", "b")


def test_known_by_shows_what_was_known_then(store, make_batch, make_report, make_link, clock):
    store.commit(make_batch([make_report("a"), make_report("b")]))
    then = clock.now
    store.commit(make_batch([make_report("c")], links=[make_link("b", "a", 99, supersedes="b")]))
    with store.snapshot(known_by=then) as snapshot, store.snapshot() as now:
        assert _events(snapshot) == {"a": ("a", 1), "b": ("b", 1)}
        assert snapshot.resolve_event("b") == "b"
        assert _events(now) == {"a": ("a", 2), "c": ("c", 1)}
        assert snapshot.version != now.version
    with store.snapshot(known_by=clock.now) as between:
        assert _events(between) == {"a": ("a", 1), "b": ("b", 1), "c": ("c", 1)}
    with store.snapshot(known_by=then - timedelta(days=1)) as before:
        assert before.is_empty()


def test_unknown_tables_and_documents_are_named(store, make_batch, article):
    store.commit(make_batch(documents=[article]))
    with store.snapshot() as snapshot:
        assert not snapshot.is_empty()
        with pytest.raises(InputError, match="no table 'news'"):
            snapshot.table("news")
        with pytest.raises(InputError, match="document 'd2' is not in the store"):
            snapshot.documents(["d1", "d2"])


IDS = ("a", "b", "c", "gdelt:1", "gdelt:2")
ASSIGNMENTS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from((*IDS, "e"))), max_size=6)


def _expected(assignments):
    event_of = {name: name for name in IDS} | dict(assignments)
    events = {}
    for event_id in sorted(set(event_of.values())):
        members = sorted(name for name in IDS if event_of[name] == event_id)
        events[event_id] = (event_id if event_id in members else members[0], len(members))
    return events


@given(st.lists(ASSIGNMENTS, min_size=1, max_size=30))
@settings(max_examples=8, deadline=None)
def test_the_view_is_the_latest_assignment_of_each_report(histories):
    """Each history is a world of its own in one store, told apart by the end of its ids."""
    reports, links, expected = [], [], {}
    for world, assignments in enumerate(histories):
        for name in IDS:
            kind = "feed" if ":" in name else "chosen"
            reports.append(Report(f"{name}/{world}", record_kind=kind, import_id="i"))
        for hour, (report_id, event_id) in enumerate(assignments):
            at = START + timedelta(hours=hour)
            links.append(Link(f"{report_id}/{world}", f"{event_id}/{world}", "rule", "test", at))
        for event_id, (told_by, n_reports) in _expected(assignments).items():
            expected[f"{event_id}/{world}"] = (f"{told_by}/{world}", n_reports)
    rows = _view(reports_table(reports), links_table(links, {link.report_id: "i" for link in links}))
    assert len(rows) == len({row["event_id"] for row in rows})
    assert {row["event_id"]: (row["report_id"], row["n_reports"]) for row in rows} == expected


def _view(reports, links):
    connection = duckdb.connect()
    connection.register("reports", reports)
    connection.register("links", links)
    backend = ibis.duckdb.from_connection(connection)
    stored, latest = backend.table("reports"), latest_links(backend.table("links"))
    touched = touched_feed_ids(stored, latest)
    view = events_view(stored, grouped_reports(stored, latest, touched), touched)
    rows = view.select("event_id", "report_id", "n_reports").to_pyarrow().to_pylist()
    connection.close()
    return rows


MERGES = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), min_size=1, max_size=5)


@given(MERGES)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_id_once_shown_always_resolves(tmp_path_factory, make_batch, make_report, merges):
    store = open_store(tmp_path_factory.mktemp("store"))
    store.commit(make_batch([make_report(name) for name in "abcd"]))
    event_of = {name: name for name in "abcd"}
    links = []
    for hour, (old, new) in enumerate(merges):
        for name in [name for name in "abcd" if event_of[name] == old and old != new]:
            links.append(Link(name, new, "merge", "test", START + timedelta(hours=hour), supersedes=old))
            event_of[name] = new
    store.commit(make_batch(links=links))
    with store.snapshot() as snapshot:
        events = _events(snapshot)
        assert set(events) == set(event_of.values())
        assert set(snapshot.resolve_events("abcd")) <= set(events)
        assert snapshot.resolve_events(sorted(events)) == tuple(sorted(events))


def test_events_agree_with_plain_sql(store, make_batch, make_report, make_feed_row, make_link):
    rows = [make_report(f"r{n}") for n in range(6)] + [make_feed_row(f"gdelt:{n}") for n in range(6)]
    links = [make_link("r1", "r0"), make_link("r2", "r0"), make_link("r2", "r3", 5, "r0")]
    store.commit(make_batch(rows, links=links))
    with store.snapshot() as snapshot:
        tables = {name: snapshot.table(name).to_pyarrow() for name in ("reports", "links")}
        ours = snapshot.events().select("event_id", "n_reports").order_by("event_id").to_pyarrow()
    connection = duckdb.connect()
    for name, table in tables.items():
        connection.register(name, table)
    oracle = connection.sql(
        """SELECT coalesce(l.event_id, r.report_id) AS event_id, count(*) AS n_reports FROM reports r
        LEFT JOIN (SELECT report_id, arg_max(event_id, recorded_at) AS event_id FROM links GROUP BY ALL) l
        USING (report_id) GROUP BY ALL ORDER BY event_id"""
    ).to_arrow_table()
    connection.close()
    assert ours.to_pylist() == oracle.to_pylist()
