"""Bytes that were made to hurt: one clear line each, bounded memory and time, the rest of the batch goes on."""

import base64
import os
import resource
import subprocess
import sys
import textwrap
import time
import tracemalloc
import zlib

import pytest

from detente.documents import MAX_BYTES, BadInput, read_bytes, read_documents
from detente.errors import DocumentError
from detente.model import Document

RUSSIAN = "Россия ввела санкции против Японии. Токио ответил протестом и отозвал посла."
TURKISH = "Türkiye, Rusya'yı kınadı. Çağrı İstanbul'da yapıldı."


def text_of(raw, kind="text"):
    return read_bytes(raw, name="input", kind=kind)[0].text


@pytest.mark.parametrize("fallback", ["cp1251", "cp1254"])
def test_lines_in_two_encodings_are_each_read_in_their_own(fallback):
    old = RUSSIAN if fallback == "cp1251" else TURKISH
    raw = RUSSIAN.encode() + b"\n" + TURKISH.encode() + b"\n" + old.encode(fallback) + b"\nPlain.\n"
    assert text_of(raw) == f"{RUSSIAN}\n{TURKISH}\n{old}\nPlain.\n"


def test_a_stray_byte_does_not_spoil_the_line():
    assert text_of(RUSSIAN.encode() + b" it" + b"\x92s over.") == RUSSIAN + " it’s over."


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (TURKISH, "cp1254"), ("СССР» ё»", "cp1251")])
def test_one_old_encoding_stays_one(text, encoding):
    raw = "\n".join([text] * 5).encode(encoding)
    assert text_of(raw) == "\n".join([text] * 5)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, TURKISH, "Russia sent troops."])
def test_utf_16_without_a_mark(text, encoding):
    assert text_of(text.encode(encoding)) == text


def test_utf_8_cut_inside_a_letter():
    assert text_of(RUSSIAN.encode()[:-2]) == RUSSIAN[:-2] + "\ufffd"


@pytest.mark.parametrize(
    "raw", [b"\x00\xff" * 100, bytes(range(256)) + b"\x00" * 8, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"]
)
def test_binary_is_no_text(raw):
    with pytest.raises(DocumentError, match="binary"):
        text_of(raw)


@pytest.mark.parametrize(
    ("raw", "said"),
    [(b"%PDF-1.7", "a PDF file"), (b"\x1f\x8b\x08", "gzip"), (b"\xd0\xcf\x11\xe0", "old kind"), (b"{\\rtf1", "RTF")],
)
def test_a_packed_file_under_a_text_s_name(raw, said):
    with pytest.raises(DocumentError, match=said):
        text_of(raw)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "Russia sent troops." + "</div>" * 50_000,
        "<table><tr><td>" * 20_000 + "Russia sent troops.",
        "<p " + "a='1' " * 100_000 + ">Russia sent troops.</p>",
        "<!--" * 100_000,
        "&amp;" * 200_000,
        '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><p>&c;</p>',
        "<script>" + "while(1){}" * 50_000,
    ],
    ids=["deep", "tables", "attributes", "comments", "entities", "doctype", "script"],
)
def test_hostile_pages_end(page):
    started = time.process_time()
    try:
        text = text_of(page.encode(), "html")
    except DocumentError as error:
        assert "\n" not in str(error)  # noqa: PT017  (either answer is right)
    else:
        assert "while(1)" not in text
    assert time.process_time() - started < 30


def test_scripts_and_frames_give_no_text():
    page = "<html><body><article>"
    page += f"<p>Russia sent troops. &e;</p><script>steal()</script><p>{'Tokyo protested at once. ' * 5}</p>"
    page += "<iframe src='http://localhost/'></iframe></article></body></html>"
    text = text_of(page.encode(), "html")
    assert "Russia sent troops." in text
    assert "root:" not in text
    assert "steal" not in text


PACKED_PAGE = b"BT /F1 9 Tf 9 9 Td " + b"(aaaaaaaa) Tj " * 400_000 + b"ET"


def test_a_page_that_grows(make_pdf):
    raw = make_pdf([b""])
    packed = zlib.compress(PACKED_PAGE, 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)
    raw = raw.replace(b"<< /Length 0 >>\nstream\n\nendstream", stream)
    with pytest.raises(DocumentError, match="over the limit"):
        read_bytes(raw, name="bomb.pdf", kind="pdf")


def test_a_batch_goes_on_past_all_of_them(tmp_path, make_zip, make_docx):
    files = {
        "a.txt": b"",
        "b.txt": b"\x00\x01\x02binary",
        "c.pdf": b"%PDF-1.7 cut",
        "d.docx": make_zip({"x": "y"}),
        "e.zip": make_zip({"bomb.txt": b"0" * 5_000_000}),
        "f.csv": b"no,columns\n1,2\n",
        "g.parquet": b"PAR1xxxxPAR1",
        "h.html": b"<html></html>",
        "i.jsonl": b"{",
        "z.txt": b"Russia sent troops.",
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    found = list(read_documents(tmp_path))
    assert [item.text for item in found if isinstance(item, Document)] == ["Russia sent troops."]
    bad = [item.reason for item in found if isinstance(item, BadInput)]
    assert len(bad) == len(files) - 1
    assert not any("\n" in reason for reason in bad)


def test_a_large_file_is_refused_unread(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match=r"200\.0 MB is over the limit"):
            list(read_documents(path))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def run_measured(code, **options):
    """Run code in a process of its own: its answer and its peak memory in MB."""
    # the peak that a process inherits from the one it was forked from is set back first
    program = (
        "open('/proc/self/clear_refs', 'w').write('5')\n"
        + textwrap.dedent(code)
        + "\nlines = open('/proc/self/status').read().splitlines()"
        + "\nprint(next(int(line.split()[1]) for line in lines if line.startswith('VmHWM')) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, **options)
    return done.stdout.decode().splitlines()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units")
def test_standard_input_is_read_only_up_to_the_limit():
    code = """
        from pathlib import Path
        from detente.cli.sources import read_paths
        from detente.errors import DocumentError
        try:
            read_paths([Path("-")], None)
        except DocumentError as error:
            print(error)
    """
    said, peak = run_measured(code, input=b"Russia sent troops. " * (MAX_BYTES // 10))
    assert "standard input: over the limit of 50 MB" in said
    assert int(peak) < 600


@pytest.mark.slow
@pytest.mark.parametrize("line", [b"Russia sent troops. ", b"troops "], ids=["sentences", "no end"])
def test_one_line_of_forty_megabytes(line):
    raw = line * (40 * 2**20 // len(line))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    document = read_bytes(raw, name="line.txt", kind="text")[0]
    assert time.process_time() - started < 180
    assert len(document.text) == len(raw)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 3_000_000


def test_a_link_to_an_endless_device(tmp_path):
    if not os.path.exists("/dev/zero"):  # noqa: PTH110  (a device, not a file of ours)
        pytest.skip("no such device here")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    with pytest.raises(DocumentError, match="neither a file nor a folder"):
        list(read_documents(tmp_path / "endless.txt"))


def test_base64_of_a_picture_is_one_long_word():
    document = read_bytes(base64.b64encode(os.urandom(300_000)), name="x.txt", kind="text")[0]
    assert len(document.sentences) <= 1
