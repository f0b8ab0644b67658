"""Reviewing in a real browser: every decision from the keyboard, no wider than a phone, nothing that axe finds."""

from collections.abc import Iterator

import pytest
from browsing import check_axe, check_widths, needs_axe, needs_browser
from web_stores import serving

import detente as dt
from detente.web.writing import event_address

pytestmark = needs_browser

TEXT = (
    "Japan expelled eight Russian diplomats on 8 April 2022. "
    "Russia ordered eight Japanese diplomats to leave on 27 April 2022. "
    "Japan protested to Russia on 3 May 2022."
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> tuple[dt.Store, list[str]]:
    """A store of three acts."""
    store = dt.open(tmp_path_factory.mktemp("desk") / "store")
    store.add(dt.code_text(TEXT))
    return store, [event.event_id for event in store.dyad("RUS", "JPN").events()]


@pytest.fixture(scope="module")
def address(desk) -> Iterator[str]:
    yield from serving(desk[0].tables.path, "--review")


def decide(page, address: str, decision: str, why: str, **fields: str) -> None:
    """Fill in and send the form of an event with the keyboard alone."""
    page.goto(f"{address}/review")
    page.locator("input[name=decision]").first.focus()
    order = ["accept", "correct", "reject", "merge", "split", "undo"]
    page.keyboard.press("Space")
    for _ in range(order.index(decision)):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == decision
    wanted = {"by": "Ann", "why": why, **fields}
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || ''")
        kind = page.evaluate("document.activeElement.type || ''")
        if name in wanted and kind == "checkbox":
            if page.evaluate("document.activeElement.value") == wanted[name]:
                page.keyboard.press("Space")
        elif name in wanted:
            page.keyboard.press("Control+a")
            page.keyboard.type(wanted[name])
        elif kind == "submit" and page.evaluate("!!document.activeElement.closest('form.review')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/review"))


def test_each_decision_is_taken_from_the_keyboard(page, desk, address) -> None:
    store, (first, second, third) = desk
    home = address + event_address(first)
    decide(page, home, "accept", "as told")
    assert "accepted by Ann: as told" in page.locator("main").inner_text()
    decide(page, home, "correct", "only words", event_type="ACCUSE")
    assert store.review_history(first).standing == "corrected"
    decide(page, home, "undo", "it was an act")
    decide(page, home, "merge", "one act", other=second)
    assert page.goto(address + event_address(second)).status == 200
    assert "merged into this one" in page.locator("main").inner_text()
    decide(page, home, "split", "two acts", reports=second)
    assert store.dyad("RUS", "JPN").events()[1].event_id == second
    decide(page, address + event_address(third), "reject", "no act")
    assert store.review_history(third).standing == "rejected"


def test_what_will_not_do_is_said_where_it_is_read(page, desk, address) -> None:
    page.goto(f"{address}{event_address(desk[1][0])}/review")
    page.get_by_label("Reject", exact=False).check()
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Store the decision").click()
    assert "a reason is needed" in page.get_by_role("alert").inner_text()


def test_the_form_is_no_wider_than_the_screen(browser, desk, address) -> None:
    check_widths(browser, _pages(address, desk))


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_form(browser, desk, address, scheme) -> None:
    check_axe(browser, _pages(address, desk), scheme)


def _pages(address: str, desk: tuple[dt.Store, list[str]]) -> list[str]:
    """The form of an event of one report, of one of two, and the history that follows."""
    store, (first, second, third) = desk
    if len(store.dyad("RUS", "JPN").events()) > 2 or not store.review_history(first).reviews:
        store.review(first, "merge", by="Ann", why="one act", other=second)
    pages = [address + event_address(first), address + event_address(third)]
    return [*pages, *(f"{page}/review" for page in pages), f"{address}/dyad/RUS/JPN/events?reviewed=accepted"]
