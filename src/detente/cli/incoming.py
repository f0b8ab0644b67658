"""Documents as they come in: files one by one, standard input line by line, in bounded batches."""

import logging
import select
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, cast

from detente.cli.output import note
from detente.cli.sources import read_paths
from detente.documents import FORMATS, BadInput, Format, PdfPool, read_documents, read_text
from detente.documents.jsonl import Line, read_lines
from detente.errors import DocumentError, InputError
from detente.model import Document

_NAME: Final = "standard input"
_PART: Final = 64 * 1024  # bytes asked for at once
_PATIENCE: Final = 0.05  # seconds without input after which what is there is coded
_LARGEST_BATCH: Final = 256  # documents
_LARGEST_TEXT: Final = 500_000  # characters of a batch
_MOST_FAILURES: Final = 20


class LineInput:
    """Bytes of a pipe, read as they come; can go back to its beginning once, as the reader of lines asks.

    Nothing but the current line and what came with it is held.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sample = bytearray()
        self._held = b""
        self._at = 0
        self._begun = False

    def read(self, size: int) -> bytes:
        """Before `seek`, a sample: at least a line of what comes; after it, `size` bytes or all that is left."""
        if not self._begun:
            sample = self._line_at_least(size)
            self._sample += sample
            return sample
        parts, missing = [self._held[self._at : self._at + size]], size - (len(self._held) - self._at)
        self._at += len(parts[0])
        while missing > 0 and (part := self._stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def seek(self, _offset: int) -> None:
        """Back to the beginning."""
        self._held, self._at, self._begun = bytes(self._sample), 0, True
        self._sample.clear()

    def readline(self, limit: int) -> bytes:
        """The next line with its end, cut at `limit` bytes; empty at the end of input."""
        parts: list[bytes] = []
        size = 0
        while True:
            end = self._held.find(b"\n", self._at, self._at + limit - size)
            stop = end + 1 if end >= 0 else min(len(self._held), self._at + limit - size)
            parts.append(self._held[self._at : stop])
            size += stop - self._at
            self._at = stop
            if end >= 0 or size >= limit:
                return b"".join(parts)
            self._held, self._at = self._some(_PART), 0
            if not self._held:
                return b"".join(parts)

    def is_waiting(self) -> bool:
        """Whether no whole line is at hand and none comes at once."""
        if self._held.find(b"\n", self._at) >= 0:
            return False
        try:
            return not select.select([self._stream], [], [], _PATIENCE)[0]
        except (OSError, ValueError):  # no file of the system (a test, Windows): it is read without asking
            return False

    def _line_at_least(self, size: int) -> bytes:
        sample = b""
        while b"\n" not in sample and len(sample) < size and (part := self._some(size - len(sample))):
            sample += part
        return sample

    def _some(self, size: int) -> bytes:
        """What is there, at least a byte; empty at the end."""
        read = getattr(self._stream, "read1", self._stream.read)
        return cast("bytes", read(size))


@dataclass(slots=True)
class Incoming:
    """Documents of paths in batches; what cannot be read is said on standard error and the rest goes on.

    Attributes:
        paths: Files, folders, patterns; `-` is standard input.
        input_format: How they are written; None to go by the name.
    """

    paths: Sequence[Path]
    input_format: str | None
    _found: bool = False
    _failed: list[str] = field(default_factory=list)
    _n_failed: int = 0
    _pipe: LineInput | None = None

    def batches(self) -> Iterator[list[Document]]:
        """Documents in batches that grow from one to 256; a batch ends early when a pipe has no more to read.

        Raises:
            DocumentError: If nothing could be read.
            InputError: If the input format is unknown.
        """
        batch: list[Document] = []
        size, text = 1, 0
        for document in self._documents():
            batch.append(document)
            text += len(document.text)
            if len(batch) >= size or text >= _LARGEST_TEXT or self.is_waiting():
                yield batch
                batch, size, text = [], min(2 * size, _LARGEST_BATCH), 0
        if batch:
            yield batch
        self._finish()

    def is_waiting(self) -> bool:
        """Whether a pipe has nothing more to read for now."""
        return self._pipe is not None and self._pipe.is_waiting()

    def _documents(self) -> Iterator[Document]:
        if self.input_format is not None and self.input_format not in FORMATS:
            raise InputError(f"input format {self.input_format!r}: expected {', '.join(FORMATS)}")
        logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it cannot read is said by us
        kind = cast("Format | None", self.input_format)
        with PdfPool() as pool:
            for path in self.paths:
                try:
                    for item in self._read_one(path, kind, pool):
                        if isinstance(item, BadInput):
                            self._leave_out(item.reason)
                            continue
                        if not self._found:
                            self._found = True
                            self._say_failures()
                        yield item
                except DocumentError as error:
                    self._leave_out(str(error))

    def _read_one(self, path: Path, kind: Format | None, pool: PdfPool) -> Iterator[Document | BadInput]:
        if str(path) != "-":
            yield from read_documents(path, kind=kind, isolate=pool)
        elif kind == "jsonl":
            self._pipe = LineInput(sys.stdin.buffer)
            yield from read_json_lines(self._pipe)
            self._pipe = None
        else:
            yield from read_paths([path], kind)

    def _leave_out(self, reason: str) -> None:
        self._n_failed += 1
        if self._n_failed <= _MOST_FAILURES:
            self._failed.append(reason)
            if self._found:
                self._say_failures()

    def _say_failures(self) -> None:
        for reason in self._failed:
            note(f"left out: {reason}")
        self._failed.clear()

    def _finish(self) -> None:
        if self._n_failed and not self._found:
            more = f" (and {self._n_failed - 1:,} more)" if self._n_failed > 1 else ""
            raise DocumentError(self._failed[0] + more)
        if self._n_failed > _MOST_FAILURES:
            note(f"left out: {self._n_failed - _MOST_FAILURES:,} more")


def read_json_lines(pipe: LineInput) -> Iterator[Document | BadInput]:
    """Documents of JSON lines from a pipe, each as soon as its line is there."""
    for line in read_lines(cast("BinaryIO", pipe), _NAME):
        if isinstance(line, DocumentError):
            yield BadInput(_NAME, str(line))
            continue
        try:
            yield _document(line)
        except DocumentError as error:
            reason = str(error).removeprefix(f"{line.metadata.id or 'text'}: ")
            yield BadInput(_NAME, f"{_NAME}, line {line.number}: {reason}")


def _document(line: Line) -> Document:
    about = line.metadata
    return read_text(
        line.text,
        id=about.id,
        published=about.published,
        title=about.title,
        publisher=about.publisher,
        url=about.url,
        language=about.language,
        note=about.note,
        previous=about.previous,
        authors=about.authors,
        parse_layout=False,
    )
