"""The pages that look around: the start, the search, events, documents, sources, shocks, methods."""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from detente.api.finding import (
    EventView,
    find_document,
    find_event,
    find_sides,
    list_documents,
    list_sides,
    resolve_side,
    side_names,
)
from detente.api.fixed import FixedStore
from detente.api.objects import document_object, event_object, plain
from detente.api.pair_views import biggest_pairs
from detente.api.review_lists import EventHistory, history_object
from detente.api.shocks import list_shocks, shock_object
from detente.errors import InputError, UnknownCountryError
from detente.web.answers import Question, Running
from detente.web.site import MissingError, Page, Site
from detente.web.writing import dyad_address, event_address, type_name

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asks: the parts of the path, the parameters, and whether the twin is wanted."""

    path: str
    parts: Mapping[str, str]
    given: Mapping[str, Any]
    as_json: bool


class MovedError(Exception):
    """The page lies at another address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


async def home(site: Site, asked: Asked) -> Page:  # noqa: ARG001 - every page is called alike
    """What the store holds, and the search."""

    def read(store: FixedStore) -> dict[str, Any]:
        with store.snapshot() as snapshot:
            feeds, chosen = snapshot.feeds(), snapshot.chosen_events()
        documents, _ = list_documents(store, limit=1)
        pairs = biggest_pairs(store)
        return {
            "example": store.is_example,
            "feeds": [{"feed": name, "n": n} for name, n in feeds.items()],
            "chosen_events": chosen,
            "documents": documents,
            "pairs": [{"dyad": list(pair), "n": n} for pair, n in pairs],
        }

    found = await site.readers.read(read)
    return Page("Look up a pair", found, "home.html.j2", {"sides": list_sides(), "names": side_names()})


async def search(site: Site, asked: Asked) -> Page:  # noqa: ARG001 - every page is called alike
    """To the page of a pair; where a name is not known, the names it may mean."""
    texts = {side: asked.given.get(side, "") for side in ("a", "b")}
    found: dict[str, Any] = {"sides": {}}
    codes = {}
    for side, text in texts.items():
        code = _code(text)
        offers = () if code else find_sides(text)
        found["sides"][side] = {"text": text, "code": code, "offers": plain(list(offers))}
        codes[side] = code
    if codes["a"] and codes["b"] and codes["a"] != codes["b"] and not asked.as_json:
        raise MovedError(dyad_address(codes["a"], codes["b"]))
    same = codes["a"] is not None and codes["a"] == codes["b"]
    context = {"texts": texts, "same": same, "sides": list_sides(), "names": side_names()}
    return Page("Which pair?", found, "search.html.j2", context)


async def event(site: Site, asked: Asked) -> Page:
    """One event: its words in their context, its codes, who else reports it."""

    def read(store: FixedStore) -> tuple[EventView, EventHistory]:
        view = find_event(store, asked.parts["id"])
        return view, store.review_history(view.event.event_id)

    view, history = await _there(site.readers.read(read))
    found = {
        **event_object(view.event),
        **history_object(history),
        "asked": view.asked,
        "around": [{"before": before, "after": after} for before, after in view.context],
        "beside": [event_object(item) for item in view.beside],
    }
    who = _who(found)
    return Page(f"{who}: {type_name(found['event_type'])}", found, "event.html.j2", {"who": who, "names": side_names()})


async def why(site: Site, asked: Asked) -> Page:
    """How the coder sees the words of an event."""
    event_id = asked.parts["id"]
    question = Question(await site.readers.version(), (event_id,), "why")
    patience = site.limits.seconds * 2 if asked.as_json else site.limits.patience
    found = await _there(site.answers.ask(question, patience))
    title, back = "Why it was coded so", event_address(event_id)
    if isinstance(found, Running):
        return waiting(title, found, back)
    return Page(title, found, "why.html.j2", {"back": back})


async def document(site: Site, asked: Asked) -> Page:
    """A document, its sentences marked with what was coded."""
    view = await _there(site.readers.read(lambda store: find_document(store, asked.parts["id"])))
    start = int(asked.given.get("from", 0))
    marks = plain(view.marks)
    found = {**document_object(view.document), "marks": marks}
    by_place: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for mark in marks:
        by_place.setdefault((mark["start"], mark["end"]), []).append(mark)
    shown = [item for item in found["sentences"] if start <= item["start"] < start + site.limits.text]
    later = next((item["start"] for item in found["sentences"] if item["start"] >= start + site.limits.text), None)
    paragraphs: list[list[dict[str, Any]]] = []
    for sentence in shown:
        if not paragraphs or paragraphs[-1][-1]["paragraph"] != sentence["paragraph"]:
            paragraphs.append([])
        paragraphs[-1].append({**sentence, "marks": by_place.get((sentence["start"], sentence["end"]), [])})
    context = {"paragraphs": paragraphs, "start": start, "later": later, "kept": bool(view.document.text)}
    title = view.document.title or view.document.publisher or "Document"
    return Page(title, found, "document.html.j2", {**context, "names": side_names()})


async def sources(site: Site, asked: Asked) -> Page:
    """The records behind the answers: feeds, and documents a page at a time."""
    page, size = max(1, int(asked.given.get("page", 1))), site.limits.listed

    def read(store: FixedStore) -> dict[str, Any]:
        with store.snapshot() as snapshot:
            feeds = snapshot.feeds()
        total, lines = list_documents(store, offset=(page - 1) * size, limit=size)
        return {
            "feeds": [{"feed": name, "n": n} for name, n in feeds.items()],
            "documents": total,
            "page": page,
            "lines": [plain(line) for line in lines],
        }

    found = await site.readers.read(read)
    return Page("Sources", found, "sources.html.j2", {"pages": -(-found["documents"] // size)})


async def shocks(site: Site, asked: Asked) -> Page:  # noqa: ARG001 - every page is called alike
    """The shocks that have a name."""
    found = {"shocks": [shock_object(shock) for shock in list_shocks()]}
    return Page("Shocks that have a name", found, "shocks.html.j2", {"names": side_names()})


async def about(site: Site, asked: Asked) -> Page:  # noqa: ARG001 - every page is called alike
    """What the pages show and what they cannot tell."""
    found = {
        "name": "detente",
        "version": site.version,
        "read_only": not site.reviewing,
        "example": site.store.is_example,
    }
    return Page("How to read these pages", found, "about.html.j2")


def waiting(title: str, running: Running, back: str) -> Page:
    """A page that says that its answer is being worked out."""
    found = {"status": "computing", "seconds": round(running.seconds, 1)}
    return Page(title, found, "waiting.html.j2", {"back": back}, 202, lasting=False)


def _who(found: Mapping[str, Any]) -> str:
    names = side_names()
    source, target = (names.get(found[f"{side}_country"] or "", "unknown") for side in ("source", "target"))
    return f"{source} and {target}" if found["symmetric"] else f"{source} → {target}"


async def _there(asking: Awaitable[T]) -> T:
    """What is asked for by its id; an id that is not in the store is a page that is not there."""
    try:
        return await asking
    except InputError as error:
        raise MissingError(str(error)) from error


def _code(text: str) -> str | None:
    try:
        return resolve_side(text) if text else None
    except UnknownCountryError:
        return None
