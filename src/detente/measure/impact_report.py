"""What stands behind the headline: weights, fit, leave one out, placebo in time, anticipation, how long it lasted."""

from typing import Final

import numpy as np

from detente.measure.donors import FEWEST_DONORS, Donors
from detente.measure.impact_board import Board
from detente.measure.impact_estimators import estimate_synthetic, leave_one_out
from detente.measure.impact_windows import FEWEST_BEFORE
from detente.measure.placebo import Gaps, lasted, placebo_interval, rank_p, visible_since
from detente.measure.series import Numbers
from detente.measure.synthetic import Panel
from detente.model.impact import Comparison, DonorWeight, TimePlacebo

_SMALLEST: Final = 0.01
_MOST_IN_TIME: Final = 3


def compare_headline(
    board: Board, panel: Panel, gaps: Gaps, weights: Numbers, chosen: Donors, *, is_count: bool
) -> Comparison:
    """The comparison of the headline, joint.

    Args:
        board: The sums.
        panel: The headline's panel.
        gaps: By the synthetic control.
        weights: Of the synthetic control, (n_units, n_units).
        chosen: The donors.
        is_count: Whether scatter grows with the level.

    Returns:
        The comparison without other rules and choices.
    """
    after = gaps.paths[:, panel.after]
    since = visible_since(after, gaps.scale)
    length = None if since is None else lasted(after, gaps.scale, since)
    anticipation = _anticipation(gaps, panel)
    low, high = placebo_interval(gaps)
    return Comparison(
        rule="",
        n_donors=len(weights) - 1,
        n_periods=(int(panel.before.sum()), panel.n_after),
        weights=_weights(board, weights[0, 1:], chosen),
        left_out=chosen.left_out,
        other_rules=(),
        leave_one_out=leave_one_out(panel, weights) if len(weights) - 1 > FEWEST_DONORS else None,
        in_time=_in_time(board, panel, is_count=is_count),
        anticipation=anticipation[0] if anticipation else None,
        anticipation_p=anticipation[1] if anticipation else None,
        visible=None if since is None else board.periods[board.window.start + since],
        lasted=length,
        ended=length is not None and since is not None and since + length < after.shape[1],
        fit=_fit(gaps, panel),
        smallest=(high - low) / 2,
    )


def _weights(board: Board, weights: Numbers, chosen: Donors) -> tuple[DonorWeight, ...]:
    dyads = [dyad for dyad, keep in zip(board.panel.dyads, chosen.kept, strict=True) if keep]
    told = [DonorWeight(dyad, float(weight)) for dyad, weight in zip(dyads, weights, strict=True)]
    return tuple(sorted((item for item in told if item.weight >= _SMALLEST), key=lambda item: -item.weight))


def _fit(gaps: Gaps, panel: Panel) -> float:
    spread = float(panel.values[0, panel.before].var())
    left = float((gaps.paths[0, panel.before] ** 2).mean())
    return 1 - left / spread if spread > 0 else 0.0


def _anticipation(gaps: Gaps, panel: Panel) -> tuple[float, float] | None:
    """The mean gap between the last period before and the period of the shock, and its rank."""
    between = np.flatnonzero(~panel.before & ~panel.after)[:-1]
    if not len(between):
        return None
    means = gaps.paths[:, between].mean(axis=1)
    return float(means[0]), rank_p(np.abs(means) / gaps.scale)


def _in_time(board: Board, panel: Panel, *, is_count: bool) -> tuple[TimePlacebo, ...]:
    """The comparison at earlier dates whose periods after end before the anticipation of the shock."""
    n_before, n_after = int(panel.before.sum()), panel.n_after
    found = []
    for step in range(1, _MOST_IN_TIME + 1):
        split = n_before - step * n_after
        if split - 1 < FEWEST_BEFORE:
            break
        places = np.arange(panel.values.shape[1])
        # The period of the pretended shock is left out, as that of the true one is.
        earlier = Panel(panel.values, places < split - 1, (places >= split) & (places < split + n_after))
        effect = estimate_synthetic(earlier, is_count=is_count)
        day = board.periods[board.window.stop - n_before + split - 1]
        found.append(TimePlacebo(day, effect.effect, effect.p_value))
    return tuple(found)
