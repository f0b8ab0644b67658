"""What an engine gives as Arrow, with the types that were asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.expr.types import Expr


def fit_rows(found: "pa.Table", expression: "Expr") -> Any:
    """The rows of an expression in its own types: engines have others for counts, and 0 and 1 for a comparison.

    Args:
        found: What the engine gave, its columns in the order of the expression.
        expression: What was asked.

    Returns:
        What `expression.to_pyarrow()` is to give: a table, a column or a value.
    """
    import pyarrow as pa

    schema = expression.as_table().schema().to_pyarrow()
    columns = [column.cast(field.type) for column, field in zip(found.columns, schema, strict=True)]
    return expression.__pyarrow_result__(pa.Table.from_arrays(columns, schema=schema))
