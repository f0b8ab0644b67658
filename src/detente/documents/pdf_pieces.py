"""The text layer of a PDF page as pieces of lines with their places."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.documents.pdf_glyphs import PageText

_LINE_END = re.compile(r"\r\n|[\r\n]|(?<=[\ufffe\x02])")  # pdfium ends a hyphenated line with U+FFFE and no break
_RAISED = re.compile(r"(?<=[^\s\d(\[$€£#])\d{1,3}(?:[,–-]\d{1,3}){0,5}(?![\w%°])|\A\d{1,7}")
_MAY_BE_RAISED = re.compile(r"[0-9](?<=[^\s\d(\[$€£#]\d)")  # the digit first: few characters are one
_UNIT = re.compile(r"(?:\A|[\s\d(])(?:[kcdm]?m|км|см|м|мм)\Z")  # a raised 2 or 3 after a metre is a power
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\uffff\ud800-\udfff]")
_WORD = re.compile(r"(?<=\s)\S")
_GAP = 0.9  # heights of a line; a wider gap between two words may be a gutter
_LEAST_GAP = 4.0  # points
_SMALLER = 0.65  # of a line's height: a raised digit is lower than that
_RAISE = 0.4  # of a line's height: other digits stand on the base line, at a quarter
HYPHEN = "\ufffe"


class Piece(NamedTuple):
    """A line of print, or the part of one that stands in a column.

    A tuple, not a dataclass: one is made for every line, and making a frozen dataclass costs four times as much.

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


def read_pieces(page: PageText) -> list[Piece]:
    """The pieces of a page in the order in which it was written.

    Args:
        page: Its characters.

    Returns:
        Pieces with at least one visible character.
    """
    text = page.text
    lines = [(start, end) for start, end in _lines(text) if start < end]
    spans = page.spans(lines)
    seen = [(line, found) for line, found in zip(lines, spans, strict=True) if not text[line[0] : line[1]].isspace()]
    boxes = page.boxes([_middle(text, start, end) for (start, end), _ in seen])
    writer = _Writer(page)
    pieces: list[Piece] = []
    for number, ((line, (lefts, rights)), (bottom, height, left)) in enumerate(zip(seen, boxes, strict=True)):
        if len(lefts) == 1:
            pieces += writer.piece(line, number, lefts[0], rights[0], bottom, height)
            continue
        if not lefts:
            pieces += writer.piece(line, number, left, left, bottom, height)
            continue
        least = max(_GAP * height, _LEAST_GAP)
        gaps = [
            at for at, (after, before) in enumerate(zip(lefts[1:], rights, strict=False), 1) if after - before > least
        ]
        if not gaps:
            pieces += writer.piece(line, number, lefts[0], max(rights), bottom, height)
            continue
        for span, begin, right in _parted(page, line, lefts, rights, gaps):
            pieces += writer.piece(span, number, begin, right, bottom, height)
    return pieces


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\r\n"):
        if line.isprintable():  # no other break in it
            yield start, start + len(line)
        else:
            begin = 0
            for found in _LINE_END.finditer(line + "\n"):
                yield start + begin, start + found.start()
                begin = found.end()
        start += len(line) + 2


def _parted(
    page: PageText, line: tuple[int, int], lefts: Sequence[float], rights: Sequence[float], gaps: Sequence[int]
) -> Iterator[tuple[tuple[int, int], float, float]]:
    """A line cut where a gap between two stretches may be a gutter: offsets, left and right edge of each part."""
    begin, edge = line[0], lefts[0]
    for at in gaps:
        cut = _offset_at(page, begin, line[1], lefts[at])
        if cut is not None:
            yield (begin, cut), edge, rights[at - 1]
            begin, edge = cut, lefts[at]
    yield (begin, line[1]), edge, max(rights)


def _offset_at(page: PageText, start: int, end: int, left: float) -> int | None:
    """The first word between two offsets that stands at or right of an edge."""
    words = [start + found.start() for found in _WORD.finditer(page.text[start:end])]
    boxes = page.boxes(words)
    return next((word for word, box in zip(words, boxes, strict=True) if box[2] >= left - 2), None)


class _Writer:
    """Puts the words of one page into its pieces, raised numbers in brackets."""

    def __init__(self, page: PageText) -> None:
        self._page = page
        self._digits = [found.start() for found in _MAY_BE_RAISED.finditer(page.text)]
        self._inks = page.inks(self._digits)
        self._unclean = not page.text.replace("\r\n", "").isprintable()

    def piece(
        self, span: tuple[int, int], line: int, left: float, right: float, bottom: float, height: float
    ) -> tuple[Piece, ...]:
        """The piece with the words between two offsets; none where nothing visible stands there."""
        start, end = span
        text = self._page.text[start:end]
        if text[:1].isdecimal() or (self._digits and self._has_raised(start, end, bottom, height)):
            text = "".join(_marked(self._page, start, end, bottom, height))
        if self._unclean:
            text = _CONTROL.sub(" ", text.replace("\x02", HYPHEN).replace("\u00ad", ""))
        return () if not text or text.isspace() else (Piece(text, line, left, right, bottom, height),)

    def _has_raised(self, start: int, end: int, base: float, height: float) -> bool:
        digits = self._digits
        for at in range(bisect_left(digits, start), bisect_left(digits, end)):
            low, tall = self._inks[at]
            if 0 < tall < _SMALLER * height and low - base > _RAISE * height:
                return True
        return False


def _marked(page: PageText, start: int, end: int, base: float, height: float) -> Iterator[str]:
    """The words between two offsets, raised numbers in brackets."""
    at = start
    words = page.text[start:end]
    for found in _RAISED.finditer(words):
        first = start + found.start()
        if not _is_raised(page, first, base, height) or _UNIT.search(words[max(0, found.start() - 4) : found.start()]):
            continue
        last = start + found.end()
        if not found.start():  # a note's number, which a number of its text may follow (`7` and `34 Stat. 697`)
            last = next((at for at in range(first + 1, last) if not _is_raised(page, at, base, height)), last)
        if last - first > 3 and found[0].isdigit():
            continue
        yield page.text[at:first]
        yield f"[{page.text[first:last]}]" if found.start() else f"[{page.text[first:last]}] "
        at = last
    yield page.text[at:end]


def _is_raised(page: PageText, offset: int, base: float, height: float) -> bool:
    ((low, tall),) = page.inks([offset])
    return 0 < tall < _SMALLER * height and low - base > _RAISE * height


def _middle(text: str, start: int, end: int) -> int:
    """The letter nearest the middle of a line: its head may be a raised number or a large initial."""
    middle = (start + end) // 2
    for at in range(middle, end):
        if text[at].isalnum():
            return at
    return next((at for at in range(start, middle) if text[at].isalnum()), middle)
