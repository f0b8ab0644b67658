"""Public event feeds, read into the tables' columns: no Python a row."""

from detente.feeds.filters import Wanted, rows_wanted
from detente.feeds.mapping import OwnMapping, read_mapping
from detente.feeds.records import FeedFile, FeedPart, FeedRead
from detente.feeds.registry import FEEDS, OWN, feed_label, read_feed, read_feeds
from detente.feeds.sheet import FeedSheet, feed_sheet, feed_sheets

__all__ = [
    "FEEDS",
    "OWN",
    "FeedFile",
    "FeedPart",
    "FeedRead",
    "FeedSheet",
    "OwnMapping",
    "Wanted",
    "feed_label",
    "feed_sheet",
    "feed_sheets",
    "read_feed",
    "read_feeds",
    "read_mapping",
    "rows_wanted",
]
