"""One entry of a reference list to author, title, publisher, dates and address, as far as it says them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from detente.documents.attributions import outlet_of, publisher_at
from detente.documents.blocks import Block
from detente.documents.citations import (
    ADDRESS,
    AUTHOR,
    LEAD,
    LOST,
    OUTLET,
    Mark,
    find_marks,
    is_numbered,
    number_labels,
    surname_key,
)
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


_APA = re.compile(
    r"(?P<author>[^()\d“”«»\"]{2,200}?\.?),?\s\((?:(?P<year>(?:1[5-9]|20)\d\d)[a-zа-в]?(?P<rest>,[^()]{1,30})?|n\.d\.|t\.y\.|б\.\s?г\.)\)"
    r"[.,:]?\s(?P<title>[^“”«»\"]{3,300}?\w{2}[.?!]|\W?[^.“”]{3,300}\Z)(?=\s|\Z)"
)
_CHICAGO = re.compile(
    r"(?P<author>[^\d“”«»\"]{2,200}?(?:(?<=\s[^\W\d_])\.)?)\.?,?\s(?P<year>(?:1[5-9]|20)\d\d)[a-z]?\.\s(?=[“\"«*_])"
)
_GOST_BOOK = re.compile(
    r"(?P<title>[^/]{3,300}?)(?:\s/\s[^/]{2,200}?)?\.\s?[–—-]\s(?P<place>[^:]{1,40}?)\s?:\s(?P<publisher>[^,]{2,80}),\s(?P<year>\d{4})"
)
_MARKED_LINK = re.compile(r"\[([^\[\]]{3,300})\]\(https?://[^\s()]{3,1000}(?:\([^\s()]{0,100}\)[^\s()]{0,200})?\)")
_ENTRY_YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([a-zа-в]?)(?![\d\w–-])")
_SEVERAL = re.compile(r"\s(?:and|&|ve|и|et al|vd|и др)[.\s]|;|\.,?\s[^\W\d_][\w’'-]{2,},?\s[^\W\d_]\.")
_ENTRY_START = re.compile(
    r"(?=[^\n]{0,150}?(?<!\d)(?:1[89]|20)\d\d(?!\d))(?:[^\W\d_a-zçğıöşüа-яё][\w’'-]{1,30}(?:,\s|\s[^\W\d_]\.)|[^()\n]{2,100}\.?\s\((?:1[89]|20)\d\d)"
)
_LEAST_BARE = 3  # author–year marks from which a text without a list is taken to cite in that manner


@dataclass(frozen=True, slots=True)
class _Fields:
    author: str | None
    title: str | None
    rest: str
    published: str | None = None
    publisher: str | None = None


def parse_references(text: str, blocks: Sequence[Block], *, cited: frozenset[str]) -> dict[str, Citation]:
    """Citations by the label that marks in the body use.

    Entries without numbers get their place as number where the body cites numbers that fit the list. What has
    no number of its own (author and year, an address, an outlet) is numbered after the list, in order of its
    first mention.

    Args:
        text: The whole document.
        blocks: Blocks of its reference list, in order.
        cited: Labels that the body's marks name.

    Returns:
        The first entry of each label, in order; unnumbered entries that nothing cites are left out.
    """
    blocks = [entry for block in blocks for entry in _entries(text, block)]
    citations = _listed(text, blocks, cited)
    others = frozenset(label for label in cited if not is_numbered(label) and label[0] != LOST)
    if not others:
        return citations
    numbers = frozenset(citation.start for citation in citations.values())
    free = [block for block in blocks if _content_start(text, block) not in numbers]
    return citations | _mentioned(text, blocks, free, others, 1 + max(_numbers(citations), default=0))


def _entries(text: str, block: Block) -> list[Block]:
    """The entries of a block: lines that each begin with an author and hold a year were joined for their width."""
    if block.mark:
        return [block]
    cuts = [
        found.end()
        for found in re.finditer(r"(?<=[\w.)/])\r?\n", text[block.start : block.end])
        if _ENTRY_START.match(text, block.start + found.end(), block.end)
    ]
    places = [block.start, *(block.start + cut for cut in cuts), block.end]
    pieces = [(start, end) for start, end in pairwise(places)]
    return [replace(block, start=start, end=start + len(text[start:end].rstrip())) for start, end in pieces]


def _numbers(citations: dict[str, Citation]) -> list[int]:
    return [citation.number for citation in citations.values()]


def _listed(text: str, blocks: Sequence[Block], cited: frozenset[str]) -> dict[str, Citation]:
    """Entries with a number or name of their own, or whose places the body's marks name."""
    labels = [label_of(block) for block in blocks]
    numbered = [label for label in cited if is_numbered(label)]
    if not any(labels) and numbered and all(_fits(label, blocks) for label in numbered):
        labels = [str(place) for place in range(1, len(blocks) + 1)]
    if not numbered and any(label[0] == AUTHOR for label in cited):
        return {}  # a list with numbers that the text never uses: it cites by author
    numbers = number_labels(label for label in labels if label)
    lost = {label[1:] for label in cited if label[0] == LOST}
    prefix = LOST if not numbered and len(lost & set(labels)) >= min(2, len(blocks)) else ""
    citations: dict[str, Citation] = {}
    for label, block in zip(labels, blocks, strict=True):
        if label and prefix + label not in citations:
            citations[prefix + label] = parse_reference(text, block, numbers[label])
    return citations


