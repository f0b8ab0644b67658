"""The bytes that a query names, told before it runs, and a cap on them."""

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from detente.errors import InputError

if TYPE_CHECKING:
    from ibis.expr.types import Expr

_UNITS: Final = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
MOST: Final = 10**10
"""Bytes a query may name where nobody said otherwise: 10 GB."""


def read_size(text: str) -> int:
    """A number of bytes, as people write it.

    Raises:
        InputError: If it is none.

    Examples:
        >>> read_size("20GB"), read_size("500M")
        (20000000000, 500000000)
    """
    found = re.fullmatch(r"(\d{1,15})\s*([KMGT]?)B?", text.strip().upper())
    if found is None:
        raise InputError(f"max_bytes={text}: expected a number of bytes such as 500M or 20GB")
    return int(found[1]) * _UNITS[found[2]]


def named_columns(sql: str, table: str, columns: Mapping[str, str], dialect: str = "bigquery") -> frozenset[str]:
    """The columns of a table that a query reads, those that only a subquery carries along left out.

    Args:
        sql: The query.
        table: The table's last name.
        columns: Its columns with their types in the dialect.
        dialect: Of the query.
    """
    import sqlglot
    from sqlglot import exp
    from sqlglot.optimizer.pushdown_projections import pushdown_projections
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import traverse_scope

    parsed = sqlglot.parse_one(sql, dialect=dialect)
    for found in parsed.find_all(exp.Table):
        if found.name == table:
            found.set("db", None)
            found.set("catalog", None)
    schema: dict[str, object] = {table: dict(columns)}
    lean = pushdown_projections(
        qualify(parsed, schema=schema, dialect=dialect, validate_qualify_columns=False), schema=schema
    )
    read: set[str] = set()
    for scope in traverse_scope(lean):
        mine = {
            name
            for name, source in scope.sources.items()
            if isinstance(source, exp.Table) and source.name.lower() == table.lower()
        }
        read |= {column.name.lower() for column in scope.columns if column.table in mine}
    return frozenset(name for name in columns if name.lower() in read)


def estimate_bytes(sql: str, table: str, sizes: Mapping[str, tuple[str, float]], rows: int) -> int:
    """The bytes that BigQuery counts for a query of one table: the sizes of the columns it names, times rows.

    BigQuery counts each named column once in whole, whatever a filter keeps (only partitions leave rows out): 8 bytes
    an INTEGER or FLOAT, 2 and its UTF-8 a STRING (BigQuery documentation, "Estimate query costs").

    Args:
        sql: The query in BigQuery's dialect.
        table: The table's last name.
        sizes: Type and mean bytes a row by column.
        rows: Rows of the partitions it reads.
    """
    named = named_columns(sql, table, {name: kind for name, (kind, _) in sizes.items()})
    return round(rows * sum(sizes[name][1] for name in named))


def cap_bytes(backend: Any, estimate: "Callable[[Expr], int]", most: int) -> None:
    """Let a backend run only queries that name few enough bytes: each is estimated before it runs.

    Args:
        backend: An Ibis backend; it is changed.
        estimate: Bytes that an expression names.
        most: Bytes that a query may name.
    """
    run = backend.to_pyarrow

    def checked(expression: "Expr", /, **options: Any) -> Any:
        named = estimate(expression)
        if named > most:
            raise InputError(
                f"this question names {named:,} bytes, more than the {most:,} allowed: narrow it, "
                "or allow more with ?max_bytes= in the address"
            )
        return run(expression, **options)

    backend.to_pyarrow = checked
