"""Citation marks, reference entries and written dates."""

import pytest

from detente.documents import read_text
from detente.documents.citations import find_marks
from detente.documents.written_dates import find_dates


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("a.[1]", [("1",)]),
        ("a [2,3] b [4–6]", [("2", "3"), ("4", "5", "6")]),
        ("a.[^note] b¹²", [("note",), ("12",)]),
        ("5 km² and 3 m³", []),
        ("[US] troops [2022] said [sic]", []),
        ("[9-1] [1-900]", []),
    ],
)
def test_marks(text, labels):
    assert [mark.labels for mark in find_marks(text, 0, len(text))] == labels


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("03.01.2023", ["2023-01-03"]),
        ("31.02.2023", []),
        ("2022-02-24", ["2022-02-24"]),
        ("12 HAZİRAN 2016 ve Kasım 2016", ["2016-06-12", "2016-11"]),
        ("24 февраля 2022 г., май 2021", ["2022-02-24", "2021-05"]),
        ("3rd of May, 2022; Sept. 5, 2021", ["2022-05-03", "2021-09-05"]),
        ("24/11/2015 but 03/04/2015", ["2015-11-24"]),
        ("version 1.2.2023.4 and room 2023", []),
    ],
)
def test_written_dates(text, dates):
    assert [str(found.span) for found in find_dates(text)] == dates


def reference(entry):
    return read_text(f"Japan protested.[1] Russia went on.\n\n[1] {entry}").citations[0]


@pytest.mark.parametrize(
    ("entry", "author", "title", "publisher", "published", "accessed"),
    [
        ("“Ban”, AP,, (Date of Accession: 03.01.2023).", None, "Ban", "AP", None, "2023-01-03"),
        ("Reuters, “Ban”, 3 May 2022.", None, "Ban", "Reuters", "2022-05-03", None),
        (
            'Jane Smith, "The Ban", The Times, 2022-05. Accessed 3 January 2023.',
            "Jane Smith",
            "The Ban",
            "The Times",
            None,
            "2023-01-03",
        ),
        (
            "Ian Roe, “Ban,” Public Historian 25, no. 1 (Winter 2003), pp. 9–29.",
            "Ian Roe",
            "Ban",
            "Public Historian",
            "2003",
            None,
        ),
        ("The “usual number” of copies was 500.", None, None, None, None, None),
        ("Root to Adee, May 5, 1906, Box 3.", None, None, None, "1906-05-05", None),
    ],
)
def test_entries(entry, author, title, publisher, published, accessed):
    found = reference(entry)
    assert (found.author, found.title, found.publisher) == (author, title, publisher)
    assert (found.published, found.accessed) == (published, accessed)


def test_a_mark_without_an_entry_ties_nothing():
    document = read_text("Japan protested.[1] Russia went on.[7]\n\n[1] “Ban”, AP.")
    assert [sentence.citations for sentence in document.sentences] == [(1,), ()]


def test_numbered_paragraphs_are_no_references():
    document = read_text("[1] Russia sent troops.\n\n[2] Japan protested.")
    assert len(document.sentences) == 2
    assert document.citations == ()


def test_list_in_mid_text_leaves_what_follows_in_the_body():
    text = "Japan protested.[1]\n\n[1] “Ban”, AP.\n\n" + "Russia went on with its plans. " * 5
    document = read_text(text)
    assert len(document.sentences) == 6
    assert len(document.citations) == 1
