"""Commands killed in mid-write, and several at once: nothing acknowledged is lost, nothing half-visible."""

import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente import open as open_store

pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),  # Ibis 12 on DuckDB 2
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX"),
]
ADDING = Path(__file__).with_name("adding.py")
COMMAND = (sys.executable, "-c", "from detente.cli import main; main()")


def _start(*command):
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _visible(store):
    """Names of the reports in a store, each with its document, report, evidence and link, or not at all."""
    with store.snapshot() as snapshot:
        rows = {
            name: snapshot.table(name).to_pyarrow().to_pylist()
            for name in ("documents", "reports", "evidence", "links", "imports")
        }
    imports = {row["import_id"] for row in rows["imports"]}
    for name in ("documents", "reports", "evidence", "links"):
        assert {row["import_id"] for row in rows[name]} == imports, name
    return {re.search(r"\w+-\d+", row["text"])[0] for row in rows["documents"]}


def _kill_adding(store, folder, names, chance, least):
    """Writers that are killed after `least` acknowledged adds each; what they acknowledged."""
    writers = [_start(sys.executable, ADDING, name, store.tables.path, folder) for name in names]
    acknowledged = []
    try:
        for writer in writers:
            acknowledged += [writer.stdout.readline() for _ in range(least)]
            assert set(filter(None, map(str.strip, acknowledged))) <= _visible(store)  # a reader looks on
        time.sleep(chance.uniform(0, 0.3))
    finally:
        for writer in writers:
            writer.kill()
        for writer in writers:
            rest, _ = writer.communicate()
            acknowledged += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return {line.strip() for line in acknowledged} - {""}


def _kill_rounds(homes, rounds, seed, least=2):
    store, chance, acknowledged = open_store(homes / "store"), random.Random(seed), set()
    for number in range(rounds):
        names = [f"a{number}", f"b{number}"]
        acknowledged |= _kill_adding(store, homes, names, chance, least)
        assert acknowledged <= _visible(store)
    assert len(acknowledged) >= 2 * least * rounds
    return store


def test_two_writers_killed_in_mid_add(homes, detente):
    store = _kill_rounds(homes, rounds=1, seed=1, least=1)
    files = {path.stem for path in homes.glob("*-*.txt") if path.stat().st_size}
    assert detente("add", *homes.glob("*-*.txt")).code == 0  # a rerun completes
    assert _visible(store) >= files
    again = _visible(store)
    assert detente("add", *homes.glob("*-*.txt")).out.startswith("0 documents stored")
    assert _visible(store) == again


@pytest.mark.slow
def test_writers_killed_in_mid_add_often(homes):
    _kill_rounds(homes, rounds=10, seed=2, least=3)


def _feed(store):
    """Reports of each visible import must be as many as it says."""
    with store.snapshot() as snapshot:
        reports = snapshot.table("reports")
        counts = reports.group_by("import_id").agg(n=reports.count()).to_pyarrow().to_pylist()
        imports = snapshot.table("imports").to_pyarrow().to_pylist()
    found = {row["import_id"]: row["n"] for row in counts}
    assert found == {row["import_id"]: row["stored"] for row in imports if row["stored"]}
    return sum(found.values())


def _kill_imports(homes, files, rounds, seed, longest):
    store, chance = open_store(homes / "store"), random.Random(seed)
    command = [*COMMAND, "import", "icews", *files, "--store", homes / "store"]
    before = 0
    for _ in range(rounds):
        killed = _start(*command)
        time.sleep(chance.uniform(0.3, longest))
        killed.kill()
        killed.communicate()
        now = _feed(store)
        assert now >= before
        before = now
    return store


@pytest.mark.data
def test_an_import_killed_and_run_again(homes, detente, icews_files):
    files = icews_files[:4]
    store = _kill_imports(homes, files, rounds=2, seed=3, longest=1.5)
    done = detente("import", "icews", *files, "-f", "json").json
    assert done["rows"] == sum(done[name] for name in ("stored", "already_stored", "quarantined", "filtered"))
    clean = detente("import", "icews", *files, "-f", "json", "--store", homes / "clean").json
    assert _feed(store) == clean["stored"] == _feed(open_store(homes / "clean")) > 1000


@pytest.mark.data
@pytest.mark.slow
def test_an_import_killed_often(homes, detente, icews_files):
    files = icews_files[:60]
    store = _kill_imports(homes, files, rounds=10, seed=4, longest=4.0)
    assert detente("import", "icews", *files).code == 0
    assert detente("import", "icews", *files, "--store", homes / "clean").code == 0
    assert _feed(store) == _feed(open_store(homes / "clean"))


@pytest.mark.slow
def test_the_same_report_added_by_three_at_once_counts_once(homes, report):
    command = [*COMMAND, "add", report, "--store", homes / "store"]
    adding = [_start(*command) for _ in range(3)]
    for process in adding:
        process.communicate()
    assert [process.returncode for process in adding] == [0, 0, 0]
    events = open_store(homes / "store").dyad("RUS", "JPN").events()
    assert len(events) == 2
    assert [len(event.evidence) for event in events] == [1, 1]
