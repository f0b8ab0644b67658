"""Numbers tied to an act; totals and stocks are not acts."""

import pytest

from detente.coding.figures import is_period_total
from detente.coding.quantities import find_quantities
from detente.coding.tokens import split_tokens


def quantities(text, dates=()):
    return [(found.value, found.unit or found.item) for found in find_quantities(split_tokens(text), dates)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,500 soldiers took part", [(3500, "soldiers")]),
        ("two frigates and twelve tanks", [(2, "frigates"), (12, "tanks")]),
        ("a tariff of 7.5 percent", [(7.5, "percent")]),
        ("a tariff of 25 %", [(25, "percent")]),
        ("$50 million in aid", [(50e6, "dollars")]),
        ("€1.5 billion in aid", [(1.5e9, "euros")]),
        ("two hundred troops", [(200, "troops")]),
        ("about 40 of the diplomats", [(40, "diplomats")]),
        ("12 Russian fighter jets", [(12, "fighter jets")]),
        ("one envoy", []),
        ("the two countries", []),
        ("in 2022 troops left", []),
        ("on 3 March troops left", []),
        ("the 3rd fleet", []),
        ("S-300 systems", []),
    ],
)
def test_counts_and_amounts(text, expected):
    assert quantities(text) == expected


def test_a_number_inside_a_date_is_no_quantity():
    assert quantities("on 03 04 diplomats left", ((3, 8),)) == []


def test_an_owner_is_not_what_is_counted():
    assert quantities("40 of its diplomats") == [(40, "diplomats")]


@pytest.mark.parametrize("word", ["near", "around", "under", "toward", "across"])
def test_what_is_counted_ends_at_a_preposition(word):
    assert quantities(f"320 aircraft {word} Taiwan") == [(320, "aircraft")]


@pytest.mark.parametrize(
    "text",
    [
        "Fighters scrambled 266 times in fiscal 2021.",
        "Greek jets intercepted Turkish aircraft 200 times last year.",
        "The ministers held four meetings in 2019.",
        "Chinese aircraft made hundreds of incursions over the past decade.",
        "Norway trades 40 tons of fish a year with Chile.",
    ],
)
def test_a_total_over_a_period_is_known(text):
    assert is_period_total(text)


@pytest.mark.parametrize(
    "text",
    ["Fighters scrambled twice on 3 March 2022.", "Norway expelled four diplomats in 2019.", "The two met on Monday."],
)
def test_an_act_with_a_number_is_no_total(text):
    assert not is_period_total(text)


@pytest.mark.parametrize(
    "text",
    [
        "Japanese fighters scrambled 266 times against Russian aircraft in fiscal 2021.",
        "Turkey violated Greek airspace 1,500 times in 2021.",
        "Chinese aircraft entered Taiwan's airspace 380 times last year.",
    ],
)
def test_a_yearly_total_is_no_act(code, text):
    coded = code(text)
    assert coded.reports == ()
    assert [item.reason for item in coded.uncoded] == ["a total over a period is a figure, not an act"]


@pytest.mark.parametrize(
    "text",
    [
        "Russia has 320 aircraft in the region near Japan.",
        "There are 28,500 American troops in South Korea.",
        "Pakistan has 165 nuclear warheads and India has 160.",
        "Greece owns 200 fighter jets, Turkey 240.",
    ],
)
def test_a_stock_is_no_act(acts, text):
    assert acts(text) == set()


def test_an_act_carries_its_count_and_its_equipment(one):
    report = one("Turkey deployed 40 Leopard tanks near the Syrian border on Monday.")
    assert 40 in {item.value for item in report.quantities} | {item.count for item in report.materiel}
    assert any("Leopard" in item.item for item in report.materiel)


def test_equipment_of_the_other_side_is_not_the_actor_s(one):
    report = one("Greek F-16s attacked Turkish Su-35s on Monday.")
    assert {item.item for item in report.materiel} <= {"F-16"}


def test_fighters_who_are_people_are_no_aircraft(one):
    report = one("Taliban fighters clashed with Iranian border guards on Monday.")
    assert "fighter jet" not in {item.item for item in report.materiel}
