"""CAMEO, PLOVER and Goldstein lead to each other: no code without its answer, no type without its codes."""

import pytest

from detente.ontology import event_types, load_cameo, load_weis, score_of

ROOTS = {f"{number:02}" for number in range(1, 21)}


def test_cameo_has_its_twenty_roots_and_every_code_stands_under_one():
    codes = load_cameo().codes
    assert {code for code in codes if len(code) == 2} == ROOTS
    assert {code[:2] for code in codes} == ROOTS
    assert not {code for code in codes if len(code) == 4 and code[:3] not in codes}


def test_only_statements_and_appeals_have_no_type():
    untyped = {code for code, entry in load_cameo().codes.items() if entry.event_type is None}
    assert {code[:2] for code in untyped} == {"01", "02"}


@pytest.mark.parametrize("load", [load_cameo, load_weis])
def test_a_code_without_a_score_says_so(load):
    for code in load().codes.values():
        assert code.goldstein is None or -10 <= code.goldstein <= 10
        assert code.goldstein is not None or code.note or code.event_type


def test_every_type_is_reached_from_cameo_and_has_a_score_of_its_own():
    reached = {entry.event_type for entry in load_cameo().codes.values()} - {None}
    assert reached == set(event_types())
    assert all(-10 <= score_of(name) <= 10 for name in event_types())
