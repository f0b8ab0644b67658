"""Files for other tools: they hold what the answer holds, say what it means, and keep to the licence."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

import detente as dt
from detente.api.codebook import describe_columns, event_columns
from detente.api.exporting import check_rights, may_pass_on
from detente.errors import InputError

pandas = pytest.importorskip("pandas")
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis 12 on DuckDB 2
COLUMNS = Path(__file__).resolve().parents[2] / "docs/reference/columns.md"
TEXT = 'Japan expelled eight Russian diplomats on 20 April 2022. On 7 March 2022 Russia condemned "Japan".'


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    store = dt.open(tmp_path_factory.mktemp("export") / "store")
    store.add(dt.code_text(TEXT))
    return store.dyad("RUS", "JPN").events()


def test_stata_has_dates_labels_and_gaps(events, tmp_path):
    file, codebook = events.to_stata(tmp_path / "events")
    assert (file.name, codebook.name) == ("events.dta", "events.codebook.csv")
    with pandas.read_stata(file, iterator=True) as reader:
        labels, frame = reader.variable_labels(), reader.read()
        assert reader.data_label.startswith("Events: chosen record")
    assert [day.date() for day in frame["date_start"]] == [event.report.date_start for event in events]
    assert list(frame["quad_"]) == [event.report.quad for event in events]
    assert frame["lat"].isna().all()
    assert list(frame["quote"]) == [event.evidence[0].quote for event in events]
    assert labels["source_country"].startswith("who acts: an ISO 3166")


def test_excel_has_the_rows_and_a_codebook(events, tmp_path):
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    (file,) = events.to_excel(tmp_path / "events.xlsx")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["data", "codebook"]
    names, *rows = book["data"].iter_rows(values_only=True)
    assert list(names) == events.columns()
    assert [row[names.index("date_start")].date() for row in rows] == [event.report.date_start for event in events]
    told = {row[0]: row[2] for row in book["codebook"].iter_rows(values_only=True)}
    assert set(names) <= set(told)
    assert "PLOVER" not in told["report_id"]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_plain_files_come_with_a_codebook(events, tmp_path, ending):
    file, codebook = events.export(tmp_path / f"events.{ending}")
    read = pandas.read_csv if ending == "csv" else pandas.read_parquet
    assert list(read(file)["event_id"]) == [event.event_id for event in events]
    with codebook.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["column"] for row in rows][: len(events.columns())] == events.columns()
    assert any(row["type"] == "licence" for row in rows)


def test_another_ending_is_refused(events, tmp_path):
    with pytest.raises(InputError, match=r"written as \.dta, \.xlsx, \.csv, \.parquet"):
        events.export(tmp_path / "events.sav")


def test_rows_of_a_feed_stay_where_its_licence_says_so():
    assert (may_pass_on("acled/africa"), may_pass_on("gdelt"), may_pass_on("mine")) == (False, True, True)
    check_rights(["gdelt", None])
    with pytest.raises(InputError, match=r"acled may not be passed on .* export a measure") as caught:
        check_rights(["acled", "gdelt"])
    assert "\n" not in str(caught.value)


def test_the_codebook_says_what_the_page_says():
    page = COLUMNS.read_text(encoding="utf-8")
    reports = page.partition("\n## reports\n")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", reports, re.M))
    known = event_columns()
    plain = {name: re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", words) for name, words in told.items()}
    assert plain
    assert {name: known[name].meaning for name in plain} == plain


def test_every_exported_column_is_told(events):
    assert all(column.kind for column in describe_columns(events.columns()))
    assert date(2022, 4, 20) in {event.report.date_start for event in events}
