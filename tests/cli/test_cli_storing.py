"""`detente add`: once is enough, one act is one event, and one bad file costs nothing else."""

import json

import pytest

KYODO = "---\npublisher: Kyodo\ndate: 2022-04-08\n---\n\nJapan expelled eight Russian diplomats on 8 April 2022.\n"
TASS = (
    "---\npublisher: TASS\ndate: 2022-04-09\n---\n\n"
    "Tokyo expelled eight Russian diplomats and trade officials on 8 April 2022.\n"
)


def _events(detente, *arguments):
    return detente("events", "RUS", "JPN", "-f", "jsonl", *arguments).lines


def _files(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_adding_twice_changes_nothing(detente, stored, homes):
    before, events = _files(homes / "store"), _events(detente)
    ran = detente("add", stored)
    assert ran.code == 0
    assert ran.out.startswith("0 documents stored (1 there already), 0 reports")
    assert _files(homes / "store") == before
    assert _events(detente) == events


def test_two_reports_of_one_act_are_one_event_with_two_pieces_of_evidence(detente, homes):
    (homes / "kyodo.md").write_text(KYODO, encoding="utf-8")
    (homes / "tass.md").write_text(TASS, encoding="utf-8")
    detente("add", homes / "kyodo.md")
    first = _events(detente)
    assert "1 joined" in detente("add", homes / "tass.md").out
    events = _events(detente)
    assert [event["event_id"] for event in events] == [event["event_id"] for event in first]
    assert [item["publisher"] for item in events[0]["evidence"]] == ["Kyodo", "TASS"]
    assert len(events[0]["report_ids"]) == 2


def test_one_act_in_two_files_of_one_call_is_one_event_too(detente, homes):
    (homes / "two").mkdir()
    (homes / "two/kyodo.md").write_text(KYODO, encoding="utf-8")
    (homes / "two/tass.md").write_text(TASS, encoding="utf-8")
    detente("add", homes / "two")
    events = _events(detente)
    assert len(events) == 1
    assert {item["publisher"] for item in events[0]["evidence"]} == {"Kyodo", "TASS"}


@pytest.mark.slow
def test_two_acts_stay_two_events(detente, homes):
    for number, count in enumerate(("eight", "twelve")):
        text = f"Japan expelled {count} Russian diplomats on {8 + number} April 2022.\n"
        (homes / f"{number}.txt").write_text(text, encoding="utf-8")
        detente("add", homes / f"{number}.txt")
    assert [len(event["evidence"]) for event in _events(detente)] == [1, 1]


def test_a_bad_file_in_a_folder_costs_nothing_else(detente, homes):
    folder = homes / "many"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text(KYODO, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"\x00" * 50)
    (folder / "c.jsonl").write_text(
        '{"id": "1", "text": "Russia banned 63 Japanese officials on 4 May 2022."}\n{bad\n', encoding="utf-8"
    )
    (folder / "deep/d.html").write_text("<p>", encoding="utf-8")
    ran = detente("add", folder)
    assert ran.code == 0
    assert ran.out.startswith("2 documents stored")
    assert ran.err.count("left out: ") == 3
    assert {event["date_start"] for event in _events(detente)} == {"2022-04-08", "2022-05-04"}


def test_a_failure_costs_nothing_that_was_stored(detente, stored, homes):
    before = _events(detente)
    (homes / "bad.txt").write_bytes(b"\x00" * 50)
    for arguments in (("add", homes / "bad.txt"), ("import", "keds", homes / "bad.txt"), ("import", "icews", stored)):
        assert detente(*arguments).code == 1
    assert _events(detente) == before


def test_the_same_text_in_two_files_of_one_call_is_stored_once(detente, homes):
    for name in ("a.txt", "b.txt"):
        (homes / name).write_text("Japan expelled eight Russian diplomats on 8 April 2022.\n", encoding="utf-8")
    ran = detente("add", homes / "a.txt", homes / "b.txt")
    assert [len(event["evidence"]) for event in _events(detente)] == [1]
    assert ran.out.startswith("1 document stored (1 there already), 1 report")


def test_two_texts_of_one_id_never_break_a_quote(detente, homes):
    texts = ["Japan expelled eight Russian diplomats.", "In April, Russia banned 63 Japanese officials."]
    (homes / "two.jsonl").write_text(
        "\n".join(json.dumps({"id": "d", "text": text, "date": "2022-04-08"}) for text in texts), encoding="utf-8"
    )
    ran = detente("add", homes / "two.jsonl")
    assert ran.code == 1
    assert "stands for two texts" in ran.err


@pytest.mark.parametrize("name", ["--çöküş №1's a?b*c #x", pytest.param("a b", marks=pytest.mark.slow)])
def test_a_store_of_any_name(detente, report, homes, name):
    assert detente("add", report, "--store", homes / name).code == 0
    assert len(_events(detente, "--store", homes / name)) == 2


@pytest.mark.slow
def test_a_relative_store_and_a_link_to_it(detente, report, homes):
    assert detente("add", report, "--store", "mine").code == 0
    (homes / "link").symlink_to(homes / "work/mine")
    assert len(_events(detente, "--store", homes / "link")) == 2


@pytest.mark.slow
def test_two_stores_do_not_mix(detente, stored, homes):
    (homes / "other.txt").write_text("Poland expelled 45 Russian diplomats on 23 March 2022.\n", encoding="utf-8")
    detente("add", homes / "other.txt", "--store", homes / "other")
    assert len(_events(detente)) == 2
    assert _events(detente, "--store", homes / "other") == []
