"""The map of the others as SVG: the edge of the world, a faint dot for each state, a mark for each that acted."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from detente.brief.axes import INK, LINE, QUIET, SIZE, Symbol, draw_key
from detente.brief.drawn import language_of
from detente.brief.elements import element, fixed, words, words_width
from detente.brief.map_chart import DrawnMap, MapPoint, Moved, map_drawn
from detente.brief.marks import Spec
from detente.brief.world import ASPECT, flat_offset, laid_flat, state_points

_LARGEST: Final = 13.0  # half the size of the mark with most acts
_SMALLEST: Final = 2.6
_FEW: Final = 2.0  # where there are too few acts to say more
_NAMED: Final = 12  # others that are named, where there is room
_MERIDIANS: Final = range(-150, 180, 30)
_PARALLELS: Final = (-60, -30, 0, 30, 60)


@dataclass(frozen=True, slots=True)
class _Frame:
    """From places on earth to places on the page."""

    width: float
    top: float
    centre: float

    @property
    def height(self) -> float:
        return self.width / ASPECT

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        return self._on_page(laid_flat(lat, lon, self.centre))

    def offset(self, lat: float, degrees: float) -> tuple[float, float]:
        return self._on_page(flat_offset(lat, degrees))

    def _on_page(self, place: tuple[float, float]) -> tuple[float, float]:
        x, y = place
        return (1 + x) / 2 * (self.width - 2) + 1, self.top + (1 - y) / 2 * self.height


def draw_map(spec: Spec, width: float) -> tuple[str, float]:
    """Others by place: up for a larger share of conflict, down for a smaller one, a ring for about the same.

    Args:
        spec: Of `map_spec`.
        width: Of the figure.

    Returns:
        The SVG inside the figure, and its height.
    """
    drawn, own = map_drawn(spec), language_of(spec)
    present = [moved for moved in _SYMBOLS if any(point.moved == moved for point in drawn.points)]
    entries: list[tuple[Symbol | None, str]] = [(None, own.say("figure.map_size"))]
    entries += [(_symbol(moved), own.say(f"figure.map_{moved}")) for moved in present]
    key, below = draw_key(entries, 0, width, SIZE)
    frame = _Frame(width, below + LINE, drawn.centre)
    parts = [key, _globe(frame), _dots(frame, drawn)]
    most = max(point.after for point in drawn.points) or 1
    # the largest first, so that a small mark is never under a large one
    parts += [_mark(point.moved, *frame.at(point.lat, point.lon), _size(point, most)) for point in drawn.points]
    parts += [_side(*frame.at(lat, lon)) for _code, _name, lat, lon in drawn.sides]
    parts.append(_names(frame, drawn, most, short=width < 500))
    return "".join(parts), frame.top + frame.height + 4


def _size(point: MapPoint, most: int) -> float:
    """Half the size of a mark: its area grows with the acts."""
    return max(_SMALLEST, _LARGEST * sqrt(point.after / most))


def _globe(frame: _Frame) -> str:
    lines = [_along(frame, [(lat, degrees) for lat in range(-90, 91, 5)]) for degrees in _MERIDIANS]
    lines += [_along(frame, [(lat, -180.0), (lat, 180.0)]) for lat in _PARALLELS]
    grid = element("path", d="".join(lines), fill="none", stroke="var(--rule)", stroke_opacity="0.5", stroke_width=0.7)
    edge = [(lat, -180.0) for lat in range(-90, 91, 5)] + [(lat, 180.0) for lat in range(90, -91, -5)]
    return grid + element("path", d=_along(frame, edge) + "Z", fill="none", stroke="var(--rule)", stroke_width=1)


def _along(frame: _Frame, places: Sequence[tuple[float, float]]) -> str:
    points = (frame.offset(lat, degrees) for lat, degrees in places)
    return "M" + "L".join(f"{fixed(x)} {fixed(y)}" for x, y in points)


def _dots(frame: _Frame, drawn: DrawnMap) -> str:
    """Every state that has no mark of its own, as a faint dot: they show where the land lies."""
    marked = {point.code for point in drawn.points} | {side[0] for side in drawn.sides}
    places = [frame.at(point.lat, point.lon) for code, point in state_points().items() if code not in marked]
    return element(
        "path",
        d="".join(f"M{fixed(x)} {fixed(y)}h0" for x, y in places),
        stroke="var(--rule)",
        stroke_width=3,
        stroke_linecap="round",
    )


def _symbol(moved: Moved) -> Symbol:
    return lambda x, y: _mark(moved, x + 6, y, 5)


def _mark(moved: Moved, x: float, y: float, size: float) -> str:
    path, look = _SYMBOLS[moved]
    corners = "L".join(f"{fixed(x + dx * size)} {fixed(y + dy * size)}" for dx, dy in path)
    if moved in ("same", "few"):
        return element("circle", cx=x, cy=y, r=size if moved == "same" else _FEW, **look)
    return element("path", d=f"M{corners}Z", stroke_width=1, stroke="var(--paper)", **look)


_SYMBOLS: Final[dict[Moved, tuple[tuple[tuple[float, float], ...], dict[str, str]]]] = {
    "more": (((-1, 0.8), (1, 0.8), (0, -1)), {"fill": "var(--vermilion)"}),
    "less": (((-1, -0.8), (1, -0.8), (0, 1)), {"fill": "var(--blue)"}),
    "same": ((), {"fill": "var(--paper)", "fill_opacity": "0.6", "stroke": INK}),
    "few": ((), {"fill": QUIET}),
}


def _side(x: float, y: float) -> str:
    """A side of the pair: a full diamond."""
    return element("path", d=f"M{fixed(x)} {fixed(y - 7)}l7 7l-7 7l-7 -7Z", fill=INK, stroke="var(--paper)")


def _names(frame: _Frame, drawn: DrawnMap, most: int, *, short: bool) -> str:
    """The two sides, then the busiest others, each where no earlier name or mark stands."""
    taken: list[tuple[float, float, float, float]] = []
    parts = []
    wanted = [(name, lat, lon, 7.0, True) for _code, name, lat, lon in drawn.sides]
    wanted += [
        (item.code if short else item.name, item.lat, item.lon, _size(item, most), False)
        for item in drawn.points[:_NAMED]
    ]
    held = [(lat, lon, 7.0) for _code, _name, lat, lon in drawn.sides]
    held += [(item.lat, item.lon, _size(item, most)) for item in drawn.points if item.moved != "few"]
    taken += [(x - r, y - r, x + r, y + r) for lat, lon, r in held for x, y in [frame.at(lat, lon)]]
    for text, lat, lon, size, strong in wanted:
        x, y = frame.at(lat, lon)
        room = words_width(text, SIZE, strong=strong)
        for left, base in (
            (x + size + 3, y + 4),
            (x - size - 3 - room, y + 4),
            (x - room / 2, y - size - 4),
            (x - room / 2, y + size + SIZE),
        ):
            box = (left, base - SIZE + 2, left + room, base + 2)
            if box[0] >= 0 and box[2] <= frame.width and not any(_meet(box, other) for other in taken):
                taken.append(box)
                parts.append(words(left, base, text, strong=strong))
                break
    return "".join(parts)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
