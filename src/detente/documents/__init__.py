"""Files to documents: text, Markdown, HTML, PDF, Word, tables and zips of them, with sentences, citations and dates."""

from detente.documents.decode import FORMATS, MAX_BYTES, Format
from detente.documents.readers import BadInput, read_batch, read_bytes, read_documents, read_file, read_text

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "BadInput",
    "Format",
    "read_batch",
    "read_bytes",
    "read_documents",
    "read_file",
    "read_text",
]
