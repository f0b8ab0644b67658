"""Bytes to text: which encoding, and what is no text at all."""

import codecs
import re
from pathlib import PurePath
from typing import Final

from detente.documents.blocks import Kind
from detente.errors import DocumentError

MAX_BYTES: Final = 50 * 1024 * 1024
READ: Final = "plain text (.txt), Markdown (.md), HTML (.html, .htm) and documents as JSON lines (.jsonl)"

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED: Final = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"{\\rtf", "an RTF file"),
)
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff\xa8\xb8]{4,}")
_HIGH = re.compile(rb"[\x80-\xff]")
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
    if len(raw) > MAX_BYTES:
        raise DocumentError(too_large(len(raw), name))
    for magic, what in _PACKED:
        if raw.startswith(magic):
            raise DocumentError(f"{name}: {what}, which this version does not read; it reads {READ}")


def too_large(size: int, name: str) -> str:
    """The message for a file over the limit."""
    return f"{name}: {size / 2**20:.1f} MB is over the limit of {MAX_BYTES // 2**20} MB; split the file"


def decode_text(raw: bytes, name: str, *, html: bool = False) -> str:
    """Decode a file's bytes.

    UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one, in HTML the charset it
    declares; else Windows-1251 where most high bytes stand in runs of four or more (Cyrillic words),
    else Windows-1254 (Turkish and Western European).

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
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    if b"\x00" in raw:
        raise DocumentError(f"{name}: binary file, not text (NUL bytes); expected {READ}")
    raise DocumentError(
        f"{name}: not decodable as UTF-8, UTF-16 with a byte order mark, Windows-1251 or Windows-1254; save it as UTF-8"
    )


def _encodings(raw: bytes, *, html: bool) -> list[str]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return [encoding]
    if b"\x00" in raw:
        return []
    declared = _CHARSET.search(raw[:4096]) if html else None
    runs = sum(len(run) for run in _CYRILLIC_RUN.findall(raw))
    fallback = ["cp1251", "cp1254"] if runs * 2 > len(_HIGH.findall(raw)) else ["cp1254", "cp1251"]
    return ["utf-8", *([declared[1].decode("ascii")] if declared else []), *fallback]


def kind_of(name: str) -> Kind | None:
    """How a file is written, by its suffix; None where this version does not read it."""
    kinds: dict[str, Kind] = {
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
    }
    return kinds.get(PurePath(name).suffix.lower())
