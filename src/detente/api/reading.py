"""Read and code: files, folders and strings to documents and reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from detente.api.coders import DocumentCoder, as_coder
from detente.coding import Coder
from detente.documents import BadInput, read_documents, read_text
from detente.errors import InputError
from detente.model import Document, Report, Uncoded, parse_partial_date

_LONGEST_PATH = 1000


@dataclass(frozen=True, slots=True)
class Coded:
    """Documents with the reports coded from them.

    Attributes:
        documents: What was read.
        reports: One act as one sentence states it, in order of the text.
        uncoded: Sentences that name actors and gave no report, with the reason.
        bad: Inputs that could not be read; the rest of the batch went on.
    """

    documents: tuple[Document, ...]
    reports: tuple[Report, ...]
    uncoded: tuple[Uncoded, ...] = ()
    bad: tuple[BadInput, ...] = ()

    def __str__(self) -> str:
        """One line: how many documents and reports."""
        return f"{len(self.documents)} documents, {len(self.reports)} reports, {len(self.uncoded)} uncoded"


def read(source: str | Path) -> tuple[Document, ...]:
    """Read a file or a folder.

    Args:
        source: A file, a folder, a zip or a pattern of text, Markdown, HTML, PDF, Word or tables of documents.

    Returns:
        The documents.

    Raises:
        DocumentError: If it cannot be read; in a folder the first file that cannot.
    """
    from detente.errors import DocumentError

    found: list[Document] = []
    for item in read_documents(Path(source)):
        if isinstance(item, BadInput):
            raise DocumentError(item.reason)
        found.append(item)
    return tuple(found)


def code(
    source: str | Path | Document | Iterable[Document],
    *,
    domestic: bool = False,
    coder: str | Coder | DocumentCoder | None = None,
) -> Coded:
    """Read a file or folder and code what it says; documents already read are only coded.

    Args:
        source: A path, a document or documents.
        domestic: Whether acts within one country are given too.
        coder: Another coder than the package's own: its name, or the coder itself.

    Returns:
        Documents and reports; inputs that could not be read are listed in `bad`.

    Raises:
        DocumentError: If there is no such file or folder, or the one file named cannot be read.
        InputError: If there is no such coder.
    """
    chosen = as_coder(coder)
    bad: tuple[BadInput, ...] = ()
    documents: tuple[Document, ...]
    if isinstance(source, Document):
        documents = (source,)
    elif isinstance(source, str | Path):
        items = tuple(read_documents(_path(source)))
        bad = tuple(item for item in items if isinstance(item, BadInput))
        documents = tuple(item for item in items if isinstance(item, Document))
    else:
        documents = tuple(source)
        other = next((item for item in documents if not isinstance(item, Document)), None)
        if other is not None:
            raise InputError(
                f"code takes a path or documents, not {type(other).__name__}: dt.read(path) gives documents"
            )
    coded = tuple(chosen.code_documents(documents, domestic=domestic))
    return Coded(
        documents,
        tuple(report for item in coded for report in item.reports),
        tuple(item for one in coded for item in one.uncoded),
        bad,
    )


def _path(source: str | Path) -> Path:
    if isinstance(source, str) and (len(source) > _LONGEST_PATH or "\n" in source):
        raise InputError("code takes a path: for a text use dt.code_text(text)")
    return Path(source)


def code_text(text: str, *, date: str | None = None, title: str | None = None) -> Coded:
    """Code a string.

    Args:
        text: One sentence or more; the whole of it is body.
        date: ISO 8601 date of the text (year, month or day).
        title: Its headline.

    Returns:
        The document and its reports.

    Raises:
        InputError: If the date is none.
        DocumentError: If the text is empty.
    """
    try:
        published = parse_partial_date(date) if date else None
    except ValueError as error:
        raise InputError(str(error)) from error
    return code(read_text(text, title=title, published=published, parse_layout=False))
