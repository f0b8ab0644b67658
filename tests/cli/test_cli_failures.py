"""Bad input: one line on standard error that says what to do, exit code 1, nothing stored or lost."""

import json
import sys
from pathlib import Path

import pytest

EVENTS = ("events", "RUS", "JPN")
BRIEF = ("brief", "RUS", "JPN", "--shock", "2022-04-20")


def _line(ran):
    """The one line of a stated failure."""
    assert ran.code == 1
    assert ran.out == ""
    last = ran.err.splitlines()[-1]
    assert last.startswith("detente: ")
    # What stands before is progress or the word that this is the example.
    assert not [line for line in ran.err.splitlines()[:-1] if not line.startswith(("…", "Your store is empty"))]
    return last


def _names(folder):
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def bad_files(homes) -> Path:
    folder = homes / "bad"
    folder.mkdir()
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.md").write_text(" \n\n", encoding="utf-8")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "half.jsonl").write_text('{"id": "1"\n', encoding="utf-8")
    (folder / "page.html").write_text("<html></html>", encoding="utf-8")
    (folder / "names.xyz").write_text("Japan protested.", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "verb", [pytest.param("read", marks=pytest.mark.slow), pytest.param("code", marks=pytest.mark.slow), "add"]
)
@pytest.mark.parametrize(
    "name",
    ["binary.txt", "empty.txt", "blank.md", "paper.pdf", "half.jsonl", "page.html", "names.xyz", "missing.txt"],
)
def test_a_file_that_cannot_be_read(detente, bad_files, homes, verb, name):
    assert name in _line(detente(verb, bad_files / name))
    assert not (homes / "store").exists()


def test_a_folder_without_readable_files(detente, homes):
    (homes / "other").mkdir()
    (homes / "other/picture.png").write_bytes(b"x")
    assert "no readable file" in _line(detente("add", homes / "other"))


def test_an_unknown_input_format(detente, report):
    assert "expected text, markdown, html, jsonl" in _line(detente("code", report, "--input-format", "rtf"))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_an_unreadable_file_with_an_input_format(detente):
    assert "cannot be read" in _line(detente("code", "/proc/self/mem", "--input-format", "text"))


def test_empty_standard_input(detente):
    assert "standard input" in _line(detente("code", "-"))


def test_binary_standard_input(detente):
    assert "standard input" in _line(detente("code", "-", stdin=b"\x00\xff" * 100))


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (b'{"id": "1"}', "text"),
        (b'{"id": "1", "text": ""}', "text"),
        (b'{"id": "1", "text": 5}', "text"),
        (b'{"id": ["1"], "text": "Japan protested."}', "id"),
        (b'{"id": "1", "text": "Japan protested.", "date": "soon"}', "date"),
        (b"[1]", "object"),
        (b"{", "line 1"),
        (b"\xff\xfe\x00", "standard input"),
        (b'{"id": "1", "text": "\\ud800"}', "surrogate"),
    ],
)
def test_a_bad_json_line_is_named(detente, line, word):
    assert word in _line(detente("code", "-", "--input-format", "jsonl", stdin=line))


def test_a_bad_json_line_does_not_cost_the_others(detente):
    good = json.dumps({"id": "1", "text": "Japan expelled eight Russian diplomats."})
    ran = detente("code", "-", "--input-format", "jsonl", "-f", "jsonl", stdin=f"{good}\n{{bad\n".encode())
    assert ran.code == 0
    assert len(ran.lines) == 1
    assert "line 2" in ran.err


def test_an_unknown_country_offers_the_nearest(detente, stored):
    line = _line(detente("events", "Rusia", "Japn"))
    assert "'Rusia'" in line
    assert "RUS (Russia)" in line


@pytest.mark.parametrize(
    "name", ["", " ", "Xqzzy", "IGO:", "IGO:NOBODY", "R\x00S", "9" * 2000, "'; DROP TABLE reports"]
)
def test_no_country_at_all(detente, stored, name):
    assert "is not known" in _line(detente("events", name, "JPN"))


