"""A store held at one state, so that several questions of one page are answered from the same rows."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from detente.api.stores import Store


class FixedStore(Store):
    """A store at one snapshot: each question reads the same state until it is closed.

    It belongs to one thread at a time, as a snapshot does.

    Attributes:
        version: The state, as a key for caches.
    """

    def __init__(self, store: Store) -> None:
        super().__init__(store.tables, is_example=store.is_example, texts=store.texts, review_mode=store.review_mode)
        self._held = store.snapshot()
        self.version = self._held.version

    def snapshot(self, *, known_by: datetime | None = None) -> Any:
        """The state held, not closed at the end of a `with`; with `known_by` one of its own."""
        return super().snapshot(known_by=known_by) if known_by else nullcontext(self._held)

    def close(self) -> None:
        """Let go of the state."""
        self._held.close()


def store_stamp(store: Store) -> str:
    """What changes with every commit to a store, read without opening it: the times of its tables' logs."""
    logs = sorted(store.tables.path.glob("*/_delta_log"))
    return ",".join(f"{log.parent.name}:{log.stat().st_mtime_ns}" for log in logs)
