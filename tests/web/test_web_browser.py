"""The pages in a real browser: main paths, keyboard, phone, dark, axe, hostile documents.

Needs Chromium (`CHROMIUM`, else /usr/bin/chromium) and the package `playwright`; the checks of axe need axe-core 4,
found by `AXE_CORE` (the path of axe.min.js) or installed by `npm install --prefix tests/web axe-core@4`.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from web_stores import serving

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parent / "node_modules/axe-core/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAIR = "/dyad/RUS/JPN"
BUSY = "!!document.querySelector('[data-waiting]') || /Loading…|Being computed…/.test(document.body.innerText)"

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")]
sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")


@pytest.fixture(scope="module")
def address(store) -> Iterator[str]:
    yield from serving(store.tables.path)


@pytest.fixture(scope="module")
def hostile_address(hostile_store) -> Iterator[str]:
    yield from serving(hostile_store.tables.path)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def event(client) -> dict:
    return client.get(f"{PAIR}/events.json?feed=chosen").json()["events"][0]


@pytest.fixture(scope="module")
def walked(event) -> list[str]:
    document = event["evidence"][0]["document_id"]
    return [
        "/",
        "/search?a=Rusia&b=Japan",
        f"{PAIR}?shock=2019-02-14",
        f"{PAIR}?feed=chosen",
        f"{PAIR}/events",
        f"{PAIR}/index?every=quarter",
        f"{PAIR}/impact",
        f"{PAIR}/ledger?as_of=2022-05-01",
        f"/event/{event['event_id']}",
        f"/document/{document}",
        "/sources",
        "/shocks",
        "/about",
        "/nothing",
    ]


def settled(page, address: str) -> None:
    """Open a page and wait until nothing in it is being computed."""
    page.goto(address)
    wait_for_parts(page)


def wait_for_parts(page) -> None:
    """Wait until no part of the page is being computed; the policy of the pages forbids the tools' own waiting."""
    for _ in range(900):
        with suppress(sync_api.Error):  # the page came anew while it was looked at
            if not page.evaluate(BUSY):
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} is still being computed")


def test_from_the_search_to_the_words(page, address) -> None:
    page.goto(address)
    page.get_by_label("One side", exact=True).fill("Россия")
    page.get_by_label("The other side").fill("Japonya")
    page.get_by_role("button", name="Look up").click()
    page.wait_for_url(f"**{PAIR}")
    page.get_by_role("link", name="Events", exact=True).click()
    page.get_by_label("Record").fill("chosen")
    page.get_by_role("button", name="Show").click()
    page.locator(".acts a").first.click()
    assert "diplomats" in page.locator("mark").first.inner_text()
    page.get_by_role("link", name="the document").first.click()
    assert page.locator("article mark").count() == 1


def test_a_section_opens_in_place(page, address) -> None:
    settled(page, address + PAIR)
    assert page.locator("section.later svg[role=img]").count() == 2  # the index came by itself, wide and narrow
    page.get_by_role("button", name="Show here").last.click()
    wait_for_parts(page)
    assert page.locator("section.later .part-in").count() == 2


def test_without_script_every_way_is_a_link(browser, address) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + PAIR)
    assert page.get_by_role("button", name="Show here").count() == 0
    page.get_by_role("heading", name="Ledger").get_by_role("link").click()
    assert "/ledger" in page.url
    context.close()


def test_with_the_keyboard_alone(page, address) -> None:
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    page.keyboard.type("RUS")
    page.keyboard.press("Tab")
    page.keyboard.type("JPN")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{PAIR}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_no_page_scrolls_sideways(browser, address, walked, width) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in walked:
        settled(page, address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_the_colours_are_those_asked_for_and_can_be_switched(browser, address) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/about")
    paper = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(paper) == "rgb(21, 24, 27)"
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate(paper) == "rgb(253, 253, 251)"
    page.goto(f"{address}/sources")
    assert page.evaluate(paper) == "rgb(253, 253, 251)"
    context.close()


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, address, walked, scheme) -> None:
    # axe is put in by the tools, past the policy that would refuse it
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in walked:
        settled(page, address + path)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        told = [(item["id"], [node["html"][:120] for node in item["nodes"][:3]]) for item in found["violations"]]
        assert told == [], path
    context.close()


def test_hostile_documents_run_no_script_and_ask_for_nothing(browser, hostile_address) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ["/", "/sources", "/dyad/JPN/RUS", "/dyad/JPN/RUS/events", "/dyad/JPN/RUS/events?page=2"]:
        page.goto(hostile_address + path)
        assert page.evaluate("window.broken") is None, path
    links = page.locator(".acts a").evaluate_all("items => items.map(item => item.href)")
    for link in links[:20]:
        page.goto(link)
        assert page.evaluate("window.broken") is None, link
        page.get_by_role("link", name="the document").first.click()
        assert page.evaluate("window.broken") is None, link
    assert [url for url in asked if not url.startswith(hostile_address)] == []
    context.close()


def test_the_policy_stops_what_would_slip_through(page, address) -> None:
    page.goto(address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.broken=1>')")
    page.evaluate(
        "const own = document.createElement('script'); own.textContent = 'window.broken=1'; document.body.append(own)"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.broken") is None
