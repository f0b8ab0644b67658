"""A real browser on the pages: Chromium (`CHROMIUM`, else /usr/bin/chromium) driven by the package `playwright`.

The checks of axe need axe-core 4, found by `AXE_CORE` (the path of axe.min.js) or installed by
`npm install --prefix tests/web axe-core@4`.
"""

import os
from contextlib import suppress
from pathlib import Path

import pytest

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parent / "node_modules/axe-core/axe.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BUSY = "!!document.querySelector('[data-waiting], section progress') || /Loading…/.test(document.body.innerText)"
PATIENCE = 90_000  # milliseconds

needs_browser = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium")]
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="needs axe-core")


def settled(page, address: str) -> None:
    """Open a page and wait until nothing in it is being computed."""
    page.goto(address)
    wait_for_parts(page)


def wait_for_parts(page) -> None:
    """Wait until no part of the page is being computed; the policy of the pages forbids the tools' own waiting."""
    from playwright.sync_api import Error

    for _ in range(1_500):
        with suppress(Error):  # the page came anew while it was looked at
            if not page.evaluate(BUSY):
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"{page.url} is still being computed")


def new_page(browser, **options):
    """A page of a new visitor, in a context that is closed with it."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def violations(page) -> list[tuple[str, list[str]]]:
    """What axe finds on a page, which was opened past the policy that would refuse axe itself."""
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found["violations"]]


def check_widths(browser, addresses: list[str]) -> None:
    """No page scrolls sideways, from the narrowest phone to a wide screen."""
    page = new_page(browser)
    for address in addresses:
        settled(page, address)
        for width in (320, 360, 768, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    page.context.close()


def check_axe(browser, addresses: list[str], scheme: str) -> None:
    """Axe finds nothing on the pages in a colour scheme."""
    page = new_page(browser, color_scheme=scheme, bypass_csp=True)
    for address in addresses:
        settled(page, address)
        assert violations(page) == [], address
    page.context.close()
