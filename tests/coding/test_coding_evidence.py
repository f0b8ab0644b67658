"""The words a report rests on, and the reference that covers them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.evidence import cite
from detente.model import Citation, Document, Sentence

ARTICLE = """Spain and Morocco at odds

Spain closed its embassy in Morocco in May 2021.[1] Morocco recalled its ambassador from Spain in May 2021. \
This was seen as an answer to Madrid.[2]

Morocco accused Spain. Spain protested to Morocco on 3 June 2021. Rabat condemned Spain on 4 June 2021.[3]

Spain rebuked Morocco. Morocco rebuked Spain.

[1] “Spain closes embassy”, Reuters, (Date of Accession: 03.07.2021).

[2] “Morocco recalls envoy”, AP, (Date of Accession: 03.07.2021).

[3] “Row grows”, BBC, (Date of Accession: 04.07.2021).
"""


@pytest.fixture(scope="module")
def reports(code):
    return code(ARTICLE, date=None, parse_layout=True).reports


def cited(reports, words):
    (report,) = [report for report in reports if report.evidence[0].quote.startswith(words)]
    evidence = report.evidence[0]
    return evidence.citation_number, evidence.citation_basis, evidence.publisher


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Morocco recalled", (2, "next", "AP")),
        ("Morocco accused", (3, "paragraph", "BBC")),
        ("Spain protested", (3, "next", "BBC")),
        ("Rabat condemned", (3, "own", "BBC")),
        ("Spain rebuked", (None, None, None)),
        ("Morocco rebuked", (None, None, None)),
    ],
)
def test_a_reference_covers_its_sentence_and_only_what_it_must_mean(reports, words, expected):
    assert cited(reports, words) == expected


def test_a_report_carries_title_and_day_of_access(reports):
    evidence = next(report.evidence[0] for report in reports if report.evidence[0].citation_number == 3)
    assert (evidence.title, evidence.accessed) == ("Row grows", "2021-07-04")


def test_quotes_are_the_words_at_their_place(code):
    coded = code(ARTICLE, date=None, parse_layout=True)
    assert coded.reports
    for report in coded.reports:
        for item in report.evidence:
            assert item.document_id == coded.document.id
            assert item.quote == coded.document.text[item.start : item.end] != ""


FILLERS = st.text(alphabet=st.sampled_from("a é“”’ \n\u00a0çЖ中.,—"), max_size=20)
TOLD = st.lists(
    st.sampled_from(
        ["Norway condemned Chile.", "Peru expelled two Cuban envoys.", "Kenya met Uganda.", "It rained in Oslo."]
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=80, deadline=None)
@given(TOLD, st.lists(FILLERS, min_size=5, max_size=5))
def test_every_quote_and_every_reason_points_into_the_text(code, told, fillers):
    coded = code("Report: " + "".join(f"{one} {other} " for one, other in zip(told, fillers, strict=False)))
    for report in coded.reports:
        (item,) = report.evidence
        assert item.quote == coded.document.text[item.start : item.end]
        assert report.source_text is None or report.source_text in item.quote
    for item in coded.uncoded:
        assert 0 <= item.start < item.end <= len(coded.document.text)


def document(*sentences, publisher="Paper"):
    """A document of one paragraph whose sentences carry the given citations."""
    text, made = "", []
    for words, numbers in sentences:
        made.append(Sentence(len(text), len(text) + len(words), "en", 0, numbers))
        text += words + " "
    numbers = {number for _, found in sentences for number in found}
    citations = tuple(Citation(number, f"[{number}]", 0, 0, publisher=f"P{number}") for number in sorted(numbers))
    return Document("d", text, publisher=publisher, sentences=tuple(made), citations=citations)


def test_the_last_of_several_references_of_a_sentence_is_taken():
    one = document(("Chad left.", (1, 2)))
    assert (cite(one, one.sentences[0]).citation_number, cite(one, one.sentences[0]).publisher) == (2, "P2")


def test_two_references_in_a_paragraph_leave_the_rest_uncited():
    one = document(("Chad left.", ()), ("Niger left.", (1,)), ("Mali left.", (2,)))
    evidence = cite(one, one.sentences[0])
    assert (evidence.citation_number, evidence.citation_basis, evidence.publisher) == (None, None, "Paper")


def test_a_reference_before_a_sentence_does_not_cover_it():
    one = document(("Chad left.", (1,)), ("Niger left.", ()))
    assert cite(one, one.sentences[1]).citation_number is None


def test_a_reference_of_another_paragraph_does_not_cover_a_sentence():
    one = document(("Chad left.", ()), ("Niger left.", (1,)))
    apart = replace(one, sentences=(one.sentences[0], replace(one.sentences[1], paragraph=1)))
    assert cite(one, one.sentences[0]).citation_number == 1
    assert cite(apart, apart.sentences[0]).citation_number is None
