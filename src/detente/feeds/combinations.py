"""Cells as numbers: which different values and combinations of values there are, and which of them each row has.

A feed of 300,000 rows knows a few thousand actors, places, codes and days. What they mean is worked out once for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_MOST: Final = 1 << 62  # combinations that still fit a number

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as numbers of its different values; nothing is a value.

    Attributes:
        codes: Of each row the place of its value, shape (rows,).
        values: The different values.
    """

    codes: Numbers
    values: "pa.Array[Any]"


@dataclass(frozen=True, slots=True)
class Combined:
    """Which combination of values each row has.

    Attributes:
        ids: Of each row the number of its combination, from 0, shape (rows,).
        firsts: Of each combination the first row that has it, shape (combinations,).
    """

    ids: Numbers
    firsts: Numbers


def encode(column: pa.ChunkedArray) -> Coded:
    """A column as numbers of its different values.

    Examples:
        >>> found = encode(pa.chunked_array([["RUS", None], ["RUS"]]))
        >>> found.codes.tolist(), found.values.to_pylist()
        ([0, 1, 0], ['RUS', None])
    """
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    one = coded.unify_dictionaries().combine_chunks()
    values = one.dictionary
    if one.null_count:
        values = pa.concat_arrays([values, pa.nulls(1, values.type)])
    return Coded(np.asarray(one.indices.fill_null(len(values) - 1)).astype(np.int64), values)


def combine(columns: Sequence[Coded], rows: int) -> Combined:
    """Which combination of the columns' values each row has.

    Args:
        columns: The columns; none gives one combination, that of nothing.
        rows: Their length.

    Returns:
        The combinations, in the order of their first rows.

    Examples:
        >>> letters = Coded(np.array([0, 1, 0, 0]), pa.array(["a", "b"]))
        >>> digits = Coded(np.array([0, 0, 1, 0]), pa.array(["1", "2"]))
        >>> found = combine([letters, digits], 4)
        >>> found.ids.tolist(), found.firsts.tolist()
        ([0, 1, 2, 0], [0, 1, 2])
    """
    keys, size = np.zeros(rows, np.int64), 1
    for column in columns:
        different = max(len(column.values), 1)
        if size > _MOST // different:
            again = encode(pa.chunked_array([keys]))
            keys, size = again.codes, len(again.values)
        keys, size = keys * different + column.codes, size * different
    dense = encode(pa.chunked_array([keys]))  # in the order of first rows
    firsts = np.zeros(len(dense.values), np.int64)
    firsts[dense.codes[::-1]] = np.arange(rows)[::-1]
    return Combined(dense.codes, firsts)


def ranks(column: pa.ChunkedArray) -> Numbers:
    """The rank of each value among the different ones, from 0; nothing comes last.

    Examples:
        >>> ranks(pa.chunked_array([["b", None, "a", "b"]])).tolist()
        [1, 2, 0, 1]
    """
    # Nothing is ranked last unless told otherwise.
    found = pc.rank(column, sort_keys="ascending", tiebreaker="dense")
    return np.asarray(found).astype(np.int64) - 1


def in_order(keys: Sequence[Numbers]) -> Numbers:
    """The places of rows sorted by keys, the first key first; equal rows stay as they are."""
    merged: list[Numbers] = []
    size = 1
    for key in keys:
        different = int(key.max(initial=0)) + 1
        if not merged or size > _MOST // different:
            merged.append(key)
            size = different
        else:
            merged[-1] = merged[-1] * different + key
            size *= different
    if len(merged) == 1:
        return np.argsort(merged[0], kind="stable")
    return np.lexsort(merged[::-1])
