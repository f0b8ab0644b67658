"""`detente add --no-text` and `detente forget`: other people's words stay theirs, and answers go on."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

import detente as dt
from detente.coding import Known, link_reports
from detente.errors import InputError
from detente.model import Evidence, Materiel, Quantity, Report

PHRASE = "Zanzarium quibbled"
HEAD = "---\ntitle: The expulsion\npublisher: Kyodo\ndate: 2022-05-01\nurl: https://example.org/kyodo\n---\n\n"
WORDS = "Japan expelled eight Russian diplomats on 8 April 2022, while the Zanzarium quibbled over eels."
ANSWER = "Russia ordered eight Japanese diplomats to leave on 27 April 2022."
KYODO = f"{HEAD}{WORDS} {ANSWER}\n"
TASS = (
    "---\npublisher: TASS\ndate: 2022-04-09\n---\n\n"
    "Tokyo expelled eight Russian diplomats on 8 April 2022, while others quibbled over eels.\n"
)


def words_in(folder, *phrases):
    """Files of the folder that hold one of the phrases: as raw bytes, or in what a Parquet file decodes to."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            decoded = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else ""
            if any(phrase.encode() in path.read_bytes() or phrase in decoded for phrase in phrases):
                found.append(path)
    return found


@pytest.fixture
def kyodo(homes):
    path = homes / "own" / "kyodo.md"
    path.parent.mkdir()
    path.write_text(KYODO, encoding="utf-8")
    return path


@pytest.fixture
def bare(detente, kyodo, homes):
    assert detente("add", "--no-text", kyodo).code == 0
    return homes / "store"


def events(detente):
    return detente("events", "RUS", "JPN", "-f", "jsonl").lines


def test_with_its_text_the_phrase_is_found(detente, kyodo, homes):
    detente("add", kyodo)
    assert words_in(homes / "store", PHRASE)
    assert words_in(homes / "store", "Russian diplomats")


def test_no_text_leaves_no_words(bare):
    assert words_in(bare, PHRASE, "Russian diplomats", "ordered eight", "expelled") == []


def test_no_text_keeps_the_facts(bare, detente, kyodo, homes):
    found = events(detente)
    detente("add", kyodo, "--store", homes / "other")
    whole = detente("events", "RUS", "JPN", "-f", "jsonl", "--store", homes / "other").lines
    assert len(found) == 2
    local = {"evidence", "recorded_at", "import_id", "source_text", "target_text"}
    for mine, theirs in zip(found, whole, strict=True):
        assert {key: mine[key] for key in mine.keys() - local} == {key: theirs[key] for key in theirs.keys() - local}
        (item,), (other,) = mine["evidence"], theirs["evidence"]
        assert item["quote"] == ""
        assert other["quote"]
        assert {**item, "quote": other["quote"]} == other
        assert (mine["source_text"], mine["target_text"]) == (None, None)


def test_every_export_goes_on(bare, detente):
    for kind in ("table", "json", "csv"):
        ran = detente("events", "RUS", "JPN", "-f", kind)
        assert ran.code == 0
        assert "SANCTION" in ran.out
    assert detente("ledger", "RUS", "JPN", "--as-of", "2022-05-01").code == 0


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_brief_says_that_the_quote_is_not_kept(bare, detente, homes, kind):
    ran = detente("brief", "RUS", "JPN", "--shock", "2022-04-10", "--out", homes / f"brief.{kind}")
    assert ran.code == 0
    text = (homes / f"brief.{kind}").read_text(encoding="utf-8").replace("\\", "")
    (item, *_) = events(detente)[0]["evidence"]
    place = f"characters {item['start']}–{item['end']} of document {item['document_id']}, published 2022-05-01"
    for words in ("Quote not kept", place, "Kyodo", "The expulsion", "https://example.org/kyodo", "No quote was kept"):
        assert words in text
    assert "“”" not in text
    assert PHRASE not in text


def test_quotes_come_from_the_own_file_when_its_hash_agrees(bare, detente, homes, kyodo, monkeypatch):
    monkeypatch.setenv("DETENTE_TEXTS", str(kyodo.parent))
    quotes = [item["quote"] for event in events(detente) for item in event["evidence"]]
    assert quotes == [WORDS, ANSWER]
    detente("brief", "RUS", "JPN", "--shock", "2022-04-10", "--out", homes / "brief.md")
    text = (homes / "brief.md").read_text(encoding="utf-8")
    assert PHRASE in text
    assert "ot kept" not in text
    assert words_in(homes / "store", PHRASE) == []


