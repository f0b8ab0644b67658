"""Every measure gives the same from every engine as from DuckDB over the folder: row for row."""

from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import ibis
import pytest

import detente as dt
from detente.model.reviews import REVIEWED

_SPEC = spec_from_file_location("engines_cases", Path(__file__).with_name("cases.py"))
CASES = module_from_spec(_SPEC)
_SPEC.loader.exec_module(CASES)
SELECTIONS, EXPRESSIONS, MEASURES, ANSWERS = CASES.SELECTIONS, CASES.EXPRESSIONS, CASES.MEASURES, CASES.ANSWERS
rows_of, assert_same, plain = CASES.rows_of, CASES.assert_same, CASES.plain

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.mark.parametrize(
    "chosen", [name if name == "plain" else pytest.param(name, marks=pytest.mark.slow) for name in SELECTIONS]
)
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_an_expression_gives_the_same_rows(name, chosen, there, here):
    found, expected = (rows_of(EXPRESSIONS[name](held.events(), SELECTIONS[chosen])) for held in (there, here))
    assert_same(found, expected)
    assert expected or (name, chosen) in CASES.EMPTY


@pytest.mark.slow
@pytest.mark.parametrize("chosen", ["plain", "one a day", "dated"])
@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_gives_the_same(name, chosen, there, here):
    found, expected = (MEASURES[name](held.events(), SELECTIONS[chosen]) for held in (there, here))
    assert_same(found, expected)


@pytest.mark.slow
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_the_same(name, engine, local):
    found, expected = (ANSWERS[name](store.dyad("RUS", "JPN")) for store in (engine, local))
    assert_same(plain(found), plain(expected))


@pytest.mark.parametrize("used", REVIEWED)
def test_reviews_are_applied_alike(used, address, world):
    with dt.open(address).reviewed(used).snapshot() as there, dt.open(world).reviewed(used).snapshot() as here:
        assert there.reviews == here.reviews
        assert len(there.reviews) == (0 if used == "all" else 18)
        for name in ("events", "all_events"):
            found, expected = (rows_of(getattr(held, name)()) for held in (there, here))
            assert_same(found, expected)
        assert there.feeds() == here.feeds()


@pytest.mark.parametrize(("day", "n"), [("2024-03-01", 0), ("2024-06-01T00:06:00", 7), ("2024-06-02", 18)])
def test_an_earlier_state_is_the_same(day, n, address, world):
    known_by = datetime.fromisoformat(day).replace(tzinfo=UTC)
    with dt.open(address).snapshot(known_by=known_by) as there, dt.open(world).snapshot(known_by=known_by) as here:
        assert there.reviews == here.reviews
        assert len(there.reviews) == n
        assert_same(rows_of(there.events()), rows_of(here.events()))


@pytest.mark.slow
@pytest.mark.parametrize("used", ["accepted", "all"])
def test_an_answer_says_which_reviews_it_rests_on(used, address, world):
    found, expected = (
        dt.open(place).reviewed(used).dyad("RUS", "JPN").index("year", feed="chosen") for place in (address, world)
    )
    assert_same(plain(found), plain(expected))
    assert any("Reviews:" in note for note in found.result.notes)


def test_the_counts_that_choose_a_record_are_the_same(there, here):
    assert there.feeds() == here.feeds()
    assert there.chosen_events() == here.chosen_events() == 14
    assert there.is_empty() is here.is_empty() is False
    assert rows_of(there.event_reports()) == rows_of(here.event_reports())


def test_a_merged_id_leads_to_its_event(there):
    assert there.resolve_event("demo:00001") == "demo:00000"
    (event,) = there.event_records(["demo:00001"])
    assert event.report_ids == ("demo:00000", "demo:00001")


def test_rows_are_ibis_of_the_engine(there):
    assert there.events().get_backend().name in ("clickhouse", "pyspark")
    assert isinstance(there.events(), ibis.Table)
