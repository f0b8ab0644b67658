"""What is committed is there in full, once, or not at all."""

import subprocess
import sys
from datetime import timedelta

import deltalake
import pyarrow as pa
import pytest
from deltalake.exceptions import CommitFailedError

from detente.errors import InputError, StoreError
from detente.model.tables import TABLES, reports_table
from detente.store import Batch, open_store, tables
from detente.store.tables import append_rows

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2


def _report_ids(store):
    with store.snapshot() as snapshot:
        return sorted(snapshot.table("reports").report_id.to_pyarrow().to_pylist())


def test_round_trip_keeps_every_field(store, make_batch, make_report, article):
    report = make_report(
        "r1",
        context=("crisis",),
        quad=3,
        intensity=-2.5,
        intensity_scale="plover",
        mentions=7,
        symmetric=True,
    )
    store.commit(make_batch([report], documents=[article], import_id="i1"))
    with store.snapshot() as snapshot:
        (event,) = snapshot.event_records(["r1"])
        assert snapshot.documents(["d1"]) == (article,)
        recorded_at = event.report.recorded_at
    assert recorded_at == store.clock() - timedelta(hours=1)
    given = {name: getattr(report, name) for name in report.__dataclass_fields__}
    given |= {"import_id": "i1", "recorded_at": recorded_at}
    assert {name: getattr(event.report, name) for name in given} == given
    assert (event.event_id, event.report_ids, event.evidence) == ("r1", ("r1",), report.evidence)


def test_an_empty_store_reads_as_empty_tables(store):
    with store.snapshot() as snapshot:
        assert snapshot.is_empty()
        for name, schema in TABLES.items():
            table = snapshot.table(name)
            assert (list(table.columns), table.count().to_pyarrow().as_py()) == (schema.names, 0)
        assert snapshot.events().count().to_pyarrow().as_py() == 0
        assert (snapshot.feeds(), snapshot.chosen_events()) == ({}, 0)
    assert store.known_inputs(["h"]) == set()


def test_rows_without_their_import_stay_invisible(store, make_batch, make_report):
    append_rows(store.path, "reports", reports_table([make_report("r0", import_id="killed")]))
    store.commit(make_batch([make_report("r1")]))
    assert _report_ids(store) == ["r1"]


def test_of_one_input_brought_twice_the_first_counts(store, make_batch, make_report, clock):
    early, late = clock(), clock()
    store.commit(make_batch([make_report("r1"), make_report("r2")], input_hash="h", recorded_at=late))
    store.commit(make_batch([make_report("r1")], input_hash="h", recorded_at=early, import_id="first"))
    with store.snapshot() as snapshot:
        assert snapshot.table("imports").import_id.to_pyarrow().to_pylist() == ["first"]
    assert _report_ids(store) == ["r1"]
    assert store.known_inputs(["h", "other", ""]) == {"h"}


def test_inputs_without_a_hash_all_count(store, make_batch, make_report):
    store.commit(make_batch([make_report("r1")]))
    store.commit(make_batch([make_report("r2")]))
    assert _report_ids(store) == ["r1", "r2"]
    assert store.known_inputs([""]) == set()


def test_drop_stored_leaves_only_new_rows_of_the_feed(store, make_batch, make_feed_row):
    store.commit(make_batch([make_feed_row("gdelt:1"), make_feed_row("icews:2", feed="icews")]))
    append_rows(store.path, "reports", reports_table([make_feed_row("gdelt:3", import_id="killed")]))
    incoming = reports_table([make_feed_row(f"gdelt:{n}") for n in (3, 1)] + [make_feed_row("icews:2")])
    assert store.drop_stored(incoming, "gdelt")["report_id"].to_pylist() == ["gdelt:3", "icews:2"]