def test_a_changed_file_fills_nothing_that_changed(homes):
    def lines(answer):
        text = f"{WORDS} {answer}"
        return json.dumps({"id": "k1", "text": text, "date": "2022-05-01", "language": "en"}) + "\n"

    (homes / "own").mkdir()
    path = homes / "own" / "k.jsonl"
    path.write_text(lines(ANSWER), encoding="utf-8")
    dt.open(homes / "store").add(dt.code(path), keep_text=False)
    path.write_text(lines("Russia was quiet."), encoding="utf-8")
    store = dt.open(homes / "store", texts=homes / "own")
    assert [event.evidence[0].quote for event in store.dyad("RUS", "JPN").events()] == [WORDS, ""]
    with store.snapshot() as snapshot:
        assert snapshot.documents(["k1"])[0].text == ""
    path.write_text(lines(ANSWER), encoding="utf-8")
    again = dt.open(homes / "store", texts=path)
    assert [event.report.evidence[0].quote for event in again.dyad("RUS", "JPN").events()] == [WORDS, ANSWER]
    with again.snapshot() as snapshot, dt.open(homes / "store").snapshot() as plain:
        assert snapshot.documents(["k1"])[0].text == f"{WORDS} {ANSWER}"
        assert snapshot.version != plain.version


def test_citations_are_kept_as_places_too(homes):
    path = homes / "cited.md"
    reference = "A. Writer, The Eel Courier, 2022, https://example.org/eel."
    path.write_text(
        f"Japan expelled eight Russian diplomats on 8 April 2022 [1].\n\n[1] {reference}\n", encoding="utf-8"
    )
    coded = dt.code(path)
    (citation,) = coded.documents[0].citations
    store = dt.open(homes / "store")
    store.add(coded, keep_text=False)
    with store.snapshot() as snapshot, dt.open(homes / "store", texts=path).snapshot() as filled:
        (bare,) = snapshot.documents([coded.documents[0].id])[0].citations
        assert bare == replace(citation, text="")
        assert filled.documents([coded.documents[0].id])[0].citations == (citation,)


def test_no_such_folder_of_texts_is_one_line(bare, detente, homes, monkeypatch):
    monkeypatch.setenv("DETENTE_TEXTS", str(homes / "nowhere"))
    ran = detente("events", "RUS", "JPN")
    assert ran.code == 1
    assert "nowhere: no such file or folder" in ran.err


def test_no_text_of_what_is_there_with_its_text_is_said(detente, kyodo, homes):
    detente("add", kyodo)
    ran = detente("add", "--no-text", kyodo)
    assert ran.out.startswith("0 documents stored (1 there already)")
    assert "were stored with their text, which stays" in ran.err
    name = events(detente)[0]["evidence"][0]["document_id"]
    detente("forget", name)
    detente("add", "--no-text", "--again", kyodo)
    assert words_in(homes / "store", PHRASE) == []
    assert len(events(detente)) == 2
    assert "which stays" not in detente("add", "--no-text", kyodo).err


def test_one_id_with_another_text_is_still_refused(homes):
    store = dt.open(homes / "store")
    document = replace(dt.code_text(WORDS).documents[0], id="k1")
    store.add(dt.code(document), keep_text=False)
    assert store.add(dt.code(replace(document, title="New"))).documents == 1
    with pytest.raises(InputError, match="'k1' is stored with another text"):
        store.add(dt.code(replace(document, text=f"{WORDS} {ANSWER}")))


@pytest.mark.parametrize("name", ["id", "address"])
def test_forget_takes_the_words_and_says_so(detente, kyodo, homes, name):
    detente("add", kyodo)
    (homes / "tass.md").write_text(TASS, encoding="utf-8")
    detente("add", homes / "tass.md")
    shown = events(detente)
    assert [len(event["evidence"]) for event in shown] == [2, 1]
    asked = "https://example.org/kyodo" if name == "address" else shown[0]["evidence"][0]["document_id"]
    ran = detente("forget", asked)
    assert ran.code == 0
    assert ran.out.startswith("1 document forgotten on 20")
    assert ran.out.rstrip().endswith("2 reports and 1 event removed")
    assert words_in(homes / "store", PHRASE, "ordered eight") == []
    (left,) = events(detente)
    assert left["event_id"] == shown[0]["event_id"]  # TASS tells it still
    assert [item["publisher"] for item in left["evidence"]] == ["TASS"]
    with (
        dt.open(homes / "store").snapshot() as snapshot,
        pytest.raises(InputError, match=f"event '{shown[1]['event_id']}' was forgotten on 20"),
    ):
        snapshot.event_records([shown[1]["event_id"]])
    assert detente("forget", asked).out == ran.out


