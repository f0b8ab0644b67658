"""The network of other relations as SVG: the two sides, the others between them, a line for each relation."""

from typing import Final

from detente.brief.axes import LINE, QUIET, SIZE
from detente.brief.drawn import language_of
from detente.brief.elements import element, fixed, words, words_width
from detente.brief.marks import Spec
from detente.brief.network_chart import DrawnTie, network_drawn

_STEP: Final = 40.0  # from one other to the next
_THICKEST: Final = 9.0


def draw_network(spec: Spec, width: float) -> tuple[str, float]:
    """A line a relation, as thick as it has acts after the date; dashed where it has fewer than before.

    Args:
        spec: Of `network_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    sides, ties = network_drawn(spec)
    own = language_of(spec)
    others = list(dict.fromkeys(tie.other for tie in ties))
    top = 2 * LINE + 12
    bottom = top + _STEP * len(others)
    rooms = [words_width(name, SIZE, strong=True) + 10 for name in sides]
    ends = (rooms[0], width - rooms[1])
    middle = (top + bottom) / 2
    places = {other: top + (n + 0.5) * _STEP for n, other in enumerate(others)}
    half = max(words_width(other, SIZE) for other in others) / 2 + 8
    most = max(max(tie.after, tie.before) for tie in ties) or 1
    parts = [words(0, SIZE, own.say("figure.network_key")), words(0, SIZE + LINE, own.say("figure.network_dashed"))]
    for tie in ties:
        side = sides.index(tie.side)
        near = width / 2 + (half if side else -half)
        parts.append(_tie(tie, ends[side], middle, near, places[tie.other], most, colour=_colour(side)))
        text = f"{own.whole(tie.before)} → {own.whole(tie.after)}"
        parts.append(words(*_beside(ends[side], middle, near, places[tie.other]), text, anchor="middle", strong=True))
    parts += [words(width / 2, places[other] + 4, other, anchor="middle") for other in others]
    parts.append(words(0, middle + 4, sides[0], strong=True))
    parts.append(words(width, middle + 4, sides[1], anchor="end", strong=True))
    return "".join(parts), bottom + 6


def _tie(tie: DrawnTie, x: float, y: float, to_x: float, to_y: float, most: int, *, colour: str) -> str:
    return element(
        "path",
        d=f"M{fixed(x)} {fixed(y)}L{fixed(to_x)} {fixed(to_y)}",
        stroke=colour if tie.after else QUIET,
        stroke_width=max(1.0, _THICKEST * tie.after / most),
        stroke_opacity="0.75",
        stroke_dasharray="7 4" if tie.after < tie.before else None,
    )


def _beside(x: float, y: float, to_x: float, to_y: float) -> tuple[float, float]:
    """Where the counts of a tie stand: two thirds of the way to the other."""
    return x + (to_x - x) * 0.66, y + (to_y - y) * 0.66 + 4


def _colour(side: int) -> str:
    return "var(--vermilion)" if side else "var(--blue)"
