"""Parquet files as columns of text, a stretch of rows at a time."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.errors import FeedError


def read_parquet_text(path: Path, rows: int) -> Iterator[tuple[pa.Table, int]]:
    """Stretches of a Parquet file, every value as text, empty text as null.

    Args:
        path: The file.
        rows: Most rows of a stretch.

    Yields:
        A stretch, and the number of its first row, from 1.

    Raises:
        FeedError: If it is no Parquet file, or a column holds what is no text, number or date.
    """
    first = 1
    try:
        with pq.ParquetFile(path) as file:
            if not file.metadata.num_rows:
                yield pa.table({name: pa.array([], pa.string()) for name in file.schema_arrow.names}), first
            for batch in file.iter_batches(rows):
                table = pa.Table.from_batches([batch])
                texts = [_text(column) for column in table.columns]
                yield pa.table(texts, names=table.column_names), first
                first += table.num_rows
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError) as error:
        raise FeedError(f"feed file {path.name} cannot be read as Parquet: {str(error).splitlines()[0]}") from error


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
    if pa.types.is_timestamp(plain.type):
        plain = plain.cast(pa.date32(), safe=False)
    text = plain.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), None, text)
