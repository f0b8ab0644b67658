"""Every verb in every format: standard output holds the answer and nothing else."""

import csv
import io
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

COLUMNS = """report_id date_start date_end date_precision date_basis source_country target_country source_sector
target_sector source_actor target_actor source_text target_text symmetric event_type mode context issue status
retrospective cameo quad intensity intensity_scale place_text place_country lat lon reported_by confidence mentions
feed record_kind import_id source_row publisher_country coder recorded_at evidence quantities materiel""".split()
EVIDENCE = """document_id start end quote citation_number citation_basis publisher title url accessed""".split()
QUESTIONS = {
    "events": ("events", "RUS", "JPN"),
    "index": ("index", "RUS", "JPN"),
    "breaks": ("breaks", "RUS", "JPN"),
    "reciprocity": ("reciprocity", "RUS", "JPN"),
    "impact": ("impact", "RUS", "JPN", "--shock", "2022-04-20"),
    "ledger": ("ledger", "RUS", "JPN", "--as-of", "2022-05-01"),
    "quarantine": ("quarantine",),
}
ROWS = {"breaks": "breaks", "events": "events", "impact": "results", "index": "rows", "ledger": "entries"}
ROWS |= {"reciprocity": "responses"}
FULL = ("events", "index", "ledger")  # a chosen record gives no break and no estimate


def _table(raw):
    return pq.read_table(io.BytesIO(raw))


@pytest.mark.parametrize("verb", QUESTIONS)
def test_json_is_one_object(answer, verb):
    ran = answer(QUESTIONS[verb], "json")
    assert ran.code == 0
    assert isinstance(ran.json, dict)


@pytest.mark.parametrize("verb", ROWS)
def test_jsonl_has_the_rows_of_json(answer, verb):
    whole = answer(QUESTIONS[verb], "json").json
    assert answer(QUESTIONS[verb], "jsonl").lines == whole[ROWS[verb]]


@pytest.mark.parametrize("verb", FULL)
def test_csv_and_parquet_have_the_rows_of_json(answer, verb):
    n_rows = len(answer(QUESTIONS[verb], "json").json[ROWS[verb]])
    rows = list(csv.DictReader(io.StringIO(answer(QUESTIONS[verb], "csv").out)))
    table = _table(answer(QUESTIONS[verb], "parquet").raw)
    assert n_rows == len(rows) == table.num_rows
    assert list(rows[0]) == table.column_names
    assert n_rows >= 2


@pytest.mark.parametrize("verb", FULL)
def test_table_is_for_people_and_notes_are_apart(answer, verb):
    ran = answer(QUESTIONS[verb], "table")
    assert ran.code == 0
    assert len(ran.out.splitlines()) >= 3
    assert not ran.out.startswith(("{", "- "))
    assert ran.err.strip()


@pytest.mark.parametrize("verb", ["events", "breaks", "impact"])
def test_an_answer_without_rows_keeps_its_columns(answer, verb):
    question = ("events", "USA", "FRA") if verb == "events" else QUESTIONS[verb]
    assert "," in answer(question, "csv").out.splitlines()[0]
    assert _table(answer(question, "parquet").raw).column_names


def test_jsonl_events_have_all_columns_and_lists(answer):
    events = answer(QUESTIONS["events"], "jsonl").lines
    assert [event["event_type"] for event in events] == ["SANCTION", "SANCTION"]
    for event in events:
        assert {"event_id", *COLUMNS} <= set(event)
        assert set(EVIDENCE) <= set(event["evidence"][0])
        assert isinstance(event["issue"], list)
        assert isinstance(event["context"], list)


def test_code_gives_the_same_columns_as_events(detente, answer, report):
    coded = detente("code", report, "-f", "jsonl").lines
    events = answer(QUESTIONS["events"], "jsonl").lines
    assert {"event_id", *COLUMNS} <= set(coded[0])
    assert [item["report_id"] for item in coded] == [item["report_id"] for item in events]


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "parquet", "table"])
def test_code_in_every_format(detente, report, form):
    ran = detente("code", report, "-f", form)
    assert ran.code == 0
    count = {
        "json": lambda: len(ran.json["events"]),
        "jsonl": lambda: len(ran.lines),
        "csv": lambda: len(list(csv.DictReader(io.StringIO(ran.out)))),
        "parquet": lambda: _table(ran.raw).num_rows,
        "table": lambda: len(ran.out.splitlines()) - 1,
    }[form]()
    assert count == 2
    assert "2 acts" in ran.err


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "parquet", "table"])
def test_read_in_every_format(detente, report, form):
    ran = detente("read", report, "-f", form)
    assert ran.code == 0
    assert b"expelled" in ran.raw or form == "parquet"
    if form == "parquet":
        assert _table(ran.raw).num_rows == 2
    assert ran.err == ""


def test_read_object_has_the_fields_of_the_design(detente, report):
    document = detente("read", report, "-f", "json").json["documents"][0]
    fields = {"id", "title", "authors", "publisher", "published", "language", "url", "sentences", "citations"}
    assert fields <= set(document)
    assert {"start", "end", "text", "language", "citations"} <= set(document["sentences"][0])
    text = report.read_text(encoding="utf-8")
    assert all(item["text"] == text[item["start"] : item["end"]] for item in document["sentences"])


