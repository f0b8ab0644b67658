"""The index as SVG: lines with their intervals, breaks and the shock."""

from datetime import date, timedelta
from typing import Final

from detente.brief.axes import HEAD, INK, LINE, SIZE, Box, Symbol, draw_key, draw_shock, draw_time_axis, draw_value_axis
from detente.brief.drawn import DrawnIndex, IndexPoint, index_drawn, language_of
from detente.brief.elements import element, fixed, words, words_width
from detente.brief.language import Language
from detente.brief.marks import STEP_DAYS, Spec
from detente.brief.scales import Scale, day_scale, time_ticks, value_ticks

_HEIGHT: Final = 270.0
_LOOKS: Final = {"conflict": ("var(--vermilion)", None), "cooperation": ("var(--blue)", "6 3")}  # colour, dashes

_DENSE: Final = 3.0  # units between two periods, below which a thick line would fill the area

Run = list[tuple[float, IndexPoint]]  # points without a gap, each with its place from left to right


def draw_index(spec: Spec, width: float) -> tuple[str, float]:
    """Conflict and cooperation over time, each with its name at the end of its line.

    A period stands at its middle, so that a shock within it is not drawn after it.

    Args:
        spec: Of `index_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    chart, own = index_drawn(spec), language_of(spec)
    key, below = _key(chart, width, own)
    ticks = value_ticks(*_range(chart))
    top = below + LINE + HEAD + 10
    left = max(words_width(own.number(abs(tick)), SIZE) for tick in ticks) + 8
    right = width - max(words_width(own.say(f"figure.{name}"), SIZE, strong=True) for name in _LOOKS) - 8
    box = Box(left, right, top, top + _HEIGHT)
    up = Scale(ticks[0], ticks[-1], box.bottom, box.top)
    first, last = _span(chart)
    days = day_scale(first, last, box.left, box.right)
    dates = time_ticks(first, last + timedelta(days=1), int((box.right - box.left) / 48), own)
    runs = {name: _runs(chart, name, days) for name in _LOOKS}
    parts = [key, draw_value_axis(box, up, ticks, own), draw_time_axis(box, days, dates)]
    parts += [_band(run, up, *_LOOKS[name]) for name in _LOOKS for run in runs[name]]
    if chart.shock:
        parts.append(draw_shock(box, days.at_day(chart.shock), chart.shock, own))
    parts += [_line(run, up, *_LOOKS[name]) for name in _LOOKS for run in runs[name]]
    parts += [_triangle(days.at_day(day), box.top + 4) for day in sorted(set(chart.breaks))]
    parts.append(_names(runs, up, box, own))
    return "".join(parts), box.bottom + (39 if any(tick.year for tick in dates) else 24)


def _key(chart: DrawnIndex, width: float, language: Language) -> tuple[str, float]:
    entries: list[tuple[Symbol | None, str]] = [
        (None, language.say("figure.per", every=language.say(f"figure.every_{chart.every}")))
    ]
    if chart.breaks:
        entries.append((lambda x, y: _triangle(x + 6, y), language.say("figure.break")))
    return draw_key(entries, 0, width, SIZE)


def _range(chart: DrawnIndex) -> tuple[float, float]:
    known = [n for point in chart.points for n in (point.value, point.low, point.high) if n is not None]
    return min([0.0, *known]), max([1.0, *known])


def _span(chart: DrawnIndex) -> tuple[date, date]:
    """The first and the last day that any period or the shock covers."""
    periods = [point.period for point in chart.points]
    days = [min(periods), _end(max(periods), chart.every)]
    days += [chart.shock] if chart.shock else []
    return min(days), max(days)


def _end(period: date, every: str) -> date:
    """The last day of a period."""
    later = period + timedelta(days=STEP_DAYS[every])
    if every == "year":
        later = later.replace(month=1, day=1)
    elif every in {"month", "quarter"}:
        later = later.replace(day=1)
    return later - timedelta(days=1)


def _runs(chart: DrawnIndex, series: str, days: Scale) -> list[Run]:
    runs: list[Run] = [[]]
    for point in (point for point in chart.points if point.series == series):
        if point.value is None:
            runs.append([])
            continue
        middle = (days.at_day(point.period) + days.at_day(_end(point.period, chart.every) + timedelta(days=1))) / 2
        runs[-1].append((middle, point))
    return [run for run in runs if run]


def _band(run: Run, up: Scale, colour: str, _: str | None) -> str:
    """The interval of a run; a period without one on either side stands as a bar."""
    known = [(x, point.low, point.high) for x, point in run if point.low is not None and point.high is not None]
    if len(known) == 1:
        x, low, high = known[0]
        bar = f"M{fixed(x)} {fixed(up.at(low))}V{fixed(up.at(high))}"
        return element("path", d=bar, stroke=colour, stroke_width=5, stroke_opacity="0.25")
    upper = [f"{fixed(x)} {fixed(up.at(high))}" for x, _low, high in known]
    lower = [f"{fixed(x)} {fixed(up.at(low))}" for x, low, _high in reversed(known)]
    return element("path", d=f"M{'L'.join(upper + lower)}Z", fill=colour, fill_opacity="0.18") if known else ""


def _line(run: Run, up: Scale, colour: str, dashes: str | None) -> str:
    """The line of a run; a period alone between two gaps is a dot."""
    places = [f"{fixed(x)} {fixed(up.at(point.value or 0))}" for x, point in run]
    if len(run) == 1:
        x, y = places[0].split()
        return element("circle", cx=float(x), cy=float(y), r=2.6, fill=colour)
    return element(
        "path",
        d=f"M{'L'.join(places)}",
        fill="none",
        stroke=colour,
        stroke_width=2 if run[1][0] - run[0][0] >= _DENSE else 1.2,
        stroke_linejoin="round",
        stroke_dasharray=dashes,
    )


def _triangle(x: float, y: float) -> str:
    """A break, pointing down."""
    return element("path", d=f"M{fixed(x - 5)} {fixed(y - 4)}h10l-5 8z", fill=INK)


def _names(runs: dict[str, list[Run]], up: Scale, box: Box, language: Language) -> str:
    """The name of each line at its last point, kept apart where they end close together."""
    ends = sorted((up.at(own[-1][-1][1].value or 0), name) for name, own in runs.items() if own)
    places = [y for y, _ in ends]
    if len(places) == 2 and places[1] - places[0] < SIZE + 3:
        middle = min(sum(places) / 2, box.bottom - SIZE)
        places = [middle - (SIZE + 3) / 2, middle + (SIZE + 3) / 2]
    return "".join(
        words(box.right + 6, y + 4, language.say(f"figure.{name}"), colour=_LOOKS[name][0], strong=True)
        for y, (_, name) in zip(places, ends, strict=True)
    )
