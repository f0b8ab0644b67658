"""What stands by tables, through organisations, by structural tables; and that nothing looks ahead."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.api.structural_files import read_structural
from detente.errors import InputError
from detente.measure.ledger import add_entries, measures_in_force
from detente.measure.ledger_forms import find_forms
from detente.measure.ledger_structural import Spell, Structural, structural_entries
from detente.measure.ledger_tables import carried_entries, organisations_of, standing_entries
from detente.model import Dyad, Event, Evidence, Report

DYAD = Dyad("RUS", "JPN")
STRUCTURAL = Path(__file__).resolve().parents[2] / "../shared/data/structural"
QUOTES = (
    ("JPN", "SANCTION", "Japan banned imports of crude oil from Russia."),
    ("JPN", "RETREAT", "Japan lifted the ban on imports of crude oil."),
    ("RUS", "SANCTION", "Russia suspended the pact on crab fishing."),
    ("RUS", "AGREE", "Russia resumed the pact on crab fishing."),
    ("JPN", "SANCTION", "Japan froze the assets of four commercial banks."),
)


def act(key, day, source, event_type, quote, target=None, status="actual"):
    evidence = (Evidence("doc-" + key, 0, len(quote), quote),)
    report = Report(
        "r-" + key,
        source,
        target or ("JPN" if source == "RUS" else "RUS"),
        event_type,
        date_start=day,
        date_end=day,
        date_precision="day",
        status=status,
        evidence=evidence,
    )
    return Event(key, report, ("r-" + key,), evidence)


DAYS = st.integers(0, 400).map(lambda n: date(2022, 1, 1) + timedelta(days=n))
ACTS = st.tuples(
    st.sampled_from(QUOTES), DAYS, st.integers(0, 200), st.sampled_from(["actual", "alleged", "future", "negated"])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=8), DAYS, DAYS)
def test_known_by_never_looks_ahead(drawn, known_by, as_of):
    """What became known later changes nothing: not an entry, not a name, not a note."""
    events, published = [], {}
    for number, ((source, event_type, quote), day, lag, status) in enumerate(drawn):
        events.append(act(str(number), day, source, event_type, quote, status=status))
        published[f"doc-{number}"] = day + timedelta(days=lag)
    early = [event for event in events if published[event.evidence[0].document_id] <= known_by]
    whole = measures_in_force(events, DYAD, as_of, known_by=known_by, published=published)
    assert whole == measures_in_force(early, DYAD, as_of, known_by=known_by, published=published)
    assert all(entry.known_since <= known_by for entry in whole.entries)


def test_evidence_published_later_is_not_read():
    oil = act("oil", date(2022, 5, 8), "JPN", "SANCTION", "Japan banned imports of oil.")
    late = Evidence("later", 0, 32, "Japan also froze assets of banks.")
    event = replace(oil, evidence=(*oil.evidence, late))
    published = {"doc-oil": date(2022, 5, 9), "later": date(2022, 9, 1)}
    (then,) = measures_in_force(
        (event,), DYAD, date(2022, 12, 31), known_by=date(2022, 6, 1), published=published
    ).entries
    (now,) = measures_in_force((event,), DYAD, date(2022, 12, 31), published=published).entries
    assert (then.form, now.form) == ("import ban", "import ban, asset freeze")


def test_standing_treaties_and_their_lack():
    found = {entry.kind: entry for entry in standing_entries(DYAD, date(2021, 12, 31))}
    assert found["treaty"].what.startswith("Joint Declaration of 1956, which ended the state of war")
    assert found["treaty lacking"].what.startswith("no peace treaty")
    assert "four islands" in found["territorial dispute"].what
    assert {entry.status for entry in found.values()} == {"in force"}
    assert all(entry.source for entry in found.values())
    assert standing_entries(DYAD, date(1950, 1, 1))[0].kind == "treaty lacking"
    assert standing_entries(Dyad("JPN", "RUS"), date(2021, 12, 31))[0].by == "JPN"
    assert standing_entries(Dyad("FRA", "BRA"), date(2021, 12, 31)) == ()


def test_a_treaty_that_ended_ends_on_its_day_and_is_not_known_before():
    pair = Dyad("USA", "IRN")
    amity = {day: standing_entries(pair, day)[0] for day in (date(2019, 10, 2), date(2019, 10, 3))}
    assert [entry.status for entry in amity.values()] == ["in force", "ended"]
    (then, *_) = standing_entries(pair, date(2024, 1, 1), known_by=date(2019, 1, 1))
    assert (then.status, then.until) == ("in force", None)


def test_forms_are_told_by_words():
    assert find_forms("formally stripped Russia of most-favoured-nation trade treatment") == ("trade status",)
    assert find_forms("banned exports of oil equipment") == ("export ban",)
    assert find_forms("protested") == ()


def test_a_suspended_visa_free_programme_is_a_suspended_arrangement():
    halt = act("v", date(2022, 3, 21), "RUS", "SANCTION", "Moscow halted the visa-free programme for former residents.")
    (entry,) = measures_in_force((halt,), DYAD, date(2022, 12, 31)).entries
    assert (entry.kind, entry.status) == ("arrangement", "suspended")


def eu_ledger(as_of):
    day = date(2014, 7, 31)
    ban = act("eu", day, "IGO:EU", "SANCTION", "The EU banned exports of arms to Russia.", target="RUS")
    return measures_in_force((ban,), Dyad("IGO:EU", "RUS"), as_of)


@pytest.mark.parametrize(
    ("member", "as_of", "status"),
    [("DEU", date(2021, 1, 1), "in force"), ("GBR", date(2019, 1, 1), "in force"), ("GBR", date(2021, 1, 1), "ended")],
)
def test_an_organisations_measure_stands_at_its_members(member, as_of, status):
    (membership,) = (item for item in organisations_of(member, as_of) if item.organisation == "IGO:EU")
    (entry,) = carried_entries(eu_ledger(as_of), membership, "RUS")
    assert (entry.by, entry.against, entry.status, entry.source) == (member, "RUS", status, "through IGO:EU")
    assert entry.evidence == ("eu",)
    assert entry.basis == "membership"


def test_no_measure_stands_at_who_is_no_member():
    assert not [item for item in organisations_of("NOR", date(2021, 1, 1)) if item.organisation == "IGO:EU"]
    assert not [item for item in organisations_of("HRV", date(2013, 1, 1)) if item.organisation == "IGO:EU"]


def test_a_commitment_of_the_g7_is_announced():
    ban = act("g7", date(2022, 6, 28), "IGO:G7", "SANCTION", "The G7 banned imports of gold.", target="RUS")
    ledger = measures_in_force((ban,), Dyad("IGO:G7", "RUS"), date(2022, 12, 31))
    (g7,) = (item for item in organisations_of("JPN", date(2022, 12, 31)) if item.organisation == "IGO:G7")
    assert carried_entries(ledger, g7, "RUS")[0].status == "announced"


SPELLS = Structural(
    (
        Spell("alliance", "alliance: defence", frozenset({2, 740}), 1951, 2018, "ATOP"),
        Spell("dispute", "no. 1", frozenset({2, 740}), 1990, 1991, "MID"),
        Spell("dispute", "no. 2", frozenset({2, 740}), 2001, 2002, "MID"),
        Spell("dispute", "no. 3", frozenset({365, 740}), 2009, 2010, "MID"),
    ),
    {"ATOP": 2018, "MID": 2010},
)
USA = (("USA",), ("JPN",))


@pytest.mark.parametrize(
    ("as_of", "status", "last_known"),
    [
        (date(2018, 6, 1), "in force", None),
        (date(2019, 1, 1), "last known", 2018),
        (date(1960, 1, 1), "in force", None),
    ],
)
def test_a_spell_is_last_known_where_its_table_ends(as_of, status, last_known):
    entry = structural_entries(SPELLS, USA, Dyad("USA", "JPN"), as_of)[0]
    assert (entry.kind, entry.status, entry.last_known) == ("alliance", status, last_known)


def test_of_disputes_that_ended_the_last_is_listed():
    found = structural_entries(SPELLS, USA, Dyad("USA", "JPN"), date(2009, 6, 1))
    assert [(entry.what, entry.status) for entry in found if entry.kind == "dispute"] == [("no. 2", "ended")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1980, 2015), st.integers(0, 12)), max_size=6),
    st.integers(1980, 2016),
    st.dates(date(1980, 1, 1), date(2020, 1, 1)),
)
def test_structural_tables_do_not_look_ahead(drawn, year, as_of):
    pair = frozenset({2, 740})
    spells = [Spell("dispute", str(n), pair, a, min(a + more, 2016), "MID") for n, (a, more) in enumerate(drawn)]
    spells.append(Spell("dispute", "end", frozenset({1, 3}), 1980, 2016, "MID"))
    cut = tuple(replace(item, last=min(item.last, year)) for item in spells if item.first <= year)
    known_by = date(year, 12, 31)
    dyad = Dyad("USA", "JPN")
    whole = structural_entries(Structural(tuple(spells), {"MID": 2016}), USA, dyad, as_of, known_by)
    assert whole == structural_entries(Structural(cut, {"MID": year}), USA, dyad, as_of)


def test_tables_and_acts_stand_in_one_order():
    ledger = measures_in_force(
        (act("o", date(2022, 5, 8), "JPN", "SANCTION", "Japan banned imports."),), DYAD, date(2023, 1, 1)
    )
    whole = add_entries(ledger, standing_entries(DYAD, date(2023, 1, 1)), ("a note",))
    assert [entry.basis for entry in whole.entries] == ["table"] * 4 + ["acts"]
    assert whole.notes[-1] == "a note"


def test_a_folder_without_structural_tables_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"none of atop_alliance\.parquet"):
        read_structural(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        read_structural(tmp_path / "none")


@pytest.mark.data
def test_real_structural_tables_know_the_alliance_of_japan_and_the_united_states():
    if not STRUCTURAL.is_dir():
        pytest.skip("development data not beside the repository")
    tables = read_structural(STRUCTURAL)
    found = structural_entries(tables, USA, Dyad("USA", "JPN"), date(2022, 12, 31))
    known = [entry for entry in found if entry.source == "ATOP" and entry.status == "last known"]
    assert [entry.last_known for entry in known] == [2018]
    assert "defence" in known[0].what
