"""Deciding on events in the browser: one form an event, only where the server was started for it.

A decision is taken only from this server's own form: the request's Origin is its host, and the form carries a word made
of the visitor's cookie, the event and a secret of this run.
"""

import asyncio
import hmac
from collections.abc import Mapping
from hashlib import sha256
from secrets import token_bytes, token_urlsafe
from typing import Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from detente.api.finding import find_event, side_names
from detente.api.fixed import FixedStore
from detente.api.objects import event_object
from detente.api.review_lists import history_object, report_lines
from detente.api.review_values import set_fields, shown_value
from detente.api.reviewing import MOST_NAME, MOST_REASON, ReviewConflictError
from detente.errors import DetenteError, InputError
from detente.model.reviews import DECISIONS
from detente.web.site import Page, Site, error_page, failure_page, write_page
from detente.web.writing import event_address, id_in, type_name

FORM_COOKIE: Final = "detente_form"
NAME_COOKIE: Final = "detente_reviewer"
_MOST_BYTES: Final = 32_768  # of a form
_MOST_FIELDS: Final = 400
_LABELS: Final = {
    "accept": "Accept: it is right as it is told",
    "correct": "Correct: with the values below",
    "reject": "Reject: it is no act of these two",
    "merge": "Merge another event into this one",
    "split": "Split off the reports marked below",
    "undo": "Undo the last decision that stands",
}


class Desk:
    """Where decisions are taken; one a server."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._secret = token_bytes(32)

    def routes(self) -> list[Route]:
        """The form's address, to be put before that of events."""
        return [Route("/event/{id:path}/review", self._answer, methods=["GET", "POST"])]

    async def _answer(self, request: Request) -> Response:
        event_id = id_in(request.path_params["id"])
        cookie = request.cookies.get(FORM_COOKIE) or token_urlsafe(24)
        most = self._site.limits.name
        if not 0 < len(event_id) <= most:
            return self._written(error_page(400, f"id: expected 1 to {most:,} characters"), request)
        try:
            if request.method != "POST":
                return await self._form(request, event_id, cookie, {}, None)
            fields = await _fields(request)
            refusal = self._refusal(request, event_id, cookie, fields)
            if refusal:
                return self._written(error_page(403, refusal), request)
            try:
                return await self._decide(event_id, fields)
            except ReviewConflictError as error:
                return await self._form(request, event_id, cookie, fields, str(error), 409)
            except InputError as error:
                return await self._form(request, event_id, cookie, fields, str(error), 400)
        except DetenteError as error:
            return self._written(failure_page(error), request)

    def _refusal(self, request: Request, event_id: str, cookie: str, fields: Mapping[str, list[str]]) -> str | None:
        origin, host = request.headers.get("origin"), request.headers.get("host", "")
        same = urlsplit(origin).netloc == host if origin else request.headers.get("sec-fetch-site") == "same-origin"
        if not same:
            return "This decision did not come from a page of this server; nothing was stored."
        given = (fields.get("form") or [""])[0]
        known = FORM_COOKIE in request.cookies and hmac.compare_digest(
            given.encode("utf-8", "replace"), self._word(cookie, event_id).encode()
        )
        return None if known else "This form is of another visit: open the event again; nothing was stored."

    def _word(self, cookie: str, event_id: str) -> str:
        return hmac.new(self._secret, f"{cookie}\n{event_id}".encode("utf-8", "replace"), sha256).hexdigest()

    async def _decide(self, event_id: str, fields: Mapping[str, list[str]]) -> Response:
        def first(name: str) -> str:
            return (fields.get(name) or [""])[0]

        decision = first("decision")
        if decision not in DECISIONS:
            raise InputError(f"decision: expected {', '.join(DECISIONS)}; choose one")
        values = {}
        if decision == "correct":
            row = report_columns(await self._site.readers.read(lambda store: find_event(store, event_id).event.report))
            given = {item.name: first(item.name).strip() for item in set_fields() if item.name in fields}
            values = {name: text for name, text in given.items() if text != shown_value(row, name)}
        done = await asyncio.get_running_loop().run_in_executor(
            None,
            lambda: self._site.store.review(
                event_id,
                decision,
                by=first("by"),
                why=first("why").replace("\r\n", "\n"),
                values=values,
                other=first("other").strip() if decision == "merge" else None,
                reports=fields.get("reports", []) if decision == "split" else (),
                seen=first("seen"),
            ),
        )
        answer = RedirectResponse(event_address(done.event_id), 303)
        name = quote(" ".join(first("by").split()))
        answer.set_cookie(NAME_COOKIE, name, httponly=True, samesite="strict", path="/event")
        return answer

    async def _form(
        self,
        request: Request,
        event_id: str,
        cookie: str,
        fields: Mapping[str, list[str]],
        message: str | None,
        status: int = 200,
    ) -> Response:
        def read(store: FixedStore) -> tuple[dict[str, Any], dict[str, str], list[dict[str, Any]], list[Any]]:
            view = find_event(store, event_id)
            history = store.review_history(event_id)
            row = report_columns(view.event.report)
            found = {**event_object(view.event), **history_object(history)}
            values = {item.name: shown_value(row, item.name) for item in set_fields()}
            return found, values, report_lines(store, view.event), [event_object(item) for item in view.beside]

        try:
            found, values, reports, beside = await self._site.readers.read(read)
        except InputError as error:
            return self._written(error_page(404, str(error)), request)
        given = {name: texts[0] for name, texts in fields.items() if texts}
        context = {
            "message": message,
            "labels": _LABELS,
            "fields": set_fields(),
            "values": {**values, **{name: text for name, text in given.items() if name in values}},
            "given": {"by": unquote(request.cookies.get(NAME_COOKIE, ""))[:MOST_NAME], "why": "", "other": "", **given},
            "reports": reports,
            "beside": beside,
            "word": self._word(cookie, event_id),
            "action": f"{event_address(event_id)}/review",
            "most_name": MOST_NAME,
            "most_reason": MOST_REASON,
            "names": side_names(),
        }
        title = f"Review: {type_name(found['event_type'])}"
        answer = self._written(Page(title, found, "review.html.j2", context, status, lasting=False), request)
        answer.set_cookie(FORM_COOKIE, cookie, httponly=True, samesite="strict", path="/event")
        answer.headers["cache-control"] = "no-store"
        return answer

    def _written(self, page: Page, request: Request) -> Response:
        kept = write_page(self._site, page, request.url.path, as_json=False)
        return Response(kept.body, kept.status, media_type=kept.kind)


def report_columns(report: Any) -> dict[str, Any]:
    """The columns of a report as a row."""
    return {name: getattr(report, name) for name in report.__dataclass_fields__}


async def _fields(request: Request) -> dict[str, list[str]]:
    """The fields of a form as it was sent.

    Raises:
        InputError: If it is no form, or longer than one.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise InputError("the decision is no form: send it from the event's page")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            raise InputError(f"the form is longer than {_MOST_BYTES:,} bytes: shorten the reason")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError as error:
        raise InputError("the form cannot be read: send it from the event's page") from error
    fields: dict[str, list[str]] = {}
    for name, text in pairs:
        fields.setdefault(name, []).append(text)
    return fields
