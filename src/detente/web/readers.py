"""Reading the store for pages: a few snapshots kept open, each used by one thread at a time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from detente.api.fixed import FixedStore, store_stamp, store_version
from detente.api.shaped import Shapes
from detente.errors import DetenteError
from detente.model.reviews import Reviewed
from detente.web.answers import BusyError, TooSlowError
from detente.web.limits import Limits

if TYPE_CHECKING:
    from detente.api import Store

T = TypeVar("T")


class Readers:
    """Snapshots of one store, opened when first needed and given up when the store has grown."""

    def __init__(self, store: "Store", limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._threads = ThreadPoolExecutor(limits.readers, thread_name_prefix="detente-read")
        self._idle: list[tuple[str, FixedStore]] = []
        self._versions: dict[tuple[str, Reviewed], str] = {}
        self._shapes = Shapes()
        self._asked = 0
        self._lock = Lock()

    def stamp(self) -> str:
        """What changes with each commit: cheap enough to ask for every page."""
        return store_stamp(self._store)

    def version(self, reviewed: Reviewed = "corrected") -> str:
        """The version of the store's present state, as a key for caches; the store is not opened for it."""
        key = self.stamp(), reviewed
        if key not in self._versions:
            self._versions = {known: version for known, version in self._versions.items() if known[0] == key[0]}
            self._versions[key] = store_version(self._store.reviewed(reviewed))
        return self._versions[key]

    async def read(self, work: Callable[[FixedStore], T], reviewed: Reviewed = "corrected") -> T:
        """Ask the store something in one of the threads.

        Args:
            work: Given the store at one snapshot.
            reviewed: Which reviews apply.

        Raises:
            DetenteError: If it cannot be answered.
            BusyError: If too many wait already.
            TooSlowError: If it takes longer than a page may; what the engine does for it is then ended.
        """
        if self._asked >= self._limits.readers + self._limits.waiting:
            raise BusyError("the server is reading for other visitors; ask again in a minute")
        reading = _Reading()
        self._asked += 1
        future = asyncio.get_running_loop().run_in_executor(self._threads, self._with_store, work, reviewed, reading)
        future.add_done_callback(self._done)
        try:
            return await asyncio.wait_for(asyncio.shield(future), self._limits.read_seconds)
        except TimeoutError as error:
            reading.end()
            raise TooSlowError(
                f"reading the store took longer than {self._limits.read_seconds:.0f} seconds: choose a shorter range"
            ) from error

    def _done(self, future: "asyncio.Future[T]") -> None:
        self._asked -= 1
        if not future.cancelled():
            future.exception()  # read, so that one nobody waits for is not reported as lost

    def close(self) -> None:
        """Wait for what is being read, and close the snapshots."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for _, store in self._idle:
            store.close()

    def _with_store(self, work: Callable[[FixedStore], T], reviewed: Reviewed, reading: "_Reading") -> T:
        reading.begin(None)
        stamp = f"{reviewed} {self.stamp()}"
        store = self._taken(stamp) or FixedStore(self._store.reviewed(reviewed), self._shapes)
        done = False
        try:
            reading.begin(store)
            found = work(store)
            done = not reading.ended
        except DetenteError:
            done = not reading.ended
            raise
        finally:
            reading.done()
            if done:
                with self._lock:
                    self._idle.append((stamp, store))
            else:
                store.close()  # a snapshot that failed in mid-query is not used again
        return found

    def _taken(self, stamp: str) -> FixedStore | None:
        state = stamp.partition(" ")[2]
        with self._lock:
            old = [item for item in self._idle if item[0].partition(" ")[2] != state]
            kept = [item for item in self._idle if item not in old]
            mine = next((item for item in kept if item[0] == stamp), None)
            self._idle = [item for item in kept if item is not mine]
        for _, store in old:
            store.close()
        return mine[1] if mine else None


class _Reading:
    """One reading under way: `end` stops what the engine is doing for it, or what it was about to do."""

    def __init__(self) -> None:
        self.ended = False
        self._store: FixedStore | None = None
        self._lock = Lock()

    def begin(self, store: FixedStore | None) -> None:
        """Name the store that is read from now on.

        Raises:
            TooSlowError: If nobody waits for it any more.
        """
        with self._lock:
            if self.ended:
                raise TooSlowError("nobody waits for this any more")
            self._store = store

    def done(self) -> None:
        """Nothing is read any more."""
        with self._lock:
            self._store = None

    def end(self) -> None:
        """Stop it."""
        with self._lock:
            self.ended = True
            if self._store is not None:
                self._store.interrupt()
