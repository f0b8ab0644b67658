"""Figures drawn as SVG that needs no script, no network and no fixed background."""

from collections.abc import Callable
from html import escape
from typing import Final

from detente.brief.axes import SIZE
from detente.brief.draw_bars import draw_bars
from detente.brief.draw_index import draw_index
from detente.brief.draw_map import draw_map
from detente.brief.draw_multiples import draw_multiples
from detente.brief.draw_network import draw_network
from detente.brief.draw_path import draw_path
from detente.brief.draw_responses import draw_responses
from detente.brief.draw_strip import draw_strip
from detente.brief.elements import element, fixed
from detente.brief.marks import Spec
from detente.brief.wording import cleaned
from detente.errors import InputError
from detente.model import Figure

WIDE: Final = 720.0  # width in units of the figure; the page scales it to its own
NARROW: Final = 340.0
DRAWINGS: Final[dict[str, Callable[[Spec, float], tuple[str, float]]]] = {
    "acts-by-year": draw_bars,
    "acts-by-type": draw_strip,
    "index": draw_index,
    "impact-path": draw_path,
    "multiples": draw_multiples,
    "others": draw_network,
    "others-map": draw_map,
    "responses": draw_responses,
}


def draw_figure(figure: Figure, *, narrow: bool = False) -> str:
    """The figure as one `<svg>` element, the same bytes each time.

    Args:
        figure: One that `brief_figures` made.
        narrow: For screens about 360 pixels wide.

    Returns:
        SVG text; ink and colours are the page's own, ids are unique on the page, the figure's title and its words
        for those who do not see it are inside.

    Raises:
        InputError: If there is no drawing of such a figure.
    """
    if figure.id not in DRAWINGS:
        raise InputError(f"figure {figure.id!r} has no drawing: expected {', '.join(DRAWINGS)}, choose one of them")
    width = NARROW if narrow else WIDE
    drawn, height = DRAWINGS[figure.id](figure.spec, width)
    return framed(f"{figure.id}-{'narrow' if narrow else 'wide'}", figure, drawn, width, height)


def framed(name: str, figure: Figure, drawn: str, width: float, height: float) -> str:
    """A drawing as one `<svg>` element, with the figure's title and its words for those who do not see it.

    Args:
        name: What the ids of title and words begin with; its own on the page.
        figure: Whose drawing it is.
        drawn: Marks as SVG text.
        width: Of the drawing, in its own units.
        height: The same.
    """
    return element(
        "svg",
        _named("title", f"{name}-title", figure.title) + _named("desc", f"{name}-desc", figure.alt) + drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {fixed(width)} {fixed(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        fill="currentColor",
        font_size=SIZE,
    )


def _named(kind: str, name: str, text: str) -> str:
    return element(kind, escape(cleaned(text), quote=False), id=name)
