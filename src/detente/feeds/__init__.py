"""Public event feeds, read into the tables' columns: no Python a row."""

from detente.feeds.records import FeedRead
from detente.feeds.registry import FEEDS, read_feed

__all__ = ["FEEDS", "FeedRead", "read_feed"]
