"""GDELT files: 57, 58 and 61 columns, reduced, damaged, mixed, labelled wrong."""

import gzip
import zipfile
from pathlib import Path

import pytest

from detente.errors import FeedError
from detente.feeds import FeedFile, feed_sheet, read_feed, read_feeds
from detente.feeds.blocks import read_blocks
from detente.model.tables import QUARANTINE, REPORTS

DATA = Path(__file__).resolve().parents[2] / "../shared/data/gdelt"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="development data absent")
LAYOUTS = {len(layout.columns): layout.columns for layout in feed_sheet("gdelt").layouts}
FILES = {
    "20191024143000.export.CSV": 2111,
    "20151207.export.CSV.small": 5000,
    "20190121220000.export.CSV.zip": 1629,
    "narayave_events_20151027.csv": 2116,
    "20170101073000.export.CSV": 720,
    "20141124.export.CSV.zip": 100,
    "aamend_events_20150218230000.csv": 100,
    "aamend_eventsT_20150218_translation.csv": 100,
}


def row(width=61, **values):
    cells = {
        "GLOBALEVENTID": "410412347",
        "SQLDATE": "20220224",
        "Actor1Code": "RUSMIL",
        "Actor1Name": "RUSSIAN",
        "Actor1CountryCode": "RUS",
        "Actor1Type1Code": "MIL",
        "Actor2Code": "UKR",
        "Actor2Name": "UKRAINE",
        "Actor2CountryCode": "UKR",
        "EventCode": "190",
        "GoldsteinScale": "-10.0",
        "NumMentions": "12",
        "ActionGeo_FullName": "Kyiv, Kyyiv, Misto, Ukraine",
        "ActionGeo_CountryCode": "UP",
        "ActionGeo_Lat": "50.4333",
        "ActionGeo_Long": "30.5167",
        **values,
    }
    return "\t".join(cells.get(column, "") for column in LAYOUTS[width])


def write(folder, *lines, name="20220224.export.CSV"):
    path = folder / name
    path.write_bytes("".join(line + "\n" for line in lines).encode("utf-8", "surrogateescape"))
    return path


def only(read):
    (found,) = read.reports.to_pylist()
    return found


@pytest.mark.parametrize("width", [57, 58, 61])
def test_a_line_becomes_a_report(tmp_path, width):
    read = read_feed("gdelt", write(tmp_path, row(width)))
    assert read.reports.schema.equals(REPORTS)
    assert read.quarantine.schema.equals(QUARANTINE)
    found = only(read)
    assert found["report_id"] == "gdelt:410412347"
    assert str(found["date_start"]) == str(found["date_end"]) == "2022-02-24"
    assert (found["source_country"], found["source_sector"], found["source_text"]) == ("RUS", "MIL", "RUSSIAN")
    assert (found["target_country"], found["target_sector"], found["target_actor"]) == ("UKR", None, None)
    assert (found["cameo"], found["event_type"], found["quad"]) == ("190", "ASSAULT", 4)
    assert (found["intensity"], found["intensity_scale"], found["mentions"]) == (-10.0, "goldstein", 12)
    assert (found["place_country"], found["lat"], found["lon"]) == ("UKR", 50.4333, 30.5167)
    assert (found["feed"], found["coder"], found["source_row"]) == ("gdelt", "gdelt/tabari", 1)


