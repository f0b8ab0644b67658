"""Listening: where, for whom, and how it begins and ends."""

import asyncio
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_urlsafe

from platformdirs import user_cache_path

from detente.api import Store
from detente.errors import InputError
from detente.web.security import is_loopback


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server listens.

    Attributes:
        host: An address of this machine.
        port: 0 takes a free one.
        token: What visitors must give; None for none.
        names: Other names under which it is reached.
        made: Whether the token was made here, so that it has to be shown.
        review: Whether decisions on events are taken.
    """

    host: str
    port: int
    token: str | None = None
    names: tuple[str, ...] = ()
    made: bool = False
    review: bool = False


def check_place(place: Place) -> Place:
    """The place with a token where others than this machine can reach it.

    Raises:
        InputError: If a library is missing, or the token is too short to keep anyone out.
    """
    try:
        import starlette
        import uvicorn
    except ImportError as error:
        raise InputError("serve needs Starlette and Uvicorn: install them with `pip install 'detente[web]'`") from error
    del starlette, uvicorn
    if place.token is not None and (len(place.token) < 12 or not place.token.isascii() or " " in place.token):
        raise InputError("--token: expected at least 12 letters and digits; leave it out and one is made")
    if place.token is None and not is_loopback(place.host):
        return replace(place, token=token_urlsafe(24), made=True)
    return place


def serve(store: Store, place: Place, ready: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        store: What to show.
        place: Of `check_place`.
        ready: Called with the address when the first page can be asked for.

    Raises:
        InputError: If the address or the port cannot be listened on.
    """
    import uvicorn

    from detente.web.app import make_app
    from detente.web.security import Access

    listening = _listen(place)
    names = frozenset(name.lower() for name in (place.host, *place.names))
    if not is_loopback(place.host):
        names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    access = Access(names, open_to_addresses=not is_loopback(place.host), token=place.token)
    app = make_app(store, access, kept_in=_cache_folder(), review=place.review)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=3,
        limit_concurrency=400,
        h11_max_incomplete_event_size=32_768,
        ws="none",
    )
    server = uvicorn.Server(config)

    async def run() -> None:
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if server.started:
            ready(_address(place, listening))
        await serving

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        pass  # uvicorn has ended what was open and hands the interruption on
    finally:
        listening.close()


def _listen(place: Place) -> socket.socket:
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(256)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            f"cannot listen on {place.host} port {place.port} ({reason}): choose another --port; 0 takes a free one"
        ) from error
    return listening


def _address(place: Place, listening: socket.socket) -> str:
    port = listening.getsockname()[1]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(place.host, place.host)  # noqa: S104 - shown, not listened on
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _cache_folder() -> Path | None:
    """The folder of answers that outlast the server; None where none can be written."""
    folder = user_cache_path("detente", appauthor=False) / "answers"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder
