"""A pair's acts fixed once, so that the sums that follow do not look for them in the whole record again."""

from typing import Final

import ibis
import ibis.expr.types as ir

_KEEPS: Final = "duckdb"


def fix_rows(rows: ir.Table, *, weighed: bool) -> ir.Table:
    """The rows as a table of their own.

    In DuckDB they are kept where they are. From another engine they are fetched, because one that may only be read
    keeps nothing; rows that say the same come as one, with their weight.

    Args:
        rows: Acts of one pair.
        weighed: Whether they are to be counted by `weight` and have no column of lists.

    Returns:
        The same rows; where `weighed`, the same weight of each.
    """
    if rows.get_backend().name == _KEEPS:
        return rows.cache()
    if weighed:
        alike = [name for name in rows.columns if name != "weight"]
        rows = rows.group_by(alike).aggregate(weight=rows.weight.sum())
    return ibis.memtable(rows.to_pyarrow())
