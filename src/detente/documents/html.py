"""The main text and metadata of a web page, by trafilatura."""

import re
from collections import Counter
from typing import Any

from detente.documents.assemble import Metadata
from detente.documents.extracted import Extracted
from detente.documents.front_matter import read_date
from detente.documents.language import LANGUAGES, detect_language
from detente.documents.page_links import mark_links, take_links
from detente.documents.page_notes import note_words, take_notes
from detente.errors import DocumentError
from detente.model import DateSpan

MAX_CHARACTERS = 10_000_000  # a page's markup; extraction of more takes minutes
_MOST_CROWDING = 40_000_000  # three seconds
_SMALL = 40_000  # characters of a page that cannot hold so many
_INLINE = ("a", "b", "code", "del", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u")
_LANGUAGE = re.compile(r"<html[^>]{0,1000}?\slang\s{0,3}=\s{0,3}[\"']?(?P<code>[a-zA-Z]{2})")
_TIME = re.compile(r"<time[^<>]{0,300}>[^<>]{0,200}</time>", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_HEADLINE = re.compile(r"<h1\b", re.IGNORECASE)
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def read_page(source: str, name: str) -> Extracted:
    """Take the article out of a page.

    Footnote marks become `[1]`, and the notes they lead to stand at the end as `[1] …`.

    Args:
        source: The page as decoded.
        name: File name for messages.

    Returns:
        Its main text, its links and metadata; the date comes from the page's own metadata or markup.

    Raises:
        DocumentError: If it is too large, or no article can be found in it.
    """
    import trafilatura  # slow to load
    from trafilatura.metadata import extract_metadata

    if len(source) > MAX_CHARACTERS:
        raise DocumentError(
            f"{name}: {len(source):,} characters of HTML, over the limit of {MAX_CHARACTERS:,}; save its text as .txt"
        )
    tree: Any = trafilatura.load_html(source)
    if tree is not None and len(source) > _SMALL and _crowding(tree) > _MOST_CROWDING:
        raise DocumentError(
            f"{name}: thousands of links or marked words in one paragraph of this HTML; save its text as .txt"
        )
    said: Any = extract_metadata(tree, date_config=_DATES) if tree is not None else None
    notes = take_notes(tree) if tree is not None else []
    anchors = mark_links([tree, *(note for _, note in notes)], said.url) if said else []
    found: Any = trafilatura.bare_extraction(tree, include_comments=False) if said else None
    text = (found.text or "") if found else ""
    if not text.strip():
        raise DocumentError(f"{name}: no article found in this HTML; copy its text into a .txt file")
    listed = "".join(f"\n[{label}] {note_words(note, label)}" for label, note in notes)
    text, links = take_links(text.rstrip() + listed, anchors)
    return Extracted(text, _metadata(said, source, text), links=links)


def _crowding(tree: Any) -> int:
    """Squares of the numbers of marked words in each element, together: as these the extractor's time grows."""
    crowds = Counter(element.getparent() for element in tree.iter(*_INLINE))
    return sum(count * count for count in crowds.values())


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


def _metadata(found: Any, source: str, text: str) -> Metadata:
    declared = _LANGUAGE.search(source[:20_000])
    code = declared["code"].lower() if declared else None
    believed = code not in LANGUAGES and detect_language(text) in {None, code}  # templates claim much
    return Metadata(
        title=found.title or None,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        publisher=found.sitename or None,
        published=_published(source),
        language=code if believed else None,
        url=found.url or None,
    )
