"""The lines of a feed file, plain, gzipped or zipped, as a table."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from detente.errors import FeedError

_NEVER: Final = "\x01"  # no delimiter: the columns are cut later, so that an odd quote swallows nothing
_BLOCK: Final = 1 << 24  # bytes; longer than any line


@dataclass(frozen=True, slots=True)
class FeedLines:
    """Lines of one text file: `table` has line (from 1) and text, blank lines left out."""

    file: str
    table: pa.Table
    replaced: bool  # whether bytes that are not UTF-8 were replaced


def read_lines(path: Path, suffixes: tuple[str, ...]) -> Iterator[FeedLines]:
    """The text files of a path: itself, unzipped, or the members of a zip with one of the suffixes.

    Args:
        path: A text file, `.gz` or `.zip`.
        suffixes: Endings of the zip's members that hold data, lower case.

    Yields:
        The lines of each file.

    Raises:
        FeedError: If the file is missing, broken or holds no such member.
    """
    found = False
    for file, raw in _read_bytes(path, suffixes):
        found = True
        yield _lines(file, raw)
    if not found:
        raise FeedError(f"zip {path.name} has no member that ends in {' or '.join(suffixes)}: unpack it first")


def _read_bytes(path: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in sorted(archive.namelist()):
                    if member.lower().endswith(suffixes):
                        raw = archive.read(member)
                        yield f"{path.name}/{member}", gzip.decompress(raw) if member.endswith(".gz") else raw
        elif path.suffix.lower() == ".gz":
            yield path.name, gzip.decompress(path.read_bytes())
        else:
            yield path.name, path.read_bytes()
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise FeedError(f"feed file {path.name} cannot be read: {error}; get it again") from error


def _lines(file: str, raw: bytes) -> FeedLines:
    text, replaced = _utf8(raw)
    schema = pa.schema([("line", pa.int64()), ("text", pa.string())])
    if not text.strip():
        return FeedLines(file, schema.empty_table(), replaced)
    column = pacsv.read_csv(
        io.BytesIO(text),
        read_options=pacsv.ReadOptions(column_names=["text"], block_size=_BLOCK),
        parse_options=pacsv.ParseOptions(
            delimiter=_NEVER, quote_char=False, double_quote=False, ignore_empty_lines=False
        ),
        convert_options=pacsv.ConvertOptions(column_types={"text": pa.string()}, strings_can_be_null=False),
    )["text"].combine_chunks()
    numbers = pa.array(range(1, len(column) + 1), pa.int64())
    table = pa.Table.from_arrays([numbers, column], schema=schema)
    return FeedLines(file, table.filter(pc.not_equal(pc.utf8_trim_whitespace(column), "")), replaced)


def _utf8(raw: bytes) -> tuple[bytes, bool]:
    """The bytes as UTF-8 with one kind of line end."""
    plain = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b" ")
    plain = plain.replace(_NEVER.encode(), b"").replace(b"\x00", b"")
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("utf-8", errors="replace").encode("utf-8"), True
    return plain, False
