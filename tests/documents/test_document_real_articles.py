"""The article the project starts from, and real articles in three languages."""

from datetime import date
from pathlib import Path

import pytest

from detente.documents import read_file

SHARED = Path(__file__).resolve().parents[2] / "../shared"
ARTICLES = SHARED / "data/articles"

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not ARTICLES.is_dir(), reason="needs the development data"),
]


@pytest.fixture(scope="module")
def article():
    return read_file(SHARED / "seed/article.txt")[0]


def test_title_author_language_and_bound(article):
    assert article.title == "The Impact of the Russia-Ukraine War on Moscow-Tokyo Relations"
    assert article.authors == ("Emrah KAYA",)
    assert article.language == "en"
    assert (article.published.start, article.published.end) == (None, date(2023, 1, 3))
    assert article.published.precision == "unknown"


def test_ten_citations_with_publisher_title_and_access(article):
    assert [citation.number for citation in article.citations] == list(range(1, 11))
    assert [citation.publisher for citation in article.citations] == [
        "CSIS",
        "AP",
        "The Moscow Times",
        "The Mainichi",
        "Bloomberg",
        "Reuters",
        "The Eurasian Times",
        "Yahoo News",
        "Nikkei Asia",
        "PBS News Hour",
    ]
    assert {citation.accessed for citation in article.citations} == {"2023-01-03"}
    assert all(citation.title for citation in article.citations)
    assert article.citations[7].title == "Russia is Still Officially at War with Japan. Here’s Why"
    authors = {citation.number: citation.author for citation in article.citations if citation.author}
    assert authors == {1: "Ike Barrash", 8: "Ross McGuinness", 9: "Junnosuke Kobara-Ryo Nakamura"}


def test_each_citation_is_tied_to_its_sentence(article):
    tied = {
        number: article.quote(sentence.start, sentence.end)
        for sentence in article.sentences
        for number in sentence.citations
    }
    assert sorted(tied) == list(range(1, 11))
    assert all(quote.endswith(f"[{number}]") for number, quote in tied.items())
    assert "S-300" in tied[2]
    assert "unfriendly countries" in tied[4]
    assert tied[7].startswith("3,500 soldiers")


def test_body_holds_neither_furniture_nor_references_nor_note(article):
    assert len(article.sentences) == 44
    assert {sentence.language for sentence in article.sentences} == {"en"}
    body = " ".join(article.quote(sentence.start, sentence.end) for sentence in article.sentences)
    for left_out in ("Similar Posts", "also available", "Accession", "KAYA", "Üniversitesi"):
        assert left_out not in body


@pytest.mark.parametrize(("chapter", "notes"), [(2, 118), (4, 105), (5, 55), (6, 89)])
def test_every_footnote_of_the_chapters_is_found_and_tied(chapter, notes):
    document = read_file(ARTICLES / f"en_frushistory_chapter_{chapter}.md")[0]
    tied = [number for sentence in document.sentences for number in sentence.citations]
    assert [citation.number for citation in document.citations] == list(range(1, notes + 1))
    assert sorted(set(tied)) == list(range(1, notes + 1))
    assert document.authors


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("en_wikinews_2019_114.txt", "2019-09-23"),
        ("en_wikinews_2019_133.txt", "2019-10-08"),
        ("ru_nerel_12521.txt", "undated"),
    ],
)
def test_datelines(name, published):
    assert str(read_file(ARTICLES / name)[0].published) == published


def test_language_and_offsets_of_every_article():
    for path in sorted(ARTICLES.glob("*_*.*")):
        document = read_file(path)[0]
        assert document.language == path.name[:2]
        assert document.sentences
        ends = [0, *(sentence.end for sentence in document.sentences)]
        assert all(end <= sentence.start for end, sentence in zip(ends, document.sentences, strict=False))
