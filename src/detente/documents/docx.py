"""The text of a Word file: paragraphs, headings, notes tied to their marks. Nothing in it is run or fetched."""

import re
from collections.abc import Mapping
from datetime import date
from zipfile import ZipFile

from detente.documents.archive import open_zip, read_member
from detente.documents.assemble import Metadata
from detente.documents.docx_parts import BodyReader, NotesReader, Numbers, PropertiesReader, StylesReader, parse_part
from detente.documents.extracted import Extracted, sane_authors, sane_date, sane_title
from detente.errors import DocumentError

MAX_PART = 50 * 1024 * 1024  # bytes of one part, unpacked
_DOCUMENT = "word/document.xml"
_STYLES = "word/styles.xml"
_CORE = "docProps/core.xml"
_NOTES = (("footnote", "word/footnotes.xml"), ("endnote", "word/endnotes.xml"))
_HEADING_STYLE = re.compile(r"(?:heading \d|title|subtitle)\Z", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def read_docx(raw: bytes, name: str) -> Extracted:
    """Read a Word file.

    Args:
        raw: The file.
        name: File name for messages.

    Returns:
        Its paragraphs, one a line, then its footnotes and endnotes as `[1] …` in the order of their
        marks; marks in the body as `[1]`. Deleted words and field codes are left out.

    Raises:
        DocumentError: If it is no Word file, encrypted, broken or too large when unpacked.
    """
    with open_zip(raw, name) as file:
        if _DOCUMENT not in file.namelist():
            raise DocumentError(f"{name}: no Word file (it has no {_DOCUMENT}); is it a zip or another office file?")
        parts = {part: _part(file, part, name) for part in (_DOCUMENT, _STYLES, _CORE, *dict(_NOTES).values())}
    numbers = Numbers()
    body = BodyReader(numbers, raised=b"noteReference" not in parts[_DOCUMENT])
    parse_part(parts[_DOCUMENT], body, f"{name}, {_DOCUMENT}")
    styles, core = StylesReader(), PropertiesReader()
    parse_part(parts[_STYLES], styles, f"{name}, {_STYLES}")
    parse_part(parts[_CORE], core, f"{name}, {_CORE}")
    lines = [(text, styles.names.get(style, "")) for text, style in body.paragraphs]
    return _extracted(lines, _notes(parts, numbers, name), core.values)


def _part(file: ZipFile, part: str, name: str) -> bytes:
    if part not in file.namelist():
        return b""
    return read_member(file, file.getinfo(part), f"{name}, {part}", limit=MAX_PART)


def _notes(parts: Mapping[str, bytes], numbers: Numbers, name: str) -> list[str]:
    texts: dict[tuple[str, str], str] = {}
    for kind, part in _NOTES:
        reader = NotesReader(kind)
        parse_part(parts[part], reader, f"{name}, {part}")
        texts |= {(kind, own): text for own, text in reader.notes.items()}
    return [f"[{number}] {texts[key]}" for key, number in numbers.given.items() if texts.get(key)]


def _extracted(lines: list[tuple[str, str]], notes: list[str], core: Mapping[str, str]) -> Extracted:
    headings: set[int] = set()
    at = 0
    for text, style in lines:
        if _HEADING_STYLE.match(style):
            headings.add(at)
        at += len(text) + 1
    text = "\n".join([*(line for line, _ in lines), *notes])
    titled = next((line for line, style in lines if style.lower() == "title"), None)
    metadata = Metadata(title=sane_title(core.get("title")) or titled, authors=sane_authors(core.get("creator")))
    made = sane_date([_day(core.get("created")), _day(core.get("modified"))], text)
    return Extracted(text, metadata, frozenset(headings), made)


def _day(stamp: str | None) -> date | None:
    found = _DAY.match(stamp or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
