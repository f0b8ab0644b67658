"""Ibis's backend for DuckDB, which compiles each shape of expression once a process."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ibis.backends.duckdb import Backend
from ibis.backends.duckdb.converter import DuckDBPyArrowData

from detente.store.compiled import compile_known

if TYPE_CHECKING:
    from ibis.expr.types import Expr, Scalar, Table


class KnownQueries(Backend):  # type: ignore[misc]  # Ibis has no types
    """DuckDB as Ibis speaks to it, but for the way to SQL, which is remembered."""

    def to_pyarrow(
        self,
        expr: "Expr",
        /,
        *,
        params: "Mapping[Scalar, Any] | None" = None,
        limit: int | str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run an expression and fetch its rows."""
        sql = None if params or limit else compile_known(expr.as_table(), self._compile_new)
        if sql is None:
            return super().to_pyarrow(expr, params=params, limit=limit, **kwargs)
        return expr.__pyarrow_result__(self.con.sql(sql).to_arrow_table(), data_mapper=DuckDBPyArrowData)

    def _create_cached_table(self, name: str, expr: "Table") -> "Table":
        """Keep the rows of an expression in a table of this connection."""
        import ibis.expr.operations as ops

        sql = compile_known(expr, self._compile_new)
        if sql is None:
            return super()._create_cached_table(name, expr)
        schema = expr.schema()
        columns = ", ".join(str(column.sql(self.dialect)) for column in schema.to_sqlglot_column_defs(self.dialect))
        self.con.execute(f'CREATE TEMP TABLE "{name}" ({columns})')
        self.con.execute(f'INSERT INTO "{name}" {sql}')
        kept = ops.Namespace(catalog="temp", database="main")
        return ops.DatabaseTable(name, schema=schema, source=self, namespace=kept).to_expr()

    def _compile_new(self, expr: "Expr") -> str:
        return str(self.compile(expr))
