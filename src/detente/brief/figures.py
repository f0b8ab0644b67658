"""The figures of a brief: which ones, and what they say in words."""

from datetime import date

from detente.brief.acts import Acts, counts
from detente.brief.bars import bars_spec
from detente.brief.charts import index_rows, index_spec
from detente.brief.marks import Rows
from detente.brief.strip import strip_spec
from detente.brief.tables import type_words
from detente.brief.wording import counted, day_words, month_words, number, when_words
from detente.model import DescriptionResult, Event, Every, Figure, IndexResult

_STRIP_MOST = 500  # acts; more cannot be told apart in a strip
_GROUPS = {  # (quad) -> the series of the diverging bars
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}


def brief_figures(acts: Acts) -> tuple[Figure, ...]:
    """The index of a feed or the yearly bars of a chosen record, then the strip of acts by type."""
    inputs = acts.inputs
    figures = []
    if inputs.record_kind == "feed" and inputs.index and inputs.index.rows:
        figures += _index_figure(acts, inputs.index)
    if inputs.record_kind == "chosen" and inputs.description and inputs.description.per_year:
        figures.append(_bars_figure(acts, inputs.description))
    dated = [event for event in inputs.events if counts(event) and _drawable(event)]
    # the acts of a feed's brief are its heaviest: a strip of them would mislead
    if dated and inputs.record_kind == "chosen" and len(dated) <= _STRIP_MOST:
        figures.append(_strip_figure(acts, dated))
    return tuple(figures)


def _bars_figure(acts: Acts, description: DescriptionResult) -> Figure:
    rows: Rows = [
        {"year": year, "group": group, "acts": n}
        for year in range(min(description.per_year), max(description.per_year) + 1)
        for group, n in _grouped(description.per_year.get(year, {})).items()
    ]
    conflict = _peak(rows, "conflict")
    cooperation = _peak(rows, "cooperation")
    first, last = rows[0]["year"], rows[-1]["year"]
    alt = (
        f"Bars of acts per year in this record, {first} to {last}, cooperation upwards and conflict downwards."
        f" Most conflict in {conflict[0]} ({counted(conflict[1], 'act')}), most cooperation in {cooperation[0]}"
        f" ({counted(cooperation[1], 'act')}). A line marks {day_words(acts.inputs.shock)}. Requests are left out."
    )
    title = (
        f"Acts per year: conflict in this record is highest in {conflict[0]} ({number(conflict[1])}),"
        f" cooperation in {cooperation[0]} ({number(cooperation[1])})"
    )
    years = {
        event.event_id: event.report.date_start.year
        for event in acts.inputs.events
        if counts(event) and event.report.date_start
    }
    return Figure("acts-by-year", title, alt, bars_spec(rows, acts.inputs.shock), tuple(years))


def _grouped(by_type: dict[str, int]) -> dict[str, int]:
    words = type_words()
    groups = dict.fromkeys(_GROUPS.values(), 0)
    for kind, n in by_type.items():
        if kind in words and words[kind].group != "request":
            groups[_GROUPS[words[kind].quad]] += n
    return groups


def _peak(rows: Rows, side: str) -> tuple[int, int]:
    """The year with most acts of a side and their number."""
    totals: dict[int, int] = {}
    for row in rows:
        if str(row["group"]).endswith(side):
            year = int(str(row["year"]))
            totals[year] = totals.get(year, 0) + int(str(row["acts"]))
    year = max(totals, key=lambda item: (totals[item], -item))
    return year, totals[year]


def _strip_figure(acts: Acts, events: list[Event]) -> Figure:
    words = type_words()
    a, b = (acts.inputs.name(code) for code in acts.inputs.dyad)
    rows: Rows = [
        {
            "day": _middle(event),
            "when": when_words(event.report),
            "who": _who(acts, event, a, b),
            "kind": words[event.report.event_type or ""].singular,
        }
        for event in events
        if event.report.event_type in words
    ]
    order = [item.singular for item in words.values() if any(row["kind"] == item.singular for row in rows)]
    n_after = sum(acts.side(event) == "after" for event in events)
    alt = (
        f"Each act of the record as a mark by date and type, {counted(len(rows), 'act')}, {n_after} of them from"
        f" {day_words(acts.inputs.shock)} on. Acts known to the month stand in its middle."
    )
    title = f"Every dated act by type and direction: {n_after} of {len(events)} fall on or after the date"
    spec = strip_spec(rows, order, [f"{a} → {b}", f"{b} → {a}", "both"], acts.inputs.shock)
    return Figure("acts-by-type", title, alt, spec, tuple(event.event_id for event in events))


def _who(acts: Acts, event: Event, a: str, b: str) -> str:
    if event.report.symmetric:
        return "both"
    return f"{a} → {b}" if acts.inputs.name(event.report.source_country) == a else f"{b} → {a}"


def _drawable(event: Event) -> bool:
    return event.report.date_start is not None and event.report.date_precision in ("day", "month")


def _middle(event: Event) -> str:
    start, end = event.report.date_start, event.report.date_end
    if start is None or end is None:
        return ""
    return (start + (end - start) / 2).isoformat()


def _index_figure(acts: Acts, index: IndexResult) -> list[Figure]:
    rows = [row for row in index.rows if row.direction == "joint"]
    if not rows:
        return []
    peak = min(rows, key=lambda row: (-(row.conflict_volume.value or 0), row.period))
    breaks = [item for item in acts.inputs.breaks.breaks if item.direction == "joint"] if acts.inputs.breaks else []
    when = _period_words(peak.period, index.every)
    high = f"{number(peak.conflict_volume.value or 0)} acts in the {index.every} of {when}"
    title = f"Conflict between the two is highest at {high}"
    alt = (
        f"Lines of acts of conflict and cooperation per {index.every} with 90% intervals,"
        f" {month_words(rows[0].period)} to {month_words(rows[-1].period)}. Conflict peaks at {high}."
        f" {counted(len(breaks), 'break')} and the date {day_words(acts.inputs.shock)} are marked."
    )
    spec = index_spec(index_rows(index), [item.date for item in breaks], acts.inputs.shock, index.every)
    return [Figure("index", title, alt, spec, ())]


def _period_words(period: date, every: Every) -> str:
    """The first day of a period, no more exactly than the period is long."""
    if every in {"day", "week"}:
        return day_words(period)
    return f"{period:%Y}" if every == "year" else month_words(period)
