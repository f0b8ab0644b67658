"""Citations without a number of their own: an author and a year, an address, an outlet that is named."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from detente.documents.attributions import publisher_at, site_of
from detente.documents.author_entries import AuthorIndex
from detente.documents.citations import ADDRESS, AUTHOR, LEAD, OUTLET, Mark
from detente.documents.page_links import PageLink
from detente.documents.reference_entry import parse_reference
from detente.model import Citation

_LEAST_BARE = 3  # author–year marks from which a text without a list is taken to cite in that manner
_ANCHOR = re.compile(r"\[(?P<words>[^\[\]]{1,300})\][(\[]")


@dataclass(frozen=True, slots=True)
class MentionSources:
    """What a mark without a number can be looked up in.

    Attributes:
        text: The whole document.
        index: The entries of the list that have no number.
        links: Links whose addresses the text does not show.
        listed: The entries that have one, by their address.
        bare: Author–year labels that count without an entry.
        keys: Addresses by the keys of Markdown links.
        entries: Citations made of entries so far, by their offset.
    """

    text: str
    index: AuthorIndex
    links: Sequence[PageLink]
    listed: Mapping[str, Citation]
    bare: frozenset[str]
    keys: Mapping[str, str]
    entries: dict[int, Citation] = field(default_factory=dict)

    def citation(self, label: str, mark: Mark, number: int) -> Citation | None:
        """The citation a label names, with the number unless it has one; None where there is none."""
        if label[0] == AUTHOR:
            return self._written(label, mark, number)
        if label[0] == ADDRESS:
            address = self.keys.get(label[1:]) if label[1] == "[" else label[1:]
            return self.listed.get(address) or _linked(self.text, mark, address, number) if address else None
        words = self.text[mark.start : mark.end]
        return Citation(number, words, mark.start, mark.end, publisher=label[1:]) if label[0] == OUTLET else None

    def _written(self, label: str, mark: Mark, number: int) -> Citation | None:
        entry = self.index.entry_of(label)
        if entry is None:
            return _bare_citation(self.text, mark, label, number) if label in self.bare else None
        if entry.start not in self.entries:
            self.entries[entry.start] = parse_reference(self.text, entry, number, self.links)
        return self.entries[entry.start]


def number_mentions(
    text: str,
    marks: Sequence[Mark],
    listed: Mapping[str, Citation],
    index: AuthorIndex,
    *,
    alone: bool,
    links: Sequence[PageLink],
) -> dict[str, Citation]:
    """What marks name that has no number of its own, numbered behind the list in order of first mention.

    Args:
        text: The whole document.
        marks: Marks of its body, in order.
        listed: Citations of the list.
        index: The entries that have no number.
        alone: Whether there is no list.
        links: Links whose addresses the text does not show.

    Returns:
        Citations by label. An address that an entry of the list has is that entry.
    """
    keyed = any(label.startswith(f"{ADDRESS}[") for mark in marks for label in mark.labels)
    sources = MentionSources(
        text,
        index,
        links,
        {citation.url: citation for citation in listed.values() if citation.url},
        _bare_labels(text, marks) if alone else frozenset(),
        _address_keys(text) if keyed else {},
    )
    found: dict[str, Citation] = {}
    free = 1 + max((citation.number for citation in listed.values()), default=0)
    for mark in marks:
        for label in mark.labels:
            citation = None if label in found else sources.citation(label, mark, free)
            if citation is not None:
                found[label] = citation
                free += citation.number == free
    return found


def _bare_labels(text: str, marks: Sequence[Mark]) -> frozenset[str]:
    """The author–year labels in brackets of a text without a list; none where they are too few for a manner."""
    named = [label for mark in marks if text[mark.start] in "([" for label in mark.labels if label[0] == AUTHOR]
    return frozenset(named if len(named) >= _LEAST_BARE else ())


def _linked(text: str, mark: Mark, address: str, number: int) -> Citation:
    """A citation that is a link: its words are the title, its site the publisher, where nothing better is known."""
    quoted = text[mark.start : mark.end]
    anchor = _ANCHOR.match(quoted)
    words = anchor["words"] if anchor else quoted
    title = None if "://" in words else " ".join(words.split()).strip(' *_“”«»"')
    publisher = publisher_at(address) or site_of(address)
    return Citation(number, quoted, mark.start, mark.end, title=title or None, publisher=publisher, url=address)


def _bare_citation(text: str, mark: Mark, label: str, number: int) -> Citation:
    """A citation that is no more than its mark: what the mark says is all that is known."""
    quoted = text[mark.start : mark.end]
    year = label[-5:-1] if not label[-1].isdigit() else label[-4:]
    author = re.search(rf"(?:[\[(;]|\A)\s*([^\[(;\d]{{2,120}}?)[,\s(]+{year}", quoted)
    name = LEAD.sub("", author[1].strip(), count=1) if author else None
    return Citation(number, quoted, mark.start, mark.end, author=name, published=year)


def _address_keys(text: str) -> dict[str, str]:
    lines = re.finditer(r"^\s{0,3}(\[[^\[\]\s^][^\[\]\s]{0,39}\]):\s<?(https?://[^\s<>]+)", text, re.MULTILINE)
    return {line[1].lower(): line[2] for line in lines}
