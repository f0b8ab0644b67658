"""The pieces of a PDF page put in reading order, down one column and then down the other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detente.documents.pdf_pieces import Piece

_LEAST = 5  # lines on each side before a page has two columns
_INNER = (0.35, 0.7)  # shares of a page's width between which a second column begins
_PROSE = 0.55  # of a column's width: the middle line of prose is longer, that of a table's cells shorter


class Page(NamedTuple):
    """One page: its lines in reading order, each with the column it stands in (0 left or whole, 1 right)."""

    lines: tuple[Piece, ...]
    columns: tuple[int, ...]

    def keep(self, places: Sequence[int]) -> "Page":
        """The page with these of its lines."""
        return Page(tuple(self.lines[place] for place in places), tuple(self.columns[place] for place in places))


def order_page(pieces: Sequence[Piece]) -> Page:
    """Put the pieces of a page in reading order.

    In one column the order of the file is kept. Where the page has a gutter, each stretch between two
    lines that cross it is read down the left column, then down the right one.

    Args:
        pieces: As the extractor gives them.

    Returns:
        Its lines.
    """
    gutter = find_gutter(pieces)
    if gutter is None:
        lines = _joined(pieces)
        return Page(tuple(lines), (0,) * len(lines))
    ordered: list[Piece] = []
    columns: list[int] = []
    for band in _bands(pieces, gutter):
        for column, side in enumerate(band):
            lines = _joined(side)
            ordered += lines
            columns += [column] * len(lines)
    return Page(tuple(ordered), tuple(columns))


def find_gutter(pieces: Sequence[Piece]) -> float | None:
    """The middle of the gap between a page's two columns.

    Args:
        pieces: Of one page.

    Returns:
        Points from the left; None for a page with one column, or with a table in place of prose.
    """
    if len(pieces) < 2 * _LEAST:
        return None
    first, last = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = max(last - first, 1.0)
    low, high = first + _INNER[0] * width, first + _INNER[1] * width
    inner = [piece.left for piece in pieces if low < piece.left < high]
    if len(inner) < _LEAST:
        return None
    edges = Counter(round(left) for left in inner)
    aligned = max(edges, key=lambda at: sum(edges[at + step] for step in range(-3, 4)))
    left = [piece for piece in pieces if piece.right < aligned]
    end = max((piece.right for piece in left), default=first)
    edge = min((piece.left for piece in pieces if piece.left > end), default=last)  # a bullet may hang out
    right = [piece for piece in pieces if piece.left >= edge]
    crossing = len(pieces) - len(left) - len(right)
    if min(len(left), len(right)) < _LEAST or crossing * 2 > len(pieces):
        return None
    prose = _width(left) > _PROSE * (end - first) and _width(right) > _PROSE * (last - edge)
    return (end + edge) / 2 if prose else None


def _width(pieces: Sequence[Piece]) -> float:
    """The middle one of the pieces' widths, in points."""
    widths = sorted(piece.right - piece.left for piece in pieces)
    half = len(widths) // 2
    return widths[half] if len(widths) % 2 else (widths[half - 1] + widths[half]) / 2


def _bands(pieces: Sequence[Piece], gutter: float) -> Iterator[tuple[list[Piece], list[Piece]]]:
    band: tuple[list[Piece], list[Piece]] = ([], [])
    for piece in sorted(pieces, key=lambda piece: (-round(piece.middle), piece.left)):
        if piece.left < gutter < piece.right:
            yield band
            yield ([piece], [])
            band = ([], [])
        else:
            band[piece.left >= gutter].append(piece)
    yield band


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Lines of print: pieces that stand on one line, one behind the other, become one."""
    lines: list[Piece] = []
    for piece in pieces:
        if lines and (piece.left >= lines[-1].right - 1 or piece.line == lines[-1].line):
            last = lines[-1]
            if _on_one_line(last, piece):
                lines[-1] = _behind(last, piece)
                continue
        lines.append(piece)
    return lines


def _on_one_line(last: Piece, piece: Piece) -> bool:
    if piece.line == last.line:
        return True
    overlap = min(last.bottom + last.height, piece.bottom + piece.height) - max(last.bottom, piece.bottom)
    return overlap > 0.5 * min(last.height, piece.height)


def _behind(last: Piece, piece: Piece) -> Piece:
    gap = "" if last.text[-1:].isspace() or piece.text[:1].isspace() else " "
    near = piece.left - last.right < 0.1 * piece.height
    main = last if len(last.text) >= len(piece.text) else piece
    joined = last.text + ("" if near else gap) + piece.text
    return Piece(joined, piece.line, last.left, max(last.right, piece.right), main.bottom, main.height)
