"""What an answer shows in a notebook: the finding, its figure, its rows, nothing that runs."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import detente as dt
from detente.api.answers import Answer
from detente.api.objects import _ROWS
from detente.api.rich import ROWS
from detente.api.simulated import import_simulated
from detente.brief.glance import _GLANCES, glance_at
from detente.model import Dyad, LedgerEntry, LedgerResult
from detente.simulate import Shift, World

SHOCK = "2022-02-24"
OF_CHOSEN: dict[str, Callable[[Any], Any]] = {
    "events": lambda dyad: dyad.events(),
    "index": lambda dyad: dyad.index(every="year"),
    "breaks": lambda dyad: dyad.breaks(),
    "reciprocity": lambda dyad: dyad.reciprocity(),
    "exchanges": lambda dyad: dyad.exchanges(),
    "impact": lambda dyad: dyad.impact(SHOCK),
    "description": lambda dyad: dyad.describe(SHOCK),
    "ledger": lambda dyad: dyad.ledger("2023-01-01"),
    "forces": lambda dyad: dyad.forces(),
    "third parties": lambda dyad: dyad.third_parties(SHOCK),
    "brief": lambda dyad: dyad.brief(SHOCK),
}
DRAWN = {"description", "brief"}  # of a chosen record the brief draws these without Altair
ALLOWED = {
    "div",
    "p",
    "strong",
    "small",
    "img",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "ul",
}
ALLOWED |= {"ol", "li"}


class Tags(HTMLParser):
    """The tags of a fragment and its pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.pictures: list[dict[str, str | None]] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "img":
            self.pictures.append(dict(attrs))


@pytest.fixture(scope="module")
def chosen() -> Any:
    return dt.open_example().dyad("RUS", "JPN")


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    sides = [("NOR", "PRT"), ("NOR", "CHL"), ("PRT", "CHL"), ("NOR", "NZL")]
    dyads = tuple(Dyad(*way) for a, b in sides for way in ((a, b), (b, a)))
    shift = Shift(dyads[0], date(2004, 1, 1), 6.0)
    store = dt.open(tmp_path_factory.mktemp("rich") / "store")
    import_simulated(store, World(dyads, months=72, shifts=(shift,)), seed=3)
    return store


@pytest.mark.parametrize("name", OF_CHOSEN)
def test_every_answer_shows_itself(name: str, chosen: Any) -> None:
    answer = OF_CHOSEN[name](chosen)
    bundle = answer._repr_mimebundle_()
    assert bundle["text/plain"] == str(answer)
    page = bundle["text/html"]
    assert page == answer._repr_html_()
    tags = Tags(page)
    assert tags.names <= ALLOWED
    assert not {item for item in tags.attributes if item.startswith("on")}
    finding = re.search(r"<strong>(.+?)</strong>", page)
    assert finding
    assert len(finding[1]) > 15
    assert len(re.findall("<tr>", page)) <= ROWS + 1
    if name in DRAWN:
        assert tags.pictures


def test_pictures_stand_alone_and_say_what_they_show(chosen: Any) -> None:
    (picture,) = Tags(OF_CHOSEN["description"](chosen)._repr_html_()).pictures
    head, _, held = str(picture["src"]).partition(",")
    assert head == "data:image/svg+xml;base64"
    svg = ElementTree.fromstring(base64.b64decode(held))
    assert picture["alt"]
    assert "conflict" in str(picture["alt"])
    style = str(svg.get("style"))
    used = set(re.findall(r"var\((--[a-z]+)\)", base64.b64decode(held).decode()))
    assert used
    assert all(f"{name}:" in style for name in used)


def test_a_feed_shows_its_estimates_with_their_hedge(fed: Any) -> None:
    dyad = fed.dyad("NOR", "PRT")
    impact = dyad.impact("2004-01-01")._repr_html_()
    assert re.search(r"acts of conflict between Norway and Portugal (?:probably )?rose|may have risen", impact)
    index = Tags(dyad.index()._repr_html_())
    assert [str(item["alt"])[:34] for item in index.pictures] == ["Conflict between the two is highes"]
    moved = fed.compare("NOR", "PRT", "CHL", "NZL", at="2004-01-01")._repr_html_()
    assert "Norway and Portugal moved most" in moved
    assert "NOR–" not in moved


def test_no_result_is_forgotten() -> None:
    assert set(_GLANCES) == set(_ROWS)


def test_hostile_text_stays_text() -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    entry = LedgerEntry("sanction", bad, "RUS", bad, "in force", None, None, None, ("e",))
    result = LedgerResult(Dyad("RUS", "JPN"), date(2022, 1, 1), None, (entry,), 1, notes=(bad,), query=bad)
    page = Answer(result)._repr_html_()
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script&gt;") >= 4


def test_a_hostile_quote_in_a_list_of_events_stays_text(chosen: Any) -> None:
    events = chosen.events()
    first = events[0]
    evil = replace(first, evidence=(replace(first.evidence[0], quote="</td><script>x()</script>"),))
    page = replace(events, events=(evil,))._repr_html_()
    assert "<script" not in page
    assert "&lt;/td&gt;&lt;script&gt;" in page


def test_an_empty_answer_shows_its_columns_and_says_so(tmp_path: Path, fed: Any) -> None:
    breaks = fed.dyad("PRT", "CHL").breaks()
    empty = Answer(replace(breaks.result, breaks=()))
    page = empty._repr_html_()
    assert "No break was found." in page
    assert '<th scope="col">probability</th>' in page


def test_a_glance_takes_codes_without_a_name() -> None:
    result = LedgerResult(Dyad("RUS", "JPN"), date(2022, 1, 1), None, (), 0)
    assert "1 January 2022" in glance_at(result, {}).sentence
