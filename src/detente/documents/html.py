"""The main text and metadata of a web page, by trafilatura."""

import re
from typing import Any

from detente.documents.assemble import Metadata
from detente.documents.extracted import Extracted
from detente.documents.front_matter import read_date
from detente.documents.language import LANGUAGES
from detente.errors import DocumentError
from detente.model import DateSpan

MAX_CHARACTERS = 10_000_000  # a page's markup; extraction of more takes minutes
_RAISED = re.compile(
    r"(?<![\s>][km]m)(?<![\s>]m)<sup[^<>]{0,300}>(?:\s{0,9}<[a-z][^<>]{0,300}>){0,3}\s{0,9}"
    r"\[?(?P<number>\d{1,3})\]?\s{0,9}(?:</[a-z]{1,9}>\s{0,9}){0,3}</sup>",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"<html[^>]{0,1000}?\slang\s{0,3}=\s{0,3}[\"']?(?P<code>[a-zA-Z]{2})")
_TIME = re.compile(r"<time[^<>]{0,300}>[^<>]{0,200}</time>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_HEADLINE = re.compile(r"<h1\b", re.IGNORECASE)
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read_page(source: str, name: str) -> Extracted:
    """Take the article out of a page.

    A number in `<sup>` becomes `[1]`, so that a footnote mark stays apart from the word before it.

    Args:
        source: The page as decoded.
        name: File name for messages.

    Returns:
        Its main text and metadata; the date comes from the page's own metadata or markup.

    Raises:
        DocumentError: If it is too large, or no article can be found in it.
    """
    import trafilatura  # slow to load

    if len(source) > MAX_CHARACTERS:
        raise DocumentError(
            f"{name}: {len(source):,} characters of HTML, over the limit of {MAX_CHARACTERS:,}; save its text as .txt"
        )
    marked = _RAISED.sub(r"[\g<number>]", source)
    found: Any = trafilatura.bare_extraction(
        marked, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    text = (found.text or "") if found else ""
    if not text.strip():
        raise DocumentError(f"{name}: no article found in this HTML; copy its text into a .txt file")
    return Extracted(text, _metadata(found, source))


def _published(source: str) -> DateSpan | None:
    """The date in the page's head, else in a `<time>` below its headline.

    The extractor is shown nothing else: in the body it takes any date, one of a reference too.
    """
    from trafilatura.metadata import extract_metadata

    head_end = _HEAD_END.search(source)
    head = source[: head_end.start()] if head_end else "<html><head>"
    headline = _HEADLINE.search(source)
    time = _TIME.search(source, headline.start(), headline.start() + 20_000) if headline else None
    reduced = f"{head}</head><body>{time[0] if time else ''}</body></html>"
    found: Any = extract_metadata(reduced, date_config=_DATES)
    return read_date(found.date) if found and found.date else None


def _metadata(found: Any, source: str) -> Metadata:
    declared = _LANGUAGE.search(source[:20_000])
    code = declared["code"].lower() if declared else None
    return Metadata(
        title=found.title or None,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        publisher=found.sitename or None,
        published=_published(source),
        language=None if code in LANGUAGES else code,  # templates claim one of the three too freely
        url=found.url or None,
    )
