"""Ibis's backend for ClickHouse, with dates before 1970, and rows fetched as Arrow."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ibis.backends.clickhouse import Backend

from detente.engines.arrow import fit_rows
from detente.engines.clickhouse_dates import WideDates

if TYPE_CHECKING:
    from ibis.expr.types import Expr, Scalar


class ArrowClickHouse(Backend):  # type: ignore[misc]  # Ibis has no types
    """ClickHouse as Ibis speaks to it, but for what goes wrong there.

    Ibis makes Arrow tables from Python's lists, and refuses the 0 and 1 that ClickHouse gives for a comparison.
    """

    compiler = WideDates()

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
        if self._collect_in_memory_tables(expr, kwargs.get("external_tables")):
            return super().to_pyarrow(expr, params=params, limit=limit, **kwargs)
        sql = self.compile(expr.as_table(), params=params, limit=limit)
        return fit_rows(self.con.query_arrow(sql, use_strings=True), expr)
