"""Where a text's reference list stands, and where the matter behind it begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from detente.documents.blocks import Block
from detente.documents.citations import LOST, is_sign
from detente.documents.marks import Marks
from detente.documents.tables import leading_phrase

_DATED = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|https?://|\b(?:n\.d\.|t\.y\.)")
_LONGEST_ENTRY = 500
_LONGEST_HEADING = 40
_LISTED = frozenset({"entry", "item", "definition"})


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """Places in the list of blocks.

    Attributes:
        entries: Places of the references.
        headings: Places of the headings over them.
        back: Place from which on nothing is body; the number of blocks where there is no such place.
    """

    entries: tuple[int, ...]
    headings: tuple[int, ...]
    back: int


def find_reference_list(text: str, blocks: Sequence[Block], marks: Marks) -> ReferenceList:
    """Find references under a heading, as Markdown definitions, or as numbered entries that marks name.

    Args:
        text: The whole document.
        blocks: Its blocks.
        marks: The citation marks in them.

    Returns:
        The places; what follows a list is back matter unless it is longer than what stands before.
    """
    definitions = [place for place, block in enumerate(blocks) if block.kind == "definition"]
    signed = [place for place, block in enumerate(blocks) if block.kind == "entry" and is_sign(label_of(block))]
    headings, listed = _under_heading(text, blocks)
    if not listed:
        headings = []
        listed = _entries(blocks, marks)
    entries = sorted({*definitions, *signed, *listed})
    back = len(blocks)
    if listed and not definitions:
        last, first = max(listed) + 1, min(listed)
        if _size(blocks[last:]) < _size(blocks[:first]):
            back = last
    return ReferenceList(tuple(entries), tuple(headings), back)


def _under_heading(text: str, blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
    titles = [
        place
        for place, block in enumerate(blocks)
        if block.end - block.start <= _LONGEST_HEADING and leading_phrase(text[block.start : block.end], "references")
    ]
    sizes = list(accumulate((block.end - block.start for block in blocks), initial=0))
    headings: list[int] = []
    listed: list[int] = []
    for place, following in zip(titles, [*titles[1:], len(blocks)], strict=False):
        found = _run(blocks, place + 1, following)
        late = 2 * sizes[place] > sizes[-1]
        if found and (late or blocks[found[0]].kind in _LISTED or _dated(text, [blocks[item] for item in found])):
            headings.append(place)
            listed += found
    return headings, listed


def _dated(text: str, entries: Sequence[Block]) -> bool:
    """Whether plain paragraphs look like references: short, and nearly all with a year or an address."""
    lines = [text[block.start : block.end] for block in entries]
    dated = sum(bool(_DATED.search(line)) for line in lines)
    return len(lines) > 1 and max(map(len, lines)) < _LONGEST_ENTRY and dated >= 0.8 * len(lines)


def _run(blocks: Sequence[Block], first: int, end: int) -> list[int]:
    """Places from `first` on and before `end` that look like its entries: all listed, or all plain paragraphs."""
    places: list[int] = []
    if first < end and _opens_part(blocks, first, end):
        first += 1
    numbered = first < end and blocks[first].kind in _LISTED
    for place in range(first, end):
        block = blocks[place]
        if numbered and places and _opens_part(blocks, place, end):
            continue
        if block.kind == "heading" or (block.kind in _LISTED) != numbered:
            break
        places.append(place)
    return places


def _opens_part(blocks: Sequence[Block], place: int, end: int) -> bool:
    """Whether a short line stands over notes that begin again: `Chapter 2`."""
    block = blocks[place]
    short = block.kind in {"heading", "paragraph"} and block.end - block.start <= _LONGEST_HEADING
    return short and place + 1 < end and label_of(blocks[place + 1]) == "1"


def _entries(blocks: Sequence[Block], marks: Marks) -> list[int]:
    """Entries that start with `[1]`, or a closing run of `1.` items whose numbers the body's marks name."""
    bracketed = [place for place, block in enumerate(blocks) if block.kind == "entry"]
    for places in (bracketed, _closing_items(blocks)):
        inside = {blocks[place].start for place in places}
        named = (mark for at, found in marks.items() if at not in inside for mark in found)
        cited = {label for mark in named for label in mark.labels}
        lost = {label[1:] for label in cited if label[0] == LOST}
        own = {label_of(blocks[place]) for place in places}
        mostly = _size([blocks[place] for place in places]) * 2 > _size(blocks)
        if places and (cited & own or len(lost & own) > 1 or (places is bracketed and not mostly)):
            return places
    return []


def _closing_items(blocks: Sequence[Block]) -> list[int]:
    last = next((place for place in range(len(blocks) - 1, -1, -1) if label_of(blocks[place])), -1)
    places: list[int] = []
    while last >= 0 and blocks[last].kind == "item" and label_of(blocks[last]):
        places.append(last)
        last -= 1
    return places[::-1]


def label_of(block: Block) -> str:
    """The label in a block's mark: `1` of `[1]`, `1.` or `¹`, `note` of `[^note]:`; empty for a bullet."""
    bare = block.mark.strip("[]^.:()")
    if is_sign(bare):
        return bare if block.kind == "entry" else ""
    return str(int(bare)) if bare.isdigit() and bare.isdecimal() else _raised(bare)


def _raised(bare: str) -> str:
    digits = bare.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    if digits != bare and digits.isdecimal():
        return str(int(digits))
    return bare if bare[:1].isalnum() else ""


def _size(blocks: Sequence[Block]) -> int:
    return sum(block.end - block.start for block in blocks)
