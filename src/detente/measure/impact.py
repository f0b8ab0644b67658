"""What changed at a shock: means before and after, with placebo dates as the yardstick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import ibis.expr.types as ir
import numpy as np

from detente.errors import DataError, InputError
from detente.measure.intervals import LEVEL, adjust_holm, ratio_change_interval
from detente.measure.periods import GRAINS, PER_YEAR, period_end, period_start
from detente.measure.select import JOINT, describe_selection
from detente.measure.series import Numbers, PairSeries, build_series, series_notes
from detente.model.results import SERIES, Every, ImpactResult, ImpactRow, Selection

FEWEST_BEFORE: Final = 8
FEWEST_AFTER: Final = 3
FEWEST_EVENTS: Final = 20
RAW: Final = "before-after"
ADJUSTED: Final = "before-after, coverage-adjusted"
DEFAULT_OUTCOMES: Final = ("volume", "conflict_volume", "cooperation_volume", "tone")
_WINDOWS: Final = (24, 12)  # most periods before and after
_RANGE_WINDOWS: Final = (6, 12, 24)
_COUNTS: Final = {
    "volume": "n",
    "conflict_volume": "conflict",
    "cooperation_volume": "cooperation",
    "net": "net",
}
_RATIOS: Final = {
    "tone": (("net",), ("scored",)),
    "conflict_share": (("conflict",), ("conflict", "cooperation")),
    "military_share": (("military",), ("typed",)),
    "coercive_share": (("coercive",), ("typed",)),
}


@dataclass(frozen=True, slots=True)
class Window:
    """Places in an array: `before` periods end at `stop`, `after` periods begin at `start`.

    What lies between `stop` and `start` (the period of the shock, and those in which it was already
    expected) is in neither.
    """

    stop: int
    start: int
    before: int
    after: int

    def sides(self) -> tuple[slice, slice]:
        """The two stretches of the array."""
        return slice(self.stop - self.before, self.stop), slice(self.start, self.start + self.after)

    def moved(self, steps: int) -> "Window":
        """The same window earlier by `steps` periods."""
        return replace(self, stop=self.stop - steps, start=self.start - steps)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A series as a ratio of sums: a mean over periods has ones below, a tone the scored events."""

    name: str
    direction: str
    top: Numbers
    bottom: Numbers
    unit: str

    def mean(self, part: slice) -> float:
        """The mean over a stretch; not a number where nothing is below the line."""
        below = float(self.bottom[part].sum())
        return float(self.top[part].sum()) / below if below > 0 else float("nan")

    def change(self, window: Window) -> float:
        """After less before."""
        before, after = window.sides()
        return self.mean(after) - self.mean(before)


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
        InputError: If an outcome is no series or a window has no length.
        DataError: If the shock lies outside the feed, or scores are on two scales.
    """
    names = _check_names(outcomes, headline, window)
    empty = ImpactResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        shock=shock,
        shocker=shocker,
        every=every,
        donors=(),
        headline=headline,
        results=(),
        range=None,
        query=f"impact of {shock} by {every}; {describe_selection(selection)}",
    )
    if selection.record_kind == "chosen":
        note = "A chosen record gives no estimate: its counts measure the choosing. See the description."
        return replace(empty, notes=(note,))
    series = build_series(events, selection, every)
    _check_span(series, shock)
    notes = series_notes(series, selection)
    found = place_window(series, shock, window=window, anticipation_days=anticipation_days)
    if refusal := _refuse(series, found, shock):
        return replace(empty, notes=(*notes, refusal))
    rows, placebos = _estimate_all(series, names, found, headline, seed)
    notes += _reading_notes(series, found, shocker, selection)
    notes += _placebo_notes(placebos, headline)
    bounds = _headline_range(series, headline, shock, anticipation_days)
    return replace(empty, results=rows, range=bounds, notes=tuple(notes), placebos=tuple(float(x) for x in placebos))


def place_window(series: PairSeries, shock: date, *, window: int | None, anticipation_days: int) -> Window:
    """Where the periods before and after a shock lie among the whole periods of a series.

    Args:
        series: The sums of a pair.
        shock: UTC date of the shock.
        window: Most periods on either side; by default 24 before and 12 after.
        anticipation_days: Days before the shock that do not count as "before".

    Returns:
        The window, as long as the data allow.
    """
    every = series.every
    kept = _kept_periods(series)
    shocked = period_start(shock, every)
    expected = shock - timedelta(days=anticipation_days)

    def is_before(start: date) -> bool:
        days = (period_end(start, every) - start).days + 1
        return start < shocked and (period_end(start, every) - expected).days + 1 <= days / 2

    stop = sum(is_before(start) for start in kept)
    start = sum(period <= shocked for period in kept)
    most_before, most_after = (window, window) if window else _WINDOWS
    return Window(stop, start, min(most_before, stop), min(most_after, len(kept) - start))


def list_outcomes(series: PairSeries, names: Sequence[str], *, adjusted: bool = False) -> list[Outcome]:
    """The outcomes of all directions as ratios of sums over whole periods.

    Args:
        series: The sums of a pair.
        names: Names of series.
        adjusted: Whether counts are divided by the events of the feed that involve neither side, in
            units of their mean over all whole periods; tone and shares have no adjusted form.

    Returns:
        The outcomes.
    """
    whole = series.whole
    others = series.others[whole]
    if adjusted and not others.any():
        return []
    exposure = others / others.mean() if adjusted else np.ones(int(whole.sum()))
    found = []
    for direction, sums in series.sums.items():
        for name in names:
            if name in _COUNTS:
                unit = f"score per {series.every}" if name == "net" else f"events per {series.every}"
                unit += " at mean coverage" if adjusted else ""
                found.append(Outcome(name, direction, sums[_COUNTS[name]][whole], exposure, unit))
            elif not adjusted:
                top, bottom = (sum((sums[part][whole] for part in parts), 0.0) for parts in _RATIOS[name])
                unit = "score per event" if name == "tone" else "share of events"
                found.append(Outcome(name, direction, np.asarray(top), np.asarray(bottom), unit))
    return found


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
        rows += _with_adjusted(estimated, headline)
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


def _with_adjusted(rows: list[ImpactRow], headline: str) -> list[ImpactRow]:
    tested = [
        at
        for at, row in enumerate(rows)
        if row.p_value is not None and (row.outcome, row.direction) != (headline, JOINT)
    ]
    adjusted = adjust_holm([rows[at].p_value or 0.0 for at in tested])
    by_place = dict(zip(tested, adjusted, strict=True))
    return [replace(row, p_adjusted=by_place.get(at, row.p_value)) for at, row in enumerate(rows)]


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


def _check_names(outcomes: Sequence[str], headline: str, window: int | None) -> tuple[str, ...]:
    if window is not None and window < 1:
        raise InputError(f"window {window} in impact: expected a number of periods from 1, give another")
    names = tuple(dict.fromkeys((headline, *outcomes)))
    for name in names:
        if name not in SERIES:
            raise InputError(f"outcome {name!r} in impact: expected one of {', '.join(SERIES)}")
    return names


def _check_span(series: PairSeries, shock: date) -> None:
    first, last = series.span
    if not first <= shock <= last:
        raise DataError(
            f"shock {shock} lies outside the record, which covers {first} to {last}: expected a date within, "
            "ask for another date or import more of the feed"
        )


def _kept_periods(series: PairSeries) -> list[date]:
    return [start for start, whole in zip(series.periods, series.whole, strict=True) if whole]


def _refuse(series: PairSeries, window: Window, shock: date) -> str | None:
    before, after = window.sides()
    acts = series.sums[JOINT]["n"][series.whole]
    n_before, n_after = int(acts[before].sum()), int(acts[after].sum())
    told = f"{n_before} events in {window.before} {series.every}s before the shock, {n_after} in {window.after} after"
    if n_before + n_after < FEWEST_EVENTS:
        return f"No estimate: {told}; at least {FEWEST_EVENTS} events are needed, whatever the grain."
    if window.before >= FEWEST_BEFORE and window.after >= FEWEST_AFTER:
        return None
    finer = next((every for every in _finer(series.every) if _is_enough(series, shock, every)), None)
    advice = f"`--every {finer}` gives enough" if finer else "no finer grain gives enough"
    return f"No estimate: {told}; {FEWEST_BEFORE} before and {FEWEST_AFTER} after are needed; {advice}."


def _finer(every: Every) -> Iterator[Every]:
    yield from GRAINS[GRAINS.index(every) + 1 :]


def _is_enough(series: PairSeries, shock: date, every: Every) -> bool:
    days = 365.25 / PER_YEAR[every]
    first, last = series.span
    # One period of slack at either end for what is only partly covered, and the anticipated month.
    before = ((shock - first).days - 30) / days - 1
    after = (last - shock).days / days - 2
    return before >= FEWEST_BEFORE and after >= FEWEST_AFTER


def _reading_notes(series: PairSeries, window: Window, shocker: str | None, selection: Selection) -> list[str]:
    kept = _kept_periods(series)
    before, after = window.sides()
    periods = f"{series.every}s"
    notes = [
        f"Before: {window.before} {periods} from {kept[before.start]}; after: {window.after} {periods} from "
        f"{kept[after.start]}; left out between them: {window.start - window.stop} (the shock, and what "
        "anticipated it).",
        _shocker_note(shocker, selection),
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


def _shocker_note(shocker: str | None, selection: Selection) -> str:
    inside = (*selection.dyad, *selection.a_codes, *selection.b_codes)
    if shocker is None:
        return "Who launched the shock is not given: read a change at the date, not an effect of the shock."
    if shocker in inside:
        return f"{shocker} is one of the pair and launched the shock: read a change at the date, not an effect."
    return (
        f"{shocker} is outside the pair, but before against after alone still gives a change at the date: "
        "an effect needs a comparison."
    )


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
