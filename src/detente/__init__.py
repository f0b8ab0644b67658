"""detente: what did a shock do to the relation between two states, and how do we know?

Examples:
    >>> import detente as dt
    >>> [report.event_type for report in dt.code_text("Japan expelled eight Russian diplomats.").reports]
    ['SANCTION']
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.api import Coded, Dyad, Store, code, code_text, open, open_example, read  # noqa: A004

__version__ = "0.1.0"

__all__ = ["Coded", "Dyad", "Store", "__version__", "code", "code_text", "open", "open_example", "read"]


def __getattr__(name: str) -> object:
    # what users import is loaded when first asked for, so that `detente --help` answers at once
    if name in __all__:
        return getattr(import_module("detente.api"), name)
    raise AttributeError(f"module 'detente' has no attribute {name!r}")
