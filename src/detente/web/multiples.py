"""Small multiples: the same outcome of several pairs, a panel each, all on one scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from markupsafe import Markup

from detente.brief.axes import INK, QUIET, SIZE
from detente.brief.elements import element, fixed, rules, words, words_width
from detente.brief.marks import STEP_DAYS
from detente.brief.scales import Scale, day_scale, time_ticks, value_ticks
from detente.brief.svg import NARROW, WIDE, framed
from detente.brief.tables import outcome
from detente.brief.wording import counted, day_words, number, shortened, signed
from detente.model import Figure
from detente.web.figures import Drawing

_HEIGHT: Final = 96.0  # of a panel's area
_ABOVE: Final = 24.0  # its name
_BELOW: Final = 26.0  # its dates
_GAP: Final = 22.0
_SHOWN: Final = 240  # rows of the data behind the figure; the twin has all
_COLOUR: Final = "var(--blue)"

Points = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Panel:
    """A pair's panel: its name, what moved, and its points."""

    name: str
    told: str
    points: Points


def draw_multiples(found: Mapping[str, Any], names: Mapping[str, str], most: int) -> Drawing | None:
    """The series of an answer of `compare`; None where no point can be told or there are too many.

    Args:
        found: The answer's object.
        names: English names by code.
        most: Most periods of a panel.
    """
    panels = [_panel(pair, found, names) for pair in found["pairs"]]
    known = [point for panel in panels for point in panel.points if point["value"] is not None]
    if not known or max(len(panel.points) for panel in panels) > most:
        return None
    said = str(outcome(found["outcome"]).words)
    told = [panel for panel, pair in zip(panels, found["pairs"], strict=True) if pair["rank"] == 1]
    since = day_words(date.fromisoformat(found["at"]))
    moved = f": {told[0].name} moved most since {since} ({told[0].told})" if told else ""
    title = f"{said[0].upper()}{said[1:]} of {counted(len(panels), 'relation')} on one scale{moved}"
    alt = (
        f"{counted(len(panels), 'panel')}, one a pair, of {said} per {found['every']} with 90% intervals, on one "
        f"scale; a dashed line marks {since}. " + "; ".join(f"{panel.name}: {panel.told}" for panel in panels) + "."
    )
    columns = ("pair", "period", "value", "low", "high", "n")
    rows = tuple(
        (panel.name, point["period"], *(_cell(point[key]) for key in ("value", "low", "high")), str(point["n"]))
        for panel in panels
        for point in panel.points
    )
    day, every = date.fromisoformat(found["at"]), found["every"]
    figure, shown = Figure("multiples", title, alt, {}), rows[:_SHOWN]
    wide, narrow = (
        _drawn(panels, known, day, every, width, figure, name)
        for width, name in ((WIDE, "multiples-wide"), (NARROW, "multiples-narrow"))
    )
    # the drawing escapes the text inside its marks itself
    return Drawing(figure, Markup(wide), Markup(narrow), columns, shown, len(rows) - len(shown))  # noqa: S704


def _panel(pair: Mapping[str, Any], found: Mapping[str, Any], names: Mapping[str, str]) -> _Panel:
    a, b = pair["dyad"]
    points = [{**point, **point["estimate"]} for point in found["points"] if list(point["dyad"]) == [a, b]]
    change = pair["change"]
    told = "cannot be told"
    if change["value"] is not None:
        bounds = "" if change["low"] is None else f", {signed(change['low'])} to {signed(change['high'])}"
        told = f"{signed(change['value'])}{bounds}"
    return _Panel(names.get(b, b), told, points)


def _drawn(
    panels: Sequence[_Panel], known: Points, at: date, every: str, width: float, figure: Figure, name: str
) -> str:
    across = 3 if width > NARROW else 1
    low = min([0.0, *(point["value"] if point["low"] is None else point["low"] for point in known)])
    high = max(point["value"] if point["high"] is None else point["high"] for point in known)
    low, high = (low, high) if high > low else (low, low + 1)
    ticks = value_ticks(low, high, 5, finest=-2)
    edge = max(words_width(number(tick), SIZE) for tick in ticks) + 8
    own = (width - edge - (across - 1) * _GAP) / across
    days = [date.fromisoformat(point["period"]) for point in known]
    span = min(days), max(days) + timedelta(days=STEP_DAYS[every] - 1)
    parts = []
    for place, panel in enumerate(panels):
        row, column = divmod(place, across)
        left = edge + column * (own + _GAP)
        top = row * (_ABOVE + _HEIGHT + _BELOW) + _ABOVE
        across_scale = day_scale(*span, left, left + own)
        up = Scale(min(low, ticks[0]), max(high, ticks[-1]), top + _HEIGHT, top)
        parts.append(_drawn_panel(panel, across_scale, up, ticks, at, every, labelled=column == 0))
    height = -(-len(panels) // across) * (_ABOVE + _HEIGHT + _BELOW)
    return framed(name, figure, "".join(parts), width, height)


def _drawn_panel(
    panel: _Panel, across: Scale, up: Scale, ticks: list[float], at: date, every: str, *, labelled: bool
) -> str:
    left, right, bottom, top = across.start, across.end, up.start, up.end
    shown = panel.name
    while words_width(shown, SIZE, strong=True) > right - left and len(shown) > 4:
        shown = shortened(shown, len(shown) - 1)
    parts = [words(left, top - 10, shown, strong=True)]
    parts.append(rules([(left, up.at(tick), right, up.at(tick)) for tick in ticks], faint=True))
    if labelled:
        parts += [words(left - 6, up.at(tick) + 4, number(tick), anchor="end", colour=QUIET) for tick in ticks]
    first, last = date.fromordinal(int(across.low)), date.fromordinal(int(across.high))
    dates = time_ticks(first, last, max(2, int((right - left) / 62)))
    parts.append(rules([(left, bottom, right, bottom)], INK))
    named = [(tick.day, f"{tick.label} {tick.year}".strip()) for tick in dates]
    parts += [words(across.at_day(day), bottom + 16, label, anchor="middle") for day, label in named]
    if first <= at <= last:
        x = fixed(across.at_day(at))
        line = element("path", d=f"M{x} {fixed(top)}V{fixed(bottom)}", stroke=INK, stroke_dasharray="4 3")
        parts.append(line)
    parts += [_run(run, across, up, STEP_DAYS[every] / 2) for run in _runs(panel.points)]
    return "".join(parts)


def _runs(points: Points) -> list[list[Mapping[str, Any]]]:
    runs: list[list[Mapping[str, Any]]] = [[]]
    for point in sorted(points, key=lambda item: item["period"]):
        if point["value"] is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _run(run: list[Mapping[str, Any]], across: Scale, up: Scale, half: float) -> str:
    places = [(across.at(date.fromisoformat(point["period"]).toordinal() + half), point) for point in run]
    known = [(x, point) for x, point in places if point["low"] is not None]
    upper = [f"{fixed(x)} {fixed(up.at(point['high']))}" for x, point in known]
    lower = [f"{fixed(x)} {fixed(up.at(point['low']))}" for x, point in reversed(known)]
    band = (
        element("path", d=f"M{'L'.join(upper + lower)}Z", fill=_COLOUR, fill_opacity="0.18") if len(known) > 1 else ""
    )
    line = [f"{fixed(x)} {fixed(up.at(point['value']))}" for x, point in places]
    if len(line) == 1:
        x, y = line[0].split()
        return band + element("circle", cx=float(x), cy=float(y), r=2.2, fill=_COLOUR)
    return band + element("path", d=f"M{'L'.join(line)}", fill="none", stroke=_COLOUR, stroke_width=1.3)


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
