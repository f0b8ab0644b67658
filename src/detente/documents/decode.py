"""Bytes to text: which encoding, and what is no text at all."""

import codecs
import re
from pathlib import PurePath
from typing import Final, Literal, get_args

from detente.errors import DocumentError

Format = Literal["text", "markdown", "html", "jsonl", "csv", "parquet", "pdf", "docx", "zip"]
FORMATS: Final[tuple[str, ...]] = get_args(Format)
PACKED: Final = frozenset(("pdf", "docx", "parquet", "zip"))  # bytes that are no text themselves

STREAMED: Final = frozenset(("jsonl", "csv", "parquet"))  # read a document at a time, however large the file

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_CHARACTERS: Final = 10_000_000  # of one document: five thousand pages
MAX_PARAGRAPH: Final = 1_000_000  # characters of one line
READ: Final = (
    "plain text (.txt), Markdown (.md), HTML (.html, .htm), PDF (.pdf), Word (.docx), "
    "documents as .jsonl, .csv or .parquet, and zip files of these"
)

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final[tuple[tuple[bytes, tuple[str, ...], str], ...]] = (
    (b"%PDF", ("pdf",), "a PDF file"),
    (b"PK\x03\x04", ("docx", "zip"), "a zip or office file"),
    (b"PK\x05\x06", ("zip",), "an empty zip file"),
    (b"PAR1", ("parquet",), "a Parquet file"),
    (b"{\\rtf", (), "an RTF file"),
    (b"\xd0\xcf\x11\xe0", (), "an office file of the old kind (.doc, .xls) or an encrypted one"),
    (b"\x1f\x8b", (), "a gzip file"),
    (b"7z\xbc\xaf", (), "a 7-Zip file"),
    (b"Rar!", (), "a RAR file"),
)
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff\xa8\xb8]{4,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_SEQUENCE = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
_UTF8_SEQUENCE = re.compile(_SEQUENCE)
_UTF8_RUN = re.compile(rb"((?:[\x00-\x7f]|" + _SEQUENCE + rb")+)")
_LEAST_SEQUENCES = 3  # in a line that is UTF-8 as a whole; fewer may be chance in Windows-1251
_USUAL = re.compile(r"[\t\r\n -~\u0400-\u04ffçğıöşüâîûÇĞİÖŞÜ“”‘’«»…–—]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w-]{2,20})", re.IGNORECASE)


def check_bytes(raw: bytes, name: str) -> None:
    """Refuse what cannot be a text: empty, too large, packed or binary.

    Args:
        raw: The file's bytes.
        name: File name for the message.

    Raises:
        DocumentError: With the reason.
    """
    if not raw.strip():
        raise DocumentError(f"{name}: empty file ({len(raw)} bytes); expected {READ}")
    check_size(len(raw), name)
    packed = packed_as(raw)
    if packed:
        formats, what = packed
        advice = f"name it .{formats[0]} or give --input-format {formats[0]}" if formats else f"it reads {READ}"
        raise DocumentError(f"{name}: {what}, which is not read as text; {advice}")


def packed_as(raw: bytes) -> tuple[tuple[str, ...], str] | None:
    """What a packed file is by its first bytes: the formats that may read it, and its name; None for others."""
    return next(((formats, what) for magic, formats, what in _MAGIC if raw.startswith(magic)), None)


def check_size(size: int, name: str) -> None:
    """Refuse a file over the limit.

    Args:
        size: Bytes.
        name: File name for the message.

    Raises:
        DocumentError: If there are more than 50 MB.
    """
    if size > MAX_BYTES:
        raise DocumentError(
            f"{name}: {size / 2**20:.1f} MB is over the limit of {MAX_BYTES // 2**20} MB; split the file"
        )


def check_prose(text: str, name: str) -> None:
    """Refuse a text that is too long for one document, or has a line that is too long for a paragraph.

    Args:
        text: The text.
        name: What messages call it.

    Raises:
        DocumentError: With the reason.
    """
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(
            f"{name}: {len(text):,} characters, over the limit of {MAX_CHARACTERS:,} for one document; split it"
        )
    start, number = 0, 0
    while len(text) - start > MAX_PARAGRAPH:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if end - start > MAX_PARAGRAPH:
            raise DocumentError(
                f"{name}: line {number} has {end - start:,} characters, over the limit of {MAX_PARAGRAPH:,} for a "
                "paragraph; break it into paragraphs"
            )
        start = end + 1


def check_packed(raw: bytes, name: str, kind: str) -> None:
    """Refuse bytes that are empty, too large, or plainly no file of a packed format.

    Args:
        raw: The file's bytes.
        name: File name for the message.
        kind: `pdf`, `docx`, `parquet` or `zip`.

    Raises:
        DocumentError: With the reason.
    """
    if not raw.strip():
        raise DocumentError(f"{name}: empty file ({len(raw)} bytes); expected {READ}")
    check_size(len(raw), name)
    start = raw[:1024] if kind == "pdf" else raw[:4]  # readers of PDF allow some bytes before its mark
    if not any(magic in start for magic, formats, _ in _MAGIC if kind in formats):
        raise DocumentError(f"{name}: no {kind} file (its first bytes are {raw[:4]!r}); check what it is")


def decode_text(raw: bytes, name: str, *, html: bool = False) -> str:
    """Decode a file's bytes.

    UTF-8 and UTF-16 with or without a byte order mark, UTF-32 with one, in HTML the charset it
    declares; else Windows-1251 where most high bytes stand in runs of four or more (Cyrillic words),
    else Windows-1254 (Turkish and Western European). Where some lines are UTF-8 and some are not (files
    pasted together), each line is decoded on its own. UTF-8 that is cut inside its last letter ends
    in U+FFFD.

    Args:
        raw: The file's bytes.
        name: File name for messages.
        html: Whether a `<meta charset>` counts.

    Returns:
        The text; line ends as they are.

    Raises:
        DocumentError: If it is binary or fits no encoding.
    """
    check_bytes(raw, name)
    text = _decoded(raw, name, html=html)
    control = len(_CONTROL.findall(text[:1_000_000]))
    if "\x00" in text or control * 10 > min(len(text), 1_000_000):
        raise DocumentError(f"{name}: binary file, not text (control characters); expected {READ}")
    if not text.strip("\ufeff \t\r\n"):
        raise DocumentError(f"{name}: empty file (white space only); expected {READ}")
    return text


def _decoded(raw: bytes, name: str, *, html: bool) -> str:
    for encoding in _encodings(raw, html=html):
        if encoding != "utf-8" and (mixed := _mixed(raw)) is not None:
            return mixed
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and error.reason == "unexpected end of data" and error.start >= len(raw) - 3:
                return raw[: error.start].decode("utf-8") + "\ufffd"
        except LookupError:
            continue
    if b"\x00" in raw:
        raise DocumentError(f"{name}: binary file, not text (NUL bytes); expected {READ}")
    raise DocumentError(f"{name}: not decodable as UTF-8, UTF-16, Windows-1251 or Windows-1254; save it as UTF-8")


def _encodings(raw: bytes, *, html: bool) -> list[str]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return [encoding]
    if b"\x00" in raw:
        return _wide(raw)
    declared = _CHARSET.search(raw[:4096]) if html else None
    return ["utf-8", *([declared[1].decode("ascii")] if declared else []), *_fallbacks(raw)]


def _fallbacks(raw: bytes) -> list[str]:
    """The two Windows code pages, the likelier first."""
    runs = sum(len(run) for run in _CYRILLIC_RUN.findall(raw))
    return ["cp1251", "cp1254"] if runs * 2 > len(_HIGH.findall(raw)) else ["cp1254", "cp1251"]


def _wide(raw: bytes) -> list[str]:
    """UTF-16 without a mark: spaces and Latin letters leave a NUL in every other byte, on one side only."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    if len(raw) % 2 or len(raw) < 8 or (even and odd) or (even + odd) * 20 < len(raw) // 2:
        return []
    encoding = "utf-16-be" if even else "utf-16-le"
    sample = raw[:20_000].decode(encoding, errors="replace")
    return [encoding] if len(_USUAL.findall(sample)) * 10 > len(sample) * 9 and " " in sample else []


def _mixed(raw: bytes) -> str | None:
    """Lines of two encodings each in its own; None where no line speaks for UTF-8."""
    if b"\x00" in raw or raw.startswith(tuple(mark for mark, _ in _BOMS)):
        return None
    lines = raw.splitlines(keepends=True)
    if not any(_is_utf8(line) and len(_UTF8_SEQUENCE.findall(line)) >= _LEAST_SEQUENCES for line in lines):
        sequences = sum(len(found) for found in _UTF8_SEQUENCE.findall(raw))
        if sequences * 10 < len(_HIGH.findall(raw)) * 9:  # a few stray bytes in one long line
            return None
    fallback = _fallbacks(b"".join(line for line in lines if not _is_utf8(line)))[0]
    try:
        return "".join(_line(line, fallback) for line in lines)
    except UnicodeDecodeError:
        return None


def _line(line: bytes, fallback: str) -> str:
    if _is_utf8(line):
        return line.decode("utf-8")
    sequences = sum(len(found) for found in _UTF8_SEQUENCE.findall(line))
    if sequences * 2 < len(_HIGH.findall(line)):
        return line.decode(fallback)
    parts = _UTF8_RUN.split(line)
    return "".join(part.decode("utf-8" if place % 2 else fallback) for place, part in enumerate(parts))


def is_wide(raw: bytes) -> bool:
    """Whether a sample is UTF-16 or UTF-32, by its mark or its NULs."""
    marked = raw.startswith(tuple(mark for mark, encoding in _BOMS if encoding != "utf-8-sig"))
    return marked or bool(_wide(raw[: len(raw) // 2 * 2]))


def decode_line(line: bytes, where: str) -> str | DocumentError:
    """Decode one line of a file, whatever its other lines are in.

    Args:
        line: Its bytes.
        where: What messages call it.

    Returns:
        The line, or the reason why it is none.
    """
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        if b"\x00" in line:
            return DocumentError(f"{where}: binary, not text (NUL bytes); expected UTF-8")
    for fallback in _fallbacks(line):
        try:
            return _line(line, fallback)
        except UnicodeDecodeError:
            continue
    return DocumentError(f"{where}: not decodable as UTF-8, Windows-1251 or Windows-1254; save it as UTF-8")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def kind_of(name: str) -> Format | None:
    """How a file is written, by its suffix; None where this version does not read it."""
    kinds: dict[str, Format] = {
        "": "text",
        ".txt": "text",
        ".text": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".csv": "csv",
        ".tsv": "csv",
        ".parquet": "parquet",
        ".pdf": "pdf",
        ".docx": "docx",
        ".zip": "zip",
    }
    return kinds.get(PurePath(name).suffix.lower())
