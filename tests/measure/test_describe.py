"""Counting a chosen record: a made-up pair, Ardania (AAA) and Borland (BBB), shock on 2020-06-15."""

import csv
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.measure.describe import describe_record
from detente.measure.turns import find_concepts, lower, read_acts
from detente.model import Dyad, Event, Evidence, Report, parse_partial_date

DYAD = Dyad("AAA", "BBB")
SHOCK = date(2020, 6, 15)
QUADS = {"CONSULT": 1, "AGREE": 1, "SUPPORT": 1, "COOPERATE": 2, "REQUEST": 3, "ACCUSE": 3, "THREATEN": 3}
PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
SCORES = {"CONSULT": 2.5, "SANCTION": -6.0, "MOBILIZE": -5.5, "REQUEST": 0.0}


def score_of(event_type: str, mode: str | None) -> float:
    return SCORES.get(event_type, -1.0)


def event(key: str, day: str | None, way: str, event_type: str, quote: str = "", **more: object) -> Event:
    source, target = ("AAA", "BBB") if way in ("a", "both") else ("BBB", "AAA")
    span = parse_partial_date(day, "text") if day else None
    fields: dict[str, object] = {
        "date_start": span and span.start,
        "date_end": span and span.end,
        "date_precision": span.precision if span else "unknown",
        "quad": QUADS.get(event_type, 4),
        "symmetric": way == "both",
        **more,
    }
    evidence = (Evidence("doc-" + key, 0, len(quote), quote),) if quote else ()
    report = Report("r-" + key, source, target, event_type, evidence=evidence, **fields)  # type: ignore[arg-type]
    return Event(key, report, ("r-" + key,), evidence)


RECORD = (
    event("c1", "2019-02-01", "both", "CONSULT", "The leaders of Ardania and Borland met."),
    event("g1", "2019-03-05", "both", "SUPPORT", "Ardania and Borland signed a pact on fisheries."),
    event("c2", "2020-01-10", "both", "CONSULT", "The foreign ministers met again."),
    event("a1", "2020-05-02", "b", "ACCUSE", "Borland criticised the suspension of flights."),
    event("q1", "2020-06-01", "a", "REQUEST", "Ardania asked Borland to explain."),
    event("s1", "2020-06-15", "a", "SANCTION", "Ardania suspended the fisheries pact."),
    event("s2", "2020-07-01", "b", "SANCTION", "Borland expelled two Ardanian diplomats."),
    event("m1", "2020-08-03", "b", "MOBILIZE", "Borland sent ships to the strait."),
    event("t1", "2020-09-01", "a", "THREATEN", "Ardania threatened to strike.", mode="violence"),
    event("t2", "2020-09-02", "a", "THREATEN", "Ardania threatened to cut trade.", mode="restrict"),
    event("r1", "2021-01-20", "both", "AGREE", "Both sides agreed to resume talks on fisheries."),
    event("x1", "2020-06", "a", "SANCTION", "Ardania revoked trade status in June."),
    event("x2", "2020", "b", "ACCUSE", "Borland blamed Ardania in 2020."),
    event("x3", None, "b", "MOBILIZE", "Borland based 40 aircraft near the border."),
    event("f1", "2020-10-01", "a", "SANCTION", "Ardania plans a ban.", status="future"),
    event("h1", "2020-10-02", "a", "ASSAULT", "If it came to it, Ardania would strike.", status="hypothetical"),
    event("l1", "2020-08-20", "a", "ASSAULT", "Ardania shelled a post, Borland said.", status="alleged"),
    event("n1", "2020-08-20", "a", "ASSAULT", "Ardania denied shelling a post.", status="negated"),
    event("l2", "2020-09-20", "a", "COERCE", "Ardania seized a boat, Borland said.", status="alleged"),
    event("b1", "2020-09-21", "a", "SANCTION", "An Ardanian firm left Borland.", source_sector="BUS"),
)


def describe(**options: object):
    return describe_record(RECORD, DYAD, SHOCK, score_of=score_of, **options)  # type: ignore[arg-type]


def test_equal_windows_are_as_long_as_the_shorter_side_allows():
    before, after = describe().periods[:2]
    # The record surely reaches to 2021-01-20: seven whole months on either side.
    assert (before.start, before.end) == (date(2019, 11, 15), date(2020, 6, 14))
    assert (after.start, after.end) == (SHOCK, date(2021, 1, 14))


def test_counts_by_type_and_direction():
    before, after = describe().periods[:2]
    assert before.evidence == ("c2", "a1", "q1")
    assert before.by_type == {"ACCUSE": 1, "CONSULT": 1, "REQUEST": 1}
    assert before.by_direction == {"AAA>BBB": 2, "BBB>AAA": 2}  # the meeting counts once each way
    assert after.evidence == ("s1", "s2", "m1", "t1", "t2", "l2")
    assert after.by_direction == {"AAA>BBB": 4, "BBB>AAA": 2}


def test_the_whole_record_follows_the_equal_windows():
    result = describe()
    whole_before, whole_after = result.periods[2:]
    assert (whole_before.start, whole_before.n) == (date(2019, 2, 1), 5)
    assert (whole_after.end, whole_after.n) == (date(2021, 1, 20), 7)
    assert any("2019-11-15 to 2020-06-14" in note for note in result.notes)


def test_tone_and_shares():
    before, after = describe().periods[:2]
    assert before.tone == pytest.approx((2.5 - 1.0 + 0.0) / 3)
    assert before.conflict_share == pytest.approx(1 / 2)  # the request is outside
    assert after.military_share == pytest.approx(2 / 6)  # m1 and the threat of violence, not the other threat
    assert after.coercive_share == pytest.approx(5 / 6)


