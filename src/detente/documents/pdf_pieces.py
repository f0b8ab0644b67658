"""The text layer of a PDF page as pieces of lines with their places, by pdfium."""

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

_LINE_END = re.compile(r"\r\n|[\r\n]|(?<=[\ufffe\x02])")  # pdfium ends a hyphenated line with U+FFFE and no break
_RAISED = re.compile(r"(?<=[^\s\d(\[$€£#])\d{1,3}(?:[,–-]\d{1,3}){0,5}(?![\w%°])|\A\d{1,7}")
_UNIT = re.compile(r"(?:\A|[\s\d(])(?:[kcdm]?m|км|см|м|мм)\Z")  # a raised 2 or 3 after a metre is a power
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\uffff\ud800-\udfff]")
_GAP = 0.9  # heights of a line; a wider gap between two words may be a gutter
_SMALLER = 0.65  # of a line's height: a raised digit is lower than that
_RAISE = 0.4  # of a line's height: other digits stand on the base line, at a quarter
HYPHEN = "\ufffe"


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of print, or the part of one that stands in a column.

    Attributes:
        text: Its words; raised numbers are written `[1]`, a hyphen at its end as U+FFFE.
        line: Number of the extractor's line on this page.
        left: Points from the left edge of the page.
        right: Likewise.
        bottom: Points from the lower edge of the page.
        height: Height of its letters' boxes in points, the same for all letters of a font and size.
    """

    text: str
    line: int
    left: float
    right: float
    bottom: float
    height: float

    @property
    def middle(self) -> float:
        """Points from the lower edge of the page to the middle of the line."""
        return self.bottom + self.height / 2


class PageText:
    """One page's characters and where they stand; offsets count in `text`."""

    def __init__(self, textpage: Any) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._page = textpage
        self.text: str = textpage.get_text_range()
        self._same = len(self.text) == textpage.count_chars() and (self.text.isascii() or max(self.text) <= "\uffff")
        self._edges = (c_double(), c_double(), c_double(), c_double())
        self._box = raw.FS_RECTF()

    def _index(self, offset: int) -> int:
        if self._same:
            return offset
        units = offset + sum(letter > "\uffff" for letter in self.text[:offset])
        return max(0, int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, units)))

    def spans(self, start: int, end: int) -> list[tuple[float, float]]:
        """Left and right edges of the stretches of print between two offsets, as drawn."""
        first = self._index(start)
        left, top, right, bottom = self._edges
        found = []
        for place in range(self._raw.FPDFText_CountRects(self._page, first, self._index(end - 1) + 1 - first)):
            if self._raw.FPDFText_GetRect(self._page, place, byref(left), byref(top), byref(right), byref(bottom)):
                found.append((left.value, right.value))  # noqa: PERF401  (the edges are written over in each round)
        return found

    def ink(self, offset: int) -> tuple[float, float]:
        """Bottom and height of what a character draws; zeros where it draws nothing."""
        left, top, right, bottom = self._edges
        edges = (byref(left), byref(right), byref(bottom), byref(top))
        if not self._raw.FPDFText_GetCharBox(self._page, self._index(offset), *edges):
            return 0.0, 0.0
        return bottom.value, top.value - bottom.value

    def box(self, offset: int) -> tuple[float, float, float]:
        """Bottom, height and left edge of a character's box; zeros where it has none."""
        if not self._raw.FPDFText_GetLooseCharBox(self._page, self._index(offset), byref(self._box)):
            return 0.0, 0.0, 0.0
        return self._box.bottom, abs(self._box.top - self._box.bottom), self._box.left


def read_pieces(page: PageText) -> Iterator[Piece]:
    """The pieces of a page in the order in which it was written.

    Args:
        page: Its characters.

    Yields:
        Pieces with at least one visible character.
    """
    start = 0
    number = 0
    for found in _LINE_END.finditer(page.text + "\n"):
        if page.text[start : found.start()].strip():
            yield from _line(page, start, found.start(), number)
            number += 1
        start = found.end()


def _line(page: PageText, start: int, end: int, number: int) -> Iterator[Piece]:
    spans = page.spans(start, end)
    bottom, height, left = page.box(_middle(page.text, start, end))
    if not spans:
        spans = [(left, left)]
    begin, edge = start, spans[0][0]
    for before, after in pairwise(spans):
        if after[0] - before[1] <= max(_GAP * height, 4.0):
            continue
        cut = _offset_at(page, begin, end, after[0])
        if cut is not None:
            yield from _piece(page, (begin, cut), Piece("", number, edge, before[1], bottom, height))
            begin, edge = cut, after[0]
    yield from _piece(page, (begin, end), Piece("", number, edge, max(right for _, right in spans), bottom, height))


def _offset_at(page: PageText, start: int, end: int, left: float) -> int | None:
    """The first word between two offsets that stands at or right of an edge."""
    for found in re.finditer(r"(?<=\s)\S", page.text[start:end]):
        if page.box(start + found.start())[2] >= left - 2:
            return start + found.start()
    return None


def _piece(page: PageText, span: tuple[int, int], place: Piece) -> Iterator[Piece]:
    start, end = span
    text = "".join(_marked(page, start, end, place))
    text = " ".join(_CONTROL.sub(" ", text.replace("\x02", HYPHEN).replace("\u00ad", "")).split(" "))
    if text.strip():
        yield replace(place, text=text)


def _marked(page: PageText, start: int, end: int, line: Piece) -> Iterator[str]:
    """The words between two offsets, raised numbers in brackets."""
    at = start
    words = page.text[start:end]
    for found in _RAISED.finditer(words):
        first = start + found.start()
        if not _is_raised(page, first, line) or _UNIT.search(words[max(0, found.start() - 4) : found.start()]):
            continue
        last = start + found.end()
        if not found.start():  # a note's number, which a number of its text may follow (`7` and `34 Stat. 697`)
            last = next((at for at in range(first + 1, last) if not _is_raised(page, at, line)), last)
        if last - first > 3 and found[0].isdigit():
            continue
        yield page.text[at:first]
        yield f"[{page.text[first:last]}]" if found.start() else f"[{page.text[first:last]}] "
        at = last
    yield page.text[at:end]


def _is_raised(page: PageText, offset: int, line: Piece) -> bool:
    bottom, height = page.ink(offset)
    return 0 < height < _SMALLER * line.height and bottom - line.bottom > _RAISE * line.height


def _middle(text: str, start: int, end: int) -> int:
    """The letter nearest the middle of a line: its head may be a raised number or a large initial."""
    middle = (start + end) // 2
    return next((at for at in (*range(middle, end), *range(start, middle)) if text[at].isalnum()), middle)
