"""Looking after a store's folder: fewer, sorted files, and the newest format."""

from datetime import timedelta
from pathlib import Path

from detente.api.stores import check_folder, store_path
from detente.store import Compaction, Migrated, migrate_folder, open_store

KEEP = timedelta(hours=24)
"""How long replaced files stay by default, for readers that began before."""


def compact_store(path: str | Path | None = None, *, keep: timedelta = KEEP) -> tuple[Compaction, ...]:
    """Merge the small files that many commits leave, and sort feeds by pair.

    Args:
        path: The folder; by default as for `dt.open`.
        keep: How long files that were replaced stay, in whole hours; a reader that holds an older state fails.

    Returns:
        What was done, a table each.

    Raises:
        StoreError: If there is no store, or a table cannot be rewritten; it is unchanged then.
    """
    return open_store(_folder(path), create=False).compact(delete_older_than=keep)


def migrate_store(path: str | Path | None = None) -> Migrated:
    """Bring a store up to the newest format; see `detente.store.migrate_folder`."""
    return migrate_folder(_folder(path))


def _folder(path: str | Path | None) -> Path:
    check_folder(path)
    return Path(path) if path is not None else store_path()
