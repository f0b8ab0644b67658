"""One fetch at a time in one folder; the lock goes with the process, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.errors import FeedError

_NAME = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, made where it is missing.

    Raises:
        FeedError: If another fetch holds it, or it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise FeedError(f"folder {folder} cannot be used: {error.strerror or error}; name another") from error
    try:
        try:
            _take(handle)
        except OSError as error:
            raise FeedError(
                f"folder {folder} is in use by another fetch: wait until it ends, or name another with --folder"
            ) from error
        yield
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
