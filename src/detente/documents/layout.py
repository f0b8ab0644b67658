"""The parts of an article: title, author, date, body, references; furniture and back matter left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from detente.documents.attributions import agency_of, outlet_of, source_line
from detente.documents.blocks import Block, Kind, ends_sentence, split_blocks
from detente.documents.front_matter import FrontMatter, read_front_matter
from detente.documents.furniture import (
    address_line,
    authors_of,
    dateline,
    is_boilerplate,
    is_heading,
    lead_date,
)
from detente.documents.language import detect_language
from detente.documents.marks import Marks, index_marks
from detente.documents.page_links import PageLink
from detente.documents.reference_list import ReferenceList, find_reference_list
from detente.documents.sign_notes import find_sign_notes
from detente.documents.tables import fold, leading_phrase
from detente.model import DateSpan

_TOP = 6  # blocks in which title, byline and dateline are looked for
_TITLE_WORDS = 25
_OPENING = 5000  # characters after a byline in which its names would be told of, were it a caption
_FOREIGN_LETTERS = 60  # below this many letters a closing block's language is not judged
_FOREIGN_SHARE = 0.25  # a closing part in another language above this share is part of the body
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """What an article's lines are; None or empty where it does not say.

    Attributes:
        title: Headline.
        authors: Names without degrees.
        published: Date the text gives for itself.
        url: Address the text gives for itself.
        publisher: From the front matter, an agency line (`ANKARA (AA) —`), a byline or a `Source:` line.
        language: From the front matter.
        body: Blocks of the article itself.
        references: Blocks of the reference list.
        marks: Citation marks of all blocks.
    """

    title: str | None
    authors: tuple[str, ...]
    published: DateSpan | None
    url: str | None
    publisher: str | None
    language: str | None
    body: tuple[Block, ...]
    references: tuple[Block, ...]
    marks: Marks = field(default_factory=dict)


def parse_layout(text: str, kind: Kind, *, title: str | None = None, links: Sequence[PageLink] = ()) -> Layout:
    """Tell the body of an article from what surrounds it.

    Args:
        text: The whole document.
        kind: How it is written.
        title: Its title, where metadata give one; the block that repeats it is no body.
        links: Links whose addresses the text does not show.

    Returns:
        The parts. A text in which nothing ends like a sentence is all body.
    """
    front, begin = read_front_matter(text) if kind == "markdown" else (FrontMatter(), 0)
    blocks = find_sign_notes(text, [block for block in split_blocks(text, kind) if block.start >= begin], kind)
    marks = index_marks(text, blocks, links)
    listed = find_reference_list(text, blocks, marks)
    headline = _title_place(text, blocks, title or front.title)
    references = frozenset(listed.entries)
    top = {place: names for place, names in _top_places(text, blocks, headline).items() if place not in references}
    back = min(_back_place(text, blocks, listed), _foreign_place(text, blocks, listed.back))
    left_out = {headline, *top, *listed.entries, *listed.headings}
    body = [block for place, block in enumerate(blocks[:back]) if place not in left_out]
    authors = front.authors or _authors(text, blocks, top, back)
    return Layout(
        title=title or front.title or (_content(text, blocks[headline]) if headline >= 0 else None),
        authors=authors,
        published=front.published or _published(text, blocks, top),
        url=front.url or _address(text, blocks),
        publisher=front.publisher
        or _publisher(text, [block for place, block in enumerate(blocks) if place not in references], top),
        language=front.language,
        body=_prose(text, _without_note(text, body, authors)),
        references=tuple(blocks[place] for place in listed.entries),
        marks=marks,
    )


def _content(text: str, block: Block) -> str:
    return text[block.start : block.end].strip("*_# ")


def _title_place(text: str, blocks: Sequence[Block], known: str | None) -> int:
    """Place of the title: the known one, the first heading, or a short first line; -1 where there is none."""
    for place, block in enumerate(blocks[:_TOP]):
        if known and fold(_content(text, block)) == fold(known.strip()):
            return place
        if not known and block.kind == "heading" and block.level == 1:
            return place
    if known:
        return -1
    for place, block in enumerate(blocks[:3]):
        line = text[block.start : block.end]
        if is_boilerplate(line) or dateline(line):
            continue
        rest = blocks[place + 1 :]
        prose = any(ends_sentence(text[other.start : other.end]) for other in rest)
        return place if prose and _like_title(line, block) else -1
    return -1


def _like_title(line: str, block: Block) -> bool:
    short = "\n" not in line and len(line) <= 200 and len(line.split()) <= _TITLE_WORDS
    return short and block.kind in {"paragraph", "heading"} and (not ends_sentence(line) or line[-1] in '?!”’"»')


def _top_places(text: str, blocks: Sequence[Block], headline: int) -> dict[int, tuple[str, ...]]:
    """Bylines and datelines before the first paragraph of prose, with the names on them."""
    found: dict[int, tuple[str, ...]] = {}
    for place, block in enumerate(blocks[:_TOP]):
        line = text[block.start : block.end]
        if place == headline or block.kind == "heading" or is_boilerplate(line):
            continue
        if dateline(line):
            found[place] = ()
        elif is_heading(line) and (names := _byline(text, block, blocks[-1], headline=headline)):
            found[place] = names
        elif ends_sentence(line):
            break
    return found


def _byline(text: str, block: Block, last: Block, *, headline: int) -> tuple[str, ...]:
    """Names on a line; without `By`, only names that the article itself does not speak of.

    A heading's words stand elsewhere in lower case; a person in a picture's caption is in the story.
    The last block is left out: it may be the author's note.
    """
    line = text[block.start : block.end]
    names = authors_of(line)
    if not names or leading_phrase(line, "byline"):
        return names
    words = {word.lower() for word in _WORD.findall(line) if len(word) > 2 and word[0].isupper()}
    story = set(_WORD.findall(text, block.end, min(last.start, block.end + _OPENING)))
    common = any(word in story for word in words)
    told = any(name.split()[-1] in story for name in names)
    return () if common or told or headline < 0 else names


def _back_place(text: str, blocks: Sequence[Block], listed: ReferenceList) -> int:
    for place in range(len(blocks) // 2, listed.back):
        block = blocks[place]
        if block.end - block.start < 60 and leading_phrase(text[block.start : block.end], "back"):
            return place
    return listed.back


def _foreign_place(text: str, blocks: Sequence[Block], back: int) -> int:
    """Where a closing part in another language begins, lines of a few words before it included."""
    total = sum(block.end - block.start for block in blocks[:back])
    sample = "\n".join(text[block.start : min(block.end, block.start + 400)] for block in blocks[:back][:10])
    main = detect_language(sample)
    place, size, begin = back, 0, back
    while place > 1 and main:
        place -= 1
        line = text[blocks[place].start : blocks[place].end]
        size += len(line)
        language = detect_language(line, least_letters=_FOREIGN_LETTERS)
        if size > total * _FOREIGN_SHARE or language == main or (language is None and not is_heading(line)):
            break
        if language:
            begin = place
    return _with_name_above(text, blocks, begin) if begin < back else back


def _with_name_above(text: str, blocks: Sequence[Block], begin: int) -> int:
    above = blocks[begin - 1]
    return begin - 1 if begin > 1 and authors_of(text[above.start : above.end]) else begin


def _authors(text: str, blocks: Sequence[Block], top: dict[int, tuple[str, ...]], back: int) -> tuple[str, ...]:
    named = tuple(name for names in top.values() for name in names)
    for block in blocks[back : back + 4]:
        if named:
            break
        named = authors_of(text[block.start : block.end])
    return named


def _published(text: str, blocks: Sequence[Block], top: dict[int, tuple[str, ...]]) -> DateSpan | None:
    for place in top:
        if span := dateline(text[blocks[place].start : blocks[place].end]):
            return span
    prose = (text[block.start : block.end] for block in blocks[:_TOP] if block.kind == "paragraph")
    first = next((line for line in prose if ends_sentence(line)), "")
    return lead_date(first)


def _publisher(text: str, blocks: Sequence[Block], top: dict[int, tuple[str, ...]]) -> str | None:
    """The outlet that the text itself carries as its own: the agency line first, then byline and source line."""
    lines = [text[block.start : block.end] for block in blocks[:_TOP]]
    bylines = [text[block.start : block.end] for place, block in enumerate(blocks[:_TOP]) if place in top]
    first = next((line for line in lines if ends_sentence(line)), "")
    if agency := agency_of(first):
        return agency
    for part in (part for line in bylines for part in re.split(r"[,|]", line)[1:]):
        if outlet := outlet_of(part):
            return outlet
    ends = (*lines, *(text[block.start : block.end] for block in blocks[-2:]))
    return next((outlet for line in ends if (outlet := source_line(line))), None)


def _address(text: str, blocks: Sequence[Block]) -> str | None:
    for block in (*blocks[:_TOP], *blocks[-2:]):
        line = text[block.start : block.end]
        if line[:4].lower() == "url:" and (address := address_line(line)):
            return address
    return None


def _without_note(text: str, body: list[Block], authors: tuple[str, ...]) -> list[Block]:
    """The body without a last block that begins with the author's own name."""
    if len(body) < 3 or not authors:
        return body
    opening = fold(text[body[-1].start : body[-1].start + 120])
    return body[:-1] if any(fold(name) in opening[: len(name) + 15] for name in authors) else body


def _prose(text: str, body: Sequence[Block]) -> tuple[Block, ...]:
    lines = [(block, text[block.start : block.end]) for block in body if block.kind != "other"]
    kept = [(block, line) for block, line in lines if not is_boilerplate(line)]
    if not any(ends_sentence(line) for _, line in kept):
        return tuple(block for block, _ in kept)
    return tuple(
        block
        for block, line in kept
        if block.kind in {"item", "entry"} or (block.kind == "paragraph" and not is_heading(line))
    )
