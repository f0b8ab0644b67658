"""What an engine needs beside the package, named when it is missing."""

from importlib import import_module
from types import ModuleType

from detente.errors import StoreError


def need(module: str, extra: str) -> ModuleType:
    """Import a module that comes with an extra.

    Args:
        module: Its name.
        extra: The extra that brings it.

    Raises:
        StoreError: If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise StoreError(
            f"{module.partition('.')[0]} is not installed: pip install 'detente[{extra}]' brings it"
        ) from error
