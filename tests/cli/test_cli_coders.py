"""Other coders by name: installed by entry point, checked, told apart in what they give."""

import json
import sys
from importlib import metadata
from pathlib import Path

import pytest

TEXT = "Paris put the blame on Madrid."


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    """Packages that bring coders, without any being installed."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import fake_coder

    names = {name.lower().removesuffix("coder"): f"fake_coder:{name}" for name in ("WordCoder", "BadCoder", "NoCoder")}
    names |= {"telling": "fake_coder:TellingCoder", "gone": "fake_coder:Gone", "away": "no_such_package:Coder"}
    monkeypatch.setattr(metadata, "entry_points", fake_coder.stub_entry_points(names))
    yield
    sys.modules.pop("fake_coder", None)


@pytest.fixture
def text(homes) -> Path:
    path = homes / "blame.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_coder_codes_and_is_named_in_what_it_gives(detente, text):
    ran = detente("code", text, "--coder", "word", "-f", "jsonl")
    (event,) = ran.lines
    assert (event["source_country"], event["coder"]) == ("FRA", "words/3")
    assert event["evidence"][0]["quote"] == "blame"


def test_what_it_coded_is_kept_and_asked_for(detente, text):
    assert "1 new event" in detente("add", text, "--coder", "word").out
    (event,) = detente("events", "FRA", "ESP", "-f", "json").json["events"]
    assert event["coder"] == "words/3"


@pytest.mark.parametrize("verb", [("code",), ("add",), ("evaluate",), ("code", "--explain")])
def test_an_unknown_name_lists_the_known_ones(detente, text, verb):
    ran = detente(*verb, *([] if verb == ("evaluate",) else [text]), "--coder", "wrod")
    assert ran.code == 1
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert line.startswith("detente: coder 'wrod' is not known: choose one of detente")
    assert line.endswith(", away, bad, gone, no, telling, word")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("away", "coder 'away' (no_such_package:Coder) cannot be loaded: No module named"),
        ("gone", "coder 'gone' (fake_coder:Gone) cannot be loaded"),
        ("no", "is NoCoder without name, version or code_documents"),
        ("bad", "has a quote that is not the document's text from 0 to 3"),
    ],
)
def test_a_coder_that_is_none_is_one_line(detente, text, name, said):
    ran = detente("code", text, "--coder", name)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err.splitlines()[-1]


def test_another_coder_is_scored(detente, homes):
    event = {"source_country": "FRA", "target_country": "ESP", "event_type": "ACCUSE", "status": "actual"}
    lines = [
        {"id": "a", "language": "en", "text": TEXT, "events": [event]},
        {"id": "b", "language": "en", "text": "Nobody is to blame in Rome.", "events": []},
    ]
    path = homes / "gold.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = detente("evaluate", "coder", path, "--coder", "word", "-f", "json").json
    assert found["coder"] == "words/3"
    figures = {name: found["all"][name]["value"] for name in ("precision", "recall", "false_alarms")}
    assert figures == {"precision": 0.5, "recall": 1.0, "false_alarms": 1.0}
    assert found["all"]["calibration_error"]["value"] == pytest.approx(0.4)


def test_a_coder_that_explains_itself_is_asked(detente):
    found = detente("code", "--explain", TEXT, "--coder", "telling", "-f", "json").json
    assert found["told_by_coder"] is True
    (sentence,) = found["sentences"]
    assert sentence["acts"] == [{"text": "blame", "event_type": "ACCUSE", "pattern": "blame/v", "score": 0.4}]
    assert sentence["events"][0]["event_type"] == "ACCUSE"


def test_one_that_does_not_is_seen_from_outside(detente):
    ran = detente("code", "--explain", TEXT, "--coder", "word", "-f", "json")
    (sentence,) = ran.json["sentences"]
    assert [actor["country"] for actor in sentence["actors"]] == ["FRA", "ESP"]
    assert ran.json["told_by_coder"] is False
    reasons = detente("code", "--explain", "Nothing here.", "--coder", "word", "-f", "json").json["sentences"][0][
        "reasons"
    ]
    assert reasons == ["no blame"]
