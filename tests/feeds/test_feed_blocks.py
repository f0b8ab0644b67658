"""Files cut into blocks of whole lines: nothing lost at any size, and bytes that are not UTF-8 replaced and said."""

import gzip

import pytest

from detente.feeds.blocks import read_blocks
from detente.feeds.cells import first_rows

TEXT = b"one\ttwo\nthree\n\nfour five six\nseven"


def texts(path, size, **how):
    return [block.text for block in read_blocks(path, (".txt",), size=size, **how)]


@pytest.mark.parametrize("size", [1, 4, 8, len(TEXT) - 1, len(TEXT), len(TEXT) + 1])
@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("packed", [False, True])
def test_blocks_are_whole_lines_and_together_the_file(tmp_path, size, end, packed):
    path = tmp_path / ("rows.txt.gz" if packed else "rows.txt")
    path.write_bytes(gzip.compress(TEXT + end) if packed else TEXT + end)
    found = texts(path, size)
    assert b"".join(found) == TEXT + end
    assert all(text.endswith(b"\n") for text in found[:-1])


def test_an_empty_file_is_one_empty_block(tmp_path):
    path = tmp_path / "rows.txt"
    path.write_bytes(b"")
    assert texts(path, 8) == [b""]


@pytest.mark.parametrize("size", range(1, 12))
def test_a_line_end_inside_quotes_cuts_no_block(tmp_path, size):
    path = tmp_path / "rows.txt"
    path.write_bytes(b'a,"x\ny"\nb,"z\n\n"\nc,d\n')
    found = texts(path, size, quoted=True)
    assert b"".join(found) == path.read_bytes()
    assert len(found) > 1
    assert all(text.count(b'"') % 2 == 0 for text in found)


@pytest.mark.parametrize(
    ("raw", "text", "replaced"),
    [
        (b"plain\n", "plain\n", False),
        ("Şırnak, Ленинград\n".encode(), "Şırnak, Ленинград\n", False),
        (b"caf\xe9\n", "caf\ufffd\n", True),
        (b"cut\xc5", "cut\ufffd", True),
    ],
)
def test_what_is_not_utf8_is_replaced_and_said(tmp_path, raw, text, replaced):
    path = tmp_path / "rows.txt"
    path.write_bytes(raw)
    (block,) = read_blocks(path, (".txt",))
    assert (block.text.decode(), block.replaced) == (text, replaced)


def test_the_first_two_rows_are_those_with_something_in_them():
    text = b"\n\t\t\n a\tb\n\n\t\nc\td\ne\tf\n"
    assert first_rows(text, "\t", quoted=False) == [[" a", "b"], ["c", "d"]]
    assert first_rows(b"only", "\t", quoted=False) == [["only"]]
    assert first_rows(b"", "\t", quoted=False) == []
