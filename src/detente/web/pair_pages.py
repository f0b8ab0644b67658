"""The pages of a pair: what the record holds, its events, and a page for each measure."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from detente.api.finding import resolve_side, side_names
from detente.api.fixed import FixedStore
from detente.api.shocks import list_shocks, read_shock
from detente.errors import InputError
from detente.model.reviews import Reviewed
from detente.web.answers import Question, Running
from detente.web.asked import Asked, MovedError
from detente.web.measures import MEASURES, Measure, compute, question_of
from detente.web.pages import waiting
from detente.web.parameters import BRIEF, COMPARE, Parameter
from detente.web.site import MissingError, Page, Site
from detente.web.writing import dyad_address, with_query

if TYPE_CHECKING:
    from detente.web.figures import Drawing

_CHOICES: Final = ("since", "until", "feed", "actors", "one_a_day", "strict")
_FORM: Final = (*_CHOICES, "reviewed")
_SECTIONS: Final = {
    "feed": ("breaks", "reciprocity", "impact", "third-parties", "ledger"),
    "chosen": ("description", "third-parties", "ledger", "forces"),
}


async def pair(site: Site, asked: Asked) -> Page:
    """What the record holds on a pair, drawn; the measures open from it."""
    dyad = find_sides(asked)
    choices, reviewed = choices_of(asked.given), reviewed_of(asked.given)
    shock = _shock(asked.given)

    def read(store: FixedStore) -> tuple[str, dict[str, Any]]:
        from detente.api.objects import plain
        from detente.api.pair_views import pair_overview

        return store.version, dict(plain(pair_overview(store.dyad(*dyad), store.shapes, **choices)))

    question = Question(site.readers.version(reviewed), dyad, "overview", tuple(sorted(choices.items())), reviewed)
    found = await site.answers.ask(question, site.limits.read_seconds, lambda: site.readers.read(read, reviewed))
    if isinstance(found, Running):
        return waiting(title_of(dyad), found, "/", site.limits.read_seconds)
    from detente.web.figures import draw_acts, draw_years

    feed = found["record_kind"] == "feed"
    given = {"as_of": max((item["last"] for item in found["records"] if item["last"]), default=None), **asked.given}
    given = {name: value for name, value in given.items() if value is not None}
    drawings = [draw_years(found["years"], shock), draw_acts(found["acts"], dyad, found["names"], shock)]
    context = {
        **frame_of(asked, dyad),
        "drawings": [item for item in drawings if item],
        "sections": [_section(name, dyad, given, feed=feed) for name in _SECTIONS[found["record_kind"]]],
        "measure": None,
        "index_address": dyad_address(*dyad, "index", **_taken(MEASURES["index"].parameters, asked.given))
        if feed
        else None,
        "parameters": (*_FORM, "shock"),
        "brief_address": dyad_address(*dyad, "brief", **_taken(BRIEF, asked.given)),
        "compare_address": with_query("/compare", {"a": dyad[0], "others": dyad[1], **_taken(COMPARE, asked.given)}),
    }
    return Page(" – ".join(found["names"]), found, "pair.html.j2", context)


async def events(site: Site, asked: Asked) -> Page:
    """The acts between two sides, latest first."""
    dyad = find_sides(asked)
    choices, page = choices_of(asked.given), max(1, int(asked.given.get("page", 1)))
    size = site.limits.listed

    def read(store: FixedStore) -> dict[str, Any]:
        from detente.api.objects import event_object
        from detente.api.pair_views import page_of_events

        some = page_of_events(store.dyad(*dyad), store.shapes, offset=(page - 1) * size, limit=size, **choices)
        return {
            "dyad": list(dyad),
            "total": some.total,
            "page": page,
            "query": some.query,
            "events": [event_object(item) for item in some.events],
        }

    found = await site.readers.read(read, reviewed_of(asked.given))
    context = {
        **frame_of(asked, dyad),
        "pages": -(-found["total"] // size),
        "measure": None,
        "parameters": _FORM,
    }
    return Page(f"Events, {title_of(dyad)}", found, "events.html.j2", context)


async def measure(site: Site, asked: Asked) -> Page:
    """A measure of a pair: its figure, its rows, its notes."""
    dyad = find_sides(asked)
    kind = MEASURES.get(asked.parts["measure"])
    if kind is None:
        raise MissingError(f"there is no page {asked.parts['measure'][:40]!r} of a pair")
    missing = [item.name for item in kind.parameters if item.required and item.name not in asked.given]
    if missing and not asked.as_json:
        return _asking(kind, asked, dyad)
    question = question_of(kind, asked.given)
    found = await _answer(site, asked, kind, dyad, question)
    if isinstance(found, Running):
        return waiting(f"{kind.title}, {title_of(dyad)}", found, dyad_address(*dyad), site.limits.seconds)
    rows = found[kind.rows]
    if len(rows) > site.limits.rows:
        raise InputError(
            f"the answer has {len(rows):,} rows, more than {site.limits.rows:,}: choose longer periods or fewer years"
        )
    listed, pages, page = _listed(kind, rows, asked.given, site.limits.listed)
    context = {
        **frame_of(asked, dyad),
        "measure": kind,
        "rows": listed,
        "pages": pages,
        "page": page,
        "total": len(rows),
        "drawings": await _drawings(site, asked, kind, dyad, found),
        "parameters": tuple(item.name for item in kind.parameters if item.name != "page"),
    }
    return Page(f"{kind.title}, {title_of(dyad)}", found, "measure.html.j2", context)


async def _answer(
    site: Site, asked: Asked, kind: Measure, dyad: tuple[str, str], question: Mapping[str, Any]
) -> dict[str, Any] | Running:
    reviewed = reviewed_of(asked.given)
    patience = site.limits.seconds * 2 if asked.as_json else site.limits.patience
    subject = _subject(site, dyad, kind.name, question, asked)

    def read(store: FixedStore) -> tuple[str, dict[str, Any]]:
        return store.version, compute(store.dyad(*dyad), kind.name, question)

    here = None if kind.own_process else partial(site.readers.read, read, reviewed)
    return await site.answers.ask(subject, patience, here)


def _subject(site: Site, dyad: tuple[str, str], name: str, question: Mapping[str, Any], asked: Asked) -> Question:
    reviewed = reviewed_of(asked.given)
    return Question(site.readers.version(reviewed), dyad, name, tuple(sorted(question.items())), reviewed)


async def _drawings(
    site: Site, asked: Asked, kind: Measure, dyad: tuple[str, str], found: Mapping[str, Any]
) -> "list[Drawing]":
    """The index with the breaks known already; for breaks the index that they are breaks of, if it is known."""
    from detente.web.figures import draw_index

    names = [side_names()[code] for code in dyad]

    def peek(name: str) -> dict[str, Any] | None:
        question = question_of(MEASURES[name], {k: v for k, v in asked.given.items() if k in ("every", *_CHOICES)})
        return site.answers.peek(_subject(site, dyad, name, question, asked))

    index = found if kind.name == "index" else peek("index") if kind.name == "breaks" else None
    breaks = found if kind.name == "breaks" else peek("breaks") if kind.name == "index" else None
    if index is None or sum(row["direction"] == "joint" for row in index["rows"]) > site.limits.drawn:
        return []
    days = [item["date"] for item in breaks["breaks"] if item["direction"] == "joint"] if breaks else []
    drawing = await asyncio.to_thread(draw_index, index, names, breaks=days, shock=_shock(asked.given))
    return [drawing] if drawing else []


def _asking(kind: Measure, asked: Asked, dyad: tuple[str, str]) -> Page:
    """The page of a measure that still needs something, with the form to give it."""
    context = {
        **frame_of(asked, dyad),
        "measure": kind,
        "parameters": tuple(item.name for item in kind.parameters if item.name != "page"),
    }
    return Page(f"{kind.title}, {title_of(dyad)}", {}, "asking.html.j2", context)


def find_sides(asked: Asked) -> tuple[str, str]:
    """The codes of the two sides; other names of theirs lead to the address with the codes."""
    given = asked.parts["a"], asked.parts["b"]
    a, b = (resolve_side(name) for name in given)
    if a == b:
        raise InputError(f"both sides are {a}: a dyad needs two different sides")
    if (a, b) != given:
        rest = asked.path.split("/", 4)[4:]
        address = dyad_address(a, b, rest[0] if rest else "")
        raise MovedError(with_query(address + (".json" if asked.as_json else ""), asked.given))
    return a, b


def choices_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What of an address chooses the events that count."""
    return {name: given[name] for name in _CHOICES if name in given}


