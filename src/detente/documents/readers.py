"""Files, bytes and strings to documents: the door of this folder."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from detente.documents.archive import read_members
from detente.documents.assemble import (
    Metadata,
    bounded_date,
    cited_labels,
    language_of,
    make_sentences,
)
from detente.documents.blocks import Kind, split_blocks
from detente.documents.decode import (
    MAX_BYTES,
    PACKED,
    READ,
    Format,
    check_bytes,
    check_packed,
    check_size,
    decode_text,
    kind_of,
    packed_as,
)
from detente.documents.docx import read_docx
from detente.documents.extracted import Extracted
from detente.documents.html import read_page
from detente.documents.jsonl import Line, read_lines
from detente.documents.layout import Layout
from detente.documents.layout import parse_layout as parse_article
from detente.documents.pdf import read_pdf
from detente.documents.references import parse_references
from detente.documents.tables_of_documents import read_csv, read_parquet
from detente.errors import DocumentError
from detente.model import UNDATED, DateSpan, Document, document_id


@dataclass(frozen=True, slots=True)
class BadInput:
    """A file, or a line of one, that could not be read, and why; the rest of the batch goes on."""

    path: str
    reason: str


def read_documents(source: Path, *, kind: Format | None = None) -> Iterator[Document | BadInput]:
    """Read a file, a folder or what a pattern names; what cannot be read is reported, the rest goes on.

    Args:
        source: A file; a folder that is searched to the bottom in order of names (hidden files and
            links to folders are passed over); or a pattern such as `reports/*.html`.
        kind: How a file is written, whatever its suffix; None to go by the suffix. A folder's files
            always go by their suffix.

    Yields:
        Documents, and a `BadInput` for each file, member, row or line that cannot be read.

    Raises:
        DocumentError: If there is no such file or folder, or it holds no file.
    """
    if source.is_dir():
        paths = list(_files(source))
        if not any(kind_of(path.name) for path in paths):
            raise DocumentError(f"{source}: no readable file in this folder ({len(paths)} others); it reads {READ}")
        kind = None
    elif is_pattern(source):
        paths = _matches(source)
    else:
        yield from _batch_file(source, kind)
        return
    for path in paths:
        try:
            yield from _batch_file(path, kind)
        except DocumentError as error:
            yield BadInput(str(path), str(error))


def is_pattern(source: Path) -> bool:
    """Whether a path names files by a pattern (`*`, `?`, `[`), no file having just that name."""
    return any(mark in str(source) for mark in "*?[") and not os.path.lexists(source)


def read_file(path: Path) -> tuple[Document, ...]:
    """Read one file by its suffix: one document, or all of a table, of JSONL or of a zip file.

    Args:
        path: A file of a kind that is read, up to 50 MB.

    Returns:
        Its documents.

    Raises:
        DocumentError: If it cannot be read; in a table, JSONL or a zip file at the first bad part.
    """
    return tuple(_strict(_batch_file(path, None), str(path)))


def read_bytes(raw: bytes, *, name: str, kind: Format) -> tuple[Document, ...]:
    """Read bytes that came from elsewhere, standard input for one.

    Args:
        raw: The content.
        name: What messages call it (`standard input`).
        kind: `text`, `markdown`, `html`, `pdf`, `docx`, `jsonl`, `csv`, `parquet` or `zip`.

    Returns:
        Its documents.

    Raises:
        DocumentError: If it cannot be read; in a table, JSONL or a zip file at the first bad part.
    """
    return tuple(_strict(_batch_bytes(raw, name, kind), name))


def read_batch(raw: bytes, *, name: str, kind: Format | None) -> Iterator[Document | BadInput]:
    """Read bytes as a batch: a bad line, row or member is reported and the rest goes on.

    Args:
        raw: The content.
        name: What messages call it (`standard input`).
        kind: As in `read_bytes`; None to tell PDF, Parquet, Word and zip files by their first bytes and
            take anything else as text.

    Yields:
        Documents, and a `BadInput` for each part that cannot be read.

    Raises:
        DocumentError: If the whole cannot be read.
    """
    yield from _batch_bytes(raw, name, kind or guess_kind(raw))


def guess_kind(raw: bytes) -> Format:
    """How bytes without a name are written, by how they begin; `text` for what has no mark of its own."""
    formats = (packed_as(raw) or ((), ""))[0]
    if "docx" in formats:
        return "docx" if b"word/document.xml" in raw else "zip"
    return next((kind for kind in ("pdf", "parquet", "zip") if kind in formats), "text")


def read_text(  # noqa: PLR0913  (the fields of a line of JSONL, all by name)
    text: str,
    *,
    id: str | None = None,  # noqa: A002  (the field's name in every answer)
    published: DateSpan | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    note: str | None = None,
    previous: str | None = None,
    authors: tuple[str, ...] = (),
    parse_layout: bool = True,
) -> Document:
    """Make a document of a string.

    Args:
        text: The text; it is kept as it is.
        id: Its id; None for a hash of text, address, publisher and date.
        published: Its date; None to look for one in the text.
        title: Headline; None to look for one.
        publisher: Who published it.
        url: Address.
        language: ISO 639-1 code; None to detect English, Turkish or Russian.
        note: What a reader should know of its origin.
        previous: Context before the text, never coded.
        authors: Names; empty to look for them.
        parse_layout: Whether title, references and furniture are told from the body; False takes the
            whole text as body.

    Returns:
        The document.

    Raises:
        DocumentError: If the text is empty or holds characters that no file can hold.

    Examples:
        >>> document = read_text("Russia sent troops. Japan protested.", parse_layout=False)
        >>> [document.quote(sentence.start, sentence.end) for sentence in document.sentences]
        ['Russia sent troops.', 'Japan protested.']
    """
    metadata = Metadata(id, title, tuple(authors), publisher, published, language, url, note, previous)
    return _document(text, metadata, kind="text" if parse_layout else "jsonl", name=id or "text")


def _batch_file(path: Path, kind: Format | None) -> Iterator[Document | BadInput]:
    raw = _content(path)
    kind = kind or kind_of(path.name)
    if kind is None:
        check_bytes(raw, str(path))  # a better reason than the suffix, where there is one
        raise DocumentError(f"{path}: {path.suffix} files are not read by this version; it reads {READ}")
    yield from _batch_bytes(raw, str(path), kind)


def _content(path: Path) -> bytes:
    """A file's bytes; its size is looked at first, and no more than the limit is read."""
    if path.is_dir():
        raise DocumentError(f"{path}: a folder, not a file; read its files one by one")
    if not path.exists():
        link = "a symbolic link that leads nowhere or to itself" if path.is_symlink() else "no such file"
        raise DocumentError(f"{path}: {link}; check the name")
    if not path.is_file():
        raise DocumentError(f"{path}: neither a file nor a folder; pipe it in with - (standard input)")
    try:
        check_size(path.stat().st_size, str(path))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    check_size(len(raw), str(path))
    return raw


