"""One entry of a reference list to author, title, publisher, dates and address, as far as it says them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.documents.blocks import Block
from detente.documents.citations import number_labels
from detente.documents.reference_list import label_of
from detente.documents.tables import fold, load_phrases
from detente.documents.written_dates import find_dates
from detente.model import Citation, DateSpan

_LONGEST = 4000  # characters of an entry that are parsed
_QUOTED = re.compile(r"“([^“”]{2,400})”|«([^«»]{2,400})»|„([^„“”]{2,400})[“”]|\"([^\"]{2,400})\"")
_ITALIC = re.compile(r"(?<!\w)\*{1,2}([^*\n]{4,300})\*{1,2}(?!\w)|(?<!\w)_([^_\n]{4,300})_(?!\w)")
_URL = re.compile(r"https?://[^\s<>\"”»\]()]+(?:\([^\s()]{0,100}\)[^\s<>\"”»\]()]*){0,4}")
_CUT = re.compile(
    r"[,(;\[]|//|https?:|\s[–—]\s|(?<=[^\W\d_]{3})\.(?=\s|$)|\b(?:URL|p\.|pp\.|s\.|ss\.|vol\.|no\.)",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(r"\((?:[^()]{0,80}[\s,])?((?:1[5-9]|20)\d\d)\)|[,.\s]\s?((?:1[5-9]|20)\d\d)(?=[,.)]|\s*$)")
_SURNAME_FIRST = re.compile(r"(?:[А-ЯЁA-ZÇĞİÖŞÜ][\w-]{1,30},?\s(?:[А-ЯЁA-ZÇĞİÖŞÜ]\.\s?){1,3},?\s?){1,4}")
_PARTICLES = frozenset(("and", "ve", "и", "&", "de", "da", "van", "von", "der", "bin", "al", "el", "et", "vd."))
_AFTER_TITLE = re.compile(r"\s?(?:[,.;:(/–—\[]|$|[^\W\d_a-zа-яё])")


@dataclass(frozen=True, slots=True)
class _Fields:
    author: str | None
    title: str | None
    rest: str


def parse_references(text: str, blocks: Sequence[Block], *, cited: frozenset[str]) -> dict[str, Citation]:
    """Citations by the label that marks in the body use.

    Entries without numbers get their place as number where the body cites numbers that fit the list.

    Args:
        text: The whole document.
        blocks: Blocks of its reference list, in order.
        cited: Labels that the body's marks name.

    Returns:
        The first entry of each label, in order; unnumbered entries that nothing cites are left out.
    """
    labels = [label_of(block) for block in blocks]
    if not any(labels) and cited and all(label.isdecimal() and int(label) <= len(blocks) for label in cited):
        labels = [str(place) for place in range(1, len(blocks) + 1)]
    numbers = number_labels(label for label in labels if label)
    citations: dict[str, Citation] = {}
    for label, block in zip(labels, blocks, strict=True):
        if label and label not in citations:
            citations[label] = parse_reference(text, block, numbers[label])
    return citations


def parse_reference(text: str, block: Block, number: int) -> Citation:
    """Parse one entry.

    Args:
        text: The whole document.
        block: The entry.
        number: Its number.

    Returns:
        The citation; `text` is the entry without its mark.
    """
    start = block.start
    if block.mark and text.startswith(block.mark, start):
        start += len(block.mark)
    while start < block.end and text[start].isspace():
        start += 1
    entry = " ".join(text[start : min(block.end, start + _LONGEST)].split())
    url = _URL.search(entry)
    accessed, remaining = _accessed(_URL.sub(" ", entry))
    fields = _title_and_author(remaining)
    publisher = _publisher(fields.rest) if fields.title else None
    author = fields.author
    if author and publisher is None and " " not in author:  # `Reuters, “Title”, 3 May 2022`
        author, publisher = None, author
    return Citation(
        number=number,
        text=text[start : block.end],
        start=start,
        end=block.end,
        author=author,
        title=fields.title,
        publisher=publisher,
        published=_published(fields.rest, alone=fields.title is None),
        accessed=accessed,
        url=url[0].rstrip(".,;:") if url else None,
    )


def _accessed(entry: str) -> tuple[str | None, str]:
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


def _title_and_author(entry: str) -> _Fields:
    for quoted in (*_QUOTED.finditer(entry), *_ITALIC.finditer(entry)):
        title = next(group for group in quoted.groups() if group)
        if _is_title(entry, quoted, title):
            author = _author(entry[: quoted.start()])
            return _Fields(author, title.strip(" ,.") or None, entry[quoted.end() :])
    if " // " in entry:  # GOST: Surname I. O. Title // Publisher. Year.
        head, _, rest = entry.partition(" // ")
        named = _SURNAME_FIRST.match(head)
        title = head[named.end() if named else 0 :].strip(" ,.")
        return _Fields(named[0].strip(" ,") if named else None, title or None, "// " + rest)
    return _Fields(None, None, entry)


def _is_title(entry: str, quoted: re.Match[str], title: str) -> bool:
    """Whether quoted words are set off as a title, not part of a remark (`the “usual number” of copies`)."""
    before = entry[: quoted.start()].rstrip()
    set_off = not before or before[-1] in ",.:;—–(" or _author(before) is not None
    closed = title[-1] in ",.?!" or _AFTER_TITLE.match(entry, quoted.end())
    return set_off and bool(closed) and not title[0].islower()


def _author(before: str) -> str | None:
    """The words before a title where each could be part of a name."""
    name = before.strip(" ,.:;–—-")
    words = name.replace(",", " ").split()
    plausible = words and len(words) <= 10 and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    digits = any(letter.isdigit() for letter in name)
    return name if plausible and not digits and words[0].lower() not in {"see", "bkz.", "см."} else None


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
    year = _YEAR_ONLY.search(rest)
    return (year[1] or year[2]) if year else None
