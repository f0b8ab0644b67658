"""The pages, and an empty place to run their examples in."""

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "data"


@pytest.fixture(scope="session")
def docs() -> Path:
    return REPOSITORY / "docs"


@pytest.fixture(scope="session")
def levant() -> Path:
    """A real feed file, where the development data lie beside the repository."""
    path = DATA / "keds" / "levant.parquet"
    if not path.exists():
        pytest.skip("the development data are not here")
    return path


@pytest.fixture
def own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a store and a cache of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / ".store"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    return tmp_path
