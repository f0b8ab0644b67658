"""Every feed detente reads, by name."""

from pathlib import Path
from types import MappingProxyType
from typing import Final

from detente.errors import FeedError
from detente.feeds.icews import read_icews
from detente.feeds.keds import read_keds
from detente.feeds.records import FeedRead, FeedReader

FEEDS: Final[MappingProxyType[str, FeedReader]] = MappingProxyType({"icews": read_icews, "keds": read_keds})


def read_feed(feed: str, path: Path, *, name: str | None = None) -> FeedRead:
    """Read a file of a feed into the tables' columns.

    Args:
        feed: One of `FEEDS`.
        path: The file.
        name: Feed name of the rows; by default the feed itself. Sets of one feed that overlap, such as
            `keds/levant` and `keds/gulf`, need names of their own in one store, or events count twice.

    Returns:
        Reports, quarantine and what a user should know.

    Raises:
        FeedError: If there is no such feed or file, or the file is not what its name says.
    """
    reader = FEEDS.get(feed)
    if reader is None:
        raise FeedError(f"feed {feed!r} is not known: choose one of {', '.join(FEEDS)}")
    if not path.is_file():
        raise FeedError(f"feed file {str(path)!r} is not there: give the path of a file")
    return reader(path, name or feed)
