"""`detente evaluate`: a gold file scored, its floors kept or missed, wrong use refused."""

import json
from pathlib import Path

import pytest

EVENT = {
    "source_country": "JPN",
    "target_country": "RUS",
    "event_type": "SANCTION",
    "status": "actual",
    "date_start": "2022-04-20",
    "date_end": "2022-04-20",
}
LINES = [
    {
        "id": "a",
        "language": "en",
        "text": "Japan expelled eight Russian diplomats on 20 April 2022.",
        "events": [EVENT],
    },
    {"id": "b", "language": "en", "text": "It rained in Tokyo on Monday.", "events": []},
]


@pytest.fixture
def gold(homes) -> Path:
    path = homes / "mine.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    return path


def floors(homes, text: str) -> Path:
    path = homes / "floors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_gold_file_is_scored(detente, gold):
    found = detente("evaluate", "coder", gold, "--format", "json").json
    assert (found["gold"], found["n_documents"], found["seed"]) == ("mine.jsonl", 2, 0)
    assert [found["all"][name]["value"] for name in ("f1", "f1_status", "f1_date")] == [1, 1, 1]
    assert found["all"]["false_alarms"] == {"value": 0.0, "low": 0.0, "high": 0.0, "n": 1}
    assert found["by_language"]["en"]["f1"]["value"] == 1
    assert found["by_type"]["SANCTION"]["recall"]["value"] == 1


def test_the_table_names_coder_and_file(detente, gold):
    first, _, *rest = detente("evaluate", "coder", gold).out.splitlines()
    assert first.startswith("detente")
    assert first.endswith(" on mine.jsonl: 2 documents")
    assert rest[0].split()[:2] == ["precision", "1.000"]


def test_floors_that_hold_are_silent(detente, gold, homes):
    path = floors(homes, '[coder]\nf1 = 0.9\nfalse_alarms = 0.1\nreason = "r"')
    ran = detente("evaluate", "coder", gold, "--floors", path)
    assert (ran.code, ran.err) == (0, "")


def test_a_missed_floor_is_a_line_and_exit_code_1(detente, gold, homes):
    path = floors(homes, '["coder.mine"]\nstatus_recall_future = 0.7\nf1 = 1.01\nprecision = 0.5\nreason = "r"')
    ran = detente("evaluate", "coder", gold, "--floors", path)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "floor missed: coder.mine: status_recall_future has no value, its floor is 0.700 (r)",
        "floor missed: coder.mine: f1 1.000 is below its floor 1.010 (r)",
    ]
    assert "precision" in ran.out


def test_a_bad_line_is_one_line(detente, gold):
    gold.write_text(json.dumps(LINES[0]) + '\n{"id": "b"}\n', encoding="utf-8")
    ran = detente("evaluate", "coder", gold)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "detente: mine.jsonl, line 2: field language is missing; expected a non-empty string\n"


def test_a_missing_floors_file_is_one_line(detente, gold):
    ran = detente("evaluate", "coder", gold, "--floors", "nowhere.toml")
    assert ran.code == 1
    assert "nowhere.toml: no file of floors" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [("coder",), ("coder", "gold.jsonl", "--split", "all"), ("chronology", "gold.jsonl"), ("gold.jsonl",)],
)
def test_wrong_use(detente, arguments):
    ran = detente("evaluate", *arguments)
    assert (ran.code, ran.out) == (2, "")


def test_the_chronology_is_scored_as_json_too(detente):
    found = detente("evaluate", "--format", "json").json
    assert found["split"] == "held_out"
    assert 0 < found["f1"]["low"] < found["f1"]["value"] < found["f1"]["high"] < 1
