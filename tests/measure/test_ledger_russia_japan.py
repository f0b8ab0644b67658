"""Russia and Japan at the ends of 2021 and 2022, from the gold codes of the bundled chronology and standing tables."""

from dataclasses import replace
from datetime import date

import pytest

from detente.evaluation.example import example_gold
from detente.measure.ledger import add_entries, measures_in_force
from detente.measure.ledger_tables import standing_entries
from detente.model import Dyad, Event, Evidence, LedgerEntry, LedgerResult, Report

DYAD = Dyad("RUS", "JPN")
PAIR = frozenset(DYAD)


def gold_events() -> tuple[Event, ...]:
    found = []
    for number, gold in enumerate(example_gold("development")):
        if gold.pair != PAIR or gold.optional:
            continue
        quote = gold.sentences[0]
        evidence = (Evidence(gold.document_id or "", 0, len(quote), quote),)
        report = Report(
            f"r{number}",
            gold.source_country,
            gold.target_country,
            gold.event_types[0],
            date_start=gold.date.start,
            date_end=gold.date.end,
            date_precision=gold.date.precision,
            source_sector=gold.source_sector,
            symmetric=gold.symmetric,
            status=(gold.statuses or ("actual",))[0],
            evidence=evidence,
        )
        found.append(Event(f"e{number}", report, (report.report_id,), evidence))
    return tuple(found)


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    return gold_events()


def ledger(events: tuple[Event, ...], day: date, known_by: date | None = None) -> LedgerResult:
    own = measures_in_force(events, DYAD, day, known_by=known_by)
    return add_entries(own, standing_entries(DYAD, day, known_by))


def holding(result: LedgerResult, *words: str, **fields: object) -> tuple[LedgerEntry, ...]:
    """Entries with the words in their name or form and the fields as given."""
    return tuple(
        entry
        for entry in result.entries
        if all(word in f"{entry.what} {entry.form}" for word in words)
        and all(getattr(entry, name) == value for name, value in fields.items())
    )


def test_at_the_end_of_2021(events):
    result = ledger(events, date(2021, 12, 31))
    assert holding(result, "Joint Declaration of 1956", "ended the state of war", kind="treaty", status="in force")
    assert holding(result, "no peace treaty", kind="treaty lacking", status="in force")
    assert holding(result, "four islands", kind="territorial dispute", status="in force")
    for side in DYAD:
        standing = holding(result, by=side, kind="sanction", status="in force")
        assert any(entry.since and entry.since.year == 2014 for entry in standing), side
    assert holding(result, "asset freeze", by="JPN", since=date(2014, 8, 5))
    assert not any(entry.since and entry.since.year == 2022 for entry in result.entries)
    assert not holding(result, "unfriendly")
    assert not holding(result, "trade status")


def test_at_the_end_of_2022(events):
    result = ledger(events, date(2022, 12, 31))
    assert holding(result, "Joint Declaration of 1956", status="in force")
    assert holding(result, "no peace treaty", status="in force")
    assert holding(result, "four islands", status="in force")
    assert holding(result, "unfriendly", "list", by="RUS", status="in force")
    assert holding(result, "trade status", by="JPN", status="in force")
    assert holding(result, "peace treaty", kind="talks", by="RUS", status="suspended")
    assert holding(result, "visa-free", kind="arrangement", by="RUS", status="suspended")
    assert holding(result, "export ban", by="JPN", status="in force")
    assert holding(result, "asset freeze", by="JPN", status="in force")
    for side in DYAD:
        assert any(entry.since and entry.since.year == 2014 for entry in holding(result, by=side, kind="sanction"))


def test_expulsions_stand_beside(events):
    result = ledger(events, date(2022, 12, 31))
    assert {entry.by for entry in result.beside} == {"RUS", "JPN"}
    assert {entry.kind for entry in result.beside} == {"expulsion"}
    assert not holding(result, kind="expulsion")


@pytest.mark.parametrize("day", [date(2014, 6, 30), date(2018, 1, 1), date(2022, 3, 10)])
def test_what_could_be_known_then_is_what_a_record_that_ends_there_gives(events, day):
    early = tuple(event for event in events if event.report.date_end is not None and event.report.date_end <= day)
    asked = ledger(events, date(2022, 12, 31), day)
    assert asked == ledger(early, date(2022, 12, 31), day)
    assert replace(asked, as_of=day).entries
    assert all(entry.since is None or entry.since <= day for entry in asked.entries)
