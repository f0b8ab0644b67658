"""The calls of pdfium made a page at a time give what its own helpers give a character at a time."""

import pypdfium2
import pytest

from detente.documents.pdf_glyphs import PageText, Pdfium
from detente.documents.pdf_pieces import read_pieces

EMOJI = "/CMapName /T def 1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfchar\n{}\nendbfchar"
TABLE = EMOJI.format("<40> <d83dde00>\n<41> <0042>").encode()  # `@` is written as a character beyond the first plane


@pytest.fixture(params=["plain", "beyond the first plane"])
def page(request, make_pdf, make_column):
    lines = [
        "Talks@ on the A islands went on in A.^12 Some",
        "parts were 3 miles away.",
        " ",
        "Treaty.^7 Smith, @ Title.",
    ]
    raw = make_pdf([make_column(lines * 90)], to_unicode=None if request.param == "plain" else TABLE)
    file = pypdfium2.PdfDocument(raw)
    textpage = file[0].get_textpage()
    yield textpage, PageText(textpage, Pdfium())
    textpage.close()
    file.close()


def test_boxes_of_many_characters(page):
    textpage, ours = page
    offsets = [at for at, letter in enumerate(ours.text) if not letter.isspace()]
    assert len(offsets) > 3000  # more than there is room for at first
    indices = [ours._index(at) for at in offsets]
    theirs = [textpage.get_charbox(at, loose=True) for at in indices]
    assert ours.boxes(offsets) == [(bottom, abs(top - bottom), left) for left, bottom, _, top in theirs]
    tight = [textpage.get_charbox(at) for at in indices[:200]]
    assert ours.inks(offsets[:200]) == [(bottom, top - bottom) for _, bottom, _, top in tight]


def test_stretches_of_every_line(page):
    textpage, ours = page
    lines, start = [], 0
    for line in ours.text.split("\r\n"):
        lines += [(start, start + len(line))] if line else []
        start += len(line) + 2
    found = ours.spans(lines)
    assert sum(len(lefts) for lefts, _ in found) > 256
    for (begin, end), (lefts, rights) in zip(lines, found, strict=True):
        first = ours._index(begin)
        count = textpage.count_rects(first, ours._index(end - 1) + 1 - first)
        theirs = [textpage.get_rect(at) for at in range(count)]
        assert (lefts, rights) == ([one[0] for one in theirs], [one[2] for one in theirs])


def test_raised_numbers_and_lines(page):
    pieces = read_pieces(page[1])
    texts = [piece.text for piece in pieces[:3]]
    assert texts[0].endswith("[12] Some")
    assert texts[1] == "parts were 3 miles away."
    assert texts[2].startswith("Treaty.[7]")
    assert [piece.line for piece in pieces[:3]] == [0, 1, 2]
    assert len({round(piece.height, 3) for piece in pieces}) == 1
