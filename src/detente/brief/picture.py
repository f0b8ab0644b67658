"""A figure as a picture that stands alone: an SVG with its own colours, as an address that holds it."""

from base64 import b64encode
from typing import Final

from detente.brief.svg import draw_figure
from detente.model import Figure

_COLOURS: Final = (  # those of the page on light paper, `templates/brief.css`
    "--paper:#fdfdfb;--quiet:#59636b;--rule:#c9ced2;--blue:#0072b2;--vermilion:#cc5500;--sky:#7fbde3;--peach:#f2a878;"
    "color:#1d2226;background:#fdfdfb;font-family:system-ui,'Noto Sans','Liberation Sans',Arial,sans-serif"
)


def stand_alone(figure: Figure) -> str:
    """The figure as SVG text that needs no page around it."""
    return draw_figure(figure).replace("<svg ", f'<svg style="{_COLOURS}" ', 1)


def picture_address(svg: str) -> str:
    """An address that holds an SVG: a picture of it runs no script and asks for nothing."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
