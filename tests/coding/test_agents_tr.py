"""Who stands in a Turkish sentence."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.agents_tr import find_agents_tr
from detente.coding.tokens import split_tokens
from detente.coding.turkish_nouns import can_modify, case_of, is_possessed, without_agentive
from detente.ontology.gazetteer import load_gazetteer

LINES = (Path(__file__).parent / "agents_tr.tsv").read_text(encoding="utf-8").splitlines()[1:]
WORDS = (
    "Rusya Rusya'nın Japon Japonya'ya ile ve , . savaş uçakları hükümeti Büyükelçisi Tokyo Dışişleri Bakanı Hakan "
    "Fidan ABD'li yetkililerce Kremlin NATO Genel Sekreteri tarafından karşı merkezli Hamas lideri "
    "ANKARA (AA) - ' gaz Putin"
).split()


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def agents_of(gazetteer, text):
    return find_agents_tr(text, split_tokens(text), gazetteer, None)


def told(text, agent):
    owner = " of" if agent.possessive else ""
    return (
        f"{text[agent.start : agent.end]} = {agent.country or agent.actor or '-'} {agent.kind} {agent.sector or '-'} "
        f"{agent.preposition or '-'}{owner}"
    )


@pytest.mark.parametrize("line", LINES)
def test_agents_of_a_sentence(gazetteer, line):
    text, expected = line.split("\t")
    assert [told(text, agent) for agent in agents_of(gazetteer, text)] == expected.split("; ")


@pytest.mark.parametrize(
    ("text", "name", "actor"),
    [
        ("Türkiye Dışişleri Bakanı Hakan Fidan konuştu.", "Hakan Fidan", "turkey/foreign-ministry"),
        ("Brezilya Dışişleri Bakanı Rafael Monteiro'nun uçağı indi.", "Rafael Monteiro", None),
        ("Irak Başbakanı Haydar es-Saadi, çağrı yaptı.", "Haydar es-Saadi", None),
        ("Fransa Cumhurbaşkanı Salı günü Berlin'e gidecek.", None, None),
    ],
)
def test_a_name_behind_an_office_belongs_to_it(gazetteer, text, name, actor):
    first = agents_of(gazetteer, text)[0]
    assert (first.name, first.actor) == (name, actor)


def test_a_dateline_names_no_agent(gazetteer):
    assert agents_of(gazetteer, "MOSKOVA (AA) - Toplantı sona erdi.") == ()
    assert [a.country for a in agents_of(gazetteer, "ABD - İran görüşmesi sürüyor.")] == ["USA", "IRN"]


@pytest.mark.parametrize(
    ("form", "base", "expected"),
    [
        ("ordusuna", "ordu", True),
        ("orduya", "ordu", False),
        ("birliğinin", "birlik", True),
        ("birliğin", "birlik", False),
        ("temsilcinin", "temsilci", False),
        ("temsilcisinin", "temsilci", True),
        ("askerler", "asker", False),
        ("askerleri", "asker", True),
        ("savaş uçaklarının", "savaş uçağı", True),
        ("Cumhurbaşkanı", "cumhurbaşkanı", True),
    ],
)
def test_possessed_forms(form, base, expected):
    assert is_possessed(form, base) is expected


@pytest.mark.parametrize(
    ("form", "base", "case"),
    [
        ("ordusuna", "ordu", "dat"),
        ("savaş uçaklarından", "savaş uçağı", "abl"),
        ("hükümetiyle", "hükümet", "ins"),
        ("makamlarınca", "makam", "agt"),
        ("yetkililerce", "yetkili", "agt"),
        ("büyükelçisinin", "büyükelçi", "gen"),
        ("büyükelçisi", "büyükelçi", "nom"),
    ],
)
def test_cases_of_nouns(form, base, case):
    assert case_of(form, base) == case


def test_the_ending_of_who_acts_comes_off():
    assert without_agentive("makamlarınca") == "makamları"
    assert without_agentive("ordu") is None


def test_a_verb_or_a_case_stands_before_no_noun():
    words = ("yeni", "nükleer", "gönderdiği", "limanına", "suçladı")
    assert [word for word in words if can_modify(word)] == ["yeni", "nükleer"]


@settings(max_examples=200, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_agents_stand_in_order_and_apart(gazetteer, words):
    text = " ".join(words)
    tokens = split_tokens(text)
    agents = find_agents_tr(text, tokens, gazetteer, None)
    assert all(left.end <= right.start for left, right in pairwise(agents))
    for agent in agents:
        assert 0 <= agent.first <= agent.last < len(tokens)
        assert tokens[agent.first].start <= agent.start < agent.end <= tokens[agent.last].end
