"""Files of the user's own, as a mapping file says."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detente.errors import FeedError
from detente.feeds import read_feed, read_mapping
from detente.feeds.own import own_sheet

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="development data absent")
MAPPING = """
ignored = ["comment"]
[columns]
date_start = "day"
source_country = "from"
target_country = "to"
cameo = "code"
[constants]
source_sector = "GOV"
[formats]
date = "%d.%m.%Y"
actors = "cow"
codes = "cameo"
"""
ROWS = "day,from,to,code,comment\n24.02.2022,365,369,190,x\n01.05.1986,365,2,057,\n31.02.2022,365,2,057,\n"


def mapping(folder, text=MAPPING):
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def read(folder, rows=ROWS, text=MAPPING, name="mine.csv"):
    (folder / name).write_text(rows, encoding="utf-8")
    return read_feed("own", folder / name, mapping=mapping(folder, text))


def test_a_row_becomes_a_report(tmp_path):
    found = read(tmp_path)
    first, second = found.reports.to_pylist()
    assert (first["source_country"], first["target_country"], first["source_sector"]) == ("RUS", "UKR", "GOV")
    assert (second["source_country"], second["target_country"]) == ("SUN", "USA")
    assert (first["event_type"], first["intensity"], first["intensity_scale"]) == ("ASSAULT", -10.0, "goldstein")
    (bad,) = found.quarantine.to_pylist()
    assert (bad["line"], bad["field"], bad["reason"]) == (4, "date_start", "no date of the form %d.%m.%Y")


def test_equal_rows_are_apart_and_the_same_file_gives_the_same_ids(tmp_path):
    rows = ROWS + "24.02.2022,365,369,190,x\n"
    first = read(tmp_path, rows).reports["report_id"].to_pylist()
    assert len(set(first)) == 3
    assert first == read(tmp_path, rows, name="other.csv").reports["report_id"].to_pylist()


@pytest.mark.parametrize(("scheme", "side"), [("iso3", "RUS"), ("iso2", "RU"), ("names", "Rusya"), ("gw", "365")])
def test_schemes_of_actors(tmp_path, scheme, side):
    found = read(tmp_path, ROWS.replace("365", side), MAPPING.replace("cow", scheme))
    assert found.reports["source_country"].to_pylist() == ["RUS", "SUN"]


def test_plover_types_as_codes(tmp_path):
    text = MAPPING.replace('"cameo"', '"plover"').replace("cameo =", "event_type =")
    found = read(tmp_path, ROWS.replace("190", "ASSAULT").replace("057", "AGREE"), text)
    assert found.reports["event_type"].to_pylist() == ["ASSAULT", "AGREE"]
    assert found.reports["quad"].to_pylist() == [4, 1]


def test_parquet_with_dates(tmp_path):
    table = pa.table({"day": pa.array(["2022-02-24"]).cast(pa.date32()), "from": [365], "to": [369], "code": ["190"]})
    pq.write_table(table, tmp_path / "mine.parquet")
    text = MAPPING.replace("%d.%m.%Y", "%Y-%m-%d")
    found = read_feed("own", tmp_path / "mine.parquet", mapping=mapping(tmp_path, text))
    assert found.reports["target_country"].to_pylist() == ["UKR"]


def test_a_column_neither_mapped_nor_ignored_is_refused(tmp_path):
    with pytest.raises(FeedError, match="comment"):
        read(tmp_path, text=MAPPING.replace('ignored = ["comment"]', ""))
    with pytest.raises(FeedError, match="no column"):
        read(tmp_path, "day,from,to,comment\n24.02.2022,365,369,x\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cameo =", "sentiment =", "sentiment"),
        ('"cow"', '"fifa"', "fifa"),
        ("[constants]", "[konstants]", "konstants"),
        ('date_start = "day"', "", "date_start"),
        ("[columns]", "[columns", "cannot be read"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path, old, new, said):
    with pytest.raises(FeedError, match=said):
        mapping(tmp_path, MAPPING.replace(old, new))


def test_a_mapping_is_for_own_files_only(tmp_path):
    (tmp_path / "x.csv").write_text(ROWS)
    with pytest.raises(FeedError, match="need a mapping"):
        read_feed("own", tmp_path / "x.csv")
    with pytest.raises(FeedError, match="takes no mapping"):
        read_feed("gdelt", tmp_path / "x.csv", mapping=mapping(tmp_path))


def test_the_sheet_of_own_files_lists_the_columns_of_the_mapping(tmp_path):
    sheet = own_sheet(mapping(tmp_path))
    assert set(sheet.columns) == {"day", "from", "to", "code", "comment"}
    assert not sheet.redistribution


@pytest.mark.data
@needs_data
def test_a_joined_extract_of_gdelt_is_read_with_a_mapping(tmp_path):
    path = DATA / "gdelt/extracts/icyswan_20220614_rus_ukr_urls.csv"
    text = """
    ignored = ["QuadClass", "SubEventType", "SOURCEURL"]
    [columns]
    report_id = "GLOBALEVENTID"
    date_start = "MonthYear"
    source_country = "Actor1CountryCode"
    target_country = "Actor2CountryCode"
    intensity = "GoldsteinScale"
    [formats]
    date = "%Y%m"
    actors = "iso3"
    """
    found = read_feed("own", path, mapping=mapping(tmp_path, text))
    assert found.rows == len(path.read_bytes().splitlines()) - 1
    assert set(found.reports["target_country"].to_pylist()) == {"UKR"}