def test_an_unknown_shocker(detente, stored):
    assert "RUS (Russia)" in _line(detente(*BRIEF, "--shocker", "Rusia"))


@pytest.mark.parametrize(
    "other",
    ["RUS", pytest.param("Russia", marks=pytest.mark.slow), pytest.param("Rusya", marks=pytest.mark.slow), "Россия"],
)
def test_both_sides_the_same(detente, stored, other):
    assert "two different sides" in _line(detente("events", "RUS", other))


@pytest.mark.parametrize(
    ("option", "day"),
    [("--since", "yesterday"), ("--until", "24.02.2022"), ("--since", "2022-2-4"), ("--until", "20220224")],
)
def test_a_bad_date(detente, stored, option, day):
    line = _line(detente(*EVENTS, option, day))
    assert repr(day) in line
    assert "YYYY-MM-DD" in line


@pytest.mark.parametrize("day", ["2022-13-01", "2022-02-30"])
def test_a_date_outside_the_calendar(detente, stored, day):
    assert day in _line(detente(*EVENTS, "--since", day))


@pytest.mark.parametrize("verb", ["ledger", "impact", "brief"])
def test_a_bad_day_of_a_measure(detente, stored, verb):
    option = "--as-of" if verb == "ledger" else "--shock"
    assert "'soon'" in _line(detente(verb, "RUS", "JPN", option, "soon"))


def test_a_bad_known_by(detente, stored):
    assert "'soon'" in _line(detente("ledger", "RUS", "JPN", "--as-of", "2022-05-01", "--known-by", "soon"))


def test_dates_in_the_wrong_order(detente, stored):
    assert "2023" in _line(detente(*EVENTS, "--since", "2023", "--until", "2021"))


@pytest.mark.parametrize("day", [pytest.param("2022-04-07", marks=pytest.mark.slow), "2022-04-28"])
def test_a_shock_outside_the_record(detente, stored, day):
    assert "2022-04-08 to 2022-04-27" in _line(detente("brief", "RUS", "JPN", "--shock", day))
    assert not Path("brief.html").exists()


def test_a_pair_without_events(detente, stored):
    assert "United States and France" in _line(detente("brief", "USA", "FRA", "--shock", "2022-04-20"))


def test_an_unknown_feed_names_those_there_are(detente, stored):
    assert "chosen" in _line(detente(*EVENTS, "--feed", "gdelt"))


def test_an_unknown_feed_to_import(detente, report):
    assert "acled, gdelt" in _line(detente("import", "copdab", report))


@pytest.mark.parametrize(
    "out", ["brief.docx", pytest.param(".html", marks=pytest.mark.slow), pytest.param("-", marks=pytest.mark.slow)]
)
def test_a_bad_ending_of_out(detente, stored, out):
    assert ".html, .pdf, .md or .json" in _line(detente(*BRIEF, "--out", out))


@pytest.mark.parametrize("out", ["missing/brief.html", pytest.param("folder.html", marks=pytest.mark.slow)])
def test_an_out_that_cannot_be_written(detente, stored, out):
    Path("folder.html").mkdir()
    assert "cannot be written" in _line(detente(*BRIEF, "--out", out))


def test_a_bad_out_is_refused_before_the_work(detente, stored):
    assert "measuring" not in detente(*BRIEF, "--out", "brief.docx").err


@pytest.mark.parametrize("format_version", [0, 3, 99])
@pytest.mark.parametrize("question", [EVENTS, ("quarantine",), ("add", "{report}")])
def test_a_store_of_another_version(detente, report, homes, format_version, question):
    marker = homes / "store/detente.json"
    marker.parent.mkdir()
    marker.write_text(json.dumps({"format": format_version, "id": "x"}), encoding="utf-8")
    line = _line(detente(*(part.format(report=report) for part in question)))
    assert f"format {format_version}" in line
    assert _names(marker.parent) == ["detente.json"]


