"""The pages that look around: the start, the search, events, documents, sources, shocks, methods."""

from collections.abc import Awaitable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from detente.api.fixed import FixedStore
from detente.errors import InputError, UnknownCountryError
from detente.web.answers import Question, Running
from detente.web.asked import Asked, MovedError
from detente.web.site import MissingError, Page, Site
from detente.web.writing import dyad_address, event_address, type_name

if TYPE_CHECKING:
    from detente.api.finding import EventView
    from detente.api.review_lists import EventHistory

T = TypeVar("T")


async def home(site: Site, asked: Asked) -> Page:  # noqa: ARG001 - every page is called alike
    """What the store holds, and the search."""
    from detente.api.finding import list_sides, side_names

    def read(store: FixedStore) -> tuple[str, dict[str, Any]]:
        from detente.api.finding import count_documents
        from detente.api.pair_views import biggest_pairs

        with store.snapshot() as snapshot:
            feeds, chosen = snapshot.feeds(), snapshot.chosen_events()
        return store.version, {
            "example": store.is_example,
            "feeds": [{"feed": name, "n": n} for name, n in feeds.items()],
            "chosen_events": chosen,
            "documents": count_documents(store),
            "pairs": [{"dyad": list(pair), "n": n} for pair, n in biggest_pairs(store)],
        }

    question = Question(site.readers.version(), (), "holdings")
    found = await site.answers.ask(question, site.limits.read_seconds, lambda: site.readers.read(read))
    if isinstance(found, Running):
        return waiting("What the store holds", found, "/", site.limits.read_seconds)
    return Page("Look up a pair", found, "home.html.j2", {"sides": list_sides(), "names": side_names()})


async def search(site: Site, asked: Asked) -> Page:  # noqa: ARG001 - every page is called alike
    """To the page of a pair; where a name is not known, the names it may mean."""
    from detente.api.finding import find_sides, list_sides, side_names
    from detente.api.objects import plain

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
    from detente.api.finding import find_event, side_names
    from detente.api.objects import event_object
    from detente.api.review_lists import event_histories, history_object

    def read(store: FixedStore) -> "tuple[EventView, EventHistory]":
        view = find_event(store, asked.parts["id"])
        with store.snapshot() as snapshot:
            return view, event_histories(snapshot, (view.event,))[0]

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
    question = Question(site.readers.version(), (event_id,), "why")
    patience = site.limits.seconds * 2 if asked.as_json else site.limits.patience
    found = await _there(site.answers.ask(question, patience))
    title, back = "Why it was coded so", event_address(event_id)
    if isinstance(found, Running):
        return waiting(title, found, back, site.limits.seconds)
    return Page(title, found, "why.html.j2", {"back": back})


async def document(site: Site, asked: Asked) -> Page:
    """A document, its sentences marked with what was coded."""
    from detente.api.finding import find_document, side_names
    from detente.api.objects import document_object, plain

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
    from detente.api.finding import list_documents
    from detente.api.objects import plain

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
    from detente.api.finding import side_names
    from detente.api.shocks import list_shocks, shock_object

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


def waiting(title: str, running: Running, back: str, longest: float) -> Page:
    """A page that says that its answer is being worked out."""
    found = {
        "status": "computing",
        "seconds": round(running.seconds, 1),
        "before": running.before,
        "usual_seconds": round(running.usual, 1) if running.usual is not None else None,
    }
    return Page(title, found, "waiting.html.j2", {"back": back, "longest": longest}, 202, lasting=False)


def _who(found: Mapping[str, Any]) -> str:
    from detente.api.finding import side_names

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
    from detente.api.finding import resolve_side

    try:
        return resolve_side(text) if text else None
    except UnknownCountryError:
        return None
