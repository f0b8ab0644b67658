"""Files of public feeds from their publishers: listed, brought to disk politely, checked, resumed."""

from detente.fetching.addresses import check_mirror
from detente.fetching.fetcher import Fetcher, open_fetcher
from detente.fetching.records import Downloaded, Failure, Limits, Listing, RemoteFile
from detente.fetching.sources import FeedSource, feed_sources, find_source
from detente.fetching.waiting import Waits

__all__ = [
    "Downloaded",
    "Failure",
    "FeedSource",
    "Fetcher",
    "Limits",
    "Listing",
    "RemoteFile",
    "Waits",
    "check_mirror",
    "feed_sources",
    "find_source",
    "open_fetcher",
]