def reviewed_of(given: Mapping[str, Any]) -> Reviewed:
    """Which reviews count."""
    reviewed: Reviewed = given.get("reviewed", "corrected")
    return reviewed


def _shock(given: Mapping[str, Any]) -> date | None:
    return read_shock(given["shock"]).day if given.get("shock") else None


def _taken(parameters: Sequence[Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """What of an address another page takes over."""
    return {item.name: given[item.name] for item in parameters if item.name in given and item.name != "page"}


def frame_of(asked: Asked, dyad: tuple[str, str]) -> dict[str, Any]:
    """What every page of a pair has: the names, the ways to its other pages, the shocks to pick from."""
    names = side_names()
    kept = {name: asked.given[name] for name in _FORM if name in asked.given}
    ways = [("Overview", dyad_address(*dyad, **kept)), ("Events", dyad_address(*dyad, "events", **kept))]
    ways += [
        (item.title, dyad_address(*dyad, item.name, **_taken(item.parameters, asked.given)))
        for item in MEASURES.values()
    ]
    ways.append(("Brief", dyad_address(*dyad, "brief", **_taken(BRIEF, asked.given))))
    return {
        "dyad": dyad,
        "names": names,
        "ways": ways,
        "here": asked.path,
        "given": asked.given,
        "shocks": list_shocks(),
        "twin": with_query(asked.path + ".json", asked.given),
    }


def _section(name: str, dyad: tuple[str, str], given: Mapping[str, Any], *, feed: bool) -> dict[str, Any]:
    kind = MEASURES[name]
    missing = [item.label for item in kind.parameters if item.required and item.name not in given]
    address = dyad_address(*dyad, name, **_taken(kind.parameters, given))
    return {"measure": kind, "address": address, "missing": missing, "slow": kind.own_process and feed}


def title_of(dyad: tuple[str, str]) -> str:
    """The names of both sides."""
    names = side_names()
    return f"{names[dyad[0]]} – {names[dyad[1]]}"


def _listed(
    kind: Measure, rows: Sequence[Mapping[str, Any]], given: Mapping[str, Any], size: int
) -> tuple[list[Mapping[str, Any]], int, int]:
    """The rows a page lists, how many pages there are, and which this is; an index one direction, latest first."""
    if kind.name == "index":
        direction = given.get("direction", "joint")
        rows = [row for row in reversed(rows) if row["direction"] == direction]
    page = max(1, int(given.get("page", 1)))
    return list(rows[(page - 1) * size : page * size]), -(-len(rows) // size), page
