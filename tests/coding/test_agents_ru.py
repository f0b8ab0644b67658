"""Who stands in a Russian sentence."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.agents_ru import find_agents_ru
from detente.coding.russian_nouns import case_of, is_adjective, is_verb
from detente.coding.tokens import split_tokens
from detente.ontology.gazetteer import load_gazetteer

LINES = (Path(__file__).parent / "agents_ru.tsv").read_text(encoding="utf-8").splitlines()[1:]
WORDS = (
    "Россия России российский японских войска посол министр иностранных дел Сергей Лавров Российско-японские в с "
    "из и , . Японией США МИД РФ представитель компания «Газпром» со стороны против президентом Токио "
    "территории БРЮССЕЛЬ, 4 мая."
).split()


@pytest.fixture(scope="module")
def gazetteer():
    return load_gazetteer()


def agents_of(gazetteer, text):
    return find_agents_ru(text, split_tokens(text), gazetteer, None)


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
        ("Министр иностранных дел России Сергей Лавров выступил.", "Сергей Лавров", "russia/foreign-ministry"),
        ("Премьер-министр Бельгии Ив Дюмон ушёл.", "Ив Дюмон", None),
        ("Японский министр обороны Кэндзи Ямасаки выступил.", "Кэндзи Ямасаки", None),
        ("Министры обороны Польши и Литвы встретились.", None, None),
    ],
)
def test_a_name_behind_an_office_belongs_to_it(gazetteer, text, name, actor):
    first = agents_of(gazetteer, text)[0]
    assert (first.name, first.actor) == (name, actor)


def test_a_dateline_names_no_agent(gazetteer):
    assert agents_of(gazetteer, "ТОКИО, 14 июня. Совещание завершилось.") == ()
    assert agents_of(gazetteer, "МОСКВА, 14 июня — РИА Новости. Совещание завершилось.") == ()


@pytest.mark.parametrize(
    ("form", "base", "case"),
    [
        ("министром", "министр", "ins"),
        ("полицией", "полиция", "ins"),
        ("властями", "власть", "ins"),
        ("подразделениям", "подразделение", "dat"),
        ("послу", "посол", "dat"),
        ("войсках", "войска", "loc"),
        ("военными", "военный", "ins"),
        ("посол", "посол", "nom"),
        ("судей", "судья", "nom/gen/acc"),
    ],
)
def test_cases_of_nouns(form, base, case):
    assert case_of(form, base) == case


def test_words_are_told_by_their_endings():
    assert [word for word in ("новый", "последних", "введение", "ноту") if is_adjective(word)] == ["новый", "последних"]
    assert [word for word in ("передала", "помогла", "нота", "встретился") if is_verb(word)] == [
        "передала",
        "помогла",
        "встретился",
    ]


@settings(max_examples=200, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=14))
def test_agents_stand_in_order_and_apart(gazetteer, words):
    text = " ".join(words)
    tokens = split_tokens(text)
    agents = find_agents_ru(text, tokens, gazetteer, None)
    assert all(left.end <= right.start for left, right in pairwise(agents))
    for agent in agents:
        assert 0 <= agent.first <= agent.last < len(tokens)
        assert tokens[agent.first].start <= agent.start < agent.end <= tokens[agent.last].end
