"""Footnotes of a web page: marks that lead to a note become `[1]`, and the notes stand at the end as `[1] …`."""

import re
from itertools import islice
from typing import Any

_MARK = re.compile(
    r"\s*[\[(]?\s*(?:note\s|not\s|прим\.\s)?(?P<mark>\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})\s*[\])]?\s*\Z"
)
_NUMBER = re.compile(r"\s*\[?(?P<number>\d{1,3})\]?\s*\Z")
_METRE = re.compile(r"(?:^|[\s\d(])(?:[kcdm]?m|км|см|м|мм)\Z")  # a raised 2 or 3 behind it is a power
_HOLDERS = frozenset(("li", "p", "dd", "td", "div", "aside", "section", "footnote"))
_TOO_WIDE = frozenset(("body", "html", "article", "main", "ol", "ul", "dl", "table", "tbody"))
_BACK = re.compile(r"[\s↩︎⏎^↑⤴️]+|[a-z0-9.]{1,4}")
_HEADING = re.compile(r"h[1-6]\Z")
_LONGEST = 4000  # characters of a note
_MOST_PARTS = 300  # elements in a note


def take_notes(tree: Any) -> list[tuple[str, Any]]:
    """Mark the footnote marks of a page and take its notes out.

    A mark is a link of a number, a sign (`*`, `†`) or a letter to a place further down; what stands there is its
    note. Where a number leads to several notes (each section counts anew) they are numbered through. A raised
    number without a link becomes `[1]` too, but for powers of a metre.

    Args:
        tree: The page (an lxml tree); it is changed.

    Returns:
        Label and element of each note, in order of their first marks.
    """
    marks = list(_marks(tree))
    notes: dict[Any, str] = {}
    for _, sign, note in marks:
        notes.setdefault(note, sign)
    plain = all(label.isdecimal() or not label.isalpha() for label in notes.values())
    if not plain or len(set(notes.values())) < len(notes):
        notes = {note: str(place) for place, note in enumerate(notes, start=1)}
    for link, _, note in marks:
        _write(link, notes[note])
    for raised in list(tree.iter("sup")):
        found = _NUMBER.match(_words(raised))
        if found and not _METRE.search(_before(raised)):
            _write(raised, found["number"])
    for note in notes:
        _take_out(note)
    return [(label, note) for note, label in notes.items()]


def _marks(tree: Any) -> list[tuple[Any, str, Any]]:
    """Links that are marks, with their sign and note."""
    named: dict[str, tuple[int, Any]] = {}
    links: list[tuple[int, Any]] = []
    for place, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        for key in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if key:
                named.setdefault(key, (place, element))
        if element.tag == "a" and "#" in element.get("href", ""):
            links.append((place, element))
    found: list[tuple[Any, str, Any]] = []
    for place, link in links:
        target = named.get(link.get("href").partition("#")[2])
        sign = _MARK.match(_words(link))
        if target is None or sign is None or target[0] < place:
            continue
        note = _note(target[1])
        if note is not None and note not in list(link.iterancestors()):
            found.append((link, sign["mark"], note))
    inside = {note for _, _, note in found}
    return [mark for mark in found if not any(above in inside for above in mark[0].iterancestors())]


def _note(target: Any) -> Any | None:
    """The element that holds a note: the place a mark leads to, or what stands around that place."""
    for element in (target, *target.iterancestors()):
        if element.tag in _TOO_WIDE or (isinstance(element.tag, str) and _HEADING.match(element.tag)):
            return None
        if element.tag in _HOLDERS:
            few = sum(1 for _ in islice(element.iter(), _MOST_PARTS + 1)) <= _MOST_PARTS
            return element if few and 3 < len(_words(element).strip()) <= _LONGEST else None
    return None


def _write(element: Any, label: str) -> None:
    """Put `[label]` in the place of a link, and of the `<sup>` or `<span>` that holds nothing else."""
    while True:
        above = element.getparent()
        alone = above is not None and len(above) == 1 and above.tag in {"sup", "span", "small", "b"}
        if not (alone and not (above.text or "").strip(" [(\n\t") and not (element.tail or "").strip(" ])\n\t")):
            break
        element = above
    for child in list(element):
        element.remove(child)
    element.tag = "span"
    element.attrib.clear()
    element.text = f"[{label}]"


def _take_out(note: Any) -> None:
    """Take a note out of the page; links in it that lead back are emptied."""
    for link in list(note.iter("a")):
        if "#" in link.get("href", "") and _BACK.fullmatch(_words(link)):
            for child in list(link):
                link.remove(child)
            link.text = ""
    parent = note.getparent()
    if parent is None:
        return
    tail, note.tail = note.tail, None
    before = note.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
    parent.remove(note)


def note_words(note: Any, label: str) -> str:
    """A note in one line, without the number it repeats and the signs that lead back."""
    words = " ".join("".join(note.itertext()).split())
    words = re.sub(rf"\A(?:[\^↑↩]\s?)*(?:\[?{re.escape(label)}\]?[.:)]?\s)?(?:[\^↑↩]\s?)*", "", words)
    return words.rstrip("↩︎↑⤴️ ").strip()


def _words(element: Any) -> str:
    return "".join(element.itertext())


def _before(element: Any) -> str:
    previous = element.getprevious()
    if previous is not None:
        return (previous.tail or _words(previous))[-6:]
    above = element.getparent()
    return ((above.text if above is not None else "") or "")[-6:]
