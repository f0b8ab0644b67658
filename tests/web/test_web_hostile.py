"""Documents that try to run a script: every page shows their words and nothing of them acts."""

from html.parser import HTMLParser

import pytest
from hostile_documents import ADDRESSES, GOOD, PAYLOADS
from starlette.testclient import TestClient
from web_stores import BASE, PATIENT

from detente.web.app import make_app
from detente.web.writing import document_address, event_address

OURS = set(
    """
    html head meta title link script body a header nav ul ol li button p main h1 h2 h3 section form label input select
    option datalist footer strong em code div figure figcaption svg desc path text rect circle details summary table
    caption thead tbody tr th td time span q mark blockquote dl dt dd article progress
    """.split()
)


class Acting(HTMLParser):
    """What in a page could act: elements that are not ours, handlers, addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS or (tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/site.js")):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(f"{tag} {name}")
            if name in {"href", "src", "action", "data-from"} and not _is_safe(tag, name, value or ""):
                self.found.append(f"{tag} {name}={value}")


def _is_safe(tag: str, name: str, value: str) -> bool:
    if value.startswith("/") and not value.startswith("//"):
        return True
    return (tag, name) == ("a", "href") and (
        value in {"", "#main"} or value.lower().startswith(("http://", "https://"))
    )


@pytest.fixture(scope="module")
def visitor(hostile_store):
    with TestClient(make_app(hostile_store, limits=PATIENT), base_url=BASE) as found:
        yield found


def test_the_check_sees_what_acts() -> None:
    for payload in PAYLOADS[:5]:
        assert Acting(f"<p title='{payload}'>{payload}</p>").found
    assert Acting("<a href='javascript:x'>").found == ["a href=javascript:x"]


def test_lists_show_words_and_nothing_acts(visitor) -> None:
    for address in [
        "/sources",
        "/sources?page=2",
        "/dyad/JPN/RUS",
        "/dyad/JPN/RUS/events",
        "/dyad/JPN/RUS/events?page=2",
    ]:
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert Acting(answer.text).found == [], address
    assert "&lt;script&gt;window.broken=1&lt;/script&gt;" in visitor.get("/sources").text


def check_pages(visitor, events: list[dict]) -> int:
    """Each event's page and its document's: they answer, and nothing in them acts."""
    for event in events:
        names = [("event", event["event_id"]), ("document", event["evidence"][0]["document_id"])]
        for kind, name in names:
            if "%" in name:  # the tests' client takes `%25` for `%`; a browser does not
                continue
            answer = visitor.get(_path(kind, name))
            assert answer.status_code == 200
            assert Acting(answer.text).found == []
    return len(events)


def test_an_event_and_a_document_with_each_payload_show_words_and_nothing_acts(visitor) -> None:
    events = visitor.get("/dyad/JPN/RUS/events.json").json()["events"]
    assert check_pages(visitor, events[: len(PAYLOADS)]) == len(PAYLOADS)


@pytest.mark.slow
def test_two_hundred_documents_and_their_events_show_words_and_nothing_acts(visitor) -> None:
    total = visitor.get("/dyad/JPN/RUS/events.json").json()["total"]
    pages = [visitor.get(f"/dyad/JPN/RUS/events.json?page={page + 1}").json() for page in range(-(-total // 60))]
    assert sum(check_pages(visitor, page["events"]) for page in pages) == total >= 190


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_plain_addresses_become_links(visitor, address) -> None:
    lines = visitor.get("/sources.json").json()["lines"]
    document = next(item for item in lines if item["url"] == address)
    page = visitor.get(_path("document", document["document_id"])).text
    linked = 'rel="noopener noreferrer nofollow"' in page
    assert linked is address.startswith(GOOD)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_a_visitor_types_comes_back_as_words(visitor, payload) -> None:
    for path, query in [("/search", {"a": payload, "b": "JPN"}), ("/dyad/JPN/RUS/index", {"feed": payload})]:
        answer = visitor.get(path, params=query)
        assert answer.status_code in {200, 400, 414}
        assert Acting(answer.text).found == []


def _path(kind: str, name: str) -> str:
    return {"event": event_address, "document": document_address}[kind](name)
