"""ICEWS files: actors, places, odd quotes, missing values, bad rows."""

import gzip
import zipfile
from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import FeedError
from detente.feeds import read_feed
from detente.model.tables import QUARANTINE, REPORTS

DATA = Path(__file__).resolve().parents[2] / "../shared/data/icews"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="development data absent")

HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t"
    "Province\tCountry\tLatitude\tLongitude"
)


def line(event_id="1", **values):
    cells = {
        "date": "2018-11-25",
        "source": "Vladimir Putin",
        "source_sectors": "Elite,Executive,Executive Office,Government",
        "source_country": "Russian Federation",
        "code": "112",
        "intensity": "-2",
        "target": "Ukraine",
        "target_sectors": "",
        "target_country": "Ukraine",
        "country": "Ukraine",
        **values,
    }
    order = ("date", "source", "source_sectors", "source_country", "text", "code", "intensity")
    left = [event_id, *(cells.get(name, "Accuse") for name in order)]
    right = [cells["target"], cells["target_sectors"], cells["target_country"], "7", "1", "A paper"]
    return "\t".join([*left, *right, "Kerch", "", "Crimea", cells["country"], "45.36", "36.47"])


def write(folder, *lines, header=HEADER, name="day.tab"):
    path = folder / name
    path.write_text("\n".join([*([header] if header else []), *lines]) + "\n", encoding="utf-8")
    return path


def only(read):
    (row,) = read.reports.to_pylist()
    return row


def test_a_line_becomes_a_report(tmp_path):
    read = read_feed("icews", write(tmp_path, line("34")))
    assert read.reports.schema.equals(REPORTS)
    assert read.quarantine.schema.equals(QUARANTINE)
    row = only(read)
    assert row["report_id"] == "icews:34"
    assert (row["source_country"], row["source_sector"], row["source_actor"]) == (
        "RUS",
        "GOV",
        "icews/vladimir-putin",
    )
    assert (row["target_country"], row["target_sector"], row["target_actor"]) == ("UKR", None, None)
    assert (row["event_type"], row["mode"], row["quad"], row["cameo"]) == ("ACCUSE", "allege", 3, "112")
    assert (row["intensity"], row["intensity_scale"]) == (-2.0, "goldstein")
    assert (row["place_text"], row["place_country"], row["lat"]) == ("Kerch, Crimea, Ukraine", "UKR", 45.36)
    assert (row["source_row"], row["coder"], row["feed"]) == (2, "icews/accent", "icews")


@pytest.mark.parametrize(
    ("name", "sectors", "country", "expected"),
    [
        ("Russia", "", "Russian Federation", ("RUS", None)),
        ("Citizen (Japan)", "General Population / Civilian / Social,Social", "Japan", ("JPN", "CVL")),
        ("Military (Japan)", "Government,Military", "Japan", ("JPN", "MIL")),
        ("Defense (Japan)", "Police,Defense / Security Ministry,Executive,Government", "Japan", ("JPN", "GOV")),
        ("Rebel Group (Chad)", "Rebel,Dissident", "Chad", ("TCD", "REB")),
        ("A Deputy", "Parties,Government,Legislative / Parliamentary", "Japan", ("JPN", "LEG")),
        ("Crimea", "", "Russian Federation", ("RUS", "UNS")),
        ("European Union", "Regional,International Government Organization", "", ("IGO:EU", None)),
        ("Ministry (European Union)", "International Government Organization", "", ("IGO:EU", None)),
        ("Citizen (European Union)", "General Population / Civilian / Social", "", ("IGO:EU", "CVL")),
        ("An Official", "Parties,International Government Organization", "Portugal", (None, "IGO")),
        ("Africa", "", "", (None, "UNS")),
        ("Jens Stoltenberg", "Parties,International Government Organization", "Norway", ("IGO:NATO", None)),
        ("Narendra Modi", "Opposition Major Party (Out Of Government),Parties", "India", ("IND", "GOV")),
    ],
)
def test_who_acts_follows_from_name_labels_and_country(tmp_path, name, sectors, country, expected):
    row = only(read_feed("icews", write(tmp_path, line(source=name, source_sectors=sectors, source_country=country))))
    assert (row["source_country"], row["source_sector"]) == expected
    assert row["source_text"] == name


def test_an_office_counts_only_while_it_is_held(tmp_path):
    labels = {"source": "Narendra Modi", "source_sectors": "Parties", "source_country": "India"}
    read = read_feed("icews", write(tmp_path, line("1", date="2013-05-01", **labels), line("2", **labels)))
    assert read.reports["source_sector"].to_pylist() == ["PTY", "GOV"]


