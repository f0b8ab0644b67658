"""Lists as publishers write them, and as nobody should: what is damaged or hostile is counted and left."""

import json
from datetime import date

import pytest

from detente.errors import FeedError, InputError
from detente.fetching import check_mirror, feed_sources, find_source
from detente.fetching.addresses import mirrored
from detente.fetching.list_lines import Damaged
from detente.fetching.listing import LIST_FORMS

SUM = "0123456789abcdef0123456789abcdef"
HOST = "http://data.gdeltproject.org"
DATAVERSE = (
    "https://dataverse.harvard.edu/api/datasets/:persistentId/versions/:latest-published/files?persistentId=doi:x"
)


@pytest.fixture
def read(tmp_path):
    """Files and damage of a list of a form."""

    def found(form, addresses, *texts):
        paths = [tmp_path / f"list{number}" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        damaged = Damaged()
        return list(LIST_FORMS[form](paths, addresses, damaged)), damaged

    return found


def gdelt_2(read, text):
    return read("gdelt-2", [f"{HOST}/gdeltv2/masterfilelist.txt"], text)


def test_gdelt_2_gives_events_and_passes_over_the_rest(read):
    kinds = ("export.CSV.zip", "mentions.CSV.zip", "gkg.csv.zip")
    files, damaged = gdelt_2(read, "".join(f"150383 {SUM} {HOST}/gdeltv2/20150218230000.{kind}\n" for kind in kinds))
    assert damaged.count == 0
    (file,) = files
    assert (file.name, file.size, file.md5) == ("20150218230000.export.CSV.zip", 150_383, SUM)
    assert file.first == file.last == date(2015, 2, 18)


def test_gdelt_2_translated(read):
    files, _ = gdelt_2(read, f"10 {SUM} {HOST}/gdeltv2/20190121220000.translation.export.CSV.zip")
    assert [file.name for file in files] == ["20190121220000.translation.export.CSV.zip"]


@pytest.mark.parametrize(
    "line",
    [
        f"10 {SUM}",
        f"10 {SUM} {HOST}/gdeltv2/20190121220000.export.CSV.zip more",
        f"-10 {SUM} {HOST}/gdeltv2/20190121220000.export.CSV.zip",
        f"0 {SUM} {HOST}/gdeltv2/20190121220000.export.CSV.zip",
        f"{'9' * 30} {SUM} {HOST}/gdeltv2/20190121220000.export.CSV.zip",
        f"{'9' * 3000} {SUM} {HOST}/gdeltv2/20190121220000.export.CSV.zip",
        f"٣٣ {SUM} {HOST}/gdeltv2/20190121220000.export.CSV.zip",
        f"10 {SUM[1:]} {HOST}/gdeltv2/20190121220000.export.CSV.zip",
        f"10 {SUM} file:///etc/20190121220000.export.CSV.zip",
        f"10 {SUM} ftp://data.gdeltproject.org/gdeltv2/20190121220000.export.CSV.zip",
        f"10 {SUM} http://169.254.169.254/gdeltv2/20190121220000.export.CSV.zip",
        f"10 {SUM} http://data.gdeltproject.org@evil.example/20190121220000.export.CSV.zip",
        f"10 {SUM} {HOST}/gdeltv2/../../20190121220000.export.CSV.zip",
        f"10 {SUM} {HOST}/gdeltv2/%2e%2e/20190121220000.export.CSV.zip",
        f"10 {SUM} {HOST}/gdeltv2/..\\..\\20190121220000.export.CSV.zip",
        f"10 {SUM} {HOST}/gdeltv2/.bashrc",
        f"10 {SUM} {HOST}/gdeltv2/",
        f"10 {SUM} {HOST}/gdeltv2/nul.zip",
        f"10 {SUM} {HOST}/gdeltv2/20191321220000.export.CSV.zip",
        f"10 {SUM} http://[::1/20190121220000.export.CSV.zip",
        "\x00\x01\x02",
        "x" * 100_000,
    ],
)
def test_a_damaged_or_hostile_line_is_left_and_the_next_is_read(read, line):
    good = f"10 {SUM} {HOST}/gdeltv2/20190121221500.export.CSV.zip"
    files, damaged = gdelt_2(read, f"{line}\n{good}\n")
    assert [file.name for file in files] == ["20190121221500.export.CSV.zip"]
    assert damaged.count == 1
    assert "list0, line 1: " in damaged.told[0]
    assert len(damaged.told[0]) < 500


def test_bytes_that_are_no_text_are_left(read):
    files, damaged = gdelt_2(
        read, b"\xff\xfe\xff 1 2\n" + f"10 {SUM} {HOST}/gdeltv2/20190121221500.export.CSV.zip".encode()
    )
    assert (len(files), damaged.count) == (1, 1)


def test_gdelt_1_is_joined_from_two_lists(read):
    addresses = [f"{HOST}/events/md5sums", f"{HOST}/events/filesizes"]
    names = [
        "20190121.export.CSV.zip",
        "201303.zip",
        "1979.zip",
        "GDELT.MASTERREDUCEDV2.1979-2013.zip",
        "20190122.export.CSV.zip",
    ]
    sums = "".join(f"{SUM}  {name}\n" for name in names[:4]) + f"{SUM}  ../../x\n"
    sizes = "".join(f"{number + 1} {name}\n" for number, name in enumerate(names)) + "many 1980.zip\n"
    files, damaged = read("gdelt-1", addresses, sums, sizes)
    assert [(file.name, file.size, file.md5) for file in files] == [
        (names[0], 1, SUM),
        (names[1], 2, SUM),
        (names[2], 3, SUM),
        (names[4], 5, None),
    ]
    assert [(str(file.first), str(file.last)) for file in files][1:3] == [
        ("2013-03-01", "2013-03-31"),
        ("1979-01-01", "1979-12-31"),
    ]
    assert files[0].address == f"{HOST}/events/20190121.export.CSV.zip"
    assert damaged.count == 2
    (reduced,), _ = read("gdelt-reduced", addresses, sums, sizes)
    assert (reduced.size, str(reduced.last)) == (4, "2013-12-31")


def entry(number, label, **data):
    restricted = data.pop("restricted", False)
    found = {"id": number, "filename": label, "filesize": 10, "md5": SUM, **data}
    return {"label": label, "restricted": restricted, "dataFile": found}


def test_icews_comes_from_dataverse(read):
    entries = [
        entry(1, "events.1995.20150313082510.tab.zip"),
        entry(2, "Events.2017.20200602.tab.zip"),
        entry(3, "20190309-icews-events.zip"),
        entry(4, "20190309-icews-events.zip"),
        entry(5, "20230106-icews-events.tab.zip"),
        entry(
            6,
            "20200517-icews-events.tab",
            originalFileFormat="text/tsv",
            originalFileSize=7,
            originalFileName="20200517-icews-events.tsv",
            checksum={"type": "MD5", "value": SUM.upper()},
        ),
        entry(7, "CAMEO.Conflict.and.Mediation.Event.Observations.Codebook.pdf"),
        entry(8, "../../events.1996.20150313082510.tab"),
        entry(9, "20190310-icews-events.zip", restricted=True),
        entry(10, "20190311-icews-events.zip", filesize=-1),
        {"label": "events.1997.20150313082510.tab"},
        None,
        "text",
    ]
    files, damaged = read("dataverse-icews", [DATAVERSE], json.dumps({"status": "OK", "data": entries}))
    assert [file.name for file in files] == [
        "1-events.1995.20150313082510.tab.zip",
        "2-Events.2017.20200602.tab.zip",
        "3-20190309-icews-events.zip",
        "4-20190309-icews-events.zip",
        "5-20230106-icews-events.tab.zip",
        "6-20200517-icews-events.tab",
    ]
    assert files[0].address == "https://dataverse.harvard.edu/api/access/datafile/1"
    assert files[5].address == "https://dataverse.harvard.edu/api/access/datafile/6?format=original"
    assert (files[5].size, files[5].md5) == (7, SUM)
    assert (str(files[0].first), str(files[0].last)) == ("1995-01-01", "1995-12-31")
    assert files[2].first < date(2019, 3, 9) < files[2].last
    assert damaged.count == 5
    assert "restricted" in damaged.told[0]


@pytest.mark.parametrize("text", ["", "<html>busy</html>", "[]", '{"data": 3}', "[" * 100_000])
def test_what_is_no_list_of_dataverse_is_refused(read, text):
    with pytest.raises(FeedError, match="list list0"):
        read("dataverse-icews", [DATAVERSE], text)


def test_polecat_by_year(read):
    entries = [entry(1, "ngecEvents.DV.2018.txt.zip"), entry(2, "readme.txt")]
    (file,), _ = read("dataverse-polecat", [DATAVERSE], json.dumps({"data": entries}))
    assert (file.name, str(file.last)) == ("1-ngecEvents.DV.2018.txt.zip", "2018-12-31")


def test_the_newest_ged_is_taken(read):
    page = """<a href='/downloads/ged/ged241-csv.zip'>x</a> <a href="ged/ged251-csv.zip">y</a> <a href=ged251.pdf>"""
    (file,), _ = read("ucdp-ged", ["https://ucdp.uu.se/downloads/"], page)
    assert file.address == "https://ucdp.uu.se/downloads/ged/ged251-csv.zip"
    assert (str(file.first), str(file.last), file.md5) == ("1989-01-01", "2024-12-31", None)
    with pytest.raises(FeedError, match="links no ged"):
        read("ucdp-ged", ["https://ucdp.uu.se/downloads/"], "<html>")


def test_every_source_has_a_reader_of_lists_and_of_files():
    from detente.feeds import FEEDS

    for name, source in feed_sources().items():
        assert source.form in LIST_FORMS
        assert source.feed in FEEDS, name
        assert name.split("/")[0] == source.feed


def test_a_feed_without_a_list_says_where_to_go():
    with pytest.raises(FeedError, match=r"'keds' cannot be fetched: .* get the set at https://"):
        find_source("keds")
    with pytest.raises(InputError, match="'dgelt' is not known: expected one of gdelt"):
        find_source("dgelt")


def test_a_mirror_keeps_paths():
    mirror = check_mirror("https://mirror.example:8000/feeds/")
    assert (
        mirrored("http://x.example/a/b?format=original", mirror)
        == "https://mirror.example:8000/feeds/a/b?format=original"
    )
    for wrong in ("file:///x", "mirror.example", "ftp://m/", "http://u:p@m/", "http://m/?a", "http://m:99999/"):
        with pytest.raises(InputError):
            check_mirror(wrong)
