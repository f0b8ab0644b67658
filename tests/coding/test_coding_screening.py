"""The screen: what it stops, what it lets through, and that it does not look at who the actors are."""

from dataclasses import replace

import numpy as np
import pytest

from detente.coding import code_document
from detente.coding.reading import read_sentence
from detente.coding.screening import EVERYTHING, SIZE, Screen, hashed, load_screen
from detente.model import Document, Sentence


@pytest.fixture
def read(coder):
    def reading(text, language="en"):
        return read_sentence(text, Sentence(0, len(text), language, 0), coder.gazetteer, coder.lexicon, None)

    return reading


def place_of(word, read):
    """Where a word is hashed to: what a sentence with it has more than one without."""
    with_it = read(f"Japan {word} Russia")
    without = read("Japan and Russia")
    return np.setdiff1d(hashed(with_it.tokens, with_it.agents), hashed(without.tokens, without.agents))


def test_places_do_not_depend_on_the_actors(read):
    one, other = read("Japan expelled two Russian diplomats."), read("Norway expelled two Iranian diplomats.")
    assert hashed(one.tokens, one.agents).tolist() == hashed(other.tokens, other.agents).tolist()
    assert len(hashed(one.tokens, one.agents)) > 3
    assert hashed(one.tokens, one.agents).max() < SIZE


def test_words_decide(read):
    weights = np.zeros(SIZE, dtype=np.float32)
    weights[place_of("bombed", read)] = 1.0
    screen = Screen({"en": weights}, {"en": 0.0}, {"en": 0.5})
    assert screen.may_hold_act(read("Norway bombed Iran."))
    assert not screen.may_hold_act(read("Norway resembles Iran."))


def test_a_language_without_weights_is_let_through(read):
    screen = Screen({"en": np.zeros(SIZE, dtype=np.float32)}, {"en": 0.0}, {"en": 1.0})
    assert not screen.may_hold_act(read("Norway bombed Iran."))
    assert screen.may_hold_act(read("Норвегия бомбила Иран.", "ru"))
    assert EVERYTHING.may_hold_act(read("Norway resembles Iran."))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Japan expelled eight Russian diplomats on Monday.", "en"),
        ("Russia shelled a Ukrainian town.", "en"),
        ("Norway and Iran signed a treaty.", "en"),
        ("Rusya, Japon büyükelçisini sınır dışı etti.", "tr"),
        ("Россия выслала восемь японских дипломатов.", "ru"),
    ],
)
def test_plain_acts_come_through(text, language, read):
    assert load_screen().may_hold_act(read(text, language))


def test_a_sentence_that_is_passed_over_says_so(coder):
    text = "Japan expelled eight Russian diplomats on Monday."
    stop = Screen({"en": np.zeros(SIZE, dtype=np.float32)}, {"en": 0.0}, {"en": 1.0})
    document = Document("d", text, language="en", sentences=(Sentence(0, len(text), "en", 0),))
    coded = code_document(document, replace(coder, screen=stop))
    assert coded.reports == ()
    assert [item.reason for item in coded.uncoded] == ["its words tell of no act"]
    told = replace(coder, screen=stop).explain(text)
    assert {act["outcome"] for act in told["acts"]} == {"passed over"}
    assert "passed over" not in {act["outcome"] for act in coder.explain(text)["acts"]}