def test_rows_are_written_sorted_by_pair(store, make_batch, make_feed_row):
    pairs = [("USA", "CHN"), ("ARM", "TUR"), ("USA", "ARM")]
    store.commit(
        make_batch(
            make_feed_row(f"f:{n}", source_country=source, target_country=target)
            for n, (source, target) in enumerate(pairs)
        )
    )
    with store.snapshot() as snapshot:
        rows = snapshot.table("reports").to_pyarrow().to_pylist()
    assert [(row["source_country"], row["target_country"]) for row in rows] == sorted(pairs)


def test_a_snapshot_stays_as_it_was(store, make_batch, make_report):
    store.commit(make_batch([make_report("r1")]))
    with store.snapshot() as before:
        version = before.version
        store.commit(make_batch([make_report("r2")]))
        store.compact()
        assert before.events().count().to_pyarrow().as_py() == 1
    with store.snapshot() as after, store.snapshot() as again:
        assert after.events().count().to_pyarrow().as_py() == 2
        assert after.version == again.version != version


def test_compact_merges_files_and_changes_no_row(store, make_batch, make_report):
    for n in range(3):
        store.commit(make_batch([make_report(f"r{n}")]))
    done = {compaction.table: compaction for compaction in store.compact()}
    assert (done["reports"].files_removed, done["reports"].files_added) == (3, 1)
    assert _report_ids(store) == ["r0", "r1", "r2"]


def test_compact_keeps_files_that_a_writer_has_yet_to_commit(store, make_batch, make_report):
    for n in range(2):
        store.commit(make_batch([make_report(f"r{n}")]))
    uncommitted = store.path / "reports" / "part-00000-in-the-writing.zstd.parquet"
    uncommitted.write_bytes(b"half")
    store.compact(delete_older_than=timedelta(0))
    assert uncommitted.exists()
    assert len(list((store.path / "reports").glob("*.parquet"))) == 2
    assert _report_ids(store) == ["r0", "r1"]


def test_a_deleted_document_leaves_the_store_and_then_the_disk(store, make_batch, make_report, article):
    store.commit(make_batch([make_report("r1")], documents=[article], input_hash="h"))
    kept = make_report("r2", evidence=())
    store.commit(make_batch([kept]))
    assert store.delete_document("d1") == 1
    assert _report_ids(store) == ["r2"]
    with store.snapshot() as snapshot:
        for name in ("documents", "citations", "evidence"):
            assert snapshot.table(name).count().to_pyarrow().as_py() == 0
    assert store.known_inputs(["h"]) == set()
    store.compact(delete_older_than=timedelta(0))
    for name in ("documents", "citations", "evidence"):
        assert list((store.path / name).glob("*.parquet")) == []
    with pytest.raises(InputError, match="'d1' is not in the store"):
        store.delete_document("d1")


def test_deleting_keeps_what_rests_on_other_documents_too(store, make_batch, make_report, article):
    both = make_report("r1")
    other = both.evidence[0].__class__("o'd", 0, 2, "To")
    shared = make_report("r2", evidence=(*both.evidence, other))
    store.commit(make_batch([both, shared], documents=[article], input_hash="h"))
    assert store.delete_document("d1") == 1
    assert _report_ids(store) == ["r2"]
    assert store.delete_document("o'd") == 1
    assert _report_ids(store) == []


def test_files_of_an_older_detente_read_with_nulls(store, make_batch, make_report):
    schema = TABLES["reports"]
    new = [schema.get_field_index(name) for name in ("response_cue", "issue")]
    old = reports_table([make_report("r1", import_id="i1")])
    for index in sorted(new, reverse=True):
        old = old.remove_column(index)
    append_rows(store.path, "reports", old)
    append_rows(store.path, "imports", pa.table({"import_id": ["i1"], "recorded_at": [store.clock()]}))
    with store.snapshot() as snapshot:
        row = snapshot.events().to_pyarrow().to_pylist()[0]
    assert (row["response_cue"], row["issue"]) == (None, [])


