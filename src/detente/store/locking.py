"""One writer at a time on this machine, for what must look before it writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import StoreError


@contextmanager
def one_writer(folder: Path, name: str) -> Iterator[None]:
    """Hold a lock of a store; the system lets go of it when the process ends, however it ends.

    It keeps processes of one machine apart. Where the system has no such locks, or the store lies on another machine's
    disk, the rule that an input counts once still does.

    Args:
        folder: The store.
        name: What is locked.

    Raises:
        StoreError: If the file of the lock cannot be made.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    try:
        handle = os.open(folder / f".{name}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StoreError(f"store {folder} cannot be written: {reason}; check its permissions") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
