"""Every page answers, says what it shows, and has a twin that is the object of the Python interface."""

import json
from html.parser import HTMLParser

import pytest

PAIR = "/dyad/RUS/JPN"
LARGEST = 500_000


@pytest.fixture(scope="module")
def event(client) -> dict:
    return client.get(f"{PAIR}/events.json?feed=chosen").json()["events"][0]


@pytest.fixture(scope="module")
def addresses(event) -> list[str]:
    document = event["evidence"][0]["document_id"]
    return [
        "/",
        "/search?a=Rusia&b=Japan",
        "/sources",
        "/shocks",
        "/about",
        f"{PAIR}?shock=2019-02-14",
        f"{PAIR}?feed=chosen",
        f"{PAIR}/events",
        f"{PAIR}/index?every=quarter",
        f"{PAIR}/ledger",
        f"{PAIR}/ledger?as_of=2022-05-01",
        f"{PAIR}/forces",
        f"/event/{event['event_id']}",
        f"/document/{document}",
        "/nothing",
    ]


class Outline(HTMLParser):
    """Headings, landmarks, labels and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [found for name, found in self.tags if name == tag]


def test_every_page_has_landmarks_one_heading_and_labels(client, addresses) -> None:
    for address in addresses:
        answer = client.get(address)
        outline = Outline(answer.text)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert len(outline.all("h1")) == len(outline.all("main")) == 1, address
        assert outline.all("html")[0]["lang"] == "en"
        ids = [found["id"] for _, found in outline.tags if "id" in found]
        assert len(ids) == len(set(ids)), address
        labelled = {found.get("for") for found in outline.all("label")}
        fields = [found for tag, found in outline.tags if tag in {"input", "select"}]
        assert all(found["id"] in labelled for found in fields), address
        assert len(answer.content) < LARGEST


def test_no_page_has_script_or_style_of_its_own(client, addresses) -> None:
    for address in addresses:
        outline = Outline(client.get(address).text)
        assert not outline.all("style")
        assert [found["src"].partition("?")[0] for found in outline.all("script")] == ["/static/site.js"]
        assert not [name for _, found in outline.tags for name in found if name == "style" or name.startswith("on")]


@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("index", lambda dyad: dyad.index()),
        ("index?every=year&since=2019", lambda dyad: dyad.index("year", since="2019")),
        ("forces", lambda dyad: dyad.forces()),
        ("ledger?as_of=2022-05-01", lambda dyad: dyad.ledger("2022-05-01")),
        ("description?shock=2022-04-20", lambda dyad: dyad.describe("2022-04-20")),
        ("breaks", lambda dyad: dyad.breaks()),
        ("impact?shock=2019-02-14&every=quarter", lambda dyad: dyad.impact("2019-02-14", every="quarter")),
    ],
)
def test_the_twin_of_a_measure_is_the_answer_of_the_interface(client, store, name, ask) -> None:
    path, _, query = name.partition("?")
    twin = client.get(f"{PAIR}/{path}.json?{query}")
    assert twin.status_code == 200, twin.text
    assert twin.json() == json.loads(json.dumps(ask(store.dyad("RUS", "JPN")).to_object(), default=str))


def test_the_twin_of_events_holds_the_events_of_the_interface(client, store) -> None:
    twin = client.get(f"{PAIR}/events.json?feed=small&since=2020").json()
    events = store.dyad("RUS", "JPN").events(feed="small", since="2020").to_objects()
    known = {item["event_id"]: item for item in json.loads(json.dumps(events, default=str))}
    assert twin["total"] == len(known)
    assert twin["events"] == [known[item["event_id"]] for item in twin["events"]]
    assert twin["events"] == sorted(twin["events"], key=lambda item: item["date_start"], reverse=True)


def test_pages_of_events_hold_all_of_them_once(client) -> None:
    first = client.get(f"{PAIR}/events.json?feed=small").json()
    pages = -(-first["total"] // len(first["events"]))
    seen = [
        item["event_id"]
        for page in range(1, pages + 1)
        for item in client.get(f"{PAIR}/events.json?feed=small&page={page}").json()["events"]
    ]
    assert len(seen) == len(set(seen)) == first["total"] == 200


def test_the_event_page_shows_quote_source_codes_and_certainty(client, event) -> None:
    page = client.get(f"/event/{event['event_id']}").text
    quote = event["evidence"][0]["quote"]
    assert f"<mark>{quote}</mark>" in page
    assert event["evidence"][0]["url"] in page
    assert f"{event['confidence'] * 100:.0f} % that it is right" in page
    assert event["coder"] in page


def test_the_document_page_marks_what_was_coded_and_nothing_else(client) -> None:
    listed = client.get("/sources.json").json()["lines"]
    document = next(item for item in listed if item["publisher"] == "Kyodo")
    page = client.get(f"/document/{document['document_id']}").text
    assert "<mark>Japan expelled eight Russian diplomats on 8 April 2022.</mark>" in page
    assert "Snow fell in Sapporo." in page
    assert page.count("<mark>") == 1


def test_a_name_in_any_language_leads_to_the_pair(client) -> None:
    for a, b in [("Rusya", "Япония"), ("russia", "jp"), ("RUS", "Japonya")]:
        answer = client.get("/search", params={"a": a, "b": b}, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, PAIR)


def test_a_misspelt_name_is_offered_what_it_may_mean(client) -> None:
    page = client.get("/search?a=Rusia&b=JPN").text
    assert "/search?a=RUS&amp;b=JPN" in page
    twin = client.get("/search.json?a=Rusia&b=JPN").json()["sides"]
    assert twin["a"]["code"] is None
    assert "RUS" in [offer["code"] for offer in twin["a"]["offers"]]
    assert twin["b"]["code"] == "JPN"


def test_another_name_of_a_side_leads_to_the_permanent_address(client) -> None:
    answer = client.get("/dyad/Russia/Japonya/index?every=year", follow_redirects=False)
    assert answer.headers["location"] == f"{PAIR}/index?every=year"


def test_the_choices_of_a_page_are_those_of_its_address(client) -> None:
    page = client.get(f"{PAIR}/index?every=quarter&since=2019&one_a_day=1").text
    assert "<option selected>quarter</option>" in page
    assert 'name="since" value="2019"' in page
    assert 'name="one_a_day" value="1" checked' in page


def test_empty_fields_of_a_form_leave_the_address(client) -> None:
    answer = client.get(f"{PAIR}/index?every=year&since=&until=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAIR}/index?every=year")


def test_a_figure_has_words_and_its_data_as_a_table(client) -> None:
    page = client.get(f"{PAIR}/index?every=year&feed=small").text
    outline = Outline(page)
    drawn = [found for found in outline.all("svg") if found.get("role") == "img"]
    ids = {found["id"] for _, found in outline.tags if "id" in found}
    assert drawn
    assert all({found["aria-labelledby"], found["aria-describedby"]} <= ids for found in drawn)
    assert "The data behind this figure" in page


def test_what_is_missing_is_asked_for_and_the_twin_refuses(client) -> None:
    assert "Which date?" in client.get(f"{PAIR}/impact").text
    twin = client.get(f"{PAIR}/impact.json")
    assert (twin.status_code, "shock" in twin.json()["error"]["message"]) == (400, True)


def test_a_page_is_the_same_until_the_store_grows(store, tmp_path) -> None:
    from starlette.testclient import TestClient
    from web_stores import BASE, PATIENT

    import detente as dt
    from detente.web.app import make_app

    mine = dt.open(tmp_path / "grows")
    mine.add(dt.code_text("Japan expelled eight Russian diplomats on 8 April 2022."))
    with TestClient(make_app(mine, limits=PATIENT), base_url=BASE) as visitor:
        first = visitor.get(f"{PAIR}/events.json")
        again = visitor.get(f"{PAIR}/events.json", headers={"if-none-match": first.headers["etag"]})
        assert (first.json()["total"], again.status_code, again.content) == (1, 304, b"")
        mine.add(dt.code_text("Russia expelled nine Japanese diplomats on 27 April 2022."))
        assert visitor.get(f"{PAIR}/events.json").json()["total"] == 2


def test_the_example_says_that_it_is_one(client) -> None:
    from starlette.testclient import TestClient
    from web_stores import BASE

    import detente as dt
    from detente.web.app import make_app

    with TestClient(make_app(dt.api.open_example()), base_url=BASE) as visitor:
        assert "bundled example" in visitor.get("/about").text
    assert "bundled example" not in client.get("/about").text
