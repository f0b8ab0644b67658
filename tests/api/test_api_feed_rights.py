"""Rows of a feed that may not be passed on: refused in every file, whoever asks; measures of them are not."""

import pytest

import detente as dt
from detente.errors import InputError

HEADER = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t"
    "Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
ROW = (
    "{0}\t2018-06-0{0}\tRussian Federation\t\tRussian Federation\tMake statement\t042\t1.9\t"
    "Japan\t\tJapan\t9\t1\tPaper\t\t\t\tJapan\t35\t139"
)


@pytest.fixture
def events(tmp_path):
    file = tmp_path / "days.tab"
    file.write_text("\n".join([HEADER, *(ROW.format(day) for day in (1, 2, 3))]) + "\n", encoding="utf-8")
    store = dt.open(tmp_path / "store")
    assert store.import_feed("icews", file).stored == 3
    return store.dyad("RUS", "JPN").events()


@pytest.mark.parametrize("write", ["to_csv", "to_parquet", "to_stata", "export"])
def test_rows_that_may_not_be_passed_on_are_not_written(tmp_path, events, write):
    with pytest.raises(InputError, match="rows of feed icews may not be passed on"):
        getattr(events, write)(tmp_path / "out.csv")
    assert not list(tmp_path.glob("out.*"))
    assert events.to_arrow().num_rows == 3  # in hand they are the user's own


def test_a_measure_of_them_may_leave(tmp_path, events):
    index = dt.open(tmp_path / "store").dyad("RUS", "JPN").index("month")
    assert index.to_csv(tmp_path / "index.csv").read_text(encoding="utf-8").startswith("period,")
