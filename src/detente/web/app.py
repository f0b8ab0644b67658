"""The web application over one store: `make_app`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from detente import __version__
from detente.api import Store
from detente.errors import DetenteError, InputError
from detente.model import stable_id
from detente.web import pages
from detente.web.answers import Answers
from detente.web.limits import Limits
from detente.web.openapi import describe_twins
from detente.web.pages import Asked, MovedError
from detente.web.parameters import read_parameters
from detente.web.readers import Readers
from detente.web.review import Desk
from detente.web.routes import ADDRESSES, Address
from detente.web.security import Access, Guard
from detente.web.site import Kept, Page, Pages, Site, error_page, failure_page, respond, write_page
from detente.web.writing import with_query

_STATIC: Final = {
    "site.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


def make_app(
    store: Store,
    access: Access | None = None,
    *,
    limits: Limits | None = None,
    kept_in: Path | None = None,
    review: bool = False,
) -> ASGIApp:
    """The pages over a store, guarded.

    Args:
        store: What to show.
        access: Who may ask; by default this machine.
        limits: What is refused.
        kept_in: A folder for answers that outlast the server; None keeps them in memory alone.
        review: Whether decisions on events are taken.

    Returns:
        An ASGI application, read-only unless `review`.
    """
    limits = limits or Limits()
    readers = Readers(store, limits)
    answers = Answers(store.tables.path, kept_in, code_key(), limits, is_example=store.is_example)
    site = Site(store, limits, readers, answers, Pages(limits), __version__, review)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(_warm(site))
        yield
        warming.cancel()
        await asyncio.gather(warming, return_exceptions=True)
        await answers.close()
        readers.close()

    async def unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the server logs it
        return _error(site, request.scope, 500, "This page failed; the terminal of the server says why.")

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _error(site, request.scope, status, "There is no page at this address.")

    app = Starlette(
        routes=[
            *(Desk(site).routes() if review else ()),
            *(route for address in ADDRESSES for route in _routes(site, address)),
            Route("/openapi.json", _description, methods=["GET"]),
            Route("/static/{name}", _static, methods=["GET"]),
        ],
        exception_handlers={Exception: unexpected, HTTPException: refused},
        lifespan=lifespan,
    )
    return Guard(
        app,
        replace(access or Access(), writes=review),
        limits,
        lambda scope, status, message: _error(site, scope, status, message),
    )


async def _warm(site: Site) -> None:
    """Draw the first page before it is asked for; a store that cannot be read is said to whoever asks."""
    with suppress(DetenteError):
        stamp = site.readers.stamp()
        page = await pages.home(site, Asked("/", {}, {}, as_json=False))
        site.pages.put((stamp, "/", ""), write_page(site, page, "/", as_json=False))


def code_key() -> str:
    """What changes with detente's own code: answers of other code are not used again."""
    package = files("detente")
    paths = sorted(Path(str(package)).rglob("*.py"))
    return stable_id("code", __version__, *((path.name, path.stat().st_mtime_ns) for path in paths))


def _routes(site: Site, address: Address) -> list[Route]:
    return [
        Route(address.twin, _endpoint(site, address, as_json=True), methods=["GET"]),
        Route(address.path, _endpoint(site, address, as_json=False), methods=["GET"]),
    ]


def _endpoint(site: Site, address: Address, *, as_json: bool) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        path = quote(request.scope["path"].removesuffix(".json") if as_json else request.scope["path"], safe="/:")
        key = (site.readers.stamp(), request.scope["path"], request.scope["query_string"].decode("latin-1"))
        kept = site.pages.get(key)
        if kept is None:
            made = await _made(site, address, request, path, as_json=as_json)
            if isinstance(made, Response):
                return made
            kept = write_page(site, made, path, as_json=as_json)
            if made.lasting:
                site.pages.put(key, kept)
        return _sent(kept, request)

    return endpoint


async def _made(site: Site, address: Address, request: Request, path: str, *, as_json: bool) -> Page | Response:
    asked_pairs = request.query_params.multi_items()
    try:
        given = read_parameters(address.parameters, asked_pairs, site.limits)
        if not as_json and any(not text for _, text in asked_pairs):
            return RedirectResponse(with_query(path, given), 303)  # a form sends its empty fields too
        for name, text in request.path_params.items():
            if not text or len(text) > 400 or "\x00" in text:
                raise InputError(f"{name}: expected 1 to 400 characters")
        parts = {**request.path_params, "measure": address.path.rpartition("/")[2]}
        return await address.handler(site, Asked(path, parts, given, as_json))
    except MovedError as moved:
        return RedirectResponse(moved.address, 307)
    except DetenteError as error:
        return failure_page(error)


def _sent(kept: Kept, request: Request) -> Response:
    return respond(kept, request.headers.get("if-none-match"))


def _error(site: Site, scope: Scope, status: int, message: str) -> Response:
    as_json = scope["path"].endswith(".json")
    kept = write_page(site, error_page(status, message), "/", as_json=as_json)
    headers = {"allow": "GET, HEAD"} if status == 405 else {"www-authenticate": "Bearer"} if status == 401 else {}
    return Response(kept.body, status, headers, kept.kind)


async def _description(_: Request) -> Response:
    return JSONResponse(describe_twins(__version__))


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404)
    body = files("detente.web").joinpath("static", name).read_bytes()
    return Response(body, headers={"cache-control": "max-age=3600"}, media_type=_STATIC[name])
