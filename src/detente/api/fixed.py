"""A store held at one state, so that several questions of one page are answered from the same rows."""

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from detente.api.shaped import Shapes
from detente.api.stores import Store
from detente.model import stable_id


class FixedStore(Store):
    """A store at one snapshot: each question reads the same state until it is closed.

    It belongs to one thread at a time, as a snapshot does.

    Attributes:
        version: The state, as a key for caches.
        shapes: SQL of questions asked before; several stores may share it.
    """

    def __init__(self, store: Store, shapes: Shapes | None = None) -> None:
        super().__init__(store.tables, is_example=store.is_example, texts=store.texts, review_mode=store.review_mode)
        self._held = store.snapshot()
        self.version = self._held.version
        self.shapes = shapes or Shapes()

    def snapshot(self, *, known_by: datetime | None = None) -> Any:
        """The state held, not closed at the end of a `with`; with `known_by` one of its own."""
        return super().snapshot(known_by=known_by) if known_by else nullcontext(self._held)

    def interrupt(self) -> None:
        """End the query that another thread is running; it fails there with a StoreError."""
        self._held.interrupt()

    def close(self) -> None:
        """Let go of the state."""
        self._held.close()


def store_stamp(store: Store) -> str:
    """What changes with every commit to a store, read without opening it: the times of its tables' logs."""
    logs = sorted(store.tables.path.glob("*/_delta_log"))
    return ",".join(f"{log.parent.name}:{log.stat().st_mtime_ns}" for log in logs)


def store_version(store: Store) -> str:
    """The version that a snapshot of a store would have now, told by the names in its tables' logs alone."""
    from detente.store.store import SNAPSHOT_TABLES

    tables = sorted({"imports", *SNAPSHOT_TABLES})
    versions = [(name, _last_commit(store.tables.path / name / "_delta_log")) for name in tables]
    version = stable_id("snapshot", store.tables.id, versions, None, store.review_mode)
    return version if store.texts is None else stable_id("filled", version, store.texts.key)


def _last_commit(log: Path) -> int:
    """The number of a table's last commit; -1 where it was never written."""
    names = (path.name.partition(".")[0] for path in log.glob("*.*"))
    return max((int(name) for name in names if name.isdigit()), default=-1)
