"""Floors of a file of one's own: what falls, what has no value, and which tables are meant."""

import pytest

from detente.errors import InputError
from detente.evaluation import check_floors_file, floor_prefix

SCORES = {"": {"f1": 0.5, "false_alarms": 0.05, "calibration_error": None}, "tr": {"f1": 0.3}}


@pytest.fixture
def floors(tmp_path):
    def write(text: str):
        path = tmp_path / "floors.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def missed(path):
    return [str(line) for line in check_floors_file(path, "coder", SCORES)]


def test_what_holds_is_not_named(floors):
    assert missed(floors('[coder]\nf1 = 0.5\nfalse_alarms = 0.05\nreason = "r"\n[other]\nreason = "r"')) == []


def test_a_floor_and_a_ceiling_that_are_missed(floors):
    path = floors('[coder]\nf1 = 0.6\nfalse_alarms = 0.04\nreason = "goal"\n["coder.tr"]\nf1 = 0.45\nreason = "must"')
    assert missed(path) == [
        "coder: f1 0.500 is below its floor 0.600 (goal)",
        "coder: false_alarms 0.050 is above its ceiling 0.040 (goal)",
        "coder.tr: f1 0.300 is below its floor 0.450 (must)",
    ]


def test_a_figure_without_a_value_misses_its_floor(floors):
    (line,) = missed(floors('[coder]\ncalibration_error = 0.08\nreason = "r"'))
    assert line == "coder: calibration_error has no value, its ceiling is 0.080 (r)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[other]\nreason = "r"', "no table 'coder'; it has other"),
        ('["coder.ru"]\nf1 = 1\nreason = "r"', "table 'coder.ru' is for what was not scored"),
        ('[coder]\nfi = 1\nreason = "r"', "fi is no figure; expected one of f1"),
        ("[coder", "no file of floors"),
    ],
)
def test_a_bad_file_is_said(floors, text, said):
    with pytest.raises(InputError, match=said):
        missed(floors(text))


def test_a_gold_file_may_have_floors_of_its_own(floors):
    path = floors('[coder]\nreason = "r"\n["coder.articles.en"]\nreason = "r"')
    assert floor_prefix(path, "articles") == "coder.articles"
    assert floor_prefix(path, "sentences") == "coder"
