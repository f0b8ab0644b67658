"""Links of a web page carried through its extraction: one letter that the page has nowhere else stands behind each.

The extractor drops addresses, or puts them among the words. So a letter of an old Chinese script is put behind
the words of each link before the extraction, and taken out of the text after it; its number is the link's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from detente.documents.tables import load_phrases

_FIRST: Final = 0x20000  # CJK extension B: 42,720 letters that are printable and that no news page has
_MOST: Final = 42_000
_LOOK_BACK: Final = 2000
_LETTER = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]")


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link in a text: the offsets of its words, and its address."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of a page: its words and its address."""

    words: str
    url: str


def mark_links(trees: Sequence[Any], base: str | None) -> list[Anchor]:
    """Put a letter behind the words of each link that leads to a page.

    Args:
        trees: The page and its notes (lxml trees); they are changed, unless they have such letters of their own.
        base: The page's own address, for links that are relative to it.

    Returns:
        The links in the order of their letters; none where the page has such letters itself.
    """
    if any(_LETTER.search(words) for tree in trees for words in tree.itertext()):
        return []
    anchors: list[Anchor] = []
    for link in (link for tree in trees for link in tree.iter("a")):
        words = " ".join("".join(link.itertext()).split())
        url = _address(link.get("href") or "", base)
        if not url or not words or len(anchors) == _MOST:
            continue
        letter = chr(_FIRST + len(anchors))
        if len(link):
            link[-1].tail = (link[-1].tail or "").rstrip() + letter
        else:
            link.text = (link.text or "").rstrip() + letter
        anchors.append(Anchor(words, url))
    return anchors


def _address(target: str, base: str | None) -> str | None:
    """The address a link leads to; None for a place on the same page, mail, scripts and lists of a site's own."""
    try:
        url = urljoin(base or "", target.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc or target.startswith("#") or " " in url:
        return None
    own = base is not None and urlsplit(base).netloc == parts.netloc
    listed = {phrase for phrase, _ in load_phrases("site_list")}
    return None if own and listed.intersection(parts.path.lower().split("/")) else url


def take_links(marked: str, anchors: Sequence[Anchor]) -> tuple[str, tuple[PageLink, ...]]:
    """Take the letters out again.

    Args:
        marked: The text with its letters.
        anchors: What `mark_links` gave.

    Returns:
        The text without them, and the links by their places in it.
    """
    if not anchors:
        return marked, ()
    pieces: list[str] = []
    links: list[PageLink] = []
    at = size = 0
    for found in _LETTER.finditer(marked):
        if found.start() > at:
            pieces.append(marked[at : found.start()])
        size += found.start() - at
        at = found.end()
        anchor = anchors[ord(found[0]) - _FIRST] if ord(found[0]) - _FIRST < len(anchors) else None
        if anchor:
            links.append(PageLink(size - _length(pieces, anchor.words), size, anchor.url))
    pieces.append(marked[at:])
    return "".join(pieces), tuple(link for link in links if link.start < link.end)


def _length(pieces: Sequence[str], words: str) -> int:
    """How many characters at the end of a text are the words of a link, however they are spaced."""
    tail = ""
    for piece in reversed(pieces):
        tail = piece + tail
        if len(tail) > min(2 * len(words), _LOOK_BACK):
            break
    pattern = r"\s+".join(re.escape(word) for word in words[-500:].split())
    found = re.search(rf"{pattern}\Z", tail[-_LOOK_BACK:])
    if found:
        return len(found[0])
    last = re.search(r"\S+\Z", tail[-200:])
    return len(last[0]) if last else 0
