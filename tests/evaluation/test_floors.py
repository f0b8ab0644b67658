"""Floors are read, checked and say what fell."""

from importlib.resources import files

import pytest

from detente.errors import InputError
from detente.evaluation import check_floors
from detente.evaluation.floors import compare_with_floors, read_floors

TABLE = {"f1": 0.5, "recall": 0.4, "reason": "measured"}


def test_a_fall_is_named_and_a_value_on_the_floor_holds():
    (fallen,) = compare_with_floors("thing", {"f1": 0.45, "recall": 0.4, "other": 0.0}, TABLE)
    assert str(fallen) == "thing: f1 0.450 is below its floor 0.500 (measured)"


def test_a_value_that_is_no_number_does_not_pass():
    assert len(compare_with_floors("thing", {"f1": float("nan"), "recall": 1.0}, TABLE)) == 1


def test_a_floor_without_a_value_is_said():
    with pytest.raises(InputError, match=r"floors \[thing\]: no value for recall"):
        compare_with_floors("thing", {"f1": 0.9}, TABLE)


def test_an_unknown_table_is_said():
    with pytest.raises(InputError, match="no table 'nothing': choose from"):
        check_floors("nothing", {})


@pytest.mark.parametrize(
    ("text", "said"),
    [("[a]\nf1 = 0.5", "reason is missing"), ('[a]\nf1 = "x"\nreason = "r"', "is no number")],
)
def test_a_bad_floors_file_is_said(text, said):
    with pytest.raises(InputError, match=said):
        read_floors(text)


def test_the_pinned_file_is_sound():
    tables = read_floors(files("detente.evaluation").joinpath("floors.toml").read_text(encoding="utf-8"))
    for table in tables.values():
        floors = [floor for measure, floor in table.items() if measure != "reason"]
        assert floors
        assert all(0 < floor <= 1 for floor in floors)


def test_the_article_needs_every_required_row():
    assert check_floors("article", {"recall": 1.0}) == ()
    assert len(check_floors("article", {"recall": 8 / 9})) == 1
