"""The citations of a text: the entries of its reference list, and what its marks name without one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from detente.documents.author_entries import AuthorIndex
from detente.documents.blocks import Block
from detente.documents.citations import AUTHOR, LOST, is_numbered, is_sign, number_labels
from detente.documents.marks import Marks
from detente.documents.mentions import number_mentions
from detente.documents.note_runs import scope_labels
from detente.documents.page_links import PageLink
from detente.documents.reference_entry import content_start, parse_reference
from detente.documents.reference_list import label_of
from detente.documents.same_work import follow_notes
from detente.model import Citation

_ENTRY_START = re.compile(
    r"(?=[^\n]{0,150}?(?<!\d)(?:1[89]|20)\d\d(?!\d))(?:[^\W\d_a-zçğıöşüа-яё][\w’'-]{1,30}(?:,\s|\s[^\W\d_]\.)|[^()\n]{2,100}\.?\s\((?:1[89]|20)\d\d)"
)


def parse_references(
    text: str, references: Sequence[Block], marks: Marks, *, links: Sequence[PageLink] = ()
) -> tuple[dict[str, Citation], Marks]:
    """Citations by the label that marks in the body use.

    Entries without numbers get their place as number where the body cites numbers that fit the list. What has
    no number of its own (author and year, an address, an outlet) is numbered after the list, in order of its
    first mention.

    Args:
        text: The whole document.
        references: Blocks of its reference list, in order.
        marks: Marks of its body.
        links: Links whose addresses the text does not show.

    Returns:
        The first entry of each label, in order; unnumbered entries that nothing cites are left out. And the marks
        with labels that tell notes with one number apart.
    """
    blocks = [entry for block in references for entry in _entries(text, block)]
    marks, labels = scope_labels(marks, blocks, [label_of(block) for block in blocks])
    ordered = sorted((mark for found in marks.values() for mark in found), key=lambda mark: mark.start)
    cited = frozenset(label for mark in ordered for label in mark.labels)
    listed = _listed(text, blocks, labels, cited, links)
    numbers = frozenset(citation.start for citation in listed.values())
    free = [block for block in blocks if content_start(text, block) not in numbers]
    index = AuthorIndex(text, free)
    return listed | number_mentions(text, ordered, listed, index, alone=not blocks, links=links), marks


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


def _listed(
    text: str, blocks: Sequence[Block], labels: Sequence[str], cited: frozenset[str], links: Sequence[PageLink]
) -> dict[str, Citation]:
    """Entries with a number or name of their own, or whose places the body's marks name."""
    numbered = [label for label in cited if is_numbered(label)]
    if not any(labels) and numbered and all(_fits(label, blocks) for label in numbered):
        labels = [str(place) for place in range(1, len(blocks) + 1)]
    if not numbered and any(label[0] == AUTHOR for label in cited):
        labels = [label if is_sign(label) else "" for label in labels]  # numbers that the text never uses
    numbers = number_labels(label for label in labels if label)
    lost = {label[1:] for label in cited if label[0] == LOST}
    prefix = LOST if not numbered and len(lost & set(labels)) >= min(2, len(blocks)) else ""
    citations: dict[str, Citation] = {}
    for label, block in zip(labels, blocks, strict=True):
        if label and prefix + label not in citations:
            citations[prefix + label] = parse_reference(text, block, numbers[label], links)
    return follow_notes(citations)


def _fits(label: str, blocks: Sequence[Block]) -> bool:
    return label.isdecimal() and 0 < int(label) <= len(blocks)
