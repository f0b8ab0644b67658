"""Who stands in a sentence, as of its date."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.agents import coordinated


def named(reading):
    return [(agent.country or agent.actor, agent.kind) for agent in reading.agents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile protested.", [("CHL", "state")]),
        ("Russian bonds fell.", [("RUS", "attribute")]),
        ("The Norwegian government left.", [("NOR", "state")]),
        ("Norway's defence ministry left.", [("NOR", "state")]),
        ("Russian miners left.", [("RUS", "people")]),
        ("NATO left.", [("IGO:NATO", "organisation")]),
        ("Hezbollah left.", [("group/hezbollah", "group")]),
        ("The Kremlin left.", [("RUS", "state")]),
        ("Iturup is cold.", [(None, "place")]),
        ("Yemen's Houthis left.", [("group/houthis", "group")]),
        ("The Panama-flagged ship sank.", [("PAN", "attribute")]),
        ("The British-flagged tanker left.", [("GBR", "people")]),
        ("Turkish-backed rebels left.", []),
        ("Nobody left.", []),
    ],
)
def test_a_name_is_an_actor_a_place_or_an_attribute(read, text, expected):
    assert named(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Turkish troops left.", "MIL"),
        ("The Turkish foreign ministry left.", "GOV"),
        ("Turkish lawmakers left.", "LEG"),
        ("Turkey left.", None),
        ("The Turkish ambassador to Athens left.", "GOV"),
    ],
)
def test_the_noun_tells_the_sector(read, text, sector):
    agents = read(text).agents
    assert [(agent.country, agent.sector) for agent in agents] == [("TUR", sector)]


def test_an_envoy_s_post_is_no_actor_of_its_own(read):
    assert named(read("The Danish ambassador to Cairo left.")) == [("DNK", "state")]


@pytest.mark.parametrize(
    ("date", "country"),
    [("2015-06-15", "JPN"), ("2022-01-15", None), ("2023-06-15", None)],
)
def test_a_surname_alone_is_a_leader_only_in_his_time(read, date, country):
    assert [agent.country for agent in read("Abe left.", date=date).agents] == ([country] if country else [])


def test_a_former_leader_named_in_full_acts_on_the_date_told(one):
    report = one("Former Japanese Prime Minister Shinzo Abe criticised China on 1 June 2015.", date="2023-06-15")
    assert (report.source_country, report.retrospective) == ("JPN", True)


@pytest.mark.parametrize(
    ("text", "date", "sides"),
    [
        ("The Soviet Union shot down a South Korean airliner on 1 September 1983.", "1983-09-10", ("SUN", "KOR")),
        ("Yugoslavia condemned Croatia on 2 May 1991.", "1991-05-10", ("YUG", "HRV")),
        ("East Germany expelled a French diplomat.", "1985-05-10", ("DDR", "FRA")),
        ("The Soviet Union invaded Afghanistan on 24 December 1979.", "2022-06-15", ("SUN", "AFG")),
    ],
)
def test_a_state_that_is_gone_keeps_its_code(one, text, date, sides):
    report = one(text, date=date)
    assert (report.source_country, report.target_country) == sides


def test_names_joined_by_commas_are_one_group(read):
    reading = read("Poland, Estonia and Latvia expelled Chilean envoys.")
    group = coordinated(reading.agents, reading.tokens, reading.agents[0])
    assert [agent.country for agent in group] == ["POL", "EST", "LVA"]


def test_the_first_adjective_shares_the_noun_of_the_second(read):
    agents = read("Indian and Nepali foreign ministers met.").agents
    assert [(agent.country, agent.sector, agent.kind) for agent in agents] == [
        ("IND", "GOV", "state"),
        ("NPL", "GOV", "state"),
    ]


def test_a_preposition_opens_the_phrase(read):
    agents = read("Envoys went from Chad to the Nigerien government.").agents
    assert [(agent.country, agent.preposition) for agent in agents] == [("TCD", "from"), ("NER", "to")]


NAMES = st.lists(
    st.sampled_from(
        "Chad the Chadian troops 's of and , Norway NATO Iturup in Hamas Su-35s President Biden Russian-made to . "
        "ambassador with United States Prime Minister Crimea’s said".split()
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_agents_stand_in_order_and_never_overlap(read, text):
    reading = read(text)
    for agent in reading.agents:
        assert 0 <= agent.first <= agent.last < len(reading.tokens)
        assert agent.start == reading.tokens[agent.first].start
        assert agent.end == reading.tokens[agent.last].end
    assert all(left.last < right.first for left, right in pairwise(reading.agents))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Turkey attacked Syria, and Egypt recalled its envoy from Turkey.",
            {"TUR SYR ASSAULT actual", "EGY TUR SANCTION actual"},
        ),
        ("Because Turkey attacked Syria, Egypt condemned Turkey.", {"TUR SYR ASSAULT actual", "EGY TUR ACCUSE actual"}),
        (
            "If Turkey attacks Syria, Egypt will impose sanctions on Turkey.",
            {"TUR SYR ASSAULT hypothetical", "EGY TUR SANCTION hypothetical"},
        ),
        ("According to Ukraine, Russia attacked Kharkiv on Monday.", {"RUS UKR ASSAULT alleged"}),
    ],
)
def test_a_comma_between_clauses_joins_nobody(acts, text, expected):
    assert acts(text) == expected
