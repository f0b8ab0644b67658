"""The web application over one store: `make_app`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Scope

from detente import __version__
from detente.errors import DetenteError, InputError
from detente.model import stable_id
from detente.web.answers import Answers
from detente.web.asked import Asked, MovedError
from detente.web.limits import Limits
from detente.web.openapi import describe_twins
from detente.web.parameters import read_parameters
from detente.web.readers import Readers
from detente.web.routes import ADDRESSES, Address
from detente.web.security import Access, Guard
from detente.web.site import Kept, Page, Pages, Site, error_page, failure_page, respond, write_page
from detente.web.writing import id_in, with_query

if TYPE_CHECKING:
    from detente.api import Store

_STATIC: Final = {
    "site.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


_QUIET: Final = 1.0  # seconds after the first page in which nothing is done but what visitors ask


def make_app(
    store: "Store",
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
        for task in site.making.values():
            task.cancel()
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
            *(_desk_routes(site) if review else ()),
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


def _desk_routes(site: Site) -> list[Route]:
    from detente.web.review import Desk

    return Desk(site).routes()


async def _warm(site: Site) -> None:
    """Load what pages of pairs need once the first page is sent; whoever asks is told if the store cannot be read."""
    await site.visited.wait()
    await asyncio.sleep(_QUIET)
    from detente.api.pair_views import load_measuring

    with suppress(DetenteError):
        await site.readers.read(load_measuring)


def code_key() -> str:
    """What changes with detente's own code: answers of other code are not used again."""
    package = files("detente")
    paths = sorted(Path(str(package)).rglob("*.py"))
    return stable_id("code", __version__, *((path.name, path.stat().st_mtime_ns) for path in paths))


def _routes(site: Site, address: Address) -> list[Route]:
    twin = [Route(address.twin, _endpoint(site, address, as_json=True), methods=["GET"])] if address.twinned else []
    return [*twin, Route(address.path, _endpoint(site, address, as_json=False), methods=["GET"])]


def _endpoint(site: Site, address: Address, *, as_json: bool) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        path = quote(request.scope["path"].removesuffix(".json") if as_json else request.scope["path"], safe="/:")
        key = (site.readers.stamp(), request.scope["path"], request.scope["query_string"].decode("latin-1"))
        kept = site.pages.get(key)
        if kept is None:
            task = site.making.get(key)
            if task is None:  # whoever asks for the same meanwhile waits for it too
                task = asyncio.create_task(_written(site, address, request, path, as_json=as_json))
                site.making[key] = task
                task.add_done_callback(lambda done: _made_or_lost(site, key, done))
            made = await asyncio.shield(task)
            if isinstance(made, Response):
                return made
            kept, lasting = made
            if lasting:
                site.pages.put(key, kept)
        site.visited.set()
        return _sent(kept, request)

    return endpoint


def _made_or_lost(site: Site, key: tuple[str, ...], done: asyncio.Task[tuple[Kept, bool] | Response]) -> None:
    site.making.pop(key, None)
    if not done.cancelled():
        done.exception()  # read, so that one nobody waits for is not reported as lost


async def _written(
    site: Site, address: Address, request: Request, path: str, *, as_json: bool
) -> tuple[Kept, bool] | Response:
    """A page as it is sent, and whether it stays the same until the store changes."""
    made = await _made(site, address, request, path, as_json=as_json)
    if isinstance(made, Page):
        return await asyncio.to_thread(write_page, site, made, path, as_json=as_json), made.lasting
    return (made, True) if isinstance(made, Kept) else made


async def _made(site: Site, address: Address, request: Request, path: str, *, as_json: bool) -> Page | Kept | Response:
    asked_pairs = request.query_params.multi_items()
    try:
        given = read_parameters(address.parameters, asked_pairs, site.limits)
        if not as_json and any(not text for _, text in asked_pairs):
            return RedirectResponse(with_query(path, given), 303)  # a form sends its empty fields too
        for name, text in request.path_params.items():
            if not 0 < len(text) <= site.limits.name:
                raise InputError(f"{name}: expected 1 to {site.limits.name:,} characters")
        named = {name: id_in(text) if name == "id" else text for name, text in request.path_params.items()}
        parts = {**named, "measure": address.path.rpartition("/")[2]}
        return await address.handler(site, Asked(path, parts, given, as_json))
    except MovedError as moved:
        return RedirectResponse(moved.address, 307)
    except DetenteError as error:
        return failure_page(error)


def _sent(kept: Kept, request: Request) -> Response:
    packed = "gzip" in request.headers.get("accept-encoding", "")
    return respond(kept, request.headers.get("if-none-match"), packed=packed)


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
