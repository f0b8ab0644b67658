"""`detente import`: what is kept, patterns, standard input, a long file in pieces; `feeds` and `actors`."""

import gzip
import io
import sys

import pytest

import detente as dt
from detente.feeds import blocks
from detente.feeds.filters import Wanted

ICEWS = "33\t2018-11-25\tRussia\t\tRussian Federation\tx\t112\t-2\tUkraine\t\tUkraine\t7\t1\tP\t\t\t\tUkraine\t1\t2\n"


def lines(*targets):
    return "".join(
        ICEWS.replace("33\t", f"{number}\t", 1).replace("Ukraine\t\tUkraine", f"{target}\t\t{target}")
        for number, target in enumerate(targets, start=1)
    )


@pytest.fixture
def day(homes):
    path = homes / "day.tab"
    path.write_text(lines("Ukraine", "Japan", "Japan", "Atlantis"), encoding="utf-8")
    return path


def counts(done):
    return {name: done[name] for name in ("rows", "stored", "already_stored", "quarantined", "filtered")}


def test_only_and_dyads_filter_and_the_counts_add_up(detente, day):
    done = detente("import", "icews", day, "--dyads", "Russia-JPN", "-f", "json").json
    assert counts(done) == {"rows": 4, "stored": 2, "already_stored": 0, "quarantined": 0, "filtered": 2}
    again = detente("import", "icews", day, "--dyads", "Russia-JPN", "-f", "json").json
    assert counts(again) == {"rows": 4, "stored": 0, "already_stored": 2, "quarantined": 0, "filtered": 2}
    wider = detente("import", "icews", day, "--only", "UKR,JPN", "-f", "json").json
    assert counts(wider) == {"rows": 4, "stored": 1, "already_stored": 2, "quarantined": 0, "filtered": 1}


def test_a_pair_that_is_none_is_one_line(detente, day):
    assert "expected two sides" in detente("import", "icews", day, "--dyads", "RUS").err
    assert detente("import", "icews", day, "--only", "Atlantis").code == 1


def test_patterns(detente, day, homes):
    (homes / "day2.tab").write_text(lines("Japan").replace("1\t2018", "99\t2018"), encoding="utf-8")
    assert detente("import", "icews", homes / "day*.tab", "-f", "json").json["files"] == 2
    assert "check the pattern" in detente("import", "icews", homes / "x*.tab").err


def test_standard_input_plain_and_gzipped(day, tmp_path, monkeypatch):
    from detente.cli.spooling import spooled

    for raw in (day.read_bytes(), gzip.compress(day.read_bytes())):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        with spooled(["-"]) as files:
            store = dt.open(tmp_path / f"store{len(raw)}")
            assert store.import_feed("icews", files).stored == 4
        assert not files[0].exists()


def test_a_long_file_is_stored_piece_by_piece_and_taken_once(tmp_path, day, monkeypatch):
    day.write_text(lines(*["Japan"] * 40), encoding="utf-8")
    real = blocks.read_blocks
    monkeypatch.setattr("detente.feeds.pieces.read_blocks", lambda *args, **more: real(*args, **more, size=500))
    store = dt.open(tmp_path / "store")
    first = store.import_feed("icews", day)
    assert (first.rows, first.stored, first.files) == (40, 40, 1)
    again = store.import_feed("icews", day)
    assert (again.rows, again.stored, again.already_stored) == (40, 0, 40)


def test_own_files_through_a_mapping(detente, homes):
    (homes / "mine.csv").write_text("day,from,to,code\n2022-02-24,Russia,Ukraine,190\n", encoding="utf-8")
    (homes / "mine.toml").write_text(
        '[columns]\ndate_start = "day"\nsource_country = "from"\ntarget_country = "to"\ncameo = "code"\n', "utf-8"
    )
    done = detente("import", "own", homes / "mine.csv", "--mapping", homes / "mine.toml", "-f", "json").json
    assert (done["feed"], done["stored"]) == ("own", 1)
    assert "need a mapping" in detente("import", "own", homes / "mine.csv").err


def test_feeds_lists_sheets_and_shows_one(detente):
    listed = detente("feeds", "-f", "json").json["feeds"]
    assert {"gdelt", "icews", "keds", "acled", "own"} <= {item["feed"] for item in listed}
    assert "GLOBALEVENTID" in detente("feeds", "gdelt").out
    assert "rows may not be passed on" in detente("feeds", "acled").out
    assert detente("feeds", "copdab").code == 1


@pytest.mark.parametrize(
    ("name", "on", "scheme", "country"),
    [
        ("Moscow Times", "2020-01-01", None, None),
        ("RUS", "1990-01-01", "name", "SUN"),
        ("PAL", "1995-01-01", "CAMEO", "PSE"),
        ("LEB", "1995-01-01", "WEIS", "LBN"),
        ("365", "1990-01-01", "COW", "SUN"),
        ("IGOEUREEC", "2015-01-01", "GDELT", "IGO:EU"),
    ],
)
def test_actors_says_who_a_name_is_on_a_day(detente, name, on, scheme, country):
    rows = detente("actors", name, "--on", on, "-f", "json").json["actors"]
    if scheme is None:
        assert rows == []
    else:
        assert country in {row["country"] for row in rows if scheme in row["scheme"]}


def test_bosnian_serbs_are_not_bosnia(detente):
    rows = detente("actors", "BOSSER", "-f", "json").json["actors"]
    assert {row["country"] for row in rows if "KEDS" in row["scheme"]} == {None}


def test_two_choices_of_rows_have_two_keys():
    one = Wanted(frozenset({"RUS"}))
    two = Wanted(dyads=((frozenset({"RUS", "SUN"}), frozenset({"JPN"})),))
    turned = Wanted(dyads=((frozenset({"JPN"}), frozenset({"SUN", "RUS"})),))
    assert len({Wanted().key, one.key, two.key}) == 3
    assert two.key == turned.key
