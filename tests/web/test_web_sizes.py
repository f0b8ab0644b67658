"""No page is larger than half a million bytes, whatever the store holds."""

from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from web_stores import BASE, PATIENT

LARGEST = 500_000
SKIPPED = ("/static/", "/openapi.json")


class Links(HTMLParser):
    """The addresses of this server that a page leads to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = unescape(dict(attrs).get("href") or "")
        if tag == "a" and address.startswith("/") and not urlsplit(address).path.endswith((".json", ".md")):
            self.found.append(address.partition("#")[0])


def kind_of(address: str) -> str:
    """Pages drawn by one template from one kind of thing, so that a walk sees a few of each."""
    parts = urlsplit(address).path.split("/")
    return "/".join([parts[1], *(parts[4:5] if parts[1] == "dyad" else [])])


def walk(visitor, starts: list[str], most: int) -> dict[str, int]:
    """The sizes of the pages reached by links, `most` of each kind."""
    waiting, sizes, seen = list(starts), {}, {}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in sizes or address.startswith(SKIPPED) or seen.get(kind, 0) >= most:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        answer = visitor.get(address)
        assert answer.status_code in {200, 202}, (address, answer.text[:2000])
        sizes[address] = len(answer.content)
        waiting += Links(answer.text).found
    return sizes


def test_no_page_reached_by_links_is_too_large(client) -> None:
    sizes = walk(client, ["/", "/dyad/RUS/JPN?feed=small&shock=2019-02-14"], 1)
    assert {"", "dyad", "dyad/index", "dyad/events", "event", "document", "sources", "compare"} <= set(
        map(kind_of, sizes)
    )
    assert max(sizes.values()) < LARGEST


@pytest.mark.slow
def test_no_page_of_hostile_documents_is_too_large(hostile_store) -> None:
    from starlette.testclient import TestClient

    from detente.web.app import make_app

    with TestClient(make_app(hostile_store, limits=PATIENT), base_url=BASE) as visitor:
        sizes = walk(visitor, ["/sources", "/dyad/JPN/RUS/events"], 40)
    assert max(sizes.values()) < LARGEST
