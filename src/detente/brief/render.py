"""One brief, several forms that say the same."""

from collections.abc import Callable
from typing import Final, Literal

from detente.brief.render_html import render_html
from detente.brief.render_json import render_json
from detente.brief.render_markdown import render_markdown
from detente.errors import InputError
from detente.model import Brief

Format = Literal["html", "md", "json"]
RENDERERS: Final[dict[str, Callable[[Brief], str]]] = {
    "html": render_html,
    "md": render_markdown,
    "json": render_json,
}


def render(brief: Brief, format: str) -> str:  # noqa: A002 -- the command line's own word
    """A brief as HTML, Markdown or JSON text; the same brief gives the same bytes.

    Args:
        brief: As composed.
        format: `html`, `md` or `json`.

    Returns:
        The whole document.

    Raises:
        InputError: If the format is none of these.
    """
    if format not in RENDERERS:
        raise InputError(f"format {format!r} of a brief: expected {', '.join(RENDERERS)}, choose one of them")
    return RENDERERS[format](brief)
