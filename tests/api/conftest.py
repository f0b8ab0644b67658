"""Stores for the Python interface, in folders of their own."""

from pathlib import Path

import pytest

import detente as dt

DATA = Path(__file__).resolve().parents[2] / "../shared/data"


@pytest.fixture(scope="session")
def caches(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(autouse=True)
def homes(tmp_path, caches, monkeypatch) -> Path:
    """Nothing of the real user is read or written."""
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "default"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    return tmp_path


@pytest.fixture(scope="session")
def articles(tmp_path_factory) -> Path:
    """Two reports that share one act, from two publishers, and a third act."""
    folder = tmp_path_factory.mktemp("articles")
    reports = {
        "kyodo.md": ("Kyodo", "Japan expelled eight Russian diplomats on 8 April 2022."),
        "tass.md": (
            "TASS",
            "Tokyo expelled eight Russian diplomats and trade officials on 8 April 2022. "
            "Russia ordered eight Japanese diplomats to leave on 27 April 2022.",
        ),
    }
    for name, (publisher, text) in reports.items():
        (folder / name).write_text(f"---\npublisher: {publisher}\ndate: 2022-05-01\n---\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory, articles) -> dt.Store:
    """A store of those reports; tests only read it."""
    store = dt.open(tmp_path_factory.mktemp("filled") / "store")
    store.add(dt.code(articles))
    return store


@pytest.fixture
def dyad(filled) -> dt.Dyad:
    return filled.dyad("Russia", "Japan")


@pytest.fixture(scope="session")
def keds(tmp_path_factory) -> dt.Store:
    """The Gulf set of KEDS; tests only read it."""
    if not (DATA / "keds").is_dir():
        pytest.skip("development data are not beside the repository")
    store = dt.open(tmp_path_factory.mktemp("keds") / "store")
    store.import_feed("keds", [DATA / "keds/gulf.parquet"])
    return store
