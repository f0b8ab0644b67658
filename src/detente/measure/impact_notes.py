"""What must be said beside an effect: donors, assumptions, what it hangs on, what could not have been seen."""

from typing import Final

from detente.measure.donors import FEWEST_DONORS, Donors
from detente.measure.impact_board import Board
from detente.measure.impact_outcomes import COUNTS, outcome_unit
from detente.measure.select import JOINT
from detente.model.impact import Comparison
from detente.model.results import ImpactRow, Selection

_NAMED: Final = 5
_POOR: Final = 0.2
ASSUMPTIONS: Final = (
    "Assumptions: the shock did not reach the donors (no spillover), nobody acted on it earlier than the anticipation "
    "window, and reporters drawn to it were not drawn away from the donors (no displaced coverage)."
)


def abstention(donors: Donors) -> str | None:
    """Why there is no comparison; None where there are donors enough."""
    count = int(donors.kept.sum())
    if count >= FEWEST_DONORS:
        return None
    why = "; ".join(f"{item.n} {item.reason}" for item in donors.left_out)
    return (
        f"No estimate: {count} donors, {FEWEST_DONORS} are needed for a placebo test. Left out: {why or 'none'}. "
        "`--donors none` compares before and after alone."
    )


def comparison_notes(
    board: Board,
    comparison: Comparison,
    rows: tuple[ImpactRow, ...],
    *,
    headline: str,
    shocker: str | None,
    selection: Selection,
) -> list[str]:
    """The notes of a comparison, in the order a reader needs them.

    Args:
        board: The sums.
        comparison: What the headline is weighed against.
        rows: All effects.
        headline: Name of the series.
        shocker: Who launched the shock.
        selection: What was asked.

    Returns:
        Sentences.
    """
    mine = [row for row in rows if (row.outcome, row.direction) == (headline, JOINT)]
    unit = mine[0].unit if mine else outcome_unit(headline, board.series.every)
    return [
        _who(shocker, selection),
        *_windows(board, comparison),
        *_estimates(mine, unit),
        *_donors(comparison),
        *_robustness(comparison, board.series.every),
        *_course(comparison, board.series.every),
        ASSUMPTIONS,
        *_coverage(board, headline),
    ]


def missing_notes(few: list[str], still: list[str]) -> list[str]:
    """Which outcomes have no estimate, and why.

    Args:
        few: Outcomes with too few donors, each with their number.
        still: Outcomes of the pair that never moved before the shock.

    Returns:
        Sentences.
    """
    notes = []
    if few:
        notes.append(f"No estimate, under {FEWEST_DONORS} donors: {', '.join(few)}.")
    if still:
        notes.append(f"No estimate, no movement before the shock: {', '.join(still)}.")
    return notes


def _who(shocker: str | None, selection: Selection) -> str:
    if shocker in (*selection.a_codes, *selection.b_codes):
        return (
            f"{shocker} is one of the pair and launched the shock: read a change at the date, against what donors let "
            "expect, not an effect of something from outside."
        )
    if shocker is None:
        return (
            "No state launched the shock, or who did is not known: donors leave out the sides and what is tied to "
            "them; read a change at the date."
        )
    return f"{shocker} launched the shock from outside the pair: an effect of it, if the assumptions hold."


def _windows(board: Board, comparison: Comparison) -> list[str]:
    before, after = board.window.sides()
    periods, every = board.periods, board.series.every
    n_before, n_after = comparison.n_periods
    skipped = board.window.start - board.window.stop - 1
    return [
        f"Before: {n_before} {every}s from {periods[before.start]}; after: {n_after} from {periods[after.start]}; the "
        f"{every} of the shock and {skipped} before it (anticipation) are in neither."
    ]


def _estimates(mine: list[ImpactRow], unit: str) -> list[str]:
    low, high = min(row.effect for row in mine), max(row.effect for row in mine)
    told = f"{len(mine)} estimators of the headline run from {low:+.3g} to {high:+.3g} {unit}"
    seen = [row for row in mine if row.p_value is not None and row.p_value <= 0.05]
    if low < 0 < high:
        return [f"{told}: they disagree on the sign, so read the range and no verdict."]
    if 0 < len(seen) < len(mine):
        names = ", ".join(row.estimator for row in seen)
        tells = "tells" if len(seen) == 1 else "tell"
        return [f"{told}: of one sign, but only {names} {tells} it from nothing at 5 %."]
    return [f"{told}: of one sign."]


