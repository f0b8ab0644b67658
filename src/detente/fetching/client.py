"""One request at a time to a server: who asks, in turn, in time, and where redirects may lead."""

import http.client
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from threading import Event
from typing import Final
from urllib.error import URLError
from urllib.request import Request

from detente.errors import FeedError
from detente.fetching.addresses import redirected, split_address
from detente.fetching.budget import Budget
from detente.fetching.failures import PassingError, StoppedError
from detente.fetching.hosts import Hosts
from detente.fetching.records import Limits
from detente.fetching.timed import Patience, timed_opener
from detente.fetching.waiting import Waits, retry_after

USER_AGENT: Final = "detente (research on event data; +https://github.com/detente/detente)"
_PIECE: Final = 1 << 16
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_BUSY: Final = frozenset({429, 503})  # the host as a whole asks for patience


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, its body still to be read."""

    status: int
    headers: Message
    body: "Body"


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an answer as they come."""

    response: http.client.HTTPResponse
    stop: Event

    def pieces(self) -> Iterator[bytes]:
        """The bytes, a piece at a time.

        Raises:
            PassingError: If they do not come, or the line is dropped.
            StoppedError: If the fetch is stopped.
        """
        while True:
            if self.stop.is_set():
                raise StoppedError("the fetch was stopped")
            try:
                piece = self.response.read1(_PIECE)
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise PassingError(f"the line was dropped: {_said(error)}") from error
            if not piece:
                return
            yield piece


@dataclass(frozen=True, slots=True)
class Client:
    """Asks servers for files; shared by all threads of a fetch."""

    limits: Limits
    hosts: Hosts
    waits: Waits
    budget: Budget
    stop: Event
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    @contextmanager
    def ask(self, address: str, headers: Mapping[str, str], until: float) -> Iterator[Answer]:
        """Ask for an address and follow its redirects.

        Args:
            address: Where to begin.
            headers: Beside those of every request.
            until: When all of the answer must be there, a moment of `time.monotonic`.

        Yields:
            An answer of status 200, 206, 304 or 416.

        Raises:
            PassingError: If the server is busy or cannot be reached for now.
            FeedError: If it has no such file, or gives it to nobody who asks like this.
        """
        host = split_address(address).netloc
        with self.hosts.turn(host):
            response = self._follow(address, headers, Patience(self.limits.read_seconds, until))
            with response:
                self._check(address, host, response)
                yield Answer(response.status, response.headers, Body(response, self.stop))

    def _follow(self, address: str, headers: Mapping[str, str], patience: Patience) -> http.client.HTTPResponse:
        place, seen = address, {address}
        while True:
            response = self._open(place, headers, patience)
            if response.status not in _REDIRECTS:
                return response
            location = response.headers.get("Location") or ""
            response.close()
            place = redirected(place, location)
            if place in seen or len(seen) > self.limits.redirects:
                raise FeedError(f"{address}: leads in a circle, or on and on ({len(seen)} redirects); given up")
            seen.add(place)

    def _open(self, address: str, headers: Mapping[str, str], patience: Patience) -> http.client.HTTPResponse:
        whole = {"User-Agent": USER_AGENT, "Accept": "*/*", **headers}
        request = Request(address, headers=whole)  # noqa: S310 - the scheme was checked
        try:
            seconds = patience.left()
            response = timed_opener(patience, self.context).open(request, timeout=seconds)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise PassingError(f"{split_address(address).netloc} cannot be reached: {_said(error)}") from error
        if not isinstance(response, http.client.HTTPResponse):
            raise FeedError(f"address {address!r} is not http or https")
        return response

    def _check(self, address: str, host: str, response: http.client.HTTPResponse) -> None:
        status = response.status
        if status in {200, 206, 304, 416}:
            return
        said = f"{address}: the server says {status} {http.client.responses.get(status, '')}".rstrip()
        if status in _PASSING:
            wait = retry_after(response.headers.get("Retry-After"), self.waits.today())
            if wait is not None and wait > self.limits.longest_wait:
                raise FeedError(f"{said} and asks for {wait:,.0f} s of patience; try again later")
            if wait is not None and status in _BUSY:
                self.hosts.hold(host, wait)
            raise PassingError(said, wait)
        raise FeedError(f"{said}{'; the file is not there' if status in {404, 410} else ''}")


def _said(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    return str(reason) or type(reason).__name__
