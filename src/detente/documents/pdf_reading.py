"""Where the PDF files of a batch are read: in workers, the next ones while one is looked at, or in this process."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from detente.documents.extracted import Extracted
from detente.documents.pdf import read_pdf
from detente.documents.pdf_file import Print
from detente.documents.pdf_pool import PdfPool
from detente.errors import DocumentError

Isolation = bool | PdfPool
_WINDOW = 256  # paths that are looked at ahead for the next PDF


@dataclass(frozen=True, slots=True)
class PdfReading:
    """The pool that reads a batch's PDF files; None to read them in this process."""

    pool: PdfPool | None

    def read(self, raw: bytes, name: str) -> Extracted:
        """Read one PDF.

        Args:
            raw: The file.
            name: File name for messages.

        Returns:
            As `read_pdf` gives it.

        Raises:
            DocumentError: If it cannot be read.
        """
        return self.pool.read(raw, name) if self.pool else read_pdf(raw, name)

    def ahead(
        self, paths: Iterable[Path], is_pdf: Callable[[Path], bool], load: Callable[[Path], bytes]
    ) -> Iterator[tuple[Path, "Future[Print] | None"]]:
        """The files of a batch in order, the next PDF files already on their way.

        Args:
            paths: Files.
            is_pdf: Whether one is read as PDF.
            load: Its bytes; may raise `DocumentError`.

        Yields:
            Each path; with what a worker makes of it where that was begun.
        """
        if self.pool is None:
            yield from ((path, None) for path in paths)
            return
        window: deque[tuple[Path, Future[Print] | None]] = deque()
        begun = 0
        for path in paths:
            window.append((path, _begin(self.pool, path, load) if is_pdf(path) else None))
            begun += window[-1][1] is not None
            while begun > self.pool.workers or len(window) > _WINDOW:
                begun -= window[0][1] is not None
                yield window.popleft()
        yield from window


def _begin(pool: PdfPool, path: Path, load: Callable[[Path], bytes]) -> "Future[Print]":
    try:
        return pool.begin(load(path), str(path))
    except DocumentError as error:
        failed: Future[Print] = Future()
        failed.set_exception(error)
        return failed


@contextmanager
def open_pdf_reading(isolate: Isolation) -> Iterator[PdfReading]:
    """How a batch reads PDF.

    Args:
        isolate: True for workers of its own, started at the first PDF and stopped at the end; a pool that
            is open to use that; False to read in this process.

    Yields:
        What reads them.
    """
    if isinstance(isolate, PdfPool):
        yield PdfReading(isolate)
    elif isolate:
        with PdfPool() as pool:
            yield PdfReading(pool)
    else:
        yield PdfReading(None)
