"""Connections whose every read ends in time: the next bytes within a limit, all of them before a moment."""

import http.client
import io
import socket
import ssl
import time
from dataclasses import dataclass
from functools import partial
from typing import Any, cast
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait.

    Attributes:
        read_seconds: For the next bytes.
        until: For all of it: a moment of `time.monotonic`.
    """

    read_seconds: float
    until: float

    def left(self) -> float:
        """Seconds to wait for the next bytes.

        Raises:
            TimeoutError: If there are none left.
        """
        rest = self.until - time.monotonic()
        if rest <= 0:
            raise TimeoutError("took longer than one file may")
        return min(self.read_seconds, rest)


def timed_opener(patience: Patience, context: ssl.SSLContext) -> OpenerDirector:
    """An opener for `http` and `https` that follows no redirect and raises for no status; proxies as the system has."""
    opener = OpenerDirector()
    for handler in (ProxyHandler(), _Http(patience), _Https(patience, context)):
        opener.add_handler(handler)
    return opener


class _Http(HTTPHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._patience = patience

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(cast("Any", partial(_timed, http.client.HTTPConnection, self._patience)), req)


class _Https(HTTPSHandler):
    def __init__(self, patience: Patience, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._patience, self._ssl = patience, context

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        made = partial(_timed, http.client.HTTPSConnection, self._patience, context=self._ssl)
        return self.do_open(cast("Any", made), req)


def _timed(
    kind: type[http.client.HTTPConnection], patience: Patience, host: str, **options: Any
) -> http.client.HTTPConnection:
    """A connection whose answers are read with patience."""
    connection = kind(host, **options)
    connection.response_class = cast("Any", partial(_TimedResponse, patience=patience))
    return connection


class _TimedResponse(http.client.HTTPResponse):
    """An answer whose status line, headers and body are all read in time."""

    def __init__(self, sock: socket.socket, *args: Any, patience: Patience, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_TimedReader(self.fp, sock, patience))


class _TimedReader(io.RawIOBase):
    """Bytes of a socket as they come; a drop at a time does not stretch the limit of the whole."""

    def __init__(self, source: io.BufferedReader, sock: socket.socket, patience: Patience) -> None:
        self._source, self._sock, self._patience = source, sock, patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._patience.left())
        try:
            return self._source.raw.readinto(buffer)
        except TimeoutError:
            self._patience.left()  # says so where it was the whole that took too long
            raise

    def close(self) -> None:
        self._source.close()
        super().close()
