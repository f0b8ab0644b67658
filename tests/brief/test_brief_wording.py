"""Dates, numbers, quotes and sources as printed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.brief import BriefInputs, compose_brief
from detente.brief.language import load_language
from detente.brief.tables import read_rows
from detente.brief.wording import cleaned, number, quoted, shortened, span_words, when_words
from detente.model import Report


@given(st.text(max_size=400), st.integers(min_value=2, max_value=300))
def test_a_shortened_text_never_passes_its_limit(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert len(short) <= limit
    whole = cleaned(text)
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


@given(st.text(max_size=400))
def test_quotes_hold_no_mark_that_ends_them(text: str) -> None:
    quote = quoted(text)
    assert quote[0] + quote[-1] == "“”"
    assert not set('“”"') & set(quote[1:-1])
    assert len(quote) <= 302


def test_a_quote_is_cut_at_a_word() -> None:
    assert shortened("Russia broke off talks with Japan", 20) == "Russia broke off…"


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_numbers_keep_their_sign_and_size(value: float) -> None:
    back = float(number(value).replace("−", "-").replace(",", ""))
    assert abs(back - value) <= max(0.5, abs(value) * 0.01)
    assert abs(value) >= 10 or abs(back - value) <= 0.0051


def test_spans() -> None:
    assert span_words(date(2022, 1, 1), date(2022, 1, 31)) == "31 days"
    assert span_words(date(2020, 7, 24), date(2022, 2, 23)) == "19 months"
    assert span_words(date(2010, 1, 1), date(2019, 12, 31)) == "10 years"


def test_a_date_is_no_more_exact_than_known() -> None:
    known = {"date_start": date(2022, 3, 1), "date_end": date(2022, 3, 31)}
    assert when_words(Report("r", date_precision="month", **known)) == "March 2022"
    assert when_words(Report("r", date_precision="span", **known)) == "1 March 2022 to 31 March 2022"
    assert when_words(Report("r", date_precision="unknown", date_end=date(2023, 1, 3))) == "by 3 January 2023"
    assert when_words(Report("r")) == "undated"


def test_sources_are_numbered_in_order_of_citation_and_once(chosen_inputs: BriefInputs) -> None:
    events = tuple(
        replace(
            event,
            evidence=tuple(
                replace(item, publisher="One", title="Same", url="https://same.example") for item in event.evidence
            ),
        )
        for event in chosen_inputs.events
    )
    assert len(compose_brief(replace(chosen_inputs, events=events)).sources) == 1
    brief = compose_brief(chosen_inputs)
    assert [source.number for source in brief.sources] == list(range(1, len(brief.events) + 1))
    first = next(event for event in brief.events if event.event_id == brief.statements[0].evidence[0])
    assert brief.sources[0].url == first.evidence[0].url
    assert (brief.sources[0].published, brief.sources[0].note) == ("2022-12", "summary in our own words")


def test_a_cited_source_gets_no_date_of_the_text_that_cites_it(chosen_inputs: BriefInputs) -> None:
    events = tuple(
        replace(
            event,
            evidence=tuple(
                replace(item, citation_number=4, title="The cited report", url=None, accessed="2023-01-03")
                for item in event.evidence
            ),
        )
        for event in chosen_inputs.events
    )
    source = compose_brief(replace(chosen_inputs, events=events)).sources[0]
    assert source.published is None
    assert source.accessed == "2023-01-03"
    assert "cited in “On e" in (source.note or "")


def test_an_event_without_publisher_takes_that_of_its_document(chosen_inputs: BriefInputs) -> None:
    events = tuple(
        replace(event, evidence=tuple(replace(item, publisher=None, title=None, url=None) for item in event.evidence))
        for event in chosen_inputs.events
    )
    brief = compose_brief(replace(chosen_inputs, events=events))
    assert all(source.url and source.url.startswith("https://x.example/") for source in brief.sources)
    bare = compose_brief(replace(chosen_inputs, events=events, documents={}))
    assert bare.sources[0].document_id == f"d/{bare.statements[0].evidence[0]}"


def test_the_word_tables_are_whole() -> None:
    types = [row["event_type"] for row in read_rows("event_types")]
    assert len(types) == len(set(types)) == 16
    assert {row["group"] for row in read_rows("event_types")} == {"cooperation", "conflict", "request"}


@pytest.mark.parametrize(("name", "page"), [("hedging", "hedging.md"), ("contrast", "brief.md")])
def test_the_published_tables_are_those_in_use(name: str, page: str) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / page).read_text(encoding="utf-8")
    words = load_language("en").messages
    for row in read_rows(name):
        said = [words.get(f"contrast.{value}", value) for value in row.values()]
        assert f"| {' | '.join(said)} |" in text
