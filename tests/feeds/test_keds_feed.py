"""KEDS files: what is read equals what the file holds, and bad rows are set aside with their reason."""

import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import FeedError
from detente.feeds import read_feed
from detente.model.tables import QUARANTINE, REPORTS

DATA = Path(__file__).resolve().parents[2] / "../shared/data/keds"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="development data absent")

WEIS = """900801\tIRQ\tKUW\t173\t(SPECIF THREAT)
900802\tIRQ\tKUW\t223\t(MIL ENGAGEMENT)
900802\tIRQ\tKUW\t223\t(MIL ENGAGEMENT)
19900803\tUSA\tIRQ\t193\t(CUT AID)
1990-08-06\tUNO\tIRQ\t192\t(CUT ROUTINE ACT)
910101\tRUS\tRUS\t020\t(COMMENT)
"""


def write(folder, text, name="set.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def column(read, name):
    return read.reports[name].to_pylist()


def test_a_text_file_becomes_reports(tmp_path):
    read = read_feed("keds", write(tmp_path, WEIS))
    assert read.reports.schema.equals(REPORTS)
    assert read.quarantine.schema.equals(QUARANTINE)
    assert (read.rows, read.reports.num_rows, read.quarantine.num_rows) == (6, 6, 0)
    assert [str(day) for day in column(read, "date_start")] == [
        "1990-08-01",
        "1990-08-02",
        "1990-08-02",
        "1990-08-03",
        "1990-08-06",
        "1991-01-01",
    ]
    assert column(read, "source_country") == ["IRQ", "IRQ", "IRQ", "USA", "IGO:UN", "SUN"]
    assert column(read, "target_country") == ["KWT", "KWT", "KWT", "IRQ", "IRQ", "SUN"]
    assert column(read, "intensity") == [-7.0, -10.0, -10.0, -5.6, -4.1, 0.0]
    assert column(read, "event_type")[:4] == ["THREATEN", "ASSAULT", "ASSAULT", "SANCTION"]
    assert column(read, "event_type")[5] is None
    assert set(column(read, "intensity_scale")) == {"goldstein"}
    assert set(column(read, "symmetric")) == {False}
    assert set(column(read, "import_id")) == {None}
    assert column(read, "source_row") == [1, 2, 3, 4, 5, 6]


def test_equal_rows_keep_ids_of_their_own_and_the_file_name_is_in_none(tmp_path):
    first = column(read_feed("keds", write(tmp_path, WEIS)), "report_id")
    again = column(read_feed("keds", write(tmp_path, WEIS, "other.dat")), "report_id")
    assert first == again
    assert len(set(first)) == 6
    assert first[1].removesuffix(":1") == first[2].removesuffix(":2")
    named = column(read_feed("keds", write(tmp_path, WEIS), name="keds/gulf"), "report_id")
    assert not set(first) & set(named)


def test_parquet_gives_the_ids_of_the_text(tmp_path):
    rows = [line.split("\t")[:4] for line in WEIS.splitlines()]
    path = tmp_path / "set.parquet"
    pq.write_table(
        pa.table({name: [row[i] for row in rows] for i, name in enumerate(("date", "source", "target", "code"))}),
        path,
    )
    read = read_feed("keds", path)
    assert column(read, "report_id") == column(read_feed("keds", write(tmp_path, WEIS)), "report_id")


def test_a_header_names_the_columns_in_any_order(tmp_path):
    text = "Code\tSource\tTarget\tDate\n223\tIRQ\tKUW\t1990-08-02\n"
    read = read_feed("keds", write(tmp_path, text))
    assert (read.rows, column(read, "target_country"), column(read, "source_row")) == (1, ["KWT"], [2])


def test_zipped_files_are_read(tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/set.txt", WEIS)
        archive.writestr("readme.md", "nothing")
    assert read_feed("keds", path).rows == 6


BAD = [
    ("900802\tIRQ\tKUW", "columns"),
    ("901302\tIRQ\tKUW\t223", "date"),
    ("soon\tIRQ\tKUW\t223", "date"),
    ("900802\t\tKUW\t223", "source"),
    ("900802\tIRQ\t---\t223", "target"),
    ("900802\tIRQ\tKUW\t0841]", "code"),
    ("900802\tIRQ\tKUW\t999", "code"),
]


@pytest.mark.parametrize(("line", "field"), BAD)
def test_bad_rows_are_set_aside_with_their_reason(tmp_path, line, field):
    read = read_feed("keds", write(tmp_path, WEIS + line + "\n"))
    (bad,) = read.quarantine.to_pylist()
    assert (bad["file"], bad["line"], bad["field"], bad["raw"]) == ("set.txt", 7, field, line)
    assert bad["reason"]
    assert (read.rows, read.reports.num_rows) == (7, 6)


def test_a_code_without_a_score_keeps_the_row(tmp_path):
    read = read_feed("keds", write(tmp_path, WEIS + "900807\tIRQ\tKUW\t199\n"))
    assert column(read, "intensity")[-1] is None
    assert column(read, "intensity_scale")[-1] is None
    assert column(read, "event_type")[-1] == "SANCTION"


def test_unknown_actors_are_kept_and_counted(tmp_path):
    read = read_feed("keds", write(tmp_path, WEIS + "900807\tIRQ\tXQZ\t223\n900808\tXQZ\tIRQ\t223\n"))
    assert dict(read.unmapped_actors) == {"XQZ": 2}
    assert column(read, "target_country")[6] is None
    assert column(read, "target_text")[6] == "XQZ"


def test_the_codes_overrule_the_label(tmp_path):
    text = "date\tsource\ttarget\tcode\tsystem\n900802\tIRQ\tKUW\t223\tCAMEO\n"
    read = read_feed("keds", write(tmp_path, text))
    assert column(read, "intensity") == [-10.0]
    assert any("only in WEIS" in note for note in read.notes)
    assert any("CAMEO" in note and "followed" in note for note in read.notes)


def test_the_name_of_the_file_is_overruled_too(tmp_path):
    read = read_feed("keds", write(tmp_path, WEIS, "gulf.cameo.txt"))
    assert any("its name" in note for note in read.notes)


def test_codes_that_do_not_tell_need_a_label(tmp_path):
    with pytest.raises(FeedError, match="do not tell CAMEO from WEIS"):
        read_feed("keds", write(tmp_path, "900802\tIRQ\tKUW\t172\n"))
    labelled = "date\tsource\ttarget\tcode\tsystem\n900802\tIRQ\tKUW\t172\tWEIS\n"
    assert column(read_feed("keds", write(tmp_path, labelled)), "intensity") == [-5.8]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("900802\tIRQ\tKUW\tA1\n900803\tIRQ\tKUW\tB2\n", "neither CAMEO nor WEIS: 0 of 2"),
        ("\n\n", "holds no rows"),
    ],
)
def test_a_file_that_is_no_keds_file_is_refused(tmp_path, text, message):
    with pytest.raises(FeedError, match=message):
        read_feed("keds", write(tmp_path, text))


