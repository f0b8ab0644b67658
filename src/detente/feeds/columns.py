"""From named SQL expressions to the tables' columns: every feed ends here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from detente.model.order import REPORT_ORDER
from detente.model.tables import EVIDENCE, QUARANTINE, REPORTS

_TYPES: Final = {
    "string": "VARCHAR",
    "date32[day]": "DATE",
    "bool": "BOOLEAN",
    "int8": "TINYINT",
    "int32": "INTEGER",
    "int64": "BIGINT",
    "double": "DOUBLE",
    "timestamp[us, tz=UTC]": "TIMESTAMPTZ",
}
SHARED: Final = {
    "date_precision": "'day'",
    "date_basis": "'feed'",
    "symmetric": "FALSE",
    "context": "[]",
    "issue": "[]",
    "status": "'actual'",
    "retrospective": "FALSE",
    "record_kind": "'feed'",
}
"""What rows of all feeds have in common, as SQL by column."""


def select_reports(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    expressions: Mapping[str, str],
    *,
    order: Sequence[str] = ("file", "line"),
) -> pa.Table:
    """Rows of a relation as the `reports` table.

    Args:
        connection: Where the relation lives.
        source: A FROM clause.
        expressions: SQL expression by column; a column left out is null, or what all feeds share.
        order: What sorts rows of one pair and day, as SQL.

    Returns:
        Table of schema `REPORTS`, sorted by `REPORT_ORDER`: sorted here, while they are mapped, they cost no copy.
    """
    keys = [*(str(REPORTS.get_field_index(name) + 1) for name in REPORT_ORDER), *order]
    return _selected(connection, source, REPORTS, {**SHARED, **expressions}, keys)


def select_evidence(connection: duckdb.DuckDBPyConnection, source: str, expressions: Mapping[str, str]) -> pa.Table:
    """Rows of a relation as the `evidence` table, sorted by report, so that a look for one skips the rest.

    Args:
        connection: Where the relation lives.
        source: A FROM clause.
        expressions: SQL expression by column; a column left out is null.

    Returns:
        Table of schema `EVIDENCE`.
    """
    return _selected(connection, source, EVIDENCE, expressions, [str(n + 1) for n in range(len(EVIDENCE))])


def select_columns(
    connection: duckdb.DuckDBPyConnection, source: str, schema: pa.Schema, expressions: Mapping[str, str]
) -> pa.Table:
    """Some columns of a schema for the rows of a registered table, in their order."""
    chosen = ", ".join(
        f'CAST({sql} AS {sql_type(schema.field(name).type)}) AS "{name}"' for name, sql in expressions.items()
    )
    return connection.sql(f"SELECT {chosen} FROM {source}").to_arrow_table().combine_chunks()


def _selected(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    schema: pa.Schema,
    columns: Mapping[str, str],
    keys: Sequence[str],
) -> pa.Table:
    chosen = ", ".join(f'CAST({columns.get(f.name, "NULL")} AS {sql_type(f.type)}) AS "{f.name}"' for f in schema)
    query = f"SELECT {chosen} FROM {source} ORDER BY {', '.join(keys)}"
    return connection.sql(query).to_arrow_table().cast(schema)


def select_quarantine(
    connection: duckdb.DuckDBPyConnection, source: str, feed: str, *, import_id: str = "NULL"
) -> pa.Table:
    """Rows that have a reason, as the `quarantine` table.

    Args:
        connection: Where the relation lives.
        source: A relation with the columns file, line, field, reason and raw.
        feed: Name of the feed.
        import_id: SQL for the import of a row.

    Returns:
        Table of schema `QUARANTINE`.
    """
    query = (
        f"SELECT {text_literal(feed)} AS feed, file, CAST(line AS BIGINT) AS line, field, reason, raw, "
        f"CAST({import_id} AS VARCHAR) AS import_id FROM {source} WHERE reason IS NOT NULL ORDER BY file, line"
    )
    return connection.sql(query).to_arrow_table().cast(QUARANTINE)


def count_by_import(rows: pa.Table) -> Counter[str]:
    """Number of rows by `import_id`."""
    counted = rows.group_by("import_id").aggregate([("import_id", "count")]).to_pylist()
    return Counter({row["import_id"]: row["import_id_count"] for row in counted})


def text_literal(value: str) -> str:
    """A value as a SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def sql_type(kind: pa.DataType) -> str:
    """The type of an Arrow column as SQL has it."""
    return "VARCHAR[]" if pa.types.is_list(kind) else _TYPES[str(kind)]
