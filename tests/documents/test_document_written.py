"""Twelve articles written for these tests: pages, footnotes, end notes and essays in three languages."""

from pathlib import Path

import pytest

from detente.documents import read_file

WRITTEN = Path(__file__).parent / "written"


def read(name):
    (document,) = read_file(WRITTEN / name)
    return document


TIES = {
    "en_page.html": [(3,), (1,), (), (4, 2), (), (), ()],
    "en_notes.md": [(1,), (2,), (), (3,), (4,), (5,)],
    "en_notes.txt": [(1,), (2,), (), (3,), (1, 4), (), (4,)],
    "en_essay.txt": [(1,), (2,), (2,), (3,), (1, 4), ()],
    "tr_page.html": [(3,), (1,), (), (4, 2), (), ()],
    "tr_notes.md": [(1,), (2,), (), (3,), (4,)],
    "tr_notes.txt": [(1,), (2,), (), (3,), (), (4,)],
    "tr_essay.txt": [(1,), (2,), (2,), (3,), (1, 3), ()],
    "ru_page.html": [(3,), (1,), (), (4, 2), (), ()],
    "ru_notes.md": [(1,), (2,), (), (3,), (4,)],
    "ru_notes.txt": [(), (1,), (2,), (), (3,), (4,), ()],
    "ru_essay.txt": [(1,), (2,), (2,), (3,), (1, 3), ()],
}


@pytest.mark.parametrize("name", TIES)
def test_sentences_and_what_each_is_tied_to(name):
    document = read(name)
    assert [sentence.citations for sentence in document.sentences] == TIES[name]
    assert {sentence.language for sentence in document.sentences} == {name[:2]} == {document.language}


@pytest.mark.parametrize(
    ("name", "title", "authors", "publisher", "published"),
    [
        (
            "en_page.html",
            "Strait patrols resume after talks fail",
            ("Margaret Olsen",),
            "The Harbour Post",
            "2023-05-16",
        ),
        ("en_notes.md", "A Border Closed Twice", ("Thomas Adeyemi",), "Meridian Review", "2021-11-09"),
        (
            "en_notes.txt",
            "Grain and Guns: The Corridor One Year On",
            ("Helen Marsh", "Peter Dole"),
            None,
            "2023-07-17",
        ),
        ("en_essay.txt", "Trust and Arms Control", ("Samuel Whitlock",), None, "undated"),
        ("tr_page.html", "Boğazda devriye yeniden başladı", ("Elif Tuna",), "Kıyı Gazetesi", "2023-05-16"),
        ("tr_notes.md", "Kapanan Sınır", ("Deniz Aksoy",), None, "2021-11-09"),
        ("tr_notes.txt", "Tahıl ve Silah: Koridorun Birinci Yılı", ("Selin Yurt",), "Anadolu Agency", "2023-07-17"),
        ("tr_essay.txt", "Güven ve Silahların Denetimi", ("Kerem Soylu",), None, "undated"),
        ("ru_page.html", "Патрулирование пролива возобновлено", (), "Береговой вестник", "2023-05-16"),
        ("ru_notes.md", "Закрытая граница", ("Ольга Лебедева",), None, "2021-11-09"),
        ("ru_notes.txt", "Зерно и оружие: год коридору", (), "RIA Novosti", "until 2023-07-20"),
        ("ru_essay.txt", "Доверие и контроль над вооружениями", ("Илья Громов",), None, "undated"),
    ],
)
def test_metadata_or_unknown(name, title, authors, publisher, published):
    document = read(name)
    assert (document.title, document.authors, document.publisher) == (title, authors, publisher)
    assert str(document.published) == published


@pytest.mark.parametrize("name", ["en_page.html", "tr_page.html", "ru_page.html"])
def test_a_page_shows_no_menu_script_or_address(name):
    document = read(name)
    body = " ".join(document.quote(sentence.start, sentence.end) for sentence in document.sentences)
    assert not any(
        word in document.text for word in ("http", "Home", "Ana sayfa", "Главная", "track", "reklam", "var ")
    )
    assert not any("\U00020000" <= letter <= "\U0002ffff" for letter in document.text)
    assert body
    assert all(document.text[item.start : item.end] == item.text for item in document.citations)


@pytest.mark.parametrize(
    ("name", "number", "title", "publisher", "url"),
    [
        ("en_page.html", 1, "Geneva talks open", "Associated Press", "https://apnews.com/geneva"),
        ("en_page.html", 3, "Reuters reported", "Reuters", "https://www.reuters.com/world/strait-talks"),
        ("en_page.html", 4, "a written statement", "mfa.gov.tr", "https://www.mfa.gov.tr/statement-112"),
        ("tr_page.html", 3, "Anadolu Ajansı'nın haberi", "Anadolu Agency", "https://www.aa.com.tr/tr/dunya/bogaz"),
        ("ru_page.html", 2, "Заявление № 112", None, "https://www.mfa.gov.tr/112"),
        ("ru_page.html", 3, "сообщает ТАСС", "TASS", "https://tass.ru/mezhdunarodnaya-panorama/1"),
    ],
)
def test_links_and_notes_of_a_page(name, number, title, publisher, url):
    citation = next(item for item in read(name).citations if item.number == number)
    assert (citation.title, citation.publisher, citation.url) == (title, publisher, url)


@pytest.mark.parametrize(
    ("name", "number", "words", "same_as"),
    [
        ("en_notes.md", 2, "Ibid.", 1),
        ("en_notes.md", 4, "Nowak, op. cit.", 1),
        ("en_notes.txt", 4, "Ibid.", 3),
        ("tr_notes.md", 2, "A.g.e.", 1),
        ("tr_notes.md", 4, "Nowak, a.g.e., s. 2.", 1),
        ("tr_notes.txt", 3, "Aynı yer.", 2),
        ("ru_notes.md", 2, "Там же.", 1),
        ("ru_notes.md", 4, "Новак М. Указ. соч. С. 2.", 1),
        ("ru_notes.txt", 3, "Там же.", 2),
    ],
)
def test_a_note_that_names_an_earlier_work(name, number, words, same_as):
    citations = {item.number: item for item in read(name).citations}
    found, source = citations[number], citations[same_as]
    assert found.text == words
    assert source.title
    assert (found.author, found.title, found.publisher, found.url) == (
        source.author,
        source.title,
        source.publisher,
        source.url,
    )
