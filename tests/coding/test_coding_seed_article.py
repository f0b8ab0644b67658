"""The article that started the project: every row of its table, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from detente.coding import code_document
from detente.documents import read_file
from detente.evaluation import read_gold, score_article

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "../shared/seed/article.txt"
GOLD = ROOT / "tests/gold/seed_article.jsonl"

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not ARTICLE.exists(), reason="needs the article in ../shared/seed"),
]


@pytest.fixture(scope="module")
def document():
    (document,) = read_file(ARTICLE)
    return document


@pytest.fixture(scope="module")
def reports(document, coder):
    return code_document(document, coder).reports


@pytest.fixture(scope="module")
def score(document, reports):
    return score_article(read_gold(GOLD), reports, document)


def test_every_required_row_is_found_and_nothing_outside_the_gold(score):
    assert [row.sentences[0] for row in score.missing] == []
    assert [item.evidence[0].quote for item in score.outside] == []
    assert len(score.found) == 9


def test_every_field_of_the_dated_rows_is_right(score):
    differs = {row.gold.sentences[0]: row.differs for row in score.found if row.gold.event_types != ("CONSULT",)}
    assert len(differs) == 8
    assert {words: names for words, names in differs.items() if names} == {}


ROWS = [
    ("sent an S-300", "RUS JPN MOBILIZE", ("2020-12-01", "2020-12-31"), 2, "own", "place"),
    ("unfriendly", "RUS JPN SANCTION", ("2022-03-01", "2022-03-31"), 4, "own", "text"),
    ("to revoke Russia", "JPN RUS SANCTION", ("2022-04-01", "2022-04-30"), 5, "own", "text"),
    ("banned the export", "JPN RUS SANCTION", ("2022-04-30", "2023-01-03"), 6, "own", "text"),
    ("3,500 soldiers", "RUS JPN MOBILIZE", ("2022-03-01", "2022-03-31"), 7, "own", "context"),
    ("deploying 320", "RUS JPN MOBILIZE", (None, "2023-01-03"), 9, "next", "context"),
    ("accused Tokyo", "RUS JPN ACCUSE", ("2022-01-01", "2022-12-31"), 10, "own", "text"),
]


@pytest.mark.parametrize(("words", "act", "days", "number", "basis", "target_basis"), ROWS, ids=[r[0] for r in ROWS])
def test_a_row_of_the_table(reports, words, act, days, number, basis, target_basis):
    source, target, event_type = act.split()
    (report,) = [
        item
        for item in reports
        if words in item.evidence[0].quote and item.event_type == event_type and item.source_country == source
    ]
    start, end = (date.fromisoformat(day) if day else None for day in days)
    evidence = report.evidence[0]
    assert (report.target_country, report.status) == (target, "actual")
    assert (report.date_start, report.date_end) == (start, end)
    assert (evidence.citation_number, evidence.citation_basis) == (number, basis)
    assert report.target_basis == target_basis


@pytest.mark.parametrize(
    ("words", "items", "values"),
    [
        ("sent an S-300", {"S-300"}, []),
        ("3,500 soldiers", {"Su-35", "Mi-8", "Bastion-P", "T-72B3", "Orlan-10"}, [3500]),
        ("deploying 320", {"fighter jet", "bomber"}, [320]),
    ],
)
def test_equipment_and_numbers(reports, words, items, values):
    (report,) = [item for item in reports if words in item.evidence[0].quote]
    assert items <= {item.item for item in report.materiel}
    assert [item.value for item in report.quantities] == values


def test_the_answer_is_called_an_answer(reports):
    (report,) = [item for item in reports if "to revoke Russia" in item.evidence[0].quote]
    assert report.response_cue == "In response"


def test_the_joined_sanctions_are_of_the_year_of_the_war(reports):
    joined = [item for item in reports if "Tokyo joined the sanctions" in item.evidence[0].quote]
    assert [(item.source_country, item.target_country, item.event_type) for item in joined] == [
        ("JPN", "RUS", "SANCTION")
    ]
    assert (joined[0].date_start, joined[0].date_end) == (date(2022, 1, 1), date(2022, 12, 31))


def test_the_meetings_are_mutual_and_of_the_time_of_the_leader_named(reports):
    (report,) = [item for item in reports if "various meetings were held" in item.evidence[0].quote]
    assert (report.event_type, report.symmetric, report.retrospective) == ("CONSULT", True, True)
    assert (report.date_start.year, report.date_end.year) == (2012, 2020)


@pytest.mark.parametrize(
    "words",
    ["no compromise has been reached", "no formal peace treaty had been signed", "could be signed", "two fronts"],
)
def test_what_did_not_happen_is_no_act(reports, words):
    assert [item for item in reports if words in item.evidence[0].quote and item.status == "actual"] == []


def test_the_plan_is_a_plan(reports):
    statuses = {item.status for item in reports if "plans to strengthen" in item.evidence[0].quote}
    assert statuses <= {"future"}


def test_quotes_are_the_article_s_own_words(document, reports):
    assert reports
    for report in reports:
        for item in report.evidence:
            assert item.quote == document.text[item.start : item.end]


def test_the_author_s_note_and_the_references_are_not_coded(document, reports):
    body = max(sentence.end for sentence in document.sentences if sentence.language == "en")
    assert all(item.end <= body for report in reports for item in report.evidence)
    assert not any("Date of Accession" in item.quote for report in reports for item in report.evidence)
