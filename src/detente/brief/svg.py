"""Figures drawn as SVG that needs no script, no network and no fixed background."""

import re
from typing import Final, cast

from detente.brief.marks import BLUE, INK, PEACH, RULE, SKY, VERMILION
from detente.model import Figure

WIDE: Final = 640  # width of the plotting area in pixels
NARROW: Final = 248
_NARROW_LABELS: Final = 128
_VEGA_LITE: Final = "5.20"
_OWN_COLOURS: Final = {
    INK: "currentColor",
    RULE: "var(--rule)",
    BLUE: "var(--blue)",
    VERMILION: "var(--vermilion)",
    SKY: "var(--sky)",
    PEACH: "var(--peach)",
}
_IDS: Final = re.compile(r'(?:id="|url\(#)([A-Za-z_][\w-]*)')


def draw_figure(figure: Figure, *, narrow: bool = False) -> str:
    """The figure as one `<svg>` element, the same bytes each time.

    Args:
        figure: With a Vega-Lite specification that holds its data.
        narrow: For screens about 360 pixels wide.

    Returns:
        SVG text; ink and rules take the page's colours, ids are unique on the page.
    """
    import vl_convert

    spec = {**figure.spec, "width": NARROW if narrow else WIDE}
    raw: str = vl_convert.vegalite_to_svg(
        _narrowed(spec) if narrow else spec, vl_version=_VEGA_LITE, allowed_base_urls=[]
    )
    size = "narrow" if narrow else "wide"
    return _own_ids(_page_colours(raw), f"{figure.id}-{size}")


def _narrowed(spec: dict[str, object]) -> dict[str, object]:
    config = cast("dict[str, dict[str, object]]", spec["config"])
    axis = {**config["axis"], "labelLimit": _NARROW_LABELS}
    return {**spec, "config": {**config, "axisY": {"labelLimit": _NARROW_LABELS}, "axis": axis}}


def _page_colours(svg: str) -> str:
    for colour, own in _OWN_COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"{own}"')
    return svg


def _own_ids(svg: str, prefix: str) -> str:
    """Ids numbered from 1: the renderer's own counter runs on from figure to figure."""
    names = list(dict.fromkeys(_IDS.findall(svg)))
    for n, name in enumerate(names, start=1):
        svg = re.sub(rf'(id="|url\(#){re.escape(name)}(?=["\)])', rf"\g<1>{prefix}-{n}", svg)
    return svg
