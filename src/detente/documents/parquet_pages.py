"""The headers of a Parquet file's pages, looked at before a page is unpacked: how large each says it gets.

The reader makes room for what a page's header says, whatever the file's directory says of the column. Headers are
Thrift structures in the compact protocol (Apache Parquet format; Apache Thrift).
"""

from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from detente.errors import DocumentError

MAX_PAGE: Final = 64 * 1024 * 1024  # bytes of a page when unpacked; writers make pages of one
_HEADER = 64 * 1024  # bytes; a header holds its column's least and greatest value too
_DEEPEST = 16
_STOP, _BYTE, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = 0, 3, 7, 8, 9, 10, 12
_INTEGERS = frozenset((4, 5, 6))


@dataclass(frozen=True, slots=True)
class _Page:
    """Bytes of a page's header, of its content as stored and as unpacked."""

    header: int
    packed: int
    unpacked: int


def check_pages(file: BinaryIO, chunk: Any, name: str) -> int:
    """Refuse a column whose pages say that they are larger than the column or than any page.

    Args:
        file: The file.
        chunk: The column's part of a row group, as pyarrow describes it.
        name: File name for messages.

    Returns:
        Bytes of the largest page when unpacked, the dictionary of repeated values among them.

    Raises:
        DocumentError: With the page's place.
    """
    starts = [chunk.data_page_offset, chunk.dictionary_page_offset if chunk.has_dictionary_page else None]
    at = min(start for start in starts if start is not None)
    end = at + chunk.total_compressed_size
    unpacked = largest = 0
    while at < end:
        file.seek(at)
        page = _read_page(file.read(min(_HEADER, end - at)))
        if page is None or page.packed < 0 or page.unpacked < 0:
            raise DocumentError(f"{name}: broken Parquet page at byte {at:,}; write the file again")
        if page.unpacked > MAX_PAGE:
            raise DocumentError(
                f"{name}: a page of {page.unpacked / 2**20:,.0f} MB when unpacked at byte {at:,}, over the limit of "
                f"{MAX_PAGE // 2**20} MB; write the file again with smaller pages"
            )
        largest = max(largest, page.unpacked)
        unpacked += page.header + page.unpacked
        at += page.header + page.packed
    if unpacked > chunk.total_uncompressed_size:
        raise DocumentError(
            f"{name}: the pages of column {chunk.path_in_schema} say {unpacked:,} bytes, the file's directory "
            f"{chunk.total_uncompressed_size:,}; write the file again"
        )
    return largest


def _read_page(raw: bytes) -> _Page | None:
    """A page's header; None where it is none."""
    sizes: dict[int, int] = {}
    try:
        header = _Compact(raw).struct(0, sizes)
    except (IndexError, OverflowError):
        return None
    return _Page(header, sizes[3], sizes[2]) if sizes.keys() >= {2, 3} else None


class _Compact:
    """A reader of Thrift's compact protocol that keeps integers of the outermost structure and passes over the rest."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def struct(self, at: int, kept: dict[int, int] | None = None, depth: int = 0) -> int:
        """Pass over a structure; the offset behind it."""
        if depth > _DEEPEST:
            raise OverflowError
        field = 0
        while (head := self._raw[at]) & 15 != _STOP:
            at += 1
            if head >> 4:
                field += head >> 4
            else:
                number, at = self._varint(at)
                field = (number >> 1) ^ -(number & 1)
            kind = head & 15
            if kind in _INTEGERS and kept is not None:
                number, at = self._varint(at)
                kept[field] = (number >> 1) ^ -(number & 1)
            else:
                at = self._value(kind, at, depth)
        return at + 1

    def _value(self, kind: int, at: int, depth: int, *, inside: bool = False) -> int:
        if kind in {1, 2}:  # in a structure a truth value is its kind alone
            return at + inside
        if kind == _BYTE:
            return at + 1
        if kind in _INTEGERS:
            return self._varint(at)[1]
        if kind == _DOUBLE:
            return at + 8
        if kind == _BINARY:
            size, at = self._varint(at)
            return at + size
        if kind == _STRUCT:
            return self.struct(at, None, depth + 1)
        if kind in {_LIST, _SET}:
            return self._items(at, depth)
        raise OverflowError  # maps stand in no page header

    def _items(self, at: int, depth: int) -> int:
        head, at = self._raw[at], at + 1
        count = head >> 4
        if count == 15:
            count, at = self._varint(at)
        for _ in range(count):
            before = at
            at = self._value(head & 15, at, depth + 1, inside=True)
            if at == before or at > len(self._raw):
                raise OverflowError
        return at

    def _varint(self, at: int) -> tuple[int, int]:
        number = 0
        for shift in range(0, 70, 7):
            byte = self._raw[at]
            at += 1
            number |= (byte & 127) << shift
            if byte < 128:
                return number, at
        raise OverflowError
