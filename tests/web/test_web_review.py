"""Deciding on events in the browser: only where asked for, only from the server's own form."""

import re

import pytest

import detente as dt

pytest.importorskip("starlette", reason="needs the extra web")
from hostile_documents import PAYLOADS
from starlette.testclient import TestClient
from web_stores import BASE, PATIENT

from detente.web.app import make_app

OWN = {"origin": BASE}


@pytest.fixture
def desk(tmp_path):
    """A store of two acts of a day, and a visitor of a server that takes decisions on it."""
    store = dt.open(tmp_path / "store")
    store.add(
        dt.code_text(
            "Japan expelled eight Russian diplomats on 8 April 2022. "
            "Russia ordered eight Japanese diplomats to leave on 8 April 2022."
        )
    )
    ids = [event.event_id for event in store.dyad("RUS", "JPN").events()]
    with TestClient(make_app(store, limits=PATIENT, review=True), base_url=BASE, follow_redirects=False) as visitor:
        yield store, visitor, ids


def _form(visitor, event_id):
    page = visitor.get(f"/event/{event_id}/review")
    assert page.status_code == 200
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1] for name in ("form", "seen")}


def _post(visitor, event_id, headers=OWN, **fields):
    return visitor.post(f"/event/{event_id}/review", data=fields, headers=headers)


def test_without_review_every_post_is_refused(client):
    for path in ("/", "/event/x", "/event/x/review", "/search"):
        answer = client.post(path, data={"decision": "accept"}, headers=OWN)
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD"
    assert client.get("/event/x/review").status_code == 404


def test_with_review_a_post_elsewhere_is_refused(desk):
    _, visitor, _ = desk
    assert visitor.post("/", headers=OWN).status_code == 405
    assert visitor.post("/event/x", headers=OWN).status_code == 405


def test_a_decision_is_stored_and_shown(desk):
    store, visitor, (first, _) = desk
    form = _form(visitor, first)
    answer = _post(
        visitor, first, **form, decision="correct", by="Ann <b>", why="only words", event_type="ACCUSE", status="actual"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/event/{first}")
    twin = visitor.get(f"/event/{first}.json").json()
    assert (twin["event_type"], twin["standing"]) == ("ACCUSE", "corrected")
    (review,) = twin["reviews"]
    assert (review["decision"], review["by"], review["reason"]) == ("correct", "Ann <b>", "only words")
    assert {"field": "event_type", "before": "SANCTION", "after": "ACCUSE"} in review["changes"]
    page = visitor.get(f"/event/{first}")
    assert "Ann &lt;b&gt;" in page.text
    assert "Review this event" in page.text
    assert store.reviewed("all").dyad("RUS", "JPN").events()[0].report.event_type == "SANCTION"


def test_a_form_sent_twice_is_stored_once(desk):
    store, visitor, (first, _) = desk
    form = _form(visitor, first)
    answers = [_post(visitor, first, **form, decision="reject", by="Ann", why="no act") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(store.review_history(first).reviews) == 1


def test_the_second_of_two_is_told_what_changed(desk):
    store, visitor, (first, _) = desk
    form = _form(visitor, first)
    store.review(first, "accept", by="Bob")
    answer = _post(visitor, first, **form, decision="reject", by="Ann", why="no act")
    assert answer.status_code == 409
    assert "accepted by Bob" in answer.text
    assert "no act" in answer.text
    assert store.review_history(first).standing == "accepted"
    again = {name: re.search(rf'name="{name}" value="([^"]*)"', answer.text)[1] for name in ("form", "seen")}
    assert _post(visitor, first, **again, decision="reject", by="Ann", why="no act").status_code == 303


def test_only_the_servers_own_form_is_taken(desk):
    store, visitor, (first, second) = desk
    form = _form(visitor, first)
    said = {"decision": "reject", "by": "Ann", "why": "no act"}
    for origin in ("https://evil.example", "null", "http://127.0.0.1:1"):
        assert _post(visitor, first, {"origin": origin}, **form, **said).status_code == 403
    assert _post(visitor, first, {}, **form, **said).status_code == 403
    assert _post(visitor, first, **(form | {"form": "0" * 64}), **said).status_code == 403
    assert _post(visitor, second, **form, **said).status_code == 403  # the word is of one event
    kept = dict(visitor.cookies)
    visitor.cookies.clear()
    assert _post(visitor, first, **form, **said).status_code == 403
    assert store.review_history(first).reviews == ()
    visitor.cookies.update(kept)
    assert _post(visitor, first, {"sec-fetch-site": "same-origin"}, **form, **said).status_code == 303


def test_the_cookie_of_the_form_is_strict(desk):
    _, visitor, (first, _) = desk
    answer = visitor.get(f"/event/{first}/review")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"decision": "reject", "by": "Ann"}, "a reason is needed"),
        ({"decision": "reject", "by": " ", "why": "x"}, "name"),
        ({"decision": "burn", "by": "Ann", "why": "x"}, "choose one"),
        ({"decision": "correct", "by": "Ann", "why": "x", "event_type": "FOO"}, "not known"),
        ({"decision": "correct", "by": "Ann", "why": "x"}, "changes nothing"),
        ({"decision": "split", "by": "Ann", "why": "x"}, "split needs reports"),
        ({"decision": "merge", "by": "Ann", "why": "x", "other": "nowhere"}, "not in the store"),
        ({"decision": "undo", "by": "Ann", "why": "x"}, "no review to undo"),
    ],
)
def test_what_will_not_do_is_said_in_the_form(desk, fields, told):
    store, visitor, (first, _) = desk
    answer = _post(visitor, first, **_form(visitor, first), **fields)
    assert answer.status_code == 400
    assert told in answer.text
    assert store.review_history(first).reviews == ()


def test_a_form_that_is_none_or_too_long_is_refused(desk):
    _, visitor, (first, _) = desk
    path = f"/event/{first}/review"
    assert visitor.post(path, json={"decision": "accept"}, headers=OWN).status_code == 400
    assert _post(visitor, first, why="x" * 40_000).status_code == 400


def test_hostile_names_and_reasons_are_only_text(desk):
    _, visitor, (first, _) = desk
    for payload in PAYLOADS:
        name = payload[:70] if payload.isprintable() else "Ann"
        answer = _post(visitor, first, **_form(visitor, first), decision="reject", by=name, why=payload)
        if answer.status_code == 303:
            text = visitor.get(f"/event/{first}").text
            _post(visitor, first, **_form(visitor, first), decision="undo", by=name, why=payload)
        else:
            text = answer.text
        assert not re.search(
            r"<(?:script>|img|svg onload|iframe|link rel=stylesheet href=https|meta http-equiv=r)", text
        )
        assert "rejected by 49" not in text


def test_merging_leads_to_the_survivor(desk):
    _, visitor, (first, second) = desk
    answer = _post(visitor, first, **_form(visitor, first), decision="merge", by="Ann", why="one act", other=second)
    assert answer.headers["location"] == f"/event/{first}"
    assert visitor.get(f"/event/{second}.json").json()["event_id"] == first
    page = visitor.get(f"/event/{first}/review").text
    assert page.count('name="reports"') == 2
