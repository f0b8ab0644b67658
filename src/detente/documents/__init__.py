"""Files to documents: text, Markdown, HTML and JSON lines, with sentences, citations and dates."""

from detente.documents.decode import MAX_BYTES
from detente.documents.readers import BadInput, read_batch, read_bytes, read_documents, read_file, read_text

__all__ = ["MAX_BYTES", "BadInput", "read_batch", "read_bytes", "read_documents", "read_file", "read_text"]