def test_read_citations_have_the_fields_of_the_design(detente, homes):
    path = homes / "cited.md"
    path.write_text(
        "Japan expelled eight Russian diplomats. [1]\n\nReferences\n\n[1] Kyodo, “Expelled”, 8 April 2022, "
        "https://example.org/a (accessed 9 April 2022).\n",
        encoding="utf-8",
    )
    document = detente("read", path, "-f", "json").json["documents"][0]
    fields = {"number", "author", "publisher", "title", "published", "accessed", "url", "text"}
    assert fields <= set(document["citations"][0])
    assert document["sentences"][0]["citations"] == [1]


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("index", {"dyad", "feed", "record_kind", "every", "rows", "notes"}),
        ("breaks", {"dyad", "every", "breaks", "notes"}),
        ("reciprocity", {"dyad", "split", "responses", "notes"}),
        ("impact", {"dyad", "shock", "shocker", "every", "donors", "headline", "results", "range", "notes"}),
        ("ledger", {"dyad", "as_of", "known_by", "entries", "acts"}),
        ("events", {"dyad", "events"}),
    ],
)
def test_objects_have_the_fields_of_the_design(answer, verb, fields):
    assert fields <= set(answer(QUESTIONS[verb], "json").json)


def test_ledger_entries_have_the_fields_of_the_design(answer):
    entries = answer(QUESTIONS["ledger"], "json").json["entries"]
    fields = {"kind", "what", "by", "against", "status", "since", "until", "known_since", "evidence"}
    assert len(entries) == 4
    assert fields <= set(entries[0])


@pytest.mark.parametrize("verb", ["breaks", "impact", "reciprocity"])
def test_a_chosen_record_says_why_there_is_no_estimate(answer, verb):
    found = answer(QUESTIONS[verb], "json").json
    assert found[ROWS[verb]] == []
    assert any("chosen record" in note for note in found["notes"])


def test_standard_input_is_read_as_text(detente):
    ran = detente("code", "-", "-f", "jsonl", stdin=b"Japan expelled eight Russian diplomats on 8 April 2022.\n")
    assert [(line["date_start"], line["source_country"]) for line in ran.lines] == [("2022-04-08", "JPN")]


def test_jsonl_input_gives_its_id_back_and_offsets_in_its_text(detente):
    texts = {
        " Ünal/№ 7 ": "Önce. Japan expelled eight Russian diplomats.",
        "https://x.org/?a=1#é": "🙂 Russia banned Japanese officials.",
    }
    lines = [
        json.dumps({"id": name, "text": text, "date": "2022-04-08"}, ensure_ascii=False) for name, text in texts.items()
    ]
    ran = detente("code", "-", "--input-format", "jsonl", "-f", "jsonl", stdin="\n".join(lines).encode())
    found = [line["evidence"][0] for line in ran.lines]
    assert [item["document_id"] for item in found] == list(texts)
    assert all(item["quote"] == texts[item["document_id"]][item["start"] : item["end"]] for item in found)


def test_jsonl_previous_is_context_and_never_coded(detente):
    line = {
        "id": "1",
        "text": "Japan expelled eight Russian diplomats.",
        "previous": "Poland expelled three Belarusian diplomats.",
        "date": "2022-04-08",
    }
    ran = detente("code", "-", "--input-format", "jsonl", "-f", "jsonl", stdin=json.dumps(line).encode())
    assert [item["source_country"] for item in ran.lines] == ["JPN"]


def test_uncoded_sentences_are_listed_on_standard_error_only(detente):
    ran = detente("code", "-", "--uncoded", "-f", "jsonl", stdin=b"Russia is larger than Japan by far in area.\n")
    assert ran.out == ""
    assert "Russia is larger" in ran.err


@pytest.mark.parametrize("ending", ["html", pytest.param("md", marks=pytest.mark.slow), "json"])
def test_brief_prints_findings_and_writes_the_file(detente, stored, ending):
    ran = detente("brief", "RUS", "JPN", "--shock", "2022-04-20", "--out", f"answer.{ending}")
    assert ran.code == 0
    assert 1 <= len(ran.out.splitlines()) <= 12
    assert f"answer.{ending}" in ran.err
    assert "expelled eight Russian diplomats" in Path(f"answer.{ending}").read_text(encoding="utf-8")


def test_brief_json_has_the_fields_of_the_design(detente, stored):
    detente("brief", "RUS", "JPN", "--shock", "2022-04-20", "--out", "answer.json")
    brief = json.loads(Path("answer.json").read_text(encoding="utf-8"))
    assert {"question", "statements", "figures", "sources", "methods"} <= set(brief)
    for statement in brief["statements"]:
        assert {"section", "text", "query", "n", "evidence"} <= set(statement)
        assert statement["evidence"] or statement["query"]


def test_an_empty_store_answers_from_the_example_and_says_so(detente, homes):
    ran = detente("brief", "RUS", "JPN", "--shock", "2022-02-24")
    assert ran.code == 0
    assert "example" in ran.err
    assert (homes / "work/brief.html").stat().st_size > 10_000
    assert not (homes / "store").exists()


def test_an_object_from_the_example_says_so(detente):
    found = detente("index", "RUS", "JPN", "-f", "json").json
    assert "example" in json.dumps({name: value for name, value in found.items() if name != "rows"})


@pytest.mark.slow
def test_evaluate_scores_the_held_out_pairs(detente):
    ran = detente("evaluate")
    assert ran.code == 0
    assert "held_out" in ran.out
    assert ran.err == ""
