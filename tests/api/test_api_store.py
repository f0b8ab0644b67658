"""The store in Python: open, add, ask about a pair."""

import json
from datetime import date, datetime

import pyarrow.parquet as pq
import pytest

import detente as dt
from detente.errors import DataError, DetenteError, InputError, StoreError, UnknownCountryError

NAMES = {"RUS": ["Russia", "Rusya", "Россия", "RUS", "rus", " Russia "], "JPN": ["Japan", "Japonya", "Япония", "jpn"]}


def test_open_makes_the_default_store_where_the_environment_says(homes):
    assert dt.open().tables.path == homes / "default"
    assert dt.open().is_empty()


def test_added_is_counted_and_added_once(homes, articles):
    store = dt.open(homes / "mine")
    first = store.add(dt.code(articles))
    assert (first.documents, first.already_stored, first.reports) == (2, 0, 3)
    assert (first.new_events, first.joined_events) == (2, 1)
    again = store.add(dt.code(articles))
    assert (again.documents, again.already_stored, again.reports) == (0, 2, 0)


def test_the_order_of_adding_changes_no_event(homes, articles):
    forth, back = dt.open(homes / "forth"), dt.open(homes / "back")
    for name in ("kyodo.md", "tass.md"):
        forth.add(dt.code(articles / name))
    for name in ("tass.md", "kyodo.md"):
        back.add(dt.code(articles / name))
    told = [
        [(event.report.date_start, len(event.evidence)) for event in store.dyad("RUS", "JPN").events()]
        for store in (forth, back)
    ]
    assert told[0] == told[1] == [(date(2022, 4, 8), 2), (date(2022, 4, 27), 1)]


@pytest.mark.parametrize("a", NAMES["RUS"])
def test_a_side_in_three_languages(filled, a):
    assert tuple(filled.dyad(a, "Japan").pair) == ("RUS", "JPN")


@pytest.mark.parametrize("b", NAMES["JPN"])
def test_the_other_side_in_three_languages(filled, b):
    assert tuple(filled.dyad("Россия", b).pair) == ("RUS", "JPN")


def test_one_act_in_two_reports_has_two_pieces_of_evidence(dyad):
    first = dyad.events()[0]
    assert [item.publisher for item in first.evidence] == ["Kyodo", "TASS"]
    assert len(first.report_ids) == 2


def test_quotes_are_the_words_of_their_documents(filled, dyad):
    evidence = [item for event in dyad.events() for item in event.evidence]
    with filled.snapshot() as snapshot:
        documents = {item.id: item for item in snapshot.documents(sorted({item.document_id for item in evidence}))}
    assert len(evidence) == 3
    assert all(documents[item.document_id].quote(item.start, item.end) == item.quote for item in evidence)


def test_events_in_every_shape(dyad, homes):
    events = dyad.events()
    arrow, frame = events.to_arrow(), events.to_pandas()
    assert arrow.num_rows == len(frame) == len(events) == len(events.to_objects()) == 2
    assert list(frame["event_type"]) == ["SANCTION", "SANCTION"]
    assert list(frame["n_reports"]) == [2, 1]
    assert pq.read_table(events.to_parquet(homes / "events.parquet")).equals(arrow)
    assert events.to_csv(homes / "events.csv").read_text(encoding="utf-8").count("\n") == 3
    json.dumps(events.to_objects())


def test_no_events_keep_their_columns(filled, dyad):
    empty = filled.dyad("USA", "FRA").events()
    assert len(empty) == 0
    assert empty.to_arrow().schema == dyad.events().to_arrow().schema


@pytest.mark.parametrize(
    ("choices", "days"),
    [
        ({"since": "2022-04-08", "until": "2022-04-27"}, [8, 27]),
        ({"since": "2022-04-09"}, [27]),
        ({"since": "2022", "until": date(2022, 4, 26)}, [8]),
        ({"until": "2021"}, []),
    ],
)
def test_since_and_until_hold_both_ends(dyad, choices, days):
    assert [event.report.date_start.day for event in dyad.events(**choices)] == days


def test_equal_rows_of_a_day_are_counted_once_on_request(homes):
    rows = ["900801\tIRQ\tKUW\t173", "900802\tIRQ\tKUW\t223", "900802\tIRQ\tKUW\t223", "900802\tIRQ\tKUW\t193"]
    (homes / "gulf.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    store = dt.open(homes / "mine")
    assert store.import_feed("keds", [homes / "gulf.txt"]).stored == 4
    pair = store.dyad("Iraq", "Kuwait")
    assert [len(pair.events(one_a_day=once)) for once in (False, True)] == [4, 3]


def test_a_snapshot_holds_while_others_add(homes, articles):
    store = dt.open(homes / "mine")
    store.add(dt.code(articles / "kyodo.md"))
    with store.snapshot() as snapshot:
        store.add(dt.code(articles / "tass.md"))
        assert snapshot.chosen_events() == 1
    with store.snapshot() as snapshot:
        assert snapshot.chosen_events() == 2


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda store: store.dyad("Rusia", "Japan"), UnknownCountryError),
        (lambda store: store.dyad("Russia", "Rusya"), InputError),
        (lambda store: store.dyad("RUS", "JPN").events(since="soon"), InputError),
        (lambda store: store.dyad("RUS", "JPN").index(colour="red"), InputError),
        (lambda store: store.dyad("RUS", "JPN").index(actors="none"), InputError),
        (lambda store: store.dyad("RUS", "JPN").index(feed="gdelt"), InputError),
        (lambda store: store.dyad("RUS", "JPN").brief("1900-01-01"), DataError),
        (lambda store: store.dyad("USA", "FRA").brief("2022-04-10"), DataError),
        (lambda store: store.dyad("RUS", "JPN").brief("2022-04-10").render("docx"), InputError),
        (lambda store: store.dyad("RUS", "JPN").brief("2022-04-10").save("brief.docx"), InputError),
        (lambda store: store.dyad("RUS", "JPN").breaks().plot(), DataError),
        (lambda store: store.import_feed("copdab", []), InputError),
        (lambda store: dt.code("nowhere.txt"), DetenteError),
        (lambda store: dt.open(__file__), StoreError),
    ],
)
def test_wrong_use_is_a_stated_error_of_one_line(filled, call, error):
    with pytest.raises(error) as caught:
        call(filled)
    assert "\n" not in str(caught.value)


def test_an_empty_store_says_what_to_do(homes):
    with pytest.raises(DataError, match="detente add"):
        dt.open(homes / "none").dyad("RUS", "JPN").index()


@pytest.mark.parametrize(
    "call",
    [
        lambda dyad: dyad.index("fortnight"),
        lambda dyad: dyad.events(since=2020),
        lambda dyad: dyad.brief(datetime(2022, 4, 10)),
        lambda dyad: dyad.store.dyad(None, "JPN"),
        lambda dyad: dyad.store.import_feed("keds", "gulf.parquet"),
        lambda dyad: dyad.events().to_csv("nowhere/events.csv"),
        lambda dyad: dt.code("Japan protested. " * 100),
        lambda dyad: dt.code(["article.html"]),
        lambda dyad: dyad.store.add("article.html"),
    ],
    ids=["every", "year", "datetime", "none", "one-path", "csv", "text-as-path", "names", "add-a-path"],
)
def test_a_likely_slip_is_answered_in_words(dyad, call):
    """A slip either works or is an InputError of one line."""
    message = ""
    try:
        call(dyad)
    except InputError as error:
        message = str(error)
    assert "\n" not in message
    assert "g: no such" not in message  # a letter taken for a path
