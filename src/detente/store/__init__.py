"""The store: a folder of Delta tables; write, snapshot, view."""

from detente.store.batch import Batch, new_import_id
from detente.store.migrate import Migrated, migrate_folder
from detente.store.snapshot import Snapshot
from detente.store.store import Store, open_store
from detente.store.tables import Compaction

__all__ = ["Batch", "Compaction", "Migrated", "Snapshot", "Store", "migrate_folder", "new_import_id", "open_store"]
