"""What changed at a shock, against what donors let expect: estimators side by side, one placebo inference."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from detente.measure.cubed import Record
from detente.measure.donor_ties import tables_rule
from detente.measure.donors import BUSY, FEWEST_COUNTED, FEWEST_DONORS, NARROW, RULE, Donors, find_struck
from detente.measure.impact_board import Board, build_board, place_long_window
from detente.measure.impact_estimators import SYNTHETIC, Effect, estimate_gaps, estimate_synthetic, weigh_effect
from detente.measure.impact_multiverse import spread_choices
from detente.measure.impact_notes import abstention, comparison_notes, missing_notes
from detente.measure.impact_outcomes import COUNTS, check_names, empty_result, outcome_unit, with_adjusted
from detente.measure.impact_path import trace_path
from detente.measure.impact_report import compare_headline
from detente.measure.impact_windows import Window, check_anticipation, check_span, refuse
from detente.measure.intervals import LEVEL
from detente.measure.ledger_structural import Structural
from detente.measure.placebo import Gaps
from detente.measure.select import JOINT
from detente.measure.series import build_series
from detente.measure.series_notes import series_notes
from detente.model.events import Dyad
from detente.model.impact import Comparison, OtherRule
from detente.model.results import Every, ImpactResult, ImpactRow, Selection

OUTCOMES: Final = (
    "conflict_volume",
    "cooperation_volume",
    "tone",
    "conflict_share",
    "military_share",
    "coercive_share",
)


def measure_counterfactual(  # noqa: PLR0913 - what a user may ask of an impact, each by its own name
    record: Record,
    selection: Selection,
    shock: date,
    *,
    every: Every = "month",
    outcomes: Sequence[str] = OUTCOMES,
    headline: str = "conflict_volume",
    shocker: str | None = None,
    donors: tuple[Dyad, ...] | None = None,
    tables: Structural | None = None,
    anticipation_days: int = 30,
    multiverse: bool = False,
    each_way: bool = True,
) -> ImpactResult:
    """The effect of a shock on a pair's outcomes against donors: pairs of states that it did not strike.

    Counts are divided by the feed's coverage without the sides and the shocker. Estimators, on the same scale:
    synthetic control, the same augmented by ridge regression, a structural time series with the donors' components
    as regressors, and the interrupted series (no counterfactual but its own level). p: rank of the ratio of root mean
    squared gaps after and before (Abadie, Diamond and Hainmueller 2010) among the donors, the pair counted; for the
    structural series of |effect| over its predicted scatter. Interval: the placebo test inverted. All outcomes and
    directions but the headline (joint) are adjusted after Holm (1979), each estimator for itself.

    Args:
        record: The event view, or a cube.
        selection: What was asked; with `until`, all periods up to it count as after, else twelve.
        shock: UTC date of the shock.
        every: Length of a period.
        outcomes: Names of series.
        headline: The outcome the question is about; it is measured even if not among `outcomes`.
        shocker: The state that launched the shock, None where none did.
        donors: The user's own donors, in place of the rule.
        tables: The user's structural tables, whose ties leave donors out too.
        anticipation_days: Days before the shock that do not count as before.
        multiverse: Whether to measure the headline under other choices too.
        each_way: Whether outcomes but the headline are measured by direction too, not only jointly.

    Returns:
        One row an outcome, direction and estimator, and the path of the headline; empty, with a note, where there are
        under 8 periods before, 3 after, 20 acts, or 10 donors.

    Raises:
        InputError: If an outcome is no series, or the anticipation no number of days.
        DataError: If the shock lies outside the feed, or scores are on two scales.
    """
    check_anticipation(anticipation_days)
    names = check_names(outcomes, headline, None)
    how = f"impact of {shock} by {every}, donors {'listed' if donors else 'by rule'}"
    empty = empty_result(selection, shock, shocker, every, headline, how)
    if selection.record_kind == "chosen":
        return empty
    series = build_series(record, selection, every)
    check_span(series, shock)
    notes = series_notes(series, selection)
    struck = find_struck(selection, shocker, shock, tables)
    board = build_board(record, selection, series, shock, struck, listed=donors, anticipation_days=anticipation_days)
    chosen = board.choose(headline)

    def finer(length: Every) -> Window:
        return place_long_window(build_series(record, selection, length), selection, shock, anticipation_days)

    if refusal := refuse(series, board.window, finer) or abstention(chosen):
        return replace(empty, notes=(*notes, refusal))
    panel = board.outcome(headline, JOINT, chosen.kept)
    if not panel.moves():
        refusal = f"No estimate: {headline} never moved before the shock, so there is no scatter to compare with."
        return replace(empty, notes=(*notes, refusal))
    gaps, weights = estimate_gaps(panel)
    rows, left = _estimate_all(board, names, gaps, each_way=each_way)
    comparison = compare_headline(board, panel, gaps[SYNTHETIC], weights, chosen, is_count=headline in COUNTS)
    comparison = replace(
        comparison,
        other_rules=_other_rules(board, headline),
        rule=_rule(donors, tables),
        anticipation_days=anticipation_days,
    )
    if multiverse:
        found = spread_choices(record, selection, board, headline, shock, anticipation_days)
        sign = np.sign(gaps[SYNTHETIC].effect[0])
        agree = float(np.mean([np.sign(item.effect) == sign for item in found])) if found else None
        comparison = replace(comparison, multiverse=found, agree=agree)
    told = comparison_notes(board, comparison, rows, headline=headline, shocker=shocker, selection=selection)
    return replace(
        empty,
        donors=tuple(f"{item.dyad.a}-{item.dyad.b}" for item in comparison.weights),
        results=rows,
        range=_range(rows, comparison, headline),
        notes=(*notes, *told, *left),
        placebos=tuple(float(effect) for effect in gaps[SYNTHETIC].effect[1:]),
        comparison=comparison,
        path=trace_path(board, panel, gaps[SYNTHETIC], chosen, outcome=headline, unit=rows[0].unit),
    )


def _rule(donors: tuple[Dyad, ...] | None, tables: Structural | None) -> str:
    if donors is not None:
        return "the donors given, less those that hold a side or the shocker or act too seldom"
    return RULE if tables is None else f"{RULE}; {tables_rule(tables)}"


def _estimate_all(
    board: Board, names: tuple[str, ...], known: dict[str, Gaps], *, each_way: bool
) -> tuple[tuple[ImpactRow, ...], list[str]]:
    """The rows of all outcomes, the headline first; `known` are its gaps, joint."""
    headline = names[0]
    by_estimator: dict[str, list[ImpactRow]] = {}
    few, still = [], []
    for name in names:
        ways = [way for way in board.ways if way != JOINT] if each_way or name == headline else []
        for direction in (JOINT, *ways):
            chosen = board.choose(name, direction)
            if (count := int(chosen.kept.sum())) < FEWEST_DONORS:
                few.append(f"{name} {direction} ({count})")
                continue
            panel = board.outcome(name, direction, chosen.kept)
            if not panel.moves():
                still.append(f"{name} {direction}")
                continue
            gaps = known if (name, direction) == (headline, JOINT) else estimate_gaps(panel)[0]
            for estimator, found in gaps.items():
                effect = weigh_effect(panel, found, is_count=name in COUNTS)
                by_estimator.setdefault(estimator, []).append(_row(board, name, direction, estimator, effect))
    rows = [row for found in by_estimator.values() for row in with_adjusted(found, headline)]
    return tuple(rows), missing_notes(few, still)


def _row(board: Board, name: str, direction: str, estimator: str, effect: Effect) -> ImpactRow:
    acts = board.series.sums[direction]["n"][board.series.whole]
    before, after = board.window.sides()
    unit = outcome_unit(name, board.series.every)
    is_count = name in COUNTS
    level = effect.expected
    return ImpactRow(
        outcome=name,
        direction=direction,
        estimator=estimator,
        effect=effect.effect,
        low=effect.low,
        high=effect.high,
        level=LEVEL,
        p_value=effect.p_value,
        p_floor=effect.p_floor,
        n_before=int(acts[before].sum()),
        n_after=int(acts[after].sum()),
        unit=f"{unit} at the coverage before" if is_count and board.covered else unit,
        before=effect.before,
        after=effect.after,
        expected=level,
        relative=effect.effect / level if is_count and name != "net" and level > 0.1 * effect.before else None,
    )


def _other_rules(board: Board, headline: str) -> tuple[OtherRule, ...]:
    variants: dict[str, Donors] = {BUSY: board.choose(headline, fewest=3 * FEWEST_COUNTED)}
    if board.listed is None:
        variants[NARROW] = board.choose(headline, narrow=True)
    found = []
    for rule, chosen in variants.items():
        if (count := int(chosen.kept.sum())) >= FEWEST_DONORS:
            panel = board.outcome(headline, JOINT, chosen.kept)
            effect = estimate_synthetic(panel, is_count=headline in COUNTS)
            found.append(OtherRule(rule, count, effect.effect, effect.low, effect.high, effect.p_value))
    return tuple(found)


def _range(rows: tuple[ImpactRow, ...], comparison: Comparison, headline: str) -> tuple[float, float]:
    effects = [row.effect for row in rows if (row.outcome, row.direction) == (headline, JOINT)]
    effects += [item.effect for item in comparison.other_rules]
    effects += comparison.leave_one_out or ()
    return min(effects), max(effects)
