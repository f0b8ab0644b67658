"""What users import: the one place that joins the stages."""

from detente.api.dyads import Dyad
from detente.api.examples import open_example
from detente.api.importing import Imported
from detente.api.reading import Coded, code, code_text, read
from detente.api.stores import Added, Store, open, store_path  # noqa: A004

__all__ = [
    "Added",
    "Coded",
    "Dyad",
    "Imported",
    "Store",
    "code",
    "code_text",
    "open",
    "open_example",
    "read",
    "store_path",
]
