"""Files to documents: text, Markdown, HTML, PDF, Word, tables and zips of them, with sentences, citations and dates."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.documents.decode import FORMATS, MAX_BYTES, Format
    from detente.documents.pdf_pool import PdfLimits, PdfPool
    from detente.documents.readers import BadInput, read_batch, read_bytes, read_documents, read_file, read_text

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "BadInput",
    "Format",
    "PdfLimits",
    "PdfPool",
    "read_batch",
    "read_bytes",
    "read_documents",
    "read_file",
    "read_text",
]

_ROOMS = {
    **dict.fromkeys(("FORMATS", "MAX_BYTES", "Format"), "decode"),
    **dict.fromkeys(("PdfLimits", "PdfPool"), "pdf_pool"),
}


def __getattr__(name: str) -> object:
    # loaded when first asked for: a worker that reads PDF needs a tenth of it, and starts in half the time
    if name in __all__:
        return getattr(import_module(f"detente.documents.{_ROOMS.get(name, 'readers')}"), name)
    raise AttributeError(f"module 'detente.documents' has no attribute {name!r}")
