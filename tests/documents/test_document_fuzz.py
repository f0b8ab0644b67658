"""Whatever the bytes, a reader gives documents or one DocumentError; offsets stay right.

Short by default; DETENTE_FUZZ_MINUTES=20 runs that long.
"""

import os
import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.documents import FORMATS, read_bytes
from detente.errors import DocumentError

MINUTES = float(os.environ.get("DETENTE_FUZZ_MINUTES", "0"))
PIECES = [
    "Russia sent troops. ",
    "Россия ввела санкции.",
    "Türkiye kınadı; 3. Ordu. ",
    "[1]",
    "[^a]",
    "¹",
    "\n",
    "\n\n",
    "\r",
    "[1] Smith, “Title,” Reuters, 3 May 2022.",
    "# ",
    "---\n",
    "title: x\n",
    "<p>",
    "</p>",
    "<sup>1</sup>",
    "<table>",
    "<!--",
    "&#0;",
    "&nbsp;",
    "<html lang=tr>",
    "<meta charset=x>",
    "<time>2022",
    '{"text": "a"}',
    '{"id": 1, "text": "\\ud800"}',
    "text",
    ",",
    ";",
    '"',
    "id,text\n",
    "\ufeff",
    "\u2028",
    "\x85",
    "\x00",
    "\ud7ff",
    "😀",
    "References\n",
    "Kaynak\xe7a\n",
    "1. ",
    "- ",
    "> ",
    "|",
    "```",
    "2022-02-30",
    "https://x.y/(",
    ". . .",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)
ENCODED = st.builds(
    lambda text, encoding: text.encode(encoding, errors="replace"),
    TEXTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp1254", "utf-32"]),
)
MAGIC = st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xef\xbb\xbf"])
RAW = ENCODED | st.builds(
    lambda head, rest, tail: head + rest + tail, MAGIC, st.binary(max_size=300), MAGIC | st.just(b"%%EOF")
)


def check(raw, kind):
    try:
        documents = read_bytes(raw, name="fuzz", kind=kind, isolate=False)
    except DocumentError as error:
        assert "\n" not in str(error)  # noqa: PT017  (either answer is right)
        return
    for document in documents:
        spans = [(one.start, one.end) for one in document.sentences]
        assert all(0 <= start < end <= len(document.text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert not any(document.quote(*span) != document.quote(*span).strip() for span in spans)
        assert all(document.quote(one.start, one.end) == one.text for one in document.citations)
        numbers = {one.number for one in document.citations}
        assert all(set(one.citations) <= numbers for one in document.sentences)
        document.text.encode("utf-8")


fuzzed = settings(
    max_examples=500 if MINUTES else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    **({"database": None} if MINUTES else {}),
)


def run_long(run):
    """Run once, or again and again with new examples until this test's share of the minutes is over."""
    end = time.monotonic() + MINUTES * 60 / (2 * len(FORMATS))
    run()
    while time.monotonic() < end:
        run()


@pytest.mark.parametrize("kind", FORMATS)
def test_any_bytes(kind):
    @fuzzed
    @given(RAW)
    def run(raw):
        check(raw, kind)

    run_long(run)


@pytest.fixture(scope="module")
def whole_files():
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    table = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2"], "text": ["Russia sent troops.", "Tokyo protested."]}), table)
    page = "<html><head><title>T</title><meta name=date content=2022-02-24></head><body><article><p>Russia sent troops."
    page += "<sup>1</sup></p><p>Tokyo protested at once.</p><ol><li>Smith, “Title,” Reuters.</li></ol></article>"
    page += "</body></html>"
    return {
        "parquet": table.getvalue(),
        "html": page.encode(),
        "csv": b'id,text,date\n1,"Russia, sent",2022\n2,"a ""b""",2022-02-24\n',
        "jsonl": b'{"id": 1, "text": "Russia sent troops.", "date": "2022"}\n{"text": "Tokyo"}\n',
        "text": "Title\n\nRussia sent troops.[1]\n\nReferences\n[1] Smith, “Title,” Reuters, 3 May 2022.\n".encode(),
        "markdown": b"# T\n\nRussia sent troops.[^1]\n\n[^1]: Smith, *Title*, Reuters, 3 May 2022.\n",
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_whole_files_with_bytes_changed(kind, whole_files, make_pdf, make_docx, make_zip, make_column):
    word = "<w:p><w:r><w:t>Russia sent troops.</w:t></w:r></w:p>"
    made = {
        **whole_files,
        "pdf": make_pdf(
            [make_column(["Russia sent troops.^1 Tokyo protested."]), make_column(["End."])], info={"Title": "T"}
        ),
        "docx": make_docx(word),
        "zip": make_zip({"a.txt": "Russia sent troops.", "b.csv": "text\nTokyo protested.\n"}),
    }
    whole = made[kind]
    change = st.tuples(st.integers(0, len(whole)), st.integers(0, 12), st.binary(max_size=12))

    @fuzzed
    @given(st.lists(change, min_size=1, max_size=4))
    def run(changes):
        raw = bytearray(whole)
        for at, gone, new in changes:
            raw[at : at + gone] = new
        check(bytes(raw), kind)

    run_long(run)


def test_the_whole_files_are_read(whole_files):
    for kind, raw in whole_files.items():
        assert read_bytes(raw, name="whole", kind=kind)
