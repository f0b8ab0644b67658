"""Lines of a file of documents, decoded one by one: what is held does not grow with the file."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from detente.documents.decode import MAX_BYTES, check_bytes, decode_line, decode_text, is_wide
from detente.errors import DocumentError

MAX_LINE: Final = 20 * 1024 * 1024  # bytes; the longest document that is read, in Cyrillic letters
_SAMPLE = 64 * 1024  # bytes that tell the encoding and what is no text
_PART = 1024 * 1024


def decoded_lines(file: BinaryIO, name: str) -> Iterator[str | DocumentError]:
    r"""Read the lines of a file, with their `\n`.

    UTF-8 line by line, a line that is none by its own letters; UTF-16 and UTF-32 as a whole.

    Args:
        file: Open at its beginning.
        name: What messages call it.

    Yields:
        A line, or the reason why one cannot be read.

    Raises:
        DocumentError: If it is no text at all.
    """
    sample = file.read(_SAMPLE)
    rest = not sample.strip()
    while rest and (more := file.read(_PART)):  # white space before the first line
        sample, rest = more, not more.strip()
    check_bytes(sample, name)
    first = sample.split(b"\n", 1)[0]
    file.seek(0)
    if is_wide(sample):
        yield from _whole(file, name)
        return
    if b"\x00" in first:
        raise DocumentError(f"{name}: binary file, not text (NUL bytes); expected lines of text")
    number = 0
    while raw := file.readline(MAX_LINE + 1):
        number += 1
        if len(raw) > MAX_LINE:
            yield _too_long(_rest(file, raw), f"{name}, line {number}")
            continue
        yield decode_line(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw, f"{name}, line {number}")


def _whole(file: BinaryIO, name: str) -> Iterator[str]:
    content = decode_text(file.read(MAX_BYTES + 1), name)
    yield from (found[0] for found in re.finditer(r"[^\n]*\n|[^\n]+", content.removeprefix("\ufeff")))


def _rest(file: BinaryIO, raw: bytes) -> int:
    """Pass over the rest of a line; its length in bytes."""
    size = len(raw)
    while not raw.endswith(b"\n") and (raw := file.readline(_PART)):
        size += len(raw)
    return size


def _too_long(size: int, where: str) -> DocumentError:
    return DocumentError(
        f"{where}: a line of {size / 2**20:.1f} MB, over the limit of {MAX_LINE // 2**20} MB; split the document"
    )
