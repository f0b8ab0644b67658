"""Outlets that a sentence names as its source, and agencies that a story carries as its own."""

import csv
from importlib.resources import files

import pytest

from detente.documents import read_text
from detente.documents.attributions import agency_of, find_attributions, outlet_of, publisher_at, source_line


def outlets(text):
    return [found.publisher for found in find_attributions(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("According to Reuters, Japan protested.", ["Reuters"]),
        ("According to the Associated Press, Iran answered.", ["Associated Press"]),
        ("Reuters reported on Monday that Japan protested.", ["Reuters"]),
        ("Japan protested, the Russian news agency TASS said.", ["TASS"]),
        ("“No,” he told AFP.", ["Agence France-Presse"]),
        ("The Kommersant newspaper wrote that the talks failed.", ["Kommersant"]),
        ("The fleet left, Kyodo News has reported, citing TASS.", ["Kyodo News", "TASS"]),
        ("Reuters'ın haberine göre Japonya tepki gösterdi.", ["Reuters"]),
        ("AA'nın aktardığına göre görüşme bitti.", ["Anadolu Agency"]),
        ("Anadolu Ajansı, Rusya'nın asker gönderdiğini bildirdi.", ["Anadolu Agency"]),
        ("Hürriyet gazetesine konuşan bakan reddetti.", ["Hürriyet"]),
        ("По данным ТАСС, посол уехал.", ["TASS"]),
        ("Посол уехал, сообщает РИА Новости.", ["RIA Novosti"]),
        ("Об этом пишет газета «Коммерсантъ».", ["Kommersant"]),
        ("«Интерфакс» сообщил о санкциях со ссылкой на агентство Рейтер.", ["Interfax", "Reuters"]),
    ],
)
def test_a_sentence_names_its_source(text, expected):
    assert outlets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "According to NATO, Russia sent troops.",
        "Russia blocked the site of Reuters.",
        "A Reuters journalist was expelled.",
        "The AP1000 reactor was sold, it reported.",
        "Sanctions hit TASS and RIA Novosti.",
        "Rusya, Reuters muhabirini sınır dışı etti.",
        "Россия закрыла бюро ТАСС.",
        "See reuters.com reports.",
    ],
)
def test_an_outlet_that_is_spoken_of_is_no_source(text):
    assert outlets(text) == []


def test_an_attribution_is_a_citation_with_a_publisher_and_nothing_else():
    document = read_text("Russia left the talks. According to Reuters, Japan protested. Reuters said no more.")
    assert [sentence.citations for sentence in document.sentences] == [(), (1,), (1,)]
    (citation,) = document.citations
    assert (citation.publisher, citation.text) == ("Reuters", "According to Reuters")
    assert (citation.author, citation.title, citation.published, citation.accessed, citation.url) == (None,) * 5


def test_a_note_weighs_more_than_the_outlet_named_beside_it():
    document = read_text("Japan protested,[1] according to Reuters. It left.\n\n[1] “Ban”, AP.")
    assert document.sentences[0].citations[-1] == 1


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("MOSCOW, March 7 (TASS) — Russia sent troops.", "TASS"),
        ("MOSCOW, March 7. /TASS/. Russia sent troops.", "TASS"),
        ("TOKYO (Kyodo) -- Japan protested.", "Kyodo News"),
        ("TOKYO, Jan. 5 (Reuters) - Japan protested.", "Reuters"),
        ("ANKARA (AA) - Bakan konuştu.", "Anadolu Agency"),
        ("İSTANBUL, (DHA)- Bakan konuştu.", "Demirören News Agency"),
        ("АНКАРА, 7 марта. /ТАСС/. Турция ждёт.", "TASS"),
        ("МОСКВА, 7 мар — РИА Новости. Россия ждёт.", "RIA Novosti"),
        ("Москва. 7 марта. INTERFAX.RU - Россия ждёт.", "Interfax"),
        ("Talks (AP) began in Moscow.", None),
        ("The minister (Reuters) left.", None),
        ("Russia — TASS was told — sent troops.", None),
    ],
)
def test_an_agency_line_gives_the_publisher(line, publisher):
    assert agency_of(line) == publisher
    document = read_text(f"{line} The rest of the story follows here.")
    assert document.publisher == publisher
    assert document.citations == ()


def test_a_publisher_given_from_outside_wins_over_the_agency_line():
    assert read_text("ANKARA (AA) - Bakan konuştu.", publisher="Daily Sabah").publisher == "Daily Sabah"


def test_source_lines_and_addresses():
    assert source_line("Kaynak: AA") == "Anadolu Agency"
    assert source_line("Источник: ТАСС") == "TASS"
    assert source_line("Source: a friend") is None
    assert publisher_at("https://news.example.org/reuters.com") is None
    assert publisher_at("https://[broken") is None
    assert outlet_of("«Коммерсантъ»") == "Kommersant"


def test_the_table_of_outlets_is_sound():
    content = files("detente.documents").joinpath("data", "outlets.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(content.splitlines()))
    domains = [row["domain"] for row in rows if row["domain"]]
    assert len({row["form"] for row in rows}) == len(rows)
    assert len(set(domains)) == len(domains)
    assert all(row["form"].strip() and row["publisher"].strip() and row["agency"] in {"0", "1"} for row in rows)
