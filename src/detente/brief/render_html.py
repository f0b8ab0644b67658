"""A brief as one HTML file: nothing is fetched, everything works without script."""

import csv
import io
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from detente.brief.answer import ANSWER
from detente.brief.footnotes import footnote
from detente.brief.layout import Layout, anchor, figure_table, web_address
from detente.brief.svg import draw_figure
from detente.brief.wording import cleaned
from detente.model import Brief, Figure, Statement

_REFERENCES: Final = 4  # numbers beside a statement; more go into a list that opens
_WITH_QUERY: Final = ("breaks", "exchanges", "impact", "third_parties", "methods", "unknown")
_QUOTATION: Final = re.compile("“[^”]*”|«[^»]*»")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure ready for the page; `csv` is an address that holds its data."""

    figure: Figure
    wide: Markup
    narrow: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    csv: str


def render_html(brief: Brief) -> str:
    """The brief as one self-contained HTML page."""
    style, script = template("brief.css"), template("brief.js")
    layout = Layout(brief)
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters.update(anchor=anchor, clean=cleaned, web=web_address)
    environment.globals["say"] = layout.say
    page = environment.from_string(template("brief.html.j2")).render(
        brief=brief,
        layout=layout,
        drawings={figure.id: _drawing(layout, figure) for figure in brief.figures},
        style=Markup(style),  # noqa: S704 -- our own file
        script=Markup(script),  # noqa: S704 -- our own file
        policy=_policy(style, script),
        shown=_REFERENCES,
        answer=ANSWER,
        split=lambda statement: _split(layout, statement),
        marked=lambda text, statement: _marked(layout, text, statement),
        noted=lambda note: _quotations(escape(cleaned(note)), "en" if brief.language != "en" else None),
        footnote=lambda source: footnote(source, layout.language),
        with_query=_WITH_QUERY,
    )
    return page.rstrip() + "\n"


def template(name: str) -> str:
    """A file of `templates/`."""
    return files("detente.brief").joinpath("templates", name).read_text(encoding="utf-8")


def _drawing(layout: Layout, figure: Figure) -> Drawing:
    wide, narrow = draw_figure(figure), draw_figure(figure, narrow=True)
    columns, rows = figure_table(figure, layout.language)
    # the renderer escapes the text inside its marks itself
    return Drawing(figure, Markup(wide), Markup(narrow), columns, rows, _csv_address(figure))  # noqa: S704


def _csv_address(figure: Figure) -> str:
    """The figure's data as a `data:` address, which a browser saves without asking a server."""
    columns, rows = figure_table(figure)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell if cell != "–" else "" for cell in row] for row in rows)
    return f"data:text/csv;charset=utf-8,{quote(stream.getvalue())}"


def _marked(layout: Layout, text: str, statement: Statement) -> Markup:
    """The text with its quotations marked by their language, where that is another than the brief's."""
    language = layout.words_language(statement)
    return _quotations(escape(cleaned(text)), language if language != layout.brief.language else None)


def _quotations(text: Markup, language: str | None) -> Markup:
    """Escaped text, its quotations marked by their language; as it is where there is none to mark."""
    if language is None:
        return text
    opened = f'<span lang="{escape(language)}" class="said">'
    # what comes in is escaped and the marks are our own
    return Markup(_QUOTATION.sub(lambda found: f"{opened}{found[0]}</span>", str(text)))  # noqa: S704


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
