"""Columns worked out once for each combination of cells: the combinations, their order, and what is said of them."""

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import FeedError
from detente.feeds.combinations import combine, encode, in_order, ranks
from detente.feeds.mapped import Part
from detente.feeds.parts import CodedCells, work_out

TEXTS = st.lists(st.sampled_from([None, "", "a", "b", "ab"]), max_size=20)


@settings(max_examples=30, deadline=None)
@given(texts=TEXTS, cut=st.integers(0, 20), coded=st.booleans())
def test_a_column_is_its_values_by_number(texts, cut, coded):
    column = pa.chunked_array([texts[:cut], texts[cut:]], pa.string())
    found = encode(column.dictionary_encode() if coded else column)
    values = found.values.to_pylist()
    assert [values[code] for code in found.codes] == texts
    assert len(set(values)) == len(values)


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([None, "x", "y"])), max_size=30))
def test_combinations_are_numbered_by_their_first_rows(rows):
    columns = [encode(pa.chunked_array([[row[place] for row in rows]], pa.string())) for place in (0, 1)]
    found = combine(columns, len(rows))
    different = list(dict.fromkeys(rows))
    assert found.ids.tolist() == [different.index(row) for row in rows]
    assert [rows[first] for first in found.firsts] == different


def test_more_combinations_than_a_number_holds_are_still_told_apart():
    values = pa.chunked_array([[f"v{n}" for n in range(3_000)]])
    found = combine([encode(values)] * 7, 3_000)  # 3,000 to the power of 7 is beyond 64 bits
    assert found.ids.tolist() == list(range(3_000))


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(*[st.sampled_from([None, "a", "b", "c"])] * 3), max_size=30))
def test_rows_are_sorted_by_their_keys_with_nothing_last(rows):
    keys = [ranks(pa.chunked_array([[row[place] for row in rows]], pa.string())) for place in range(3)]
    order = in_order(keys)
    assert [rows[n] for n in order] == sorted(rows, key=lambda row: [(cell is None, cell or "") for cell in row])


@pytest.fixture
def cells():
    return CodedCells(
        pa.table(
            {
                "From": ["A", "B", None, "A"],
                "To": ["B", "A", "A", "C"],
                "Day": ["2001", "2001", "2002", "2002"],
            }
        )
    )


def sides(source="e LEFT JOIN known k ON k.code = e.code", dated=None):
    return Part(
        uses={"source_": ("From", "Day"), "target_": ("To", "Day")},
        names=("code", "day"),
        source=source,
        expressions={"country": "k.country", "text": "e.code || coalesce(e.day, '')"},
        dated=dated,
        unmapped="CASE WHEN k.code IS NULL THEN e.code END",
    )


def connect(*known):
    connection = duckdb.connect()
    connection.register("known", pa.table({"code": [a for a, _ in known], "country": [b for _, b in known]}))
    return connection


def test_both_sides_of_a_row_are_worked_out_together(cells):
    with connect(("A", "RUS"), ("B", "JPN")) as connection:
        found = work_out(connection, sides(dated="SELECT 'B' AS code"), cells)
    columns = {name: values.take(pa.array(ids)).to_pylist() for name, (values, ids) in found.columns().items()}
    assert columns == {
        "source_country": ["RUS", "JPN", None, "RUS"],
        "target_country": ["JPN", "RUS", "RUS", None],
        "source_text": ["A", "B2001", None, "A"],  # the day counts for B alone
        "target_text": ["B2001", "A", "A", "C"],
    }
    assert found.values.num_rows == 4
    assert found.unmapped(np.array([0, 1, 2, 3])) == {"C": 1}
    assert found.unmapped(np.array([0, 1])) == {}


def test_a_combination_with_two_meanings_is_refused(cells):
    with connect(("A", "RUS"), ("A", "SUN")) as connection, pytest.raises(FeedError, match=r"2 combinations.*two mean"):
        work_out(connection, sides(), cells)
