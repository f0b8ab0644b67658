"""Documents as rows of a Parquet table: one a row, with the columns of the JSON lines."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from detente.documents.decode import MAX_BYTES
from detente.documents.jsonl import COLUMNS, Line, read_record
from detente.documents.parquet_pages import check_pages
from detente.errors import DocumentError

MAX_UNPACKED = 500 * 1024 * 1024  # bytes of one file's texts, unpacked, or this many times its size:
MAX_RATIO = 20
_BATCH = 64  # rows that are unpacked at a time
_LARGE_PAGE = 2 * 1024 * 1024  # bytes of a page or dictionary from which rows are unpacked one by one
_BUFFER = 1024 * 1024  # bytes of a column that are read at a time
_GROWING = frozenset(("DELTA_BYTE_ARRAY",))  # encodings in which each row may be as long as all before it


def read_parquet(file: BinaryIO, name: str) -> Iterator[Line | DocumentError]:
    """Read documents from a Parquet table, some rows at a time.

    Args:
        file: Open at its beginning; no more than some of its pages are held.
        name: File name for messages.

    Yields:
        A row, or the reason why it is none.

    Raises:
        DocumentError: If it is broken, has no column `text`, or is too large when unpacked.
    """
    import pyarrow as pa

    total = number = 0
    limit = max(MAX_UNPACKED, MAX_RATIO * file.seek(0, 2))
    try:
        for record in _records(file, name, limit):
            number += 1
            total += len(str(record.get("text") or ""))
            if total > limit:
                raise DocumentError(f"{name}, row {number}: over {limit // 2**20} MB of text; split the file")
            yield _read_row(record, number, f"{name}, row {number}")
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        words = " ".join(str(error).split())[:120]
        raise DocumentError(f"{name}: broken Parquet file behind row {number} ({words}); write it again") from error


def _records(file: BinaryIO, name: str, limit: int) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(file)
    flat = (metadata.schema.column(place).path for place in range(len(metadata.schema)))
    names = {column.lower(): column for column in flat}  # a nested column's path has other names behind its own
    wanted = {column: names[column] for column in COLUMNS if column in names}
    if "text" not in wanted:
        shown = ", ".join(list(names)[:10])
        raise DocumentError(f"{name}: no column text among {shown}; expected columns such as {', '.join(COLUMNS)}")
    table = pq.ParquetFile(file, metadata=metadata, buffer_size=_BUFFER, pre_buffer=False)
    size = 0
    for group in range(metadata.num_row_groups):
        chunks = [chunk for chunk in _chunks(metadata.row_group(group)) if _column(chunk) in wanted.values()]
        size += sum(chunk.total_uncompressed_size for chunk in chunks)
        if size > limit:
            raise DocumentError(
                f"{name}: {size / 2**20:,.0f} MB when unpacked, over the limit of {limit // 2**20}; split it"
            )
        rows = _rows_at_once(file, chunks, name)
        for batch in table.iter_batches(rows, row_groups=[group], columns=list(wanted.values()), use_threads=False):
            for place in range(batch.num_rows):
                yield {column: batch.column(own)[place].as_py() for column, own in wanted.items()}


def _chunks(group: Any) -> list[Any]:
    return [group.column(place) for place in range(group.num_columns)]


def _column(chunk: Any) -> str:
    return str(chunk.path_in_schema.split(".")[0])


def _rows_at_once(file: BinaryIO, chunks: Sequence[Any], name: str) -> int:
    """How many rows may be unpacked together: one where each may be large, or repeat a large text."""
    largest = max((check_pages(file, chunk, name) for chunk in chunks), default=0)
    growing = any(not _GROWING.isdisjoint(chunk.encodings) for chunk in chunks)
    return 1 if growing or largest > _LARGE_PAGE else _BATCH


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
