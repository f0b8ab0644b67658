"""The citation marks of every block of a text, found once; in the order of their weight."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from detente.documents.attributions import publisher_at
from detente.documents.blocks import Block
from detente.documents.citations import ADDRESS, AUTHOR, LOST, OUTLET, SAME, Mark, find_marks
from detente.documents.page_links import PageLink

Marks = Mapping[int, tuple[Mark, ...]]
"""Marks by the offset at which their block starts."""

_WEIGHT = {OUTLET: 0, ADDRESS: 1, AUTHOR: 2, SAME: 2, LOST: 4}


def index_marks(text: str, blocks: Sequence[Block], links: Sequence[PageLink] = ()) -> dict[int, tuple[Mark, ...]]:
    """Find the marks of all blocks.

    Args:
        text: The whole document.
        blocks: Its blocks, in order.
        links: Links whose addresses the text does not show.

    Returns:
        For each block its marks: outlets, addresses, authors, then numbers, each in order. `(ibid.)` has the
        label of the author and year cited before it; an outlet whose own page the same words link to is left out.
    """
    marks: dict[int, tuple[Mark, ...]] = {}
    before: tuple[str, ...] = ()
    place = 0
    for block in blocks:
        while place < len(links) and links[place].start < block.start:
            place += 1
        found = list(find_marks(text, block.start, block.end))
        while place < len(links) and links[place].start < block.end:
            link = links[place]
            found.append(Mark(link.start, min(link.end, block.end), (ADDRESS + link.url,)))
            place += 1
        if found:
            found.sort(key=lambda mark: (_weight(mark), mark.start))
            found, before = _follow(_merge(found), before)
            marks[block.start] = tuple(found)
    return marks


def _weight(mark: Mark) -> int:
    return _WEIGHT.get(mark.labels[0][0], 3)


def _merge(marks: list[Mark]) -> list[Mark]:
    """The marks without an outlet that stands in the words of a link to the outlet's own page."""
    links = [mark for mark in marks if mark.labels[0][0] == ADDRESS]
    if not links or marks[0].labels[0][0] != OUTLET:
        return marks
    sites: dict[str, list[Mark]] = {}
    for link in links:
        sites.setdefault(publisher_at(link.labels[0][1:]) or "", []).append(link)
    return [mark for mark in marks if mark.labels[0][0] != OUTLET or not _inside(mark, sites)]


def _inside(mark: Mark, sites: Mapping[str, Sequence[Mark]]) -> bool:
    own = sites.get(mark.labels[0][1:], ())
    return any(link.start < mark.end and mark.start < link.end for link in own[:50])


def _follow(marks: list[Mark], before: tuple[str, ...]) -> tuple[list[Mark], tuple[str, ...]]:
    """`(ibid.)` resolved to the author and year cited last; left out where nothing was cited."""
    followed: list[Mark] = []
    for mark in marks:
        if mark.labels[0][0] == SAME:
            if before:
                followed.append(replace(mark, labels=before))
            continue
        if mark.labels[0][0] == AUTHOR:
            before = mark.labels
        followed.append(mark)
    return followed, before


def marks_within(marks: Sequence[Mark], start: int, end: int) -> list[Mark]:
    """The marks that begin between two offsets."""
    return [mark for mark in marks if start <= mark.start < end]
