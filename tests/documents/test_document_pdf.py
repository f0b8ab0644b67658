"""PDF: reading order, words parted at line ends, heads and page numbers, footnotes, properties, refusals."""

import random
import time

import pytest

from detente.documents import read_bytes
from detente.errors import DocumentError

LINES = [
    "Russia imposed sanctions on Japan in March and said so in a",
    "note. Tokyo protested at once and recalled its ambassador to",
    "Moscow. The two foreign ministers met in Geneva in April, and",
    "both sides said that talks would go on in the summer months.",
]


def read(raw):
    return read_bytes(raw, name="report.pdf", kind="pdf", isolate=False)[0]  # workers: test_pdf_worker.py


def sentences(document):
    return [document.quote(sentence.start, sentence.end) for sentence in document.sentences]


def test_lines_become_one_paragraph(make_pdf, make_column):
    document = read(make_pdf([make_column(LINES)]))
    assert document.text == " ".join(LINES)
    assert sentences(document)[1] == "Tokyo protested at once and recalled its ambassador to Moscow."


def two_columns(make_column, *, order):
    left = [f"left {place} Russia imposed sanctions on some" for place in range(12)]
    right = [f"right {place} Tokyo protested against this act" for place in range(12)]
    marks = make_column(left) + make_column(right, x=320)
    return left, right, order(marks)


@pytest.mark.parametrize(
    "order",
    [
        list,
        lambda marks: sorted(marks, key=lambda mark: (-mark[1], mark[0])),
        lambda marks: marks[::-1],
        lambda marks: random.Random(3).sample(marks, len(marks)),
    ],
    ids=["columns", "rows", "backwards", "shuffled"],
)
def test_two_columns_are_read_one_after_the_other(make_pdf, make_column, order):
    left, right, marks = two_columns(make_column, order=order)
    assert read(make_pdf([marks])).text == " ".join(left + right)


def test_a_line_over_both_columns_parts_them(make_pdf, make_column):
    above = make_column([f"one {place} words of the column up here" for place in range(6)])
    above += make_column([f"two {place} words of the column up here" for place in range(6)], x=320)
    across = [(72, 660, 11, "An interim heading that runs over the gap between the columns of the page and on.")]
    below = make_column([f"three {place} words of the column here" for place in range(6)], top=640)
    below += make_column([f"four {place} words of the column here" for place in range(6)], x=320, top=640)
    text = read(make_pdf([below + across + above])).text
    places = [text.index(word) for word in ("one 0", "two 0", "An interim", "three 0", "four 0")]
    assert places == sorted(places)


def test_a_table_is_no_page_of_two_columns(make_pdf, make_column):
    rows = make_column([f"Export {place}" for place in range(8)]) + make_column(["12", *"3456789"], x=320)
    text = read(make_pdf([sorted(rows, key=lambda mark: (-mark[1], mark[0]))])).text
    assert text.index("12") < text.index("Export 1")


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("sanc-", "tions", "sanctions"),
        ("F-", "16", "F-16"),
        ("Anglo-", "American", "Anglo-American"),
        ("well-", "known", "well-known"),
        ("co-", "operation", "cooperation"),
    ],
)
def test_words_parted_at_line_ends(make_pdf, make_column, first, second, whole):
    lines = [
        f"The minister spoke of it and named a well-known case of {first}",
        f"{second} in his speech of last week.",
    ]
    text = read(make_pdf([make_column(lines)])).text
    assert f" {whole} in his" in text


def test_a_word_parted_over_two_pages(make_pdf, make_column):
    lines = ["The state secretary announced in a speech that new sanc-"]
    after = ["tions would follow in the autumn of that same year."]
    assert "new sanctions would" in read(make_pdf([make_column(lines), make_column(after)])).text


def test_heads_and_page_numbers_are_dropped(make_pdf, make_column):
    pages = []
    for number in range(1, 7):
        marks = [(72, 805, 9, f"Journal of Affairs, vol. {number}"), (290, 30, 9, str(number))]
        pages.append(marks + make_column([f"On day {number} Russia and Japan met in the capital of {number} states."]))
    document = read(make_pdf(pages))
    assert "Journal" not in document.text
    assert sentences(document) == [
        f"On day {number} Russia and Japan met in the capital of {number} states." for number in range(1, 7)
    ]


def test_a_line_of_the_body_that_comes_once_is_kept(make_pdf, make_column):
    pages = [make_column([f"Sentence {word} of the report ends here."]) for word in ("one", "two", "three")]
    pages[0] = [(72, 805, 11, "Russia expelled two diplomats."), *pages[0]]
    assert "Russia expelled two diplomats." in read(make_pdf(pages)).text


def noted_page(make_column, first, *, start=1, size=8, label="{} "):
    body = make_column(
        [
            f"{first} imposed sanctions on Japan in the spring of that year and",
            f"said so in a {first} note.^{start} It was handed over in the morning of a day in",
            f"early March by the {first} envoy, who did not wait for an answer",
            f"from the other side. Tokyo protested.^{start + 1} Nobody else spoke of it.",
        ]
    )
    notes = [
        (72, 92, size, label.format(start) + f"Smith, “First Title,” Reuters, March 1, 2022, {first},"),
        (72, 82, size, f"pp. 3-4 of {first}, with a line that goes on."),
        (72, 72, size, label.format(start + 1) + f"Kaya, “Second Title,” TASS, March 2, 2022, {first}."),
    ]
    return [*body, *notes]


