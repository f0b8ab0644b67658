"""What changed at a shock: means before and after, with placebo dates as the yardstick."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import ibis.expr.types as ir
import numpy as np

from detente.measure.impact_outcomes import (
    Outcome,
    check_names,
    empty_result,
    list_outcomes,
    shocker_note,
    with_adjusted,
)
from detente.measure.impact_windows import Window, check_anticipation, check_span, kept_periods, place_window, refuse
from detente.measure.intervals import LEVEL, ratio_change_interval
from detente.measure.select import JOINT
from detente.measure.series import Numbers, PairSeries, build_series
from detente.measure.series_notes import series_notes
from detente.model.results import Every, ImpactResult, ImpactRow, Selection

RAW: Final = "before-after"
ADJUSTED: Final = "before-after, coverage-adjusted"
DEFAULT_OUTCOMES: Final = ("volume", "conflict_volume", "cooperation_volume", "tone")
_RANGE_WINDOWS: Final = (6, 12, 24)


def measure_impact(  # noqa: PLR0913 - what a user may ask of an impact, each by its own name
    events: ir.Table,
    selection: Selection,
    shock: date,
    *,
    every: Every = "month",
    window: int | None = None,
    outcomes: Sequence[str] = DEFAULT_OUTCOMES,
    headline: str = "conflict_volume",
    shocker: str | None = None,
    anticipation_days: int = 30,
    seed: int = 0,
) -> ImpactResult:
    """The change of a pair's outcomes at a shock, before against after, with placebo dates.

    Effect = mean after − mean before. The period of the shock is left out, and so is a period before it of
    which more than half lies within `anticipation_days`. Interval: moving block bootstrap within each side
    (Künsch 1989), blocks of the cube root of the window, Student's t with the number of blocks; it covers
    the noise of this series only. p: rank of |effect| among the same windows at every earlier date that
    keeps clear of the shock, the true date counted in; all outcomes and directions but the headline
    (joint) are adjusted after Holm (1979). No counterfactual: see `docs/measures/impact.md`.

    Args:
        events: The event view.
        selection: What was asked.
        shock: UTC date of the shock.
        every: Length of a period.
        window: Most periods on either side; by default 24 before and 12 after.
        outcomes: Names of series.
        headline: The outcome the question is about; it is measured even if not among `outcomes`.
        shocker: The state that launched the shock, None where unknown.
        anticipation_days: Days before the shock that do not count as "before".
        seed: Seed of the bootstrap.

    Returns:
        One row an outcome, direction and estimator (the second divides counts by the events of the feed
        that involve neither side). `n_before` and `n_after` are acts of the pair in the windows. Empty,
        with a note, for a chosen record, under 8 periods before, 3 after, or 20 acts in the windows.

    Raises:
        InputError: If an outcome is no series, a window has no length or the anticipation is no number of days.
        DataError: If the shock lies outside the feed, or scores are on two scales.
    """
    check_anticipation(anticipation_days)
    names = check_names(outcomes, headline, window)
    empty = empty_result(selection, shock, shocker, every, headline, f"impact of {shock} by {every}")
    if selection.record_kind == "chosen":
        return empty
    series = build_series(events, selection, every)
    check_span(series, shock)
    notes = series_notes(series, selection)
    found = place_window(series, shock, window=window, anticipation_days=anticipation_days)

    def finer(length: Every) -> Window:
        other = build_series(events, selection, length)
        return place_window(other, shock, window=window, anticipation_days=anticipation_days)

    if refusal := refuse(series, found, finer):
        return replace(empty, notes=(*notes, refusal))
    rows, placebos = _estimate_all(series, names, found, headline, seed)
    notes += _reading_notes(series, found, shocker, selection)
    notes += _placebo_notes(placebos, headline)
    bounds = _headline_range(series, headline, shock, anticipation_days)
    return replace(empty, results=rows, range=bounds, notes=tuple(notes), placebos=tuple(float(x) for x in placebos))


def placebo_effects(outcome: Outcome, window: Window) -> Numbers:
    """The change at every earlier date whose windows keep clear of the shock, from the latest back.

    Args:
        outcome: The series.
        window: The true window.

    Returns:
        Effects, (n_placebos,); empty where the feed is too short before the shock.
    """
    nearest = window.start + window.after - window.stop  # the placebo's "after" ends where "before" ends
    farthest = window.stop - window.before
    effects = [outcome.change(window.moved(steps)) for steps in range(nearest, farthest + 1)]
    return np.array([effect for effect in effects if np.isfinite(effect)])


def change_interval(outcome: Outcome, window: Window, random: np.random.Generator) -> tuple[float, float]:
    """The 90 % interval of the change: see `intervals.ratio_change_interval`."""
    before, after = ((outcome.top[part], outcome.bottom[part]) for part in window.sides())
    return ratio_change_interval(before, after, random)


def _estimate_all(
    series: PairSeries, names: Sequence[str], window: Window, headline: str, seed: int
) -> tuple[tuple[ImpactRow, ...], Numbers]:
    rows: list[ImpactRow] = []
    headline_placebos = np.array([])
    for estimator, adjusted in ((RAW, False), (ADJUSTED, True)):
        random = np.random.default_rng(seed)
        estimated: list[ImpactRow] = []
        for outcome in list_outcomes(series, names, adjusted=adjusted):
            if not np.isfinite(outcome.change(window)):
                continue
            placebos = placebo_effects(outcome, window)
            if not adjusted and (outcome.name, outcome.direction) == (headline, JOINT):
                headline_placebos = placebos
            acts = series.sums[outcome.direction]["n"][series.whole]
            estimated.append(_row(outcome, window, placebos, acts, estimator, random))
        rows += with_adjusted(estimated, headline)
    return tuple(rows), headline_placebos


def _row(
    outcome: Outcome,
    window: Window,
    placebos: Numbers,
    acts: Numbers,
    estimator: str,
    random: np.random.Generator,
) -> ImpactRow:
    before, after = window.sides()
    effect = outcome.change(window)
    low, high = change_interval(outcome, window, random)
    # Equal effects count as at least as large, whatever the rounding of the sums.
    rank = int(np.sum(np.abs(placebos) >= abs(effect) - 1e-12)) + 1
    return ImpactRow(
        outcome=outcome.name,
        direction=outcome.direction,
        estimator=estimator,
        effect=effect,
        low=low,
        high=high,
        level=LEVEL,
        p_value=rank / (len(placebos) + 1) if len(placebos) else None,
        p_floor=1 / (len(placebos) + 1) if len(placebos) else None,
        n_before=int(acts[before].sum()),
        n_after=int(acts[after].sum()),
        unit=outcome.unit,
        before=outcome.mean(before),
        after=outcome.mean(after),
    )


def _headline_range(
    series: PairSeries, headline: str, shock: date, anticipation_days: int
) -> tuple[float, float] | None:
    effects = [
        outcome.change(place_window(series, shock, window=size, anticipation_days=anticipation_days))
        for adjusted in (False, True)
        for outcome in list_outcomes(series, [headline], adjusted=adjusted)
        if outcome.direction == JOINT
        for size in (None, *_RANGE_WINDOWS)
    ]
    told = [effect for effect in effects if np.isfinite(effect)]
    return (min(told), max(told)) if told else None


def _reading_notes(series: PairSeries, window: Window, shocker: str | None, selection: Selection) -> list[str]:
    kept = kept_periods(series)
    before, after = window.sides()
    periods = f"{series.every}s"
    notes = [
        f"Before: {window.before} {periods} from {kept[before.start]}; after: {window.after} {periods} from "
        f"{kept[after.start]}; left out between them: {window.start - window.stop} (the shock, and what "
        "anticipated it).",
        shocker_note(shocker, selection),
        "Assumption: without the shock the mean would have stayed as it was before. There is no "
        "counterfactual here, and other things changed too.",
        "The interval covers the sampling noise of this series only.",
    ]
    coverage = series.coverage[series.whole]
    moved = coverage[after].mean() / coverage[before].mean() - 1
    notes.append(f"The whole feed's events per {series.every} moved by {moved:+.0%} between the windows.")
    if not series.others[series.whole].any():
        notes.append("The feed holds no event without the two sides: no coverage-adjusted estimate.")
    return notes


def _placebo_notes(placebos: Numbers, headline: str) -> list[str]:
    if not len(placebos):
        return ["No placebo date fits before the shock: no p-value."]
    usual = float(np.quantile(np.abs(placebos), 0.95))
    return [
        f"{len(placebos)} placebo dates, windows overlapping: p cannot be below "
        f"{1 / (len(placebos) + 1):.3f}. In nineteen of twenty of them {headline} moved by "
        f"less than {usual:.2g}; a smaller effect could not have been told from that.",
        "Placebo dates reject too often where a level wanders: the page of this measure gives the measured rate.",
    ]
