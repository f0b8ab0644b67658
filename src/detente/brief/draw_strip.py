"""The strip of acts as SVG: a mark an act, by date and type."""

from datetime import date
from typing import Final

from detente.brief.axes import HEAD, INK, LINE, QUIET, SIZE, Box, Symbol, draw_key, draw_shock, draw_time_axis
from detente.brief.drawn import DrawnStrip, language_of, strip_drawn
from detente.brief.elements import element, fixed, rules, words, words_width
from detente.brief.language import Language
from detente.brief.marks import Spec
from detente.brief.scales import Scale, day_scale, time_ticks

_MARK: Final = 9.0  # height of a mark above or below its line
_ROUND: Final = 3.2  # radius of the mark of an act of both
_COLOURS: Final = ("var(--blue)", "var(--vermilion)", INK)  # a to b, b to a, both
_BESIDE: Final = 500.0  # from this width on the types stand beside their lines, else above them


def draw_strip(spec: Spec, width: float) -> tuple[str, float]:
    """A mark an act: above the line of its type, below it or a ring on it, by direction.

    Args:
        spec: Of `strip_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    chart, own = strip_drawn(spec), language_of(spec)
    beside = width >= _BESIDE
    step = 26.0 if beside else 42.0
    entries: list[tuple[Symbol | None, str]] = [(_symbol(n), name) for n, name in enumerate(chart.who)]
    key, below = draw_key(entries, 0, width, SIZE)
    room = max(words_width(own.number(len(chart.marks)), SIZE), words_width(own.say("figure.acts"), SIZE)) + 4
    left = max(words_width(kind, SIZE) for kind in chart.kinds) + 10 if beside else 0.0
    top = below + LINE + HEAD + 10
    box = Box(left, width - room, top, top + step * len(chart.kinds) + 4)
    first, last = _span(chart)
    days = day_scale(first, last, box.left + 6, box.right - 6)
    ticks = time_ticks(first, last, int((box.right - box.left) / 48), own)
    parts = [key, words(width, box.top - HEAD, own.say("figure.acts"), anchor="end", colour=QUIET)]
    grid = [(days.at_day(tick.day), box.top, days.at_day(tick.day), box.bottom) for tick in ticks]
    parts.append(rules(grid, faint=True))
    if chart.shock:
        parts.append(draw_shock(box, days.at_day(chart.shock), chart.shock, own))
    for n, kind in enumerate(chart.kinds):
        y = box.top + (n + 0.5) * step if beside else box.top + (n + 1) * step - _MARK - 2
        parts.append(_row(chart, kind, y, box, width, own, beside=beside))
        parts += [_marks(chart, kind, days, y, direction) for direction in range(len(chart.who))]
    parts.append(draw_time_axis(box, days, ticks))
    return "".join(parts), box.bottom + (39 if any(tick.year for tick in ticks) else 24)


def _span(chart: DrawnStrip) -> tuple[date, date]:
    days = [mark.day for mark in chart.marks] + ([chart.shock] if chart.shock else [])
    return min(days), max(days)


def _row(chart: DrawnStrip, kind: str, y: float, box: Box, width: float, language: Language, *, beside: bool) -> str:
    n = sum(mark.kind == kind for mark in chart.marks)
    name = words(box.left - 8, y + 4, kind, anchor="end") if beside else words(0, y - _MARK - 6, kind)
    return (
        rules([(box.left, y, box.right, y)], faint=True)
        + name
        + words(width, y + 4, language.number(n), anchor="end", colour=QUIET)
    )


def _marks(chart: DrawnStrip, kind: str, days: Scale, y: float, direction: int) -> str:
    """The acts of one type and direction in one path, in order of date."""
    own = sorted(mark.day for mark in chart.marks if mark.kind == kind and mark.who == chart.who[direction])
    return _path([days.at_day(day) for day in own], y, direction)


def _path(places: list[float], y: float, direction: int) -> str:
    if not places:
        return ""
    r = fixed(_ROUND)
    ring = f"m-{r} 0a{r} {r} 0 1 0 {fixed(2 * _ROUND)} 0a{r} {r} 0 1 0 -{fixed(2 * _ROUND)} 0"
    shape = (f"v-{fixed(_MARK)}", f"v{fixed(_MARK)}", ring)[direction]
    start = y + (-1, 1, 0)[direction]
    path = "".join(f"M{fixed(x)} {fixed(start)}{shape}" for x in places)
    return element("path", d=path, fill="none", stroke=_COLOURS[direction], stroke_width=1.3 if direction == 2 else 2)


def _symbol(direction: int) -> Symbol:
    """A mark on a short piece of line."""
    return lambda x, y: rules([(x, y, x + 12, y)]) + _path([x + 6], y, direction)
