"""Zip files: their members by name, within limits of count, size and ratio. Nothing is written to disk."""

import lzma
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from detente.documents.decode import MAX_BYTES, PACKED, READ, Format, kind_of
from detente.errors import DocumentError

MAX_MEMBERS = 10_000
MAX_UNPACKED = 1024 * 1024 * 1024  # bytes of all members together
MAX_RATIO = 200  # bytes unpacked for one packed; text shrinks to a tenth, seldom to a fiftieth
_RATIO_FROM = 1024 * 1024  # bytes; below it any ratio is harmless
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_END_SIZE = 22
_COMMENT = 65_536
_ENTRY = 1024  # bytes of directory for one member, long names and extra fields included
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_CYRILLIC = re.compile(r"[А-яЁё]")
_WORD = 3  # high letters; fewer are accents in a Western name
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u0080-\u009f\u2028\u2029\ud800-\udfff]")
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (BadZipFile, LargeZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error)


@dataclass(frozen=True, slots=True)
class Member:
    """One readable file of an archive: its name for messages, how it is written, its bytes."""

    name: str
    kind: Format
    raw: bytes


@contextmanager
def open_zip(raw: bytes, name: str) -> Iterator[ZipFile]:
    """Open a zip file whose directory is of a sane size.

    Args:
        raw: The file.
        name: File name for messages.

    Yields:
        The open file.

    Raises:
        DocumentError: If it is broken or has too many members.
    """
    _check_directory(raw, name)
    try:
        file = ZipFile(BytesIO(raw))
    except (*_BROKEN, NotImplementedError) as error:
        raise DocumentError(f"{name}: broken zip file ({_one_line(str(error))}); fetch or pack it again") from error
    with file:
        if len(file.infolist()) > MAX_MEMBERS:
            raise _too_many(name)
        yield file


def _check_directory(raw: bytes, name: str) -> None:
    """Look at the directory's size before it is read: a million members of no content fill the memory."""
    tail = raw[-(_COMMENT + _END_SIZE) :]
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise DocumentError(f"{name}: zip file cut short (no directory at its end); fetch the file again")
    size = struct.unpack("<I", tail[at + 12 : at + 16])[0]
    if _END_64 in tail[max(0, at - 20) : at] or size > MAX_MEMBERS * _ENTRY:
        raise _too_many(name)


def _too_many(name: str) -> DocumentError:
    return DocumentError(f"{name}: more than {MAX_MEMBERS:,} members in this zip file; pack them in several")


def read_member(file: ZipFile, info: ZipInfo, name: str, *, limit: int = MAX_BYTES) -> bytes:
    """Unpack one member, no further than the limit whatever its header says.

    Args:
        file: The archive.
        info: The member.
        name: What messages call it.
        limit: Bytes.

    Returns:
        Its bytes.

    Raises:
        DocumentError: If it is encrypted, broken, too large, or grows beyond reason.
    """
    if info.flag_bits & _ENCRYPTED:
        raise DocumentError(f"{name}: encrypted; pack it again without a password")
    try:
        with file.open(info) as stream:
            raw = stream.read(limit + 1)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise DocumentError(f"{name}: cannot be unpacked ({_one_line(str(error))}); pack it again") from error
    if len(raw) > limit:
        raise DocumentError(f"{name}: over the limit of {limit // 2**20} MB when unpacked; split the file")
    if len(raw) > _RATIO_FROM and len(raw) > MAX_RATIO * max(1, info.compress_size):
        raise DocumentError(
            f"{name}: unpacks to {len(raw) // max(1, info.compress_size):,} times its size, over the limit of "
            f"{MAX_RATIO} (a zip bomb?); unpack it yourself if you trust it"
        )
    return raw


def read_members(raw: bytes, name: str) -> Iterator[Member | DocumentError]:
    """The readable files of an archive, in order of names.

    Folders, hidden files and what systems add (`__MACOSX`) are passed over.

    Args:
        raw: The archive.
        name: File name for messages.

    Yields:
        Members one at a time, and the reason for each that cannot be read.

    Raises:
        DocumentError: If the archive cannot be opened, holds nothing, or unpacks to more than 1 GB.
    """
    with open_zip(raw, name) as file:
        named = sorted(((member_name(info), info) for info in file.infolist()), key=lambda pair: pair[0])
        wanted = [(inner, info) for inner, info in named if not inner.endswith("/") and not _hidden(inner)]
        if not wanted:
            raise DocumentError(f"{name}: no file in this zip file; it reads {READ}")
        total = 0
        for inner, info in wanted:
            try:
                member = _member(file, info, inner, f"{name}, {inner}")
            except DocumentError as error:
                yield error
                continue
            total += len(member.raw)
            if total > MAX_UNPACKED:
                raise DocumentError(
                    f"{name}: over {MAX_UNPACKED // 2**20:,} MB when unpacked, at {inner}; pack the rest apart"
                )
            yield member


def _member(file: ZipFile, info: ZipInfo, inner: str, name: str) -> Member:
    if stat.S_ISLNK(info.external_attr >> 16):
        raise DocumentError(f"{name}: a symbolic link, which is not followed; pack the file itself")
    if inner.startswith("/") or _DRIVE.match(inner) or ".." in inner.split("/"):
        raise DocumentError(f"{name}: a path outside the archive; pack it with plain names")
    kind = kind_of(inner)
    if kind == "zip":
        raise DocumentError(f"{name}: a zip file inside a zip file, which is not opened; unpack the outer one first")
    if kind is None:
        raise DocumentError(f"{name}: files of this kind are not read by this version; it reads {READ}")
    raw = read_member(file, info, name)
    if kind not in PACKED and not raw.strip():
        raise DocumentError(f"{name}: empty file ({len(raw)} bytes); expected {READ}")
    return Member(name, kind, raw)


def member_name(info: ZipInfo) -> str:
    """A member's name: UTF-8 where the file says so or it is that, else the Cyrillic or Western DOS page.

    Args:
        info: The member.

    Returns:
        The name with `/` between folders; characters that cannot be printed are `?`.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        name = _old_name(name)
    return _UNPRINTABLE.sub("?", name.replace("\\", "/"))


def _old_name(name: str) -> str:
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        cyrillic = raw.decode("cp866")
        high = [letter for letter in cyrillic if letter > "\x7f"]
        return (
            cyrillic if len(high) >= _WORD and all(_CYRILLIC.match(letter) for letter in high) else raw.decode("cp437")
        )


def _hidden(inner: str) -> bool:
    parts = inner.split("/")
    return parts[0] == "__MACOSX" or any(part.startswith(".") and part != ".." for part in parts)


def _one_line(message: str) -> str:
    return _UNPRINTABLE.sub(" ", message)[:120]
