"""Files on a disk: which ones a folder or a pattern names, and their bytes."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from detente.documents.decode import MAX_BYTES, check_packed, check_size
from detente.errors import DocumentError


def is_pattern(source: Path) -> bool:
    """Whether a path names files by a pattern (`*`, `?`, `[`), no file having just that name."""
    return any(mark in str(source) for mark in "*?[") and not os.path.lexists(source)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file open for reading."""
    if path.is_dir():
        raise DocumentError(f"{path}: a folder, not a file; read its files one by one")
    if not path.exists():
        link = "a symbolic link that leads nowhere or to itself" if path.is_symlink() else "no such file"
        raise DocumentError(f"{path}: {link}; check the name")
    if not path.is_file():
        raise DocumentError(f"{path}: neither a file nor a folder; pipe it in with - (standard input)")
    try:
        file = path.open("rb")
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    with file:
        yield file


def read_content(path: Path) -> bytes:
    """A file's bytes; its size is looked at first, and no more than the limit is read."""
    with opened(path) as file:
        try:
            check_size(file.seek(0, 2), str(path))
            file.seek(0)
            raw = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise DocumentError(f"{path}: cannot be read ({error.strerror}); check the file") from error
    check_size(len(raw), str(path))
    return raw


def pdf_content(path: Path) -> bytes:
    """The bytes of a file that is plainly a PDF."""
    raw = read_content(path)
    check_packed(raw, str(path), "pdf")
    return raw


def matching_files(pattern: Path) -> list[Path]:
    """The files a pattern names, in order; links to folders are not followed, folders left out."""
    parts = pattern.parts
    fixed = next(place for place, part in enumerate(parts) if any(mark in part for mark in "*?["))
    try:
        found = sorted(Path(*parts[:fixed]).glob(str(Path(*parts[fixed:]))))
    except (ValueError, OSError, re.error) as error:
        raise DocumentError(f"{pattern}: no pattern ({error}); expected one such as reports/*.html") from error
    paths = [path for path in found if not path.is_dir()]
    if not paths:
        raise DocumentError(f"{pattern}: no such file, and no file fits it as a pattern; check the name")
    return paths


def files_below(folder: Path) -> Iterator[Path]:
    """The files of a folder to its bottom, in order of names; hidden ones and links to folders passed over."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))
