"""Documents from paths and standard input, for the verbs that read."""

import sys
from collections.abc import Sequence
from pathlib import Path

from detente.api import Coded, code
from detente.cli.output import note
from detente.documents import BadInput, read_batch, read_documents
from detente.errors import DocumentError, InputError
from detente.model import Document

_MOST_FAILURES = 20
KINDS = ("text", "markdown", "html", "jsonl")


def read_paths(paths: Sequence[Path], input_format: str | None) -> tuple[Document, ...]:
    """Read every path; what cannot be read is said on standard error and the rest goes on.

    Raises:
        DocumentError: If nothing could be read.
        InputError: If the input format is unknown.
    """
    if input_format is not None and input_format not in KINDS:
        raise InputError(f"input format {input_format!r}: expected {', '.join(KINDS)}")
    found: list[Document] = []
    failed: list[str] = []
    for path in paths:
        try:
            for item in _read_one(path, input_format):
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


def code_paths(paths: Sequence[Path], input_format: str | None, *, domestic: bool) -> Coded:
    """Read and code every path."""
    return code(read_paths(paths, input_format), domestic=domestic)


def _read_one(path: Path, input_format: str | None) -> Sequence[Document | BadInput]:
    if str(path) == "-":
        raw = sys.stdin.buffer.read()
        return tuple(read_batch(raw, name="standard input", kind=input_format or "text"))  # type: ignore[arg-type]
    if input_format is None or not path.is_file():
        return tuple(read_documents(path))
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return tuple(read_batch(raw, name=str(path), kind=input_format))  # type: ignore[arg-type]
