"""Small multiples as SVG: a panel a relation, the same axes on each, the date as a dashed line."""

from datetime import date, timedelta
from typing import Final

from detente.brief.axes import INK, LINE, QUIET, SIZE, draw_key
from detente.brief.drawn import language_of
from detente.brief.elements import element, fixed, rules, words, words_width
from detente.brief.language import Language
from detente.brief.marks import Spec
from detente.brief.multiples_chart import SharePoint, multiples_drawn, step_days
from detente.brief.scales import Scale, day_scale

_HEIGHT: Final = 84.0
_GAP: Final = 22.0  # between two panels side by side
_TICKS: Final = (0.0, 0.5, 1.0)


def draw_multiples(spec: Spec, width: float) -> tuple[str, float]:
    """The share of conflict of each relation around the date, with its 90 % interval.

    Args:
        spec: Of `multiples_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    drawn, own = multiples_drawn(spec), language_of(spec)
    columns = 3 if width > 500 else 2
    left = max(words_width(own.percent(tick), SIZE) for tick in _TICKS) + 6
    panel = (width - left - (columns - 1) * _GAP) / columns
    days = [point.period for *_, points in drawn.panels for point in points]
    first, last = min(days), max(days) + timedelta(days=step_days(spec) - 1)
    key, below = draw_key([(None, own.say("figure.share")), (None, own.say("figure.multiples_key"))], 0, width, SIZE)
    parts = [key]
    row_height = LINE + _HEIGHT + 34
    for number, (name, short, is_own, points) in enumerate(drawn.panels):
        row, column = divmod(number, columns)
        x, top = left + column * (panel + _GAP), below + 1.5 * LINE + row * row_height
        across = day_scale(first, last, x, x + panel)
        up = Scale(0, 1, top + _HEIGHT, top)
        parts.append(
            words(x, top - 6, name if words_width(name, SIZE, strong=is_own) <= panel else short, strong=is_own)
        )
        parts.append(_axes(x, x + panel, up, own, labelled=column == 0))
        parts.append(_dates(across, first, last, top + _HEIGHT + 16, own))
        parts.append(_line(points, across, up, step_days(spec), own=is_own))
        place = across.at_day(drawn.shock)
        path = f"M{fixed(place)} {fixed(top)}V{fixed(top + _HEIGHT)}"
        parts.append(element("path", d=path, stroke=INK, stroke_width=1.2, stroke_dasharray="4 3"))
    rows = -(-len(drawn.panels) // columns)
    return "".join(parts), below + 1.5 * LINE + rows * row_height - 12


def _axes(left: float, right: float, up: Scale, language: Language, *, labelled: bool) -> str:
    lines = rules([(left, up.at(tick), right, up.at(tick)) for tick in _TICKS[1:]], faint=True)
    base = rules([(left, up.at(0), right, up.at(0))], INK)
    texts = [words(left - 6, up.at(tick) + 4, language.percent(tick), anchor="end") for tick in _TICKS]
    return lines + base + ("".join(texts) if labelled else "")


def _dates(across: Scale, first: date, last: date, y: float, language: Language) -> str:
    """The first and the last month or, where the panel is narrow, year."""
    whole = [f"{language.short_month(day)} {day.year}" for day in (first, last)]
    room = across.end - across.start
    texts = whole if sum(words_width(text, SIZE) for text in whole) + 6 < room else [str(first.year), str(last.year)]
    return words(across.start, y, texts[0], colour=QUIET) + words(across.end, y, texts[1], anchor="end", colour=QUIET)


def _line(points: tuple[SharePoint, ...], across: Scale, up: Scale, step: int, *, own: bool) -> str:
    """The line and its interval; that of the pair asked about is thicker and its own colour."""
    colour = "var(--vermilion)" if own else "var(--blue)"
    parts = []
    for run in _runs(points):
        places = [across.at_day(point.period + timedelta(days=step // 2)) for point in run]
        upper = [f"{fixed(x)} {fixed(up.at(point.high or 0))}" for x, point in zip(places, run, strict=True)]
        lower = [f"{fixed(x)} {fixed(up.at(point.low or 0))}" for x, point in zip(places, run, strict=True)]
        middle = [f"{fixed(x)} {fixed(up.at(point.value or 0))}" for x, point in zip(places, run, strict=True)]
        if len(run) == 1:
            x, y = (float(number) for number in middle[0].split())
            parts.append(element("circle", cx=x, cy=y, r=2, fill=colour))
            continue
        band = f"M{'L'.join([*upper, *reversed(lower)])}Z"
        parts.append(element("path", d=band, fill=colour, fill_opacity="0.18"))
        parts.append(
            element("path", d=f"M{'L'.join(middle)}", fill="none", stroke=colour, stroke_width=2 if own else 1.2)
        )
    return "".join(parts)


def _runs(points: tuple[SharePoint, ...]) -> list[list[SharePoint]]:
    """The periods in stretches without a gap."""
    runs: list[list[SharePoint]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]
