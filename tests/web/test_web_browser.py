"""The pages in a real browser: main paths, keyboard, phone, dark, axe; see `browsing` for what it needs."""

from collections.abc import Iterator

import pytest
from browsing import check_axe, check_widths, needs_axe, needs_browser, settled, wait_for_parts
from web_stores import serving

PAIR = "/dyad/RUS/JPN"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def address(store) -> Iterator[str]:
    yield from serving(store.tables.path)


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
        f"{PAIR}/events?feed=chosen&reviewed=all",
        f"{PAIR}/index?every=quarter",
        f"{PAIR}/breaks?every=quarter",
        f"{PAIR}/reciprocity",
        f"{PAIR}/impact",
        f"{PAIR}/impact?shock=2019-02-14&every=quarter",
        f"{PAIR}/third-parties?shock=2019-02-14&every=quarter",
        f"{PAIR}/ledger?as_of=2022-05-01",
        f"{PAIR}/forces",
        f"{PAIR}/description?shock=2022-04-20",
        f"{PAIR}/brief",
        f"{PAIR}/brief?shock=2022-04-20&feed=chosen",
        f"{PAIR}/brief.html?shock=2022-04-20&feed=chosen",
        "/compare",
        "/compare?a=RUS&others=JPN,USA,CHN&every=quarter",
        f"/event/{event['event_id']}",
        f"/event/{event['event_id']}/why",
        f"/document/{document}",
        "/sources",
        "/shocks",
        "/about",
        "/nothing",
    ]


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


def test_no_page_scrolls_sideways(browser, address, walked) -> None:
    check_widths(browser, [address + path for path in walked])


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


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, address, walked, scheme) -> None:
    check_axe(browser, [address + path for path in walked], scheme)


def test_what_is_being_computed_says_so_and_comes_by_itself(page, address) -> None:
    first = page.goto(f"{address}{PAIR}/breaks?every=week&since=2018-06").text()
    assert first.count("<progress") == 1
    assert "Being computed" in first
    wait_for_parts(page)
    assert page.locator("progress").count() == 0
    assert page.locator("main table, main .empty").count() > 0


def test_from_a_pair_to_its_brief_and_to_other_pairs(page, address) -> None:
    page.goto(f"{address}{PAIR}?feed=chosen&shock=2022-04-20")
    page.get_by_role("link", name="Write the brief").click()
    wait_for_parts(page)
    page.get_by_role("link", name="Open the whole brief").click()
    wait_for_parts(page)
    assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"  # its own style is let through
    page.goto(f"{address}{PAIR}")
    page.get_by_role("link", name="Set it beside other pairs").click()
    page.wait_for_url("**/compare?a=RUS&others=JPN%2CCHN%2CUSA")


def test_the_policy_stops_what_would_slip_through(page, address) -> None:
    page.goto(address)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.broken=1>')")
    page.evaluate(
        "const own = document.createElement('script'); own.textContent = 'window.broken=1'; document.body.append(own)"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.broken") is None
