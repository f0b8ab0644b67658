"""PDF in workers: what hangs, dies or swells costs its own file one line; the rest goes on; nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from detente.documents import BadInput, PdfLimits, PdfPool, read_bytes, read_documents, read_file
from detente.documents.pdf import read_pdf
from detente.errors import DocumentError

LINES = ["Russia imposed sanctions on Japan. Tokyo protested at once."]
SENTENCES = ["Russia imposed sanctions on Japan.", "Tokyo protested at once."]
linux = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited, and processes are listed, on Linux")

NAUGHTY = """
import sys
sys.path[:] = sys.argv[2:]
import os, signal, time
from detente.documents import pdf_worker
real, poisoned = pdf_worker.read_print, []

def read(raw, name):
    if poisoned:
        os.kill(os.getpid(), signal.SIGABRT)
    if b"% hang" in raw:
        time.sleep(600)
    if b"% spin" in raw:
        while True:
            pass
    if b"% exit" in raw:
        os._exit(3)
    if b"% kill" in raw:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"% swell" in raw:
        held = [bytearray(b"x" * 2**26) for _ in range(64)]
    if b"% poison" in raw:
        poisoned.append(True)
    return real(raw, name)

pdf_worker.read_print = read
pdf_worker.serve(int(sys.argv[1]))
"""


def naughty_pool(*, seconds=4.0, memory=2**30, workers=2):
    limits = PdfLimits(seconds=seconds, memory=memory)
    return PdfPool(
        workers=workers, limits=limits, command=(sys.executable, "-c", NAUGHTY, str(memory), *map(str, sys.path))
    )


@pytest.fixture
def write(tmp_path, make_pdf, make_column):
    def write_file(name, act="", lines=LINES):
        path = tmp_path / name
        path.write_bytes(make_pdf([make_column(lines)], tail=f"%%EOF\n% {act}\n".encode()))
        return path

    return write_file


def quotes(document):
    return [document.quote(one.start, one.end) for one in document.sentences]


def test_a_worker_reads_what_we_read(make_pdf, make_column):
    pages = [
        make_column([f"Page {number} tells of a meet-", f"ing on day {number}.^1 It went on."]) for number in range(9)
    ]
    raw = make_pdf(pages, info={"Title": "Two Neighbours", "CreationDate": "D:20220301120000Z"})
    with PdfPool() as pool:
        assert pool.read(raw, "a.pdf") == read_pdf(raw, "a.pdf")
    assert read_bytes(raw, name="a.pdf", kind="pdf") == read_bytes(raw, name="a.pdf", kind="pdf", isolate=False)


def test_the_reasons_of_a_worker_are_ours(make_pdf):
    for raw in (b"%PDF-1.7\n%%EOF", b"%PDF-1.7", make_pdf([b"0 0 9 9 re f"])):
        with PdfPool(workers=1) as pool, pytest.raises(DocumentError) as caught:
            pool.read(raw, "a.pdf")
        with pytest.raises(DocumentError) as here:
            read_pdf(raw, "a.pdf")
        assert str(caught.value) == str(here.value)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("hang", "took more than 1 s and was stopped"),
        ("spin", "took more than 1 s and was stopped"),
        ("exit", "broke down on it (exit code 3)"),
        pytest.param("kill", "broke down on it (SIGKILL)", marks=linux),
        pytest.param("swell", "more than 1,024 MB of memory", marks=linux),
    ],
)
def test_one_line_for_what_a_file_does(write, act, said):
    path = write("bad.pdf", act)
    started = time.monotonic()
    seconds = 1.0 if act in {"hang", "spin"} else 25.0
    with naughty_pool(seconds=seconds) as pool, pytest.raises(DocumentError) as caught:
        read_file(path, isolate=pool)
    assert time.monotonic() - started < 30
    assert str(caught.value).startswith(f"{path}: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_batch_goes_on_in_order(write, tmp_path):
    acts = ["", "hang", "", "exit", "", "", "hang", ""]
    for place, act in enumerate(acts):
        write(f"{place}.pdf", act)
    (tmp_path / "3.txt").write_text("Japan protested against it.")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty.pdf").write_bytes(b"")
    with naughty_pool() as pool:
        found = list(read_documents(tmp_path, isolate=pool))
    bad = [Path(item.path).name for item in found if isinstance(item, BadInput)]
    assert bad == ["1.pdf", "3.pdf", "6.pdf", "cut.pdf", "empty.pdf"]
    expected = [*map(bool, acts[:4]), False, *map(bool, acts[4:]), True, True]  # a text behind the fourth file
    assert [isinstance(item, BadInput) for item in found] == expected
    assert all(quotes(item) == SENTENCES for place, item in enumerate(found) if place in {0, 2, 5, 6, 8})


def test_members_of_a_zip_go_on_too(write, make_zip, tmp_path):
    names = {"a.pdf": "", "b.pdf": "exit", "c.pdf": ""}
    packed = make_zip({name: write(name, act).read_bytes() for name, act in names.items()})
    (tmp_path / "all.zip").write_bytes(packed)
    with naughty_pool() as pool:
        found = list(read_documents(tmp_path / "all.zip", isolate=pool))
    assert [isinstance(item, BadInput) for item in found] == [False, True, False]


def test_a_file_is_not_blamed_for_the_one_before(write):
    first, second = write("a.pdf", "poison"), write("b.pdf")
    with naughty_pool(workers=1) as pool:
        read_file(first, isolate=pool)
        assert quotes(read_file(second, isolate=pool)[0]) == SENTENCES


def test_an_answer_that_is_none(write):
    babbler = "import os, time; os.write(1, bytes(7) + bytes([9]) + b'nonsense!'); time.sleep(60)"
    path = write("a.pdf")
    with PdfPool(command=(sys.executable, "-c", babbler)) as pool, pytest.raises(DocumentError, match="broke down"):
        read_file(path, isolate=pool)


def test_nothing_is_started_before_a_pdf_is_met(write, tmp_path):
    (tmp_path / "a.txt").write_text("Japan protested against it.")
    with PdfPool(command=("no-such-program",)) as pool:
        assert len(list(read_documents(tmp_path, isolate=pool))) == 1
        write("b.pdf")
        last = list(read_documents(tmp_path, isolate=pool))[-1]
    assert "no process could be started" in last.reason
    assert "isolate=False" in last.reason


def test_a_reader_may_do_without(write, monkeypatch):
    path = write("a.pdf")

    def refuse(*given, **named):
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert quotes(read_file(path, isolate=False)[0]) == SENTENCES


def test_a_closed_pool_says_so(write):
    with PdfPool() as pool:
        pass
    with pytest.raises(DocumentError, match="closed"):
        read_file(write("a.pdf"), isolate=pool)


def test_a_pool_closes_while_a_file_hangs(write):
    path = write("a.pdf", "hang")
    started = time.monotonic()
    with naughty_pool(seconds=600) as pool:
        waiting = [pool.begin(path.read_bytes(), f"{number}.pdf") for number in range(4)]
        time.sleep(0.2)
    assert time.monotonic() - started < 20
    assert all(one.done() for one in waiting)


SCRIPT = """
import sys
from pathlib import Path
from detente.documents import read_documents
print("started")
print(len([item for item in read_documents(Path(sys.argv[1]))]))
"""


@pytest.mark.parametrize("given", ["a file", "standard input"])
def test_a_script_without_a_guard_is_run_once(write, tmp_path, given):
    folder = write("a.pdf").parent
    script = tmp_path.parent / "script.py"
    script.write_text(SCRIPT)
    command = [sys.executable, str(script) if given == "a file" else "-", str(folder)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        command, check=False, input=SCRIPT, capture_output=True, text=True, env=environment, timeout=60
    )
    assert (done.stdout.split(), done.stderr) == (["started", "1"], "")


HOLDER = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the tests run in the background
sys.path[:] = sys.argv[3:]
from detente.documents import PdfLimits, PdfPool
command = (sys.executable, "-c", open(sys.argv[1]).read(), str(2**30), *sys.path)
with PdfPool(workers=1, limits=PdfLimits(seconds=600), command=command) as pool:
    pool.read(open(sys.argv[2], "rb").read(), "a.pdf")
"""


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def gone(pids):
    deadline = time.monotonic() + 10
    while any(map(alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(alive, pids))


@linux
@pytest.mark.parametrize("act", ["hang", "spin"])
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_the_process_that_started_it(write, tmp_path, act, end):
    source = tmp_path / "naughty.txt"
    source.write_text(NAUGHTY)
    command = [sys.executable, "-c", HOLDER, str(source), str(write("a.pdf", act)), *sys.path]
    holder = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        children = []
        while not children and holder.poll() is None:
            listed = Path(f"/proc/{holder.pid}/task").glob("*/children")
            children = [int(pid) for one in listed for pid in one.read_text().split()]
        time.sleep(0.5)
        assert all(map(alive, children))
        if end == signal.SIGINT:
            os.killpg(holder.pid, end)  # as a terminal sends it: to the workers too
        else:
            holder.send_signal(end)
        assert holder.wait(20) != 0
        assert children
        assert gone(children)
    finally:
        if holder.poll() is None:
            holder.kill()
        holder.wait()


def stream_pdf(make_pdf, content):
    """A PDF of one page whose packed content is this."""
    raw = make_pdf([b"CONTENT"])
    packed = zlib.compress(content, 9)
    old = b"<< /Length 7 >>\nstream\nCONTENT\nendstream"
    assert old in raw
    return raw.replace(old, b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed))


