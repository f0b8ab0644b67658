"""`detente code --explain`: one sentence, its actors, its acts, and why it gave none."""

import pytest

EXPELLED = "Japan expelled eight Russian diplomats on 20 April 2022."


def test_the_actors_and_the_act_of_a_sentence(detente):
    (sentence,) = detente("code", "--explain", EXPELLED, "-f", "json").json["sentences"]
    assert {"JPN", "RUS"} <= {actor["country"] for actor in sentence["actors"]}
    assert [event["event_type"] for event in sentence["events"]] == ["SANCTION"]
    assert any(act["event_type"] == "SANCTION" for act in sentence["acts"])
    assert sentence["reasons"] == []


def test_a_sentence_without_an_act_says_why(detente):
    ran = detente("code", "-", "--explain", "-f", "json", stdin=b"It rained in Tokyo on Monday.")
    (sentence,) = ran.json["sentences"]
    assert sentence["events"] == []
    assert len(sentence["reasons"]) == 1
    assert sentence["reasons"][0]


def test_each_sentence_has_its_own_reasons(detente):
    first, second = detente("code", "--explain", f"{EXPELLED} It rained in Tokyo.", "-f", "json").json["sentences"]
    assert (first["reasons"], len(first["events"])) == ([], 1)
    assert (bool(second["reasons"]), second["events"]) == (True, [])


def test_the_table_has_the_same_parts(detente):
    text = detente("code", "--explain", f"{EXPELLED} It rained in Tokyo.").out
    for part in ("actors:", "acts considered:", "coded:", "JPN>RUS", "nothing coded: "):
        assert part in text


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_other_formats_are_refused(detente, form):
    ran = detente("code", "--explain", EXPELLED, "-f", form)
    assert (ran.code, ran.out) == (1, "")
    assert "expected table or json" in ran.err


def test_two_sentences_apart_are_wrong_use(detente):
    assert detente("code", "--explain", "Japan", "protested").code == 2


def test_nothing_and_too_much_are_refused(detente):
    assert detente("code", "-", "--explain").code == 1
    ran = detente("code", "-", "--explain", stdin=b"a " * 60_000)
    assert "not more than 100,000 characters" in ran.err
