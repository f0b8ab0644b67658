"""Patience with servers: so many connections to one host, with a pause between requests, and waiting when asked to."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from detente.fetching.waiting import Waits


class Hosts:
    """Turns at hosts, shared by all threads of a fetch."""

    def __init__(self, connections: int, pause: float, waits: Waits) -> None:
        self._pause = pause
        self._waits = waits
        self._lock = Lock()
        self._places: defaultdict[str, BoundedSemaphore] = defaultdict(lambda: BoundedSemaphore(connections))
        self._next: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """A connection to a host, when it is this thread's turn."""
        with self._lock:
            places = self._places[host]
        with places:
            self._wait(host)
            yield

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing more of a host for a while."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0.0), self._waits.now() + seconds)

    def _wait(self, host: str) -> None:
        while True:
            with self._lock:
                now = self._waits.now()
                begin = self._next.get(host, now)
                if begin <= now:
                    self._next[host] = now + self._pause
                    return
            self._waits.sleep(begin - now)
