"""Files, bytes and strings to documents: the door of this folder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from detente.documents.archive import read_members
from detente.documents.assemble import (
    Metadata,
    bounded_date,
    language_of,
    make_sentences,
)
from detente.documents.blocks import Kind, split_blocks
from detente.documents.csv_documents import read_csv
from detente.documents.decode import (
    PACKED,
    READ,
    STREAMED,
    Format,
    check_bytes,
    check_packed,
    check_prose,
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
from detente.documents.marks import index_marks
from detente.documents.paths import files_below, is_pattern, matching_files, opened, pdf_content, read_content
from detente.documents.pdf_pool import finished
from detente.documents.pdf_reading import Isolation, PdfReading, open_pdf_reading
from detente.documents.references import parse_references
from detente.documents.tables_of_documents import read_parquet
from detente.errors import DocumentError
from detente.model import UNDATED, DateSpan, Document, document_id


@dataclass(frozen=True, slots=True)
class BadInput:
    """A file, or a line of one, that could not be read, and why; the rest of the batch goes on."""

    path: str
    reason: str


def read_documents(
    source: Path, *, kind: Format | None = None, isolate: Isolation = True
) -> Iterator[Document | BadInput]:
    """Read a file, a folder or what a pattern names; what cannot be read is reported, the rest goes on.

    Args:
        source: A file; a folder that is searched to the bottom in order of names (hidden files and
            links to folders are passed over); or a pattern such as `reports/*.html`.
        kind: How a file is written, whatever its suffix; None to go by the suffix. A folder's files
            always go by their suffix.
        isolate: Whether PDF is read in processes of its own, within limits of time and memory; False to
            read it in this one; a `PdfPool` for workers that several calls share.

    Yields:
        Documents, and a `BadInput` for each file, member, row or line that cannot be read.

    Raises:
        DocumentError: If there is no such file or folder, or it holds no file.
    """
    if source.is_dir():
        paths = list(files_below(source))
        if not any(kind_of(path.name) for path in paths):
            raise DocumentError(f"{source}: no readable file in this folder ({len(paths)} others); it reads {READ}")
        kind = None
    elif is_pattern(source):
        paths = matching_files(source)
    else:
        with open_pdf_reading(isolate) as pdf:
            yield from _batch_file(source, kind, pdf)
        return
    with open_pdf_reading(isolate) as pdf:
        for path, begun in pdf.ahead(paths, lambda path: (kind or kind_of(path.name)) == "pdf", pdf_content):
            try:
                if begun:
                    yield _extracted(finished(begun, str(path)), str(path))
                else:
                    yield from _batch_file(path, kind, pdf)
            except DocumentError as error:
                yield BadInput(str(path), str(error))


def read_file(path: Path, *, isolate: Isolation = True) -> tuple[Document, ...]:
    """Read one file by its suffix: one document, or all of a table, of JSONL or of a zip file.

    Args:
        path: A file of a kind that is read, up to 50 MB.
        isolate: As in `read_documents`.

    Returns:
        Its documents.

    Raises:
        DocumentError: If it cannot be read; in a table, JSONL or a zip file at the first bad part.
    """
    with open_pdf_reading(isolate) as pdf:
        return tuple(_strict(_batch_file(path, None, pdf), str(path)))


def read_bytes(raw: bytes, *, name: str, kind: Format, isolate: Isolation = True) -> tuple[Document, ...]:
    """Read bytes that came from elsewhere, standard input for one.

    Args:
        raw: The content.
        name: What messages call it (`standard input`).
        kind: `text`, `markdown`, `html`, `pdf`, `docx`, `jsonl`, `csv`, `parquet` or `zip`.
        isolate: As in `read_documents`.

    Returns:
        Its documents.

    Raises:
        DocumentError: If it cannot be read; in a table, JSONL or a zip file at the first bad part.
    """
    with open_pdf_reading(isolate) as pdf:
        return tuple(_strict(_batch_bytes(raw, name, kind, pdf), name))


def read_batch(
    raw: bytes, *, name: str, kind: Format | None, isolate: Isolation = True
) -> Iterator[Document | BadInput]:
    """Read bytes as a batch: a bad line, row or member is reported and the rest goes on.

    Args:
        raw: The content.
        name: What messages call it (`standard input`).
        kind: As in `read_bytes`; None to tell PDF, Parquet, Word and zip files by their first bytes and
            take anything else as text.
        isolate: As in `read_documents`.

    Yields:
        Documents, and a `BadInput` for each part that cannot be read.

    Raises:
        DocumentError: If the whole cannot be read.
    """
    with open_pdf_reading(isolate) as pdf:
        yield from _batch_bytes(raw, name, kind or guess_kind(raw), pdf)


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


def _batch_file(path: Path, kind: Format | None, pdf: PdfReading) -> Iterator[Document | BadInput]:
    kind = kind or kind_of(path.name)
    if kind in STREAMED:
        with opened(path) as file:
            yield from _batch_stream(file, str(path), kind)
        return
    raw = read_content(path)
    if kind is None:
        check_bytes(raw, str(path))  # a better reason than the suffix, where there is one
        raise DocumentError(f"{path}: {path.suffix} files are not read by this version; it reads {READ}")
    yield from _batch_bytes(raw, str(path), kind, pdf)


def _batch_stream(file: BinaryIO, name: str, kind: Format) -> Iterator[Document | BadInput]:
    """Documents of a file of documents, one in memory at a time."""
    if kind == "parquet":
        check_packed(file.read(1024), name, kind)
    file.seek(0)
    read = {"jsonl": read_lines, "csv": read_csv, "parquet": read_parquet}[kind]
    yield from _batch_lines(read(file, name), name)


def _batch_bytes(raw: bytes, name: str, kind: Format, pdf: PdfReading) -> Iterator[Document | BadInput]:
    if kind in STREAMED:
        yield from _batch_stream(BytesIO(raw), name, kind)
        return
    if kind in PACKED:
        check_packed(raw, name, kind)
    if kind == "zip":
        yield from _batch_members(raw, name, pdf)
    elif kind == "pdf":
        yield _extracted(pdf.read(raw, name), name)
    elif kind == "docx":
        yield _extracted(read_docx(raw, name), name)
    else:
        yield from _batch_text(decode_text(raw, name, html=kind == "html"), name, kind)


def _batch_text(content: str, name: str, kind: Format) -> Iterator[Document | BadInput]:
    if kind == "html":
        yield _extracted(read_page(content, name), name)
    else:
        body: Kind = "markdown" if kind == "markdown" else "text"
        yield _document(content.removeprefix("\ufeff"), Metadata(), kind=body, name=name)


def _batch_members(raw: bytes, name: str, pdf: PdfReading) -> Iterator[Document | BadInput]:
    for member in read_members(raw, name):
        if isinstance(member, DocumentError):
            yield BadInput(name, str(member))
            continue
        try:
            yield from _batch_bytes(member.raw, member.name, member.kind, pdf)
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
    check_prose(text, name)
    _check_characters(text, name)
    links = found.links if found else ()
    layout = _plain(text) if kind == "jsonl" else parse_article(text, kind, title=metadata.title, links=links)
    if found and found.headings:
        layout = replace(layout, body=tuple(block for block in layout.body if block.start not in found.headings))
    language = metadata.language or layout.language or language_of(text, layout.body)
    own = {block.start: layout.marks[block.start] for block in layout.body if block.start in layout.marks}
    citations, marks = parse_references(text, layout.references, own, links=links)
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
        sentences=tuple(make_sentences(text, layout.body, language, citations, marks)),
        citations=tuple({citation.number: citation for citation in citations.values()}.values()),
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
    return Layout(None, (), None, None, None, None, body, (), index_marks(text, body))


def _check_characters(text: str, name: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"{name}: character {error.start} is half of a surrogate pair; save the text as UTF-8 again"
        ) from error
