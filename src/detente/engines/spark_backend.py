"""Ibis's backend for Spark, with rows fetched as Arrow."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ibis.backends.pyspark import Backend

from detente.engines.arrow import fit_rows

if TYPE_CHECKING:
    from ibis.expr.types import Expr, Scalar


class ArrowSpark(Backend):  # type: ignore[misc]  # Ibis has no types
    """Spark as Ibis speaks to it, but for the way of rows: Ibis sends them through pandas, which makes nulls floats."""

    def to_pyarrow(
        self,
        expr: "Expr",
        /,
        *,
        params: "Mapping[Scalar, Any] | None" = None,
        limit: int | str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run an expression; its rows have the types that the expression has."""
        table = expr.as_table()
        self._run_pre_execute_hooks(table)
        found = self._session.sql(self.compile(table, params=params, limit=limit, **kwargs)).toArrow()
        return fit_rows(found, expr)
