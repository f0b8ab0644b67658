"""Citations in the manners people use: end notes, authors and years, addresses, numbers that lost their place."""

from pathlib import Path

import pytest

from detente.documents import read_bytes, read_file, read_text
from detente.documents.blocks import Block
from detente.documents.citations import find_marks
from detente.documents.references import parse_reference

ENGLISH = """Russia and Japan

Russia froze the talks (Kaya, 2023: 14; Smith & Doe, 2020). Brown (2019a) disagrees. The islands are Japanese \
(Ministry of Foreign Affairs of Japan, 2022). Tokyo answered (Brown, 2019b, pp. 3-4). The talks of Lausanne (1923) \
were other talks, and so were those of the spring (Moscow, 2022). Kaya (2023) says more (see Ekşi et al., 2018).

References

Brown, J. D. J. (2019a). Japan, Russia and Their Territorial Dispute. London: Routledge.
Brown, J. D. J. (2019b). “Abe's Russia Policy”, Asia Policy, 14(1), 3–20. https://doi.org/10.1000/x
Ekşi, M., Yılmaz, A., & Ata, B. (2018, March 3). Public diplomacy. *Gazi Journal*, 3(2), 1–20.
Kaya, Emrah. 2023. “Rusya-Japonya.” ANKASAM. Accessed 3 January 2024.
Ministry of Foreign Affairs of Japan. (2022). Diplomatic Bluebook 2022. Tokyo: MOFA.
Smith, John, and Jane Doe. 2020. "The Kurils." Foreign Affairs.
Uncited, A. (2001). Nobody reads it. Paris: Seuil.
"""

TURKISH = """Rusya ve Japonya

Rusya görüşmeleri dondurdu (Kaya ve Yılmaz, 2020: 16). Kaya’ya (2023: 14) göre bu beklenen bir adımdı. Görüşmeler \
kesildi (bkz. Ata vd., 2012, s. 8).

Kaynakça

Ata, B., Kaya, E. ve Can, A. (2012). Kuril Adaları. Ankara: Siyasal Kitabevi.
Kaya, E. (2023). Moskova-Tokyo hattı. ANKASAM.
Kaya, E. ve Yılmaz, A. (2020). “Yaptırımlar”, Hürriyet, 5 Nisan 2020.
"""

RUSSIAN = """Отношения России и Японии

Россия прекратила переговоры (Иванов, 2023, с. 14). По мнению Петровой (2020), Токио ждал этого. Кремль ответил \
[Сидоров и др., 2019: 5]. Всё это было известно раньше.

Список литературы

Иванов И. И. Санкции и ответ. — М. : Наука, 2023. — 300 с.
Петрова А. А. Курилы // Коммерсантъ. 2020. № 3.
Сидоров П. П., Попов А. А., Ким В. В. Япония // Россия в глобальной политике. 2019. № 5.
"""


def ties(document):
    """Numbers of each sentence that has any."""
    return [sentence.citations for sentence in document.sentences if sentence.citations]


def entry(text):
    return parse_reference(text, Block(0, len(text), "paragraph"), 1)


def test_authors_and_years_are_numbered_in_order_of_first_citation():
    document = read_text(ENGLISH)
    assert [set(numbers) for numbers in ties(document)] == [{1, 2}, {3}, {4}, {5}, {1, 6}]
    assert [(item.number, item.author) for item in document.citations] == [
        (1, "Kaya, Emrah"),
        (2, "Smith, John, and Jane Doe"),
        (3, "Brown, J. D. J."),
        (4, "Ministry of Foreign Affairs of Japan."),
        (5, "Brown, J. D. J."),
        (6, "Ekşi, M., Yılmaz, A., & Ata, B."),
    ]
    assert [item.title for item in document.citations] == [
        "Rusya-Japonya",
        "The Kurils",
        "Japan, Russia and Their Territorial Dispute",
        "Diplomatic Bluebook 2022",
        "Abe's Russia Policy",
        "Public diplomacy",
    ]
    assert [item.publisher for item in document.citations] == [
        "ANKASAM",
        "Foreign Affairs",
        "Routledge",
        "MOFA",
        "Asia Policy",
        "Gazi Journal",
    ]
    assert [item.published for item in document.citations] == ["2023", "2020", "2019", "2022", "2019", "2018-03-03"]
    assert document.citations[0].accessed == "2024-01-03"
    assert document.citations[4].url == "https://doi.org/10.1000/x"


def test_turkish_authors_and_years():
    document = read_text(TURKISH)
    assert ties(document) == [(1,), (2,), (3,)]
    assert [(item.title, item.publisher) for item in document.citations] == [
        ("Yaptırımlar", "Hürriyet"),
        ("Moskova-Tokyo hattı", "ANKASAM"),
        ("Kuril Adaları", "Siyasal Kitabevi"),
    ]


def test_russian_authors_and_years_in_any_case():
    document = read_text(RUSSIAN)
    assert ties(document) == [(1,), (2,), (3,)]
    assert [(item.author, item.title, item.publisher) for item in document.citations] == [
        ("Иванов И. И.", "Санкции и ответ", "Наука"),
        ("Петрова А. А.", "Курилы", "Коммерсантъ"),
        ("Сидоров П. П., Попов А. А., Ким В. В.", "Япония", "Россия в глобальной политике"),
    ]


def test_two_entries_that_both_fit_tie_nothing():
    text = "Talks ended (Kaya, 2020). Japan waited.\n\nReferences\n\n"
    document = read_text(text + "Kaya, A. (2020). One. X: Y.\nKaya, B. (2020). Two. X: Y.\n")
    assert ties(document) == []


