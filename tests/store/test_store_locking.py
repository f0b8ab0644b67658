"""The lock of one writer, here and as Windows has it."""

import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from detente.store.locking import one_writer

HOLD = """
import sys, time
from pathlib import Path
from detente.store.locking import one_writer
with one_writer(Path(sys.argv[1]), "series"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_another_process_waits_until_the_lock_is_free_even_by_a_kill(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        waiting = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        time.sleep(0.3)
        assert waiting.poll() is None
        holder.kill()
        assert waiting.stdout.readline() == "held\n"
        waiting.kill()
        waiting.communicate()


def test_windows_is_asked_again_until_the_other_lets_go(tmp_path, monkeypatch):
    asked = []

    def locking(handle: int, how: int, size: int) -> None:
        asked.append((how, size))
        if len(asked) < 3:
            raise PermissionError(13, "held by another")

    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
    with one_writer(tmp_path, "series"):
        assert asked == [(2, 1)] * 3


@pytest.mark.parametrize("name", ["series", "links"])
def test_the_file_of_a_lock_is_no_part_of_the_tables(tmp_path, name):
    with one_writer(tmp_path, name):
        assert [item.name for item in tmp_path.iterdir()] == [f".{name}.lock"]
