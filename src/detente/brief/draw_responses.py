"""Responses as SVG: a dot with its interval for each, full where it is clear, hollow where it is not."""

from typing import Final

from detente.brief.axes import INK, LINE, QUIET, SIZE
from detente.brief.drawn import language_of
from detente.brief.elements import element, fixed, rules, words
from detente.brief.marks import Spec
from detente.brief.responses_chart import DrawnResponse, responses_drawn
from detente.brief.scales import Scale

_ROW: Final = 42.0  # a line of words and the interval below it
_COLOURS: Final = ("var(--blue)", "var(--vermilion)")


def draw_responses(spec: Spec, width: float) -> tuple[str, float]:
    """An interval each, its words above it, its number at the right end.

    Args:
        spec: Of `responses_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    rows, own = responses_drawn(spec), language_of(spec)
    top = 2 * LINE
    bottom = top + _ROW * len(rows)
    low, high = min(0.0, *(row.low for row in rows)), max(0.0, *(row.high for row in rows))
    room = (high - low) * 0.04 or 1.0
    across = Scale(low - room, high + room, 4, width - 60)
    zero = across.at(0)
    parts = [words(0, SIZE, own.say("figure.response_axis"))]
    dashed = f"M{fixed(zero)} {fixed(top - 4)}V{fixed(bottom)}"
    parts.append(element("path", d=dashed, stroke=INK, stroke_width=1.2, stroke_dasharray="4 3"))
    parts.append(words(zero, bottom + SIZE + 4, "0", anchor="middle", colour=QUIET))
    for n, row in enumerate(rows):
        y = top + n * _ROW
        parts += [words(0, y + SIZE, row.label), _interval(row, across, y + SIZE + 13)]
        parts.append(words(width, y + SIZE + 17, own.signed(row.value), anchor="end"))
    return "".join(parts), bottom + SIZE + 10


def _interval(row: DrawnResponse, across: Scale, y: float) -> str:
    colour = _COLOURS[row.side]
    span = rules([(across.at(row.low), y, across.at(row.high), y)], colour)
    ends = rules([(across.at(end), y - 4, across.at(end), y + 4) for end in (row.low, row.high)], colour)
    fill = colour if row.clear else "var(--paper)"
    dot = element("circle", cx=across.at(row.value), cy=y, r=4.2, fill=fill, stroke=colour, stroke_width=1.8)
    return span + ends + dot
