"""`detente events --format csv|parquet` of a feed whose rows may not be passed on."""

import pytest

HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
ROW = "1\t2018-06-01\tRussian Federation\t\tRussian Federation\t042\t1.9\tJapan\t\tJapan\t\t\t\tJapan\t35\t139"


@pytest.mark.parametrize(("form", "code"), [("csv", 1), ("parquet", 1), ("table", 0)])
def test_rows_that_may_not_be_passed_on_are_not_written(tmp_path, detente, form, code):
    file = tmp_path / "days.tab"
    file.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8")
    assert detente("import", "icews", file, "--store", tmp_path / "store").code == 0
    ran = detente("events", "RUS", "JPN", "--store", tmp_path / "store", "--format", form)
    assert ran.code == code
    assert ("rows of feed icews may not be passed on" in ran.err) == bool(code)
    assert (b"2018-06-01" in ran.raw) == (code == 0)
