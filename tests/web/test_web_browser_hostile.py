"""Hostile documents in a real browser: in the pages and in the brief no script runs and no request leaves."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from browsing import needs_browser, new_page, wait_for_parts
from hostile_documents import PAYLOADS
from web_stores import serving

from detente.web.writing import document_address, event_address

pytestmark = needs_browser

PAIR = "/dyad/JPN/RUS"
LISTS = ["/", "/sources", "/sources?page=2", PAIR, f"{PAIR}/events", f"{PAIR}/events?page=2", f"{PAIR}/forces"]
BRIEFS = [f"{PAIR}/brief?shock=2020-03-01", f"{PAIR}/brief.html?shock=2020-03-01"]
WORST = """() => {
  const found = window.broken === undefined ? [] : ["a script ran"];
  for (const item of document.querySelectorAll("*")) {
    for (const one of item.attributes) {
      if (one.name.startsWith("on") || one.name === "srcdoc") { found.push(item.tagName + " " + one.name); }
    }
    if (["IFRAME", "OBJECT", "EMBED", "BASE", "IMG", "VIDEO", "TEMPLATE", "FORM"].includes(item.tagName)
        && !(item.tagName === "FORM" && item.action.startsWith(location.origin))) { found.push(item.tagName); }
    if (item.href && item.protocol && !["http:", "https:", "data:"].includes(item.protocol)) { found.push(item.href); }
    if (item.protocol === "data:" && !item.href.startsWith("data:text/csv")) { found.push(item.href); }
  }
  return found;
}"""


class Watched:
    """A page whose every request, window and question is noted."""

    def __init__(self, browser, address: str) -> None:
        self.page = new_page(browser)
        self.left: list[str] = []
        home = urlsplit(address).netloc
        context = self.page.context
        context.on("request", lambda asked: self._note(asked.url, home))
        context.on("page", lambda opened: self.left.append(f"a window: {opened.url}"))
        self.page.on("dialog", lambda asked: (self.left.append(f"a question: {asked.message}"), asked.dismiss()))
        self.page.on("download", lambda found: self.left.append(f"a download: {found.url}"))

    def see(self, address: str) -> None:
        """Open a page, let it do what it would, and look for what acts."""
        answer = self.page.goto(address)
        assert answer.status in {200, 202}, address
        wait_for_parts(self.page)
        self.page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
        self.page.wait_for_timeout(20)
        assert self.page.evaluate(WORST) == [], address
        assert self.page.url == address
        assert self.left == [], address

    def _note(self, url: str, home: str) -> None:
        if urlsplit(url).netloc != home and not url.startswith("data:text/csv"):
            self.left.append(url)


@pytest.fixture(scope="module")
def hostile_address(hostile_store) -> Iterator[str]:
    yield from serving(hostile_store.tables.path)


@pytest.fixture
def watched(browser, hostile_address) -> Iterator[Watched]:
    found = Watched(browser, hostile_address)
    yield found
    found.page.context.close()


@pytest.fixture(scope="module")
def names(hostile_store) -> list[tuple[str, str]]:
    """The event and the document of each hostile text, in the order in which they were made."""
    events = hostile_store.dyad("JPN", "RUS").events(actors="all")
    return [(event.event_id, event.evidence[0].document_id) for event in events]


def test_the_check_sees_what_acts(browser, hostile_address) -> None:
    page = new_page(browser, bypass_csp=True)
    page.goto(hostile_address + "/about")
    for payload in PAYLOADS[:3]:
        page.evaluate("text => { document.querySelector('main').innerHTML = text; }", payload)
        assert page.evaluate(WORST) != [] or "script" in payload
    page.evaluate("document.querySelector('main').innerHTML = '<a href=javascript:x>x</a>'")
    assert page.evaluate(WORST) == ["a script ran", "javascript:x"]  # the picture of before ran it, without the policy
    page.context.close()


def test_lists_and_the_brief_of_hostile_documents_stay_quiet(watched, hostile_address) -> None:
    for path in [*LISTS, *BRIEFS]:
        watched.see(hostile_address + path)


def test_some_hostile_events_and_documents_stay_quiet(watched, hostile_address, names) -> None:
    for event_id, document_id in names[2 : len(PAYLOADS) : 7]:
        watched.see(hostile_address + event_address(event_id))
        watched.see(hostile_address + document_address(document_id))


@pytest.mark.slow
def test_two_hundred_hostile_events_and_documents_stay_quiet(watched, hostile_address, names) -> None:
    assert len(names) == 200
    for event_id, document_id in names:
        watched.see(hostile_address + event_address(event_id))
        watched.see(hostile_address + document_address(document_id))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["tr", "ru"])
def test_the_brief_in_other_languages_stays_quiet(watched, hostile_address, language) -> None:
    for path in BRIEFS:
        watched.see(f"{hostile_address}{path}&language={language}")
