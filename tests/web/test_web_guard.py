"""Who may ask what: reading only, known hosts, the token, strict headers, limits, no path of the machine."""

import re

import pytest
from starlette.testclient import TestClient
from web_stores import BASE

from detente.web.app import make_app
from detente.web.limits import Limits
from detente.web.security import Access, is_loopback

TOKEN = "a-token-of-some-length"
EVERYWHERE = ["/", "/about.json", "/nothing", "/static/site.css", "/openapi.json", "/dyad/RUS/RUS", "/event/none.json"]


@pytest.fixture(scope="module")
def open_app(store):
    return make_app(store, Access(frozenset({"desk.example"}), open_to_addresses=True, token=TOKEN))


@pytest.fixture
def stranger(open_app):
    return TestClient(open_app, base_url="http://192.0.2.7:8642")


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_has_the_strict_headers(client, address) -> None:
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "unsafe" not in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_taken(client, method) -> None:
    answer = client.request(method, "/")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_head_gives_the_head_alone(client) -> None:
    answer = client.head("/about")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8642", "127.0.0.1.evil.example", "", "192.0.2.7"])
def test_a_host_that_is_not_ours_is_refused(client, host) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8642", "LOCALHOST", "[::1]:8642"])
def test_a_host_that_is_ours_is_served(client, host) -> None:
    assert client.get("/about", headers={"host": host}).status_code == 200


def test_another_address_needs_the_token(stranger) -> None:
    for address in EVERYWHERE:
        answer = stranger.get(address)
        assert answer.status_code == 401
        assert TOKEN not in answer.text
    assert stranger.get("/about", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("given", ["", "wrong", TOKEN[:-1], TOKEN + "x", "ключ"])
def test_a_wrong_token_is_refused(stranger, given) -> None:
    assert stranger.get("/about", params={"token": given}).status_code == 401
    assert stranger.get("/about", headers={"authorization": f"Bearer {given}".encode()}).status_code == 401
    assert stranger.get("/about", headers={"cookie": f"detente_session={TOKEN}"}).status_code == 401


def test_the_token_is_taken_once_and_leaves_the_address(stranger) -> None:
    answer = stranger.get("/shocks.json", params={"token": TOKEN}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/shocks.json")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert stranger.get("/shocks.json").status_code == 200
    assert stranger.get("/about").headers["cache-control"] == "no-store"


def test_the_token_leads_to_no_other_place(stranger) -> None:
    answer = stranger.get(f"//evil.example/?token={TOKEN}", follow_redirects=False)
    assert not answer.headers.get("location", "/").startswith(("//", "http"))


def test_the_token_is_taken_in_a_header(stranger) -> None:
    assert stranger.get("/about", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "alone"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False)]
)
def test_only_this_machine_is_loopback(host, alone) -> None:
    assert is_loopback(host) is alone


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/dyad/RUS/JPN/index.json?every=hour", 400, "every"),
        ("/dyad/RUS/JPN/index.json?since=yesterday", 400, "YYYY"),
        ("/dyad/RUS/JPN/index.json?since=2020&until=2019", 400, "earlier"),
        ("/dyad/RUS/JPN/index.json?since=2020&since=2021", 400, "twice"),
        ("/dyad/RUS/JPN/index.json?colour=red", 400, "colour"),
        ("/dyad/RUS/JPN/index.json?feed=none", 400, "none"),
        ("/dyad/RUS/JPN/events.json?page=-1", 400, "page"),
        ("/dyad/RUS/JPN/impact.json?shock=nothing-2020", 400, "nothing-2020"),
        ("/dyad/RUS/RUS.json", 400, "two different sides"),
        ("/dyad/RUS/Atlantis.json", 404, "Atlantis"),
        ("/event/none.json", 404, "none"),
        ("/document/none.json", 404, "none"),
        ("/dyad/RUS/JPN/everything.json", 404, "no page"),
        (f"/search.json?a={'x' * 3000}", 414, "longer"),
        ("/about.json?" + "&".join(f"p{n}=1" for n in range(30)), 400, "parameters"),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_line(client, address, status, said) -> None:
    answer = client.get(address)
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (status, status)
    assert said in error["message"]
    assert "\n" not in error["message"]


def test_no_path_of_the_machine_is_shown(client, store) -> None:
    for address in [
        *EVERYWHERE,
        "/home.json",
        "/sources.json",
        "/document/..%2F..%2Fetc%2Fpasswd",
        "/static/..%2Fapp.py",
    ]:
        text = client.get(address).text
        assert str(store.tables.path) not in text
        assert "site-packages" not in text
        assert "root:x" not in text


def test_a_store_that_breaks_is_said_without_its_path(tmp_path) -> None:
    import detente as dt

    broken = dt.open(tmp_path / "broken")
    broken.add(dt.code_text("Japan expelled eight Russian diplomats on 8 April 2022."))
    for path in (tmp_path / "broken" / "reports").glob("*.parquet"):
        path.unlink()
    with TestClient(make_app(broken), base_url=BASE, raise_server_exceptions=False) as visitor:
        answer = visitor.get("/dyad/RUS/JPN")
    assert answer.status_code in {500, 503}
    assert str(tmp_path) not in answer.text


def test_a_slow_answer_is_cut_off_and_said(store) -> None:
    limits = Limits(seconds=0.05, patience=10)
    with TestClient(make_app(store, limits=limits), base_url=BASE) as visitor:
        answer = visitor.get("/dyad/RUS/JPN/breaks")
    assert answer.status_code == 504
    assert re.search(r"cut off after \d+ seconds", answer.text)


def test_an_answer_that_takes_its_time_says_so_first(store) -> None:
    with TestClient(make_app(store, limits=Limits(patience=0)), base_url=BASE) as visitor:
        answer = visitor.get("/dyad/RUS/JPN/breaks")
        assert (answer.status_code, "Being computed" in answer.text) == (202, True)


def test_more_than_the_server_works_out_is_put_off(store) -> None:
    with TestClient(make_app(store, limits=Limits(patience=0, queue=0, workers=1)), base_url=BASE) as visitor:
        assert visitor.get("/dyad/RUS/JPN/breaks").status_code == 202
        assert visitor.get("/dyad/RUS/JPN/breaks?every=year").status_code == 503


def test_a_long_answer_is_refused_with_what_to_do(store) -> None:
    with TestClient(make_app(store, limits=Limits(rows=10)), base_url=BASE) as visitor:
        answer = visitor.get("/dyad/RUS/JPN/index.json?feed=small")
    assert (answer.status_code, "longer periods" in answer.json()["error"]["message"]) == (400, True)
