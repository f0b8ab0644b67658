"""Zip files, folders and patterns: members by name, nothing outside, limits, loops."""

import io
import os
import stat
import struct
import zipfile

import pytest

from detente.documents import BadInput, archive, read_bytes, read_documents
from detente.errors import DocumentError
from detente.model import Document

SENTENCE = "Russia imposed sanctions. Tokyo protested."


def read(raw, tmp_path, name="reports.zip"):
    (tmp_path / name).write_bytes(raw)
    found = list(read_documents(tmp_path / name))
    return (
        [item for item in found if isinstance(item, Document)],
        [item.reason for item in found if isinstance(item, BadInput)],
    )


def test_members_of_every_kind(make_zip, make_pdf, make_docx, tmp_path):
    members = {
        "b/page.html": f"<html><body><article><p>{SENTENCE}</p></article></body></html>",
        "a.txt": SENTENCE,
        "c.csv": f'id,text\n1,"{SENTENCE}"\n2,\n',
        "d.jsonl": '{"id": "x", "text": "Japan protested."}\n7\n',
        "e.pdf": make_pdf([[(72, 700, 11, SENTENCE)]]),
        "f.docx": make_docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"),
        "__MACOSX/._a.txt": b"\x00\x05",
        ".DS_Store": b"\x00",
        "empty/": b"",
    }
    documents, bad = read(make_zip(members), tmp_path)
    assert [document.text for document in documents] == [*[SENTENCE] * 3, "Japan protested.", SENTENCE, SENTENCE]
    assert len(bad) == 2
    assert "reports.zip, c.csv, line 3" in bad[0]
    assert "reports.zip, d.jsonl, line 2" in bad[1]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../outside.txt", "path outside"),
        ("a/../../outside.txt", "path outside"),
        ("/etc/outside.txt", "path outside"),
        ("..\\outside.txt", "path outside"),
        ("C:\\outside.txt", "path outside"),
        ("inner.zip", "zip file inside a zip file"),
        ("picture.png", "files of this kind"),
        ("empty.txt", "empty file"),
        ("not.pdf", "no pdf file"),
    ],
)
def test_a_bad_member_is_said_and_the_rest_goes_on(make_zip, tmp_path, name, said):
    documents, bad = read(make_zip({name: "" if "empty" in name else "x", "z.txt": SENTENCE}), tmp_path)
    assert [document.text for document in documents] == [SENTENCE]
    assert len(bad) == 1
    assert said in bad[0]
    assert "\n" not in bad[0]
    assert [path.name for path in tmp_path.iterdir()] == ["reports.zip"]


def test_a_link_inside_is_not_followed(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
        file.writestr("z.txt", SENTENCE)
    documents, bad = read(out.getvalue(), tmp_path)
    assert len(documents) == 1
    assert "symbolic link" in bad[0]


@pytest.mark.parametrize(
    ("raw", "name"),
    [("отчёт.txt".encode("cp866"), "отчёт.txt"), ("отчёт.txt".encode(), "отчёт.txt"), (b"caf\x82.txt", "café.txt")],
)
def test_old_names_are_decoded(raw, name):
    info = zipfile.ZipInfo(raw.decode("cp437"))
    assert archive.member_name(info) == name


def test_a_name_with_line_ends_stays_one_line(make_zip, tmp_path):
    _, bad = read(make_zip({"a\nb.png": "x", "z.txt": SENTENCE}), tmp_path)
    assert "\n" not in bad[0]


def test_a_member_without_a_name(make_zip, tmp_path):
    raw = make_zip({"a": SENTENCE, "z.txt": SENTENCE})
    at = raw.index(b"PK\x01\x02")
    nameless = raw[: at + 46] + b"\x00" + raw[at + 47 :]
    documents, bad = read(nameless, tmp_path)
    assert len(documents) + len(bad) == 2


def test_a_bomb_is_not_unpacked(make_zip, tmp_path):
    documents, bad = read(make_zip({"bomb.txt": b"a" * 40_000_000, "z.txt": SENTENCE}), tmp_path)
    assert len(documents) == 1
    assert "zip bomb" in bad[0]


def test_a_member_over_the_limit_whatever_its_header_says(make_zip, tmp_path):
    raw = bytearray(make_zip({"big.txt": os.urandom(1000) * 60_000}))
    size = struct.pack("<I", 60_000_000)
    assert raw.count(size) == 2
    lying = bytes(raw).replace(size, struct.pack("<I", 10))
    for content in (bytes(raw), lying):
        documents, bad = read(content, tmp_path)
        assert documents == []
        assert len(bad) == 1


def test_limits_of_count_and_of_the_whole(make_zip, tmp_path, monkeypatch):
    raw = make_zip({f"{number}.txt": SENTENCE for number in range(5)})
    monkeypatch.setattr(archive, "MAX_UNPACKED", 3 * len(SENTENCE))
    with pytest.raises(DocumentError, match="when unpacked"):
        read(raw, tmp_path)
    monkeypatch.setattr(archive, "MAX_MEMBERS", 4)
    with pytest.raises(DocumentError, match="more than 4 members"):
        read(raw, tmp_path)


def test_a_directory_of_a_million_members_is_not_read(make_zip, tmp_path):
    raw = bytearray(make_zip({"a.txt": SENTENCE}))
    raw[-10:-6] = struct.pack("<I", 50_000_000)
    with pytest.raises(DocumentError, match="more than 10,000 members"):
        read(bytes(raw), tmp_path)


@pytest.mark.parametrize("raw", [b"PK\x03\x04" + b"x" * 100, b"PK\x05\x06" + b"\x00" * 18, b"PK\x03\x04"])
def test_a_broken_archive_is_one_line(raw):
    with pytest.raises(DocumentError) as caught:
        read_bytes(raw, name="a.zip", kind="zip")
    assert "\n" not in str(caught.value)


def test_an_encrypted_member(make_zip, tmp_path):
    raw = bytearray(make_zip({"a.txt": SENTENCE}))
    central = raw.index(b"PK\x01\x02")
    raw[6] |= 1
    raw[central + 8] |= 1
    _, bad = read(bytes(raw), tmp_path)
    assert "encrypted" in bad[0]


def test_a_pattern_names_files(tmp_path):
    for name in ("a.html.txt", "b.txt", "c.md", "sub/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCE + name, encoding="utf-8")
    assert len(list(read_documents(tmp_path / "*.txt"))) == 2
    assert len(list(read_documents(tmp_path / "**/*.txt"))) == 3
    with pytest.raises(DocumentError, match="no file fits"):
        list(read_documents(tmp_path / "*.pdf"))


def test_a_file_named_like_a_pattern_is_that_file(tmp_path):
    (tmp_path / "a[1].txt").write_text(SENTENCE, encoding="utf-8")
    assert len(list(read_documents(tmp_path / "a[1].txt"))) == 1


def test_loops_of_links(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = list(read_documents(tmp_path))
    assert [item.text for item in found if isinstance(item, Document)] == [SENTENCE]
    assert ["leads nowhere" in item.reason for item in found if isinstance(item, BadInput)] == [True]
    patterned = [item for item in read_documents(tmp_path / "**/*.txt") if isinstance(item, Document)]
    assert len(patterned) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(SENTENCE, encoding="utf-8")
    found = list(read_documents(tmp_path))
    assert sum(isinstance(item, Document) for item in found) == 1
    assert "neither a file" in next(item.reason for item in found if isinstance(item, BadInput))
