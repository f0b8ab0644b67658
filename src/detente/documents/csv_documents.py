"""Documents as rows of a CSV table: one a row, with the columns of the JSON lines."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from detente.documents.decode import MAX_BYTES
from detente.documents.jsonl import COLUMNS, Line, read_record
from detente.documents.streams import MAX_LINE, decoded_lines
from detente.errors import DocumentError

_DELIMITERS = (",", ";", "\t")
_READ_AGAIN = 20  # times the lines read so far that may be read anew behind broken rows


def read_csv(file: BinaryIO, name: str) -> Iterator[Line | DocumentError]:
    """Read documents from a table whose first row names its columns: `text`, and any of the others.

    Args:
        file: Open at its beginning; fields parted by comma, semicolon or tab, as its first row shows. No more than
            a row of it is held.
        name: File name for messages.

    Yields:
        A row, or the reason why it is none; reading goes on at the line behind a broken row's first.

    Raises:
        DocumentError: If there is no column `text`, or hardly a row can be parted.
    """
    lines = _Window(file, name)
    delimiter, head = _head(lines, name)
    lines.drop(1)
    again = 0
    while lines.has(0):
        where = f"{name}, line {lines.number}"
        number = lines.number
        fields, used = _row(lines, delimiter)
        yield from lines.errors
        lines.errors.clear()
        lines.drop(used if fields is not None else 1)
        try:
            if fields is None:
                again += used
                raise DocumentError(f"{where}: quotes do not close as they should; double those inside a field")
            if fields and any(fields):
                yield _line(fields, head, number, where)
        except DocumentError as error:
            yield error
        if again > _READ_AGAIN * lines.read:
            raise DocumentError(f"{where}: too many broken rows; the rest of the file is left out. Save it anew")


class _Window:
    """The lines of a file from the present row on, as far as they were looked at."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.errors: list[DocumentError] = []  # of lines that could not be read; empty ones stand for them
        self.number = 1
        self.read = 0
        self._source = self._physical(file, name)
        self._held: list[str] = []
        self._first = 0

    def _physical(self, file: BinaryIO, name: str) -> Iterator[str]:
        for line in decoded_lines(file, name):
            if isinstance(line, DocumentError):
                self.errors.append(line)
                yield "\n"
            else:
                yield from StringIO(line, newline="")  # lines that end as on old systems

    def has(self, place: int) -> bool:
        """Whether there is such a line, counted from the present one."""
        while len(self._held) <= self._first + place:
            line = next(self._source, None)
            if line is None:
                return False
            self._held.append(line)
            self.read += 1
        return True

    def row(self) -> Iterator[str]:
        """The lines from the present one on, no more than a row may have."""
        size = place = 0
        while size <= MAX_LINE and self.has(place):
            line = self._held[self._first + place]
            size += len(line)
            place += 1
            yield line

    def drop(self, count: int) -> None:
        """Go on behind some lines."""
        self._first += count
        self.number += count
        if 2 * self._first > len(self._held):
            del self._held[: self._first]
            self._first = 0


def _head(lines: _Window, name: str) -> tuple[str, list[str]]:
    for delimiter in _DELIMITERS:
        fields, _ = _row(lines, delimiter)
        head = [field.strip().lower() for field in fields or ()]
        if "text" in head:
            return delimiter, head
    shown = next(lines.row(), "").strip()[:80]
    raise DocumentError(
        f"{name}, line 1: no column text in {shown!r}; expected column names such as {', '.join(COLUMNS)}"
    )


def _row(lines: _Window, delimiter: str) -> tuple[list[str] | None, int]:
    """The fields of the present row, None where it is broken; and how many lines were read."""
    reader = csv.reader(lines.row(), delimiter=delimiter, strict=True)
    usual = csv.field_size_limit(MAX_BYTES)  # the module's own limit is below a long article
    try:
        return next(reader, []), max(1, reader.line_num)
    except csv.Error:
        return None, max(1, reader.line_num)
    finally:
        csv.field_size_limit(usual)


def _line(fields: list[str], head: list[str], number: int, where: str) -> Line:
    if len(fields) != len(head):
        raise DocumentError(f"{where}: {len(fields)} fields under {len(head)} columns; quote fields that hold a comma")
    row = {column: field for column, field in zip(head, fields, strict=True) if column in COLUMNS}
    return read_record(
        {column: field if column == "text" else field.strip() for column, field in row.items()}, number, where
    )
