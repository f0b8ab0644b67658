"""The bundled chronology, read through the same stages as any report, in a store of its own."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from platformdirs import user_cache_path

from detente import __version__
from detente.api.stores import Store
from detente.coding import CODER
from detente.example import example_path
from detente.model import stable_id
from detente.store import open_store


def open_example(*, progress: Callable[[str], None] | None = None) -> Store:
    """Open the store of the bundled chronology; it is read and coded the first time.

    It lies among the user's cached files, apart from the user's own store, and is made anew when the
    chronology or the coder changes.

    Args:
        progress: Called with a line when the chronology is read.

    Returns:
        A store with `is_example` true.

    Raises:
        StoreError: If no folder can be written.
    """
    key = stable_id("example", __version__, CODER, example_path().read_text(encoding="utf-8"))
    folder = _cache_folder() / f"example-{key}"
    if not folder.exists():
        if progress is not None:
            progress("reading and coding the bundled chronology (once)")
        _build(folder)
    return Store(open_store(folder, create=False), is_example=True)


def _build(folder: Path) -> None:
    made = Path(mkdtemp(prefix="making-", dir=folder.parent))
    try:
        from detente.api.reading import code

        Store(open_store(made)).add(code(example_path()))
        with suppress(OSError):  # another process made it meanwhile: the same rows
            made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _cache_folder() -> Path:
    folder = user_cache_path("detente", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(mkdtemp(prefix="detente-"))
    return folder if os.access(folder, os.W_OK) else Path(mkdtemp(prefix="detente-"))
