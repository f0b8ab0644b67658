"""Products of long tables in small parts, and what is built of them, against the plain way."""

import numpy as np
import pytest

from detente.measure.baseline import Context, cross_products, make_base, row_products
from detente.measure.var import _basis, _without


@pytest.fixture
def table() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(2500, 23))


def test_parts_give_the_whole_product(table):
    other = table[:, :5] ** 2
    assert cross_products(table, other) == pytest.approx(table.T @ other)
    assert row_products(table, other[:23]) == pytest.approx(table @ other[:23])


def test_a_weighted_gram_is_that_of_all_columns(table):
    context = Context(level=True, swing=table[:, :2], inputs=table[:, 2:6], kept=np.arange(2500) % 5 > 0)
    base = make_base(np.random.default_rng(1).poisson(0.4, 2500).astype(float), context)
    weight = np.random.default_rng(2).random(2000) + 0.1
    whole = np.column_stack([base.hats(), base.columns])
    assert base.gram(weight, base.columns) == pytest.approx(whole.T @ (whole * weight[:, None]))


def test_a_basis_spans_its_columns_and_leaves_out_what_they_repeat(table):
    columns = np.column_stack([1e6 * table[:, 0], table[:, 1], table[:, 0] - table[:, 1], np.zeros(2500), table[:, 2]])
    basis = _basis(columns)
    assert basis.shape == (2500, 3)
    assert basis.T @ basis == pytest.approx(np.eye(3), abs=1e-9)
    assert _without(columns / np.array([1e6, 1, 1, 1, 1]), basis) == pytest.approx(np.zeros(columns.shape), abs=1e-8)
    assert _without(table[:, 9], basis) == pytest.approx(table[:, 9] - basis @ (basis.T @ table[:, 9]))
