"""Imported feeds through the command line: KEDS and ICEWS as published."""

import csv
import gzip
import io
import os

import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.data
DIRECTIONS = {"IRQ>KWT", "KWT>IRQ", "joint"}
SERIES = """volume conflict_volume cooperation_volume tone conflict_share military_share coercive_share net""".split()


def _counts_add_up(done):
    return done["rows"] == sum(done[name] for name in ("stored", "already_stored", "quarantined", "filtered"))


def test_import_counts_add_up_and_a_second_import_stores_nothing(detente, icews_files):
    first = detente("import", "icews", *icews_files[:2], "-f", "json").json
    again = detente("import", "icews", *icews_files[:2], "-f", "json").json
    fields = {"feed", "files", "rows", "stored", "already_stored", "quarantined", "filtered", "unmapped_actors"}
    assert fields <= set(first)
    assert _counts_add_up(first)
    assert _counts_add_up(again)
    assert first["files"] == 2
    assert first["stored"] > 1000
    assert (again["rows"], again["stored"]) == (first["rows"], 0)


def test_a_row_that_is_bad_is_set_aside_and_listed(detente, icews_files, homes):
    lines = gzip.decompress(icews_files[0].read_bytes()).decode("utf-8").splitlines(keepends=True)[:30]
    cells = lines[5].split("\t")
    cells[1] = "31 February"
    lines[5] = "\t".join(cells)
    (homes / "20181004-icews-events.tab").write_text("".join(lines), encoding="utf-8")
    done = detente("import", "icews", homes / "20181004-icews-events.tab", "-f", "json").json
    assert done["quarantined"] == 1
    assert done["stored"] == done["rows"] - 1
    listed = detente("quarantine", "-f", "json").json["quarantine"]
    assert len(listed) == 1
    assert listed[0]["line"] == 6
    assert "31 February" in listed[0]["raw"]


def test_a_cut_file_costs_nothing_before_it(detente, icews_files, homes):
    cut = homes / "20991231-icews-events.tab.gz"
    cut.write_bytes(icews_files[1].read_bytes()[:30_000])
    ran = detente("import", "icews", icews_files[0], cut)
    assert ran.code == 1
    assert cut.name in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err
    assert detente("import", "icews", icews_files[0], "-f", "json").json["stored"] == 0


@pytest.mark.parametrize(
    "pair", [("icews", "keds/gulf.parquet"), ("keds", "icews/raw_daily/20181004-icews-events.tab.gz")]
)
def test_a_file_of_another_feed_is_one_line(detente, keds_store, pair, shared):
    ran = detente("import", pair[0], shared / pair[1])
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith("detente: feed file")


def test_a_folder_with_a_readme_is_imported(detente, icews_files, homes):
    (homes / "icews").mkdir()
    (homes / "icews" / icews_files[0].name).write_bytes(icews_files[0].read_bytes())
    (homes / "icews/README.md").write_text("# ICEWS\n", encoding="utf-8")
    assert detente("import", "icews", homes / "icews").code == 0


def test_a_set_cannot_take_the_name_of_the_chosen_record(detente, icews_files):
    assert detente("import", "icews", icews_files[0], "--name", "chosen").code == 1


def test_a_feed_file_of_any_name(detente, icews_files, homes):
    path = os.fsdecode(bytes(homes) + b"/\xff.tab.gz")
    with open(path, "wb") as stream:  # noqa: PTH123 - a name of bytes
        stream.write(icews_files[0].read_bytes())
    assert detente("import", "icews", path).code in {0, 1}


@pytest.mark.parametrize(
    ("question", "rows", "fields"),
    [
        (("index",), "rows", {"period", "direction", "n", *SERIES}),
        (
            ("breaks",),
            "breaks",
            set("date low high probability size sign direction kind series method evidence".split()),
        ),
        (
            ("impact", "--shock", "1990-08-02"),
            "results",
            set("outcome direction estimator effect low high level p_value p_floor n_before n_after unit".split()),
        ),
    ],
)
def test_measures_have_the_fields_of_the_design(detente, keds_store, question, rows, fields):
    verb, *options = question
    ask = (verb, "IRQ", "KWT", *options, "--every", "quarter", "--store", keds_store, "-f")
    whole = detente(*ask, "json").json
    assert whole[rows]
    assert fields <= set(whole[rows][0])
    assert {row["direction"] for row in whole[rows]} <= DIRECTIONS


def test_index_says_the_same_in_every_format(detente, keds_store):
    ask = ("index", "IRQ", "KWT", "--every", "year", "--store", keds_store, "-f")
    whole = detente(*ask, "json").json
    assert detente(*ask, "jsonl").lines == whole["rows"]
    table = list(csv.DictReader(io.StringIO(detente(*ask, "csv").out)))
    arrow = pq.read_table(io.BytesIO(detente(*ask, "parquet").raw))
    values = [row["volume"]["value"] for row in whole["rows"]]
    assert [float(row["volume"]) for row in table] == arrow["volume"].to_pylist() == values
    assert (whole["feed"], whole["record_kind"]) == ("keds", "feed")


def test_index_values_have_intervals_around_them(detente, keds_store):
    rows = detente("index", "IRQ", "KWT", "--every", "year", "--store", keds_store, "-f", "json").json["rows"]
    for row in rows:
        for name in SERIES:
            assert set(row[name]) == {"value", "low", "high"}
        volume = row["volume"]
        assert volume["low"] <= volume["value"] <= volume["high"]
    joint = [row for row in rows if row["direction"] == "joint"]
    assert max(joint, key=lambda row: row["n"])["period"].startswith(("1990", "1991"))


def test_a_shock_outside_a_feed_is_one_line(detente, keds_store):
    ran = detente("impact", "IRQ", "KWT", "--shock", "2022-01-01", "--store", keds_store)
    assert ran.code == 1
    assert "1999-03-31" in ran.err
    assert ran.err.startswith("detente: shock 2022-01-01")


def test_a_pair_without_events_in_a_feed_has_no_brief(detente, keds_store):
    ran = detente("brief", "FJI", "BTN", "--shock", "1990-08-02", "--every", "year", "--store", keds_store)
    assert ran.code == 1


def test_the_feed_named_is_the_feed_read(detente, keds_store):
    ran = detente("events", "Irak", "Kuveyt", "--feed", "keds", "--until", "1980", "--store", keds_store, "-f", "jsonl")
    assert {line["feed"] for line in ran.lines} == {"keds"}
    assert {line["record_kind"] for line in ran.lines} == {"feed"}
    assert all(line["date_end"] <= "1980-12-31" for line in ran.lines)
