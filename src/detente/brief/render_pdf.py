"""A brief as PDF: the HTML page on A4, with page numbers, bookmarks and tags, by WeasyPrint."""

import re
from hashlib import sha256
from typing import Final

from detente.brief.language import load_language
from detente.brief.render_html import render_html, template
from detente.errors import InputError
from detente.model import Brief

# What WeasyPrint's drawing of SVG does not know: the page's own colours, and an edge painted below letters.
_COLOURS: Final = {
    "var(--blue)": "#0072b2",
    "var(--vermilion)": "#cc5500",
    "var(--sky)": "#7fbde3",
    "var(--peach)": "#f2a878",
    "var(--rule)": "#aaaaaa",
    "var(--quiet)": "#444444",
    "var(--paper)": "#ffffff",
    "currentColor": "#000000",
}
_EDGE: Final = re.compile(r' stroke="var\(--paper\)" stroke-width="[\d.]+" paint-order="stroke"')
_SCRIPT: Final = re.compile(r"<script>.*?</script>", re.DOTALL)
_NARROW: Final = re.compile(r'<div class="narrow">.*?</svg></div>', re.DOTALL)
_SVG: Final = re.compile(r"<svg .*?</svg>", re.DOTALL)
_DATA: Final = re.compile(r"<details><summary>.*?</details>", re.DOTALL)


def render_pdf(brief: Brief) -> bytes:
    """The brief as a tagged PDF (PDF/UA-1); the same brief and fonts give the same bytes.

    Raises:
        InputError: If WeasyPrint is not installed, or the libraries it draws text with are not there.
    """
    try:
        import weasyprint
    except ImportError as error:
        raise InputError("a brief as PDF needs WeasyPrint: install it with `pip install 'detente[pdf]'`") from error
    except OSError as error:  # Pango and HarfBuzz are libraries of the system
        raise InputError(f"a brief as PDF needs the Pango library of the system: {error}") from error

    page = printed(brief)
    document = weasyprint.HTML(string=page, base_url=None, url_fetcher=_fetch_nothing)
    made: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=sha256(page.encode()).digest()[:16])
    return made


def printed(brief: Brief) -> str:
    """The HTML page as it is printed: without script, what is folded unfolded, figures in plain colours."""
    page = _NARROW.sub("", _SCRIPT.sub("", _DATA.sub("", render_html(brief))))
    page = page.replace('<details id="', '<details open id="')
    # after the page's own rules, which it overrules
    page = page.replace("</head>", f"<style>{template('print.css')}{_running(brief)}</style></head>", 1)
    return _SVG.sub(lambda found: _plain(found[0]), page)


def _plain(svg: str) -> str:
    svg = _EDGE.sub("", svg)
    for name, colour in _COLOURS.items():
        svg = svg.replace(name, colour)
    return svg


def _running(brief: Brief) -> str:
    """The foot of each page."""
    language = load_language(brief.language)
    parties = " – ".join(brief.names.get(code, code) for code in brief.dyad)
    title = (
        f"detente {language.say('ui.brief')} · {parties}".replace("\\", "")
        .replace('"', "'")
        .replace("\n", " ")
        .replace("<", "")
    )
    return f'@page {{ @bottom-left {{ content: "{title}" }} }}'


def _fetch_nothing(url: str) -> dict[str, object]:
    """A brief holds all it shows: nothing is fetched."""
    raise InputError(f"{url[:80]}: a brief fetches nothing")
