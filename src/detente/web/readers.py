"""Reading the store for pages: a few snapshots kept open, each used by one thread at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from detente.api import Store
from detente.api.fixed import FixedStore, store_stamp
from detente.errors import DetenteError
from detente.web.answers import TooSlowError
from detente.web.limits import Limits

T = TypeVar("T")


class Readers:
    """Snapshots of one store, opened when first needed and given up when the store has grown."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._threads = ThreadPoolExecutor(limits.readers, thread_name_prefix="detente-read")
        self._idle: list[tuple[str, FixedStore]] = []
        self._versions: dict[str, str] = {}
        self._lock = Lock()

    def stamp(self) -> str:
        """What changes with each commit: cheap enough to ask for every page."""
        return store_stamp(self._store)

    async def version(self) -> str:
        """The version of the store's present state, as a key for caches."""
        stamp = self.stamp()
        if stamp not in self._versions:
            self._versions[stamp] = await self.read(lambda store: store.version)
        return self._versions[stamp]

    async def read(self, work: Callable[[FixedStore], T]) -> T:
        """Ask the store something in one of the threads.

        Args:
            work: Given the store at one snapshot.

        Raises:
            DetenteError: If it cannot be answered.
            TooSlowError: If it takes longer than a page may.
        """
        future = asyncio.get_running_loop().run_in_executor(self._threads, self._with_store, work)
        try:
            return await asyncio.wait_for(asyncio.shield(future), self._limits.read_seconds)
        except TimeoutError as error:
            raise TooSlowError(
                f"reading the store took longer than {self._limits.read_seconds:.0f} seconds: choose a shorter range"
            ) from error

    def close(self) -> None:
        """Wait for what is being read, and close the snapshots."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for _, store in self._idle:
            store.close()

    def _with_store(self, work: Callable[[FixedStore], T]) -> T:
        stamp = self.stamp()
        store = self._taken(stamp) or FixedStore(self._store)
        done = False
        try:
            found = work(store)
            done = True
        except DetenteError:
            done = True
            raise
        finally:
            if done:
                with self._lock:
                    self._idle.append((stamp, store))
            else:
                store.close()  # a snapshot that failed in mid-query is not used again
        return found

    def _taken(self, stamp: str) -> FixedStore | None:
        with self._lock:
            old = [item for item in self._idle if item[0] != stamp]
            fresh = [item for item in self._idle if item[0] == stamp]
            self._idle = fresh[1:]
        for _, store in old:
            store.close()
        return fresh[0][1] if fresh else None
