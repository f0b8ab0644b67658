"""`detente review`: decisions, lists, the pass from a pipe, and what is refused."""

import pytest


@pytest.fixture
def ids(stored, detente):
    return [event["event_id"] for event in detente("events", "RUS", "JPN", "-f", "json").json["events"]]


def test_a_pass_from_a_pipe_decides_one_after_the_other(detente, ids):
    answers = b"a\nx\nc\nevent_type=ACCUSE,status=alleged\nonly words\n"
    ran = detente("review", "RUS", "JPN", "--by", "Ann", stdin=answers)
    assert ran.code == 0
    assert "2 of 2 events decided" in ran.out
    assert "Japan expelled eight Russian diplomats" in ran.out
    assert "'x' is none of the keys" in ran.err
    listed = detente("review", "--list", "-f", "json").json["events"]
    assert [(item["event_id"], item["standing"]) for item in listed] == [(ids[0], "accepted"), (ids[1], "corrected")]
    assert listed[1]["reviews"][0]["changes"][0] == {"field": "event_type", "before": "SANCTION", "after": "ACCUSE"}
    assert detente("review", "RUS", "JPN", "--unreviewed", "-f", "json").json == {"events": []}
    undone = detente("review", "RUS", "JPN", "--by", "Ann", stdin=b"")
    assert "0 of 0 events decided" in undone.out


def test_a_rejected_event_is_left_out_and_said(detente, ids, monkeypatch):
    monkeypatch.setenv("DETENTE_REVIEWER", "Ann")
    done = detente("review", ids[0], "--reject", "--why", "no act", "-f", "json").json
    assert (done["decision"], done["event_id"], done["already"]) == ("reject", ids[0], False)
    for used, left in (("corrected", ids[1:]), ("all", ids), ("accepted", [])):
        ran = detente("events", "RUS", "JPN", "--reviewed", used, "-f", "json")
        assert [event["event_id"] for event in ran.json["events"]] == left
        assert "Reviews: " in ran.err
    notes = detente("index", "RUS", "JPN", "-f", "json").json["notes"]
    assert notes[-1].endswith("of this pair 0 accepted, 0 corrected, 1 rejected.")
    history = detente("review", ids[0])
    assert "rejected by Ann" in history.out
    assert detente("review", ids[0], "--undo", "--why", "it was one").code == 0
    assert len(detente("events", "RUS", "JPN", "-f", "json").json["events"]) == 2


def test_a_decision_on_an_older_state_is_told_what_changed(detente, ids):
    state = detente("review", ids[0], "-f", "json").json["events"][0]["state"]
    assert detente("review", ids[0], "--accept", "--by", "Bob", "--seen", state).code == 0
    late = detente("review", ids[0], "--reject", "--by", "Ann", "--why", "no act", "--seen", state)
    assert late.code == 1
    assert "was changed since you saw it (accepted by Bob" in late.err
    again = detente("review", ids[0], "--accept", "--by", "Bob", "--seen", state, "-f", "json").json
    assert again["already"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--accept",), "who decides?"),
        (("--reject", "--by", "Ann"), "a reason is needed to reject"),
        (("--set", "event_type=FOO", "--by", "Ann", "--why", "x"), "event_type 'FOO' is not known"),
        (("--set", "event_type", "--by", "Ann", "--why", "x"), "expected NAME=VALUE"),
        (("--set", "colour=red", "--by", "Ann", "--why", "x"), "set 'colour' is not known"),
        (("--set", "date=2022-13", "--by", "Ann", "--why", "x"), "date '2022-13'"),
        (("--set", "mode=visit", "--by", "Ann", "--why", "x"), "is none of SANCTION"),
        (("--set", "source_country=RUS", "--by", "Ann", "--why", "x"), "both sides would be RUS"),
        (("--set", "status=actual", "--by", "Ann", "--why", "x"), "changes nothing"),
        (("--split", "r", "--by", "Ann", "--why", "x"), "report 'r' is none of event"),
        (("--merge", "r", "--by", "Ann", "--why", "x"), "event 'r' is not in the store"),
        (("--undo", "--by", "Ann", "--why", "x"), "no review to undo"),
        (("--accept", "--reject", "--by", "Ann"), "one event and one decision"),
    ],
)
def test_what_will_not_do_is_one_line(detente, ids, arguments, told):
    ran = detente("review", ids[0], *arguments)
    assert ran.code == 1
    assert ran.out == ""
    assert told in ran.err
    assert len(ran.err.strip().splitlines()) == 1
