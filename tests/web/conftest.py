"""Pages over small stores, asked without a network."""

import sys
from pathlib import Path

import pytest

import detente as dt

pytest.importorskip("starlette", reason="needs the extra web")

sys.path.insert(0, str(Path(__file__).parent))  # for web_stores.py beside this file


@pytest.fixture(autouse=True)
def _homes(tmp_path, tmp_path_factory, monkeypatch):
    """Nothing of the real user is read or written."""
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "default"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "caches"))


@pytest.fixture(scope="session")
def store(tmp_path_factory) -> dt.Store:
    """Reports of three acts, one of which two publishers tell, and a small feed of the same pair."""
    from web_stores import feed_batch

    found = dt.open(tmp_path_factory.mktemp("web") / "store")
    articles = tmp_path_factory.mktemp("articles")
    texts = {
        "kyodo.md": ("Kyodo", "Japan expelled eight Russian diplomats on 8 April 2022. Snow fell in Sapporo."),
        "tass.md": ("TASS", "Russia ordered eight Japanese diplomats to leave on 27 April 2022."),
    }
    for name, (publisher, text) in texts.items():
        head = f"---\npublisher: {publisher}\ndate: 2022-05-01\nurl: https://{publisher.lower()}.example/1\n---\n\n"
        (articles / name).write_text(head + text + "\n", encoding="utf-8")
    found.add(dt.code(articles))
    found.tables.commit(feed_batch(200))
    return found


@pytest.fixture(scope="session")
def client(store):
    """A visitor of that store."""
    from starlette.testclient import TestClient
    from web_stores import BASE, PATIENT

    from detente.web.app import make_app

    with TestClient(make_app(store, limits=PATIENT), base_url=BASE) as visitor:
        yield visitor


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory) -> dt.Store:
    """Two hundred documents that try to run a script, in every place a document can speak from."""
    from hostile_documents import hostile_coded

    found = dt.open(tmp_path_factory.mktemp("hostile") / "store")
    found.add(hostile_coded(200))
    return found


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window."""
    from browsing import CHROMIUM

    sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with sync_api.sync_playwright() as tools:
        found = tools.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(browser):
    """A page of a new visitor."""
    from browsing import new_page

    found = new_page(browser)
    yield found
    found.context.close()