@pytest.mark.parametrize(
    ("parts", "country", "sector", "actor"),
    [
        ({"Code": "IGOEUREEC", "CountryCode": "EUR", "KnownGroupCode": "EEC"}, "IGO:EU", None, None),
        ({"Code": "AFR", "CountryCode": "AFR"}, None, None, "region/africa"),
        ({"Code": "GOV", "Type1Code": "GOV"}, None, "GOV", None),
        ({"Code": "PTY"}, None, "PTY", None),
        ({"Code": "AFGINSTAL", "CountryCode": "AFG", "KnownGroupCode": "TAL", "Type1Code": "INS"}, "AFG", "REB",
         "group/taliban"),
        ({"Code": "IRNMOS", "CountryCode": "IRN", "Religion1Code": "MOS"}, "IRN", "CVL", "gdelt/irnmos"),
        ({"Code": "ROM", "CountryCode": "ROM"}, "ROU", None, None),
        ({"Code": "ROU", "CountryCode": "ROU"}, "ROU", None, None),
    ],
)  # fmt: skip
def test_an_actor_is_who_its_parts_say(tmp_path, parts, country, sector, actor):
    empty = dict.fromkeys(("Code", "CountryCode", "KnownGroupCode", "Type1Code"), "")
    values = {f"Actor1{name}": value for name, value in {**empty, **parts}.items()}
    found = only(read_feed("gdelt", write(tmp_path, row(**values))))
    assert (found["source_country"], found["source_sector"], found["source_actor"]) == (country, sector, actor)


