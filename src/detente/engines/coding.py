"""Documents coded inside Spark: Arrow batches in, Arrow batches out, with the same ids as at home."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from detente.engines.missing import need
from detente.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from detente.coding import Coder
    from detente.model import Document

_TEXTS = ("document_id", "title", "publisher", "url", "language", "published")


def code_documents(frame: "DataFrame", *, domestic: bool = False) -> "DataFrame":
    """Code the documents of a Spark frame where they lie, with the package's own coder.

    Each Python worker loads the coder once; the package must be installed where the workers run.

    Args:
        frame: A row a document: `text`, and where known `document_id`, `title`, `publisher`, `url`, `language`
            (ISO 639-1) and `published` (ISO 8601 year, month or day); all text. Other columns are left out.
        domestic: Whether acts within one country are given too.

    Returns:
        A row a report: the columns of `reports`, and `document_id`, `start`, `end`, `quote` of its first evidence.

    Raises:
        InputError: If there is no column `text`, or a column that is to be text is none.
        StoreError: If PySpark is not installed.
    """
    arrow = need("pyspark.sql.pandas.types", "spark")
    types = dict(frame.dtypes)
    if "text" not in types:
        raise InputError(f"the frame has no column 'text': it has {', '.join(types)}")
    wrong = next((name for name in ("text", *_TEXTS) if types.get(name, "string") != "string"), None)
    if wrong is not None:
        raise InputError(f"column {wrong!r} is {types[wrong]}: expected text, cast it to string")
    given = frame.select("text", *(name for name in _TEXTS if name in types))

    def coded(batches: "Iterable[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        return code_batches(batches, domestic=domestic)

    return given.mapInArrow(coded, arrow.from_arrow_schema(coded_schema()))


def coded_schema() -> "pa.Schema":
    """The columns that `code_documents` gives."""
    import pyarrow as pa

    from detente.model.tables import REPORTS

    place = [("document_id", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("quote", pa.string())]
    return pa.schema([*REPORTS, *(pa.field(name, kind) for name, kind in place)])


def code_batches(batches: "Iterable[pa.RecordBatch]", *, domestic: bool = False) -> "Iterator[pa.RecordBatch]":
    """Code Arrow batches of documents; see `code_documents`."""
    import pyarrow as pa

    from detente.coding import code_documents as code
    from detente.model.tables import reports_table

    schema = coded_schema()
    for batch in batches:
        documents = [document for row in batch.to_pylist() if (document := _document(row)) is not None]
        reports = [report for item in code(documents, _coder(), domestic=domestic) for report in item.reports]
        table = reports_table(reports)
        for name in ("document_id", "start", "end", "quote"):
            values = [getattr(report.evidence[0], name) for report in reports]
            table = table.append_column(schema.field(name), pa.array(values, schema.field(name).type))
        yield from table.cast(schema).to_batches()


def _document(row: dict[str, Any]) -> "Document | None":
    """A row as a document, its text taken whole; None where it has no words."""
    from detente.documents import read_text
    from detente.model import parse_partial_date

    text = row.get("text")
    if not text or not text.strip():
        return None
    published = row.get("published")
    return read_text(
        text,
        id=row.get("document_id"),
        published=parse_partial_date(published) if published else None,
        title=row.get("title"),
        publisher=row.get("publisher"),
        url=row.get("url"),
        language=row.get("language"),
        parse_layout=False,
    )


@cache
def _coder() -> "Coder":
    from detente.coding import load_coder

    return load_coder()
