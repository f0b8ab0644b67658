"""Short lists of this process as a table of an engine."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import ArrayValue, Table


def listed_rows(rows: "Table", columns: Mapping[str, Sequence[str | None]]) -> "Table":
    """Words as a small table, to join with.

    They are written into one row of the engine's own and unnested: not every engine takes a table from outside.

    Args:
        rows: Any table of the engine that has rows.
        columns: Words by column, all of one length, none of them empty; those of the first are never null.

    Returns:
        A row for each place in the lists.
    """
    one = rows.select(rows.columns[0]).limit(1)
    if len(columns) == 1:
        ((name, words),) = columns.items()
        return one.select(_listed(words).unnest().name(name))
    # Joined by place, not looked up in the list: Ibis counts places from 0, ClickHouse from 1.
    first, *others = (
        one.select(_listed(words).name(name)).unnest(name, offset="place") for name, words in columns.items()
    )
    for other in others:
        first = first.join(other, "place")
    return first.select(**{name: first[name].nullif("") for name in columns})


def _listed(words: Sequence[str | None]) -> "ArrayValue":
    import ibis

    return ibis.literal([word or "" for word in words], type="array<string>")
