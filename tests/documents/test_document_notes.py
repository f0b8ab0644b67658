"""Notes by sign, notes whose numbers begin again, and languages beside the three."""

import pytest

from detente.documents import read_bytes, read_text


def ties(document):
    return [sentence.citations for sentence in document.sentences]


def titles(document):
    return [item.title for item in document.citations]


def test_signs():
    document = read_text(
        "Russia left the talks.* Japan protested at once.† The islands stayed quiet.\n\n"
        "* Jane Roe, “Russia Quits”, AP, 2022.\n\n† Ian Poe, “Tokyo Protests”, AP, 2022.\n"
    )
    assert ties(document) == [(1,), (2,), ()]
    assert titles(document) == ["Russia Quits", "Tokyo Protests"]


def test_bullets_and_emphasis_are_no_signs():
    text = "Russia *left* the talks, *all of them*.\n\n* Japan protested.\n* The islands stayed quiet."
    document = read_bytes(text.encode(), name="x", kind="markdown")[0]
    assert document.citations == ()
    assert len(document.sentences) == 3


def test_signs_stand_behind_the_numbers():
    document = read_text("Russia left.[1] Japan stayed.†\n\n[1] “One”, AP.\n\n† “Two”, AP, 2020.")
    assert ties(document) == [(1,), (2,)]


CHAPTERS = "Japan protested in the morning.[1] Russia answered late.[2]"
LATER = "Tokyo waited for a whole year.[1] Moscow left the table again.[2]"
FIRST = "[1] Roe, “Alpha”, AP, 2020.\n\n[2] Roe, “Beta”, AP, 2021."
SECOND = "[1] Kaya, “Gamma”, AA, 2022.\n\n[2] Kaya, “Delta”, AA, 2023."


@pytest.mark.parametrize(
    "text",
    [
        f"{CHAPTERS}\n\n{FIRST}\n\n{LATER}\n\n{SECOND}",
        f"{CHAPTERS}\n\n{LATER}\n\nNotes\n\nChapter 1\n\n{FIRST}\n\nChapter 2\n\n{SECOND}",
    ],
    ids=["at the foot of each page", "all at the end"],
)
def test_numbers_that_begin_again(text):
    document = read_text(text)
    assert ties(document) == [(1,), (2,), (3,), (4,)]
    assert titles(document) == ["Alpha", "Beta", "Gamma", "Delta"]


def test_runs_that_do_not_pair_tie_only_what_one_of_them_has():
    third = "[1] Poe, “Epsilon”, AP, 2024.\n\n[3] Poe, “Zeta”, AP, 2025."
    document = read_text(f"{CHAPTERS} Later on.[3]\n\n{LATER}\n\nNotes\n\n{FIRST}\n\n{SECOND}\n\n{third}")
    named = {item.number: item.title for item in document.citations}
    assert [[named[number] for number in numbers] for numbers in ties(document)] == [[], [], ["Zeta"], [], []]


def test_several_works_of_an_author_leave_op_cit_unknown():
    text = (
        "A left.[1] B left.[2] C left.[3]\n\n[1] Roe, “Alpha”, AP.\n\n[2] Roe, “Beta”, AP.\n\n[3] Roe, op. cit., p. 3."
    )
    third = read_text(text).citations[2]
    assert (third.text, third.title, third.author) == ("Roe, op. cit., p. 3.", None, None)


def test_a_title_that_begins_like_a_short_form_is_itself():
    text = "A left.[1] B left.[2]\n\n[1] Roe, “Alpha”, AP.\n\n[2] Age of Empires, “Beta”, AP, 2020."
    assert titles(read_text(text)) == ["Alpha", "Beta"]


PAGE = (
    "<html><body><article><p>Japan protested on Monday in strong words.<a href='#a1'>a</a> Russia did not answer it."
    "<a href='#b1'>b</a> It is 5 km<sup>2</sup> wide, and the crowd stayed until night fell on the islands.</p>"
    "<p id='a1'>Jane Roe, “Alpha”, AP, 2020.</p><p id='b1'>Ian Poe, <a href='https://x.org/b'>“Beta”</a>, AP.</p>"
    "</article></body></html>"
)


def test_letters_as_marks_of_a_page_become_numbers():
    document = read_bytes(PAGE.encode(), name="x", kind="html")[0]
    assert ties(document) == [(1,), (2,), ()]
    assert [(item.title, item.url) for item in document.citations] == [("Alpha", None), ("Beta", "https://x.org/b")]


def test_a_page_with_the_letters_that_carry_links_gives_none():
    page = PAGE.replace("Japan", "\U00020001 <a href='https://y.org/c'>Japan</a>")
    document = read_bytes(page.encode(), name="x", kind="html")[0]
    assert document.text.startswith("\U00020001 Japan protested")
    assert {item.url for item in document.citations} == {None}


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Russland setzte die Gespräche mit Japan aus. Das Ministerium teilte dies am Montag in Moskau mit.", "de", 2),
        ("Росія призупинила мирні переговори з Японією. Про це повідомило міністерство у понеділок.", "uk", 2),
        ("La Russie a suspendu les négociations de paix. Le ministère l'a annoncé lundi à Moscou.", "fr", 2),
        ("ロシアは日本との平和条約交渉を中断した。外務省が月曜日に発表した。", "ja", 2),
        ("Tokyo protested. Moscow replied.", "en", 2),
        ("Abe met Putin.", "en", 1),
    ],
)
def test_languages_are_said_as_what_they_are(text, language, count):
    document = read_text(text)
    assert document.language == language
    assert len(document.sentences) == count


def test_a_quotation_in_another_language_is_that_and_a_short_line_follows_the_document():
    foreign = "Das Ministerium in Moskau teilte am Montag mit, dass die Gespräche ausgesetzt worden seien."
    text = (
        f"Russia suspended the talks on the treaty. Japan protested at once.\n\n{foreign}\n\nVladimir Putin agreed.\n\n"
    )
    document = read_text(text + "The islands stayed as they were, and nobody spoke of them for a year.")
    assert [sentence.language for sentence in document.sentences] == ["en", "en", "de", "en", "en"]
