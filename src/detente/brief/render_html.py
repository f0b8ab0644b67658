"""A brief as one HTML file: nothing is fetched, everything works without script."""

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from detente.brief.layout import Layout, anchor, figure_table, web_address
from detente.brief.svg import draw_figure
from detente.brief.wording import cleaned
from detente.model import Brief, Figure, Statement

_REFERENCES = 4  # numbers beside a statement; more go into a list that opens
_WITH_QUERY = ("breaks", "impact", "third_parties", "methods", "unknown")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure ready for the page."""

    figure: Figure
    wide: Markup
    narrow: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render_html(brief: Brief) -> str:
    """The brief as one self-contained HTML page."""
    style, script = _template("brief.css"), _template("brief.js")
    layout = Layout(brief)
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters.update(anchor=anchor, clean=cleaned, web=web_address)
    page = environment.from_string(_template("brief.html.j2")).render(
        brief=brief,
        layout=layout,
        drawings={figure.id: _drawing(figure) for figure in brief.figures},
        style=Markup(style),  # noqa: S704 -- our own file
        script=Markup(script),  # noqa: S704 -- our own file
        policy=_policy(style, script),
        shown=_REFERENCES,
        split=lambda statement: _split(layout, statement),
        with_query=_WITH_QUERY,
    )
    return page.rstrip() + "\n"


def _drawing(figure: Figure) -> Drawing:
    wide, narrow = draw_figure(figure), draw_figure(figure, narrow=True)
    columns, rows = figure_table(figure)
    # the renderer escapes the text inside its marks itself
    return Drawing(figure, Markup(wide), Markup(narrow), columns, rows)  # noqa: S704


def _split(layout: Layout, statement: Statement) -> tuple[str, str]:
    """A timeline line as its date and the rest; anything else as nothing and the whole."""
    if statement.section == "timeline" and len(statement.evidence) == 1:
        head, sign, rest = statement.text.partition(": ")
        if sign and layout.heading(layout.events[statement.evidence[0]]).startswith(f"{head} ·"):
            return head, rest
    return "", statement.text


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _template(name: str) -> str:
    return files("detente.brief").joinpath("templates", name).read_text(encoding="utf-8")
