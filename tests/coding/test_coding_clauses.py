"""Clauses, subjects, voice and sayings, from word order alone."""

import pytest

from detente.coding.attribution import find_response_cue, sayer_of
from detente.coding.clauses import clause_end, clause_start, find_subject, is_infinitive, is_passive, is_told_passive


def at(reading, word):
    return [token.lower for token in reading.tokens].index(word)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Chad condemned Niger.", "condemned", "TCD"),
        ("Envoys of Chad condemned Niger.", "condemned", "TCD"),
        ("Chad, Mali said, condemned Niger.", "said", "MLI"),
        ("Chad said that Mali condemned Niger.", "condemned", "MLI"),
        ("In Chad Mali condemned Niger.", "condemned", "MLI"),
        ("Rain fell.", "fell", None),
    ],
)
def test_whose_verb_it_is(read, coder, text, verb, subject):
    reading = read(text)
    found = find_subject(reading.tokens, reading.agents, at(reading, verb), coder.lexicon)
    assert (found.country if found else None) == subject


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Niger was condemned by Chad", "condemned", True),
        ("Niger has been strongly condemned", "condemned", True),
        ("Chad condemned Niger", "condemned", False),
        ("Chad has condemned Niger", "condemned", False),
        ("Chad was condemning Niger", "condemning", False),
    ],
)
def test_voice(read, coder, text, verb, passive):
    reading = read(text)
    assert is_passive(reading.tokens, at(reading, verb), coder.lexicon) is passive


@pytest.mark.parametrize(
    ("text", "verb", "told"),
    [
        ("Two Russian diplomats were expelled.", "expelled", True),
        ("Two Russian diplomats are to be expelled.", "expelled", True),
        ("Two Russian diplomats are due to be expelled.", "expelled", True),
        ("He was the first Russian envoy to be expelled.", "expelled", False),
        ("Moscow expelled two diplomats.", "expelled", False),
    ],
)
def test_a_passive_that_tells_of_an_act(read, coder, text, verb, told):
    reading = read(text)
    assert is_told_passive(reading.tokens, at(reading, verb), coder.lexicon) is told


def test_an_infinitive_may_hold_an_adverb(read):
    reading = read("Chad wants to strongly condemn Niger and attack Mali.")
    assert is_infinitive(reading.tokens, at(reading, "condemn"))
    assert not is_infinitive(reading.tokens, at(reading, "attack"))


def test_a_clause_ends_at_a_semicolon_and_at_a_conjunction(read):
    reading = read("Chad left; Niger stayed because Mali helped.")
    stayed = at(reading, "stayed")
    words = [token.lower for token in reading.tokens]
    span = words[clause_start(reading.tokens, stayed) : clause_end(reading.tokens, stayed)]
    assert span == ["niger", "stayed"]


@pytest.mark.parametrize(
    ("text", "sayer", "trailing"),
    [
        ("France said that Chad attacked Niger.", "FRA", False),
        ("Chad attacked Niger, France said.", "FRA", True),
        ("According to France, bandits from Chad attacked Niger.", "FRA", True),
    ],
)
def test_who_says_it(read, text, sayer, trailing):
    reading = read(text)
    assert sayer_of(reading.sayings, at(reading, "attacked")).country == sayer
    assert [saying.trailing for saying in reading.sayings] == [trailing]


@pytest.mark.parametrize(
    "text", ["Chad attacked Niger.", "Islands claimed by Chad are dry.", "Chad was told to leave."]
)
def test_where_nobody_says_anything(read, text):
    assert read(text).sayings == ()


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Chad retaliated.", "retaliated"),
        ("It came as a countermeasure.", "as a countermeasure"),
        ("They answered in kind.", "in kind"),
        ("Chad asked for talks in return of the land.", None),
        ("Chad responded.", None),
    ],
)
def test_words_that_call_an_act_an_answer(text, cue):
    assert find_response_cue(text) == cue


@pytest.mark.parametrize(
    ("text", "governed"),
    [
        ("Chad asked Niger to withdraw its troops.", True),
        ("Chad agreed to provide aid to Niger.", True),
        ("Chad condemned Niger and expelled its envoy.", False),
    ],
)
def test_the_content_of_speech_is_governed_by_it(read, coder, text, governed):
    reading = read(text)
    last = reading.acts[-1]
    assert (reading.governor(last, coder.lexicon) is not None) is governed


@pytest.mark.parametrize(
    ("text", "word", "noun"),
    [
        ("The visit of Chad was short.", "visit", True),
        ("Chad plans to visit Niger.", "visit", False),
        ("US support helped Niger.", "support", True),
        ("Chad supports Niger.", "supports", False),
        ("Chad's attack was short.", "attack", True),
        ("Chad and Niger attack Mali.", "attack", False),
    ],
)
def test_a_noun_is_told_from_a_verb(read, coder, text, word, noun):
    reading = read(text)
    (act,) = [act for act in reading.acts if act.head == at(reading, word)]
    assert reading.is_noun_use(act, coder.lexicon) is noun


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad, which borders Niger, condemned Mali.", {"TCD MLI ACCUSE actual"}),
        ("Peru, which neighbours Brazil, expelled Cuban envoys.", {"PER CUB SANCTION actual"}),
    ],
)
def test_a_relative_clause_does_not_take_the_verb(acts, text, expected):
    assert acts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Chad recalled its ambassador from Mali after Mali condemned Chad.",
            {"TCD MLI SANCTION actual", "MLI TCD ACCUSE actual"},
        ),
        (
            "Chad expelled a Malian envoy before Mali attacked Chad.",
            {"TCD MLI SANCTION actual", "MLI TCD ASSAULT actual"},
        ),
    ],
)
def test_a_clause_of_time_has_its_own_subject(acts, text, expected):
    assert acts(text) == expected
