"""The characters of a PDF page and where they stand, asked of pdfium a page at a time."""

import ctypes
from collections import deque
from collections.abc import Sequence
from itertools import accumulate, repeat
from typing import Any

_FIRST_ROOM = 256  # boxes there is room for before a page asks for more
_DOUBLES, _FLOATS = 8, 4  # bytes
_EDGES = 4


Edges = tuple[list[float], list[float]]  # left and right of stretches of print, points from the left of the page


class _Room:
    """Memory that pdfium writes boxes into, with a pointer to each of their edges made once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.doubles = (ctypes.c_double * (_EDGES * size))()
        self.floats = (ctypes.c_float * (_EDGES * size))()
        at = ctypes.addressof(self.doubles)
        every = range(0, _EDGES * size, _EDGES)
        self.edges = [[ctypes.c_void_p(at + _DOUBLES * (one + edge)) for one in every] for edge in range(_EDGES)]
        at = ctypes.addressof(self.floats)
        self.boxes = [ctypes.c_void_p(at + _FLOATS * one) for one in every]


class Pdfium:
    """The calls of pdfium that a page needs for each of its lines.

    They are bound without the check of each argument that the generated bindings make: it costs more
    than the call itself.
    """

    def __init__(self) -> None:
        from pypdfium2 import raw

        self.raw = raw
        self.count_rects = _bound(raw.FPDFText_CountRects)
        self._rect = _bound(raw.FPDFText_GetRect)
        self._loose = _bound(raw.FPDFText_GetLooseCharBox)
        self._ink = _bound(raw.FPDFText_GetCharBox)
        self._room = _Room(_FIRST_ROOM)

    def _held(self, count: int) -> _Room:
        if count > self._room.size:
            self._room = _Room(max(count, 2 * self._room.size))
        return self._room

    def rectangles(self, page: ctypes.c_void_p, count: int) -> Edges:
        """The first stretches of the range that was counted last.

        Args:
            page: Handle of the text page.
            count: How many, as counted.

        Returns:
            Left and right edge of each; a stretch that pdfium does not give has no width.
        """
        room = self._held(count)
        ctypes.memset(room.doubles, 0, _DOUBLES * _EDGES * count)
        left, top, right, bottom = room.edges
        deque(map(self._rect, repeat(page, count), range(count), left, top, right, bottom), maxlen=0)
        return room.doubles[0 : _EDGES * count : _EDGES], room.doubles[2 : _EDGES * count : _EDGES]

    def boxes(self, page: ctypes.c_void_p, places: Sequence[int]) -> list[float]:
        """The boxes of characters, in their font's height.

        Args:
            page: Handle of the text page.
            places: Indices of characters.

        Returns:
            Left, top, right and bottom of the first, then of the next; zeros where there is none.
        """
        count = len(places)
        room = self._held(count)
        ctypes.memset(room.floats, 0, _FLOATS * _EDGES * count)
        deque(map(self._loose, repeat(page, count), places, room.boxes), maxlen=0)
        return room.floats[0 : _EDGES * count]

    def inks(self, page: ctypes.c_void_p, places: Sequence[int]) -> list[tuple[float, float]]:
        """Bottom and height of what each character draws; zeros where it draws nothing."""
        count = len(places)
        room = self._held(count)
        ctypes.memset(room.doubles, 0, _DOUBLES * _EDGES * count)
        left, right, bottom, top = room.edges
        deque(map(self._ink, repeat(page, count), places, left, right, bottom, top), maxlen=0)
        lows, highs = room.doubles[2 : _EDGES * count : _EDGES], room.doubles[3 : _EDGES * count : _EDGES]
        return [(low, high - low) for low, high in zip(lows, highs, strict=True)]


def _bound(function: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(ctypes.c_int)(address or 0)


class PageText:
    """One page's characters; offsets count in `text`, pdfium's own indices may differ."""

    def __init__(self, textpage: Any, pdfium: Pdfium) -> None:
        self._pdfium = pdfium
        self._page = ctypes.c_void_p(ctypes.cast(textpage.raw, ctypes.c_void_p).value)
        self._textpage = textpage
        self.text: str = textpage.get_text_range()
        size = len(self.text)
        self._same = size == textpage.count_chars() and 2 * size == len(self.text.encode("utf-16-le", "replace"))

    def _index(self, offset: int) -> int:
        if self._same:
            return offset
        units = offset + sum(letter > "\uffff" for letter in self.text[:offset])
        return max(0, int(self._pdfium.raw.FPDFText_GetCharIndexFromTextIndex(self._textpage, units)))

    def spans(self, lines: Sequence[tuple[int, int]]) -> list[Edges]:
        """The stretches of print of each line, as drawn.

        Args:
            lines: First offset and one past the last, in order; together all that stands on the page.

        Returns:
            Their edges, a line each.
        """
        if self._same:
            firsts = [start for start, _ in lines]
            counts = [end - start for start, end in lines]
        else:
            firsts = [self._index(start) for start, _ in lines]
            counts = [self._index(end - 1) + 1 - first for (_, end), first in zip(lines, firsts, strict=True)]
        found: list[int] = list(map(self._pdfium.count_rects, repeat(self._page, len(lines)), firsts, counts))
        total = self._pdfium.count_rects(self._page, 0, -1)
        if not self._same or sum(found) != total:  # print beside the lines, or drawn in one go over several
            return [self._of_line(first, count) for first, count in zip(firsts, counts, strict=True)]
        lefts, rights = self._pdfium.rectangles(self._page, total)
        ends = list(accumulate(found))
        return [(lefts[end - count : end], rights[end - count : end]) for end, count in zip(ends, found, strict=True)]

    def _of_line(self, first: int, count: int) -> Edges:
        return self._pdfium.rectangles(self._page, self._pdfium.count_rects(self._page, first, count))

    def boxes(self, offsets: Sequence[int]) -> list[tuple[float, float, float]]:
        """Bottom, height and left edge of each character's box; zeros where it has none."""
        places = offsets if self._same else [self._index(offset) for offset in offsets]
        edges = self._pdfium.boxes(self._page, places)
        lefts, tops, bottoms = edges[0::4], edges[1::4], edges[3::4]
        return [(bottom, abs(top - bottom), left) for left, top, bottom in zip(lefts, tops, bottoms, strict=True)]

    def inks(self, offsets: Sequence[int]) -> list[tuple[float, float]]:
        """Bottom and height of what each character draws; zeros where it draws nothing."""
        places = offsets if self._same else [self._index(offset) for offset in offsets]
        return self._pdfium.inks(self._page, places)
