"""What a chosen record holds before and after a shock: description, no test and no estimate."""

import calendar
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from detente.errors import InputError
from detente.measure.act_sums import MILITARY_MODES, MILITARY_TYPES
from detente.measure.exchanges import find_exchanges
from detente.measure.select import JOINT
from detente.measure.turns import Act, Reading, find_turns, read_acts, reading_notes
from detente.model.events import Dyad, Event, Report
from detente.model.results import DescriptionResult, Milestone, PeriodCount

UNTYPED: Final = "untyped"
CONFLICT_QUADS: Final = (3, 4)
COERCIVE_TYPES: Final = ("SANCTION", "COERCE")
CHOSEN_NOTE: Final = (
    "this record was chosen by someone who knew the story: its counts measure the choosing as well as the "
    "relation, so there is no test and no estimate here"
)

ScoreOf = Callable[[str, str | None], float]
Label = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days on one side of the shock, both ends included."""

    label: Label
    start: date
    end: date

    def holds(self, act: Act) -> bool:
        """Whether the act's whole span lies inside."""
        return act.span is not None and self.start <= act.span[0] and act.span[1] <= self.end

    def __str__(self) -> str:
        """`2020-06-24 to 2022-02-23`."""
        return f"{self.start.isoformat()} to {self.end.isoformat()}"


def describe_record(
    events: Iterable[Event],
    dyad: Dyad,
    shock: date,
    *,
    score_of: ScoreOf,
    window_years: int | None = None,
    actors: Literal["state", "all"] = "state",
    strict: bool = False,
) -> DescriptionResult:
    """Describe what a chosen record holds of a pair before and after a date.

    Windows are of equal length on both sides: by default as many whole months as the shorter side of
    the record fills. The day of the shock is the first day after. The same counts over the whole record
    follow as a second pair of periods, where they differ.

    Args:
        events: All events of the pair, from a chosen record.
        dyad: The two sides.
        shock: The date asked about.
        score_of: PLOVER score of an event type and mode, per act.
        window_years: Length of each window; None for the default.
        actors: `state` keeps agents of the state on both sides, `all` keeps everyone.
        strict: Whether alleged acts are left out.

    Returns:
        The description. `periods` holds the equal windows first (before, after), then the whole record.

    Raises:
        InputError: If `window_years` is not at least 1.
    """
    if window_years is not None and window_years < 1:
        raise InputError(f"window of {window_years} years: expected at least 1, give 1 or more")
    reading = read_acts(events, dyad, actors=actors, strict=strict)
    whole = _whole_record(reading.acts, shock)
    equal = _equal_windows(_reach(reading.acts), shock, window_years)
    windows = equal + tuple(window for window in whole if window not in equal)
    placed = {act.id for act in reading.acts if any(window.holds(act) for window in whole)}
    milestones_from = _months_from(shock, -12)
    return DescriptionResult(
        dyad=dyad,
        shock=shock,
        periods=tuple(_count(reading.acts, window, dyad, score_of) for window in windows),
        per_year=_per_year(reading.acts),
        milestones=_milestones(reading.acts, milestones_from),
        turns=find_turns(reading.acts),
        exchanges=find_exchanges(reading),
        undated=len(reading.acts) - len(placed),
        notes=_notes(reading, equal, whole, milestones_from, window_years),
        query=f"chosen record; {dyad.a} <> {dyad.b}; actors {actors}; shock {shock.isoformat()}"
        + ("; strict" if strict else ""),
    )


def is_military(report: Report) -> bool:
    """Whether the act is of the military share: MOBILIZE, ASSAULT, or a threat of force or occupation."""
    threat = report.event_type == "THREATEN" and report.mode in MILITARY_MODES
    return report.event_type in MILITARY_TYPES or threat


def _count(acts: Iterable[Act], window: Window, dyad: Dyad, score_of: ScoreOf) -> PeriodCount:
    inside = [act for act in acts if window.holds(act)]
    reports = [act.report for act in inside]
    typed = [report for report in reports if report.event_type is not None]
    scores = [score_of(report.event_type, report.mode) for report in typed if report.event_type is not None]
    quads = [report.quad for report in typed if report.event_type != "REQUEST" and report.quad is not None]
    military = [is_military(report) for report in typed]
    coercive = [is_military(report) or report.event_type in COERCIVE_TYPES for report in typed]
    return PeriodCount(
        label=window.label,
        start=window.start,
        end=window.end,
        n=len(inside),
        by_type=dict(sorted(Counter(report.event_type or UNTYPED for report in reports).items())),
        by_direction=_by_direction(inside, dyad),
        tone=_mean(scores),
        conflict_share=_mean([quad in CONFLICT_QUADS for quad in quads]),
        military_share=_mean(military),
        coercive_share=_mean(coercive),
        evidence=tuple(act.id for act in inside),
    )


