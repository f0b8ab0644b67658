"""Where a text's reference list stands, and where the matter behind it begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detente.documents.blocks import Block
from detente.documents.citations import LOST, find_marks
from detente.documents.tables import leading_phrase

_DATED = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)|https?://|\b(?:n\.d\.|t\.y\.)")
_LONGEST_ENTRY = 500
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


def find_reference_list(text: str, blocks: Sequence[Block]) -> ReferenceList:
    """Find references under a heading, as Markdown definitions, or as numbered entries that marks name.

    Args:
        text: The whole document.
        blocks: Its blocks.

    Returns:
        The places; what follows a list is back matter unless it is longer than what stands before.
    """
    definitions = [place for place, block in enumerate(blocks) if block.kind == "definition"]
    headings, listed = _under_heading(text, blocks)
    if not listed:
        headings = []
        listed = _entries(text, blocks)
    entries = sorted({*definitions, *listed})
    back = len(blocks)
    if listed and not definitions:
        last, first = max(listed) + 1, min(listed)
        if _size(blocks[last:]) < _size(blocks[:first]):
            back = last
    return ReferenceList(tuple(entries), tuple(headings), back)


def _under_heading(text: str, blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
    headings: list[int] = []
    listed: list[int] = []
    for place, block in enumerate(blocks):
        short = block.end - block.start <= 40
        if not (short and leading_phrase(text[block.start : block.end], "references")):
            continue
        found = _run(blocks, place + 1)
        late = _size(blocks[:place]) > _size(blocks[place:])
        if found and (late or blocks[found[0]].kind in _LISTED or _dated(text, [blocks[item] for item in found])):
            headings.append(place)
            listed += found
    return headings, listed


def _dated(text: str, entries: Sequence[Block]) -> bool:
    """Whether plain paragraphs look like references: short, and nearly all with a year or an address."""
    lines = [text[block.start : block.end] for block in entries]
    dated = sum(bool(_DATED.search(line)) for line in lines)
    return len(lines) > 1 and max(map(len, lines)) < _LONGEST_ENTRY and dated >= 0.8 * len(lines)


def _run(blocks: Sequence[Block], first: int) -> list[int]:
    """Places from `first` on that look like its entries: all listed, or all plain paragraphs."""
    places: list[int] = []
    numbered = first < len(blocks) and blocks[first].kind in _LISTED
    for place in range(first, len(blocks)):
        block = blocks[place]
        if block.kind == "heading" or (block.kind in _LISTED) != numbered:
            break
        places.append(place)
    return places


def _entries(text: str, blocks: Sequence[Block]) -> list[int]:
    """Entries that start with `[1]`, or a closing run of `1.` items whose numbers the body's marks name."""
    bracketed = [place for place, block in enumerate(blocks) if block.kind == "entry"]
    counted = _closing_items(blocks)
    for places in (bracketed, counted):
        inside = set(places)
        cited = {
            label
            for place, block in enumerate(blocks)
            if place not in inside
            for mark in find_marks(text, block.start, block.end)
            for label in mark.labels
        }
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
    return str(int(bare)) if bare.isdigit() and bare.isdecimal() else _raised(bare)


def _raised(bare: str) -> str:
    digits = bare.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    if digits != bare and digits.isdecimal():
        return str(int(digits))
    return bare if bare[:1].isalnum() else ""


def _size(blocks: Sequence[Block]) -> int:
    return sum(block.end - block.start for block in blocks)
