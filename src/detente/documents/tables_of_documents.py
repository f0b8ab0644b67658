"""Documents as rows of a CSV or Parquet table: one a row, with the columns of the JSON lines."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

from detente.documents.decode import MAX_BYTES
from detente.documents.jsonl import Line, read_record
from detente.errors import DocumentError

COLUMNS = ("id", "text", "date", "title", "publisher", "url", "language")
MAX_UNPACKED = 500 * 1024 * 1024  # bytes of one Parquet file's columns, unpacked
_BATCH = 64  # rows that are unpacked at a time
_DELIMITERS = (",", ";", "\t")
_READ_AGAIN = 20  # times the file's lines that may be read anew behind broken rows


def read_csv(content: str, name: str) -> Iterator[Line | DocumentError]:
    """Read documents from a table whose first row names its columns: `text`, and any of the others.

    Args:
        content: The file as decoded; fields parted by comma, semicolon or tab, as its first row shows.
        name: File name for messages.

    Yields:
        A row, or the reason why it is none; reading goes on at the line behind a broken row's first.

    Raises:
        DocumentError: If there is no column `text`, or hardly a row can be parted.
    """
    lines = list(StringIO(content.removeprefix("\ufeff"), newline=""))
    delimiter, head = _head(lines, name)
    at, again = 1, 0
    while at < len(lines):
        where = f"{name}, line {at + 1}"
        number = at + 1
        fields, used = _row(lines, at, delimiter)
        at += used if fields is not None else 1
        try:
            if fields is None:
                again += used
                raise DocumentError(f"{where}: quotes do not close as they should; double those inside a field")
            if fields and any(fields):
                yield _line(fields, head, number, where)
        except DocumentError as error:
            yield error
        if again > _READ_AGAIN * len(lines):
            raise DocumentError(f"{where}: too many broken rows; the rest of the file is left out. Save it anew")


def _head(lines: Sequence[str], name: str) -> tuple[str, list[str]]:
    for delimiter in _DELIMITERS:
        fields, _ = _row(lines, 0, delimiter)
        head = [field.strip().lower() for field in fields or ()]
        if "text" in head:
            return delimiter, head
    shown = lines[0].strip()[:80] if lines else ""
    raise DocumentError(
        f"{name}, line 1: no column text in {shown!r}; expected column names such as {', '.join(COLUMNS)}"
    )


def _row(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The fields of the row that begins at a line, None where it is broken; and how many lines were read."""
    reader = csv.reader((lines[place] for place in range(at, len(lines))), delimiter=delimiter, strict=True)
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


def read_parquet(raw: bytes, name: str) -> Iterator[Line | DocumentError]:
    """Read documents from a Parquet table, some rows at a time.

    Args:
        raw: The file.
        name: File name for messages.

    Yields:
        A row, or the reason why it is none.

    Raises:
        DocumentError: If it is broken, has no column `text`, or is too large when unpacked.
    """
    import pyarrow as pa

    total = 0
    number = 0
    try:
        for record in _records(raw, name):
            number += 1
            total += len(str(record.get("text") or ""))
            if total > MAX_UNPACKED:
                raise DocumentError(f"{name}, row {number}: over {MAX_UNPACKED // 2**20} MB of text; split the file")
            yield _read_row(record, number, f"{name}, row {number}")
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        words = " ".join(str(error).split())[:120]
        raise DocumentError(f"{name}: broken Parquet file behind row {number} ({words}); write it again") from error


def _records(raw: bytes, name: str) -> Iterator[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.read_metadata(pa.BufferReader(raw)).schema
    flat = (schema.column(place).path for place in range(len(schema)))
    names = {column.lower(): column for column in flat}  # a nested column's path has other names behind its own
    wanted = {column: names[column] for column in COLUMNS if column in names}
    if "text" not in wanted:
        shown = ", ".join(list(names)[:10])
        raise DocumentError(f"{name}: no column text among {shown}; expected columns such as {', '.join(COLUMNS)}")
    # Texts that repeat stay packed as numbers: a small file of one text a million times must not fill the memory.
    file = pq.ParquetFile(pa.BufferReader(raw), read_dictionary=list(wanted.values()))
    _check_unpacked(file.metadata, set(wanted.values()), name)
    for batch in file.iter_batches(batch_size=_BATCH, columns=list(wanted.values())):
        for place in range(batch.num_rows):
            yield {column: batch.column(own)[place].as_py() for column, own in wanted.items()}


def _check_unpacked(metadata: Any, wanted: set[str], name: str) -> None:
    size = 0
    for group in range(metadata.num_row_groups):
        for column in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(column)
            if chunk.path_in_schema.split(".")[0] in wanted:
                size += chunk.total_uncompressed_size
    if size > MAX_UNPACKED:
        raise DocumentError(
            f"{name}: {size / 2**20:,.0f} MB when unpacked, over the limit of {MAX_UNPACKED // 2**20}; split it"
        )


def _read_row(record: dict[str, Any], number: int, where: str) -> Line | DocumentError:
    text = record.get("text")
    if isinstance(text, bytes):
        return DocumentError(f"{where}: field text is bytes; expected a column of strings")
    if isinstance(text, str) and len(text) > MAX_BYTES:
        return DocumentError(f"{where}: text of {len(text) / 2**20:.1f} MB, over the limit of {MAX_BYTES // 2**20} MB")
    day: Any = record.get("date")
    try:
        return read_record({**record, "date": day.isoformat() if hasattr(day, "isoformat") else day}, number, where)
    except DocumentError as error:
        return error
