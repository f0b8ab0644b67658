"""Title, authors, publisher, date and language: said where the text says them, unknown where it does not."""

import pytest

from detente.documents import read_bytes, read_text
from detente.model import UNDATED


@pytest.mark.parametrize(
    "text",
    [
        "Russia sent troops to the islands. Japan protested against it.",
        "Rusya adalara asker gönderdi. Japonya bunu protesto etti.",
        "Россия направила войска на острова. Япония выразила протест.",
    ],
)
def test_what_a_text_does_not_say_is_unknown(text):
    document = read_text(text)
    assert (document.title, document.authors, document.publisher, document.url) == (None, (), None, None)
    assert document.published == UNDATED
    assert document.citations == ()


@pytest.mark.parametrize(
    ("text", "authors", "publisher", "published", "precision", "language"),
    [
        (
            "Japan Protests\n\nBy Jane Smith, Reuters\n\nMarch 8, 2022\n\nJapan protested on Tuesday. It left.",
            ("Jane Smith",),
            "Reuters",
            "2022-03-08",
            "day",
            "en",
        ),
        (
            "Japonya Protesto Etti\n\nYazar: Ayşe Yılmaz\n\nYayın tarihi: 8 Mart 2022\n\nJaponya bunu protesto etti.",
            ("Ayşe Yılmaz",),
            None,
            "2022-03-08",
            "day",
            "tr",
        ),
        (
            "Япония протестует\n\nАвтор: Иван Петров\n\nОпубликовано: 08.03.2022\n\nЯпония выразила протест России.",
            ("Иван Петров",),
            None,
            "2022-03-08",
            "day",
            "ru",
        ),
        ("АНКАРА, 7 марта 2022. /ТАСС/. Турция ждёт ответа от России.", (), "TASS", "2022-03-07", "day", "ru"),
        ("ANKARA (AA) - Rusya adalara asker gönderdi.", (), "Anadolu Agency", "undated", "unknown", "tr"),
    ],
)
def test_metadata_in_three_languages(text, authors, publisher, published, precision, language):
    document = read_text(text)
    assert (document.authors, document.publisher, document.language) == (authors, publisher, language)
    assert (str(document.published), document.published.precision) == (published, precision)
    assert document.published.basis == "document"


def front(lines):
    text = f"---\n{lines}\n---\n# Talks\n\nRussia sent troops to the islands. Japan protested.\n"
    return read_bytes(text.encode(), name="x.md", kind="markdown")[0]


def test_front_matter_in_other_words_and_lists():
    document = front("başlık: Görüşmeler\nauthors:\n  - Ayşe Yılmaz\n  - 'John Doe'\ntarih: 8 Mart 2022\nsource: AA")
    assert (document.title, document.authors, document.publisher) == ("Görüşmeler", ("Ayşe Yılmaz", "John Doe"), "AA")
    assert str(document.published) == "2022-03-08"


def test_a_source_that_is_an_address_is_no_publisher():
    assert front("source: https://x.org/a").publisher is None


def test_a_month_is_no_day():
    document = front("date: 2022-03")
    assert (str(document.published), document.published.precision) == ("2022-03", "month")


def test_an_impossible_date_is_unknown():
    assert front("date: 31.02.2022").published == UNDATED
