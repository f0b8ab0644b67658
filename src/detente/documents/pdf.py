"""The text of a PDF file, its columns in order, its furniture left out, its footnotes at the end."""

import re
from datetime import date

from detente.documents.assemble import Metadata
from detente.documents.extracted import Extracted, sane_authors, sane_date, sane_title
from detente.documents.pdf_file import Print, read_print

_YEAR = re.compile(r"(?:1[5-9]|2[01])[0-9]{2}")
_STAMP = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})")


def read_pdf(raw: bytes, name: str) -> Extracted:
    """Read the text layer of a PDF in this process, a page at a time, without limits of time or memory.

    Args:
        raw: The file.
        name: File name for messages.

    Returns:
        Its body, one paragraph a line, then its footnotes as `[1] …`; marks in the body as `[1]`.

    Raises:
        DocumentError: If it is encrypted, cut short, broken, too long or without a text layer.
    """
    return extracted_of(read_print(raw, name))


def extracted_of(printed: Print) -> Extracted:
    """The text of a PDF file with what its properties say of it, where that can be believed.

    Args:
        printed: As read here or by a worker.

    Returns:
        Text and metadata.
    """
    text, info = printed.text, printed.info
    metadata = Metadata(
        title=sane_title(info.get("Title")) or printed.largest,
        authors=sane_authors(info.get("Author")),
    )
    days = [_day(info.get("CreationDate")), _day(info.get("ModDate"))]
    made = sane_date(days, text if _named_later(days, text) else "")
    return Extracted(text, metadata, frozenset(printed.headings), made)


def _named_later(days: list[date | None], text: str) -> bool:
    """Whether a text may name a year after those of the days: only then is it worth looking for its dates."""
    first = min((day.year for day in days if day), default=None)
    return first is not None and any(int(year) > first for year in _YEAR.findall(text))


def _day(stamp: str | None) -> date | None:
    found = _STAMP.match(stamp or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
