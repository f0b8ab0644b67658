"""What stands on pages of print beside the body: running heads, page numbers, footnotes."""

import re
from collections import Counter
from collections.abc import Sequence

from detente.documents.blocks import ends_sentence
from detente.documents.pdf_columns import Page
from detente.documents.pdf_pieces import HYPHEN, Piece
from detente.documents.tables import fold

_OUTER = 3  # lines at the top and at the bottom that may be running heads
_NUMBER_ONLY = re.compile(r"\W{0,5}(?:\d{1,4}|[ivxlc]{1,7})\W{0,5}\Z")
_DIGITS = re.compile(r"\d+")
_SMALL = 0.93  # of the body's height: footnotes are set smaller
_LABEL = re.compile(r"\s?(?:\[(?P<raised>\d{1,3})\]|(?P<plain>\d{1,3})[.)]?(?=[\s“«]|[^\W\d_]))\s{0,3}(?=\S)")
_MARK = re.compile(r"\[(\d{1,3})\]")
_LARGEST_LABEL = 999
_MISSED = 3  # notes that may be missing between two
_DASH_BEHIND, _DASH_BEFORE = re.compile(r"\S[–—]\Z"), re.compile(r"[–—]\S")
_DASHES = "–—"
_BREAKS = "-\u2010" + _DASHES + HYPHEN  # at the end of a line they may bind it to the next
_PARTED = re.compile(r"[^\W_][-\u2010]\Z")


def drop_furniture(pages: Sequence[Page]) -> list[Page]:
    """Leave out running heads and page numbers.

    A line at the top or bottom goes where it is a number alone, or where it stands in the same size on
    three pages (two in a document of up to four), its digits aside unless
    it ends like a sentence.

    Args:
        pages: All pages.

    Returns:
        The pages without them.
    """
    outer = [_outer(page) for page in pages]
    keys = [[_key(page.lines[place]) for place in places] for page, places in zip(pages, outer, strict=True)]
    seen: Counter[tuple[str, int]] = Counter()
    for found in keys:
        seen.update(set(found))
    often = 3 if len(pages) > 4 else 2
    kept = []
    for page, places, found in zip(pages, outer, keys, strict=True):
        gone = {place for place, key in zip(places, found, strict=True) if seen[key] >= often}
        gone = {place for place in gone if not _MARK.match(page.lines[place].text)}  # `[3] Ibid.` is a note
        edges = [places[at] for at in (0, -1) if places]
        gone |= {place for place in edges if _NUMBER_ONLY.match(page.lines[place].text.strip())}
        kept.append(page.keep([place for place in range(len(page.lines)) if place not in gone]) if gone else page)
    return kept


def _outer(page: Page) -> list[int]:
    """Places of the topmost and bottommost lines, from the top."""
    middles = [line.bottom + line.height / 2 for line in page.lines]
    places = sorted(range(len(middles)), key=middles.__getitem__, reverse=True)
    return places if len(places) <= 2 * _OUTER else places[:_OUTER] + places[-_OUTER:]


def _key(line: Piece) -> tuple[str, int]:
    text = fold(line.text.strip())
    return text if ends_sentence(text) else _DIGITS.sub("#", text), round(line.height)


