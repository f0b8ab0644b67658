"""The command run in this process, in folders of its own, with its two streams apart."""

import io
import json
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from detente.cli import main

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
EXPELLED = "Japan expelled eight Russian diplomats on 8 April 2022.\n"
ANSWERED = "Russia ordered eight Japanese diplomats to leave on 27 April 2022.\n"


@dataclass(frozen=True)
class Ran:
    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.out, parse_constant=_no_constant)

    @property
    def lines(self) -> list:
        return [json.loads(line, parse_constant=_no_constant) for line in self.out.splitlines()]


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def run_command(*arguments, stdin: bytes = b"") -> Ran:
    """`detente ARGUMENTS` without a process of its own; an exception that is not stated comes through."""
    kept = sys.argv, sys.stdin, sys.stdout, sys.stderr
    out, err = io.BytesIO(), io.StringIO()
    sys.argv = ["detente", *map(str, arguments)]
    sys.stdin, sys.stderr = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"), err
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", write_through=True)
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code or 0
    finally:
        raw = out.getvalue()
        sys.argv, sys.stdin, sys.stdout, sys.stderr = kept
    return Ran(code, raw, err.getvalue())


@pytest.fixture(scope="session")
def caches(tmp_path_factory) -> Path:
    """Where the bundled chronology is coded, once for all tests."""
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(autouse=True)
def homes(tmp_path, caches, monkeypatch) -> Path:
    """Nothing of the real user is read or written; the working folder is empty."""
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


@pytest.fixture
def detente():
    return run_command


@pytest.fixture
def report(homes) -> Path:
    return _write_report(homes)


def _write_report(folder: Path) -> Path:
    path = folder / "report.txt"
    path.write_text(f"Tokyo and Moscow\n\n{EXPELLED}{ANSWERED}", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def two_events(tmp_path_factory) -> Path:
    """A store with two events of Russia and Japan; tests only read it."""
    folder = tmp_path_factory.mktemp("two")
    assert run_command("add", _write_report(folder), "--store", folder / "store").code == 0
    return folder / "store"


@pytest.fixture(scope="session")
def answer(two_events):
    """The answer of a question in a format from that store, asked once for all tests."""

    @cache
    def ask(question: tuple[str, ...], form: str) -> Ran:
        return run_command(*question, "--store", two_events, "--format", form)

    return ask


@pytest.fixture
def stored(report, two_events, homes) -> Path:
    """The report of a store that is this test's own, and its default."""
    shutil.copytree(two_events, homes / "store")
    return report


@pytest.fixture(scope="session")
def keds_store(tmp_path_factory) -> Path:
    """The Gulf set of KEDS, imported once; tests only read it."""
    if not (DATA / "keds").is_dir():
        pytest.skip("development data are not beside the repository")
    folder = tmp_path_factory.mktemp("keds") / "store"
    assert run_command("import", "keds", DATA / "keds/gulf.parquet", "--store", folder).code == 0
    return folder


@pytest.fixture(scope="session")
def icews_files() -> list[Path]:
    files = sorted((DATA / "icews/raw_daily").glob("*.tab.gz"))
    if not files:
        pytest.skip("development data are not beside the repository")
    return files


@pytest.fixture(scope="session")
def shared() -> Path:
    if not DATA.is_dir():
        pytest.skip("development data are not beside the repository")
    return DATA
