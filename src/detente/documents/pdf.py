"""The text of a PDF file, its columns in order, its furniture left out, its footnotes at the end."""

import re
from datetime import date
from typing import Any

from detente.documents.assemble import Metadata
from detente.documents.extracted import Extracted, sane_authors, sane_date, sane_title
from detente.documents.pdf_pages import Page, body_height, drop_furniture, order_page, take_footnotes
from detente.documents.pdf_paragraphs import Paragraph, make_paragraphs, whole_words
from detente.documents.pdf_pieces import PageText, read_pieces
from detente.errors import DocumentError

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000  # of a whole file
MAX_PAGE_CHARACTERS = 1_000_000
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_TAIL = 2048  # bytes in which a whole file's end mark stands
_STAMP = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def read_pdf(raw: bytes, name: str) -> Extracted:
    """Read the text layer of a PDF, a page at a time.

    Args:
        raw: The file.
        name: File name for messages.

    Returns:
        Its body, one paragraph a line, then its footnotes as `[1] …`; marks in the body as `[1]`.

    Raises:
        DocumentError: If it is encrypted, cut short, broken, too long or without a text layer.
    """
    import pypdfium2 as pdfium  # slow to load

    _check_whole(raw, name)
    try:
        file = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        raise DocumentError(f"{name}: {_reason(error)}") from error
    try:
        count = len(file)
        if not 0 < count <= MAX_PAGES:
            limit = f"over the limit of {MAX_PAGES:,}; split the file" if count else "the file is broken; save it again"
            raise DocumentError(f"{name}: {count:,} pages, {limit}")
        pages = _pages(file, name)
        info = file.get_metadata_dict()
    finally:
        file.close()
    if not any(line.text for page in pages for line in page.lines):
        raise DocumentError(f"{name}: no text layer in its {count} pages (a scan?); run it through OCR first")
    return _extracted(pages, info)


def _check_whole(raw: bytes, name: str) -> None:
    if b"%%EOF" not in raw.rstrip(b"\x00 \t\r\n")[-_TAIL:]:
        raise DocumentError(f"{name}: PDF cut short (no end mark after {len(raw):,} bytes); fetch the file again")


def _reason(error: Any) -> str:
    if getattr(error, "err_code", None) == _PASSWORD:
        return "encrypted PDF; save a copy without its password"
    return "broken PDF, it cannot be opened; fetch or save the file again"


def _pages(file: Any, name: str) -> list[Page]:
    import pypdfium2 as pdfium

    pages: list[Page] = []
    total = 0
    for number in range(len(file)):
        try:
            page = file[number]
            textpage = page.get_textpage()
        except pdfium.PdfiumError:  # pdfium reads on past a broken page, as do viewers
            pages.append(Page((), ()))
            continue
        size = textpage.count_chars()
        total += size
        if size > MAX_PAGE_CHARACTERS or total > MAX_CHARACTERS:
            raise DocumentError(
                f"{name}, page {number + 1}: {total:,} characters so far, over the limit of {MAX_CHARACTERS:,} a file "
                f"and {MAX_PAGE_CHARACTERS:,} a page; split the file"
            )
        pages.append(order_page(tuple(read_pieces(PageText(textpage)))) if size > 0 else Page((), ()))
        textpage.close()
        page.close()
    return pages


def _extracted(pages: list[Page], info: dict[str, str]) -> Extracted:
    pages = drop_furniture(pages)
    body = body_height(pages)
    pages, notes = take_footnotes(pages, body)
    paragraphs = list(make_paragraphs(pages, body))
    lines = whole_words("\n".join([paragraph.text for paragraph in paragraphs] + notes)).split("\n")
    text = "\n".join(line.strip() for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.strip()) + 1)
    headings = frozenset(start for start, found in zip(starts, paragraphs, strict=False) if found.heading)
    metadata = Metadata(
        title=sane_title(info.get("Title")) or _largest(paragraphs, lines),
        authors=sane_authors(info.get("Author")),
    )
    made = sane_date([_day(info.get("CreationDate")), _day(info.get("ModDate"))], text)
    return Extracted(text, metadata, headings, made)


def _largest(paragraphs: list[Paragraph], lines: list[str]) -> str | None:
    """The heading in the largest letters near the top."""
    top = [(found, line.strip()) for found, line in zip(paragraphs[:8], lines, strict=False) if found.heading]
    if not top:
        return None
    return max(top, key=lambda pair: pair[0].height)[1] or None


def _day(stamp: str | None) -> date | None:
    found = _STAMP.match(stamp or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
