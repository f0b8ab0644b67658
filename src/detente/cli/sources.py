"""Documents from paths and standard input, for the verbs that read."""

import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from detente.cli.output import note
from detente.documents import FORMATS, MAX_BYTES, BadInput, Format, PdfPool, read_batch, read_documents
from detente.errors import DocumentError, InputError
from detente.model import Document

_MOST_FAILURES = 20


def read_paths(paths: Sequence[Path], input_format: str | None) -> tuple[Document, ...]:
    """Read every path; what cannot be read is said on standard error and the rest goes on.

    Raises:
        DocumentError: If nothing could be read.
        InputError: If the input format is unknown.
    """
    if input_format is not None and input_format not in FORMATS:
        raise InputError(f"input format {input_format!r}: expected {', '.join(FORMATS)}")
    kind = cast("Format | None", input_format)
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it cannot read is said by us, in one line
    found: list[Document] = []
    failed: list[str] = []
    with PdfPool() as pool:
        for path in paths:
            try:
                for item in _read_one(path, kind, pool):
                    if isinstance(item, BadInput):
                        failed.append(item.reason)
                    else:
                        found.append(item)
            except DocumentError as error:
                failed.append(str(error))
    if failed and not found:
        more = f" (and {len(failed) - 1:,} more)" if len(failed) > 1 else ""
        raise DocumentError(failed[0] + more)
    for reason in failed[:_MOST_FAILURES]:
        note(f"left out: {reason}")
    if len(failed) > _MOST_FAILURES:
        note(f"left out: {len(failed) - _MOST_FAILURES:,} more")
    return tuple(found)


def _read_one(path: Path, kind: Format | None, pool: PdfPool) -> Iterator[Document | BadInput]:
    if str(path) != "-":
        yield from read_documents(path, kind=kind, isolate=pool)
        return
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise DocumentError(f"standard input: over the limit of {MAX_BYTES // 2**20} MB, read no further; split it")
    yield from read_batch(raw, name="standard input", kind=kind, isolate=pool)
