"""Rows of a commit sorted by pair, whoever brings them; files left alone whose ids cannot be meant."""

import random

import pyarrow as pa
import pytest

from detente.model.order import REPORT_ORDER
from detente.store.batch import _in_order, _is_sorted
from detente.store.reading import fix_tables

KINDS = (pa.string(), pa.string(), pa.int64())


def rows(values: list[tuple[object, ...]]) -> pa.Table:
    columns = [[row[place] for row in values] for place in range(3)]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, KINDS, strict=True)]
    return pa.table(dict(zip(REPORT_ORDER, arrays, strict=True)))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_sorted_is_seen_to_be_and_the_rest_is_sorted(seed):
    chance = random.Random(seed)
    values = [
        (chance.choice(["A", "B", None]), chance.choice(["A", "C", None]), chance.choice([1, 2, None]))
        for _ in range(chance.randint(0, 9))
    ]
    table = rows(values)
    wanted = table.sort_by([(name, "ascending") for name in REPORT_ORDER])
    assert _is_sorted(table, REPORT_ORDER) == table.equals(wanted)
    assert _in_order(table, REPORT_ORDER).equals(wanted)
    assert _in_order(wanted, REPORT_ORDER) is wanted


def test_files_whose_ids_lie_elsewhere_are_not_opened(store, make_batch, make_feed_row):
    for number in (10, 20, 30):
        store.commit(make_batch([make_feed_row(f"gdelt:{number}"), make_feed_row(f"gdelt:{number + 5}")]))
    whole = fix_tables(store.path, ("reports",))["reports"]
    some = fix_tables(store.path, ("reports",), between=("report_id", "gdelt:25", "gdelt:26"))["reports"]
    assert len(whole.files) == 3
    assert len(some.files) == 1
    assert set(some.files) < set(whole.files)
    incoming = pa.table({"report_id": ["gdelt:25", "gdelt:26"]})
    assert store.drop_stored(incoming, "gdelt")["report_id"].to_pylist() == ["gdelt:26"]
    assert store.drop_stored(incoming, "icews").num_rows == 2