@pytest.mark.parametrize(("size", "label"), [(8, "{} "), (8, "{}. "), (8, "^{} "), (8, "^{}"), (11, "^{}")])
def test_footnotes_are_tied_to_their_marks(make_pdf, make_column, size, label):
    document = read(make_pdf([noted_page(make_column, "Russia", size=size, label=label)]))
    assert [(found.number, found.title) for found in document.citations] == [(1, "First Title"), (2, "Second Title")]
    assert document.citations[0].text.endswith("that goes on.")
    assert document.quote(document.citations[0].start, document.citations[0].end) == document.citations[0].text
    tied = {document.quote(one.start, one.end): one.citations for one in document.sentences}
    assert [numbers for text, numbers in tied.items() if "Tokyo protested" in text] == [(2,)]
    assert sum(1 for numbers in tied.values() if 1 in numbers) == 1
    assert not any("Smith" in text for text in tied)


def test_footnotes_that_start_again_on_each_page_are_counted_on(make_pdf, make_column):
    document = read(make_pdf([noted_page(make_column, "Russia"), noted_page(make_column, "China")]))
    assert [found.number for found in document.citations] == [1, 2, 3, 4]
    china = next(one for one in document.sentences if "China" in document.quote(one.start, one.end))
    assert china.citations == (3,)


def test_small_print_without_a_mark_stays(make_pdf, make_column):
    marks = [*make_column(LINES), (72, 72, 8, "14 states took part in the meeting of that week.")]
    document = read(make_pdf([marks]))
    assert "14 states took part in the meeting of that week." in sentences(document)


def test_a_raised_power_is_no_mark(make_pdf, make_column):
    text = read(make_pdf([[(72, 760, 11, "The zone covers 40 km^2 of the sea.^3 Nobody spoke of it.")]])).text
    assert text == "The zone covers 40 km2 of the sea.[3] Nobody spoke of it."


def test_properties(make_pdf, make_column):
    info = {"Title": "Two Neighbours", "Author": "Jane Smith", "CreationDate": "D:20220301120000Z"}
    document = read(make_pdf([make_column(LINES)], info=info))
    assert (document.title, document.authors, str(document.published)) == (
        "Two Neighbours",
        ("Jane Smith",),
        "2022-03-01",
    )
    assert "properties" in document.note


def test_a_date_in_the_text_stands_before_the_file_s_own(make_pdf, make_column):
    lines = ["MOSCOW, January 15, 2023 (Reuters) - Russia imposed sanctions."]
    document = read(make_pdf([make_column(lines)], info={"CreationDate": "D:20230301120000Z"}))
    assert (str(document.published), document.note) == ("2023-01-15", None)


@pytest.mark.parametrize(
    "info",
    [
        {"Title": "Microsoft Word - memo.doc", "Author": "admin", "CreationDate": "D:19000101"},
        {"Title": "untitled", "Author": "anonymous", "CreationDate": "D:20221399"},
        {"Title": "x.indd", "Author": "", "CreationDate": "D:20130101"},  # long before what the text tells
    ],
)
def test_properties_that_say_nothing(make_pdf, make_column, info):
    document = read(make_pdf([make_column([*LINES, "They met again on 3 May 2021."])], info=info))
    assert (document.title, document.authors, str(document.published)) == (None, (), "undated")


def test_russian_through_the_font_s_own_table(make_pdf):
    codes = {chr(0x40 + place): letter for place, letter in enumerate("абвгдежзийклмнопрстуфхцчшщъыьэюяРЯ")}
    back = {letter: code for code, letter in codes.items()}
    table = "".join(f"<{ord(code):02x}> <{ord(letter):04x}>\n" for code, letter in codes.items())
    cmap = (
        f"/CMapName /T def 1 begincodespacerange <00> <ff> endcodespacerange {len(codes)} beginbfchar\n{table}endbfchar"
    )
    lines = ["Россия ввела новые санк-", "ции против соседей. Япония ответила."]
    marks = [
        (72, 700 - 14 * place, 11, "".join(back.get(one, one) for one in line)) for place, line in enumerate(lines)
    ]
    document = read(make_pdf([marks], to_unicode=cmap.encode()))
    assert sentences(document) == ["Россия ввела новые санкции против соседей.", "Япония ответила."]
    assert document.language == "ru"


ENCRYPTED = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n"
    b"3 0 obj\n<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>\nendobj\n"
    b"trailer\n<< /Size 4 /Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>] >>\n%%EOF\n"
)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (ENCRYPTED, "encrypted PDF"),
        (b"%PDF-1.7\n%%EOF", "broken PDF"),
        (b"%PDF-1.7", "cut short"),
        (b"", "empty file"),
        (b"just words", "no pdf file"),
    ],
)
def test_one_line_for_what_cannot_be_read(raw, said):
    with pytest.raises(DocumentError) as caught:
        read(raw)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_cut_in_the_middle(make_pdf, make_column):
    whole = make_pdf([make_column(LINES)] * 3)
    with pytest.raises(DocumentError, match="cut short"):
        read(whole[: len(whole) // 2])


def test_a_scan_without_text(make_pdf):
    with pytest.raises(DocumentError, match="no text layer in its 2 pages"):
        read(make_pdf([b"0 0 100 100 re f", b"0 0 100 100 re f"]))


def test_too_many_pages(make_pdf, make_column):
    with pytest.raises(DocumentError, match="2,001 pages"):
        read(make_pdf([[]] * 2001))


@pytest.mark.slow
def test_five_hundred_pages(make_pdf, make_column):
    pages = [
        make_column([f"Page {number} line {line} tells of Russia and Japan." for line in range(45)])
        for number in range(500)
    ]
    raw = make_pdf(pages)
    started = time.process_time()
    document = read(raw)
    assert time.process_time() - started < 60
    assert "Page 499 line 44" in document.text
    assert all(document.quote(one.start, one.end).strip() for one in document.sentences)