def _fits(label: str, blocks: Sequence[Block]) -> bool:
    return label.isdecimal() and 0 < int(label) <= len(blocks)


def _mentioned(
    text: str, blocks: Sequence[Block], free: Sequence[Block], cited: frozenset[str], first: int
) -> dict[str, Citation]:
    """Citations without a number of their own, numbered in order of their first mention from `first`."""
    marks = sorted(find_marks(text, 0, len(text)), key=lambda mark: mark.start)
    outside = [mark for mark in marks if not any(block.start <= mark.start < block.end for block in blocks)]
    bare = _bare_labels(text, outside, cited) if not blocks else frozenset()
    keys = _address_keys(text) if any(label.startswith(f"{ADDRESS}[") for label in cited) else {}
    heads = [(_head(text, block), block) for block in free]
    found: dict[str, Citation] = {}
    taken: set[int] = set()
    for mark in outside:
        for label in mark.labels:
            if label not in cited or label in found:
                continue
            number = first + len(found)
            entry = _entry_of(label, heads) if label[0] == AUTHOR else None
            if entry is not None and entry.start not in taken:
                taken.add(entry.start)
                found[label] = parse_reference(text, entry, number)
            elif label[0] != AUTHOR or label in bare:
                citation = _bare_citation(text, mark, label, number, keys)
                if citation is not None:
                    found[label] = citation
    return found


def _bare_labels(text: str, marks: Sequence[Mark], cited: frozenset[str]) -> frozenset[str]:
    """The author–year labels in brackets of a text without a list; none where they are too few for a manner."""
    brackets = [mark for mark in marks if text[mark.start] in "(["]
    named = [label for mark in brackets for label in mark.labels if label[0] == AUTHOR and label in cited]
    return frozenset(named if len(named) >= _LEAST_BARE else ())


def _bare_citation(text: str, mark: Mark, label: str, number: int, keys: dict[str, str]) -> Citation | None:
    """A citation that is no more than its mark: what the mark says is all that is known."""
    quoted = text[mark.start : mark.end]
    if label[0] == OUTLET:
        return Citation(number, quoted, mark.start, mark.end, publisher=label[1:])
    if label[0] == ADDRESS:
        address = keys.get(label[1:], "") if label[1] == "[" else label[1:]
        if not address:
            return None
        return Citation(number, quoted, mark.start, mark.end, publisher=publisher_at(address), url=address)
    year = label[-5:-1] if not label[-1].isdigit() else label[-4:]
    author = re.search(rf"(?:[\[(;]|\A)\s*([^\[(;\d]{{2,120}}?)[,\s(]+{year}", quoted)
    name = LEAD.sub("", author[1].strip(), count=1) if author else None
    return Citation(number, quoted, mark.start, mark.end, author=name, published=year)


def _address_keys(text: str) -> dict[str, str]:
    lines = re.finditer(r"^\s{0,3}(\[[^\[\]\s^][^\[\]\s]{0,39}\]):\s<?(https?://[^\s<>]+)", text, re.MULTILINE)
    return {line[1].lower(): line[2] for line in lines}


def _content_start(text: str, block: Block) -> int:
    start = block.start
    if block.mark and text.startswith(block.mark, start):
        start += len(block.mark)
    while start < block.end and text[start].isspace():
        start += 1
    return start


def _head(text: str, block: Block) -> str:
    start = _content_start(text, block)
    return " ".join(text[start : min(block.end, start + _LONGEST)].split())


def _entry_of(label: str, heads: Sequence[tuple[str, Block]]) -> Block | None:
    """The one entry an author–year label fits; None where none or several do."""
    names, _, year = label[1:].rpartition(" ")
    name = names.removesuffix("+")
    fitting = [(head, block) for head, block in heads if _begins(head, name) and _year_of(head) == year]
    if len(fitting) > 1:
        several = names.endswith("+")
        fitting = [(head, block) for head, block in fitting if bool(_SEVERAL.search(_authors_of(head))) == several]
    return fitting[0][1] if len(fitting) == 1 else None