def _batch_bytes(raw: bytes, name: str, kind: Format) -> Iterator[Document | BadInput]:
    if kind in PACKED:
        check_packed(raw, name, kind)
    if kind == "zip":
        yield from _batch_members(raw, name)
    elif kind == "parquet":
        yield from _batch_lines(read_parquet(raw, name), name)
    elif kind == "pdf":
        yield _extracted(read_pdf(raw, name), name)
    elif kind == "docx":
        yield _extracted(read_docx(raw, name), name)
    else:
        yield from _batch_text(decode_text(raw, name, html=kind == "html"), name, kind)


def _batch_text(content: str, name: str, kind: Format) -> Iterator[Document | BadInput]:
    if kind == "jsonl":
        yield from _batch_lines(read_lines(content, name), name)
    elif kind == "csv":
        yield from _batch_lines(read_csv(content, name), name)
    elif kind == "html":
        yield _extracted(read_page(content, name), name)
    else:
        body: Kind = "markdown" if kind == "markdown" else "text"
        yield _document(content.removeprefix("\ufeff"), Metadata(), kind=body, name=name)


def _batch_members(raw: bytes, name: str) -> Iterator[Document | BadInput]:
    for member in read_members(raw, name):
        if isinstance(member, DocumentError):
            yield BadInput(name, str(member))
            continue
        try:
            yield from _batch_bytes(member.raw, member.name, member.kind)
        except DocumentError as error:
            yield BadInput(name, str(error))


