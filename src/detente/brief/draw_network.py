"""The network of other relations as SVG: the two sides, the others between them, a line for each relation."""

from typing import Final

from detente.brief.axes import LINE, QUIET, SIZE, draw_key
from detente.brief.drawn import language_of
from detente.brief.elements import element, fixed, words, words_width
from detente.brief.language import Language
from detente.brief.marks import Spec
from detente.brief.network_chart import DrawnTie, network_drawn

_STEP: Final = 40.0  # from one other to the next
_THICKEST: Final = 9.0
_ROOM: Final = 500.0  # width from which the counts stand on the lines


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
    said: list[tuple[None, str]] = [(None, own.say(f"figure.{name}")) for name in ("network_key", "network_dashed")]
    key, below = draw_key([*said], 0, width, SIZE)
    narrow = width < _ROOM
    top = below + LINE + (LINE if narrow else 0)  # on a narrow page the sides stand above
    bottom = top + _STEP * len(others)
    ends = _ends(sides, width, narrow=narrow)
    middle = (top + bottom) / 2
    places = {other: top + (n + 0.5) * _STEP for n, other in enumerate(others)}
    half = _half(ties, own, narrow=narrow)
    most = max(max(tie.after, tie.before) for tie in ties) or 1
    parts = [key]
    for tie in ties:
        side = sides.index(tie.side)
        near = width / 2 + (half if side else -half)
        parts.append(_tie(tie, ends[side], middle, near, places[tie.other], most, colour=_colour(side)))
        x, y = _beside(ends[side], middle, near, places[tie.other])
        if narrow:
            x, y = width / 2 + (6 if side else -6), places[tie.other] + 13
        anchor = "middle" if not narrow else "start" if side else "end"
        parts.append(words(x, y, _counts(tie, own), anchor=anchor, strong=True, colour=_colour(side)))
    parts += [words(width / 2, places[other] + (-2 if narrow else 4), other, anchor="middle") for other in others]
    level = top - 6 if narrow else middle + 4
    parts.append(words(0, level, sides[0], strong=True))
    parts.append(words(width, level, sides[1], anchor="end", strong=True))
    return "".join(parts), bottom + 6


def _ends(sides: tuple[str, str], width: float, *, narrow: bool) -> tuple[float, float]:
    """Where the lines of either side begin: beside its name, at the edge where the names stand above."""
    rooms = [4.0 if narrow else words_width(name, SIZE, strong=True) + 10 for name in sides]
    return rooms[0], width - rooms[1]


def _half(ties: tuple[DrawnTie, ...], language: Language, *, narrow: bool) -> float:
    """Half the width of the column of the others, which on a narrow page holds the counts too."""
    widest = max(words_width(tie.other, SIZE) for tie in ties) / 2 + 8
    counts = max(words_width(_counts(tie, language), SIZE, strong=True) for tie in ties) + 10
    return max(widest, counts) if narrow else widest


def _counts(tie: DrawnTie, language: Language) -> str:
    return f"{language.whole(tie.before)} → {language.whole(tie.after)}"


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
