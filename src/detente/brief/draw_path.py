"""The impact as SVG: what was and what was expected; below, the gap before those of the donors."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from detente.brief.axes import HEAD, INK, LINE, SIZE, Box, Symbol, draw_key, draw_shock, draw_time_axis, draw_value_axis
from detente.brief.drawn import language_of
from detente.brief.elements import element, fixed, rules, words, words_width
from detente.brief.language import Language
from detente.brief.marks import Spec
from detente.brief.path_chart import DrawnPath, path_drawn
from detente.brief.scales import Scale, day_scale, time_ticks, value_ticks

_HEIGHT: Final = 200.0  # of the upper panel
_LOWER: Final = 150.0
_ACTUAL: Final = "var(--vermilion)"
_EXPECTED: Final = "var(--blue)"

Values = Sequence[float | None]


def draw_path(spec: Spec, width: float) -> tuple[str, float]:
    """Two panels over one axis of time.

    Args:
        spec: Of `path_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    chart, own = path_drawn(spec), language_of(spec)
    first, last = chart.points[0].period, chart.points[-1].period
    key, below = _key(own, width)
    upper = [value for point in chart.points for value in (point.actual, point.counterfactual, point.low, point.high)]
    lower = [*_gaps(chart), *(gap for gaps in chart.placebos for gap in gaps)]
    up, down = (_ticks(values) for values in (upper, lower))
    left = max(words_width(own.number(abs(tick)), SIZE) for tick in (*up, *down)) + 14
    top = below + LINE + HEAD + 10
    box = Box(left, width - 6, top, top + _HEIGHT)
    gap_box = Box(left, width - 6, box.bottom + 2 * LINE + 8, box.bottom + 2 * LINE + 8 + _LOWER)
    days = day_scale(min(first, chart.shock), max(last, chart.shock), box.left, box.right)
    ticks = time_ticks(min(first, chart.shock), max(last, chart.shock) + timedelta(days=1), int(width / 56), own)
    parts = [key, _upper(chart, box, up, days, own), _lower(chart, gap_box, down, days, own)]
    parts.append(draw_time_axis(gap_box, days, ticks))
    return "".join(parts), gap_box.bottom + (39 if any(tick.year for tick in ticks) else 24)


def _key(language: Language, width: float) -> tuple[str, float]:
    entries: list[tuple[Symbol | None, str]] = [
        (_stroke(_ACTUAL, None), language.say("figure.actual")),
        (_stroke(_EXPECTED, "6 3"), language.say("figure.expected_key")),
    ]
    return draw_key(entries, 0, width, SIZE)


def _stroke(colour: str, dashes: str | None) -> Symbol:
    return lambda x, y: element(
        "path", d=f"M{fixed(x)} {fixed(y)}h14", stroke=colour, stroke_width=2, stroke_dasharray=dashes
    )


def _ticks(values: Values) -> list[float]:
    known = [value for value in values if value is not None]
    return value_ticks(min([0.0, *known]), max([1.0, *known]), 6)


def _gaps(chart: DrawnPath) -> list[float | None]:
    return [
        None if point.actual is None or point.counterfactual is None else point.actual - point.counterfactual
        for point in chart.points
    ]


def _upper(chart: DrawnPath, box: Box, ticks: list[float], days: Scale, language: Language) -> str:
    up = Scale(ticks[0], ticks[-1], box.bottom, box.top)
    places = [days.at_day(point.period) for point in chart.points]
    known = [
        (x, point.low, point.high)
        for x, point in zip(places, chart.points, strict=True)
        if point.low is not None and point.high is not None
    ]
    edge = [f"{fixed(x)} {fixed(up.at(high))}" for x, _, high in known]
    edge += [f"{fixed(x)} {fixed(up.at(low))}" for x, low, _ in reversed(known)]
    band = element("path", d=f"M{'L'.join(edge)}Z", fill=_EXPECTED, fill_opacity="0.18") if known else ""
    expected = _line(places, [point.counterfactual for point in chart.points], up, _EXPECTED, 1.8, "6 3")
    actual = _line(places, [point.actual for point in chart.points], up, _ACTUAL, 2.0)
    shock = draw_shock(box, days.at_day(chart.shock), chart.shock, language)
    return draw_value_axis(box, up, ticks, language) + band + shock + expected + actual


def _lower(chart: DrawnPath, box: Box, ticks: list[float], days: Scale, language: Language) -> str:
    up = Scale(ticks[0], ticks[-1], box.bottom, box.top)
    places = [days.at_day(point.period) for point in chart.points]
    behind = "".join(_line(places, gaps, up, "var(--quiet)", 0.8, opacity="0.35") for gaps in chart.placebos)
    labels = "".join(words(box.left - 6, up.at(t) + 4, language.number(t), anchor="end") for t in ticks)
    grid = rules([(box.left, up.at(tick), box.right, up.at(tick)) for tick in ticks], faint=True)
    zero = rules([(box.left, up.at(0), box.right, up.at(0))], INK)
    title = words(0, box.top - 8, language.say("figure.gap_key" if chart.placebos else "figure.gap"))
    x = days.at_day(chart.shock)
    mark = f"M{fixed(x)} {fixed(box.top)}V{fixed(box.bottom)}"
    dashed = element("path", d=mark, stroke=INK, stroke_width=1.3, stroke_dasharray="4 3")
    return title + grid + labels + behind + zero + dashed + _line(places, _gaps(chart), up, _ACTUAL, 2.0)


def _line(
    places: Sequence[float],
    values: Values,
    up: Scale,
    colour: str,
    thick: float,
    dashes: str | None = None,
    *,
    opacity: str | None = None,
) -> str:
    """A line with gaps where nothing is known."""
    path, pen = "", "M"
    for x, value in zip(places, values, strict=True):
        if value is None:
            pen = "M"
            continue
        path += f"{pen}{fixed(x)} {fixed(up.at(value))}"
        pen = "L"
    return element(
        "path",
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=thick,
        stroke_linejoin="round",
        stroke_dasharray=dashes,
        stroke_opacity=opacity,
    )