def test_the_forgotten_is_refused_unless_asked_for(detente, kyodo, homes):
    detente("add", kyodo)
    detente("forget", "https://example.org/kyodo")
    ran = detente("add", kyodo)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "'The expulsion' was forgotten on 20" in ran.err
    assert "--again" in ran.err
    renamed = kyodo.with_name("renamed.md")
    renamed.write_text(KYODO.replace("publisher: Kyodo", "publisher: Another"), encoding="utf-8")  # its address
    assert detente("add", renamed).code == 1
    same_text = replace(dt.read(kyodo)[0], id="another", url=None)
    with pytest.raises(InputError, match="was forgotten on 20"):
        dt.open(homes / "store").add(dt.code(same_text))
    assert words_in(homes / "store", PHRASE) == []
    assert detente("add", "--again", kyodo).out.startswith("1 document stored")
    assert len(events(detente)) == 2
    assert detente("add", kyodo).out.startswith("0 documents stored (1 there already)")


def test_the_forgotten_costs_the_rest_of_a_batch_nothing(detente, kyodo):
    detente("add", kyodo)
    detente("forget", "https://example.org/kyodo")
    kyodo.with_name("tass.md").write_text(TASS, encoding="utf-8")
    ran = detente("add", kyodo.parent)
    assert ran.code == 0
    assert ran.out.startswith("1 document stored (0 there already)")
    assert "left out: document 'The expulsion' was forgotten" in ran.err


def test_forgetting_the_last_document_leaves_an_empty_store(detente, kyodo, homes):
    detente("add", "--no-text", kyodo)
    assert detente("forget", "https://example.org/kyodo").code == 0
    assert dt.open(homes / "store").is_empty()


def test_forget_refuses_what_it_does_not_know(detente, kyodo, homes):
    assert "no store" in detente("forget", "x").err
    detente("add", kyodo)
    ran = detente("forget", "https://example.org/other")
    assert ran.code == 1
    assert "document 'https://example.org/other' is not in the store" in ran.err


def stored(quote="", **fields):
    day = date(2022, 6, 3)
    given = {
        "event_type": "SANCTION",
        "date_start": day,
        "date_end": day,
        "date_precision": "day",
        "evidence": (Evidence("d", 0, 9, quote),),
    }
    return Report("a", "NOR", "CHL", **(given | fields))


EIGHT = {"quantities": (Quantity(8, None, "diplomats"),)}
JETS = {"materiel": (Materiel("F-35", "aircraft", 2.0),)}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (stored(), stored("Norway expelled diplomats"), "new"),
        (stored(**EIGHT), stored("Norway expelled eight", **EIGHT), "same-figures"),
        (stored(**EIGHT), stored(**EIGHT), "same-figures"),
        (stored(**EIGHT), stored("Norway expelled eight"), "new"),
        (stored(**EIGHT), stored(quantities=(Quantity(8, None, "consuls"),)), "new"),
        (stored(**EIGHT, **JETS), stored(quantities=(Quantity(9, None, "diplomats"),), **JETS), "new"),
        (stored(**JETS), stored(**JETS), "same-figures"),
        (stored(**JETS), stored(materiel=(Materiel("F-35", "aircraft", 3.0),)), "new"),
        (stored(**EIGHT), stored(date_end=date(2022, 6, 30), date_precision="month", **EIGHT), "new"),
        (stored(**EIGHT), stored(event_type="ACCUSE", **EIGHT), "new"),
        (stored("Norway expelled eight", **EIGHT), stored("Norway expelled eight", **EIGHT), "same-day"),
    ],
    ids="words figures bare-figures one-side other-thing contradicted jets other-count month type told".split(),
)
def test_merging_without_words_asks_for_equal_figures(old, new, rule):
    now = datetime(2022, 7, 1, tzinfo=UTC)
    (link,) = link_reports([replace(new, report_id="b")], [Known("e", old)], by="test", recorded_at=now)
    assert (link.rule, link.event_id) == (rule, "b" if rule == "new" else "e")


def test_reports_of_documents_without_text_still_meet(detente, homes):
    for name, text in {"kyodo": KYODO, "tass": TASS}.items():
        (homes / f"{name}.md").write_text(text, encoding="utf-8")
        detente("add", "--no-text", homes / f"{name}.md")
    assert [len(event["evidence"]) for event in events(detente)] == [2, 1]
