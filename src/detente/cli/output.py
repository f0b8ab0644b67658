"""Answers to standard output, notes to standard error."""

import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from detente.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def note(text: str) -> None:
    """A line on standard error."""
    print(plain_text(text).replace("\n", " "), file=sys.stderr)


def progress(text: str) -> None:
    """A line of progress on standard error."""
    print(f"… {plain_text(text)}".replace("\n", " "), file=sys.stderr, flush=True)


def write_text(text: str) -> None:
    """The answer as text."""
    if text:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_answer(
    format: Format,  # noqa: A002 - the option's name
    *,
    whole: Any,
    objects: Iterable[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    table: str,
    arrow: "pa.Table | None" = None,
    columns: list[str] | None = None,
) -> None:
    """Write one answer in the format asked for.

    Args:
        format: The format.
        whole: The one object of `json`.
        objects: One object a line of `jsonl`.
        rows: Flat rows for `csv` and `parquet`.
        table: The text of `table`.
        arrow: The table of `parquet` and `csv` where its types matter.
        columns: Names of the columns of `csv`, for an answer without rows.
    """
    if format is Format.JSON:
        write_text(json.dumps(whole, ensure_ascii=False, indent=2, default=str))
    elif format is Format.JSONL:
        for item in objects:
            write_text(json.dumps(item, ensure_ascii=False, default=str))
    elif format is Format.CSV:
        from detente.api.answers import to_csv

        write_text(to_csv(list(rows), columns or (arrow.column_names if arrow is not None else None)))
    elif format is Format.PARQUET:
        _write_parquet(rows, arrow)
    else:
        write_text(plain_text(table))


def counted(number: int, noun: str) -> str:
    """A number of things: `1 report`, `2 reports`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def plain_text(text: str) -> str:
    """Text without the characters that steer a terminal; line ends and tabs stay."""
    return "".join(sign if sign in "\n\t" or sign.isprintable() else "\ufffd" for sign in text)


def _write_parquet(rows: Sequence[dict[str, Any]], arrow: "pa.Table | None") -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if sys.stdout.isatty():
        raise InputError("parquet is not text: send it to a file (`--format parquet > answer.parquet`)")
    sink = pa.BufferOutputStream()
    pq.write_table(arrow if arrow is not None else pa.Table.from_pylist(list(rows)), sink)
    sys.stdout.buffer.write(sink.getvalue().to_pybytes())
