"""Scores of acts drawn under no cross term, which tell how large a score is by chance."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from detente.measure.baseline import Base, cross_products, row_products
from detente.measure.scoring import Fit
from detente.measure.series import Numbers

DRAWS: Final = 199
_MANY: Final = 4000  # acts from which sums of draws are taken as normal


def draw_scores(
    null: Fit, base: Base, clean: Numbers, starts: npt.NDArray[np.int64], random: np.random.Generator
) -> Numbers:
    """Block sums of efficient scores of drawn acts, about a null that one step fits to them again.

    Args:
        null: The fit without a cross term; its intensity is held.
        base: Its linear part.
        clean: Efficient scores by day and test, (n_days, n_tests).
        starts: First places of the blocks, (n_blocks,).
        random: The source of draws.

    Returns:
        Sums, (draws, n_blocks, n_tests).
    """
    rate = np.maximum(null.rate, 0)
    if float(rate.sum()) > _MANY:
        return _draw_normal(null, rate, clean, starts, random)
    acts = _draw_acts(rate, null.dispersion, random)
    wide = np.column_stack([base.hats(), null.columns])
    weighted = wide * null.weight[:, None]
    # One step of the fit to the draw: a fit takes some noise away, from the draws as from the record.
    steps = np.linalg.solve(null.gram, (acts @ weighted - cross_products(rate[:, None], weighted)).T)
    n_blocks, clumps = len(starts), np.diff(acts.indptr)
    place = acts.indices * n_blocks + np.repeat(np.arange(n_blocks), np.add.reduceat(clumps, starts))
    taken = [clean[one].T @ wide[one] for one in _slices(starts, len(rate))]
    expected = np.add.reduceat(clean * rate[:, None], starts, axis=0)
    sums = []
    for number, column in enumerate(clean.T):
        scored = np.bincount(place, acts.data * np.repeat(column, clumps), DRAWS * n_blocks).reshape(DRAWS, n_blocks)
        sums.append(scored - expected[:, number] - row_products(np.stack([part[number] for part in taken]), steps).T)
    return np.stack(sums, axis=2)


def _draw_normal(
    null: Fit, rate: Numbers, clean: Numbers, starts: npt.NDArray[np.int64], random: np.random.Generator
) -> Numbers:
    spread = clean * np.sqrt(null.dispersion * rate)[:, None]
    products = np.add.reduceat(spread[:, :, None] * spread[:, None, :], starts, axis=0)
    roots = np.linalg.cholesky(products + 1e-12 * np.eye(clean.shape[1]) * (1 + np.trace(products.mean(axis=0))))
    normal = random.standard_normal((DRAWS, len(starts), clean.shape[1]))
    return np.asarray(np.einsum("dbj,bij->dbi", normal, roots))


def _slices(starts: npt.NDArray[np.int64], n_days: int) -> Iterator[slice]:
    for start, stop in pairwise([*starts.tolist(), n_days]):
        yield slice(start, stop)


def _draw_acts(rate: Numbers, dispersion: float, random: np.random.Generator) -> Any:
    """Acts by draw and day, sparse (draws, n_days): clumps on days by their rate, log-series in size."""
    from scipy import sparse

    clumped = dispersion > 1.01
    size = (dispersion - 1) / np.log(dispersion) if clumped else 1.0
    clumps = random.poisson(DRAWS * rate / size)  # of all draws together; each clump falls to one of them
    draws = random.integers(0, DRAWS, clumps.sum())
    sizes = random.logseries(1 - 1 / dispersion, len(draws)).astype(float) if clumped else np.ones(len(draws))
    return sparse.csc_matrix((sizes, draws, np.concatenate([[0], np.cumsum(clumps)])), shape=(DRAWS, len(rate)))
