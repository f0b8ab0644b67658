"""One-to-one matching of gold events and reports."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from detente.evaluation.criteria import same_date, same_sentence
from detente.evaluation.gold import GoldEvent
from detente.model import Report


def match_events(
    gold: Sequence[GoldEvent],
    reports: Sequence[Report],
    fits: Callable[[GoldEvent, Report], bool],
) -> tuple[tuple[int, int], ...]:
    """Pair gold events with reports, each used once.

    Finds as many required gold events as can be, then as many optional ones, then the pairs whose sentence
    and date agree best (an assignment problem: Kuhn, 1955).

    Args:
        gold: Gold events.
        reports: Coded reports.
        fits: Whether a report may stand for a gold event.

    Returns:
        Pairs (place in `gold`, place in `reports`), in order of gold.
    """
    if not gold or not reports:
        return ()
    return assign_pairs(np.array([[_weight(row, report, fits, len(gold)) for report in reports] for row in gold]))


def assign_pairs(weight: NDArray[np.float64]) -> tuple[tuple[int, int], ...]:
    """The one-to-one pairs of greatest weight together (Kuhn, 1955).

    Args:
        weight: (n_gold, n_reports); zero where two do not fit.

    Returns:
        Pairs (row, column) of positive weight, in order of rows.
    """
    rows, columns = linear_sum_assignment(weight, maximize=True)
    chosen = zip(rows.tolist(), columns.tolist(), strict=True)
    return tuple((row, column) for row, column in chosen if weight[row, column] > 0)


def _weight(gold: GoldEvent, report: Report, fits: Callable[[GoldEvent, Report], bool], n_gold: int) -> float:
    if not fits(gold, report):
        return 0.0
    # A required event outweighs all optional ones together, and those all preferences together.
    base = 1.0 if gold.optional else 2.0 * (n_gold + 1)
    preference = 2 * same_sentence(gold, report) + same_date(gold, report)
    return base + preference / (4.0 * (n_gold + 1))