def test_the_remedy_for_an_old_store_exists(detente, homes):
    (homes / "store").mkdir()
    (homes / "store/detente.json").write_text('{"format": 0, "id": "x"}', encoding="utf-8")
    line = _line(detente(*EVENTS))
    assert "the version of detente that made it" in line
    assert "`detente " not in line  # a remedy that is a verb would have to be one


@pytest.mark.parametrize("content", ["", "no json", "[]", '{"format": "one"}', '{"id": "x"}'])
def test_a_broken_marker(detente, homes, content):
    (homes / "store").mkdir()
    (homes / "store/detente.json").write_text(content, encoding="utf-8")
    assert "detente.json cannot be read" in _line(detente(*EVENTS))


@pytest.mark.parametrize("question", [EVENTS, ("quarantine",), ("add", "{report}"), ("import", "keds", "{report}")])
def test_a_folder_that_is_no_store(detente, report, homes, question):
    (homes / "letters").mkdir()
    (homes / "letters/letter.txt").write_text("Dear", encoding="utf-8")
    ran = detente(*(part.format(report=report) for part in question), "--store", homes / "letters")
    assert "is no store" in _line(ran)
    assert _names(homes / "letters") == ["letter.txt"]


@pytest.mark.parametrize("question", [("add", "{report}"), ("quarantine",)])
def test_a_file_as_store(detente, report, question):
    ran = detente(*(part.format(report=report) for part in question), "--store", report)
    assert "Not a directory" in _line(ran)


def test_a_file_as_store_of_a_question(detente, report):
    assert "Not a directory" in _line(detente(*EVENTS, "--store", report))


@pytest.mark.parametrize("verb", ["events", "index", "breaks"])
def test_a_missing_store_of_a_question(detente, homes, verb):
    assert "no such store" in _line(detente(verb, "RUS", "JPN", "--store", homes / "nowhere"))
    assert not (homes / "nowhere").exists()


def test_quarantine_makes_no_store(detente, homes):
    detente("quarantine", "--store", homes / "nowhere")
    assert not (homes / "nowhere").exists()


def test_a_damaged_table_is_one_line(detente, stored, homes):
    for path in (homes / "store/reports").glob("*.parquet"):
        path.write_bytes(b"")
    assert str(homes / "store") in _line(detente(*EVENTS))


def test_a_damaged_log_is_one_line(detente, stored, homes):
    for path in (homes / "store/reports/_delta_log").glob("*.json"):
        path.write_text("{bad\n", encoding="utf-8")
    assert "table reports" in _line(detente(*EVENTS))


def test_a_damaged_table_is_not_called_safe(detente, stored, homes):
    for path in (homes / "store/reports").glob("*.parquet"):
        path.unlink()
    assert "is safe" not in _line(detente(*EVENTS))


@pytest.mark.skipif(sys.platform == "win32", reason="file names of bytes are POSIX")
def test_a_line_end_in_a_file_name(detente, homes):
    (homes / "a\nb.txt").write_bytes(b"")
    assert "empty file" in _line(detente("add", homes / "a\nb.txt"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("events", "RUS"),
        ("events", "RUS", "JPN", "CHN"),
        ("brief", "RUS", "JPN"),
        ("index", "RUS", "JPN", "--every", "fortnight"),
        ("index", "RUS", "JPN", "--format", "xml"),
        ("index", "RUS", "JPN", "--actors", "none"),
        ("ledger", "RUS", "JPN"),
        ("add",),
        ("import", "keds"),
        ("events", "RUS", "JPN", "--colour"),
        (),
    ],
)
def test_wrong_use_is_exit_code_2(detente, arguments):
    ran = detente(*arguments)
    assert ran.code == 2
    assert "Usage: detente" in ran.err
    assert ran.out == ""
