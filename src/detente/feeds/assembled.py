"""Reports put together from parts: columns by the numbers of their values, sorted once, and nothing copied twice."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detente.feeds.columns import SHARED, select_columns
from detente.feeds.combinations import Numbers, encode, in_order, ranks
from detente.feeds.mapped import Check, Part
from detente.feeds.parts import CodedCells, Worked, work_out
from detente.model.order import REPORT_ORDER
from detente.model.tables import REPORTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

_COLUMN: Final = re.compile(r"e\.(\w+)")  # a cell as it is
_FINE: Final = -1  # in the place of a check: none applies


def assemble(
    connection: duckdb.DuckDBPyConnection,
    cells: CodedCells,
    parts: Sequence[Worked],
    expressions: Mapping[str, str],
    kept: Numbers,
) -> tuple[pa.Table, Counter[str]]:
    """The rows of cells as reports.

    Args:
        connection: With the view `cells`, of the same rows in the same order.
        cells: The cells, with `file`, `line` and `import_id`.
        parts: What follows from a few cells.
        expressions: SQL over `cells e` by column, for what has a value of its own in each row.
        kept: Places of the rows to keep, in their order.

    Returns:
        Table of schema `REPORTS`, sorted by `REPORT_ORDER`, then file and line; and how often each actor occurs that
        has no country.
    """
    said = {**SHARED, **expressions}
    shared = {name: sql for name, sql in said.items() if "e." not in sql}
    as_read = {name: found[1] for name, sql in said.items() if (found := _COLUMN.fullmatch(sql))}
    others = {name: sql for name, sql in said.items() if name not in shared and name not in as_read}
    worked = [*parts, work_out(connection, Part({"": ()}, shared), cells)]
    own = select_columns(connection, "cells e", REPORTS, others)
    few = {name: found for part in worked for name, found in part.columns().items()}
    order = kept[in_order([*_ranked(few, kept), *_places(cells.table, kept)])]
    columns = []
    for field in REPORTS:
        if field.name in as_read:
            columns.append(cells.table[as_read[field.name]].unify_dictionaries().take(pa.array(order)))
        elif field.name in others:
            columns.append(own[field.name].take(pa.array(order)))
        elif field.name in few:
            values, ids = few[field.name]
            columns.append(_spread(values, ids, order))
        else:
            columns.append(pa.nulls(len(order), field.type))
    reports = pa.table([column.cast(field.type) for column, field in zip(columns, REPORTS, strict=True)], REPORTS)
    return reports, _summed(worked, kept)


def _spread(values: "pa.ChunkedArray", ids: Numbers, order: Numbers) -> "pa.Array | pa.ChunkedArray":
    """The values of rows in an order; what all rows share is repeated, a list aside."""
    if values.null_count == len(values):
        return pa.nulls(len(order), values.type)
    if len(values) == 1 and not pa.types.is_list(values.type):
        return pa.repeat(values[0], len(order))
    return values.take(pa.array(ids[order]))


def first_wrong(
    connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], cells: CodedCells
) -> "NDArray[np.int64]":
    """Of each row the place of the first check that sets it aside, -1 where none does.

    A check of one column that has few values is made once for each value.

    Args:
        connection: With the view `cells`.
        checks: The checks.
        cells: The same cells, as numbers where a part has them so.
    """
    wrong = np.full(cells.table.num_rows, _FINE, np.int64)
    each: list[tuple[int, str]] = []
    for place, check in reversed(list(enumerate(checks))):
        column = _only_column(check, cells)
        if column is not None:
            coded = cells.coded((column,))
            connection.register("different", pa.table({column: coded.values, "place": np.arange(len(coded.values))}))
            found = connection.sql(f"SELECT coalesce({check.wrong}, false) AS bad FROM different ORDER BY place")
            bad = np.asarray(found.to_arrow_table()["bad"])
            if bad.any():
                wrong[bad[coded.codes]] = place
        elif check.only_if is None or connection.sql(f"SELECT {check.only_if} FROM cells").fetchall()[0][0]:
            each.append((place, check.wrong))
    if each:
        cases = " ".join(f"WHEN {sql} THEN {place}" for place, sql in sorted(each))
        query = f"SELECT import_id, line, CASE {cases} END AS place FROM cells"
        found = connection.sql(f"SELECT * FROM ({query}) WHERE place IS NOT NULL").to_arrow_table()
        if found.num_rows:
            places = _rows_of(cells.table, found)
            own = np.asarray(found["place"]).astype(np.int64)
            earlier = (wrong[places] == _FINE) | (own < wrong[places])
            wrong[places[earlier]] = own[earlier]
    return wrong


def _only_column(check: Check, cells: CodedCells) -> str | None:
    """The column a check is of, where it is of one that is turned into numbers anyway."""
    if check.only_if is not None:
        return None
    named = set(re.findall(r'"([^"]+)"', check.wrong)) & set(cells.table.column_names)
    column = next(iter(named)) if len(named) == 1 else None
    return column if (column,) in cells.known else None


def _rows_of(cells: pa.Table, found: pa.Table) -> Numbers:
    """The places in the cells of rows given by their import and line."""
    imports = pc.unique(cells["import_id"].cast(pa.string())).sort()
    keys = [
        np.asarray(pc.index_in(table["import_id"].cast(pa.string()), value_set=imports)).astype(np.int64) << 40
        | np.asarray(table["line"])
        for table in (cells, found)
    ]
    order = np.argsort(keys[0], kind="stable")
    places: Numbers = order[np.searchsorted(keys[0], keys[1], sorter=order)]
    return places


def _ranked(few: "Mapping[str, tuple[pa.ChunkedArray, Numbers]]", kept: Numbers) -> list[Numbers]:
    return [ranks(few[name][0])[few[name][1][kept]] for name in REPORT_ORDER]


def _places(cells: pa.Table, kept: Numbers) -> list[Numbers]:
    """Keys that sort rows by file and line."""
    files = encode(cells["file"])
    return [ranks(pa.chunked_array([files.values]))[files.codes[kept]], np.asarray(cells["line"])[kept]]


def _summed(worked: Sequence[Worked], kept: Numbers) -> Counter[str]:
    counted: Counter[str] = Counter()
    for part in worked:
        counted.update(part.unmapped(kept))
    return Counter(dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))))
