"""One fetch of one feed: its client, its folder, its list, and its files as they come."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

from detente.fetching.addresses import mirrored
from detente.fetching.budget import Budget
from detente.fetching.client import Client
from detente.fetching.hosts import Hosts
from detente.fetching.listing import list_files
from detente.fetching.lock import locked
from detente.fetching.pool import download_each
from detente.fetching.records import Downloaded, Failure, Limits, Listing, RemoteFile
from detente.fetching.sources import FeedSource
from detente.fetching.transfer import download, tag_of
from detente.fetching.waiting import Waits, real_waits

_AHEAD = 64  # files on disk or under way before the first of them is taken


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Files of one feed from its publisher, or a mirror, to a folder.

    Attributes:
        source: The feed.
        folder: Where its files go; held by one process at a time.
        mirror: Address of a mirror that keeps the publisher's paths.
        client: Who asks.
    """

    source: FeedSource
    folder: Path
    mirror: str | None
    client: Client

    def list(self, since: date, until: date) -> Listing:
        """What there is for a stretch of days; see `list_files`."""
        return list_files(self.source, since, until, self.client, self.folder / "lists", self.mirror)

    def files(self, wanted: Sequence[RemoteFile]) -> Iterator[Downloaded | Failure]:
        """Those files, in their order, each when it is on disk and checked."""
        return download_each(
            wanted, self._have, threads=self.client.limits.connections, ahead=_AHEAD, stop=self.client.stop
        )

    def drop(self, file: Downloaded) -> None:
        """Take a file off the disk."""
        file.path.unlink(missing_ok=True)
        tag_of(file.path).unlink(missing_ok=True)

    @property
    def bytes_taken(self) -> int:
        """Bytes of files that came over the line, in vain or not."""
        return self.client.budget.taken

    def _have(self, file: RemoteFile) -> Path:
        return download(file, self.folder, self.client, mirrored(file.address, self.mirror))


@contextmanager
def open_fetcher(
    source: FeedSource, folder: Path, *, mirror: str | None, limits: Limits, waits: Waits | None = None
) -> Iterator[Fetcher]:
    """A fetcher of a feed, alone in its folder; its threads end with it.

    Args:
        source: The feed.
        folder: Where its files go; made where it is missing.
        mirror: Address of a mirror that keeps the publisher's paths.
        limits: What it may take.
        waits: Clock, sleep and chance; by default the real ones.

    Raises:
        FeedError: If another process fetches into this folder.
    """
    stop = Event()
    found = waits or real_waits(stop)
    hosts = Hosts(limits.connections, limits.pause, found)
    budget = Budget(limits.max_bytes, "what was stored stays. Allow more with --max-bytes")
    with locked(folder):
        try:
            yield Fetcher(source, folder, mirror, Client(limits, hosts, found, budget, stop))
        finally:
            stop.set()
