"""A feed file as blocks of whole lines, plain, gzipped or zipped: no file is held in memory whole."""

import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

import pyarrow as pa

from detente.errors import FeedError

BLOCK: Final = 1 << 26  # bytes of text in one block: about 170,000 rows of GDELT
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of one file.

    Attributes:
        file: Name of the file, `archive.zip/member` inside a zip.
        number: Place of the block in the file, from 0.
        text: The lines as UTF-8 with one kind of line end.
        replaced: Whether bytes that are not UTF-8 were replaced.
    """

    file: str
    number: int
    text: bytes
    replaced: bool


def read_blocks(path: Path, suffixes: tuple[str, ...], *, quoted: bool = False, size: int = BLOCK) -> Iterator[Block]:
    """The blocks of a path: of the file itself, unzipped, or of each member of a zip with one of the suffixes.

    Args:
        path: A text file, `.gz`, `.xz` or `.zip`.
        suffixes: Endings of the zip's members that hold rows, lower case.
        quoted: Whether a line end inside quotes belongs to its cell.
        size: Bytes of a block before it is cut at a line end.

    Yields:
        Blocks, those of a file in order.

    Raises:
        FeedError: If the file is missing, broken or holds no such member.
    """
    try:
        if path.suffix.lower() != ".zip":
            with _opened(path) as stream:
                yield from _cut(path.name, stream, size, quoted=quoted)
            return
        with zipfile.ZipFile(path) as archive:
            members = [name for name in sorted(archive.namelist()) if _bare(name).endswith(suffixes)]
            if not members:
                raise FeedError(f"zip {path.name} has no member that ends in {' or '.join(suffixes)}: unpack it first")
            for member in members:
                with archive.open(member) as packed:
                    if member.lower().endswith(".gz"):
                        with gzip.open(packed) as inner:
                            yield from _cut(f"{path.name}/{member}", cast("BinaryIO", inner), size, quoted=quoted)
                    else:
                        yield from _cut(f"{path.name}/{member}", cast("BinaryIO", packed), size, quoted=quoted)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError) as error:
        raise FeedError(f"feed file {path.name} cannot be read: {error}; get it again") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    ending = path.suffix.lower()
    if ending == ".gz":
        with gzip.open(path, "rb") as packed:
            yield cast("BinaryIO", packed)
    elif ending == ".xz":
        with lzma.open(path, "rb") as pressed:
            yield cast("BinaryIO", pressed)
    else:
        with path.open("rb") as stream:
            yield stream


def _bare(member: str) -> str:
    return member.lower().removesuffix(".gz")


def _cut(file: str, stream: BinaryIO, size: int, *, quoted: bool) -> Iterator[Block]:
    rest, number = b"", 0
    while len(chunk := stream.read(size)) == size:
        text = rest + chunk if rest else chunk
        end = _last_line_end(text, quoted=quoted)
        if end >= 0:
            yield _block(file, number, text[: end + 1])
            number += 1
        rest = text[end + 1 :]
    if number == 0 or rest or chunk:
        yield _block(file, number, rest + chunk if rest else chunk)


def _last_line_end(text: bytes, *, quoted: bool) -> int:
    """Place of the last line end that closes a line; -1 where there is none."""
    end = text.rfind(b"\n")
    if not quoted:
        return end
    inside = text.count(b'"', 0, end + 1) % 2 == 1 if end >= 0 else False
    while end >= 0 and inside:
        before = text.rfind(b"\n", 0, end)
        inside = inside != (text.count(b'"', before + 1, end + 1) % 2 == 1)
        end = before
    return end


def _block(file: str, number: int, raw: bytes) -> Block:
    plain = raw.removeprefix(_BOM) if number == 0 else raw
    if b"\r" in plain:
        plain = plain.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    if b"\x00" in plain:
        plain = plain.replace(b"\x00", b"")
    if _is_utf8(plain):
        return Block(file, number, plain, replaced=False)
    return Block(file, number, plain.decode("utf-8", errors="replace").encode("utf-8"), replaced=True)


def _is_utf8(text: bytes) -> bool:
    """Whether all of a text is UTF-8, without a copy of it in another encoding."""
    if text.isascii():
        return True
    ends = pa.array([0, len(text)], pa.int64()).buffers()[1]
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(text)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
