"""Dates before 1970 for ClickHouse, whose plain dates begin then: every date is a Date32."""

from typing import Any

from ibis.backends.sql.compilers import ClickHouseCompiler


class WideDates(ClickHouseCompiler):  # type: ignore[misc]  # Ibis has no types
    """Ibis's compiler for ClickHouse with dates from 1900 on."""

    __slots__ = ()

    def visit_NonNullLiteral(self, op: Any, *, value: Any, dtype: Any) -> Any:  # noqa: N802 - Ibis's name
        """A date as it is, not brought up to 1970."""
        if dtype.is_date():
            return self.f.toDate32(value.isoformat())
        return super().visit_NonNullLiteral(op, value=value, dtype=dtype)

    def visit_Cast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802 - Ibis's name
        """A cast to a date that keeps days before 1970."""
        if to.is_date() and not (op.arg.dtype.is_date() and op.arg.dtype.nullable == to.nullable):
            return self.f.toDate32(arg)
        return super().visit_Cast(op, arg=arg, to=to)
