"""What the pages of one server share, and how a page becomes an answer."""

import asyncio
import gzip
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from detente.errors import DataError, DetenteError, StoreError, UnknownCountryError
from detente.web.answers import Answers, BusyError, TooSlowError
from detente.web.limits import Limits
from detente.web.readers import Readers
from detente.web.writing import environment

if TYPE_CHECKING:
    from detente.api import Store

_SMALL = 2_000  # bytes that are not worth packing


class MissingError(DetenteError):
    """Nothing lies at the address asked for."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written.

    Attributes:
        title: Of the page.
        found: The object of the `.json` twin.
        template: Name of the page's template.
        context: What the template needs beside `found`.
        status: HTTP status.
        lasting: Whether it stays the same until the store changes.
    """

    title: str
    found: Any
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    lasting: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is sent.

    Attributes:
        status: HTTP status.
        body: As it is.
        kind: Media type.
        tag: Changes with the body.
        packed: The body by gzip; None where it is small, or holds a word that a visitor must not be able to guess.
        headers: That it has beside those of every page.
    """

    status: int
    body: bytes
    kind: str
    tag: str
    packed: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.body) + len(self.packed or b"")


class Pages:
    """The pages sent last, within a bound of bytes."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._kept: OrderedDict[tuple[str, ...], Kept] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[str, ...]) -> Kept | None:
        """A page kept."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: tuple[str, ...], page: Kept) -> None:
        """Keep a page; the longest unread go."""
        if key in self._kept or page.size > self._limits.page_bytes // 8:
            return
        self._kept[key] = page
        self._bytes += page.size
        while len(self._kept) > self._limits.pages or self._bytes > self._limits.page_bytes:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old.size


@dataclass(frozen=True, slots=True)
class Site:
    """Everything the pages of one server share."""

    store: "Store"
    limits: Limits
    readers: Readers
    answers: Answers
    pages: Pages
    version: str  # of detente
    reviewing: bool = False  # whether decisions are taken
    visited: asyncio.Event = field(default_factory=asyncio.Event)  # whether a page was sent
    making: dict[tuple[str, ...], "asyncio.Task[tuple[Kept, bool] | Response]"] = field(default_factory=dict)


def write_page(site: Site, page: Page, path: str, *, as_json: bool) -> Kept:
    """A page as it is sent: HTML, or its twin."""
    if as_json:
        text = json.dumps(page.found, ensure_ascii=False, separators=(",", ":"), default=str)
        return keep_text(text, "application/json", page.status, pack=page.lasting)
    text = (
        environment()
        .get_template(page.template)
        .render(
            title=page.title,
            found=page.found,
            path=path,
            example=site.store.is_example,
            version=site.version,
            reviewing=site.reviewing,
            **page.context,
        )
    )
    return keep_text(text, "text/html; charset=utf-8", page.status, pack=page.lasting)


def respond(page: Kept, asked_tag: str | None, *, packed: bool = False) -> Response:
    """The HTTP answer; nothing but its head where the browser has the page already.

    Args:
        page: What to send.
        asked_tag: The tag of the page that the browser has.
        packed: Whether the browser takes gzip.
    """
    body = page.packed if packed and page.packed is not None else page.body
    tag = page.tag if body is page.body else f'{page.tag[:-1]}-gzip"'
    headers = {**page.headers, "etag": tag, "vary": "accept-encoding"}
    if page.status == 200 and asked_tag == tag:
        return Response(status_code=304, headers=headers)
    if body is not page.body:
        headers["content-encoding"] = "gzip"
    return Response(body, page.status, headers, page.kind)


def error_page(status: int, message: str) -> Page:
    """A page that says what went wrong and what to do."""
    titles = {401: "Token needed", 404: "Not found", 405: "Not allowed", 503: "Not now", 504: "Cut off"}
    title = titles.get(status, "This cannot be shown" if status < 500 else "Something went wrong")
    return Page(title, {"error": {"status": status, "message": message}}, "error.html.j2", {}, status, lasting=False)


def failure_page(error: DetenteError) -> Page:
    """The page for a stated failure; one of the store says no path of this machine."""
    if isinstance(error, TooSlowError):
        return error_page(504, str(error))
    if isinstance(error, BusyError):
        return error_page(503, str(error))
    if isinstance(error, StoreError):
        return error_page(503, "The store cannot be read just now: try again, or look at the terminal of the server.")
    if isinstance(error, UnknownCountryError | MissingError):
        return error_page(404, str(error))
    return error_page(404 if isinstance(error, DataError) else 400, str(error))


def keep_text(
    text: str, kind: str, status: int = 200, *, pack: bool = True, headers: Mapping[str, str] | None = None
) -> Kept:
    """A text as it is sent.

    Args:
        text: The body.
        kind: Media type.
        status: HTTP status.
        pack: Whether it may be packed.
        headers: Beside those of every page.
    """
    body = text.encode("utf-8", "replace")
    packed = gzip.compress(body, 5, mtime=0) if pack and len(body) > _SMALL else None
    return Kept(status, body, kind, f'"{blake2b(body, digest_size=12).hexdigest()}"', packed, headers or {})