def body_height(pages: Sequence[Page]) -> float:
    """The height of most letters, in points."""
    heights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            heights[line.height] += len(line.text)
    sizes: Counter[float] = Counter()
    for height, letters in heights.items():
        sizes[round(height, 1)] += letters
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def take_footnotes(pages: Sequence[Page], body: float) -> tuple[list[Page], list[str]]:
    """Part the footnotes at the feet of pages (and columns) from the body.

    They are the last lines of a column, set smaller than the body or under a raised number, from the
    first that starts with a number which a mark on the page names. Small lines above it carry on the
    note before. Where numbers start again, notes and marks are counted on.

    Args:
        pages: In order, without running heads.
        body: Height of the body's letters in points.

    Returns:
        The pages without them, marks counted on; and the notes, each `[1] …` on a line.
    """
    notes: dict[int, list[Piece]] = {}
    rest: list[Page] = []
    printed = 0
    for page in pages:
        feet = sorted(place for column in (0, 1) for place in _foot(page, column, body))
        marks = _marks(page, set(feet))
        labels = {place: _LABEL.match(page.lines[place].text) for place in feet}
        raised = any(label and label["raised"] for label in labels.values())  # then other numbers are text
        counted_on: dict[int, int] = {}
        taken: set[int] = set()
        for place in feet:
            line = page.lines[place]
            label = labels[place]
            number = int(label["raised"] or (0 if raised else label["plain"])) if label else 0
            if label and number and _follows(number, printed, marks, first=not counted_on):
                printed = number
                counted_on[number] = number if number not in notes else max(notes) + 1
                notes[counted_on[number]] = [line._replace(text=line.text[label.end() :])]
            elif notes:
                notes[max(notes)].append(line)
            else:
                continue
            taken.add(place)
        kept = page.keep([place for place in range(len(page.lines)) if place not in taken]) if taken else page
        rest.append(_renumbered(kept, counted_on))
    return rest, [f"[{number}] {join_words(lines)}" for number, lines in notes.items() if number <= _LARGEST_LABEL]


def _marks(page: Page, feet: set[int]) -> set[int]:
    """The numbers that marks outside the feet of a page name."""
    lines = (line.text for place, line in enumerate(page.lines) if place not in feet and "[" in line.text)
    return {int(mark) for line in lines for mark in _MARK.findall(line)}


def _follows(number: int, printed: int, marks: set[int], *, first: bool) -> bool:
    """Whether a number at the head of a line is a note's: the next, or the page's first where they start again."""
    if number == printed + 1:
        return number in marks or not first
    return number in marks and (printed < number <= printed + _MISSED or (first and number == min(marks)))


def _foot(page: Page, column: int, body: float) -> list[int]:
    """Places of the lines at the foot of a column that may be notes."""
    places = [place for place, at in enumerate(page.columns) if at == column]
    foot: list[int] = []
    for place in reversed(places):
        if page.lines[place].height >= _SMALL * body:
            break
        foot.append(place)
    if len(foot) == len(places):
        foot = []  # a page in small print throughout, or a column that is one
    if foot:
        return foot[::-1]
    late = places[len(places) // 3 :]
    first = next((at for at, place in enumerate(late) if page.lines[place].text.lstrip().startswith("[")), None)
    raised = first is not None and _LABEL.match(page.lines[late[first]].text)
    return late[first:] if raised else []


def _renumbered(page: Page, counted_on: dict[int, int]) -> Page:
    changed = {old: new for old, new in counted_on.items() if old != new}
    if not changed:
        return page

    def new_mark(found: re.Match[str]) -> str:
        return f"[{changed.get(int(found[1]), int(found[1]))}]"

    lines = tuple(
        line._replace(text=_MARK.sub(new_mark, line.text)) if "[" in line.text else line for line in page.lines
    )
    return Page(lines, page.columns)


def _dashed(text: str, words: str) -> bool:
    """Whether a dash that touches the word on its own line touches the one on the other too."""
    return _DASH_BEHIND.match(text[-2:]) is not None or _DASH_BEFORE.match(words) is not None


def join_words(lines: Sequence[Piece]) -> str:
    """The lines of one paragraph as one, words parted at a line end still marked (U+FFFE)."""
    text = ""
    for line in lines:
        words = " ".join(line.text.split())
        if text and text[-1] not in _BREAKS and words[0] not in _DASHES:  # nearly all lines
            text += " " + words
            continue
        if _PARTED.match(text[-2:]):  # a hyphen the extractor did not know for one that parts a word
            text = text[:-1] + HYPHEN
        text += words if not text or text.endswith(HYPHEN) or _dashed(text, words) else f" {words}"
    return text
