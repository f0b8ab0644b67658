"""What the relation model may say of two agents: several acts of one pair, and none within a list or between places."""

import pytest

from detente.coding import classify_pairs


def test_two_acts_of_one_pair_are_told_each_with_its_own_status():
    text = "Norway accused Chile of spying, recalled its envoy from there and froze the arms contract."
    [relation] = classify_pairs([(text, (0, 6), (15, 20))])
    told = {act.event_type: act for act in relation.acts}
    assert {"ACCUSE", "SANCTION"} <= set(told)
    assert all(0 <= act.probability <= 1 and act.status in act.statuses for act in relation.acts)
    assert relation.act("ACCUSE") == told["ACCUSE"]
    assert relation.act(None) is None
    assert relation.acts[0].event_type == relation.likeliest


def test_a_list_of_states_does_nothing_to_itself(acts):
    told = acts("Norwegian, Danish and Swedish missiles struck three sites in Syria on Monday.")
    assert not [act for act in told if "SYR" not in act]


@pytest.mark.parametrize("text", ["A train from Moscow arrived in Minsk.", "A plane from Oslo landed in Lima."])
def test_two_places_are_no_pair(acts, text):
    assert acts(text) == set()