def _begins(entry: str, name: str) -> bool:
    """Whether an entry begins with the name: a surname, or a whole organisation."""
    opening = re.split(r"[,.(]|\s[^\W\d_]\.", entry[:200], maxsplit=1)[0]
    key = surname_key(opening)
    return key == name or key.split(" ")[0] == name or fold(entry).startswith(name + " ")


def _year_of(entry: str) -> str:
    """The year of an entry with its letter (`2023a`), dates of access and addresses aside."""
    _, remaining = _accessed(_URL.sub(" ", entry))
    unquoted = _QUOTED.sub(" ", remaining)
    early = re.search(r"\(((?:1[89]|20)\d\d)([a-zа-в]?)[,)]", unquoted[:250])
    found = early or _ENTRY_YEAR.search(unquoted)
    return (found[1] + found[2]).lower() if found else ""


def _authors_of(entry: str) -> str:
    found = re.search(r"\(?(?:1[89]|20)\d\d|[“«\"*]", entry)
    return entry[: found.start()] if found else entry[:80]


def parse_reference(text: str, block: Block, number: int) -> Citation:
    """Parse one entry.

    Args:
        text: The whole document.
        block: The entry.
        number: Its number.

    Returns:
        The citation; `text` is the entry without its mark.
    """
    start = _content_start(text, block)
    entry = " ".join(text[start : min(block.end, start + _LONGEST)].split())
    url = _URL.search(entry)
    address = url[0].rstrip(".,;:") if url else None
    accessed, remaining = _accessed(_URL.sub(" ", _unlinked(entry)))
    fields = _title_and_author(remaining)
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


def _unlinked(entry: str) -> str:
    """An entry with its Markdown links as plain words; the only quoted-like thing in it is its title."""
    return _MARKED_LINK.sub(r"\1" if _QUOTED.search(entry) or _ITALIC.search(entry) else r"“\1”", entry)


def _outlet_alone(entry: str) -> str | None:
    """The outlet an entry without a title begins with: `Reuters, 3 May 2022`."""
    opening = re.split(r"[,.;(]\s", entry + " ", maxsplit=1)[0]
    return opening.strip() if outlet_of(opening) else None


def _title_and_author(entry: str) -> _Fields:
    if found := _dated_author(entry):
        return found
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
    named = _SURNAME_FIRST.match(entry)
    if named and (book := _GOST_BOOK.match(entry, named.end())):  # Surname I. O. Title. — City : Publisher, Year.
        author, year = named[0].strip(" ,"), book["year"]
        return _Fields(author, book["title"].strip(), entry[book.end() :], year, book["publisher"].strip(" »«"))
    return _Fields(None, None, entry)


def _dated_author(entry: str) -> _Fields | None:
    """Author and year first: `Kaya, E. (2023). Title. Publisher.`, `Kaya, Emrah. 2023. “Title.” Journal.`."""
    if found := _CHICAGO.match(entry):
        fields = _title_and_author(entry[found.end() :])
        author = found["author"].strip(" ,")
        return _Fields(author, fields.title, fields.rest, found["year"]) if fields.title else None
    found = _APA.match(entry)
    if found is None:
        return _quoted_after_year(entry)
    author = found["author"].strip(" ,")
    title = found["title"].strip(" .,*_")
    rest = re.sub(r"\A\W{0,3}[^.:*_]{2,30}:\s", "", entry[found.end() :])  # the city before a publisher
    return _Fields(author, title, rest, _year_first(found["year"], found["rest"]))


def _quoted_after_year(entry: str) -> _Fields | None:
    found = re.match(r"([^()\d“”«»\"]{2,200}?\.?),?\s\(((?:1[5-9]|20)\d\d)[a-zа-в]?(,[^()]{1,30})?\)[.,:]?\s", entry)
    if found is None:
        return None
    fields = _title_and_author(entry[found.end() :])
    return _Fields(found[1].strip(" ,"), fields.title, fields.rest, _year_first(found[2], found[3]))


def _year_first(year: str | None, day: str | None) -> str | None:
    """The date of `(2023, March 3)`, `(2023, 3 Mart)` or `(2023)`."""
    if year and day:
        dates = find_dates(f"{day.strip(' ,')} {year}")
        return str(dates[0].span) if dates else year
    return year


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
    years = {found[1] or found[2] for found in _YEAR_ONLY.finditer(rest)} | (
        {found[1] for found in _ENTRY_YEAR.finditer(rest)} if alone else set()
    )
    if alone and len(years) != 1:
        return None
    year = _YEAR_ONLY.search(rest)
    return (year[1] or year[2]) if year else None
