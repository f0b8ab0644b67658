"""What every request and every answer goes through: reading only, known hosts, the token, strict headers."""

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from secrets import token_bytes
from typing import Final
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from detente.web.limits import Limits

COOKIE: Final = "detente_session"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
_LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})

Refuse = Callable[[Scope, int, str], ASGIApp]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask.

    Attributes:
        hosts: Names under which the server may be addressed, beside those of this machine itself.
        open_to_addresses: Whether any plain IP address will do as a host; a name that is rebound is none.
        token: What must be given; None where only this machine reaches the server.
        writes: Whether decisions on events are taken, by POST.
    """

    hosts: frozenset[str] = frozenset()
    open_to_addresses: bool = False
    token: str | None = None
    writes: bool = False


class Guard:
    """Middleware around the pages.

    Args:
        app: The pages.
        access: Who may ask.
        limits: Of the server.
        refuse: Draws a refusal: status and what to say.
    """

    def __init__(self, app: ASGIApp, access: Access, limits: Limits, refuse: Refuse) -> None:
        self.app, self.access, self.limits, self.refuse = app, access, limits, refuse
        self._session = sha256(token_bytes(32) + (access.token or "").encode()).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(scope) or self._entrance(scope) or self.app
        await answer(scope, receive, self._dressed(send))

    def _dressed(self, send: Send) -> Callable[[Message], Awaitable[None]]:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)  # a brief brings the policy of its own file
                if self.access.writes:  # else a browser hides the origin of its own forms
                    headers["referrer-policy"] = "same-origin"
                headers.setdefault("cache-control", "no-store" if self.access.token else "private, no-cache")
            await send(message)

        return dressed

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = Headers(scope=scope)
        if not self._is_known(headers.get("host", "")):
            return self.refuse(scope, 421, "This address is not one of this server's names.")
        posts = self.access.writes and scope["method"] == "POST" and scope["path"].endswith("/review")
        if scope["method"] not in {"GET", "HEAD"} and not posts:
            return self.refuse(scope, 405, "This server only shows; it takes GET and HEAD.")
        length = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if length > self.limits.address:
            return self.refuse(scope, 414, f"The address is longer than {self.limits.address:,} characters.")
        return None

    def _entrance(self, scope: Scope) -> ASGIApp | None:
        """Nothing for whom the token is known; else the way in, or a refusal."""
        token = self.access.token
        if token is None:
            return None
        headers = Headers(scope=scope)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if _equal(_cookie(headers), self._session) or (scheme.lower() == "bearer" and _equal(given.strip(), token)):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = [value for name, value in query if name == "token"]
        if asked and _equal(asked[0], token):
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            path = scope.get("raw_path", b"/").decode("latin-1").partition("?")[0]
            return self._let_in("/" + path.lstrip("/") + (f"?{rest}" if rest else ""))
        return self.refuse(scope, 401, "This server asks for its token: the one printed when it was started.")

    def _let_in(self, location: str) -> ASGIApp:
        """To the same address without the token; the cookie holds a word of this run, not the token."""
        from starlette.responses import RedirectResponse

        answer = RedirectResponse(location, status_code=303)
        answer.set_cookie(COOKIE, self._session, httponly=True, samesite="strict", path="/")
        return answer

    def _is_known(self, host: str) -> bool:
        name = _host_name(host)
        if name in _LOOPBACK_NAMES or name in self.access.hosts:
            return True
        return self.access.open_to_addresses and _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens there.

    Examples:
        >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
        (True, True, False)
    """
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _host_name(host: str) -> str:
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if name.count(":") == 1 else name


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _equal(given: str, known: str) -> bool:
    """Whether two words are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(sha256(given.encode("utf-8", "replace")).digest(), sha256(known.encode()).digest())
