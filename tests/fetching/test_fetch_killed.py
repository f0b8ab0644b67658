"""A fetch killed at any moment and called again: nothing lost, nothing twice."""

import random
import subprocess
import sys
import time

import pytest

import detente as dt

pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),  # Ibis 12 on DuckDB 2
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX"),
]
ROWS = 400


@pytest.fixture
def files(shelf, quarters, made):
    """Six files that take a while to come."""
    for path in quarters.paths:
        shelf.files[path] = made.export(path.rpartition("/")[2][:14], rows=ROWS)
    quarters.write_list()
    shelf.pace = 0.005
    return quarters.paths


@pytest.fixture
def start(shelf):
    """The command itself, in a process of its own."""

    def begin(home):
        command = [sys.executable, "-c", "from detente.cli import main; main()", "fetch", "gdelt/2"]
        command += ["--since", "2019-01-21", "--until", "2019-01-21", "--mirror", shelf.address, "--pause", "0"]
        command += ["--connections", "2", "--store", home / "store", "--folder", home / "files"]
        return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return begin


def kill_at_some_moment(process, shelf, chance):
    """Kill after some request of a file came, early or late in what follows it; whether it still ran."""
    before = len(shelf.asked)
    wanted = chance.randint(0, 7)
    while len(shelf.asked) - before < wanted and process.poll() is None:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.1 if wanted < 7 else 3.0))
    running = process.poll() is None
    process.kill()
    process.communicate()
    return running


def check(home, start):
    """Finish, and look whether each row is there once and nothing is left over."""
    process = start(home)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 0, said
    with dt.open(home / "store", create=False).snapshot() as snapshot:
        ids = snapshot.table("reports").report_id.to_pyarrow().to_pylist()
        taken = snapshot.table("imports").to_pyarrow().to_pylist()
    assert len(ids) == len(set(ids)) == 6 * ROWS
    assert sum(row["stored"] for row in taken if row["kind"] == "feed") == 6 * ROWS
    assert len({row["name"] for row in taken if row["kind"] == "fetch"}) == 6
    left = {item.name for item in (home / "files" / "gdelt-2").iterdir()}
    assert left == {".lock", "lists"}


def test_three_kills_one_after_another(files, shelf, start, tmp_path):
    chance = random.Random(5)
    assert kill_at_some_moment(start(tmp_path), shelf, chance), "the first kill comes before its end"
    for _ in range(2):
        kill_at_some_moment(start(tmp_path), shelf, chance)
    check(tmp_path, start)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_kill_at_a_random_moment(files, shelf, start, tmp_path, seed):
    kill_at_some_moment(start(tmp_path), shelf, random.Random(seed))
    check(tmp_path, start)
