"""Reading the data tables that ship in the package."""

import csv
import io
from importlib.resources import files

import pyarrow as pa
import pyarrow.csv as pacsv


def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a packaged CSV file, in order, every value as text.

    Args:
        name: File name inside `detente/ontology/data`.

    Returns:
        One mapping of column to text a row; an empty cell is the empty string.
    """
    text = (files("detente.ontology") / "data" / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text, newline="")))


def read_arrow(name: str) -> pa.Table:
    """A packaged CSV file as an Arrow table of text columns, empty cells null."""
    raw = (files("detente.ontology") / "data" / name).read_bytes()
    columns = raw.split(b"\n", 1)[0].decode().split(",")
    options = pacsv.ConvertOptions(
        column_types=dict.fromkeys(columns, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    return pacsv.read_csv(pa.BufferReader(raw), convert_options=options)
