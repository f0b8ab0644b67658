"""Figures of counts that add up over documents, each with an interval by resampling documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detente.evaluation.coder_counts import Counts, Key

Values = NDArray[np.float64]
_CELLS: Final = 4_000_000  # numbers of one block of draws: 32 MB


class Totals:
    """Sums of counts by key: (n_sums,) values a key, zeros for a key that never occurred."""

    def __init__(self, places: Mapping[Key, int], sums: Values) -> None:
        self._places = places
        self._sums = sums

    def __getitem__(self, key: Key) -> Values:
        place = self._places.get(key)
        return np.zeros(len(self._sums)) if place is None else self._sums[:, place]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 90 % interval over documents, and the number of things it is a share or mean of.

    `value` is None where it is undefined; `low` and `high` also where there are fewer than two documents.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


Figure = Callable[[Totals], Values]
"""From sums to the figure, (n_sums,); nan where undefined."""


def share(top: Values, bottom: Values) -> Values:
    """A quotient; nan where there is nothing to divide by."""
    found: Values = np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 0)
    return found


class Resampled:
    """Sums over all documents, and over documents drawn with replacement (Efron, 1979)."""

    def __init__(self, counts: Sequence[Counts], *, seed: int, n_resamples: int) -> None:
        places = {key: place for place, key in enumerate(sorted({key for one in counts for key in one}))}
        rows = np.zeros((len(counts), len(places)))
        for row, one in enumerate(counts):
            for key, value in one.items():
                rows[row, places[key]] = value
        self._whole = Totals(places, rows.sum(axis=0, keepdims=True))
        self._drawn = Totals(places, _draw(rows, seed, n_resamples)) if len(counts) > 1 else None

    def measure(self, figure: Figure, of: Figure) -> Measured:
        """A figure with its interval.

        Args:
            figure: The figure.
            of: What it counts: `Measured.n`.

        Returns:
            Value, 5th and 95th percentile of the resamples in which it is defined, n.
        """
        value, n = float(figure(self._whole)[0]), int(of(self._whole)[0])
        if np.isnan(value):
            return Measured(None, None, None, n)
        if self._drawn is None:
            return Measured(value, None, None, n)
        drawn = figure(self._drawn)
        low, high = np.percentile(drawn[~np.isnan(drawn)], [5, 95])
        return Measured(value, float(low), float(high), n)


def _draw(rows: Values, seed: int, n_resamples: int) -> Values:
    """Sums of each resample, (n_resamples, n_keys), in blocks so that memory does not grow with documents."""
    generator, documents = np.random.default_rng(seed), len(rows)
    block = max(1, _CELLS // documents)
    sums = [
        generator.multinomial(documents, np.full(documents, 1 / documents), min(block, n_resamples - done)) @ rows
        for done in range(0, n_resamples, block)
    ]
    return np.concatenate(sums)
