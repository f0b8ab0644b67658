"""Writers killed in mid-write, with readers looking on: nothing half-visible, nothing acknowledged lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.store import open_store

pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),  # Ibis 12 on DuckDB 2
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX"),
]
WRITER = Path(__file__).with_name("endless_writer.py")


def _start(store, name):
    command = [sys.executable, str(WRITER), str(store.path), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _visible(store):
    """Rows of each live import, as one snapshot shows them."""
    with store.snapshot() as snapshot:
        counts = {
            name: {
                row["import_id"]: row["n"]
                for row in snapshot.table(name)
                .group_by("import_id")
                .agg(n=lambda table: table.count())
                .to_pyarrow()
                .to_pylist()
            }
            for name in ("documents", "evidence", "reports")
        }
        stored = {row["import_id"]: row["stored"] for row in snapshot.table("imports").to_pyarrow().to_pylist()}
        n_events = snapshot.chosen_events()
    assert counts["reports"] == counts["evidence"] == stored
    assert counts["documents"] == dict.fromkeys(stored, 1)
    assert n_events == sum(stored.values())
    return set(stored)


def _round(store, names, chance, looks=1):
    """Start writers, look on while they write, kill them in mid-write.

    Returns what they acknowledged.
    """
    writers = [_start(store, name) for name in names]
    acknowledged = []
    try:
        acknowledged += [writer.stdout.readline().strip() for writer in writers]
        seen = set()
        for _ in range(looks):
            now = _visible(store)
            assert seen <= now
            seen = now
            time.sleep(chance.uniform(0, 0.05))
    finally:
        for writer in writers:
            time.sleep(chance.uniform(0, 0.03))
            writer.kill()
        for writer in writers:
            rest, _ = writer.communicate()
            # A line cut short by the kill acknowledges nothing.
            acknowledged += [line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return set(filter(None, acknowledged))


def _kill_often(store, rounds, seed, looks=1):
    chance, acknowledged = random.Random(seed), set()
    for number in range(rounds):
        acknowledged |= _round(store, [f"a{number}", f"b{number}"], chance, looks)
        assert acknowledged <= _visible(store)
        if number % 2:
            store.compact()
            assert acknowledged <= _visible(store)
    return acknowledged


def test_kills_lose_nothing_and_show_nothing_half(tmp_path):
    assert len(_kill_often(open_store(tmp_path / "store"), rounds=2, seed=1)) >= 4


@pytest.mark.slow
def test_many_kills_lose_nothing_and_show_nothing_half(tmp_path):
    assert len(_kill_often(open_store(tmp_path / "store"), rounds=12, seed=2, looks=3)) >= 24


def test_two_writers_of_one_input_count_once(tmp_path):
    store = open_store(tmp_path / "store")
    acknowledged = _round(store, ["same", "same"], random.Random(3))
    with store.snapshot() as snapshot:
        imports = snapshot.table("imports").to_pyarrow().to_pylist()
    hashes = [row["input_hash"] for row in imports]
    assert len(hashes) == len(set(hashes))
    assert "same-0" in hashes
    assert len(acknowledged) > len(acknowledged & {row["import_id"] for row in imports})
