"""The coder on the bundled chronology does not fall below its floors."""

import pytest

from detente.api import code
from detente.evaluation import check_floors, evaluate_example
from detente.example import example_path


@pytest.fixture(scope="module")
def reports():
    return code(example_path()).reports


@pytest.mark.parametrize("split", ["development", "held_out"])
def test_the_coder_keeps_its_floors(reports, split):
    scores = evaluate_example(reports, split=split).values()
    assert check_floors(f"example.{split}", scores) == ()


def test_a_coder_that_knows_one_type_is_below_its_floors(reports):
    accusing = tuple(report for report in reports if report.event_type == "ACCUSE")
    assert check_floors("example.held_out", evaluate_example(accusing, split="held_out").values())
