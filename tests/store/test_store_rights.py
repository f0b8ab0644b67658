"""A document that was forgotten leaves every file of the store, and the fact of it stays."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import write_deltalake

from detente.errors import InputError, StoreError
from detente.model import Document, Evidence, Report
from detente.store import deletion, open_store
from detente.store.records import text_hash

PHRASE = "Zanzarium quibbled"
TEXT = f"{PHRASE} over eel quotas [1]. Nobody answered.\n\n[1] {PHRASE}, The Eel Courier, 2022."
NOW = timedelta(0)


def words_in(folder, phrase=PHRASE):
    """Files of the folder that hold a phrase: as raw bytes, or in what a Parquet file decodes to."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            decoded = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else ""
            if phrase.encode() in path.read_bytes() or phrase in decoded:
                found.append(path)
    return found


@pytest.fixture
def phrased(article) -> Document:
    citation = replace(article.citations[0], text=f"{PHRASE}, The Eel Courier, 2022.")
    return replace(article, text=TEXT, citations=(citation,))


@pytest.fixture
def told(make_report):
    def make(name, document_id="d1", **columns) -> Report:
        return make_report(name, evidence=(Evidence(document_id, 0, len(PHRASE), PHRASE),), **columns)

    return make


@pytest.fixture
def filled(store, make_batch, make_report, make_link, told, phrased):
    """A document with two reports, one of which shares its event with a report of another document."""
    other = Document("d2", "Tokyo spoke.", url="https://example.org/2")
    kept = make_report("r3", evidence=(Evidence("d2", 0, 5, "Tokyo"),))
    store.commit(make_batch([kept], documents=[other], links=[make_link("r3", "r3")], input_hash="h2"))
    links = [make_link("r1", "r1"), make_link("r2", "r3")]
    store.commit(make_batch([told("r1"), told("r2")], documents=[phrased], links=links, input_hash="h1"))
    return store


def test_the_phrase_is_there_before(filled):
    assert {path.parent.name for path in words_in(filled.path)} >= {"documents", "evidence", "citations", "_delta_log"}


def test_no_byte_is_left_and_the_fact_stays(filled):
    done = filled.forget("d1", pause=NOW)
    assert words_in(filled.path) == []
    assert (done.document_ids, done.reports, done.events, done.unfinished_files) == (("d1",), 2, 1, 0)
    with filled.snapshot() as snapshot:
        (row,) = snapshot.table("forgotten").to_pyarrow().to_pylist()
        assert row["report_ids"] == ["r1", "r2"]
        assert row["event_ids"] == ["r1"]
        assert row["text_hash"] == text_hash(TEXT)
        (event,) = snapshot.event_records(["r3"])
        assert event.report_ids == ("r3",)
        assert [item.quote for item in event.evidence] == ["Tokyo"]
    assert filled.known_inputs(["h1", "h2"]) == {"h2"}


def test_ids_once_shown_say_when_they_were_forgotten(filled):
    day = filled.forget("d1", pause=NOW).recorded_at.date().isoformat()
    with filled.snapshot() as snapshot:
        for name in ("r1", "r2"):
            with pytest.raises(InputError, match=f"event '{name}' was forgotten on {day}"):
                snapshot.resolve_event(name)
        with pytest.raises(InputError, match="document 'd1' was forgotten on"):
            snapshot.documents(["d1"])
        with pytest.raises(InputError, match="event 'r9' is not in the store"):
            snapshot.resolve_event("r9")
        assert snapshot.resolve_event("r3") == "r3"


def test_an_address_names_the_document_also_afterwards(filled):
    first = filled.forget("https://example.org/1", pause=NOW)
    assert first.document_ids == ("d1",)
    assert filled.forget("https://example.org/1", pause=NOW) == first
    with filled.snapshot() as snapshot:
        assert snapshot.table("forgotten").count().to_pyarrow().as_py() == 1
    with pytest.raises(InputError, match=r"'https://example\.org/3' is not in the store"):
        filled.forget("https://example.org/3", pause=NOW)


def test_replaced_files_and_checkpoints_are_cleaned_too(filled):
    filled.compact()  # keeps the small files that it merged
    assert any("checkpoint" in path.name for path in words_in(filled.path))
    filled.forget("d1", pause=NOW)
    assert words_in(filled.path) == []
    filled.compact()
    reopened = open_store(filled.path)
    with reopened.snapshot() as snapshot:
        assert [row["report_id"] for row in snapshot.table("reports").to_pyarrow().to_pylist()] == ["r3"]


def test_a_store_of_an_older_detente_forgets_too(store, make_batch, told, phrased):
    batch = make_batch([told("r1")], documents=[phrased], input_hash="h1")
    for name, rows in {**batch.tables, "imports": batch.imports}.items():
        old = rows.drop_columns([column for column in ("text_hash", "quote_hash") if column in rows.column_names])
        if name == "imports":
            old = old.set_column(
                old.column_names.index("recorded_at"),
                "recorded_at",
                pa.array([store.clock()], pa.timestamp("us", "UTC")),
            )
        write_deltalake(store.path / name, old)
    with store.snapshot() as snapshot:
        assert snapshot.documents(["d1"])[0].text == TEXT
    store.commit(make_batch([told("r2", "d2")], documents=[Document("d2", "To")], input_hash="h2"))
    assert store.forget("d1", pause=NOW).reports == 1
    store.forget("d2", pause=NOW)
    assert words_in(store.path) == []


