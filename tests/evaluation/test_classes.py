"""Accuracy and macro-F1 against values worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.evaluation import score_classes


def test_values_by_hand():
    gold = [("AID",), ("AID",), ("ACCUSE",), ("REJECT",)]
    scores = score_classes(gold, ["AID", "ACCUSE", "ACCUSE", None])
    # AID: P 1, R 1/2, F1 2/3. ACCUSE: P 1/2, R 1, F1 2/3. REJECT: 0.
    assert scores.accuracy == 0.5
    assert scores.macro_f1 == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert [row.name for row in scores.classes] == ["ACCUSE", "AID", "REJECT"]


def test_either_acceptable_type_is_the_same_class():
    gold = [("CONCEDE", "RETREAT"), ("CONCEDE", "RETREAT"), ("AID",)]
    scores = score_classes(gold, ["CONCEDE", "RETREAT", "CONCEDE"])
    (concede,) = [row for row in scores.classes if row.name == "CONCEDE|RETREAT"]
    assert scores.accuracy == pytest.approx(2 / 3)
    assert (concede.precision, concede.recall) == (pytest.approx(2 / 3), 1.0)


def test_a_type_outside_the_gold_is_wrong_and_no_class_of_its_own():
    scores = score_classes([("AID",), ("AID",)], ["AID", "ASSAULT"])
    assert [row.name for row in scores.classes] == ["AID"]
    assert scores.accuracy == 0.5


@given(st.lists(st.sampled_from(["AID", "ACCUSE", "REJECT"]), min_size=1))
def test_right_answers_score_one(types):
    scores = score_classes([(kind,) for kind in types], types)
    assert scores.values() == {"accuracy": 1.0, "macro_f1": 1.0}


@pytest.mark.parametrize(("gold", "predicted"), [([], []), ([("AID",)], [])])
def test_nothing_to_score_is_said(gold, predicted):
    with pytest.raises(InputError, match="give as many"):
        score_classes(gold, predicted)
