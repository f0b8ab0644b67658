"""The gold list of the article is sound, and articles are scored row by row."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from detente.evaluation import format_article, read_gold, score_article
from detente.evaluation.criteria import plain_words
from detente.model import Document, Evidence, Materiel, Quantity, Report, Sentence

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests/gold/seed_article.jsonl"
ARTICLE = ROOT / "../shared/seed/article.txt"


@pytest.fixture(scope="module")
def gold():
    return read_gold(GOLD)


def as_coded(row, place):
    """A report that says exactly what a gold row says."""
    return Report(
        report_id=str(place),
        source_country=row.source_country,
        target_country=row.target_country,
        event_type=row.event_types[0],
        date_start=row.date.start or row.date.end,
        date_end=row.date.end or row.date.start,
        symmetric=row.symmetric,
        status=row.statuses[0],
        retrospective=bool(row.retrospective),
        target_basis="context" if row.target_implied else "text",
        evidence=tuple(
            Evidence("article", 0, len(words), words, citation_number=row.citations[0] if row.citations else None)
            for words in row.sentences[:1]
        ),
        quantities=row.quantities,
        materiel=tuple(Materiel(item, "any") for item in row.materiel),
    )


def test_the_list_has_the_rows_that_must_be_found(gold):
    required = [row for row in gold if not row.optional]
    acts = [(row.source_country, row.target_country, row.event_types[0]) for row in required]
    assert sorted(acts) == sorted(
        [("RUS", "JPN", "CONSULT"), ("RUS", "JPN", "ACCUSE"), ("RUS", "JPN", "SANCTION")]
        + [("RUS", "JPN", "MOBILIZE")] * 3
        + [("JPN", "RUS", "SANCTION")] * 3
    )
    assert {number for row in required for number in row.citations} == {1, 2, 4, 5, 6, 7, 9, 10, None}


def test_anchors_are_short_and_every_optional_row_has_its_reason(gold):
    for row in gold:
        assert row.sentences
        assert all(0 < len(words.split()) <= 6 for words in row.sentences)
        assert row.optional == bool(row.reason)


def test_what_is_not_an_act_is_not_in_the_list(gold):
    for row in gold:
        assert not any("technically" in words or "treaty" in words for words in row.sentences)
        if "plans to strengthen its military" in row.sentences:
            assert row.statuses == ("future",)
            assert row.optional


def test_the_gold_itself_is_found_exactly(gold):
    score = score_article(gold, [as_coded(row, place) for place, row in enumerate(gold)])
    assert score.values() == {"recall": 1.0, "precision": 1.0, "exact": 1.0}
    assert len(score.optional) == sum(row.optional for row in gold)


def test_missing_and_outside_rows_are_listed(gold):
    required = [row for row in gold if not row.optional]
    reports = [as_coded(row, place) for place, row in enumerate(required[1:])]
    treaty = Evidence("article", 0, 9, "no formal peace treaty")
    outside = Report("x", "RUS", "JPN", "ASSAULT", evidence=(treaty,))
    score = score_article(gold, [*reports, outside])
    assert score.missing == (required[0],)
    assert score.outside == (outside,)
    assert score.recall == pytest.approx(8 / 9)
    assert score.precision == pytest.approx(8 / 9)


def test_a_plan_told_as_a_fresh_act_is_outside(gold):
    words = "Japan plans to strengthen its military with US support"
    evidence = (Evidence("article", 0, len(words), words),)
    future = Report("a", "JPN", "RUS", "MOBILIZE", status="future", evidence=evidence)
    fresh = Report("b", "JPN", "RUS", "MOBILIZE", status="actual", evidence=evidence)
    assert score_article(gold, [future]).outside == ()
    assert score_article(gold, [fresh]).outside == (fresh,)


def test_the_same_act_coded_twice_is_outside_once(gold):
    (row,) = [row for row in gold if row.citations == (4,)]
    score = score_article(gold, [as_coded(row, 1), as_coded(row, 2)])
    assert (len(score.found), len(score.outside)) == (1, 1)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("date", {"date_start": None, "date_end": None}),
        ("status", {"status": "alleged"}),
        ("symmetric", {"symmetric": True}),
        ("target_basis", {"target_basis": "text"}),
        ("materiel", {"materiel": (Materiel("Su-35", "fighter"),)}),
        ("quantities", {"quantities": (Quantity(5300, "soldiers", None),)}),
        ("citation", {"evidence": (Evidence("a", 0, 27, "3,500 soldiers participated"),)}),
    ],
)
def test_each_wrong_field_is_named(gold, field, change):
    (row,) = [row for row in gold if row.quantities and row.citations == (7,)]
    (found,) = score_article(gold, [replace(as_coded(row, 0), **change)]).found
    assert found.differs == (field,)


def test_contacts_of_an_earlier_time_must_be_told_as_such(gold):
    (row,) = [row for row in gold if row.retrospective]
    told_as_new = replace(as_coded(row, 0), retrospective=False)
    (found,) = score_article(gold, [told_as_new]).found
    assert found.differs == ("retrospective",)


def test_a_quote_shorter_than_its_sentence_is_found_through_the_document(gold):
    sentence = "As a sign of strength, 3,500 soldiers participated in it."
    text = f"{sentence} Su-35 jets flew."
    sentences = (Sentence(0, len(sentence), "en", 0), Sentence(len(sentence) + 1, len(text), "en", 0))
    document = Document("article", text, sentences=sentences)
    quote = "sign of strength"
    start = text.index(quote)
    report = Report("r", "RUS", "JPN", "MOBILIZE", evidence=(Evidence("article", start, start + len(quote), quote),))
    assert score_article(gold, [report]).found == ()
    (found,) = score_article(gold, [report], document).found
    assert found.report is report


def test_the_table_names_every_kind_of_row(gold):
    (treated,) = [row for row in gold if row.citations == (4,)]
    optional = next(row for row in gold if row.optional)
    outside = Report("x", "RUS", "JPN", "ASSAULT", evidence=(Evidence("article", 0, 5, "words"),))
    score = score_article(gold, [as_coded(treated, 0), as_coded(optional, 1), outside])
    kinds = [line.split()[0] for line in format_article(score).splitlines()[1:]]
    assert kinds == ["found", *["missing"] * 8, "optional", "outside"]


@pytest.mark.data
@pytest.mark.skipif(not ARTICLE.exists(), reason="needs the article beside the repository")
def test_every_anchor_stands_once_in_the_article(gold):
    article = plain_words(ARTICLE.read_text(encoding="utf-8"))
    for row in gold:
        for anchor in row.sentences:
            assert article.count(plain_words(anchor)) == 1, anchor


@pytest.mark.data
@pytest.mark.skipif(not ARTICLE.exists(), reason="needs the article beside the repository")
def test_the_article_is_not_copied_into_the_list():
    lines = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    article = plain_words(ARTICLE.read_text(encoding="utf-8")).split()
    runs = {" ".join(article[at : at + 7]) for at in range(len(article) - 6)}
    words = plain_words(" ".join(str(value) for line in lines for value in line.values())).split()
    assert not runs & {" ".join(words[at : at + 7]) for at in range(len(words) - 6)}
