"""Zips looked at before they are read: whole, not locked, and not a small file that becomes an endless one."""

import zipfile
import zlib
from pathlib import Path
from typing import Final

from detente.errors import FeedError
from detente.fetching.records import Limits

_SMALL: Final = 100_000_000  # bytes up to which no ratio matters
_CHUNK: Final = 1 << 20


def check_archive(path: Path, name: str, limits: Limits, *, thoroughly: bool) -> None:
    """Look at a file whose name says that it is a zip; others pass.

    Args:
        path: The file.
        name: What it is to be called.
        limits: How large it may become.
        thoroughly: Whether each member is read and its CRC compared, for files without another checksum.

    Raises:
        FeedError: If it is no whole zip, is locked, or becomes too large.
    """
    if not name.lower().endswith(".zip"):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_sizes(name, path.stat().st_size, members, limits)
            for member in members if thoroughly else ():
                with archive.open(member) as packed:  # reads no further than the size that was checked
                    while packed.read(_CHUNK):
                        pass
    except (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise FeedError(f"{name} is no whole zip: {error}") from error


def _check_sizes(name: str, size: int, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise FeedError(f"{name} is locked with a password")
    if sum(member.compress_size for member in members) > size:
        raise FeedError(f"{name} has members that overlap: it is no honest zip")
    whole = sum(member.file_size for member in members)
    if whole > limits.expanded_bytes or whole > max(_SMALL, limits.expansion * size):
        raise FeedError(f"{name} of {size:,} bytes would become {whole:,} bytes: not unpacked")
