"""Files, bytes and strings to documents: the door of this folder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.documents.assemble import (
    Metadata,
    bounded_date,
    cited_labels,
    language_of,
    make_sentences,
)
from detente.documents.blocks import Kind, split_blocks
from detente.documents.decode import MAX_BYTES, READ, check_bytes, decode_text, kind_of, too_large
from detente.documents.html import read_page
from detente.documents.jsonl import read_lines
from detente.documents.layout import Layout
from detente.documents.layout import parse_layout as parse_article
from detente.documents.references import parse_references
from detente.errors import DocumentError
from detente.model import UNDATED, DateSpan, Document, document_id


@dataclass(frozen=True, slots=True)
class BadInput:
    """A file, or a line of one, that could not be read, and why; the rest of the batch goes on."""

    path: str
    reason: str


def read_documents(source: Path) -> Iterator[Document | BadInput]:
    """Read a file or a folder; what cannot be read in it is reported, the rest goes on.

    Args:
        source: A file, or a folder that is searched to the bottom in order of names; hidden files
            and links to folders are passed over.

    Yields:
        Documents, and a `BadInput` for each file or JSON line that cannot be read.

    Raises:
        DocumentError: If there is no such file or folder, or it holds no file.
    """
    if not source.is_dir():
        yield from _batch_file(source)
        return
    paths = list(_files(source))
    if not any(kind_of(path.name) for path in paths):
        raise DocumentError(f"{source}: no readable file in this folder ({len(paths)} others); it reads {READ}")
    for path in paths:
        try:
            yield from _batch_file(path)
        except DocumentError as error:
            yield BadInput(str(path), str(error))


def read_file(path: Path) -> tuple[Document, ...]:
    """Read one file by its suffix: one document, or one a line of JSONL.

    Args:
        path: A .txt, .md, .html or .jsonl file, up to 50 MB.

    Returns:
        Its documents.

    Raises:
        DocumentError: If it cannot be read; for JSONL at the first bad line.
    """
    return tuple(_strict(_batch_file(path), str(path)))


def read_bytes(raw: bytes, *, name: str, kind: Kind) -> tuple[Document, ...]:
    """Read bytes that came from elsewhere, standard input for one.

    Args:
        raw: The content.
        name: What messages call it (`standard input`).
        kind: `text`, `markdown`, `html` or `jsonl`.

    Returns:
        Its documents.

    Raises:
        DocumentError: If it cannot be read; for JSONL at the first bad line.
    """
    return tuple(_strict(_batch_bytes(raw, name, kind), name))


def read_batch(raw: bytes, *, name: str, kind: Kind) -> Iterator[Document | BadInput]:
    """Read bytes as a batch: a bad line of JSONL is reported and the rest goes on.

    Args:
        raw: The content.
        name: What messages call it (`standard input`).
        kind: `text`, `markdown`, `html` or `jsonl`.

    Yields:
        Documents, and a `BadInput` for each line that cannot be read.

    Raises:
        DocumentError: If the whole cannot be read.
    """
    check_bytes(raw, name)
    yield from _batch_bytes(raw, name, kind)


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


def _batch_file(path: Path) -> Iterator[Document | BadInput]:
    kind = kind_of(path.name)
    if path.is_dir():
        raise DocumentError(f"{path}: a folder, not a file; read its files one by one")
    if not path.exists():
        raise DocumentError(f"{path}: no such file; check the name")
    if not path.is_file():
        raise DocumentError(f"{path}: neither a file nor a folder; pipe it in with - (standard input)")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentError(too_large(path.stat().st_size, str(path)))
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    check_bytes(raw, str(path))
    if kind is None:
        raise DocumentError(f"{path}: {path.suffix} files are not read by this version; it reads {READ}")
    yield from _batch_bytes(raw, str(path), kind)


def _batch_bytes(raw: bytes, name: str, kind: Kind) -> Iterator[Document | BadInput]:
    content = decode_text(raw, name, html=kind == "html")
    if kind == "jsonl":
        yield from _batch_lines(content, name)
    elif kind == "html":
        page = read_page(content, name)
        yield _document(page.text, page.metadata, kind=kind, name=name)
    else:
        yield _document(content.removeprefix("\ufeff"), Metadata(), kind=kind, name=name)


def _batch_lines(content: str, name: str) -> Iterator[Document | BadInput]:
    for line in read_lines(content, name):
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
        raise DocumentError(f"{name}: no document in it; expected one JSON object a line")


def _document(text: str, metadata: Metadata, *, kind: Kind, name: str) -> Document:
    if not text.strip():
        raise DocumentError(f"{name}: empty text; expected at least one sentence")
    _check_characters(text, name)
    layout = _plain(text) if kind == "jsonl" else parse_article(text, kind, title=metadata.title)
    language = metadata.language or layout.language or language_of(text, layout.body)
    citations = parse_references(text, layout.references, cited=cited_labels(text, layout.body))
    published = metadata.published or layout.published or bounded_date(citations.values())
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
        note=metadata.note,
        previous=metadata.previous,
    )


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


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))
