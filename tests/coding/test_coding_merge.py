"""Reports of one act become one event, whatever their order, and nothing is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding import Known, link_reports
from detente.model import Evidence, Quantity, Report

NOW = datetime(2022, 7, 1, tzinfo=UTC)
EXPELLED = "Norway expelled eight Chilean diplomats over the fisheries quarrel."
AGAIN = "Oslo said eight Chilean diplomats had been expelled over the fisheries quarrel."
OTHER = "A court in Bergen closed the consulate after protests by shipowners."


def report(name, quote=EXPELLED, *, day=date(2022, 6, 3), end=None, precision="day", **fields):
    given = {"source_country": "NOR", "target_country": "CHL", "event_type": "SANCTION"} | fields
    return Report(
        name,
        date_start=day,
        date_end=end or day,
        date_precision=precision,
        evidence=(Evidence("d", 0, len(quote), quote),),
        **given,
    )


def events(*reports, known=()):
    return [link.event_id for link in link_reports(reports, known, by="test", recorded_at=NOW)]


def test_two_reports_of_one_act_are_one_event():
    assert events(report("a"), report("b", AGAIN)) == ["a", "a"]


@pytest.mark.parametrize(
    "other",
    [
        report("b", target_country="PER"),
        report("b", source_country="CHL", target_country="NOR"),
        report("b", event_type="ACCUSE"),
        report("b", status="future"),
        report("b", status="negated"),
        report("b", day=date(2022, 6, 4)),
        report("b", OTHER),
        replace(report("b"), date_start=None, date_end=None, date_precision="unknown"),
    ],
    ids="target direction type planned denied day words undated".split(),
)
def test_reports_that_differ_stay_two_events(other):
    assert events(report("a"), other, report("c", "The harbour of Oslo was quiet on that morning.")) == ["a", "b", "c"]


def test_an_alleged_and_an_actual_report_are_one_act():
    assert events(report("a", status="alleged"), report("b", AGAIN)) == ["a", "a"]


@pytest.mark.parametrize(("count", "same"), [(8, True), (8.5, True), (10, False)])
def test_counts_of_the_same_thing_must_agree_to_a_tenth(count, same):
    one = report("a", quantities=(Quantity(8, None, "diplomats"),))
    other = report("b", quantities=(Quantity(count, None, "diplomats"),))
    assert (events(one, other) == ["a", "a"]) is same


def test_counts_of_different_things_do_not_part_an_act():
    one = report("a", quantities=(Quantity(8, None, "diplomats"),))
    assert events(one, report("b", quantities=(Quantity(2, None, "consuls"),))) == ["a", "a"]


def test_a_month_and_a_day_in_it_are_one_act_only_in_like_words():
    month = {"day": date(2022, 6, 1), "end": date(2022, 6, 30), "precision": "month"}
    links = link_reports([report("a"), report("b", **month)], (), by="test", recorded_at=NOW)
    assert [(link.event_id, link.rule) for link in links] == [("a", "new"), ("a", "same-period")]
    assert events(report("a"), report("b", OTHER, **month)) == ["a", "b"]


def test_a_year_is_too_long_to_be_the_same_act():
    year = report("b", day=date(2022, 1, 1), end=date(2022, 12, 31), precision="year")
    assert events(report("a"), year) == ["a", "b"]


def test_a_mutual_act_is_one_whichever_side_is_first():
    one = report("a", symmetric=True, event_type="CONSULT")
    other = report("b", AGAIN, symmetric=True, event_type="CONSULT", source_country="CHL", target_country="NOR")
    assert events(one, other) == ["a", "a"]


def test_a_stored_report_gives_its_event():
    known = Known("old-event", report("old"))
    assert events(report("a", AGAIN), known=[known]) == ["old-event"]


def test_a_link_says_by_whom_when_and_by_what_rule():
    (link,) = link_reports([report("a")], (), by="coder/1", recorded_at=NOW)
    assert (link.report_id, link.event_id, link.rule, link.by, link.recorded_at, link.supersedes) == (
        "a",
        "a",
        "new",
        "coder/1",
        NOW,
        None,
    )


REPORTS = st.lists(
    st.tuples(
        st.sampled_from([EXPELLED, AGAIN, OTHER]),
        st.sampled_from(["NOR", "PER"]),
        st.sampled_from(["SANCTION", "ACCUSE"]),
        st.integers(1, 3),
        st.sampled_from(["actual", "alleged", "future"]),
    ),
    max_size=8,
).map(
    lambda rows: [
        report(str(place), quote, day=date(2022, 6, day), source_country=source, event_type=kind, status=status)
        for place, (quote, source, kind, day, status) in enumerate(rows)
    ]
)


@settings(max_examples=100)
@given(REPORTS)
def test_every_report_has_one_link_to_an_event_of_its_own_kind(reports):
    links = link_reports(reports, (), by="test", recorded_at=NOW)
    assert [link.report_id for link in links] == [one.report_id for one in reports]
    by_id = {one.report_id: one for one in reports}
    for link in links:
        mine, first = by_id[link.report_id], by_id[link.event_id]
        assert (mine.source_country, mine.event_type, mine.date_start) == (
            first.source_country,
            first.event_type,
            first.date_start,
        )


@settings(max_examples=100)
@given(REPORTS)
def test_linking_again_gives_the_same_events(reports):
    first = link_reports(reports, (), by="test", recorded_at=NOW)
    known = [Known(link.event_id, one) for link, one in zip(first, reports, strict=True)]
    again = link_reports(reports, known, by="test", recorded_at=NOW)
    assert [link.event_id for link in again] == [link.event_id for link in first]


@settings(max_examples=100)
@given(REPORTS.flatmap(lambda reports: st.tuples(st.just(reports), st.permutations(reports))))
def test_groups_of_equal_words_do_not_hang_on_the_order(both):
    def groups(reports):
        found = {}
        for link in link_reports(reports, (), by="test", recorded_at=NOW):
            found.setdefault(link.event_id, set()).add(link.report_id)
        return {frozenset(group) for group in found.values()}

    assert groups(both[0]) == groups(both[1])


def test_acts_of_two_armed_groups_are_two_events():
    words = "Rockets were fired at Israel from Gaza."
    one = report("a", words, source_country=None, source_actor="group/hamas", target_country="ISR")
    other = report("b", words, source_country=None, source_actor="group/islamic-jihad", target_country="ISR")
    assert events(one, other) == ["a", "b"]


def told(name, document, quote=EXPELLED, **fields):
    one = report(name, quote, **fields)
    return replace(one, evidence=(Evidence(document, 0, len(quote), quote),))


STORY = [frozenset({"agency", "paper"})]


def links_of(*reports, stories=STORY):
    links = link_reports(reports, (), by="test", recorded_at=NOW, stories=stories)
    return [(link.event_id, link.rule) for link in links]


def test_one_act_in_two_copies_of_a_story_is_one_event_with_two_pieces_of_evidence():
    assert links_of(told("a", "agency"), told("b", "paper", AGAIN)) == [("a", "new"), ("a", "same-story")]


@pytest.mark.parametrize(("days", "joined"), [(1, True), (3, True), (4, False)])
def test_a_reprint_may_date_the_act_three_days_apart(days, joined):
    later = told("b", "paper", day=date(2022, 6, 3 + days))
    assert links_of(told("a", "agency"), later)[1] == (("a", "same-story") if joined else ("b", "new"))
    assert links_of(told("a", "agency"), later, stories=())[1] == ("b", "new")


def test_an_undated_copy_joins_the_dated_one():
    undated = replace(told("b", "paper"), date_start=None, date_end=None, date_precision="unknown")
    assert links_of(told("a", "agency"), undated)[1] == ("a", "same-story")


def test_two_acts_of_one_story_stay_two_events():
    reports = [told("a", "agency"), told("b", "agency", OTHER), told("c", "paper", AGAIN), told("d", "paper", OTHER)]
    assert [event for event, _ in links_of(*reports)] == ["a", "b", "a", "b"]


@pytest.mark.parametrize("change", [{"event_type": "ACCUSE"}, {"target_country": "PER"}, {"status": "negated"}])
def test_a_story_does_not_join_acts_that_differ(change):
    assert links_of(told("a", "agency"), told("b", "paper", **change))[1] == ("b", "new")


def test_a_story_does_not_join_counts_that_differ():
    eight, ten = (
        replace(told(name, document), quantities=(Quantity(count, None, "diplomats"),))
        for name, document, count in (("a", "agency", 8), ("b", "paper", 10))
    )
    assert links_of(eight, ten)[1] == ("b", "new")


def test_reports_of_one_document_are_not_joined_across_days_by_its_story():
    assert links_of(told("a", "agency"), told("b", "agency", day=date(2022, 6, 4)))[1] == ("b", "new")
