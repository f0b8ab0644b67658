"""Long and hostile input: time grows with size, files of documents are read one document at a time, limits are said."""

import gc
import io
import json
import time
import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.documents import BadInput, read_bytes, read_documents, read_text
from detente.documents.csv_documents import read_csv
from detente.documents.decode import MAX_CHARACTERS, MAX_PARAGRAPH
from detente.documents.jsonl import read_lines
from detente.documents.parquet_pages import check_pages
from detente.documents.streams import MAX_LINE
from detente.documents.tables_of_documents import read_parquet
from detente.errors import DocumentError
from detente.model import Document

ARTICLE = "Russia sent troops to the islands. Japan protested. " * 200


@pytest.fixture
def without_collection():
    """No garbage is collected while a test takes times: what other tests left on the heap would count."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize(
    "unit",
    [
        "References\n\n",
        "Notes\n",
        "[1]",
        "(Smith, 2001) ",
        "Reuters ",
        "according to Reuters ",
        "[(",
        "a†",
        "* a†\n\n",
        "(ibid.) ",
        "“",
        "ѐ\u0301",
        "İstanbul'un haberine göre ",
        "[a](https://a.b/c) ",
        "Van Smith (2001) ",
        "Smith, J. (2001). A. B.\n",
    ],
)
def test_time_grows_with_size_and_no_faster(unit, without_collection):
    def seconds(size):
        text = unit * (size // len(unit)) + "\nRussia protested.\n"
        started = time.process_time()
        read_text(text)
        return time.process_time() - started

    read_text("Russia protested at once, and Japan did so too.")  # loads the tables
    short, long = (min(seconds(size) for _ in range(3)) for size in (20_000, 80_000))
    assert long < 12 * max(short, 0.02)  # four times as much; sixteen were quadratic


@pytest.mark.parametrize(
    "part",
    [
        "<a href='https://a.b/c'>x</a> ",
        "<sup><a href='#n'>1</a></sup>",
        "<a href='#n'>1</a><span id='n'></span>",
        "<li id='n'><a href='#n'>1</a>",
        "<a href='#n'>",
    ],
)
def test_pages_of_links_end(part):
    page = (
        f"<html><body><article><p>Russia sent troops. {part * 10_000}</p><p id='n'>A note.</p></article></body></html>"
    )
    started = time.process_time()
    try:
        read_bytes(page.encode(), name="x", kind="html")
    except DocumentError as error:
        assert "\n" not in str(error)  # noqa: PT017  (either answer is right)
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * (MAX_PARAGRAPH + 1), "line 1 has 1,000,001 characters"),
        ("Russia left.\n" + "x" * (MAX_PARAGRAPH + 1) + "\nJapan stayed.", "line 2 has"),
        ("Russia left.\n" * (MAX_CHARACTERS // 13 + 1), "over the limit of 10,000,000 for one document"),
    ],
    ids=["a line", "a later line", "a text"],
)
def test_what_is_too_long_is_said_at_once(text, said):
    started = time.process_time()
    with pytest.raises(DocumentError, match=said):
        read_text(text)
    assert time.process_time() - started < 5


class Endless(io.RawIOBase):
    """A file made as it is read."""

    def __init__(self, head, row, count):
        self.row, self.left, self.held = row, count, head
        self.position = 0
        self.head = head

    def readable(self):
        return True

    def seekable(self):
        return True

    def seek(self, offset, whence=0):
        self.held, self.left, self.position = self.head, self.left + self.position, 0
        return 0

    def readinto(self, buffer):
        while len(self.held) < len(buffer) and self.left:
            self.held += self.row
            self.left -= 1
            self.position += 1
        part, self.held = self.held[: len(buffer)], self.held[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


@pytest.mark.parametrize(
    ("read", "head", "row"),
    [
        (read_lines, b"", json.dumps({"text": ARTICLE}).encode() + b"\n"),
        (read_csv, b"id,text\n", f'1,"{ARTICLE}\nand more"\n'.encode()),
    ],
)
def test_memory_does_not_grow_with_a_file_of_documents(read, head, row):
    def peak(count):
        tracemalloc.start()
        try:
            found = sum(
                not isinstance(item, DocumentError) for item in read(io.BufferedReader(Endless(head, row, count)), "x")
            )
            assert found == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(2000) < 1.5 * peak(200)


def test_memory_does_not_grow_with_a_parquet_file(tmp_path):
    def peak(count):
        path = tmp_path / f"{count}.parquet"
        with pq.ParquetWriter(path, pa.schema([("text", pa.string())])) as writer:
            for group in range(count):
                writer.write_table(pa.table({"text": [f"{ARTICLE}{group} {row}" for row in range(50)]}))
        before = pa.total_allocated_bytes()
        highest = 0
        with path.open("rb") as file:
            for _ in read_parquet(file, "x"):
                highest = max(highest, pa.total_allocated_bytes() - before)
        return highest

    assert peak(40) < 1.5 * peak(4)


def test_a_line_that_is_too_long_is_passed_over(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "One."}\n' + b"x" * (MAX_LINE + 2**20) + b'\n{"text": "Two."}\n')
    first, bad, last = read_documents(path)
    assert isinstance(bad, BadInput)
    assert "line 2: a line of 21.0 MB" in bad.reason
    assert (first.text, last.text) == ("One.", "Two.")


def test_lines_in_their_own_encodings(tmp_path):
    path = tmp_path / "a.jsonl"
    russian = '{"text": "Россия ввела санкции против Японии."}\n'
    path.write_bytes(russian.encode() + russian.encode("cp1251") + b'{"text": "\x00"}\n')
    found = list(read_documents(path))
    assert [item.text for item in found if isinstance(item, Document)] == ["Россия ввела санкции против Японии."] * 2


def parquet_of(texts, **options):
    out = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), out, **options)
    return out.getvalue()


def test_a_page_that_unpacks_to_much_is_refused_before_it_is_unpacked():
    raw = parquet_of(["a" * 80_000_000], compression="zstd", use_dictionary=False)
    assert len(raw) < 100_000
    started = pa.total_allocated_bytes()
    with pytest.raises(DocumentError, match="a page of 76 MB when unpacked"):
        read_bytes(raw, name="x", kind="parquet")
    assert pa.total_allocated_bytes() - started < 10_000_000


def test_a_page_s_header_that_lies_is_an_error():
    raw = parquet_of([ARTICLE], compression="snappy", use_dictionary=False)
    chunk = pq.read_metadata(io.BytesIO(raw)).row_group(0).column(0)
    assert check_pages(io.BytesIO(raw), chunk, "x") > len(ARTICLE)
    at = chunk.data_page_offset + 3  # the field of the unpacked size: a byte of its head, then the number
    assert raw[at - 1] == 0x15
    lying = raw[:at] + b"\xff\xff\xff\x0f" + raw[at + 3 :]
    with pytest.raises(DocumentError, match=r"x: (broken|a page of|the pages of)"):
        read_bytes(lying, name="x", kind="parquet")


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", "PLAIN"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_usual_parquet_files_are_read(encoding, version):
    texts = [f"Russia sent troops {number}." for number in range(200)]
    raw = parquet_of(texts, use_dictionary=False, column_encoding={"text": encoding}, data_page_version=version)
    assert [document.text for document in read_bytes(raw, name="x", kind="parquet")] == texts
