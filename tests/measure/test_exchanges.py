"""Who answers whom by the sources' own words."""

from dataclasses import replace

from detente.measure.exchanges import find_exchanges
from detente.measure.turns import read_acts
from detente.model import Dyad, Event, Evidence, Exchange, Report, parse_partial_date

DYAD = Dyad("RUS", "JPN")


def event(key: str, day: str, source: str, event_type: str, quote: str, **more: object) -> Event:
    span = parse_partial_date(day, "text")
    evidence = (Evidence("doc-" + key, 0, len(quote), quote),)
    fields: dict[str, object] = {
        "source_text": "Moscow" if source == "RUS" else "Tokyo",
        "target_text": "Japan" if source == "RUS" else "Russia",
        **more,
    }
    report = Report(
        "r-" + key,
        source,
        "JPN" if source == "RUS" else "RUS",
        event_type,
        span.start,
        span.end,
        span.precision,
        evidence=evidence,
        **fields,  # type: ignore[arg-type]
    )
    return Event(key, report, ("r-" + key,), evidence)


FREEZE = event("freeze", "2022-03-18", "JPN", "SANCTION", "Tokyo froze the funds of several banks.")
OUT = event("out", "2022-04-08", "JPN", "SANCTION", "Tokyo expelled eight diplomats over the war.")
IMPORTS = event("imports", "2022-04-12", "JPN", "SANCTION", "Tokyo banned imports of vodka and timber.")
BLAME = event("blame", "2022-04-20", "JPN", "ACCUSE", "Tokyo criticised Moscow.")
DRILL = event("drill", "2022-03-25", "RUS", "MOBILIZE", "Moscow began manoeuvres on the Kurils.")
PACT = event("pact", "2022-06-07", "RUS", "SANCTION", "Moscow suspended the accord on safe fishing.")


def pairs(*events: Event) -> list[tuple[str, str | None]]:
    return [(found.answer, found.to) for found in find_exchanges(read_acts(events, DYAD))]


def test_an_answer_goes_to_the_act_that_its_words_name():
    back = event(
        "back",
        "2022-04-27",
        "RUS",
        "SANCTION",
        "Moscow told eight envoys to leave in answer to the expulsions.",
    )
    found = find_exchanges(read_acts((FREEZE, OUT, IMPORTS, BLAME, back), DYAD))
    assert found == (Exchange("back", "out", "in answer", 19),)


def test_an_answer_that_names_nothing_goes_to_the_latest_act_of_its_type():
    back = event("back", "2022-05-04", "RUS", "SANCTION", "In response, Moscow barred 63 officials.")
    assert pairs(FREEZE, OUT, IMPORTS, BLAME, back) == [("back", "imports")]


def test_no_cue_no_exchange():
    back = event("back", "2022-05-04", "RUS", "SANCTION", "Moscow barred 63 officials.")
    assert pairs(FREEZE, OUT, IMPORTS, back) == []


def test_an_answer_without_a_fitting_act_says_so():
    back = event("back", "2022-05-04", "RUS", "SANCTION", "In response, Moscow barred 63 officials.")
    assert pairs(BLAME, DRILL, back) == [("back", None)]
    late = event("late", "2023-05-04", "RUS", "SANCTION", "In response, Moscow barred 63 officials.")
    assert pairs(IMPORTS, late) == [("late", None)]  # more than 180 days


def test_a_later_act_is_never_answered():
    back = event("back", "2022-04-01", "RUS", "SANCTION", "In retaliation for sanctions Moscow barred some.")
    assert pairs(FREEZE, OUT, back) == [("back", "freeze")]


def test_the_coder_s_cue_counts_without_one_in_the_quote():
    back = event("back", "2022-05-04", "RUS", "SANCTION", "Moscow barred 63.", response_cue="in response")
    assert find_exchanges(read_acts((IMPORTS, back), DYAD)) == (Exchange("back", "imports", "in response", 22),)


def test_the_sentence_before_in_the_same_document_is_the_antecedent():
    first = replace(FREEZE, evidence=(Evidence("one", 0, 40, "Tokyo froze the funds of several banks."),))
    answer = event("back", "2022-04", "RUS", "THREATEN", "In response, Moscow warned of steps.")
    back = replace(answer, evidence=(Evidence("one", 41, 80, answer.evidence[0].quote),))
    assert pairs(first, IMPORTS, back) == [("back", "freeze")]
    assert find_exchanges(read_acts((first, back), DYAD))[0].days is None  # dated to the month


def test_a_protest_that_names_an_act_answers_it():
    protest = event("protest", "2022-03-26", "JPN", "ACCUSE", "Tokyo protested over the drills on the Kurils.")
    assert pairs(DRILL, PACT, protest) == [("protest", "drill")]


def test_a_protest_at_nothing_in_the_record_is_no_exchange():
    other = event("other", "2022-03-26", "JPN", "ACCUSE", "Tokyo protested over the price of gas.")
    late = event("late", "2022-05-30", "JPN", "ACCUSE", "Tokyo protested over the drills on the Kurils.")
    assert pairs(DRILL, other, late) == []


def test_only_accusations_and_protests_read_weak_cues():
    ask = event("ask", "2022-03-26", "JPN", "REQUEST", "Tokyo asked for talks over the drills on the Kurils.")
    assert pairs(DRILL, ask) == []


def test_a_ground_makes_an_exchange_only_where_an_act_fits():
    recall = "Tokyo recalled its ambassador in protest at the Kuril manoeuvres."
    assert pairs(DRILL, event("recall", "2022-03-27", "JPN", "SANCTION", recall)) == [("recall", "drill")]
    assert pairs(PACT, event("recall", "2022-06-27", "JPN", "SANCTION", recall)) == []


def test_two_complaints_of_one_day_do_not_answer_each_other():
    one = event("one", "2022-03-20", "JPN", "ACCUSE", "Tokyo raised concern over missiles on the islands.")
    two = event("two", "2022-03-20", "RUS", "ACCUSE", "Moscow raised concern over missiles near its coast.")
    assert pairs(one, two) == []


def test_planned_and_denied_acts_are_not_answered():
    protest = event("protest", "2022-03-26", "JPN", "ACCUSE", "Tokyo protested over the drills on the Kurils.")
    planned = replace(DRILL, report=replace(DRILL.report, status="future"))
    assert pairs(planned, protest) == []


def test_turkish_names_the_act_before_the_cue():
    drill = event("drill", "2022-03-25", "RUS", "MOBILIZE", "Moskova Kuril adalarında tatbikat yaptı.")
    protest = event("protest", "2022-03-26", "JPN", "ACCUSE", "Tokyo tatbikat nedeniyle nota verdi.")
    assert pairs(drill, protest) == [("protest", "drill")]
