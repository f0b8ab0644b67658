"""When to ask again: what a server says, else twice as long each time, with chance in it."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Final

from detente.fetching.failures import StoppedError

FIRST_WAIT: Final = 1.0  # seconds
LAST_WAIT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Waits:
    """The clock, sleep and chance of a fetch.

    Attributes:
        now: Seconds that only grow.
        sleep: Waits so many seconds.
        today: The time of day in UTC, as epoch seconds.
        chance: A number from 0 to 1.
    """

    now: Callable[[], float]
    sleep: Callable[[float], None]
    today: Callable[[], float]
    chance: Callable[[], float]


def real_waits(stop: Event) -> Waits:
    """Waits in real time; a sleeper wakes with `StoppedError` when the fetch is stopped."""

    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise StoppedError("the fetch was stopped")

    return Waits(time.monotonic, sleep, time.time, random.SystemRandom().random)


def retry_after(text: str | None, today: float) -> float | None:
    """The wait that a header `Retry-After` asks for (RFC 9110, section 10.2.3).

    Args:
        text: The header: seconds, or a date.
        today: Now, as epoch seconds.

    Returns:
        Seconds, at least 0; None without a header that can be read.

    Examples:
        >>> retry_after("120", 0), retry_after("Thu, 01 Jan 1970 00:01:30 GMT", 60), retry_after("soon", 0)
        (120.0, 30.0, None)
    """
    if text is None:
        return None
    said = text.strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        then = parsedate_to_datetime(said)
        if then.tzinfo is None:
            then = then.replace(tzinfo=UTC)
        return max(0.0, (then - datetime.fromtimestamp(today, UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None


def back_off(attempt: int, chance: float) -> float:
    """The wait before asking again where the server says nothing: full jitter, as Brooker (2015) describes it.

    Args:
        attempt: How many attempts failed, from 1.
        chance: A number from 0 to 1.

    Returns:
        Seconds.

    Examples:
        >>> [back_off(n, 1.0) for n in (1, 2, 3, 9)]
        [1.0, 2.0, 4.0, 60.0]
    """
    return min(LAST_WAIT, FIRST_WAIT * 2.0 ** min(attempt - 1, 16)) * chance
