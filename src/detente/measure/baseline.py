"""What moves both sides of a pair by day: a slow level, coverage, and acts with third parties."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.measure.series import Numbers

KNOT_DAYS: Final = 730  # the slow level bends this often; closer knots take answers for level
FLOOR: Final = 0.05  # of the mean: no day weighs more than this intensity lets it
_SMALL: Final = 250_000  # multiplications
_BINS: Final = ((0, 0), (1, 1), (2, 3), (4, 7), (8, 14), (15, 28))  # lags in days of an outside input


@dataclass(frozen=True, slots=True)
class Context:
    """What may move both sides, on every day.

    Attributes:
        level: Whether the base moves slowly (a line between knots) instead of standing still.
        swing: Coverage against its own slow level, (n_days, n_columns); times the pair's level it is an input.
        inputs: Acts with third parties, lagged, (n_days, n_columns).
        kept: Days whose acts are explained, (n_days,); all days may explain.
    """

    level: bool
    swing: Numbers
    inputs: Numbers
    kept: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Base:
    """The linear part that both sides share, on the days kept: hats between knots, and other columns."""

    segment: npt.NDArray[np.int64]
    right: Numbers
    starts: npt.NDArray[np.int64]
    full: npt.NDArray[np.int64]
    knots: int
    columns: Numbers
    centre: float

    def times(self, weights: Numbers) -> Numbers:
        """The hats times a weight a knot, (n_days,); times some side by side, (knots, k), it is (n_days, k)."""
        if not self.knots:
            return np.zeros((len(self.right), *weights.shape[1:]))
        right = self.right.reshape(-1, *(1,) * (weights.ndim - 1))
        return np.asarray(weights[self.segment] * (1 - right) + weights[self.segment + 1] * right)

    def hats(self, days: npt.NDArray[np.int64] | None = None) -> Numbers:
        """The hats themselves, of all days or of some, (n_days, n_knots)."""
        chosen = np.arange(len(self.right)) if days is None else days
        found = np.zeros((len(chosen), self.knots))
        if self.knots:
            rows, segment, right = np.arange(len(chosen)), self.segment[chosen], self.right[chosen]
            found[rows, segment] = 1 - right
            found[rows, segment + 1] = right
        return found

    def gram(self, weight: Numbers, more: Numbers) -> Numbers:
        """Weighted cross products of all columns, hats first, (k, k)."""
        k, n_hats = more.shape[1], self.knots
        found = np.zeros((n_hats + k, n_hats + k))
        root = np.sqrt(weight)[:, None]
        weighted = more * root
        found[n_hats:, n_hats:] = cross_products(weighted, weighted)
        if not n_hats:
            return found
        hats = np.column_stack([1 - self.right, self.right]) * root
        ends = [*self.starts[1:], len(weight)]
        for knot, start, end in zip(self.full, self.starts, ends, strict=True):
            two, of_both = hats[start:end], slice(knot, knot + 2)
            found[of_both, of_both] += two.T @ two
            found[of_both, n_hats:] += two.T @ weighted[start:end]
        found[n_hats:, :n_hats] = found[:n_hats, n_hats:].T
        return found

    def score(self, weighted: Numbers, more: Numbers) -> Numbers:
        """Cross products of all columns with one weighted array, (k,)."""
        rest = np.einsum("tk,t->k", more, weighted)
        if not self.knots:
            return np.asarray(rest)
        found = np.zeros(self.knots)
        found[self.full] += np.add.reduceat(weighted * (1 - self.right), self.starts)
        found[self.full + 1] += np.add.reduceat(weighted * self.right, self.starts)
        return np.concatenate([found, rest])

    def scores(self, weighted: Numbers, more: Numbers) -> Numbers:
        """Cross products of all columns with some weighted arrays side by side, (k, k_right)."""
        rest = cross_products(more, weighted)
        if not self.knots:
            return rest
        found = np.zeros((self.knots, weighted.shape[1]))
        found[self.full] += np.add.reduceat(weighted * (1 - self.right)[:, None], self.starts)
        found[self.full + 1] += np.add.reduceat(weighted * self.right[:, None], self.starts)
        return np.concatenate([found, rest])


def cross_products(left: Numbers, right: Numbers) -> Numbers:
    """`left.T @ right` of two long tables of few columns, (k_left, k_right)."""
    found = np.zeros((left.shape[1], right.shape[1]))
    for part in _parts(left, right.shape[1]):
        found += left[part].T @ right[part]
    return found


def row_products(left: Numbers, right: Numbers) -> Numbers:
    """`left @ right` of a long table of few columns, (n_rows, k_right)."""
    found = np.empty((len(left), right.shape[1]))
    for part in _parts(left, right.shape[1]):
        found[part] = left[part] @ right
    return found


def _parts(rows: Numbers, width: int) -> Iterator[slice]:
    # Small products: the threads that BLAS starts for large ones cost more than they bring.
    length = max(_SMALL // max(rows.shape[1] * width, 1), 32)
    for start in range(0, len(rows), length):
        yield slice(start, start + length)


def lag_columns(series: Sequence[Numbers]) -> Numbers:
    """Outside inputs as mean acts of the day itself and of 1, 2–3, 4–7, 8–14 and 15–28 days before.

    Args:
        series: Acts by day, each (n_days,).

    Returns:
        Columns, (n_days, 6 n_series); before the first day there are no acts.
    """
    columns = []
    for acts in series:
        padded = np.concatenate([np.zeros(_BINS[-1][1] + 1), np.cumsum(acts)])
        ends = np.arange(len(acts)) + _BINS[-1][1] + 1
        columns += [(padded[ends - first] - padded[ends - last - 1]) / (last - first + 1) for first, last in _BINS]
    return np.column_stack(columns)


def coverage_swing(others: Numbers) -> Numbers:
    """How coverage departs from its own slow level: smoothed, by weekday, and day by day.

    Args:
        others: Rows of the feed that involve neither side, (n_days,).

    Returns:
        Relative departures, (n_days, 3); zero where the feed has no such row.
    """
    from scipy import ndimage

    if not others.any():
        return np.zeros((len(others), 0))
    window = int(np.clip(np.ceil(60 / others.mean()), 3, 15)) // 2 * 2 + 1
    # A median keeps the edges of a surge where a mean would blur them.
    smooth = ndimage.uniform_filter1d(ndimage.median_filter(others, window, mode="nearest"), 3, mode="nearest")
    slow = np.maximum(line_through(others), 0.05 * others.mean())
    weekday = np.arange(len(others)) % 7
    share = np.bincount(weekday, others, 7) / np.maximum(np.bincount(weekday, smooth, 7), 1e-9)
    return np.column_stack([smooth / slow - 1, share[weekday] - 1, (others - smooth) / slow])


def make_base(answers: Numbers, context: Context) -> Base:
    """The linear part of an answering side's intensity, on the days kept."""
    days = np.flatnonzero(context.kept)
    counts = answers[days]
    columns = context.inputs[days]
    if not context.level:
        ones = np.ones((len(days), 1))
        empty = np.array([], dtype=np.int64)
        return Base(empty, np.zeros(len(days)), empty, empty, 0, _side_by_side(ones, columns), 0.0)
    level = np.maximum(line_through(answers)[days], FLOOR * counts.mean())
    segment = days // KNOT_DAYS
    full, starts = np.unique(segment, return_index=True)
    return Base(
        segment=segment,
        right=(days % KNOT_DAYS) / KNOT_DAYS,
        starts=starts,
        full=full,
        knots=len(answers) // KNOT_DAYS + 2,
        columns=_side_by_side(level[:, None] * context.swing[days], columns),
        centre=float(counts.mean()),
    )


def _side_by_side(*parts: Numbers) -> Numbers:
    """Tables side by side, by column in memory: sums over days then run along it."""
    return np.concatenate([part.T for part in parts]).T


def line_through(values: Numbers) -> Numbers:
    """Least squares by a line between knots, (n_days,)."""
    days = np.arange(len(values))
    segment, right = days // KNOT_DAYS, (days % KNOT_DAYS) / KNOT_DAYS
    starts = np.unique(segment, return_index=True)[1]
    full = np.arange(len(starts))
    base = Base(segment, right, starts, full, len(starts) + 1, np.zeros((len(values), 0)), 0.0)
    gram = base.gram(np.ones(len(values)), base.columns) + 1e-6 * np.eye(base.knots)
    return base.times(np.asarray(np.linalg.solve(gram, base.score(values, base.columns))))
