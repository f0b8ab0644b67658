"""Failures inside a fetch: those that may pass, those that end it. What leaves the room is a `FeedError`."""

from detente.errors import FeedError


class PassingError(FeedError):
    """It may go better in a while.

    Attributes:
        wait: Seconds that the server asked to wait, None where it did not.
    """

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class OverBudgetError(FeedError):
    """More was downloaded than was allowed: the whole fetch ends."""


class DiskError(FeedError):
    """The disk does not take what comes: the whole fetch ends."""


class StoppedError(FeedError):
    """The fetch was stopped from outside."""