def test_coarse_and_undated_acts_count_in_no_period_that_does_not_hold_them():
    result = describe()
    assert result.undated == 3
    assert not {"x1", "x2", "x3"} & {key for period in result.periods for key in period.evidence}
    assert result.per_year[2020]["ACCUSE"] == 2  # a year-dated act is inside its year


def test_a_month_dated_act_counts_where_its_month_lies_inside():
    acts = (*RECORD, event("x4", "2020-07", "a", "SANCTION", "Ardania barred imports in July."))
    after = describe_record(acts, DYAD, SHOCK, score_of=score_of).periods[1]
    assert "x4" in after.evidence


def test_what_is_planned_conditional_or_denied_is_no_act_but_is_told():
    result = describe()
    seen = {key for period in result.periods for key in period.evidence}
    assert not {"f1", "h1", "n1", "l1", "b1"} & seen
    notes = " | ".join(result.notes)
    for words in ("1 planned", "1 conditional", "1 denials", "1 alleged and denied", "1 not between agents"):
        assert words in notes


def test_an_alleged_act_counts_unless_strict():
    assert "l2" in describe().periods[1].evidence
    assert "l2" not in describe(strict=True).periods[1].evidence


def test_everyone_counts_when_asked():
    assert "b1" in describe(actors="all").periods[1].evidence


def test_turns_need_the_word_and_a_type_that_can_do_it():
    turns = describe().turns
    assert turns["signed"] == ("g1",)
    assert turns["suspended"] == ("s1",)  # not a1, which criticises a suspension
    assert turns["revoked"] == ("x1",)
    assert turns["resumed"] == ("r1",)
    assert turns["expelled"] == ("s2",)


def test_milestones_are_first_since_a_year_before_and_last_of_all():
    found = {(m.which, m.event_type, m.direction): (m.day, m.event_id) for m in describe().milestones}
    assert found["first", "CONSULT", "joint"] == (date(2020, 1, 10), "c2")
    assert found["last", "SUPPORT", "joint"] == (date(2019, 3, 5), "g1")
    assert ("first", "SUPPORT", "joint") not in found
    # Dated to the month, x1 may lie after s1: only s1 is surely the first.
    assert found["first", "SANCTION", "AAA>BBB"] == (date(2020, 6, 15), "s1")


def test_asked_windows_beyond_the_record_are_said():
    result = describe(window_years=3)
    assert (result.periods[0].start, result.periods[1].end) == (date(2017, 6, 15), date(2023, 6, 14))
    assert any("reach beyond the record" in note for note in result.notes)
    with pytest.raises(InputError, match="at least 1"):
        describe(window_years=0)


def test_one_side_only_gives_no_equal_windows():
    result = describe_record(RECORD, DYAD, date(2030, 1, 1), score_of=score_of)
    assert [period.label for period in result.periods] == ["before"]
    assert any("no equal windows" in note for note in result.notes)


def test_an_empty_record_is_described_as_empty():
    result = describe_record((), DYAD, SHOCK, score_of=score_of)
    assert (result.periods, result.undated, result.milestones) == ((), 0, ())


def test_a_predecessor_s_code_keeps_the_direction():
    old = event("o1", "1990-01-01", "a", "ACCUSE", "", source_sector=None)
    renamed = Event("o1", Report("r", "OLD", "BBB", "ACCUSE", date_start=old.report.date_start))
    assert read_acts([renamed], DYAD).acts[0].direction == "AAA>BBB"


def test_words_are_found_in_three_languages():
    assert "drill" in find_concepts("Начались учения у островов")
    assert "suspended" in find_concepts("ANLAŞMAYI ASKIYA ALDI".replace("I", "ı"))
    assert "expelled" in find_concepts("He was ordered out; they told both consuls to leave")
    assert "expelled" not in find_concepts("The order to leave was lifted")


def test_the_word_table_is_sound():
    table = files("detente.ontology") / "data" / "turn_words.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    keys = [(row["concept"], row["language"], row["pattern"]) for row in rows]
    types: dict[str, set[str]] = {}
    for row in rows:
        types.setdefault(row["concept"], set()).add(row["types"])
    assert len(keys) == len(set(keys))
    assert all(len(found) == 1 for found in types.values())  # one set of types a family
    assert {"signed", "suspended", "revoked", "resumed", "expelled"} <= types.keys()
    assert {event_type for found in types.values() for event_type in " ".join(found).split()} <= PLOVER


@given(st.text())
def test_lower_keeps_every_character_in_place(text: str):
    assert len(lower(text)) == len(text)


@given(st.lists(st.integers(-900, 900), max_size=12), st.integers(-900, 900))
def test_no_act_is_lost_or_counted_twice(offsets: list[int], shift: int):
    days = [SHOCK + timedelta(days=offset) for offset in offsets]
    acts = [event(f"e{n}", day.isoformat(), "a", "ACCUSE") for n, day in enumerate(days)]
    result = describe_record(acts, DYAD, SHOCK + timedelta(days=shift), score_of=score_of)
    spans = [(p.start, p.end) for p in result.periods]
    whole = {key for period in result.periods for key in period.evidence}
    assert len(whole) + result.undated == len(acts)
    assert all(start <= end for start, end in spans)
    assert sum(sum(types.values()) for types in result.per_year.values()) == len(acts)
    equal = result.periods[:2]
    if any(note.startswith("equal windows") for note in result.notes):
        assert equal[0].end < equal[1].start
