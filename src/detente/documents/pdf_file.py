"""A PDF file opened and its pages printed as paragraphs. What a worker loads: keep its imports few."""

from typing import Any, NamedTuple

from detente.documents.pdf_columns import Page, order_page
from detente.documents.pdf_glyphs import PageText, Pdfium
from detente.documents.pdf_pages import body_height, drop_furniture, take_footnotes
from detente.documents.pdf_paragraphs import Paragraph, make_paragraphs, whole_words
from detente.documents.pdf_pieces import read_pieces
from detente.errors import DocumentError

MAX_PAGES = 2_000
MAX_CHARACTERS = 20_000_000  # of a whole file
MAX_PAGE_CHARACTERS = 1_000_000
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD
_TAIL = 2048  # bytes in which a whole file's end mark stands
_LONGEST = 2_000  # characters of a property; a longer one is none


class Print(NamedTuple):
    """What stands in a PDF file. A plain tuple of strings and numbers, so that it passes between processes.

    Attributes:
        text: Its body, one paragraph a line, then its footnotes as `[1] …`; marks in the body as `[1]`.
        headings: Offsets of lines that are set as headings.
        largest: The heading in the largest letters near the top, or None.
        info: The file's own properties by name (`Title`, `Author`, `CreationDate`).
    """

    text: str
    headings: tuple[int, ...]
    largest: str | None
    info: dict[str, str]


def read_print(raw: bytes, name: str) -> Print:
    """Read the text layer of a PDF, a page at a time.

    Args:
        raw: The file.
        name: File name for messages.

    Returns:
        Its text.

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
        info = {key: value for key, value in file.get_metadata_dict().items() if len(value) <= _LONGEST}
    finally:
        file.close()
    if not any(page.lines for page in pages):
        raise DocumentError(f"{name}: no text layer in its {count} pages (a scan?); run it through OCR first")
    return _printed(pages, info)


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
    calls = Pdfium()
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
        pages.append(order_page(read_pieces(PageText(textpage, calls))) if size > 0 else Page((), ()))
        textpage.close()
        page.close()
    return pages


def _printed(pages: list[Page], info: dict[str, str]) -> Print:
    pages = drop_furniture(pages)
    body = body_height(pages)
    pages, notes = take_footnotes(pages, body)
    paragraphs = list(make_paragraphs(pages, body))
    lines = whole_words("\n".join([paragraph.text for paragraph in paragraphs] + notes)).split("\n")
    lines = [line.strip() for line in lines]
    headings = []
    start = 0
    for place, line in enumerate(lines):
        if place < len(paragraphs) and paragraphs[place].heading:
            headings.append(start)
        start += len(line) + 1
    return Print("\n".join(lines), tuple(headings), _largest(paragraphs, lines), info)


def _largest(paragraphs: list[Paragraph], lines: list[str]) -> str | None:
    """The heading in the largest letters near the top."""
    top = [(found, line) for found, line in zip(paragraphs[:8], lines, strict=False) if found.heading]
    if not top:
        return None
    return max(top, key=lambda pair: pair[0].height)[1] or None
