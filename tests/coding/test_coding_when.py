"""Dates are the act's, resolved against the document, and never after it for what happened."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.when import after, find_dates, is_later, not_after
from detente.model import UNDATED, DateSpan, parse_partial_date

WEDNESDAY = parse_partial_date("2022-06-15")
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
SPANS = st.tuples(DAYS, DAYS, st.sampled_from(["day", "month", "year", "span"])).map(
    lambda parts: DateSpan(min(parts[:2]), max(parts[:2]), parts[2], "text")
)
WORDS = st.lists(
    st.sampled_from(
        "on in since 3 31 29 March february May Sept. 2022 1983 2024 yesterday last week month year Monday next sunday "
        "2022-02-30 2021-12-01 the same day of earlier this fiscal war in Ukraine during after Gulf War , 99".split()
    ),
    max_size=9,
).map(" ".join)


def spans(text, published=WEDNESDAY, context=None):
    return [str(item.span) for item in find_dates(text, published, context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 3 March 2021", "2021-03-03"),
        ("on March 3, 2021", "2021-03-03"),
        ("on the 3rd of March 2021", "2021-03-03"),
        ("on 2021-03-03", "2021-03-03"),
        ("in March 2021", "2021-03"),
        ("in March of 2021", "2021-03"),
        ("in 2021", "2021"),
        ("on 3 March", "2022-03-03"),
        ("in May", "2022-05"),
        ("in September", "2021-09"),
        ("in July", "2022-07"),
        ("yesterday", "2022-06-14"),
        ("tomorrow", "2022-06-16"),
        ("on Monday", "2022-06-13"),
        ("on Wednesday", "2022-06-15"),
        ("last Wednesday", "2022-06-08"),
        ("next Friday", "2022-06-17"),
        ("last week", "2022-06-06/2022-06-12"),
        ("last month", "2022-05"),
        ("last year", "2021"),
    ],
)
def test_words_of_time_are_resolved_against_the_document(text, expected):
    assert spans(text) == [expected]


@pytest.mark.parametrize(
    "text", ["on 30 February 2021", "on 2021-02-30", "on 32 March", "the 2021 report", "he may go"]
)
def test_what_is_no_date_gives_none(text):
    assert spans(text) == []


@pytest.mark.parametrize("text", ["in May", "yesterday", "on Monday", "last month"])
def test_without_a_document_date_a_date_without_its_year_is_left_out(text):
    assert spans(text, UNDATED) == []


@pytest.mark.parametrize("text", ["yesterday", "on Monday", "last week"])
def test_a_document_dated_by_its_year_gives_no_day(text):
    assert spans(text, parse_partial_date("2022")) == []


def test_the_month_before_january_lies_in_the_year_before():
    assert spans("last month", parse_partial_date("2022-01-20")) == ["2021-12"]


def test_the_same_year_is_that_of_the_sentence_before():
    found = find_dates("in April of the same year", UNDATED, parse_partial_date("2019-03"))
    assert [(str(item.span), item.span.basis) for item in found] == [("2019-04", "context")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("during the Gulf War", "1990-08-02/1991-02-28"),
        ("after the annexation of Crimea", "2014-03-18/2022-06-15"),
        ("with the Korean War", "1950"),
    ],
)
def test_a_war_known_by_name_dates(text, expected):
    assert spans(text) == [expected]


@given(DAYS, DAYS, st.sampled_from(["{0:%d %B %Y}", "{0:%B %d, %Y}", "{0:%Y-%m-%d}"]))
def test_a_full_date_is_itself_whatever_the_document_says(day, published, pattern):
    document = DateSpan(published, published, "day", "document")
    assert spans("on " + pattern.format(day), document) == [day.isoformat()]


@given(DAYS, st.sampled_from("monday tuesday wednesday thursday friday saturday sunday".split()))
def test_a_weekday_is_one_of_the_last_seven_days(published, name):
    found = find_dates(f"on {name}", DateSpan(published, published, "day", "document"), None)
    day = found[0].span.start
    assert day.strftime("%A").lower() == name
    assert timedelta(0) <= published - day < timedelta(7)


@given(DAYS, st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_its_year_is_near_the_document(published, month, day):
    name = date(2000, month, day).strftime("%d %B")
    found = find_dates(f"on {name}", DateSpan(published, published, "day", "document"), None)
    assert timedelta(-366) < found[0].span.start - published <= timedelta(62)


@settings(max_examples=300)
@given(WORDS, DAYS, st.none() | SPANS)
def test_every_date_is_ordered_and_stands_where_it_says(text, published, context):
    for item in find_dates(text, DateSpan(published, published, "day", "document"), context):
        assert 0 <= item.start < item.end <= len(text)
        assert item.span.start <= item.span.end
        if item.span.precision == "day":
            assert item.span.start == item.span.end


@given(SPANS, SPANS)
def test_what_happened_begins_no_later_than_the_document(span, published):
    cut = not_after(span, published)
    assert cut.start is None or cut.start <= published.end
    if span.precision in {"day", "span"}:
        assert cut.end <= published.end
    if span.end <= published.end:
        assert cut == span


@given(SPANS, SPANS)
def test_what_came_after_lies_between_its_context_and_the_document(context, published):
    span = after(context, published)
    assert span.start == context.end
    assert span.start <= span.end <= max(context.end, published.end)


@pytest.mark.parametrize(("text", "later"), [("Subsequently, Chad left.", True), ("Chad later left.", False)])
def test_a_sentence_that_opens_as_later_is_known(text, later):
    assert is_later(text) is later


@given(st.dates(date(1995, 1, 1), date(2024, 12, 31)), st.dates(date(1995, 1, 1), date(2024, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_an_actual_act_is_never_dated_after_its_document(code, published, told):
    text = f"Norway expelled a Chilean diplomat on {told:%d %B %Y}."
    reports = code(text, date=published.isoformat()).reports
    assert [report.status for report in reports] == ["actual"]
    assert reports[0].date_end <= published
    if told <= published:
        assert reports[0].date_start == reports[0].date_end == told


@pytest.mark.parametrize(
    ("text", "expected", "basis"),
    [
        ("Norway expelled a Chilean diplomat.", ("2022-06-15", "2022-06-15"), "document"),
        ("Norway expelled a Chilean diplomat on Monday.", ("2022-06-13", "2022-06-13"), "text"),
        ("Norway expelled a Chilean diplomat in May.", ("2022-05-01", "2022-05-31"), "text"),
        ("Since May, Norway has expelled a Chilean diplomat.", ("2022-06-15", "2022-06-15"), "document"),
    ],
)
def test_an_act_takes_its_own_date_else_the_document_s(one, text, expected, basis):
    report = one(text)
    assert (report.date_start.isoformat(), report.date_end.isoformat()) == expected
    assert report.date_basis == basis


def test_without_any_date_an_act_is_undated(one):
    report = one("Norway expelled a Chilean diplomat.", date=None)
    assert (report.date_start, report.date_end, report.date_precision) == (None, None, "unknown")


def test_a_sentence_goes_on_with_the_date_before_it(code):
    text = "In May 2019, Norway expelled a Chilean diplomat. Chile expelled two Norwegian diplomats in response."
    first, second = code(text, date=None).reports
    assert (first.date_basis, second.date_basis) == ("text", "context")
    assert second.date_start == first.date_start == date(2019, 5, 1)


def test_a_new_paragraph_does_not_go_on_with_a_date(code):
    text = "In May 2019, Norway expelled a Chilean diplomat.\n\nChile expelled two Norwegian diplomats."
    reports = code(text, date=None).reports
    assert [report.date_start for report in reports] == [date(2019, 5, 1), None]


def test_each_act_of_a_sentence_has_its_own_date(code):
    text = "Norway protested to Chile on 2 May 2022 and expelled a Chilean envoy on 9 May 2022."
    dates = {report.event_type: report.date_start for report in code(text).reports}
    assert dates == {"ACCUSE": date(2022, 5, 2), "SANCTION": date(2022, 5, 9)}


@pytest.mark.parametrize(
    ("text", "retrospective"),
    [
        ("Norway expelled a Chilean diplomat on 2 May 2012.", True),
        ("Norway expelled a Chilean diplomat on 2 May 2022.", False),
    ],
)
def test_an_act_told_long_after_is_retrospective(one, text, retrospective):
    assert one(text).retrospective is retrospective


def test_what_a_state_has_just_said_is_not_retrospective(code):
    reports = code("Chile said that Peru had shelled its border post on Monday.").reports
    assert reports
    assert not any(report.retrospective for report in reports)


@pytest.mark.parametrize("opening", ["On Monday", "In May", "In May 2022", "On 2 May 2022"])
def test_an_opening_date_without_a_comma_takes_nothing_away(acts, opening):
    assert acts(f"{opening} Norway expelled a Chilean diplomat.") == {"NOR CHL SANCTION actual"}


def test_the_same_day_as_days_that_call_themselves_a_day_is_a_span():
    days = DateSpan(date(2000, 1, 1), date(2000, 1, 2), "day", "text")
    [found] = find_dates("the same day", DateSpan(date(2000, 1, 1), date(2000, 1, 1), "day", "document"), days)
    assert found.span.precision == "span"
