"""The page that sets the relations of one side side by side, on one scale."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from detente.api.finding import resolve_side, side_names
from detente.api.fixed import FixedStore
from detente.errors import DataError, InputError
from detente.web.answers import Question, Running
from detente.web.asked import Asked, MovedError
from detente.web.measures import Column
from detente.web.pages import waiting
from detente.web.pair_pages import reviewed_of
from detente.web.parameters import COMPARE
from detente.web.site import Page, Site
from detente.web.writing import with_query

MOST: Final = 12
"""Pairs set side by side; more cannot be told apart, and take long."""
_FILLED: Final = 6
_TITLE: Final = "Relations side by side"
_COLUMNS: Final = (
    Column("rank", "Rank", "number"),
    Column("dyad", "Pair", "pair"),
    Column("change", "Change", "estimate"),
    Column("before", "Before", "number"),
    Column("after", "After", "number"),
    Column("n", "Acts", "number"),
    Column("n_before", "Periods before", "number"),
    Column("n_after", "Periods after", "number"),
)


async def compare(site: Site, asked: Asked) -> Page:
    """One outcome of several pairs on one scale, the one that moved most first."""
    if "a" not in asked.given:
        return _page(asked, {}, "compare.html.j2", sides=())
    sides = await _sides(site, asked)
    reviewed = reviewed_of(asked.given)
    question = {item.name: asked.given[item.name] for item in COMPARE if item.name in asked.given}
    question.pop("reviewed", None)
    patience = site.limits.seconds * 2 if asked.as_json else site.limits.patience
    known = Question(site.readers.version(reviewed), sides, "compare", tuple(sorted(question.items())), reviewed)
    found = await site.answers.ask(known, patience)
    if isinstance(found, Running):
        return waiting(_TITLE, found, "/", site.limits.seconds)
    if len(found["points"]) > site.limits.rows:
        raise InputError(
            f"the answer has {len(found['points']):,} points, more than {site.limits.rows:,}: choose longer periods, "
            "fewer years or fewer pairs"
        )
    from detente.web.multiples import draw_multiples

    drawing = await asyncio.to_thread(draw_multiples, found, side_names(), site.limits.drawn)
    return _page(asked, found, "compare.html.j2", sides=sides, drawings=[drawing] if drawing else [])


async def _sides(site: Site, asked: Asked) -> tuple[str, ...]:
    """The codes of all sides; names, and sides that were left to the store, lead to the address that has the codes."""
    first = resolve_side(asked.given["a"])
    texts = [text.strip() for text in asked.given.get("others", "").split(",") if text.strip()]
    if len(texts) > MOST:
        raise InputError(f"others: {len(texts)} sides; at most {MOST} pairs are set side by side")
    others = [code for code in dict.fromkeys(resolve_side(text) for text in texts) if code != first]
    if len(others) < 2:

        def read(store: FixedStore) -> tuple[str, ...]:
            from detente.api.pair_views import biggest_partners

            return biggest_partners(store, first, _FILLED + 1)

        partners = await site.readers.read(read, reviewed_of(asked.given))
        others = list(dict.fromkeys([*others, *partners]))[:_FILLED]
        if len(others) < 2:
            raise DataError(f"this store holds fewer than two relations of {first}: there is nothing to compare")
    listed = ",".join(others)
    if (first, listed) != (asked.given["a"], asked.given.get("others")):
        path = asked.path + (".json" if asked.as_json else "")
        raise MovedError(with_query(path, {**asked.given, "a": first, "others": listed}))
    return first, *others


def _page(
    asked: Asked, found: Mapping[str, Any], template: str, *, sides: tuple[str, ...], drawings: list[Any] | None = None
) -> Page:
    names = side_names()
    title = f"{names[sides[0]]} with {len(sides) - 1} others" if sides else _TITLE
    context = {
        "sides": sides,
        "names": names,
        "columns": _COLUMNS,
        "drawings": drawings or [],
        "given": asked.given,
        "here": asked.path,
        "parameters": tuple(item.name for item in COMPARE),
        "taken": {name: asked.given[name] for name in ("since", "until", "feed", "actors") if name in asked.given},
        "twin": with_query(f"{asked.path}.json", asked.given),
    }
    return Page(title, found, template, context)
