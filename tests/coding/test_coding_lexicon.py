"""Patterns are sound, and they match what they say."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from detente.coding.lexicon import find_acts, load_lexicon, noun_forms, verb_forms
from detente.coding.tokens import split_tokens
from detente.ontology.plover import event_types, quad_of

ROLES = {"active", "symmetric", "swap", "noun", "said"}
RULES = sorted({rule for rules in load_lexicon().rules.values() for rule in rules}, key=lambda rule: rule.name)


def table(name):
    with (files("detente.coding") / "data" / name).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def found(text):
    return [(act.rule.event_type, act.rule.mode) for act in find_acts(split_tokens(text), load_lexicon())]


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("expel", {"expel", "expels", "expelled", "expelling"}),
        ("visit", {"visit", "visits", "visited", "visiting"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("deploy", {"deploy", "deploys", "deployed", "deploying"}),
        ("impose", {"impose", "imposes", "imposed", "imposing"}),
        ("clash", {"clash", "clashes", "clashed", "clashing"}),
        ("veto", {"veto", "vetoes", "vetoed", "vetoing"}),
    ],
)
def test_forms_of_a_regular_verb(lemma, forms):
    assert verb_forms(lemma, {}) == forms


def test_forms_of_an_irregular_verb_are_those_of_the_table():
    assert verb_forms("meet", {"meet": ("meets", "met", "meeting", "met")}) == {"meet", "meets", "met", "meeting"}


@pytest.mark.parametrize(
    ("lemma", "plural"), [("embassy", "embassies"), ("strike", "strikes"), ("attache", "attaches")]
)
def test_a_noun_has_its_plural(lemma, plural):
    assert noun_forms(lemma) == {lemma, plural}


def test_no_pattern_stands_twice():
    counts = Counter(row["pattern"] for row in table("acts.csv"))
    assert [pattern for pattern, count in counts.items() if count > 1] == []


def test_no_verb_stands_twice_in_the_table_of_irregular_ones():
    counts = Counter(row["lemma"] for row in table("irregular_verbs.csv"))
    assert [lemma for lemma, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_a_type_and_roles_that_exist(rule):
    assert rule.event_type is None or (rule.event_type in event_types() and quad_of(rule.event_type) in {1, 2, 3, 4})
    assert rule.roles in ROLES


def test_modes_are_those_of_the_code_table():
    with (files("detente.ontology") / "data" / "plover_modes.csv").open(encoding="utf-8") as stream:
        known = {(row["event_type"], row["mode"]) for row in csv.DictReader(stream)}
    used = {(rule.event_type, rule.mode) for rule in RULES if rule.mode}
    assert used - known == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_matches_its_own_words(rule):
    words = [min(item.words) for item in rule.items if item.words and not item.negative]
    acts = find_acts(split_tokens(" ".join(words)), load_lexicon())
    assert acts, words
    assert max(act.rule.weight for act in acts) >= rule.weight or any(act.rule.event_type is None for act in acts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chad expelled two envoys", [("SANCTION", "expel")]),
        ("Chad broke off talks", [("SANCTION", "withdraw")]),
        ("Chad met the conditions", [(None, None)]),
        ("Chad met the envoy", [("CONSULT", None)]),
        ("Chad imposed a curfew", [("COERCE", "curfew")]),
        ("Chad imposed new tariffs", [("SANCTION", "discontinue")]),
        ("Chad shot the plane down", [("ASSAULT", "firearms")]),
        ("Chad is a large country", []),
    ],
)
def test_the_weightier_pattern_wins(text, expected):
    assert found(text) == expected


def test_a_pattern_does_not_reach_over_a_semicolon():
    near = found("Chad imposed many sanctions")
    assert ("SANCTION", "discontinue") in near
    assert ("SANCTION", "discontinue") not in found("Chad imposed order; sanctions hurt")


def test_a_gap_holds_no_more_words_than_it_says():
    assert found("freeze all of the assets") == [("SANCTION", "discontinue")]
    far = "freeze one two three four five six seven assets"
    assert found(far) == []


def test_a_negative_word_forbids_a_pattern():
    assert ("ACCUSE", "disapprove") in found("protest loudly")
    assert ("ACCUSE", "disapprove") not in found("protest suspects")
