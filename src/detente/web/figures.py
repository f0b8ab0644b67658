"""The figures of a page: the brief's own drawings, from the objects that the page shows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from markupsafe import Markup

from detente.brief.bars import bars_spec
from detente.brief.charts import index_spec
from detente.brief.layout import figure_table
from detente.brief.marks import Rows, Spec
from detente.brief.strip import strip_spec
from detente.brief.svg import draw_figure
from detente.brief.tables import type_words
from detente.brief.wording import counted, day_words, month_words, number
from detente.model import Figure

_GROUPS: Final = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
_TABLE: Final = 240  # rows of the data behind a figure that the page itself shows


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure ready for the page; `left_out` counts rows of its data that only the twin has."""

    figure: Figure
    wide: Markup
    narrow: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int


def draw_index(
    found: Mapping[str, Any], names: Sequence[str], *, breaks: Sequence[str] = (), shock: date | None = None
) -> Drawing | None:
    """The index of an answer of `index`: conflict and cooperation over time; None where it has no period.

    Args:
        found: The answer's object.
        names: Of the two sides.
        breaks: Days of breaks to mark.
        shock: A day to mark.
    """
    joint = [row for row in found["rows"] if row["direction"] == "joint"]
    if not joint:
        return None
    every = str(found["every"])
    rows: Rows = [
        {"period": row["period"], "series": series, **row[f"{series}_volume"]}
        for row in joint
        for series in ("conflict", "cooperation")
    ]
    peak = max(joint, key=lambda row: (row["conflict_volume"]["value"] or 0, row["period"]))
    when = _period_words(date.fromisoformat(peak["period"]), every)
    high = f"{number(peak['conflict_volume']['value'] or 0)} acts in the {every} of {when}"
    marked = [date.fromisoformat(day) for day in breaks]
    alt = (
        f"Lines of acts of conflict and cooperation per {every} between {' and '.join(names)} with 90% intervals, "
        f"{joint[0]['period']} to {joint[-1]['period']}. Conflict peaks at {high}."
        + (f" {counted(len(marked), 'break')} marked." if marked else "")
        + (f" A line marks {day_words(shock)}." if shock else "")
    )
    spec = index_spec(rows, marked, shock, every)
    return _drawn(Figure("index", f"Conflict between the two is highest at {high}", alt, spec))


def draw_years(years: Sequence[Mapping[str, Any]], shock: date | None = None) -> Drawing | None:
    """Diverging bars of acts per year; None where no act is dated."""
    counts: dict[tuple[int, str], int] = defaultdict(int)
    for row in years:
        if row["year"] is not None and row["event_type"] != "REQUEST" and row["quad"] in _GROUPS:
            counts[row["year"], _GROUPS[row["quad"]]] += row["n"]
    if not counts:
        return None
    first, last = min(year for year, _ in counts), max(year for year, _ in counts)
    rows: Rows = [
        {"year": year, "group": group, "acts": counts[year, group]}
        for year in range(first, last + 1)
        for group in _GROUPS.values()
    ]
    most = {side: _peak(counts, side) for side in ("conflict", "cooperation")}
    said = ", ".join(f"most {side} in {year} ({number(n)})" for side, (year, n) in most.items())
    title = f"Acts per year: {said}"
    alt = (
        f"Bars of acts per year, {first} to {last}, cooperation upwards, conflict downwards; {said}. Requests left out."
    )
    spec = bars_spec(rows, shock or date(first, 1, 1))
    return _drawn(Figure("acts-by-year", title, alt, spec if shock else _without_shock(spec)))


def draw_acts(
    acts: Sequence[Mapping[str, Any]], dyad: Sequence[str], names: Sequence[str], shock: date | None = None
) -> Drawing | None:
    """Each act as a mark by date and type; None where there is none to tell apart."""
    words = type_words()
    a, b = names
    who = [f"{a} → {b}", f"{b} → {a}", "both"]
    forward = ">".join(dyad)
    rows: Rows = []
    for act in acts:
        if act["event_type"] in words:
            start, end = date.fromisoformat(act["date_start"]), date.fromisoformat(act["date_end"])
            direction = 2 if act["symmetric"] else int(act["direction"] != forward)
            when = day_words(start) if start == end else month_words(start)
            kind = words[act["event_type"]].singular
            middle = (start + (end - start) / 2).isoformat()
            rows.append({"day": middle, "when": when, "who": who[direction], "kind": kind})
    if not rows:
        return None
    order = [item.singular for item in words.values() if any(row["kind"] == item.singular for row in rows)]
    said = f"above the line {who[0]}, below {who[1]}"
    alt = f"Each dated act as a mark by date and type, {counted(len(rows), 'act')}; {said}."
    spec = strip_spec(rows, order, who, shock or date.fromisoformat(str(rows[0]["day"])))
    title = f"Every dated act by type and direction: {counted(len(rows), 'act')}"
    return _drawn(Figure("acts-by-type", title, alt, spec if shock else _without_shock(spec)))


def _drawn(figure: Figure) -> Drawing:
    columns, rows = figure_table(figure)
    wide, narrow = draw_figure(figure), draw_figure(figure, narrow=True)
    shown = tuple(islice(rows, _TABLE))
    # the drawing escapes the text inside its marks itself
    return Drawing(figure, Markup(wide), Markup(narrow), columns, shown, len(rows) - len(shown))  # noqa: S704


def _without_shock(spec: Spec) -> Spec:
    held: Any = spec
    layers = [
        layer for layer in held["layer"] if not any("shock" in row for row in layer.get("data", {}).get("values", ()))
    ]
    return {**spec, "layer": layers}


def _peak(counts: Mapping[tuple[int, str], int], side: str) -> tuple[int, int]:
    totals: dict[int, int] = defaultdict(int)
    for (year, group), n in counts.items():
        totals[year] += n if group.endswith(side) else 0
    year = max(totals, key=lambda item: (totals[item], -item))
    return year, totals[year]


def _period_words(period: date, every: str) -> str:
    if every in {"day", "week"}:
        return day_words(period)
    return str(period.year) if every == "year" else month_words(period)
