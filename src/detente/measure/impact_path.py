"""The headline period by period against its counterfactual, with the gaps of the donors behind it."""

import numpy as np

from detente.measure.donors import Donors
from detente.measure.impact_board import Board
from detente.measure.impact_estimators import SYNTHETIC
from detente.measure.impact_outcomes import COUNTS
from detente.measure.intervals import LEVEL
from detente.measure.placebo import Gaps
from detente.measure.series import Numbers
from detente.measure.synthetic import Panel
from detente.model.impact_path import ImpactPath, PathPoint, PlaceboPath


def trace_path(board: Board, panel: Panel, gaps: Gaps, chosen: Donors, *, outcome: str, unit: str) -> ImpactPath:
    """What the figure of an impact is drawn from.

    Args:
        board: The sums; its periods are those of the path.
        panel: The headline's panel.
        gaps: By the synthetic control, the pair first.
        chosen: The donors, in the order of the panel.
        outcome: Name of the series.
        unit: What it is counted in.

    Returns:
        A point a period, those left out around the shock with the others. The interval of a point is that of a single
        period: the gaps that nine of ten donors stay under in that period, in units of each one's own
        usual gap. A donor's gaps are in those units too, taken times the pair's usual gap: what is
        ranked, so that a pair that acts a hundred times as much does not fill the figure.
    """
    actual = panel.values[0]
    expected = actual - gaps.paths[0]
    usual = _usual_gap(gaps)
    low, high = expected - usual, expected + usual
    if outcome in COUNTS and outcome != "net":
        low = np.maximum(low, np.minimum(expected, 0.0))  # no count is below none
    points = tuple(
        PathPoint(period, *(float(values[at]) for values in (actual, expected, low, high)))
        for at, period in enumerate(board.periods[board.part()])
    )
    named = (dyad for dyad, kept in zip(board.panel.dyads, chosen.kept, strict=True) if kept)
    donors = tuple(
        PlaceboPath(f"{dyad.a}-{dyad.b}", tuple(float(gap) for gap in path))
        for dyad, path in zip(named, gaps.paths[1:] * (gaps.scale[0] / gaps.scale[1:, None]), strict=True)
    )
    return ImpactPath(outcome, unit, board.series.every, SYNTHETIC, points, donors)


def _usual_gap(gaps: Gaps) -> Numbers:
    """The size of gap in each period that nine of ten donors stay under, in the pair's own unit, (n_periods,)."""
    ratios = np.sort(np.abs(gaps.paths[1:]) / gaps.scale[1:, None], axis=0)
    place = min(int(np.ceil(LEVEL * (len(ratios) + 1))), len(ratios)) - 1
    return np.asarray(ratios[place] * gaps.scale[0])
