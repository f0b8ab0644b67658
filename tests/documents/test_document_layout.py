"""Title, author, date, body and furniture of articles."""

from datetime import date

from detente.documents import read_bytes, read_text

TURKISH = """Rusya-Japonya İlişkileri

15 Ocak 2023

Dr. Ayşe YILMAZ

Bu yazı şu dillerde de mevcuttur: English

Rusya Mart 2022'de Japonya'yı “dost olmayan ülkeler” listesine aldı.[1] Japonya buna yaptırımla
cevap verdi.[2, 3]

Sonuç

Sn. Bakan 12 Mart'ta konuştu.

Kaynakça

1. “Rusya Japonya’yı Listeye Aldı”, Anadolu Ajansı, https://www.aa.com.tr/x, (Erişim Tarihi: 03.01.2023).
2. Ali Veli, “Yaptırımlar”, Hürriyet, 5 Nisan 2022, (Erişim Tarihi: 4 Ocak 2023).
3. Kaya, Emrah, *Sol Liderler*, Ankara 2014.

Ayşe Yılmaz, Ankara Üniversitesi mezunudur. Asya üzerine çalışır.
"""

RUSSIAN = """Россия и Япония: итоги года
15 января 2023 г.
Автор: Иван Петров

Россия ввела санкции против 63 граждан Японии.¹ Токио выразил протест²
и отозвал посла.

Читайте также: Курилы в огне

Источники
1. Иванов И. И. Санкции и ответ // Коммерсант. 4 мая 2022. URL: https://k.ru/1 (дата обращения: 03.01.2023).
2. «Протест Токио» // РИА Новости, 05.05.2022.

Об авторе
Иван Петров — эксперт. Он живёт в Москве.
"""


def quotes(document):
    return [document.quote(sentence.start, sentence.end) for sentence in document.sentences]


def test_turkish_article():
    document = read_text(TURKISH)
    assert (document.title, document.authors, document.language) == (
        "Rusya-Japonya İlişkileri",
        ("Ayşe YILMAZ",),
        "tr",
    )
    assert (str(document.published), document.published.basis) == ("2023-01-15", "document")
    assert [sentence.citations for sentence in document.sentences] == [(1,), (2, 3), ()]
    assert quotes(document)[2] == "Sn. Bakan 12 Mart'ta konuştu."
    first, second, third = document.citations
    assert (first.publisher, first.accessed, first.url) == (
        "Anadolu Ajansı",
        "2023-01-03",
        "https://www.aa.com.tr/x",
    )
    assert (second.author, second.title, second.published, second.accessed) == (
        "Ali Veli",
        "Yaptırımlar",
        "2022-04-05",
        "2023-01-04",
    )
    assert (third.author, third.title, third.published) == ("Kaya, Emrah", "Sol Liderler", "2014")


def test_russian_article():
    document = read_text(RUSSIAN)
    assert (document.title, document.authors, str(document.published), document.language) == (
        "Россия и Япония: итоги года",
        ("Иван Петров",),
        "2023-01-15",
        "ru",
    )
    assert quotes(document) == [
        "Россия ввела санкции против 63 граждан Японии.¹",
        "Токио выразил протест²\nи отозвал посла.",
    ]
    assert [sentence.citations for sentence in document.sentences] == [(1,), (2,)]
    assert document.citations[0].author == "Иванов И. И."
    assert document.citations[0].publisher == "Коммерсант"


def test_closing_note_in_another_language_is_left_out():
    body = "Russia sent troops to the islands and Japan protested against the move. " * 6
    note = "Bu yazı Ankara'daki bir düşünce kuruluşunda çalışan bir uzman tarafından kaleme alınmıştır."
    document = read_text(f"{body}\n\n{body}\n\n{note}")
    assert len(document.sentences) == 12
    assert "uzman" not in "".join(quotes(document))


def test_body_in_two_languages_is_kept():
    english = "Russia sent troops to the islands and Japan protested against the move."
    turkish = "Rusya adalara asker gönderdi ve Japonya bu adıma karşı resmî bir protesto notası verdi."
    document = read_text(f"{english}\n\n{turkish}")
    assert [sentence.language for sentence in document.sentences] == ["en", "tr"]


def test_access_dates_bound_an_undated_article():
    document = read_text(
        "Japan protested.[1] Russia went on.[2]\n\n"
        "[1] “A”, AP, (Date of Accession: 03.01.2023).\n\n[2] “B”, AP, (Date of Accession: 05.01.2023)."
    )
    assert (document.published.start, document.published.end) == (None, date(2023, 1, 5))
    assert (document.published.precision, document.published.basis) == ("unknown", "document")


