"""What the drawn figures share: the plotting area, its axes, the line of the shock, and the key."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from detente.brief.elements import element, fixed, rules, words, words_width
from detente.brief.language import Language
from detente.brief.scales import Scale, Tick
from detente.brief.wording import shortened

SIZE: Final = 12.0  # of text, in units of the figure
LINE: Final = 18.0  # from baseline to baseline
INK: Final = "currentColor"
HEAD: Final = 17.0  # from the area up to the baseline of the date above it
QUIET: Final = "var(--quiet)"
_SYMBOL: Final = 12.0
_GAP: Final = 16.0

Symbol = Callable[[float, float], str]  # (left edge, middle) -> SVG


@dataclass(frozen=True, slots=True)
class Box:
    """The plotting area in units of the figure, `y` downwards."""

    left: float
    right: float
    top: float
    bottom: float


def draw_value_axis(box: Box, scale: Scale, ticks: list[float], language: Language) -> str:
    """Lines across the area with their values on the left; what lies below zero is counted downwards."""
    lines = rules([(box.left, scale.at(tick), box.right, scale.at(tick)) for tick in ticks], faint=True)
    labels = "".join(
        words(box.left - 6, scale.at(tick) + 4, language.number(abs(tick)), anchor="end") for tick in ticks
    )
    return lines + labels


def draw_time_axis(box: Box, scale: Scale, ticks: list[Tick]) -> str:
    """Short lines below the area with their dates, and the year on a second line where it is new."""
    places = [scale.at_day(tick.day) for tick in ticks]
    labels = "".join(
        words(x, box.bottom + 18 + n * 15, text, anchor="middle", colour=QUIET if n else None)
        for x, tick in zip(places, ticks, strict=True)
        for n, text in enumerate((tick.label, tick.year))
        if text
    )
    marks = rules([(x, box.bottom, x, box.bottom + 5) for x in places], INK)
    return rules([(box.left, box.bottom, box.right, box.bottom)], INK) + marks + labels


def draw_shock(box: Box, x: float, shock: date, language: Language) -> str:
    """The shock as a dashed line with its date above, which stays within the figure."""
    path = f"M{fixed(x)} {fixed(box.top + 4 - HEAD)}V{fixed(box.bottom)}"
    line = element("path", d=path, stroke=INK, stroke_width=1.3, stroke_dasharray="4 3")
    text = language.day(shock)
    half = words_width(text, SIZE, strong=True) / 2
    middle = min(max(x, half), box.right - half)
    return line + words(middle, box.top - HEAD, text, anchor="middle", strong=True)


def draw_key(entries: list[tuple[Symbol | None, str]], left: float, right: float, baseline: float) -> tuple[str, float]:
    """A key in as many lines as it needs.

    Args:
        entries: A symbol and its words; an entry without symbol is words alone.
        left: Where lines begin.
        right: What no line passes.
        baseline: Of the first line.

    Returns:
        The SVG and the baseline of the last line.
    """
    parts = []
    x = left
    for symbol, text in entries:
        indent = _SYMBOL + 6 if symbol else 0.0
        shown = _fitting(text, right - left - indent)
        width = indent + words_width(shown, SIZE)
        if x > left and x + width > right:
            x, baseline = left, baseline + LINE
        if symbol:
            parts.append(symbol(x, baseline - 4))
        parts.append(words(x + indent, baseline, shown))
        x += width + _GAP
    return "".join(parts), baseline


def _fitting(text: str, room: float) -> str:
    """The text, shortened at a word until it fits."""
    while words_width(text, SIZE) > room and len(text) > 1:
        text = shortened(text, len(text) - 1)
    return text
