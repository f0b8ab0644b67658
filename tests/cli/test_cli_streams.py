"""The command among other programs: pipes that close, a full disk, old encodings, an interrupt, odd files."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams and signals of POSIX")
COMMAND = (sys.executable, "-c", "from detente.cli import main; main()")


def _run(*arguments, **options):
    command = [*COMMAND, *map(str, arguments)]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60} | options
    return subprocess.run(command, check=False, **given)


@pytest.fixture
def long_text(homes) -> Path:
    path = homes / "long.txt"
    path.write_text("Токио выслал восемь дипломатов. Москва ответила.\n\n" * 3000, encoding="utf-8")
    return path


def test_a_reader_that_leaves_is_no_failure(long_text):
    command = [*COMMAND, "read", long_text]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_line(long_text):
    with Path("/dev/full").open("wb") as full:
        ran = _run("read", long_text, stdout=full)
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith(b"detente: ")
    assert b"Traceback" not in ran.stderr


def test_an_old_encoding_is_no_failure(long_text):
    ran = _run("read", long_text, env={**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
    assert b"Traceback" not in ran.stderr
    assert ran.returncode == 0


def test_an_interrupt_stops_without_a_traceback(homes):
    command = [*COMMAND, "read", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(1.5)  # by then it waits for its standard input
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        err = process.stderr.read()
    assert process.returncode not in {0, 2}
    assert b"Traceback" not in err


@pytest.mark.slow
def test_a_pipe_in_a_folder_is_passed_over(homes, report):
    folder = homes / "folder"
    folder.mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / "report.txt").write_bytes(report.read_bytes())
    assert b"expelled" in _run("read", folder, timeout=8).stdout


def test_a_file_descriptor_is_read(report):
    with report.open("rb") as stream:
        ran = _run("read", "-", "-f", "csv", stdin=stream)
    assert len(ran.stdout.splitlines()) == 3


def test_a_text_cannot_steer_the_terminal(homes, detente):
    (homes / "bell.txt").write_text(
        "Japan expelled eight Russian diplomats\x07 on 8 April 2022. It was a long day in Tokyo.\n", encoding="utf-8"
    )
    ran = detente("code", homes / "bell.txt")
    assert "Japan expelled" in ran.out
    assert "\x07" not in ran.out


def test_a_file_name_of_any_bytes_is_added(homes, report, detente):
    try:
        Path(os.fsdecode(bytes(homes) + b"/\xff\xfe.txt")).write_bytes(report.read_bytes())
    except OSError:
        pytest.skip("this file system asks for UTF-8 names")
    assert detente("add", os.fsdecode(bytes(homes) + b"/\xff\xfe.txt")).out.startswith("1 document stored")


def test_version_and_help_load_nothing_heavy():
    heavy = ("duckdb", "ibis", "pyarrow", "numpy", "trafilatura", "deltalake", "altair")
    check = (
        "import sys\nfrom detente.cli import main\nsys.argv = ['detente', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {heavy!r} if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "LOADED []"
