"""When a relation changed: level breaks with probabilities, pulses, a second opinion, and their events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

import ibis
import ibis.expr.types as ir
import numpy as np

from detente.measure.periods import assign_periods
from detente.measure.select import JOINT, describe_selection, select_events
from detente.measure.series import Numbers, PairSeries, build_series, series_notes
from detente.model.results import Break, BreaksResult, Every, Selection

FEWEST_PERIODS: Final = 24
FEWEST_EVENTS: Final = 20
LIKELY: Final = 0.5  # probability from which a change is told
FALSE_ALARM: Final = 0.1  # pulses expected by chance in a series, where its segments are negative binomial
_TOLERANCE: Final = 2  # periods within which two methods agree
_RETURN: Final = 3  # periods within which a pulse is over
_SHORTEST_SEGMENT: Final = 12  # periods from which a segment's noise can be learnt
_SMALLEST_PULSE: Final = 5.0  # events above the segment's mean
_EVIDENCE: Final = 5
_TONE_COVER: Final = 0.8  # share of periods that must hold scored events
_COUNTS: Final = {"conflict_volume": "conflict", "cooperation_volume": "cooperation"}


@dataclass(frozen=True, slots=True)
class Change:
    """A change in an array: `at` is the first place of the new level, `low` and `high` bound it."""

    at: int
    low: int
    high: int
    probability: float | None
    size: float
    kind: Literal["level", "pulse"]
    method: str
    agrees: bool | None


def find_breaks(events: ir.Table, selection: Selection, every: Every = "month", *, seed: int = 0) -> BreaksResult:
    """The dates at which the series of a pair change.

    Conflict, cooperation and net sums (and tone, where four periods in five hold scored events) of both
    directions and joint are each searched: see `detect_changes` for the methods. Periods the feed covers
    only in part are left out.

    Args:
        events: The event view.
        selection: What was asked.
        every: Length of a period.
        seed: Seed of the sampler; the same seed gives the same breaks.

    Returns:
        The breaks in order of date, each with up to five ids of the events with the largest scores of the
        right sign in its first period. Empty, with a note, for a chosen record and below 24 periods or 20
        events.

    Raises:
        DataError: If the feed holds no dated event in the dates asked, or scores of two scales.
    """
    if selection.record_kind == "chosen":
        note = "A chosen record gives no test: its counts measure the choosing, so no break is looked for."
        return _result(selection, every, (), (note,))
    series = build_series(events, selection, every)
    notes = series_notes(series, selection)
    periods = int(series.whole.sum())
    if periods < FEWEST_PERIODS or series.total < FEWEST_EVENTS:
        notes.append(
            f"No break is looked for: {series.total} events in {periods} whole periods ({every}); at least "
            f"{FEWEST_EVENTS} events and {FEWEST_PERIODS} periods are needed."
        )
        return _result(selection, every, (), tuple(notes))
    searched = list(_arrays(series))
    found = [
        _as_break(change, name, direction, kept)
        for name, direction, kept, values in searched
        for change in detect_changes(values, counts=name in _COUNTS, seed=seed)
    ]
    carried = _with_evidence(found, events, selection, every)
    carried.sort(key=lambda item: (item.date, item.series, item.direction, item.method, item.kind))
    return _result(selection, every, tuple(carried), (*notes, *_reading_notes(len(searched))))


def detect_changes(values: Numbers, *, counts: bool, seed: int = 0) -> list[Change]:
    """Changes of one series, by three methods that are told apart.

    `rbeast`: Bayesian model averaging over piecewise constant levels (Zhao et al. 2019), changes with
    probability 0.5 or more and the sampler's credible interval; the size is the mean of the segment after
    less that of the segment before. A change is a pulse where the series is back within the middle 80 % of
    the earlier segment inside three periods and stays for two; the way back is then no break of its own.
    `ruptures`: PELT (Killick et al. 2012), squared error, penalty 3 ln N on the standardised series; those
    that `rbeast` does not have within two periods; no probability, and two periods either side as bounds.
    `outlier` (counts only): single periods above what a negative binomial fitted to the rest of their
    segment gives with probability 0.1 / N, and at least five events above its mean.

    Args:
        values: The series, (n_periods,), without gaps.
        counts: Whether these are counts, in which pulses are looked for.
        seed: Seed of the sampler.

    Returns:
        The changes in order of place; empty where the series never moves.
    """
    if len(values) < 2 or np.ptp(values) == 0:
        return []
    second = _pelt(values)
    found = _rbeast(values, second, seed)
    edges = [change.at for change in found]
    alone = [at for at in second if all(abs(at - edge) > _TOLERANCE for edge in edges)]
    changes = _drop_returns(found)
    changes += _with_sizes(values, alone)
    if counts:
        taken = [change.at for change in changes if change.kind == "pulse" or change.size > 0]
        pulses = _outliers(values, sorted(edges))
        changes += [pulse for pulse in pulses if all(abs(pulse.at - at) > 1 for at in taken)]
    return sorted(changes, key=lambda change: (change.at, change.method))


def _rbeast(values: Numbers, second: Sequence[int], seed: int) -> list[Change]:
    import Rbeast

    fitted = Rbeast.beast(
        values,
        start=0,
        deltat=1,
        season="none",
        torder_minmax=[0, 0],
        mcmc_seed=seed + 1,  # 0 means "by the clock" there
        quiet=True,
        print_progress=False,
        print_param=False,
        print_warning=False,
    )
    trend = fitted.trend
    places, chances = np.atleast_1d(trend.cp), np.atleast_1d(trend.cpPr)
    bounds = np.atleast_2d(trend.cpCI)
    likely = [
        (round(float(place)), min(float(chance), 1.0), bound)
        for place, chance, bound in zip(places, chances, bounds, strict=True)
        if np.isfinite(place) and chance >= LIKELY
    ]
    likely.sort(key=lambda item: item[0])
    edges = [0, *(at for at, _, _ in likely), len(values)]
    changes = []
    for number, (at, chance, bound) in enumerate(likely, start=1):
        before, after = values[edges[number - 1] : at], values[at : edges[number + 1]]
        if len(before) == 0 or len(after) == 0:
            continue
        low, high = _bounds(bound, at, len(values))
        changes.append(
            Change(
                at=at,
                low=low,
                high=high,
                probability=chance,
                size=float(after.mean() - before.mean()),
                kind="pulse" if _comes_back(values, before, at) else "level",
                method="rbeast",
                agrees=any(abs(at - other) <= _TOLERANCE for other in second),
            )
        )
    return [change for change in changes if change.size != 0]


def _bounds(bound: Numbers, at: int, length: int) -> tuple[int, int]:
    if not np.isfinite(bound).all():
        return at, at
    low, high = int(np.floor(bound[0])), int(np.ceil(bound[1]))
    return max(min(low, at), 0), min(max(high, at), length - 1)


def _comes_back(values: Numbers, before: Numbers, at: int) -> bool:
    low, high = np.quantile(before, [0.1, 0.9])
    inside = (values >= low) & (values <= high)
    return any(
        bool(inside[place]) and bool(inside[place + 1])
        for place in range(at + 1, at + 1 + _RETURN)
        if place + 1 < len(values)
    )


def _drop_returns(found: list[Change]) -> list[Change]:
    """Leave out the way back from a pulse: it is the end of the same change."""
    kept: list[Change] = []
    for change in found:
        last = kept[-1] if kept else None
        is_return = (
            last is not None and last.kind == "pulse" and change.at - last.at <= _RETURN and change.size * last.size < 0
        )
        if not is_return:
            kept.append(change)
    return kept


def _pelt(values: Numbers) -> list[int]:
    import ruptures

    standardised = (values - values.mean()) / values.std()
    # The linear kernel is the squared error, searched by PELT in C: a thousand times faster than `Pelt`.
    search = ruptures.KernelCPD(kernel="linear", min_size=1).fit(standardised[:, None])
    return [int(at) for at in search.predict(pen=3 * np.log(len(values)))[:-1]]


def _with_sizes(values: Numbers, alone: Sequence[int]) -> list[Change]:
    edges = [0, *alone, len(values)]
    changes = []
    for before, at, after in zip(edges, edges[1:], edges[2:], strict=False):
        size = float(values[at:after].mean() - values[before:at].mean())
        kind: Literal["level", "pulse"] = "pulse" if _comes_back(values, values[before:at], at) else "level"
        low, high = max(at - _TOLERANCE, 0), min(at + _TOLERANCE, len(values) - 1)
        changes.append(Change(at, low, high, None, size, kind, "ruptures", agrees=False))
    return _drop_returns([change for change in changes if change.size != 0])


def _outliers(values: Numbers, edges: Sequence[int]) -> list[Change]:
    """Single high periods against a negative binomial fitted to the rest of their segment by moments."""
    from scipy import stats

    bounds = [0, *edges, len(values)]
    surprising: dict[int, float] = {}
    for start, stop in pairwise(bounds):
        if stop - start < _SHORTEST_SEGMENT:
            continue
        segment = values[start:stop]
        mean, variance = _rest_moments(segment)
        shape = mean**2 / (variance - mean)
        chance = stats.nbinom.sf(segment - 1, shape, shape / (shape + mean))
        is_pulse = (chance < FALSE_ALARM / len(values)) & (segment - mean >= _SMALLEST_PULSE)
        for place in np.flatnonzero(is_pulse):
            surprising[start + int(place)] = float(segment[place] - mean[place])
    return [_pulse(run, surprising) for run in _runs(sorted(surprising))]


def _rest_moments(segment: Numbers) -> tuple[Numbers, Numbers]:
    """Mean and variance of a segment without each place and its neighbours, both (n_periods,)."""
    places = np.arange(len(segment))
    rest = (np.abs(places[:, None] - places) > 1).astype(float)
    n = rest.sum(axis=1)
    mean = rest @ segment / n
    variance = (rest @ segment**2 - n * mean**2) / (n - 1)
    # Half an event keeps a silent segment from making any act a surprise.
    mean = mean + 0.5 / n
    return mean, np.maximum(variance, mean * 1.0001)


def _runs(places: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        if run and place > run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _pulse(run: list[int], sizes: dict[int, float]) -> Change:
    at = max(run, key=lambda place: sizes[place])
    return Change(at, run[0], run[-1], None, sizes[at], "pulse", "outlier", agrees=None)


def _arrays(series: PairSeries) -> Iterator[tuple[str, str, list[date], Numbers]]:
    whole = series.whole
    periods = [start for start, kept in zip(series.periods, whole, strict=True) if kept]
    for direction, sums in series.sums.items():
        for name, column in (*_COUNTS.items(), ("net", "net")):
            yield name, direction, periods, sums[column][whole]
        scored = sums["scored"][whole]
        if np.mean(scored > 0) >= _TONE_COVER:
            full = [start for start, n in zip(periods, scored, strict=True) if n > 0]
            yield "tone", direction, full, (sums["net"][whole] / np.maximum(scored, 1))[scored > 0]


def _as_break(change: Change, name: str, direction: str, periods: list[date]) -> Break:
    return Break(
        date=periods[change.at],
        low=periods[change.low],
        high=periods[change.high],
        probability=change.probability,
        size=change.size,
        sign=1 if change.size > 0 else -1,
        direction=direction,
        kind=change.kind,
        series=name,
        method=change.method,
        agrees=change.agrees,
    )


def _with_evidence(found: list[Break], events: ir.Table, selection: Selection, every: Every) -> list[Break]:
    if not found:
        return []
    rows = assign_periods(select_events(events, selection), every)
    dates = sorted({item.date for item in found})
    rows = rows.filter(rows.period.isin(dates), rows.event_type.notnull(), rows.intensity != 0)
    rows = rows.mutate(positive=rows.intensity > 0)
    window = ibis.window(
        group_by=["period", "direction", "symmetric", "positive"],
        order_by=[rows.intensity.abs().desc(), rows.event_id],
    )
    ranked = rows.mutate(place=ibis.row_number().over(window))
    columns = ["event_id", "period", "direction", "symmetric", "positive", "intensity"]
    top = ranked.filter(ranked.place < _EVIDENCE).select(*columns).to_pyarrow().to_pylist()
    top.sort(key=lambda row: (-abs(row["intensity"]), row["event_id"]))
    return [replace(item, evidence=_carriers(item, top)) for item in found]


def _carriers(item: Break, top: list[dict[str, object]]) -> tuple[str, ...]:
    # More conflict is carried by acts of negative score; more of anything else by positive ones.
    positive = (item.sign > 0) != (item.series == "conflict_volume")
    fitting = (
        str(row["event_id"])
        for row in top
        if row["period"] == item.date
        and row["positive"] == positive
        and (item.direction in (JOINT, row["direction"]) or row["symmetric"])
    )
    return tuple(event for event, _ in zip(fitting, range(_EVIDENCE), strict=False))


def _reading_notes(searched: int) -> list[str]:
    return [
        f"{searched} series were searched: conflict, cooperation, net sum, and tone where it can be told, of "
        "each direction and of both together (joint). A>B are acts of A toward B.",
        "Sign 1: the series goes up (for conflict_volume that is more conflict, for net and tone a "
        "friendlier relation); -1: down. Size is in the unit of the series, per period (tone: per event).",
        "rbeast gives a probability; ruptures and outlier do not. A slow drift shows as a break too. Pulses "
        f"by outlier: {FALSE_ALARM} a series expected by chance where counts are negative binomial.",
    ]


def _result(selection: Selection, every: Every, breaks: tuple[Break, ...], notes: tuple[str, ...]) -> BreaksResult:
    return BreaksResult(
        dyad=selection.dyad,
        feed=selection.feed,
        record_kind=selection.record_kind,
        every=every,
        breaks=breaks,
        notes=notes,
        query=f"breaks by {every}; {describe_selection(selection)}",
    )