def _by_direction(acts: Iterable[Act], dyad: Dyad) -> dict[str, int]:
    kept = [act.direction for act in acts]
    ways = (f"{dyad.a}>{dyad.b}", f"{dyad.b}>{dyad.a}")
    return {way: sum(direction in (way, JOINT) for direction in kept) for way in ways}


def _mean(values: Iterable[float]) -> float | None:
    kept = list(values)
    return sum(kept) / len(kept) if kept else None


def _whole_record(acts: Iterable[Act], shock: date) -> tuple[Window, ...]:
    spans = [act.span for act in acts if act.span is not None]
    if not spans:
        return ()
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    eve = shock - timedelta(days=1)
    before = (Window("before", first, min(eve, last)),) if first < shock else ()
    return before + ((Window("after", max(shock, first), last),) if last >= shock else ())


def _reach(acts: Iterable[Act]) -> tuple[date, date] | None:
    """The days the record surely reaches: a year-dated act does not stretch it to December."""
    spans = [act.span for act in acts if act.span is not None]
    return (min(end for _, end in spans), max(start for start, _ in spans)) if spans else None


def _equal_windows(reach: tuple[date, date] | None, shock: date, years: int | None) -> tuple[Window, ...]:
    eve = shock - timedelta(days=1)
    if years is None and (reach is None or not reach[0] < shock <= reach[1]):
        return ()
    first, last = reach or (shock, shock)
    months = 12 * years if years is not None else _whole_months(shock, first, last)
    if not months:  # the shorter side holds less than a month: count in days
        days = min((shock - first).days, (last - shock).days + 1)
        return (
            Window("before", shock - timedelta(days=days), eve),
            Window("after", shock, eve + timedelta(days=days)),
        )
    return (
        Window("before", _months_from(shock, -months), eve),
        Window("after", shock, _months_from(shock, months) - timedelta(days=1)),
    )


def _whole_months(shock: date, first: date, last: date) -> int:
    months = 0
    while _months_from(shock, -months - 1) >= first and _months_from(shock, months + 1) - timedelta(days=1) <= last:
        months += 1
    return months


def _months_from(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _per_year(acts: Iterable[Act]) -> dict[int, dict[str, int]]:
    counts: dict[int, Counter[str]] = {}
    for act in acts:
        if act.span is not None and act.span[0].year == act.span[1].year:
            counts.setdefault(act.span[0].year, Counter())[act.report.event_type or UNTYPED] += 1
    return {year: dict(sorted(types.items())) for year, types in sorted(counts.items())}


def _milestones(acts: Iterable[Act], since: date) -> tuple[Milestone, ...]:
    groups: dict[tuple[str, str], list[tuple[tuple[date, date], Act]]] = {}
    for act in acts:
        if act.span is not None and act.report.event_type is not None:
            groups.setdefault((act.report.event_type, act.direction), []).append((act.span, act))
    found: list[Milestone] = []
    for _, group in sorted(groups.items()):
        # A span is certainly first only when it is over first, certainly last only when it begins last.
        recent = [(span[1], span[0], act.id, act) for span, act in group if span[0] >= since]
        found += [_milestone("first", min(recent)[3])] if recent else []
        found += [_milestone("last", max((span[0], span[1], act.id, act) for span, act in group)[3])]
    return tuple(found)


def _milestone(which: Literal["first", "last"], act: Act) -> Milestone:
    report = act.report
    day = report.date_start if report.date_precision == "day" else None
    return Milestone(which, report.event_type or UNTYPED, act.direction, day, act.id)


def _notes(
    reading: Reading,
    equal: tuple[Window, ...],
    whole: tuple[Window, ...],
    milestones_from: date,
    window_years: int | None,
) -> tuple[str, ...]:
    notes = [CHOSEN_NOTE]
    if equal:
        notes.append(f"equal windows: {equal[0]} and {equal[1]}; the day of the shock is the first day after")
    else:
        notes.append("the record holds dated acts on one side of the shock at most: no equal windows")
    if whole:
        notes.append(f"whole record: {' and '.join(map(str, whole))}")
    if window_years is not None and _reach_out(equal, whole):
        notes.append(f"windows of {window_years} years reach beyond the record: what lies there is unknown")
    notes.append(f"first acts are counted from {milestones_from.isoformat()}, last acts over the whole record")
    if any(act.report.symmetric for act in reading.acts):
        notes.append("an act of both sides counts once in all, and once in each direction")
    scoreless = sum(act.report.quad is None and act.report.event_type is not None for act in reading.acts)
    if scoreless:
        notes.append(f"{scoreless} acts have no quad class: they are outside the conflict share")
    return (*notes, *reading_notes(reading))


def _reach_out(equal: tuple[Window, ...], whole: tuple[Window, ...]) -> bool:
    starts, ends = [window.start for window in whole], [window.end for window in whole]
    return not whole or equal[0].start < min(starts) or equal[1].end > max(ends)
