"""What users import: the one place that joins the stages."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
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

_HOMES: Final = {
    "Dyad": "dyads",
    "Imported": "importing",
    "open_example": "examples",
    **dict.fromkeys(("Coded", "code", "code_text", "read"), "reading"),
    **dict.fromkeys(("Added", "Store", "open", "store_path"), "stores"),
}


def __getattr__(name: str) -> object:
    # loaded when first asked for: a page of `detente serve` needs no coder and no reader of feeds
    if name in _HOMES:
        return getattr(import_module(f"detente.api.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'detente.api' has no attribute {name!r}")