def test_a_newer_column_is_added_to_an_older_table(store, make_batch, make_report):
    old = reports_table([make_report("r1", import_id="i1")]).drop_columns(["response_cue"])
    append_rows(store.path, "reports", old)
    append_rows(store.path, "imports", pa.table({"import_id": ["i1"], "recorded_at": [store.clock()]}))
    store.commit(make_batch([make_report("r2", response_cue="in response")]))
    with store.snapshot() as snapshot:
        rows = snapshot.events().order_by("event_id").to_pyarrow().to_pylist()
    assert [row["response_cue"] for row in rows] == [None, "in response"]


@pytest.mark.parametrize(
    ("name", "column", "match"),
    [
        ("news", pa.table({"import_id": ["i1"]}), "unknown table 'news'"),
        ("links", pa.table({"import_id": ["i1"], "why": ["x"]}), "unknown column 'why'"),
        ("links", pa.table({"report_id": ["r1"], "import_id": ["i2"]}), "not among the batch's imports"),
        ("links", pa.table({"report_id": ["r1"]}), "null 'import_id'"),
        ("evidence", pa.table({"start": ["x"], "import_id": ["i1"]}), "does not fit its schema"),
        ("reports", pa.table({"import_id": ["i1"]}), "null 'report_id'"),
    ],
)
def test_a_batch_that_does_not_fit_is_refused_before_anything_is_written(store, name, column, match):
    with pytest.raises(StoreError, match=match) as caught:
        store.commit(Batch(pa.table({"import_id": ["i1"]}), {name: column}))
    assert "\n" not in str(caught.value)
    assert [entry.name for entry in store.path.iterdir()] == ["detente.json"]


def test_a_folder_that_cannot_be_written_gives_one_line(store, make_batch, make_report):
    store.commit(make_batch())
    (store.path / "reports").write_text("in the way")
    with pytest.raises(StoreError, match="cannot write table reports") as caught:
        store.commit(make_batch([make_report("r1")]))
    assert "\n" not in str(caught.value)


_FULL_DISK = """
import resource, sys
from pathlib import Path
import pyarrow as pa
from detente.errors import StoreError
from detente.store import Batch, open_store
store = open_store(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
rows = pa.table({"report_id": [f"r{n}" for n in range(9000)], "context": [[]] * 9000, "issue": [[]] * 9000,
                 "import_id": ["full"] * 9000})
try:
    store.commit(Batch(pa.table({"import_id": ["full"]}), {"reports": rows}))
except StoreError as error:
    sys.stdout.write(str(error))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX")
def test_a_full_disk_gives_one_line_and_loses_nothing(store, make_batch, make_report):
    store.commit(make_batch([make_report("r1")]))
    said = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(store.path)], capture_output=True, text=True, check=True
    ).stdout
    assert "cannot write table reports" in said
    assert "\n" not in said
    assert _report_ids(store) == ["r1"]
    store.commit(make_batch([make_report("r2")]))
    assert _report_ids(store) == ["r1", "r2"]


@pytest.mark.parametrize(("failures", "stored"), [(2, True), (99, False)])
def test_conflicts_are_retried_within_limits(store, make_batch, make_report, monkeypatch, failures, stored):
    write, left, pauses = deltalake.write_deltalake, [failures], []

    def contested(*args, **options):
        left[0] -= 1
        if left[0] >= 0:
            raise CommitFailedError("someone was first")
        write(*args, **options)

    monkeypatch.setattr(deltalake, "write_deltalake", contested)
    monkeypatch.setattr(tables.time, "sleep", pauses.append)
    if stored:
        store.commit(make_batch([make_report("r1")]))
        assert _report_ids(store) == ["r1"]
        assert len(pauses) == failures
    else:
        with pytest.raises(StoreError, match="other writers changed it"):
            store.commit(make_batch([make_report("r1")]))


def test_a_second_store_object_sees_the_same(store, make_batch, make_report):
    store.commit(make_batch([make_report("r1")]))
    again = open_store(store.path, create=False)
    assert again.id == store.id
    assert _report_ids(again) == ["r1"]
