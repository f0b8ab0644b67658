"""Lines of a list, one at a time; those that cannot be used are kept as reasons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

LONGEST_LINE: Final = 4096
LARGEST_FILE: Final = 10**12  # bytes; no feed has a file of a terabyte
_MOST_TOLD: Final = 5
_MD5: Final = re.compile(r"[0-9a-fA-F]{32}")


@dataclass(slots=True)
class Damaged:
    """What could not be used in a list."""

    told: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, where: str, reason: str) -> None:
        """Count a line, and keep the first reasons."""
        self.count += 1
        if self.count <= _MOST_TOLD:
            self.told.append(f"{where}: {reason}")


def read_lines(path: Path, damaged: Damaged) -> Iterator[tuple[str, str]]:
    """The lines of a list that are not empty, each with its place; one that is too long is passed over."""
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number += 1
            where = f"{path.name}, line {number}"
            if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                damaged.add(where, "longer than a line of a list can be")
                while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                    pass
                continue
            text = line.decode("utf-8", errors="replace").strip()
            if text:
                yield where, text


def read_size(text: str) -> int:
    """A number of bytes.

    Raises:
        ValueError: If it is none, or more than any file of a feed has.
    """
    size = int(text) if text.isascii() and text.isdigit() and len(text) < 14 else 0
    if not 0 < size <= LARGEST_FILE:
        raise ValueError(f"size {text[:40]!r} is no number of bytes that a file can have")
    return size


def read_md5(text: str) -> str:
    """A checksum in lower case.

    Raises:
        ValueError: If it is no MD5.
    """
    if not _MD5.fullmatch(text):
        raise ValueError(f"checksum {text[:40]!r} is no MD5")
    return text.lower()


def days_of(digits: str) -> tuple[date, date]:
    """The first and last day of a year (`1979`), a month (`200601`) or a day (`20190121`).

    Raises:
        ValueError: If there is no such day.

    Examples:
        >>> [str(day) for day in days_of("200602")]
        ['2006-02-01', '2006-02-28']
    """
    year, month, day = int(digits[:4]), int(digits[4:6] or 1), int(digits[6:8] or 1)
    first = date(year, month, day)
    if len(digits) == 4:
        return first, date(year, 12, 31)
    if len(digits) == 6:
        return first, (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first, first
