"""Words keep their places in the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.tokens import split_tokens, token_at

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("Aab’'-‑.,;0 9\n\u00a0[]“”$%_ßİışçЯя中😀"), st.characters(codec="utf-8")),
    max_size=80,
)


@given(TEXTS)
def test_every_token_is_the_words_at_its_place(text):
    for token in split_tokens(text):
        assert text[token.start : token.end] == token.text


@given(TEXTS)
def test_tokens_are_in_order_and_lose_nothing_but_space(text):
    tokens = split_tokens(text)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    assert "".join(token.text for token in tokens) == "".join(text.split())


@given(TEXTS)
def test_an_offset_leads_to_the_token_that_holds_it(text):
    tokens = split_tokens(text)
    for index, token in enumerate(tokens):
        assert {token_at(tokens, offset) for offset in range(token.start, token.end)} == {index}
    assert token_at(tokens, len(text)) == len(tokens)


def test_an_offset_between_tokens_leads_to_the_next():
    tokens = split_tokens("Chad   protested.")
    assert tokens[token_at(tokens, 5)].text == "protested"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru’s U.S. envoy", ["Peru’s", "U.S.", "envoy"]),
        ("an S-300 and F-16s", ["an", "S-300", "and", "F-16s"]),
        ("3,500 troops, 7.5 percent", ["3,500", "troops", ",", "7.5", "percent"]),
        ("didn’t go", ["didn’t", "go"]),
        ("Турция ввела", ["Турция", "ввела"]),
        ("“No,” he said", ["“", "No", ",", "”", "he", "said"]),
    ],
)
def test_words_are_split_where_a_reader_splits_them(text, expected):
    assert [token.text for token in split_tokens(text)] == expected


@pytest.mark.parametrize(("text", "bare"), [("Peru's", "peru"), ("Peru’s", "peru"), ("sanctions", "sanctions")])
def test_the_bare_word_has_no_possessive_ending(text, bare):
    assert split_tokens(text)[0].bare == bare


@pytest.mark.parametrize("name", ["M23", "G7", "F16"])
def test_a_name_of_letters_and_digits_is_one_token(name):
    assert [token.text for token in split_tokens(name)] == [name]
