"""What makes pages quick gives the same as what is slow: reading, kept answers, what is loaded at the start."""

import asyncio
import subprocess
import sys
import time

import ibis
import pytest
from web_stores import BASE, PATIENT

import detente as dt
from detente.api.event_rows import read_event
from detente.api.fixed import FixedStore, store_version
from detente.api.pair_views import biggest_pairs, page_of_events, pair_overview
from detente.api.shaped import Shapes, fill_marks
from detente.errors import InputError
from detente.web.answers import Answers, BusyError, Question, Running, TooSlowError
from detente.web.app import make_app
from detente.web.limits import Limits
from detente.web.readers import Readers

SCRIPT = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
from detente.api.stores import open
from detente.web.app import make_app
with TestClient(make_app(open(Path(sys.argv[1]))), base_url="http://127.0.0.1") as visitor:
    assert visitor.get("/").status_code == 200
print([name for name in ("ibis", "pandas", "scipy", "detente.feeds", "detente.coding.coder") if name in sys.modules])
"""


def test_the_first_page_of_a_feed_loads_nothing_heavy(tmp_path) -> None:
    from web_stores import feed_batch

    store = dt.open(tmp_path / "feed")
    store.tables.commit(feed_batch(20))
    command = [sys.executable, "-W", "ignore", "-c", SCRIPT, str(store.tables.path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("choices", [{"feed": "chosen"}, {"feed": "small"}, {"feed": "small", "one_a_day": True}])
def test_events_of_a_page_are_those_of_the_snapshot(store, choices) -> None:
    page = page_of_events(store.dyad("RUS", "JPN"), limit=40, **choices)
    with store.snapshot() as snapshot:
        assert page.events == snapshot.event_records([event.event_id for event in page.events])
        assert all(read_event(snapshot, event.event_id) == event for event in page.events)
    everyone = store.dyad("RUS", "JPN").events(**choices)
    assert page.total == len(everyone)
    assert page.total == pair_overview(store.dyad("RUS", "JPN"), **choices).n


def test_an_unknown_event_is_said(store) -> None:
    with store.snapshot() as snapshot, pytest.raises(InputError, match="not in the store"):
        read_event(snapshot, "no'such\x00event")


def test_the_largest_pairs_are_those_of_the_events(store) -> None:
    pairs = {str(pair): n for pair, n in biggest_pairs(store)}
    with store.snapshot() as snapshot:
        rows = snapshot.events().select("source_country", "target_country").to_pyarrow().to_pylist()
    both = ["-".join(sorted((row["source_country"], row["target_country"]))) for row in rows]
    assert pairs == {pair: both.count(pair) for pair in set(both)}


def test_a_second_pair_compiles_nothing(store, monkeypatch) -> None:
    fixed, shapes = FixedStore(store), Shapes()
    pair_overview(fixed.dyad("RUS", "JPN"), shapes, feed="small")
    page_of_events(fixed.dyad("RUS", "JPN"), shapes, feed="small")
    monkeypatch.setattr(ibis, "to_sql", lambda *_, **__: pytest.fail("compiled again"))
    found = pair_overview(fixed.dyad("RUS", "USA"), shapes, feed="small")
    page = page_of_events(fixed.dyad("RUS", "USA"), shapes, feed="small", offset=10)
    fixed.close()
    assert (found.n, page.total, str(found.dyad)) == (200, 200, "RUS-USA")
    assert {row.direction for row in found.years} == {"RUS>USA", "USA>RUS"}


def test_marks_are_filled_inside_literals_alone() -> None:
    assert fill_marks("a = '«feed»' AND b = 'x''«a0»>«b0»'", {"«feed»": "o'x «a0»", "«a0»": "A", "«b0»": "B"}) == (
        "a = 'o''x «a0»' AND b = 'x''A>B'"
    )


@pytest.mark.parametrize("mode", ["corrected", "all", "accepted"])
def test_the_version_is_told_without_opening_the_store(store, tmp_path, mode) -> None:
    for one in (store, dt.open(tmp_path / "empty")):
        with one.reviewed(mode).snapshot() as snapshot:
            assert store_version(one.reviewed(mode)) == snapshot.version


def test_the_version_changes_with_a_commit(tmp_path) -> None:
    mine = dt.open(tmp_path / "grows")
    before = store_version(mine)
    mine.add(dt.code_text("Japan expelled eight Russian diplomats on 8 April 2022."))
    assert store_version(mine) != before


async def ask(app, path: str, *headers: tuple[bytes, bytes]) -> tuple[int, dict[bytes, bytes], bytes]:
    """One request to an application, without a network."""
    told: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        told.append(message)

    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http"}
    scope |= {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
    scope |= {"headers": [(b"host", b"127.0.0.1"), *headers], "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2)}
    await app(scope, receive, send)
    return told[0]["status"], dict(told[0]["headers"]), b"".join(item.get("body", b"") for item in told)


def test_what_many_ask_for_at_once_is_made_once(store, monkeypatch) -> None:
    import detente.api.pair_views as views

    calls: list[str] = []
    counted = views.pair_overview

    def slow(dyad, *given, **choices):
        calls.append(str(dyad.pair))
        time.sleep(0.2)
        return counted(dyad, *given, **choices)

    monkeypatch.setattr(views, "pair_overview", slow)

    async def crowd() -> list:
        app = make_app(store, limits=PATIENT)
        return await asyncio.gather(*(ask(app, "/dyad/RUS/JPN") for _ in range(20)))

    found = asyncio.run(crowd())
    assert {status for status, _, _ in found} == {200}
    assert len({body for _, _, body in found}) == 1
    assert calls == ["RUS-JPN"]


def test_a_kept_page_is_sent_packed_to_who_takes_it(client) -> None:
    plain = client.get("/shocks", headers={"accept-encoding": "identity"})
    packed = client.get("/shocks", headers={"accept-encoding": "gzip"})
    assert plain.text == packed.text
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert plain.headers["etag"] != packed.headers["etag"]
    again = {"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
    assert client.get("/shocks", headers=again).status_code == 304


def test_an_answer_outlasts_the_server_but_no_words_of_documents(store, tmp_path, monkeypatch) -> None:
    from starlette.testclient import TestClient

    monkeypatch.setattr("detente.web.app.code_key", lambda: "the code of this test")
    address = "/dyad/RUS/JPN.json?feed=chosen"
    with TestClient(make_app(store, limits=PATIENT, kept_in=tmp_path), base_url=BASE) as visitor:
        first = visitor.get(address).json()
        event = visitor.get("/dyad/RUS/JPN/events.json?feed=chosen").json()["events"][0]
        quote = event["evidence"][0]["quote"]
        visitor.get(f"/event/{event['event_id']}")
    kept = list(tmp_path.glob("*.json"))
    assert kept
    assert not [path for path in kept if quote in path.read_text(encoding="utf-8")]
    for path in kept:
        path.write_text(path.read_text(encoding="utf-8").replace('"n": 1', '"n": 7'), encoding="utf-8")
    with TestClient(make_app(store, limits=PATIENT, kept_in=tmp_path), base_url=BASE) as visitor:
        assert visitor.get(address).json() != first  # it was read from there


def test_a_reading_that_takes_too_long_is_ended_and_the_thread_is_free(store) -> None:
    endless = "SELECT count(*) AS n FROM range(100000000) a, range(100000) b WHERE a.range % 7 = b.range % 5"

    async def impatient() -> tuple[float, str]:
        readers = Readers(store, Limits(readers=1, read_seconds=0.5))
        with pytest.raises(TooSlowError, match="longer than 0"):
            await readers.read(lambda fixed: fixed.snapshot().__enter__().sql(endless))
        begun = time.monotonic()
        found = ""
        while not found:
            try:
                found = await readers.read(lambda fixed: fixed.version)
            except TooSlowError:
                assert time.monotonic() < begun + 60
        readers.close()
        return time.monotonic() - begun, found

    _, version = asyncio.run(impatient())
    assert version == store_version(store)


def test_too_many_readings_are_refused(store) -> None:
    async def crowd() -> list:
        readers = Readers(store, Limits(readers=1, waiting=1))
        asked = [readers.read(lambda _: time.sleep(0.3)) for _ in range(5)]
        found = await asyncio.gather(*asked, return_exceptions=True)
        readers.close()
        return found

    assert [type(item) for item in asyncio.run(crowd())].count(BusyError) == 3


def test_who_waits_is_told_for_how_long_and_how_long_it_usually_takes(store) -> None:
    async def ask_twice() -> list:
        answers = Answers(store.tables.path, None, "code", Limits(), is_example=False)
        found = []
        for name in ("first", "second"):

            async def work() -> tuple[str, dict]:
                await asyncio.sleep(0.3)
                return "v", {"n": 1}

            question = Question("v", (name,), "index")
            found.append(await answers.ask(question, 0.05, work))
            found.append(await answers.ask(question, 60, work))
        return found

    running, answer, again, _ = asyncio.run(ask_twice())
    assert isinstance(running, Running)
    assert answer == {"n": 1}
    assert running.usual is None
    assert 0.25 < again.usual < 30
