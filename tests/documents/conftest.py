"""Files made for the tests: PDF, Word and zip files written by hand, so that each byte in them is meant."""

import io
import re
import zipfile

import pytest

LEFT, RIGHT, TOP, LEADING = 72, 320, 760, 13


def pdf_string(text):
    raw = text.encode("cp1252")
    return b"(" + b"".join(b"\\" + bytes([byte]) if byte in b"()\\" else bytes([byte]) for byte in raw) + b")"


def draw(marks):
    """A page's content: each mark is (x, y, size, text); digits after ^ in the text are raised."""
    return b"\n".join(
        b"BT /F1 %d Tf %d %d Td %s ET" % (size, x, y, b" ".join(shown(text, size))) for x, y, size, text in marks
    )


def shown(text, size):
    for place, part in enumerate(re.split(r"\^(\d+)", text)):
        if place % 2:
            yield b"/F1 %d Tf 4 Ts %s Tj /F1 %d Tf 0 Ts" % (size * 6 // 10, pdf_string(part), size)
        elif part:
            yield pdf_string(part) + b" Tj"


def write_pdf(pages, *, info=None, to_unicode=None, tail=b"%%EOF\n"):
    """A PDF of pages of marks in Helvetica."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    objects.append(font + (b" /ToUnicode 4 0 R >>" if to_unicode else b" >>"))
    if to_unicode:
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(to_unicode), to_unicode))
    kids = []
    for marks in pages:
        content = marks if isinstance(marks, bytes) else draw(marks)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        body = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % body
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    if info:
        pairs = b" ".join(b"/" + key.encode() + b" " + pdf_string(value) for key, value in info.items())
        objects.append(b"<< " + pairs + b" >>")
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, item in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, item))
    xref = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    named = b" /Info %d 0 R" % len(objects) if info else b""
    out.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n" % (len(objects) + 1, named, xref))
    return out.getvalue() + tail


def column(lines, *, x=LEFT, top=TOP, size=11):
    return [(x, top - LEADING * place, size, line) for place, line in enumerate(lines)]


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def write_docx(body, *, footnotes="", endnotes="", styles="", core="", extra=None):
    """A Word file of these pieces of XML."""
    parts = {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    if footnotes:
        parts["word/footnotes.xml"] = f"<w:footnotes {WORD}>{footnotes}</w:footnotes>"
    if endnotes:
        parts["word/endnotes.xml"] = f"<w:endnotes {WORD}>{endnotes}</w:endnotes>"
    if styles:
        parts["word/styles.xml"] = f"<w:styles {WORD}>{styles}</w:styles>"
    if core:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        )
    return write_zip({**parts, **(extra or {})})


def write_zip(members):
    """A zip file of names and contents, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def make_pdf():
    return write_pdf


@pytest.fixture
def make_column():
    return column


@pytest.fixture
def make_docx():
    return write_docx


@pytest.fixture
def make_zip():
    return write_zip