@pytest.mark.parametrize("step", ["delete_rows", "append_rows", "purge_rows"])
def test_a_forget_that_was_cut_short_is_finished_by_another(filled, monkeypatch, step):
    """Cut at every call of each step in turn: the next one ends what was begun, and it is counted once."""
    real, calls = getattr(deletion, step), []

    def cut(*arguments):
        calls.append(arguments)
        if len(calls) > cut.after:
            raise KeyboardInterrupt
        return real(*arguments)

    for after in range(9):
        cut.after, calls[:] = after, []
        monkeypatch.setattr(deletion, step, cut)
        try:
            filled.forget("d1", pause=NOW)
        except KeyboardInterrupt:
            continue
        finally:
            monkeypatch.setattr(deletion, step, real)
        break
    else:
        pytest.fail("it never ends")
    done = filled.forget("d1", pause=NOW)
    assert (done.reports, done.events) == (2, 1)
    assert words_in(filled.path) == []
    with filled.snapshot() as snapshot:
        assert snapshot.table("forgotten").count().to_pyarrow().as_py() == 1


def test_what_another_process_may_be_writing_is_left_and_said(filled):
    replaced = next(path for path in words_in(filled.path / "evidence") if path.suffix == ".parquet")
    orphan = replaced.with_name("part-00000-in-the-writing.zstd.parquet")
    orphan.write_bytes(replaced.read_bytes())
    half = orphan.with_name("part-00000-half.zstd.parquet")
    half.write_bytes(replaced.read_bytes()[:50])
    assert filled.forget("d1", pause=NOW).unfinished_files == 2
    assert orphan.exists()
    old = time.time() - 2 * 3600
    for path in (orphan, half):
        os.utime(path, (old, old))
    assert filled.forget("d1", pause=NOW).unfinished_files == 0
    assert not orphan.exists()
    assert not half.exists()


def test_a_file_without_the_document_is_let_alone(filled, make_batch, make_report):
    filled.compact()
    replaced = {path for path in (filled.path / "evidence").glob("*.parquet") if path not in words_in(filled.path)}
    assert replaced
    filled.forget("d1", pause=NOW)
    assert all(path.exists() for path in replaced)


def test_a_document_added_anew_is_forgotten_anew(filled, make_batch, told, phrased):
    first = filled.forget("d1", pause=NOW)
    filled.commit(make_batch([told("r1"), told("r2")], documents=[phrased], input_hash="h1"))
    with filled.snapshot() as snapshot:
        assert snapshot.resolve_event("r1") == "r1"
    second = filled.forget("d1", pause=NOW)
    assert second.recorded_at > first.recorded_at
    assert words_in(filled.path) == []
    with filled.snapshot() as snapshot:
        assert snapshot.table("forgotten").count().to_pyarrow().as_py() == 2


def test_readers_and_writers_at_once(filled, make_batch, make_report):
    failed, ended, read = [], threading.Event(), []

    def reading():
        while not ended.is_set():
            try:
                with filled.snapshot() as snapshot:
                    ids = snapshot.events().event_id.to_pyarrow().to_pylist()
                    events = snapshot.event_records(ids)
                    assert all(event.evidence for event in events)
                    read.append(len(events))
            except (AssertionError, StoreError, InputError) as error:
                failed.append(error)

    def writing():
        for number in range(5):
            row = make_report(f"w{number}", evidence=(Evidence("d3", 0, 5, "Tokyo"),), quantities=(), materiel=())
            filled.commit(make_batch([row], documents=[Document("d3", "Tokyo")], input_hash=f"w{number}"))

    workers = [threading.Thread(target=work) for work in (reading, writing)]
    for worker in workers:
        worker.start()
    filled.forget("d1", pause=timedelta(seconds=6))
    workers[1].join()
    ended.set()
    workers[0].join()
    assert failed == []
    assert read
    assert words_in(filled.path) == []
    with filled.snapshot() as snapshot:
        assert snapshot.events().count().to_pyarrow().as_py() == 6


KILLED = """
import sys
from datetime import timedelta
from pathlib import Path
from detente.store import open_store
store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
store.forget("d1", pause=timedelta(seconds=0.2))
print("done", flush=True)
"""


@pytest.mark.parametrize("delay", [0.02, 0.06, 0.1, 0.3])
def test_a_killed_forget_can_be_run_again(filled, delay):
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(filled.path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(delay)
    process.kill()
    process.communicate()
    done = filled.forget("d1", pause=NOW)
    assert (done.reports, done.events) == (2, 1)
    left = words_in(filled.path)
    assert left == []
