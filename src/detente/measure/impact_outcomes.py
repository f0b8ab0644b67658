"""Outcomes of an impact: series as ratios of sums, and the correction for being many."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from detente.errors import InputError
from detente.measure.impact_windows import Window
from detente.measure.intervals import adjust_holm
from detente.measure.select import JOINT, describe_selection
from detente.measure.series import Numbers, PairSeries
from detente.model.results import SERIES, Every, ImpactResult, ImpactRow, Selection

COUNTS: Final = {
    "volume": "n",
    "conflict_volume": "conflict",
    "cooperation_volume": "cooperation",
    "net": "net",
}
RATIOS: Final = {
    "tone": (("net",), ("scored",)),
    "conflict_share": (("conflict",), ("conflict", "cooperation")),
    "military_share": (("military",), ("typed",)),
    "coercive_share": (("coercive",), ("typed",)),
}


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


def outcome_unit(name: str, every: str) -> str:
    """What a series is counted in."""
    if name in RATIOS:
        return "score per event" if name == "tone" else "share of events"
    return f"score per {every}" if name == "net" else f"events per {every}"


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
            if name in COUNTS:
                unit = outcome_unit(name, series.every) + (" at mean coverage" if adjusted else "")
                found.append(Outcome(name, direction, sums[COUNTS[name]][whole], exposure, unit))
            elif not adjusted:
                top, bottom = (sum((sums[part][whole] for part in parts), 0.0) for parts in RATIOS[name])
                unit = outcome_unit(name, series.every)
                found.append(Outcome(name, direction, np.asarray(top), np.asarray(bottom), unit))
    return found


def check_names(outcomes: Sequence[str], headline: str, window: int | None) -> tuple[str, ...]:
    """The outcomes to measure, the headline first, each once.

    Raises:
        InputError: If one is no series, or the window has no length.
    """
    if window is not None and window < 1:
        raise InputError(f"window {window} in impact: expected a number of periods from 1, give another")
    names = tuple(dict.fromkeys((headline, *outcomes)))
    for name in names:
        if name not in SERIES:
            raise InputError(f"outcome {name!r} in impact: expected one of {', '.join(SERIES)}")
    return names


def empty_result(
    selection: Selection, shock: date, shocker: str | None, every: Every, headline: str, how: str
) -> ImpactResult:
    """A result without rows; for a chosen record it says why there will be none."""
    note = "A chosen record gives no estimate: its counts measure the choosing. See the description."
    return ImpactResult(
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
        notes=(note,) if selection.record_kind == "chosen" else (),
        query=f"{how}; {describe_selection(selection)}",
    )


def with_adjusted(rows: Sequence[ImpactRow], headline: str) -> list[ImpactRow]:
    """The rows of one estimator with p-values after Holm (1979); the headline (joint) keeps its own."""
    tested = [
        at
        for at, row in enumerate(rows)
        if row.p_value is not None and (row.outcome, row.direction) != (headline, JOINT)
    ]
    adjusted = adjust_holm([rows[at].p_value or 0.0 for at in tested])
    by_place = dict(zip(tested, adjusted, strict=True))
    return [replace(row, p_adjusted=by_place.get(at, row.p_value)) for at, row in enumerate(rows)]


def shocker_note(shocker: str | None, selection: Selection) -> str:
    """How a change may be called, by who launched the shock."""
    inside = (*selection.dyad, *selection.a_codes, *selection.b_codes)
    if shocker is None:
        return "Who launched the shock is not given: read a change at the date, not an effect of the shock."
    if shocker in inside:
        return f"{shocker} is one of the pair and launched the shock: read a change at the date, not an effect."
    return (
        f"{shocker} is outside the pair, but before against after alone still gives a change at the date: "
        "an effect needs a comparison."
    )