def test_news_lead_gives_the_date_and_stays_a_sentence():
    document = read_text("MOSCOW, January 15, 2023 (Reuters) — Russia sent troops. Kyiv protested.")
    assert str(document.published) == "2023-01-15"
    assert len(document.sentences) == 2


def test_a_date_in_prose_is_not_the_document_date():
    document = read_text("On January 15, 2023, Russia sent troops. Kyiv protested.")
    assert document.published.end is None


def test_one_line_without_end_mark_is_body():
    assert quotes(read_text("Russia attacked Ukraine")) == ["Russia attacked Ukraine"]


def test_wrapped_lines_are_one_paragraph_and_short_lines_are_not():
    wrapped = read_text(
        "Russia goes on with its operations on the islands that Japan\n"
        "claims. Japan sent a note of protest to Moscow on Monday and\n"
        "Tokyo waits.\n\nTokyo\nMonday, January 16, 2023\nThe note was sent back to the embassy at once."
    )
    assert {sentence.paragraph for sentence in wrapped.sentences[:2]} == {0}
    assert quotes(wrapped)[-1] == "The note was sent back to the embassy at once."


def test_markdown_front_matter_headings_lists_and_notes():
    document = read_bytes(
        b'---\r\ntitle: "Sanctions"\r\ndate: 2022-05\r\nauthor: Jane Smith\r\n---\r\n# Sanctions\r\n\r\n'
        b"Japan banned exports.[^a] Russia answered\r\nin kind.[^b]\r\n\r\n## More\r\n\r\n"
        b"- Item one. It has two.\r\n"
        b"\r\n```\r\ncode. Here.\r\n```\r\n\r\n"
        b"[^a]: Reuters, \xe2\x80\x9cJapan Bans Exports\xe2\x80\x9d, 3 May 2022. https://r.com/a_(b).\r\n"
        b"[^b]: See above.\r\n",
        name="x.md",
        kind="markdown",
    )[0]
    assert (document.title, document.authors, str(document.published)) == (
        "Sanctions",
        ("Jane Smith",),
        "2022-05",
    )
    assert quotes(document) == [
        "Japan banned exports.[^a]",
        "Russia answered\r\nin kind.[^b]",
        "Item one.",
        "It has two.",
    ]
    assert [sentence.citations for sentence in document.sentences] == [(1,), (2,), (), ()]
    assert (document.citations[0].publisher, document.citations[0].url) == ("Reuters", "https://r.com/a_(b)")


HTML = """<html lang="en"><head><title>T | P</title><meta property="og:site_name" content="The Paper">
<meta name="author" content="Jane Smith">
<meta property="article:published_time" content="2023-01-15T10:00:00Z">
<link rel="canonical" href="https://x.org/a"></head><body><nav><a href=/>Home</a></nav><article>
<h1>Japan and Russia</h1><p>Russia sent a system to the islands in December
2020.<sup><a href="#fn1">1</a></sup> Next sentence follows here with more words.</p><h2>Part</h2>
<p>Second paragraph is quite long too, and it mentions
Japan and the United States of America on 5 km<sup>2</sup>.</p><h2>References</h2><ol>
<li>Ike Barrash, “Title”, CSIS, 2020.</li></ol></article><footer>All rights reserved</footer></body></html>"""


def test_html_page():
    document = read_bytes(HTML.encode(), name="x.html", kind="html")[0]
    assert (document.title, document.authors, document.publisher) == (
        "Japan and Russia",
        ("Jane Smith",),
        "The Paper",
    )
    assert (str(document.published), document.url) == ("2023-01-15", "https://x.org/a")
    assert [sentence.citations for sentence in document.sentences] == [(1,), (), ()]
    assert (document.citations[0].author, document.citations[0].title) == ("Ike Barrash", "Title")


def test_access_date_in_a_page_is_not_its_date():
    body = "<p>Japan protested against the move of Russia.[1] Russia went on with its plans.</p>"
    page = f"<html><body><article><h1>A</h1>{body}<p>[1] “B”, AP, (Accessed 03.01.2023).</p></article></body></html>"
    document = read_bytes(page.encode(), name="x.html", kind="html")[0]
    assert (document.published.start, document.published.end) == (None, date(2023, 1, 3))


def test_time_below_the_headline_of_a_page_is_its_date():
    body = "<p>Japan protested against the move of Russia. Russia went on with its plans.</p>"
    page = (
        "<html><body><aside><time datetime='2020-01-01'>1</time></aside><article><h1>Protest in Tokyo</h1>"
        f"<time datetime='2023-01-15'>x</time>{body}</article></body></html>"
    )
    assert str(read_bytes(page.encode(), name="x.html", kind="html")[0].published) == "2023-01-15"
