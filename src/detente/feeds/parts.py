"""Columns that follow from a few cells, worked out once for each different combination of these."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.errors import FeedError
from detente.feeds.columns import sql_type
from detente.feeds.combinations import Coded, Combined, Numbers, combine, encode
from detente.feeds.mapped import Part, quoted_name
from detente.model.tables import REPORTS

_UNMAPPED: Final = "unmapped actor"


@dataclass(frozen=True, slots=True)
class CodedCells:
    """Cells whose columns are turned into numbers when first asked for."""

    table: pa.Table
    known: dict[tuple[str, ...], Coded] = field(default_factory=dict)

    def coded(self, columns: Sequence[str]) -> Coded:
        """Columns one after the other as numbers of their different values."""
        different = tuple(dict.fromkeys(columns))
        if different not in self.known:
            chunks = [chunk for name in different for chunk in self.table[name].chunks]
            self.known[different] = encode(pa.chunked_array(chunks, self.table.schema.field(different[0]).type))
        found = self.known[different]
        if len(different) == len(columns):
            return found
        return replace(found, codes=np.concatenate([found.codes] * (len(columns) // len(different))))


@dataclass(frozen=True, slots=True)
class Worked:
    """A part that was worked out.

    Attributes:
        values: Its columns, one row for each combination of cells.
        ids: Of each row of the cells the number of its combination, by what the columns begin with.
    """

    values: pa.Table
    ids: Mapping[str, Numbers]

    def columns(self) -> dict[str, "tuple[pa.Array[Any], Numbers]"]:
        """Its columns by their whole names: the values, and which of them each row has."""
        return {
            start + name: (self.values[name], ids)
            for start, ids in self.ids.items()
            for name in self.values.column_names
            if name != _UNMAPPED
        }

    def unmapped(self, kept: Numbers) -> Counter[str]:
        """How often the rows kept have an actor without a country."""
        if _UNMAPPED not in self.values.column_names:
            return Counter()
        times = sum((np.bincount(ids[kept], minlength=self.values.num_rows) for ids in self.ids.values()), np.array(0))
        counted: Counter[str] = Counter()
        for actor, n in zip(self.values[_UNMAPPED].to_pylist(), times.tolist(), strict=True):
            if actor is not None and n:
                counted[actor] += n
        return counted


def work_out(connection: duckdb.DuckDBPyConnection, part: Part, cells: CodedCells) -> Worked:
    """The columns of a part for each different combination of its cells.

    Args:
        connection: Where what its joins need is registered.
        part: What follows from what.
        cells: The cells.

    Returns:
        The columns, and which combination each row has.

    Raises:
        FeedError: If the joins give a combination two meanings.
    """
    rows, names = cells.table.num_rows, part.named
    columns = [cells.coded(column) for column in zip(*part.uses.values(), strict=True)]
    found = combine(columns if part.dated is None else columns[:-1], rows * len(part.uses))
    _register(connection, names, columns, found)
    part.prepare(connection)
    if part.dated is not None:
        dated = connection.sql(part.dated).to_arrow_table().column(0)
        days = _only_where(columns[-1], columns[0], dated)
        found = combine([Coded(found.ids, pa.nulls(len(found.firsts))), days], len(found.ids))
        _register(connection, names, [*columns[:-1], days], found)
    chosen = [
        f"CAST({sql} AS {sql_type(_field(part, name).type)}) AS {quoted_name(name)}"
        for name, sql in part.expressions.items()
    ]
    if part.unmapped is not None:
        chosen.append(f"CAST({part.unmapped} AS VARCHAR) AS {quoted_name(_UNMAPPED)}")
    values = connection.sql(f"SELECT {', '.join(chosen)} FROM {part.source} ORDER BY e.place").to_arrow_table()
    if values.num_rows != len(found.firsts):
        raise FeedError(
            f"tables of the package give {values.num_rows - len(found.firsts)} combinations of "
            f"{', '.join(names)} two meanings: report this as a defect"
        )
    ids = found.ids.reshape(len(part.uses), rows)
    return Worked(values.combine_chunks(), dict(zip(part.uses, ids, strict=True)))


def _register(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str], columns: Sequence[Coded], found: Combined
) -> None:
    """The relation `e`: the combinations by name, numbered by `place`."""
    cells = {
        name: column.values.take(pa.array(column.codes[found.firsts]))
        for name, column in zip(names, columns, strict=True)
    }
    connection.register("combined", pa.table({**cells, "place": np.arange(len(found.firsts))}))
    connection.execute("CREATE OR REPLACE TEMP VIEW e AS SELECT * FROM combined")


def _only_where(days: Coded, names: Coded, dated: pa.ChunkedArray) -> Coded:
    """The days, and nothing where the name is not among those whose meaning hangs on the day."""
    matters = np.asarray(pc.is_in(names.values, value_set=dated.combine_chunks()))
    values = pa.concat_arrays([days.values, pa.nulls(1, days.values.type)])
    return Coded(np.where(matters[names.codes], days.codes, len(days.values)), values)


def _field(part: Part, name: str) -> pa.Field:
    return REPORTS.field(next(iter(part.uses)) + name)
