"""Documents as JSON lines: `id` and `text`, and what else is known of each."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from detente.documents.assemble import Metadata
from detente.documents.front_matter import read_date
from detente.documents.streams import decoded_lines
from detente.errors import DocumentError
from detente.model import DateSpan, parse_partial_date

COLUMNS = ("id", "text", "date", "title", "publisher", "url", "language")
"""Columns of a table of documents."""

_TEXTS = ("title", "publisher", "url", "language", "note", "previous")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, its text and metadata."""

    number: int
    text: str
    metadata: Metadata


def read_lines(file: BinaryIO, name: str) -> Iterator[Line | DocumentError]:
    """Read documents line by line; blank lines are passed over, unknown keys ignored.

    Args:
        file: Open at its beginning; no more than a line of it is held.
        name: File name for messages.

    Yields:
        A line, or the reason why it is none (as a value: the caller raises it or goes on).

    Raises:
        DocumentError: If it is no text at all.
    """
    for number, raw in enumerate(decoded_lines(file, name), start=1):
        if isinstance(raw, DocumentError):
            yield raw
            continue
        if not raw.strip():
            continue
        try:
            yield _read_line(raw, number, f"{name}, line {number}")
        except DocumentError as error:
            yield error


def _read_line(raw: str, number: int, where: str) -> Line:
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{where}: no JSON ({error}); expected one object a line") from error
    if not isinstance(record, dict):
        raise DocumentError(f'{where}: {type(record).__name__}, not an object; expected {{"id", "text", ...}}')
    return read_record(record, number, where)


def read_record(record: dict[str, Any], number: int, where: str) -> Line:
    """One document of a line or a row.

    Args:
        record: Its fields.
        number: Of its line, from 1.
        where: What messages call it.

    Returns:
        Its text and metadata.

    Raises:
        DocumentError: If a field is not what it should be.
    """
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        what = "missing" if "text" not in record else f"{_short(text)} is no text"
        raise DocumentError(f"{where}: field text {what}; expected a non-empty string")
    given = {field: _text(record, field, where) for field in _TEXTS}
    return Line(
        number,
        text,
        Metadata(
            id=_id(record, where),
            authors=_authors(record, where),
            published=_date(record, where),
            **given,
        ),
    )


def _text(record: dict[str, Any], field: str, where: str) -> str | None:
    value = record.get(field)
    if value is not None and not isinstance(value, str):
        raise DocumentError(f"{where}: field {field} is {_short(value)}; expected a string or null")
    return value or None


def _id(record: dict[str, Any], where: str) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(record, "id", where)


def _authors(record: dict[str, Any], where: str) -> tuple[str, ...]:
    value = record.get("authors") or []
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DocumentError(f"{where}: field authors is {_short(value)}; expected a list of strings")
    return tuple(names)


def _date(record: dict[str, Any], where: str) -> DateSpan | None:
    value = record.get("date")
    if value is None or value == "":
        return None
    span = read_date(value) if isinstance(value, str) else None
    if span is None and isinstance(value, int) and 1000 <= value <= 9999:
        span = parse_partial_date(str(value))
    if span is None:
        raise DocumentError(
            f"{where}: field date is {_short(value)}; expected YYYY, YYYY-MM or YYYY-MM-DD, or leave it out"
        )
    return span


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
