"""One version of a store's folder for an engine that reads its files itself."""

from dataclasses import dataclass
from pathlib import Path

from detente.model import stable_id


@dataclass(frozen=True, slots=True)
class FixedFolder:
    """The files of each table in one version."""

    version: str
    files: dict[str, tuple[Path, ...]]


def fix_folder(folder: str) -> FixedFolder:
    """Fix the newest version of a store's tables.

    Args:
        folder: A store's.

    Raises:
        StoreError: If it is no store, or cannot be read.
    """
    from detente.store import open_store
    from detente.store.reading import fix_tables
    from detente.store.store import SNAPSHOT_TABLES

    store = open_store(Path(folder), create=False)
    wanted = [name for name in SNAPSHOT_TABLES if name not in ("cube", "coverage")]
    fixed = fix_tables(store.path, wanted)
    version = stable_id(store.id, sorted((table.name, table.version) for table in fixed.values()))
    return FixedFolder(version, {name: table.files for name, table in fixed.items()})
