"""One writer at a time on this machine, for what must look before it writes."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from detente.errors import StoreError

_PAUSE: Final = 0.05  # seconds between two tries


@contextmanager
def one_writer(folder: Path, name: str) -> Iterator[None]:
    """Hold a lock of a store; the system lets go of it when the process ends, however it ends.

    It keeps processes of one machine apart. Where the store lies on another machine's disk, the rule that an input
    counts once still does.

    Args:
        folder: The store.
        name: What is locked.

    Raises:
        StoreError: If the file of the lock cannot be made.
    """
    try:
        handle = os.open(folder / f".{name}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"store {folder} cannot be written: {reason}; check its permissions") from error
    try:
        _wait_for(handle)
        yield
    finally:
        os.close(handle)  # the lock goes with it


def _wait_for(handle: int) -> None:
    """Take the lock of an open file, however long another process holds it."""
    try:
        import fcntl
    except ImportError:
        _wait_on_windows(handle)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX)


def _wait_on_windows(handle: int) -> None:
    """Windows locks bytes, not files, and gives up by itself after ten tries: asked again until it has the first."""
    locks: Any = import_module("msvcrt")
    while True:
        try:
            locks.locking(handle, locks.LK_NBLCK, 1)
        except OSError:
            time.sleep(_PAUSE)
        else:
            return
