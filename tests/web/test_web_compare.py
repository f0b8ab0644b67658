"""Pairs side by side, the brief of a pair, and which reviews count: the same as the Python interface says."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest

import detente as dt

PAIR = "/dyad/RUS/JPN"


def as_json(found: object) -> object:
    return json.loads(json.dumps(found, default=str))


def test_the_twin_of_compare_is_the_answer_of_the_interface(client, store) -> None:
    twin = client.get("/compare.json?a=RUS&others=JPN,USA&every=year&at=2019&outcome=tone")
    found = store.compare("RUS", "JPN", "USA", every="year", at="2019", outcome="tone")
    assert twin.json() == as_json(found.to_object())


def test_sides_left_to_the_store_lead_to_an_address_that_names_them(client) -> None:
    answer = client.get("/compare?a=Russia&others=Japonya&every=year", follow_redirects=False)
    assert answer.status_code == 307
    assert answer.headers["location"] == "/compare?a=RUS&others=JPN%2CCHN%2CUSA&every=year"


def test_the_page_of_compare_draws_a_panel_a_pair_and_ranks_them(client) -> None:
    page = client.get("/compare?a=RUS&others=JPN,USA,CHN&every=quarter&at=2019-02-14").text
    assert page.count('role="img"') == 2  # wide and narrow
    assert "The data behind this figure" in page
    ranked = page[page.index("Who moved most") :]
    assert [name in ranked for name in ("/dyad/RUS/JPN", "/dyad/RUS/USA", "/dyad/RUS/CHN")] == [True] * 3


def test_an_axis_of_shares_has_values_between_none_and_all(client) -> None:
    page = client.get("/compare?a=RUS&others=JPN,USA&every=year&outcome=conflict_share").text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    labels = [float(text) for text in re.findall(r">(\d(?:\.\d+)?)</text>", drawing)]
    assert min(labels) == 0
    assert max(labels) <= 1
    assert len(set(labels)) >= 3


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("", 200, "which relation moved most"),
        ("a=Rusia", 404, "nearest are"),
        ("a=RUS&others=" + ",".join(["JPN"] * 13), 400, "at most 12 pairs"),
        ("a=VUT", 404, "fewer than two relations"),
        ("a=RUS&others=JPN,USA&at=soon", 400, "YYYY"),
    ],
)
def test_what_cannot_be_compared_is_said(client, query, status, told) -> None:
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == status
    assert told in answer.text


def test_a_pair_leads_to_its_brief_and_to_other_pairs(client) -> None:
    page = client.get(f"{PAIR}?shock=2022-04-20&feed=chosen").text
    assert f'href="{PAIR}/brief?shock=2022-04-20&amp;feed=chosen"' in page
    assert 'href="/compare?a=RUS&amp;others=JPN&amp;feed=chosen"' in page


def test_the_brief_in_the_browser_is_the_brief(client, store) -> None:
    asked = "shock=2022-04-20&feed=chosen"
    made = store.dyad("RUS", "JPN").brief("2022-04-20", feed="chosen")
    twin = client.get(f"{PAIR}/brief.json?{asked}").json()
    assert twin == json.loads(made.render("json"))
    page = client.get(f"{PAIR}/brief?{asked}").text
    findings = [item for item in twin["statements"] if item["section"] == "findings"]
    assert len(findings) == page.count("<li>", page.index('class="findings"'), page.index("</ol>"))
    assert f"{PAIR}/brief.html?shock=2022-04-20&amp;feed=chosen" in page
    assert client.get(f"{PAIR}/brief.md?{asked}").text == made.render("md")
    assert "Which date?" in client.get(f"{PAIR}/brief").text


def test_the_whole_brief_is_sent_under_the_policy_of_its_own_file(client) -> None:
    answer = client.get(f"{PAIR}/brief.html?shock=2022-04-20&feed=chosen")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "Content-Security-Policy" not in answer.text
    for kind in ("style", "script"):
        inside = re.search(rf"<{kind}>(.*?)</{kind}>", answer.text, re.DOTALL)[1]
        assert b64encode(sha256(inside.encode()).digest()).decode() in policy


def test_which_reviews_count_is_chosen_in_the_address(tmp_path) -> None:
    from starlette.testclient import TestClient
    from web_stores import BASE, PATIENT

    from detente.web.app import make_app

    store = dt.open(tmp_path / "store")
    acts = ["Japan expelled eight Russian diplomats on 8 April", "Russia expelled nine Japanese diplomats on 27 April"]
    store.add(dt.code_text(" ".join(f"{act} 2022." for act in acts)))
    first, second = [event.event_id for event in store.dyad("RUS", "JPN").events()]
    store.review(first, "reject", by="Ann", why="no act")
    store.review(second, "accept", by="Ann")
    with TestClient(make_app(store, limits=PATIENT), base_url=BASE) as visitor:
        for mode, told in [("", 1), ("?reviewed=corrected", 1), ("?reviewed=all", 2), ("?reviewed=accepted", 1)]:
            assert visitor.get(f"{PAIR}/events.json{mode}").json()["total"] == told
            assert visitor.get(f"{PAIR}.json{mode}").json()["n"] == told
        twin = visitor.get(f"{PAIR}/ledger.json?as_of=2022-06-01&reviewed=accepted").json()
        assert twin == as_json(store.reviewed("accepted").dyad("RUS", "JPN").ledger("2022-06-01").to_object())
        page = visitor.get(f"{PAIR}/events?reviewed=all").text
        assert '<option value="all" selected>' in page
        assert f"{PAIR}/index?reviewed=all" in page
        assert visitor.get(f"{PAIR}/events?reviewed=some").status_code == 400


def test_ids_that_would_move_in_an_address_have_a_page(tmp_path) -> None:
    from starlette.testclient import TestClient
    from web_stores import BASE, PATIENT

    from detente.api.reading import Coded
    from detente.model import UNDATED, Document
    from detente.web.app import make_app
    from detente.web.writing import document_address

    names = ["a.json", "a", "x/../../y", "x//y", "b/why", "b/review", "b/", "nul\x00l", "Бумага 1.txt"]
    store = dt.open(tmp_path / "store")
    documents = [Document(name, f"Text of {name!r}.", name, (), "P", UNDATED, "en", None) for name in names]
    store.add(Coded(tuple(documents), (), ()))
    with TestClient(make_app(store, limits=PATIENT, review=True), base_url=BASE) as visitor:
        for name in names:
            page = visitor.get(document_address(name))
            assert page.status_code == 200, name
            twin = re.search(r'href="([^"]*)">This page as JSON', page.text)[1]
            assert visitor.get(twin).json()["id"] == name
