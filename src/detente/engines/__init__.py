"""Engines: the same measures where the rows already lie, and documents coded there.

`open_engine` gives the tables of an address, `code_documents` codes the documents of a Spark frame.
"""

from typing import TYPE_CHECKING, Any

from detente.engines.addresses import is_address

if TYPE_CHECKING:
    from detente.engines.coding import code_documents
    from detente.engines.opening import open_engine

__all__ = ["code_documents", "is_address", "open_engine"]

_HOMES = {"code_documents": "detente.engines.coding", "open_engine": "detente.engines.opening"}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