def _donors(comparison: Comparison) -> list[str]:
    heavy = ", ".join(f"{item.dyad.a}-{item.dyad.b} {item.weight:.2f}" for item in comparison.weights[:_NAMED])
    rest = len(comparison.weights) - _NAMED
    more = f" and {rest} more" if rest > 0 else ""
    notes = [
        f"Donors ({comparison.n_donors}): {comparison.rule}.",
        f"Weights: {heavy}{more}." if heavy else "Weights: spread thin, none reaches one in a hundred.",
    ]
    if comparison.left_out:
        told = [
            f"{item.n} {item.reason} ({', '.join(f'{dyad.a}-{dyad.b}' for dyad in item.dyads[:2])}"
            f"{', ...' if item.n > 2 else ''})"
            for item in comparison.left_out
        ]
        notes.append(f"Left out: {'; '.join(told)}.")
    notes.append(
        f"p cannot be below {1 / (comparison.n_donors + 1):.3f} with these donors; an effect under "
        f"{comparison.smallest:.2g} could not have been told from nothing at 10 %."
    )
    if comparison.fit < _POOR:
        notes.append(
            f"Poor fit: the synthetic control follows {max(comparison.fit, 0.0):.0%} of the pair's movement before the "
            "shock, so the donors correct for little; compare the augmented row."
        )
    else:
        notes.append(f"The synthetic control follows {comparison.fit:.0%} of the pair's movement before the shock.")
    return notes


def _robustness(comparison: Comparison, every: str) -> list[str]:
    notes = [
        f"By another rule ({item.rule}; {item.n_donors} donors): {item.effect:+.3g} [{item.low:.3g}, {item.high:.3g}], "
        f"p {item.p_value:.3g}."
        for item in comparison.other_rules
    ]
    if comparison.leave_one_out:
        low, high = comparison.leave_one_out
        notes.append(f"Leaving out each donor that carries weight in turn: {low:+.3g} to {high:+.3g}.")
    if comparison.in_time:
        told = "; ".join(f"{item.date}: {item.effect:+.3g}, p {item.p_value:.2g}" for item in comparison.in_time)
        notes.append(f"Placebo in time, the same comparison where nothing of this shock had happened: {told}.")
    else:
        notes.append(f"Too few {every}s before the shock for a placebo in time.")
    if comparison.agree is not None:
        notes.append(
            f"Multiverse: {len(comparison.multiverse)} sets of choices (window, donors, one-a-day, actors, scale"
            f"{', press' if any(item.publishers != 'all' for item in comparison.multiverse) else ''}); "
            f"{comparison.agree:.0%} agree in sign with the headline."
        )
    return notes


def _course(comparison: Comparison, every: str) -> list[str]:
    notes = []
    if comparison.visible is None:
        notes.append("The gap never stays outside what nine of ten donors show: no date from which it is visible.")
    else:
        end = "then back among the donors'" if comparison.ended else "to the end of the window"
        length = comparison.lasted or 0
        notes.append(f"Visible from {comparison.visible}; {length} {every}{'' if length == 1 else 's'}, {end}.")
    if comparison.anticipation is None:
        notes.append(
            f"Anticipation ({comparison.anticipation_days} days): no whole {every} lies mostly in that window before "
            "the shock, so there is none to report."
        )
    else:
        notes.append(
            f"Anticipation ({comparison.anticipation_days} days): in the {every}s just before the shock the gap was "
            f"{comparison.anticipation:+.3g} (p {comparison.anticipation_p:.2g}); it is in no estimate."
        )
    return notes


def _coverage(board: Board, headline: str) -> list[str]:
    if headline not in COUNTS:
        return []
    if not board.covered:
        return ["Too few events of others to divide by coverage: counts are as they are."]
    _, after = board.window.sides()
    moved = float(board.exposure[after].mean()) - 1
    return [f"Counts are divided by coverage (events without the sides and the shocker): {moved:+.0%} after the shock."]
