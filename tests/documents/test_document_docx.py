"""Word files: paragraphs, headings, notes tied to their marks, properties; nothing run, fetched or grown."""

import pytest

from detente.documents import read_bytes
from detente.errors import DocumentError


def read(raw):
    return read_bytes(raw, name="memo.docx", kind="docx")[0]


def sentences(document):
    return [document.quote(sentence.start, sentence.end) for sentence in document.sentences]


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, style=""):
    style = f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' if style else ""
    return f"<w:p>{style}{''.join(runs)}</w:p>"


def note(kind, own, text, attributes=""):
    return f'<w:{kind} w:id="{own}" {attributes}>{paragraph(run(text))}</w:{kind}>'


def mark(kind, own):
    return f'<w:r><w:{kind}Reference w:id="{own}"/></w:r>'


STYLES = "".join(
    f'<w:style w:styleId="{own}"><w:name w:val="{name}"/></w:style>'
    for own, name in (("Balk1", "heading 1"), ("KonuBal", "Title"), ("Normal", "Normal"))
)


def test_paragraphs_and_headings(make_docx):
    body = paragraph(run("Two Neighbours"), style="KonuBal") + paragraph(run("Who struck first?"), style="Balk1")
    body += paragraph(
        run("Russia imposed "), run("sanctions."), run(" Tokyo"), "<w:r><w:tab/></w:r>", run("protested.")
    )
    document = read(make_docx(body, styles=STYLES))
    assert document.title == "Two Neighbours"
    assert sentences(document) == ["Russia imposed sanctions.", "Tokyo protested."]


def test_notes_are_numbered_by_their_marks(make_docx):
    body = paragraph(
        run("Russia imposed sanctions."), mark("footnote", 7), run(" Tokyo protested."), mark("endnote", 2)
    )
    body += paragraph(run("China watched."), mark("footnote", 3))
    footnotes = note("footnote", -1, "", 'w:type="separator"') + note("footnote", 3, "Kaya, “Third,” TASS.")
    footnotes += note("footnote", 7, "Smith, “First,” Reuters.")
    document = read(make_docx(body, footnotes=footnotes, endnotes=note("endnote", 2, "Doe, “Second,” AP.")))
    assert [(one.number, one.title) for one in document.citations] == [(1, "First"), (2, "Second"), (3, "Third")]
    assert [one.citations for one in document.sentences] == [(1,), (2,), (3,)]
    assert all(document.quote(one.start, one.end) == one.text for one in document.citations)


def test_raised_digits_are_marks_where_there_are_no_notes(make_docx):
    raised = '<w:vertAlign w:val="superscript"/>'
    body = paragraph(
        run("Russia imposed sanctions."), run("1", raised), run(" The zone is 40 km"), run("2", raised), run(".")
    )
    assert read(make_docx(body)).text == "Russia imposed sanctions.[1] The zone is 40 km2."


def test_deleted_words_codes_and_second_copies_are_left_out(make_docx):
    body = paragraph(
        run("Russia imposed "),
        "<w:del><w:r><w:delText>no </w:delText></w:r></w:del>",
        "<w:moveFrom><w:r><w:t>moved </w:t></w:r></w:moveFrom>",
        "<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>",
        '<mc:Fallback xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:p>'
        "<w:r><w:t>twice</w:t></w:r></w:p></mc:Fallback>",
        "<w:ins><w:r><w:t>sanctions.</w:t></w:r></w:ins>",
    )
    assert read(make_docx(body)).text == "Russia imposed sanctions."


def test_properties(make_docx):
    core = "<dc:title>The Straits</dc:title><dc:creator>Jane Smith</dc:creator>"
    core += "<dcterms:created>2022-03-01T08:00:00Z</dcterms:created>"
    core += "<dcterms:modified>2023-01-01T08:00:00Z</dcterms:modified>"
    document = read(make_docx(paragraph(run("Russia imposed sanctions.")), core=core))
    assert (document.title, document.authors, str(document.published)) == ("The Straits", ("Jane Smith",), "2022-03-01")


def test_a_template_s_date_gives_way(make_docx):
    core = "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    core += "<dcterms:modified>2022-06-01T08:00:00Z</dcterms:modified>"
    body = paragraph(run("The ministers of both states met on 5 May 2022 and spoke of the islands for an hour."))
    assert str(read(make_docx(body, core=core)).published) == "2022-06-01"


DOCTYPE = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("word/document.xml", DOCTYPE + "<w><p>&b;</p></w>", "document type"),
        ("word/document.xml", "<w><p>cut", "broken XML"),
        ("word/document.xml", '<?xml version="1.0" encoding="nonsense"?><w/>', "broken XML"),
        ("word/document.xml", b"\x00\x01", "broken XML"),
        ("word/document.xml", "<w/>", "empty text"),
        ("word/other.xml", "<w/>", "no Word file"),
    ],
)
def test_one_line_for_what_cannot_be_read(make_zip, part, content, said):
    with pytest.raises(DocumentError) as caught:
        read(make_zip({part: content}))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "root:" not in str(caught.value)


def test_a_part_that_grows_beyond_reason(make_docx):
    body = paragraph(run("Russia imposed sanctions. " * 400_000))
    with pytest.raises(DocumentError, match="zip bomb"):
        read(make_docx(body))


def test_deep_nesting_ends(make_docx):
    deep = "<w:tbl>" * 10_000 + paragraph(run("Russia imposed sanctions.")) + "</w:tbl>" * 10_000
    assert read(make_docx(deep)).text == "Russia imposed sanctions."


def test_a_cut_file(make_docx):
    raw = make_docx(paragraph(run("Russia imposed sanctions.")))
    with pytest.raises(DocumentError, match="cut short"):
        read(raw[:-30])
