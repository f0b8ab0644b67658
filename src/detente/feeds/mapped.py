"""How the cells of a feed become rows of ours: expressions in SQL, and what sets a row aside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import duckdb
import pyarrow as pa

Prepare = Callable[[duckdb.DuckDBPyConnection], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A row is set aside where the condition is true: the column, the condition in SQL, the reason.

    Attributes:
        field: The column.
        wrong: The condition.
        reason: Why.
        only_if: SQL of one truth over `cells` without which the condition, which compares rows, need not be looked at.
    """

    field: str
    wrong: str
    reason: str
    only_if: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Columns of ours that follow from a few cells, and so are worked out once for each different combination of them.

    Attributes:
        uses: The feed's columns that stand for `names`, by what the columns of ours begin with: `{"": ("Date",)}`, or
            one list for each side, `{"source_": ("Source",), "target_": ("Target",)}`. Without columns, what all rows
            share.
        names: What the SQL calls the cells in the relation `e`; by default as the feed does. `e.place` numbers them.
        source: A FROM clause over `e`, with one row for each of its rows.
        expressions: SQL by column of ours, without what it begins with.
        prepare: Registers what the joins need, from `e`; a dated part's days are not yet to be relied on.
        dated: A SELECT of the values of the first name for which the last, a day, matters; others have none there.
            None where no name is a day, or it always matters.
        unmapped: SQL for the name of an actor without a country, else null; counted over the rows kept.
    """

    uses: Mapping[str, tuple[str, ...]]
    expressions: Mapping[str, str]
    names: tuple[str, ...] = ()
    source: str = "e"
    prepare: Prepare = lambda _: None
    dated: str | None = None
    unmapped: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """What the SQL calls the cells."""
        return self.names or next(iter(self.uses.values()))


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the cells of a feed become reports, in SQL over the relation `cells`: the columns the sheet reads, as text.

    Attributes:
        checks: What sets a row aside; the first that applies is its reason.
        expressions: SQL by column of `table`; `{feed}` stands for the name of the feed. With `parts`, only what has a
            value of its own in each row.
        prepare: Registers what the joins need, once for all files.
        actors: Fills the relations that the joins need from the actors in `cells`, once a block; not with `parts`.
        joins: Joins to the good rows `e`, such as `LEFT JOIN codes k ON k.code = e.EventCode`; not with `parts`.
        unmapped: A SELECT of (actor, n) over the view `good`: actors without a country, and how often; not with
            `parts`.
        parts: Columns that follow from a few cells: the way of feeds with very many rows.
        found: Called with the first rows and the name of their file, to refuse a file of another kind.
        table: What the rows become; with `parts`, reports.
    """

    checks: tuple[Check, ...]
    expressions: Mapping[str, str]
    prepare: Prepare = lambda _: None
    actors: Prepare = lambda _: None
    joins: str = ""
    unmapped: str = "SELECT '' AS actor, 0 AS n WHERE false"
    parts: tuple[Part, ...] = ()
    found: Callable[[pa.Table, str], None] | None = None
    table: Literal["reports", "evidence"] = "reports"


def quoted_name(column: str) -> str:
    """A column's name as SQL has it."""
    return '"' + column.replace('"', '""') + '"'
