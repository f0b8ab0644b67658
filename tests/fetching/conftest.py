"""A shelf of made files of GDELT 2.0 under the publisher's paths, and a clock that never waits."""

import hashlib
import io
import random
import zipfile
from dataclasses import dataclass, field
from importlib import util
from pathlib import Path

import pytest

from detente.feeds.sheet import feed_sheet
from detente.fetching import Waits

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
LIST = "/gdeltv2/masterfilelist.txt"
PUBLISHER = "http://data.gdeltproject.org"


def _load(name):
    spec = util.spec_from_file_location(f"fetching_{name}", Path(__file__).with_name(f"{name}.py"))
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class FakeTime:
    """Time that passes only when somebody sleeps."""

    at: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += seconds

    def waits(self, chance=1.0):
        return Waits(lambda: self.at, self.sleep, lambda: self.at, lambda: chance)


@pytest.fixture
def fake_time():
    return FakeTime()


@pytest.fixture(scope="session")
def shelf_module():
    return _load("shelf")


@pytest.fixture
def fault(shelf_module):
    return shelf_module.Fault


@pytest.fixture
def shelf(shelf_module, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    found = shelf_module.Shelf()
    yield found
    found.close()


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    """Nothing of the real user is read or written."""
    monkeypatch.setenv("DETENTE_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def export(stamp, rows=3, pairs=(("RUS", "JPN"), ("USA", "IRN"), ("FRA", "DEU"))):
    """A zip of one 15 minutes of GDELT 2.0 with made rows."""
    columns = next(layout.columns for layout in feed_sheet("gdelt").layouts if len(layout.columns) == 61)
    lines = []
    for number in range(rows):
        a, b = pairs[number % len(pairs)]
        cells = dict.fromkeys(columns, "") | {
            "GLOBALEVENTID": f"{stamp}{number:03}"[-15:],
            "SQLDATE": stamp[:8],
            "Actor1Code": a,
            "Actor1CountryCode": a,
            "Actor2Code": b,
            "Actor2CountryCode": b,
            "EventCode": "042",
            "EventBaseCode": "042",
            "EventRootCode": "04",
            "GoldsteinScale": "1.9",
            "NumMentions": "4",
            "DATEADDED": stamp,
        }
        lines.append("\t".join(cells[column] for column in columns))
    return zipped(f"{stamp}.export.CSV", "\n".join(lines) + "\n")


def zipped(name, text):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return held.getvalue()


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


def md5(body):
    return hashlib.md5(body).hexdigest()


def line_of(path, body):
    return f"{len(body)} {md5(body)} {PUBLISHER}{path}"


@dataclass
class Quarters:
    """Files of a day on a shelf, with their list."""

    shelf: object
    paths: list[str]

    def write_list(self, *more):
        lines = [line_of(path, self.shelf.files[path]) for path in self.paths]
        self.shelf.files[LIST] = ("\n".join([*lines, *more]) + "\n").encode()


@pytest.fixture
def quarters(shelf):
    """Six files of 21 January 2019 and their list."""
    stamps = [f"20190121{hour:02}{minute:02}00" for hour in (0, 1) for minute in (0, 15, 30)]
    paths = [f"/gdeltv2/{stamp}.export.CSV.zip" for stamp in stamps]
    shelf.files.update({path: export(stamp) for path, stamp in zip(paths, stamps, strict=True)})
    found = Quarters(shelf, paths)
    found.write_list()
    return found


@pytest.fixture
def made():
    """Makers of files."""

    class Made:
        pass

    for maker in (export, zipped, noise, md5, line_of):
        setattr(Made, maker.__name__, staticmethod(maker))
    Made.LIST, Made.PUBLISHER, Made.DATA = LIST, PUBLISHER, DATA
    return Made