def test_brackets_without_a_list_count_only_where_they_are_a_manner():
    few = read_text("Talks ended (Kaya, 2020). Japan waited (Moscow, 2022).", parse_layout=False)
    assert few.citations == ()
    many = read_text("Talks ended (Kaya, 2020: 4). Japan waited (Ata, 2019). It froze (Can ve Ay, 2018: 3).")
    assert [(item.author, item.published, item.title) for item in many.citations] == [
        ("Kaya", "2020", None),
        ("Ata", "2019", None),
        ("Can ve Ay", "2018", None),
    ]


@pytest.mark.parametrize(
    "text", ["(in March 2022)", "(BM, Ağustos 2019)", "(в марте 2022)", "(2000–2010)", "(born 1954)", "(see 2019)"]
)
def test_dates_in_brackets_are_no_citations(text):
    assert list(find_marks(text, 0, len(text))) == []


NOTES = "Russia sent troops to Japan.1 Next it sent “ships.”2 Tokyo protested in strong words.3\n\n"
LISTED = "1. Reuters, “Troops”, 3 May 2022.\n2. AP, 4 May 2022, https://apnews.com/x.\n3. See above."


@pytest.mark.parametrize("heading", ["Notes", "Endnotes", "Son Notlar", "Примечания"])
def test_raised_numbers_that_lost_their_place_are_tied_where_a_list_has_them(heading):
    document = read_text(f"Talks\n\n{NOTES}{heading}\n\n{LISTED}")
    assert [sentence.citations for sentence in document.sentences] == [(1,), (2,), (3,)]
    assert [(item.publisher, item.published) for item in document.citations] == [
        ("Reuters", "2022-05-03"),
        ("AP", "2022-05-04"),
        (None, None),
    ]
    assert document.published.end is None  # the date of a note is not the document's


def test_lost_numbers_without_a_list_or_beside_true_marks_tie_nothing():
    assert read_text(NOTES).citations == ()
    document = read_text("Japan protested.[1] It was Boeing.7 Others came.\n\n[1] “A”, AP.\n\n[7] “B”, AP.")
    assert [number for sentence in document.sentences for number in sentence.citations] == [1]


def test_russian_page_marks():
    listed = "1. А // Б. 2020.\n3. В // Г. 2021.\n5. Д // Е. 2022."
    text = f"Россия ушла [5, с. 12]. Япония тоже [1; 3].\n\nЛитература\n\n{listed}"
    assert ties(read_text(text)) == [(5,), (1, 3)]


def test_addresses_in_markdown_are_citations_of_their_sentence():
    text = (
        "# Talks\n\nRussia [sent troops](https://www.reuters.com/world/a_(b)) to the islands. Japan protested, [it][n] "
        "wrote. See https://www.mofa.go.jp/x. ![map](https://x.org/map.png) He left. He [left](#top).\n\n"
        "[n]: https://www3.nhk.or.jp/y\n"
    )
    document = read_bytes(text.encode(), name="x.md", kind="markdown")[0]
    assert ties(document)[:3] == [(1,), (2,), (3,)]
    assert [(item.url, item.publisher, item.title) for item in document.citations][:3] == [
        ("https://www.reuters.com/world/a_(b)", "Reuters", "sent troops"),
        ("https://www3.nhk.or.jp/y", "NHK", "it"),
        ("https://www.mofa.go.jp/x", "mofa.go.jp", None),
    ]
    assert all(item.text == document.text[item.start : item.end] for item in document.citations)


def test_a_linked_title_of_a_reference_is_its_title():
    found = entry("Reuters, [Japan Bans Exports](https://r.com/x), 3 May 2022.")
    assert (found.title, found.publisher, found.published, found.url) == (
        "Japan Bans Exports",
        "Reuters",
        "2022-05-03",
        "https://r.com/x",
    )


@pytest.mark.parametrize(
    ("text", "author", "title", "publisher", "published"),
    [
        ("https://www.reuters.com/world/x", None, None, "Reuters", None),
        ("https://example.org/x", None, None, None, None),
        ("Anadolu Ajansı, 4 Mayıs 2022.", None, None, "Anadolu Ajansı", "2022-05-04"),
        ("Somebody said so in 1990 or in 1991, perhaps.", None, None, None, None),
        ("Roe, A. (n.d.). On islands. Oxford: OUP.", "Roe, A.", "On islands", "OUP", None),
        ("Root to Adee, undated.", None, None, None, None),
    ],
)
def test_entries_say_no_more_than_they_hold(text, author, title, publisher, published):
    found = entry(text)
    assert (found.author, found.title, found.publisher) == (author, title, publisher)
    assert found.published == published


def test_notes_and_addresses_are_numbered_after_the_list():
    text = "Japan protested.[2] Russia answered, [it][1] said: https://a.org/x.\n\n[1] “A”, AP.\n\n[2] “B”, AP."
    document = read_text(text)
    assert [item.number for item in document.citations] == [1, 2, 3]
    assert document.citations[2].url == "https://a.org/x"


COURSE = Path(__file__).resolve().parents[2] / "../shared/data/articles/tr_politikakademi_1.md"


@pytest.mark.data
@pytest.mark.skipif(not COURSE.is_file(), reason="needs the development data")
def test_every_author_and_year_of_a_course_text_is_found():
    (document,) = read_file(COURSE)
    assert len(document.citations) == 18
    assert sum(len(sentence.citations) for sentence in document.sentences) >= 24
    assert {item.published for item in document.citations} <= {"2010", "2011", "2012", "2018", "2019", "2020", "2021"}
