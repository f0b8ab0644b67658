"""`detente code` as part of a pipe: lines in, events out, no more in memory than a batch."""

import io
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.cli.incoming import Incoming, LineInput

COMMAND = (sys.executable, "-c", "from detente.cli import main; main()")
KEPT = 200  # bytes a line; a document that is kept takes a thousand
TEXT = "Japan expelled eight Russian diplomats on 20 April 2022."
JSONL = ("code", "-", "--input-format", "jsonl", "-f")


def line(number: object, text: str = TEXT, **fields) -> bytes:
    return (json.dumps({"id": number, "text": text, "language": "en"} | fields) + "\n").encode()


class Endless(io.RawIOBase):
    """Lines made as they are asked for; none is kept."""

    def __init__(self, count: int) -> None:
        self.left, self.rest = count, b""

    def read1(self, size: int = -1) -> bytes:
        while len(self.rest) < size and self.left:
            self.rest += line(self.left, f"{TEXT} It was case {self.left}.")
            self.left -= 1
        part, self.rest = self.rest[:size], self.rest[size:]
        return part

    read = read1


def peak_of(count: int, monkeypatch) -> int:
    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": Endless(count)}))
    found = 0
    tracemalloc.start()
    for batch in Incoming([Path("-")], "jsonl").batches():
        found += len(batch)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == count
    return peak


def test_memory_does_not_grow_with_the_lines(monkeypatch):
    peak_of(600, monkeypatch)  # what is loaded once
    growth = peak_of(3200, monkeypatch) - peak_of(1200, monkeypatch)
    assert growth < 2000 * KEPT


def test_every_format_gives_the_same_events(detente):
    lines = b"".join(line(number) for number in range(300))
    ids = {event["event_id"] for event in detente(*JSONL, "jsonl", stdin=lines).lines}
    assert len(ids) == 300
    whole = detente(*JSONL, "json", stdin=lines)
    assert {event["event_id"] for event in whole.json["events"]} == ids
    assert whole.out == json.dumps(whole.json, ensure_ascii=False, indent=2) + "\n"
    assert {row.split(",")[0] for row in detente(*JSONL, "csv", stdin=lines).out.splitlines()} == ids | {"report_id"}
    table = pq.read_table(io.BytesIO(detente(*JSONL, "parquet", stdin=lines).raw))
    assert set(table["report_id"].to_pylist()) == ids
    rows = detente(*JSONL, "table", stdin=lines).out.splitlines()
    assert (len(rows), sum(row.startswith("date ") for row in rows)) == (301, 1)


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "parquet"])
def test_no_event_is_an_empty_answer(detente, form):
    ran = detente(*JSONL, form, stdin=line("a", "It rained."))
    assert ran.code == 0
    if form == "json":
        assert ran.out == '{\n  "events": []\n}\n'
    elif form == "csv":
        assert ran.out.startswith("report_id,")
    elif form == "parquet":
        assert pq.read_table(io.BytesIO(ran.raw)).num_rows == 0
    else:
        assert ran.out == ""


@pytest.mark.parametrize("name", ["a", "é/1 \u2028 x", "0007", "doc#1?"])
def test_an_id_comes_back_as_it_was(detente, name):
    event = json.loads(detente(*JSONL, "jsonl", stdin=line(name)).out)
    assert event["evidence"][0]["document_id"] == name
    (event,) = detente(*JSONL, "json", stdin=line(name)).json["events"]
    assert event["evidence"][0]["document_id"] == name


def test_a_line_may_bring_date_and_context(detente):
    second = line("b", "On Monday it expelled eight Russian diplomats.", previous="Tokyo was angry.", date="2022-04-20")
    ran = detente(*JSONL, "jsonl", stdin=line("a") + second)
    assert ran.code == 0
    dates = {event["evidence"][0]["document_id"]: event["date_start"] for event in ran.lines}
    assert dates["a"] == "2022-04-20"
    assert dates.get("b", "2022-04-18") == "2022-04-18"


def test_a_bad_line_is_named_where_it_stands_and_the_rest_goes_on(detente):
    bad = [
        b"{bad\n",
        b'{"id": "x"}\n',
        line("d", "Japan protested.", date="soon"),
        line("s", "\ud800 Japan protested."),
    ]
    ran = detente(*JSONL, "jsonl", stdin=line(1) + b"".join(bad) + line(2))
    assert ran.code == 0
    assert [event["evidence"][0]["document_id"] for event in ran.lines] == ["1", "2"]
    told = [text for text in ran.err.splitlines() if text.startswith("left out: standard input, line ")]
    assert [text.split("line ")[1].split(":")[0] for text in told] == ["2", "3", "4", "5"]


def test_many_bad_lines_are_counted(detente):
    ran = detente(*JSONL, "jsonl", stdin=line(1) + b"{\n" * 30)
    assert ran.err.count("left out: standard input") == 20
    assert "left out: 10 more" in ran.err


def test_nothing_but_bad_lines_is_one_line(detente):
    ran = detente(*JSONL, "json", stdin=b"{\n{\n")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("(and 1 more)\n")


@pytest.mark.skipif(sys.platform == "win32", reason="asks a pipe whether it has more")
@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_a_slow_pipe_is_answered_before_it_ends(homes, form):
    command = [*COMMAND, "code", "-", "--input-format", "jsonl", "-f", form]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdin.write(line("first"))
        process.stdin.flush()
        first = [process.stdout.readline() for _ in range(1 if form == "jsonl" else 2)]  # it would wait for ever
        process.stdin.write(line("second"))
        process.stdin.close()
        rest = process.stdout.read()
    assert b"SANCTION" in first[-1]
    assert rest.count(b"SANCTION") == 1


def test_a_file_is_read_in_batches_too(homes):
    path = homes / "lines.jsonl"
    path.write_bytes(b"".join(line(number) for number in range(600)))
    sizes = [len(batch) for batch in Incoming([path], None).batches()]
    assert sizes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 89]


class Pieces(io.RawIOBase):
    """Bytes that come in pieces of given sizes."""

    def __init__(self, content: bytes, sizes: list[int]) -> None:
        self.content, self.sizes = content, sizes

    def read1(self, size: int = -1) -> bytes:
        size = min(size, self.sizes.pop(0)) if self.sizes else size
        part, self.content = self.content[:size], self.content[size:]
        return part

    def read(self, size: int = -1) -> bytes:
        part, self.content = self.content[:size], self.content[size:]
        return part


@given(
    st.lists(st.binary(max_size=9).map(lambda raw: raw.replace(b"\n", b"")), max_size=8),
    st.booleans(),
    st.lists(st.integers(1, 7), max_size=20),
    st.integers(1, 12),
)
def test_lines_are_those_of_the_bytes_however_they_come(lines, ended, sizes, limit):
    content = b"\n".join(lines) + (b"\n" if ended else b"")
    pipe, plain = LineInput(Pieces(content, list(sizes))), io.BytesIO(content)
    sample = pipe.read(5)
    assert content.startswith(sample)
    assert len(sample) <= 5
    pipe.seek(0)
    for _ in range(3):
        assert pipe.readline(limit) == plain.readline(limit)
    assert pipe.read(4) == plain.read(4)
    while expected := plain.readline(limit):
        assert pipe.readline(limit) == expected
    assert pipe.readline(limit) == b""
