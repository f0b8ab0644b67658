"""The figures of a brief: which ones, and what they say in words."""

from datetime import date

from detente.brief.acts import Acts, counts, kind_name
from detente.brief.bars import bars_spec
from detente.brief.charts import index_rows, index_spec
from detente.brief.marks import Rows
from detente.brief.other_figures import map_figure, multiples_figure
from detente.brief.result_figures import network_figure, path_figure, response_figure
from detente.brief.strip import strip_spec
from detente.brief.tables import type_words
from detente.model import DescriptionResult, Event, Every, Figure, IndexResult

_STRIP_MOST = 500  # acts; more cannot be told apart in a strip
_GROUPS = {  # (quad) -> the series of the diverging bars
    1: "verbal_cooperation",
    2: "material_cooperation",
    3: "verbal_conflict",
    4: "material_conflict",
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
    figures += [*path_figure(acts), *response_figure(acts)]
    figures += [*multiples_figure(acts), *map_figure(acts), *network_figure(acts)]
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
    said = {
        "conflict": conflict[0],
        "cooperation": cooperation[0],
        "n_conflict": conflict[1],
        "n_cooperation": cooperation[1],
    }
    alt = acts.say("figure.years_alt", first=first, last=last, shock=acts.inputs.shock, **said)
    title = acts.say("figure.peak_title", **said)
    years = {
        event.event_id: event.report.date_start.year
        for event in acts.inputs.events
        if counts(event) and event.report.date_start
    }
    return Figure("acts-by-year", title, alt, bars_spec(rows, acts.inputs.shock, acts.language), tuple(years))


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
            "when": acts.when(event),
            "who": _who(acts, event, a, b),
            "kind": kind_name(acts.language, event),
        }
        for event in events
        if event.report.event_type in words
    ]
    names = [acts.language.name(kind) for kind in words]
    order = [name for name in names if any(row["kind"] == name for row in rows)]
    n_after = sum(acts.side(event) == "after" for event in events)
    alt = acts.say("figure.strip_alt", n=len(rows), after=n_after, shock=acts.inputs.shock)
    title = acts.say("figure.strip_title", after=n_after, n=len(events))
    who = [f"{a} → {b}", f"{b} → {a}", acts.say("figure.both")]
    spec = strip_spec(rows, order, who, acts.inputs.shock, acts.language)
    return Figure("acts-by-type", title, alt, spec, tuple(event.event_id for event in events))


def _who(acts: Acts, event: Event, a: str, b: str) -> str:
    if event.report.symmetric:
        return acts.say("figure.both")
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
    every = acts.say(f"figure.every_{index.every}")
    when = _period_words(acts, peak.period, index.every)
    high = acts.say("figure.index_high", n=peak.conflict_volume.value or 0, every=every, when=when)
    title = acts.say("figure.index_title", high=high)
    alt = acts.say(
        "figure.index_alt",
        every=every,
        first=rows[0].period,
        last=rows[-1].period,
        high=high,
        n=len(breaks),
        shock=acts.inputs.shock,
    )
    spec = index_spec(index_rows(index), [item.date for item in breaks], acts.inputs.shock, index.every, acts.language)
    return [Figure("index", title, alt, spec, ())]


def _period_words(acts: Acts, period: date, every: Every) -> str:
    """The first day of a period, no more exactly than the period is long."""
    if every in {"day", "week"}:
        return acts.language.day(period)
    return f"{period:%Y}" if every == "year" else acts.language.month(period)