def test_broken_and_missing_files_are_refused(tmp_path):
    for name in ("set.parquet", "set.zip", "set.txt.gz"):
        with pytest.raises(FeedError, match=r"set\."):
            read_feed("keds", write(tmp_path, "not that", name))
    with pytest.raises(FeedError, match="is not there"):
        read_feed("keds", tmp_path / "none.txt")
    with pytest.raises(FeedError, match="choose one of"):
        read_feed("copdab", write(tmp_path, WEIS))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from('09IRQ\t"]-\x01é'), max_size=24), max_size=8))
def test_no_row_is_lost_or_doubled(tmp_path_factory, lines):
    path = write(tmp_path_factory.mktemp("keds"), WEIS + "\n".join(lines))
    read = read_feed("keds", path)
    assert read.rows == 6 + sum(1 for line in lines if line.replace("\x01", "").strip())
    assert read.rows == read.reports.num_rows + read.quarantine.num_rows


@pytest.mark.data
@needs_data
@pytest.mark.parametrize(("name", "scale", "bad"), [("levant", "cameo_scale", 1), ("gulf", "weis_goldstein_scale", 0)])
def test_counts_and_sums_are_those_of_the_file(name, scale, bad):
    read = read_feed("keds", DATA / f"{name}.parquet", name=f"keds/{name}")
    query = f"""SELECT count(*), sum(CAST(s.goldstein AS DOUBLE)) FROM '{DATA / name}.parquet' e
        LEFT JOIN read_csv('{DATA / scale}.csv', all_varchar = true) s USING (code)"""
    rows, total = duckdb.sql(query).fetchall()[0]
    assert (read.rows, read.quarantine.num_rows) == (rows, bad)
    assert read.reports.num_rows == rows - bad
    assert pc.sum(read.reports["intensity"]).as_py() == pytest.approx(total)
    assert pc.count_distinct(read.reports["report_id"]).as_py() == rows - bad
    assert sum(read.unmapped_actors.values()) < rows * 2 * 0.001


@pytest.mark.data
@needs_data
def test_gulf_is_weis_and_iraq_invades_kuwait():
    read = read_feed("keds", DATA / "gulf.parquet")
    assert any("codes are WEIS" in note for note in read.notes)
    reports = read.reports  # noqa: F841  (read by DuckDB under this name)
    query = """SELECT sum(intensity) FROM reports WHERE source_text LIKE 'IRQ%' AND target_text LIKE 'KUW%'
        AND date_start BETWEEN '1990-08-01' AND '1990-08-31'"""
    assert duckdb.sql(query).fetchall()[0][0] == pytest.approx(-93.6)