def test_odd_quotes_swallow_nothing(tmp_path):
    read = read_feed("icews", write(tmp_path, line("1", source='Joe "Hockey'), line("2", source='A "B" C'), line("3")))
    assert read.reports["source_text"].to_pylist() == ['Joe "Hockey', 'A "B" C', "Vladimir Putin"]


def test_quotes_around_a_whole_value_are_no_part_of_it(tmp_path):
    assert only(read_feed("icews", write(tmp_path, line(source='"Russia"', source_sectors=""))))["source_text"] == (
        "Russia"
    )


@pytest.mark.parametrize("missing", ["", "NA"])
def test_missing_values_are_null(tmp_path, missing):
    row = only(read_feed("icews", write(tmp_path, line(target_sectors=missing, country=missing, intensity=missing))))
    assert (row["target_sector"], row["place_country"], row["intensity"], row["intensity_scale"]) == (None,) * 4


@pytest.mark.parametrize("header", [HEADER, HEADER.replace(" ", "_"), HEADER.lower(), None])
def test_headers_vary(tmp_path, header):
    assert read_feed("icews", write(tmp_path, line("5"), header=header)).reports["report_id"].to_pylist() == ["icews:5"]


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ("1\t2018-11-25\tshort", "columns"),
        (line("8") + "\textra", "columns"),
        (line(""), "Event ID"),
        (line("8", date="25 Nov"), "Event Date"),
        (line("8", code="0841]"), "CAMEO Code"),
        (line("8", code="999"), "CAMEO Code"),
        (line("8", intensity="much"), "Intensity"),
        (line("1"), "Event ID"),
    ],
)
def test_bad_rows_are_set_aside_with_their_reason(tmp_path, bad, field):
    read = read_feed("icews", write(tmp_path, line("1"), bad))
    (row,) = read.quarantine.to_pylist()
    assert (row["file"], row["line"], row["field"], row["raw"]) == ("day.tab", 3, field, bad)
    assert (read.rows, read.reports.num_rows) == (2, 1)


def test_unmapped_names_are_counted(tmp_path):
    rows = [line("1", source="Somebody", source_country=""), line("2", target="X", target_country="Atlantis")]
    assert dict(read_feed("icews", write(tmp_path, *rows)).unmapped_actors) == {"Atlantis": 1, "Somebody": 1}


def test_gzip_and_zip_are_read(tmp_path):
    plain = write(tmp_path, line("1"))
    (tmp_path / "day.tab.gz").write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(tmp_path / "days.zip", "w") as archive:
        archive.writestr("one.tab", plain.read_bytes())
        archive.writestr("two.tab.gz", gzip.compress(write(tmp_path, line("2")).read_bytes()))
    assert read_feed("icews", tmp_path / "day.tab.gz").rows == 1
    assert sorted(read_feed("icews", tmp_path / "days.zip").reports["report_id"].to_pylist()) == [
        "icews:1",
        "icews:2",
    ]


def test_bytes_that_are_not_utf8_are_replaced_and_said(tmp_path):
    path = write(tmp_path, line("1", source="Peru"), line("2"))
    path.write_bytes(path.read_bytes().replace(b"Peru", b"Per\xfa"))
    read = read_feed("icews", path)
    assert read.rows == 2
    assert any("not UTF-8" in note for note in read.notes)


@pytest.mark.parametrize("text", ["a\tb\tc\n", "Event ID\tEvent Date\n1\t2018-11-25\n"])
def test_a_file_that_is_no_icews_file_is_refused(tmp_path, text):
    with pytest.raises(FeedError, match="ICEWS"):
        read_feed("icews", write(tmp_path, text.strip(), header=None))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("1\t\"'NA-\x00ß"), max_size=30), max_size=6))
def test_no_row_is_lost_or_doubled(tmp_path_factory, lines):
    read = read_feed("icews", write(tmp_path_factory.mktemp("icews"), line("1"), *lines))
    assert read.rows == 1 + sum(1 for text in lines if text.replace("\x00", "").strip())
    assert read.rows == read.reports.num_rows + read.quarantine.num_rows


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", ["raw_daily/20181126-icews-events.tab.gz", "sample2018/events.2018.sample.tab"])
def test_counts_and_sums_are_those_of_the_file(name):
    read = read_feed("icews", DATA / name)
    query = f"""SELECT count(*), sum(CAST(Intensity AS DOUBLE)), count(DISTINCT "Event ID")
        FROM read_csv('{DATA / name}', delim = '\t', quote = '', escape = '', all_varchar = true, nullstr = 'NA')"""
    rows, total, ids = duckdb.sql(query).fetchall()[0]
    assert (read.rows, read.reports.num_rows) == (rows, rows)
    assert pc.sum(read.reports["intensity"]).as_py() == pytest.approx(total)
    assert pc.count_distinct(read.reports["report_id"]).as_py() == ids
    assert read.notes == ()