@pytest.mark.parametrize(("day", "country"), [("19911225", "SUN"), ("19911226", "RUS")])
def test_a_state_is_that_of_the_day(tmp_path, day, country):
    assert only(read_feed("gdelt", write(tmp_path, row(SQLDATE=day))))["source_country"] == country


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"SQLDATE": "20220231"}, "SQLDATE"),
        ({"SQLDATE": "2022"}, "SQLDATE"),
        ({"EventCode": "---"}, "EventCode"),
        ({"EventCode": "999"}, "EventCode"),
        ({"GLOBALEVENTID": ""}, "GLOBALEVENTID"),
        ({"GoldsteinScale": "x"}, "GoldsteinScale"),
        ({"NumMentions": "many"}, "NumMentions"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_line_field_and_self(tmp_path, values, field):
    bad = row(**values)
    read = read_feed("gdelt", write(tmp_path, row(), bad, row(GLOBALEVENTID="7")))
    assert (read.rows, read.reports.num_rows) == (3, 2)
    (aside,) = read.quarantine.to_pylist()
    assert (aside["file"], aside["line"], aside["field"], aside["raw"]) == ("20220224.export.CSV", 2, field, bad)
    assert read.reports["source_row"].to_pylist() == [1, 3]


def test_a_cut_line_is_set_aside_and_lines_keep_their_numbers(tmp_path):
    read = read_feed("gdelt", write(tmp_path, "", row(), "410\t2022", row(GLOBALEVENTID="7")))
    (aside,) = read.quarantine.to_pylist()
    assert (aside["line"], aside["field"], aside["reason"]) == (3, "columns", "2 columns, expected 61")
    assert read.reports["source_row"].to_pylist() == [2, 4]


def test_lines_of_two_layouts_in_one_file_are_both_read(tmp_path):
    read = read_feed("gdelt", write(tmp_path, row(58), row(57, GLOBALEVENTID="7"), row(61, GLOBALEVENTID="8")))
    assert sorted(read.reports["report_id"].to_pylist()) == ["gdelt:410412347", "gdelt:7", "gdelt:8"]
    assert set(read.reports["place_country"].to_pylist()) == {"UKR"}


def test_quotes_are_letters_and_bytes_that_are_not_utf8_are_replaced(tmp_path):
    path = write(tmp_path, row(Actor1Name='THE "TIGER'), row(GLOBALEVENTID="7", Actor1Name="PER\udcfa"))
    read = read_feed("gdelt", path)
    assert read.reports["source_text"].to_pylist() == ['THE "TIGER', "PER\ufffd"]
    assert any("not UTF-8" in note for note in read.notes)


def test_gz_and_zip_hold_the_same(tmp_path):
    text = write(tmp_path, row()).read_bytes()
    (tmp_path / "a.export.CSV.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("20220224.export.CSV", text)
        archive.writestr("notes.md", "no rows")
    for name in ("a.export.CSV.gz", "b.zip"):
        assert read_feed("gdelt", tmp_path / name).reports["report_id"].to_pylist() == ["gdelt:410412347"]


def test_a_file_in_blocks_gives_what_it_gives_whole(tmp_path):
    path = write(tmp_path, *(row(GLOBALEVENTID=str(i)) for i in range(50)))
    blocks = list(read_blocks(path, (".csv",), size=500))
    assert len(blocks) > 10
    assert b"".join(block.text for block in blocks) == path.read_bytes()


def test_a_header_may_be_there_and_an_unknown_column_is_refused(tmp_path):
    header = "\t".join(LAYOUTS[61])
    assert read_feed("gdelt", write(tmp_path, header, row())).rows == 1
    with pytest.raises(FeedError, match="Mood"):
        read_feed("gdelt", write(tmp_path, header + "\tMood", row() + "\tbad"))


def test_what_is_no_event_file_is_refused_with_the_reason(tmp_path):
    with pytest.raises(FeedError, match="57 or 58 or 61 columns"):
        read_feed("gdelt", write(tmp_path, "a\tb\tc"))
    with pytest.raises(FeedError, match=r"20 columns.*icews"):
        read_feed("gdelt", write(tmp_path, "\t".join("abcdefghijklmnopqrst")))
    weis = [row(GLOBALEVENTID=str(i), EventCode="223") for i in range(3)]
    with pytest.raises(FeedError, match="3 of 3 events have codes that exist only in WEIS"):
        read_feed("gdelt", write(tmp_path, *weis))


def test_the_files_before_a_bad_one_are_given(tmp_path):
    good, bad = write(tmp_path, row()), write(tmp_path, "a\tb", name="bad.CSV")
    reads = read_feeds("gdelt", [FeedFile(good, "one"), FeedFile(bad, "two")])
    assert next(reads).reports["import_id"].to_pylist() == ["one"]
    with pytest.raises(FeedError, match=r"bad\.CSV"):
        next(reads)


def test_a_line_of_a_reduced_file_is_as_many_rows_as_it_says(tmp_path):
    columns = feed_sheet("gdelt-reduced").layouts[0].columns
    line = "19990324\tUSAMIL\tSER\t195\t3\t9\t4\t-10\t1\t38\t-97\t1\t44\t21\t1\t44\t21"
    read = read_feed("gdelt-reduced", write(tmp_path, "\t".join(columns), line, line.replace("\t3\t9", "\t0\t9")))
    assert (read.rows, read.reports.num_rows, read.quarantine.num_rows) == (4, 3, 1)
    assert len(set(read.reports["report_id"].to_pylist())) == 3
    assert sorted(read.reports["mentions"].to_pylist(), key=str) == [9, None, None]
    assert set(read.reports["target_country"].to_pylist()) == {"YUG"}


@pytest.mark.data
@needs_data
@pytest.mark.parametrize("name", FILES)
def test_counts_and_sums_are_the_files(name):
    path = DATA / "events" / name
    read = read_feed("gdelt", path)
    assert read.rows == FILES[name] == read.reports.num_rows + read.quarantine.num_rows
    text = b"".join(block.text for block in read_blocks(path, (".csv", ".csv.small"))).decode()
    cells = [line.split("\t") for line in text.splitlines() if line]
    place = {column: number for number, column in enumerate(LAYOUTS[len(cells[0])])}
    assert read.quarantine.num_rows == 0
    for column, ours in (("GoldsteinScale", "intensity"), ("NumMentions", "mentions")):
        there = [float(row[place[column]]) for row in cells if row[place[column]]]
        assert sum(value or 0 for value in read.reports[ours].to_pylist()) == pytest.approx(sum(there))
    codes = sorted(row[place["EventCode"]] for row in cells)
    assert sorted(read.reports["cameo"].to_pylist()) == codes


@pytest.mark.data
@needs_data
def test_parquet_with_all_columns_is_read_and_extra_ones_are_refused():
    with pytest.raises(FeedError, match="row_id"):
        read_feed("gdelt", DATA / "extracts" / "andeek_westafrica_conflict_1979_1997.parquet")


@pytest.mark.data
@needs_data
def test_a_result_of_bigquery_with_a_header_and_commas():
    read = read_feed("gdelt", DATA / "extracts" / "hackathon_bigquery_20141013.csv")
    assert (read.rows, read.quarantine.num_rows) == (909, 0)