@pytest.mark.parametrize(
    "content",
    [
        b"0 0 m 9 9 l S\n" * 4_000_000,
        b"BT /F1 9 Tf 9 9 Td " + (b"(" + b"a" * 20_000 + b") Tj ") * 100 + b"ET",
        b"q " * 20_000_000,
        b" " * 1_500_000_000,
    ],
    ids=["lines", "letters", "nested", "spaces"],
)
@linux
def test_a_huge_page_is_bounded(make_pdf, make_column, content):
    raw, good = stream_pdf(make_pdf, content), make_pdf([make_column(LINES)])
    limits = PdfLimits(seconds=8, memory=2**30)
    started = time.monotonic()
    with PdfPool(workers=1, limits=limits) as pool:
        with pytest.raises(DocumentError) as caught:
            pool.read(raw, "huge.pdf")
        assert pool.read(good, "good.pdf").text == " ".join(LINES)
    assert time.monotonic() - started < 60
    assert str(caught.value).startswith("huge.pdf")
    assert "\n" not in str(caught.value)


def test_five_hundred_pages(make_pdf, make_column):
    pages = [
        make_column([f"Page {number} line {line} tells of Russia and Japan." for line in range(45)])
        for number in range(500)
    ]
    raw = make_pdf(pages)
    with PdfPool(workers=1) as pool:
        found = pool.read(raw, "long.pdf")
    assert found == read_pdf(raw, "long.pdf")
    assert found.text.count("tells of Russia") == 500 * 45
