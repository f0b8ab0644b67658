"""Mentions files of GDELT: evidence of events that the feed tells, whichever file comes first; never a count."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

import detente as dt
from detente.errors import FeedError
from detente.feeds import feed_sheet, read_feed

DATA = Path(__file__).resolve().parents[2] / "../shared/data/gdelt"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="development data absent")
COLUMNS = feed_sheet("gdelt-mentions").layouts[0].columns
EVENT = next(layout.columns for layout in feed_sheet("gdelt").layouts if len(layout.columns) == 61)
PAGE = "https://paper.example/1"


def mention(event="1", **values):
    cells = {
        "GLOBALEVENTID": event,
        "EventTimeDate": "20220224110000",
        "MentionTimeDate": "20220224120000",
        "MentionType": "1",
        "MentionSourceName": "paper.example",
        "MentionIdentifier": PAGE,
        "SentenceID": "3",
        "Actor1CharOffset": "-1",
        "Actor2CharOffset": "410",
        "ActionCharOffset": "402",
        "InRawText": "1",
        "Confidence": "80",
        "MentionDocLen": "1655",
        "MentionDocTone": "-4.9",
        **values,
    }
    return "\t".join(cells.get(column, "") for column in COLUMNS)


def happening(event="1", source="RUS", target="UKR"):
    cells = {
        "GLOBALEVENTID": event,
        "SQLDATE": "20220224",
        "Actor1Code": source,
        "Actor1CountryCode": source,
        "Actor2Code": target,
        "Actor2CountryCode": target,
        "EventCode": "190",
        "GoldsteinScale": "-10.0",
        "NumMentions": "12",
    }
    return "\t".join(cells.get(column, "") for column in EVENT)


@pytest.fixture
def write(tmp_path):
    def make(name, *lines):
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return make


@pytest.fixture
def store(tmp_path):
    return dt.open(tmp_path / "store")


def evidence(store, event="gdelt:1"):
    with store.snapshot() as snapshot:
        return snapshot.event_records([event])[0].evidence


def counts(store):
    """Rows of the tables that measures read."""
    with store.snapshot() as snapshot:
        tables = {name: snapshot.table(name).to_pyarrow() for name in ("reports", "cube", "coverage")}
    return {name: table.drop_columns(["import_id"]).num_rows for name, table in tables.items()}


def test_a_mention_is_evidence_of_its_event_and_changes_no_count(store, write):
    store.import_feed("gdelt", write("a.export.CSV", happening()))
    before = counts(store)
    done = store.import_feed("gdelt", write("a.mentions.CSV", mention()))
    assert (done.feed, done.rows, done.stored, done.notes) == ("gdelt", 1, 1, ())
    (item,) = evidence(store)
    assert (item.document_id, item.url, item.title, item.publisher) == (PAGE, PAGE, None, "paper.example")
    assert (item.start, item.end, item.quote, item.is_mention) == (402, 402, "", True)
    assert (item.confidence, item.accessed) == (0.8, "2022-02-24T12:00:00Z")
    assert counts(store) == before
    assert [event.report.mentions for event in store.dyad("RUS", "UKR").events()] == [12]


def test_the_order_of_the_files_does_not_matter(tmp_path, write):
    files = write("a.export.CSV", happening()), write("a.mentions.CSV", mention(), mention("2"))
    first, second = dt.open(tmp_path / "first"), dt.open(tmp_path / "second")
    late = first.import_feed("gdelt", files[1])
    assert late.notes == ("2 of 2 mentions are of events that are not in the store: they show once these are imported",)
    first.import_feed("gdelt", files[0])
    assert "1 of 2 mentions" in second.import_feed("gdelt", [files[1], files[0]]).notes[0]
    assert evidence(first) == evidence(second) != ()


def test_a_file_is_taken_once_and_a_mention_once_whatever_the_file_is_called(store, write, tmp_path):
    path = write("a.mentions.CSV", mention(), mention(SentenceID="4"))
    assert (store.import_feed("gdelt", path).stored, store.import_feed("gdelt", path).already_stored) == (1, 2)
    packed = tmp_path / "b.mentions.CSV.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(path, "b.mentions.CSV")
    again = store.import_feed("gdelt", packed)
    assert (again.rows, again.stored, again.already_stored) == (2, 0, 2)
    with store.snapshot() as snapshot:
        assert snapshot.table("evidence").count().to_pyarrow().as_py() == 1


def test_a_choice_of_sides_keeps_the_mentions_of_events_between_them(store, write):
    store.import_feed("gdelt", write("a.export.CSV", happening(), happening("2", "JPN", "CHN")))
    path = write("a.mentions.CSV", mention(), mention("2"), mention("3"))
    done = store.import_feed("gdelt", path, only=["RUS"])
    assert (done.rows, done.stored, done.filtered) == (3, 1, 2)
    assert "2 mentions are of events that the store does not hold between these sides" in done.notes[0]
    assert (len(evidence(store)), evidence(store, "gdelt:2")) == (1, ())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"event": "x"}, "GLOBALEVENTID"),
        ({"MentionIdentifier": ""}, "MentionIdentifier"),
        ({"MentionType": "9"}, "MentionType"),
        ({"MentionTimeDate": "2022"}, "MentionTimeDate"),
        ({"ActionCharOffset": "-7"}, "ActionCharOffset"),
        ({"Confidence": "sure"}, "Confidence"),
        ({"Confidence": "140"}, "Confidence"),
    ],
)
def test_a_bad_row_is_set_aside(write, values, field):
    found = read_feed("gdelt", write("a.mentions.CSV", mention(), mention(**values)))
    assert found.evidence.num_rows == 1
    (bad,) = found.quarantine.to_pylist()
    assert (bad["file"], bad["line"], bad["field"]) == ("a.mentions.CSV", 2, field)


def test_an_article_known_by_its_citation_alone_has_no_address(write):
    values = {"MentionType": "2", "MentionIdentifier": "Kuna/BBC Monitoring", "ActionCharOffset": "-1"}
    (row,) = read_feed("gdelt-mentions", write("renamed.csv", mention(**values))).evidence.to_pylist()
    assert (row["document_id"], row["title"], row["url"]) == ("Kuna/BBC Monitoring", "Kuna/BBC Monitoring", None)
    assert (row["start"], row["end"]) == (-1, -1)


def test_a_file_of_another_width_is_refused_by_name(write):
    with pytest.raises(FeedError, match=r"begins with 61 columns.*so many columns has gdelt \(GDELT 2.0, 61 columns\)"):
        read_feed("gdelt", write("a.mentions.CSV", happening()))
    with pytest.raises(FeedError, match="so many columns has gdelt-mentions"):
        read_feed("gdelt", write("renamed.csv", mention()))


def test_forgetting_an_article_leaves_the_event_and_the_other_mentions(store, write):
    other = "https://other.example/2"
    path = write("a.mentions.CSV", mention(), mention(MentionIdentifier=other), mention("2"))
    store.import_feed("gdelt", [write("a.export.CSV", happening(), happening("2")), path])
    gone = store.tables.forget(PAGE, pause=timedelta(0))
    assert (gone.document_ids, gone.reports, gone.events) == ((PAGE,), 0, 0)
    assert [item.url for item in evidence(store)] == [other]
    assert evidence(store, "gdelt:2") == ()
    later = store.import_feed("gdelt", write("b.mentions.CSV", mention("2", MentionTimeDate="20220225000000")))
    assert (later.stored, later.filtered) == (0, 1)
    assert later.notes == ("1 mentions are of articles that were forgotten: they are not stored again",)


def test_what_reads_evidence_tells_mentions_from_words(store, write):
    from detente.api.finding import find_event
    from detente.brief.sources import attributed

    store.import_feed("gdelt", [write("a.export.CSV", happening()), write("a.mentions.CSV", mention())])
    assert find_event(store, "gdelt:1").event.evidence[0].url == PAGE
    events = store.dyad("RUS", "UKR").events()
    assert "190" in str(events)
    assert "not kept" not in str(events)
    assert events.to_dicts()[0]["quote"] is None
    told = attributed(next(iter(events)), {})
    assert told.evidence == told.report.evidence == ()  # a brief tells the row as it did
    assert store.dyad("RUS", "UKR").ledger("2022-03-01") is not None


@pytest.mark.data
@needs_data
@pytest.mark.parametrize(
    ("name", "rows", "stored"),
    [
        ("20170101073000.mentions.CSV", 1983, 1977),
        ("aamend_mentions_20150218230000.csv", 100, 99),
        ("aamend_mentionsT_20150218_translation.csv", 100, 99),
        ("aamend_mentions_20180324180000.csv", 100, 100),
        ("gdeltPyR_mentionssamp.csv", 1635, 1621),
    ],
)
def test_genuine_files_are_read_whole(store, name, rows, stored):
    done = store.import_feed("gdelt-mentions", DATA / "mentions" / name)
    assert (done.rows, done.quarantined, done.stored) == (rows, 0, stored)


@pytest.mark.data
@needs_data
def test_every_event_of_a_genuine_quarter_of_an_hour_has_its_mentions(store):
    name = "20170101073000"
    files = DATA / "mentions" / f"{name}.mentions.CSV", DATA / "events" / f"{name}.export.CSV"
    done = store.import_feed("gdelt", files)
    assert (done.files, done.rows) == (2, 1983 + 720)
    with store.snapshot() as snapshot:
        mine = snapshot.table("evidence").semi_join(snapshot.table("reports"), "report_id")
        assert mine.report_id.nunique().to_pyarrow().as_py() == 720
