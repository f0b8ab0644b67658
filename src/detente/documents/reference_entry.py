"""One entry of a reference list to author, title, publisher, dates and address, as far as it says them."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from detente.documents.attributions import outlet_of, publisher_at
from detente.documents.blocks import Block
from detente.documents.page_links import PageLink
from detente.documents.reference_title import ITALIC, QUOTED, read_title
from detente.documents.tables import fold, load_phrases
from detente.documents.written_dates import find_dates
from detente.model import Citation, DateSpan

_LONGEST = 4000  # characters of an entry that are parsed
URL = re.compile(r"https?://[^\s<>\"”»\]()]+(?:\([^\s()]{0,100}\)[^\s<>\"”»\]()]*){0,4}")
_CUT = re.compile(
    r"[,(;\[]|//|https?:|\s[–—]\s|(?<=[^\W\d_]{3})\.(?=\s|$)|\b(?:URL|p\.|pp\.|s\.|ss\.|vol\.|no\.)",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(r"\((?:[^()]{0,80}[\s,])?((?:1[5-9]|20)\d\d)\)|[,.\s]\s?((?:1[5-9]|20)\d\d)(?=[,.)]|\s*$)")
_MARKED_LINK = re.compile(r"\[([^\[\]]{3,300})\]\(https?://[^\s()]{3,1000}(?:\([^\s()]{0,100}\)[^\s()]{0,200})?\)")
_ELECTRONIC = re.compile(
    r"\s?\[(?:Электронный ресурс|Электронная версия|Çevrimiçi|Elektronik kaynak|Online)\]", re.IGNORECASE
)
ENTRY_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([a-zа-в]?)(?![\d\w–-])")


def parse_reference(text: str, block: Block, number: int, links: Sequence[PageLink] = ()) -> Citation:
    """Parse one entry.

    Args:
        text: The whole document.
        block: The entry.
        number: Its number.
        links: Links of the text whose addresses it does not show.

    Returns:
        The citation; `text` is the entry without its mark.
    """
    start = content_start(text, block)
    entry = " ".join(text[start : min(block.end, start + _LONGEST)].split())
    url = URL.search(entry)
    address = url[0].rstrip(".,;:") if url else linked_address(links, start, block.end)
    accessed, remaining = split_accessed(URL.sub(" ", _unlinked(entry)))
    fields = read_title(remaining)
    publisher = fields.publisher or (_publisher(fields.rest) if fields.title else _outlet_alone(remaining))
    author = fields.author
    if author and publisher is None and (" " not in author or outlet_of(author)):  # `Reuters, “Title”, 3 May 2022`
        author, publisher = None, author
    if publisher is None and address and author is None:
        publisher = publisher_at(address)
    return Citation(
        number=number,
        text=text[start : block.end],
        start=start,
        end=block.end,
        author=author,
        title=fields.title,
        publisher=publisher,
        published=fields.published or _published(fields.rest, alone=fields.title is None),
        accessed=accessed,
        url=address,
    )


def content_start(text: str, block: Block) -> int:
    """Where an entry's own words begin, behind its mark."""
    start = block.start
    if block.mark and text.startswith(block.mark, start):
        start += len(block.mark)
    while start < block.end and text[start].isspace():
        start += 1
    return start


def entry_head(text: str, block: Block) -> str:
    """An entry without its mark, in one line."""
    start = content_start(text, block)
    return " ".join(text[start : min(block.end, start + _LONGEST)].split())


def split_accessed(entry: str) -> tuple[str | None, str]:
    """The date of access, and the entry without the words that say it."""
    folded = fold(entry) if len(fold(entry)) == len(entry) else entry.lower()
    for phrase, _ in load_phrases("accessed"):
        at = folded.find(phrase)
        if at < 0:
            continue
        dates = find_dates(entry[at : at + len(phrase) + 60])
        if dates:
            end = at + dates[0].end
            return str(dates[0].span), entry[:at].rstrip(" (") + " " + entry[end:].lstrip(" ).")
    return None, entry


def _unlinked(entry: str) -> str:
    """An entry with its Markdown links as plain words; the only quoted-like thing in it is its title."""
    entry = _ELECTRONIC.sub("", entry)
    return _MARKED_LINK.sub(r"\1" if QUOTED.search(entry) or ITALIC.search(entry) else r"“\1”", entry)


def _outlet_alone(entry: str) -> str | None:
    """The outlet an entry without a title begins with: `Reuters, 3 May 2022`."""
    opening = re.split(r"[,.;(]\s", entry + " ", maxsplit=1)[0]
    return opening.strip() if outlet_of(opening) else None


def _publisher(rest: str) -> str | None:
    """The first words after the title, up to a comma, bracket, date or address."""
    candidate = rest.lstrip(" ,.;:/*_–—-”“")
    candidate = re.sub(r"\A(?:in|içinde|в):?\s", "", candidate)
    cut = _CUT.search(candidate)
    name = (candidate[: cut.start()] if cut else candidate).strip(" .,;:*_/")
    for found in find_dates(name)[:1]:
        name = name[: found.start].strip(" .,;:")
    name = re.sub(r"\s+\d[\d:.–-]*\Z", "", name)
    return name if 1 < len(name) <= 80 and (name[0].isupper() or name[0].isdigit()) and not name.isdigit() else None


def _published(rest: str, *, alone: bool) -> str | None:
    """The first date after the title; of an entry without a title only a date that is the only one."""
    dates: list[DateSpan] = [found.span for found in find_dates(rest)]
    if dates:
        return None if alone and len(dates) > 1 else str(dates[0])
    years = {found[1] or found[2] for found in _YEAR_ONLY.finditer(rest)} | (
        {found[1] for found in ENTRY_YEAR.finditer(rest)} if alone else set()
    )
    if alone and len(years) != 1:
        return None
    year = _YEAR_ONLY.search(rest)
    return (year[1] or year[2]) if year else None


def linked_address(links: Sequence[PageLink], start: int, end: int) -> str | None:
    """The address of the first link between two offsets."""
    place = bisect_left(links, start, key=lambda link: link.start)
    return links[place].url if place < len(links) and links[place].start < end else None
