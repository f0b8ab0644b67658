"""What one commit brings: rows of several tables under one or more imports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from detente.errors import StoreError
from detente.model.order import REPORT_ORDER
from detente.store.cube import count_reports

if TYPE_CHECKING:
    import pyarrow as pa

DATA_TABLES: Final = (
    "documents",
    "citations",
    "evidence",
    "quantities",
    "materiel",
    "reports",
    "links",
    "quarantine",
    "series",
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that become visible together.

    Attributes:
        imports: Rows of the `imports` table, one an input. An `import_id` belongs to one attempt: after
            a failed commit, build the batch anew with a new id. `recorded_at` may be null: the store's
            clock fills it. `input_hash` must tell apart what should be stored apart (a new coder).
        tables: Rows of the other tables by name; each row names an import of this batch.
    """

    imports: "pa.Table"
    tables: "Mapping[str, pa.Table]" = field(default_factory=dict)


def new_import_id() -> str:
    """A fresh id for one attempt at an import."""
    return uuid4().hex


def ready_tables(batch: Batch, recorded_at: datetime) -> "dict[str, pa.Table]":
    """The batch in the schemas of the tables, in the order of writing, `imports` last.

    Args:
        batch: What to write.
        recorded_at: UTC time for rows that bring none.

    Returns:
        The tables that have rows.

    Raises:
        StoreError: If a table or column is unknown, a value does not fit its column, or a row names
            an import that the batch does not bring.
    """
    import pyarrow.compute as pc

    unknown = sorted(set(batch.tables) - set(DATA_TABLES))
    if unknown:
        raise StoreError(f"batch holds the unknown table {unknown[0]!r}: expected {', '.join(DATA_TABLES)}")
    imports = _conformed("imports", batch.imports, recorded_at)
    ready = {}
    for name in DATA_TABLES:
        if name in batch.tables and batch.tables[name].num_rows:
            rows = _conformed(name, batch.tables[name], recorded_at)
            if not pc.all(pc.is_in(rows["import_id"], value_set=imports["import_id"].combine_chunks())).as_py():
                raise StoreError(
                    f"batch table {name!r} has rows whose import_id is not among the batch's imports: "
                    "they would never be seen; give each row the id of its import"
                )
            ready[name] = rows
    if "reports" in ready:
        ready["reports"] = _in_order(ready["reports"], REPORT_ORDER)
        ready |= count_reports(ready["reports"])
    if imports.num_rows:
        ready["imports"] = imports
    return ready


def _in_order(rows: "pa.Table", order: "Sequence[str]") -> "pa.Table":
    """The rows sorted by some columns, nulls last; those that are sorted already are not copied."""
    return rows if _is_sorted(rows, order) else rows.sort_by([(column, "ascending") for column in order])


def _is_sorted(rows: "pa.Table", order: "Sequence[str]") -> bool:
    import pyarrow as pa
    import pyarrow.compute as pc

    if rows.num_rows < 2:
        return True
    tied = pa.scalar(value=True)  # whether a row equals the one before it in the columns so far
    later = pa.scalar(value=False)  # whether it comes after it
    for name in order:
        column = rows[name].combine_chunks()
        before, after = column.slice(0, len(column) - 1), column.slice(1)
        nothing, none_after = pc.is_null(before), pc.is_null(after)
        same = pc.or_(pc.and_(nothing, none_after), pc.fill_null(pc.equal(before, after), fill_value=False))
        less = pc.or_(pc.and_not(none_after, nothing), pc.fill_null(pc.less(before, after), fill_value=False))
        later, tied = pc.or_(later, pc.and_(tied, less)), pc.and_(tied, same)
    return bool(pc.all(pc.or_(later, tied)).as_py())


def _conformed(name: str, rows: "pa.Table", recorded_at: datetime) -> "pa.Table":
    import pyarrow as pa

    from detente.model.tables import TABLES

    schema = TABLES[name]
    extra = sorted(set(rows.column_names) - set(schema.names))
    if extra:
        raise StoreError(f"batch table {name!r} has the unknown column {extra[0]!r}: leave it out")
    columns = [_column(rows, field, recorded_at) for field in schema]
    try:
        table = pa.table([column.cast(item.type) for column, item in zip(columns, schema, strict=True)], schema=schema)
        table.validate()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise StoreError(f"batch table {name!r} does not fit its schema: {_first_line(error)}") from error
    for item in schema:
        if (not item.nullable or item.name == "import_id") and table[item.name].null_count:
            raise StoreError(f"batch table {name!r} has a null {item.name!r}: give every row one")
    return table


def _column(rows: "pa.Table", field: "pa.Field", recorded_at: datetime) -> "pa.ChunkedArray":
    import pyarrow as pa
    import pyarrow.compute as pc

    if field.name in rows.column_names:
        column = rows[field.name]
    else:
        column = pa.chunked_array([pa.nulls(rows.num_rows, field.type)])
    if field.name == "recorded_at" and column.null_count:
        column = pc.fill_null(column, pa.scalar(recorded_at, field.type).cast(column.type))
    return column


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