def _batch_lines(lines: Iterable[Line | DocumentError], name: str) -> Iterator[Document | BadInput]:
    for line in lines:
        if isinstance(line, DocumentError):
            yield BadInput(name, str(line))
            continue
        try:
            yield _document(line.text, line.metadata, kind="jsonl", name=f"{name}, line {line.number}")
        except DocumentError as error:
            yield BadInput(name, str(error))


def _strict(found: Iterator[Document | BadInput], name: str) -> Iterator[Document]:
    empty = True
    for document in found:
        if isinstance(document, BadInput):
            raise DocumentError(document.reason)
        empty = False
        yield document
    if empty:
        raise DocumentError(f"{name}: no document in it; expected at least one with a text")


def _extracted(found: Extracted, name: str) -> Document:
    return _document(found.text, found.metadata, kind="html", name=name, found=found)


def _document(text: str, metadata: Metadata, *, kind: Kind, name: str, found: Extracted | None = None) -> Document:
    if not text.strip():
        raise DocumentError(f"{name}: empty text; expected at least one sentence")
    _check_characters(text, name)
    layout = _plain(text) if kind == "jsonl" else parse_article(text, kind, title=metadata.title)
    if found and found.headings:
        layout = replace(layout, body=tuple(block for block in layout.body if block.start not in found.headings))
    language = metadata.language or layout.language or language_of(text, layout.body)
    citations = parse_references(text, layout.references, cited=cited_labels(text, layout.body))
    published, note = _published(metadata, layout, found)
    published = published or bounded_date(citations.values())
    publisher = metadata.publisher or layout.publisher
    url = metadata.url or layout.url
    stated = None if published == UNDATED else str(published)
    return Document(
        id=metadata.id or document_id(text, url, publisher, stated),
        text=text,
        title=metadata.title or layout.title,
        authors=metadata.authors or layout.authors,
        publisher=publisher,
        published=published,
        language=language,
        url=url,
        sentences=tuple(make_sentences(text, layout.body, language, citations)),
        citations=tuple(citations.values()),
        note=note,
        previous=metadata.previous,
    )


def _published(metadata: Metadata, layout: Layout, found: Extracted | None) -> tuple[DateSpan | None, str | None]:
    """The date, and a note where it is only the day on which the file says it was made."""
    published = metadata.published or layout.published
    if published or found is None or found.made is None:
        return published, metadata.note
    return found.made, metadata.note or "dated by the file's own properties (the day it was made)"


def _plain(text: str) -> Layout:
    """The whole text as body, its list marks and headings included."""
    body = tuple(split_blocks(text, "jsonl"))
    return Layout(None, (), None, None, None, None, body, ())


def _check_characters(text: str, name: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"{name}: character {error.start} is half of a surrogate pair; save the text as UTF-8 again"
        ) from error


def _matches(pattern: Path) -> list[Path]:
    """The files a pattern names, in order; links to folders are not followed, folders left out."""
    parts = pattern.parts
    fixed = next(place for place, part in enumerate(parts) if any(mark in part for mark in "*?["))
    try:
        found = sorted(Path(*parts[:fixed]).glob(str(Path(*parts[fixed:]))))
    except (ValueError, OSError, re.error) as error:
        raise DocumentError(f"{pattern}: no pattern ({error}); expected one such as reports/*.html") from error
    paths = [path for path in found if not path.is_dir()]
    if not paths:
        raise DocumentError(f"{pattern}: no such file, and no file fits it as a pattern; check the name")
    return paths


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))
