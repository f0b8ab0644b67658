"""Two imports, compacting and a reader at once: no error, every read consistent, nothing acknowledged lost."""

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2
WRITER = Path(__file__).with_name("feed_writer.py")


def _read(store):
    """Imports of one snapshot, after looking whether its tables agree, twice with a pause."""
    with store.snapshot() as snapshot:
        seen = []
        for _ in range(2):
            stored = {row["import_id"]: row["stored"] for row in snapshot.table("imports").to_pyarrow().to_pylist()}
            reports = snapshot.table("reports")
            n = reports.group_by("import_id").aggregate(n=reports.count()).to_pyarrow().to_pylist()
            assert {row["import_id"]: row["n"] for row in n} == stored
            assert snapshot.feeds() == ({"demo": sum(stored.values())} if stored else {})
            if stored:
                assert snapshot.cube.rows.n.sum().to_pyarrow().as_py() == sum(stored.values())
            seen.append(set(stored))
            time.sleep(0.1)
        assert seen[0] == seen[1]
    return seen[0]


def _compact_on(store, stop, done, failures):
    while not stop.is_set():
        try:
            done.append(store.compact(delete_older_than=timedelta(hours=1)))
        except Exception as error:  # noqa: BLE001 - told in the test's thread
            failures.append(error)
            return


def _all_at_once(store, seconds):
    command = [sys.executable, str(WRITER), str(store.path)]
    writers = [
        subprocess.Popen([*command, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in "ab"
    ]
    stop, done, failures = Event(), [], []
    compacting = Thread(target=_compact_on, args=(store, stop, done, failures))
    acknowledged, reads, seen = set(), 0, set()
    try:
        acknowledged |= {writer.stdout.readline().strip() for writer in writers}
        compacting.start()
        until = time.monotonic() + seconds
        while time.monotonic() < until or not done:
            now = _read(store)
            assert seen <= now
            seen, reads = now, reads + 1
            assert not failures
            assert all(writer.poll() is None for writer in writers)
    finally:
        stop.set()
        for writer in writers:
            writer.kill()
        said = [writer.communicate() for writer in writers]
        compacting.join()
    for out, err in said:
        assert not err
        acknowledged |= {line.strip() for line in out.splitlines(keepends=True) if line.endswith("\n")}
    assert not failures
    assert reads
    assert acknowledged <= _read(store)


def test_compacting_beside_two_imports_and_a_reader(store):
    _all_at_once(store, 2)


@pytest.mark.slow
def test_compacting_beside_two_imports_and_a_reader_for_long(store):
    _all_at_once(store, 20)
