"""Dates in Turkish: resolved against the document and the sentence before, with the sense of their case."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.when import find_dates, is_later
from detente.model import UNDATED, DateSpan, parse_partial_date

WEDNESDAY = parse_partial_date("2022-06-15")
BEFORE = parse_partial_date("2022-05-10", "context")
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
MONTHS = "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık".split()
WEEKDAYS = "pazartesi salı çarşamba perşembe cuma cumartesi pazar".split()
PIECES = st.lists(
    st.sampled_from(
        "24 12-15 Şubat Şubat'ta mart ayında 2014 2014'te 2014-2018 arasında yılında dün bugün önceki gün geçen hafta "
        "ay yıl salı günü sonu önce sonra üç 9999 31 ertesi aynı 'da 30.02.2022 24.02.2022 1990'larda bu yana kadar "
        "mali ile ve'den Soğuk Savaş sırasında ayın 12'sinde İ ıI".split()
    ),
    max_size=10,
).map(" ".join)


def dated(text, published=WEDNESDAY, context=BEFORE):
    return [(str(item.span), item.word) for item in find_dates(text, published, context, language="tr")]


@pytest.mark.parametrize(
    ("text", "span", "word"),
    [
        ("24 Şubat 2022", "2022-02-24", "on"),
        ("24 Şubat 2022'de", "2022-02-24", "on"),
        ("24 Şubat'ta", "2022-02-24", "on"),
        ("24 Şubat günü", "2022-02-24", "on"),
        ("24 Şubat 2022 tarihinde", "2022-02-24", "on"),
        ("24 Şubat 2022 tarihli anlaşma", "2022-02-24", "from"),
        ("24 ŞUBAT 2022", "2022-02-24", "on"),
        ("3 Mart Perşembe günü", "2022-03-03", "on"),
        ("24 Şub 2022", "2022-02-24", "on"),
        ("Şubat 2022'de", "2022-02", "in"),
        ("2022 Şubat'ında", "2022-02", "in"),
        ("2022 yılının Şubat ayında", "2022-02", "in"),
        ("Şubat'ın 24'ünde", "2022-02-24", "on"),
        ("mart ayında", "2022-03", "in"),
        ("martta", "2022-03", "in"),
        ("eylülde", "2021-09", "in"),
        ("mart başında", "2022-03", "in"),
        ("mart ayının sonunda", "2022-03", "in"),
        ("marta kadar", "2022-03", "until"),
        ("mart ayından itibaren", "2022-03", "from"),
        ("geçen yıl kasımda", "2021-11", "in"),
        ("geçen yılın mart ayında", "2021-03", "in"),
        ("aynı yılın nisan ayında", "2022-04", "in"),
        ("2014 yılında", "2014", "in"),
        ("2014'te", "2014", "in"),
        ("2014’te", "2014", "in"),
        ("2014 yılından beri", "2014", "since"),
        ("2014'ten bu yana", "2014", "since"),
        ("2014'ten önce", "2014", "before"),
        ("2014'teki ilhak", "2014", "from"),
        ("2021'e göre", "2021", "than"),
        ("2021 mali yılında", "2021", "fiscal"),
        ("2022'nin ilk çeyreğinde", "2022", "in"),
        ("2014-2018 arasında", "2014-01-01/2018-12-31", "during"),
        ("2014–2018 yıllarında", "2014-01-01/2018-12-31", "during"),
        ("2014 ile 2018 yılları arasında", "2014-01-01/2018-12-31", "during"),
        ("2014'ten 2018'e kadar", "2014-01-01/2018-12-31", "during"),
        ("1990'larda", "1990-01-01/1999-12-31", "during"),
        ("1990'lı yıllarda", "1990-01-01/1999-12-31", "during"),
        ("90'larda", "1990-01-01/1999-12-31", "during"),
        ("12-15 Mart'ta", "2022-03-12/2022-03-15", "during"),
        ("12 Mart'tan 15 Mart'a kadar", "2022-03-12/2022-03-15", "during"),
        ("28 Şubat - 3 Mart 2022 tarihleri arasında", "2022-02-28/2022-03-03", "during"),
        ("30 Aralık - 2 Ocak 2022", "2021-12-30/2022-01-02", "during"),
        ("3'ü 4 Mart'a bağlayan gece", "2022-03-03/2022-03-04", "during"),
        ("12 ve 13 Mart'ta", "2022-03-12/2022-03-13", "during"),
        ("12 ve 15 Mart'ta", "2022-03-15", "on"),
        ("Ocak-Mart döneminde", "2022-01-01/2022-03-31", "during"),
        ("24.02.2022", "2022-02-24", "on"),
        ("24/02/2022", "2022-02-24", "on"),
        ("2022-02-24", "2022-02-24", "on"),
        ("24 Şubat'tan bu yana", "2022-02-24", "since"),
        ("24 Şubat'a kadar", "2022-02-24", "until"),
        ("24 Şubat öncesinde", "2022-02-24", "before"),
        ("24 Şubat'tan sonra", "2022-02-24", "after"),
        ("dün", "2022-06-14", "on"),
        ("dünkü saldırı", "2022-06-14", "of"),
        ("dünden beri", "2022-06-14", "since"),
        ("bugün", "2022-06-15", "on"),
        ("yarına kadar", "2022-06-16", "until"),
        ("önceki gün", "2022-06-13", "on"),
        ("bir önceki gün", "2022-05-09", "on"),
        ("ertesi gün", "2022-05-11", "on"),
        ("aynı gün", "2022-05-10", "on"),
        ("aynı ay", "2022-05", "in"),
        ("üç gün önce", "2022-06-12", "on"),
        ("bundan iki yıl önce", "2020", "in"),
        ("iki ay önce", "2022-04", "in"),
        ("iki hafta sonra", "2022-05-23/2022-05-29", "in"),
        ("geçen hafta", "2022-06-06/2022-06-12", "in"),
        ("geçen hafta salı günü", "2022-06-07", "on"),
        ("bu hafta başında", "2022-06-13/2022-06-19", "in"),
        ("gelecek hafta", "2022-06-20/2022-06-26", "in"),
        ("hafta sonu", "2022-06-11/2022-06-12", "in"),
        ("geçen hafta sonu", "2022-06-11/2022-06-12", "in"),
        ("bu hafta sonu", "2022-06-18/2022-06-19", "in"),
        ("geçen ay", "2022-05", "in"),
        ("geçen aya kıyasla", "2022-05", "than"),
        ("bu ay başında", "2022-06", "in"),
        ("önümüzdeki ay", "2022-07", "in"),
        ("geçen yıl", "2021", "in"),
        ("yılbaşından bu yana", "2022-01-01/2022-06-15", "since"),
        ("yıl sonuna kadar", "2022", "until"),
        ("geçtiğimiz günlerde", "2022-06-09/2022-06-15", "in"),
        ("ayın 12'sinde", "2022-06-12", "on"),
        ("geçen ayın 12'sinde", "2022-05-12", "on"),
        ("salı günü", "2022-06-14", "on"),
        ("çarşamba günü", "2022-06-15", "on"),
        ("geçen çarşamba", "2022-06-08", "on"),
        ("geçen salı", "2022-06-14", "on"),
        ("önümüzdeki cuma", "2022-06-17", "on"),
        ("perşembeye kadar", "2022-06-09", "until"),
        ("Soğuk Savaş sırasında", "1947-03-12/1991-12-26", "during"),
        ("Ukrayna savaşının başlamasından bu yana", "2022-02-24/2022-06-15", "since"),
        ("Körfez Savaşı'nda", "1990-08-02/1991-02-28", "during"),
        ("Küba Füze Krizi sırasında", "1962-10-16/1962-10-28", "during"),
        ("Birinci Dünya Savaşı'ndan önce", "1914", "before"),
    ],
)
def test_turkish_dates(text, span, word):
    assert dated(text) == [(span, word)]
    assert dated(f"Ankara, {text} açıklama yaptı.") == [(span, word)]


@pytest.mark.parametrize(
    "text",
    [
        "2014 asker",
        "30 Şubat 2021",
        "31.02.2022",
        "Eylül Hanım",
        "Dünya Savaşı",
        "Birleşmiş Milletler dünyada",
        "3 bin 500 asker",
        "üç hafta içinde",
        "Kapalıçarşı pazarı",
        "Ukrayna savaşı sürüyor",
        "toplantıdan üç gün önce",
        "saat 12.30'da",
    ],
)
def test_what_is_no_turkish_date(text):
    assert dated(text) == []


def test_a_date_covers_its_case_and_postposition():
    text = "Rusya 24 Şubat'tan bu yana 3 bin asker yitirdi."
    found = find_dates(text, WEDNESDAY, None, language="tr")
    assert [text[item.start : item.end] for item in found] == ["24 Şubat'tan bu yana"]


def test_the_next_day_counts_from_the_date_before_it():
    assert dated("3 Mart'ta görüştüler, ertesi gün anlaştılar.") == [("2022-03-03", "on"), ("2022-03-04", "on")]
    assert dated("1975'te girdi, 24 yıl sonra çekildi.", context=None) == [("1975", "in"), ("1999", "in")]


@pytest.mark.parametrize("text", ["ertesi gün", "aynı gün", "aynı yılın nisan ayında"])
def test_without_a_sentence_before_nothing_is_the_same_or_the_next(text):
    assert dated(text, context=None) == []


@pytest.mark.parametrize(
    "text", ["dün", "salı günü", "geçen hafta", "mart ayında", "üç gün önce", "yılbaşından bu yana"]
)
def test_without_a_document_date_there_is_none(text):
    assert dated(text, UNDATED, None) == []


@pytest.mark.parametrize(("text", "later"), [("Daha sonra Japonya", True), ("Ardından", True), ("Japonya", False)])
def test_a_sentence_that_places_itself_later(text, later):
    assert is_later(text, language="tr") is later


@given(DAYS, DAYS, st.sampled_from(["{0.day} {1} {0.year}", "{0.day} {1} {0.year}'de", "{0:%d.%m.%Y}", "{0:%Y-%m-%d}"]))
def test_a_full_date_is_itself_whatever_the_document_says(day, published, pattern):
    text = pattern.format(day, MONTHS[day.month - 1].capitalize())
    document = DateSpan(published, published, "day", "document")
    assert [span for span, _ in dated(text, document, None)] == [day.isoformat()]


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven_days(published, wanted):
    document = DateSpan(published, published, "day", "document")
    day = find_dates(f"{WEEKDAYS[wanted]} günü", document, None, language="tr")[0].span.start
    assert day.weekday() == wanted
    assert timedelta(0) <= published - day < timedelta(7)


PAST = ["dün", "önceki gün", "geçen hafta", "geçen ay", "geçen yıl", "üç gün önce", "iki hafta önce", "5 ay önce"]
PAST += ["geçen salı", "cuma günü", "hafta sonu", "geçen hafta sonu", "geçtiğimiz günlerde", "geçen yıl martta"]


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(PAST))
def test_the_past_is_never_after_the_document(published, text):
    document = DateSpan(published, published, "day", "document")
    for item in find_dates(text, document, None, language="tr"):
        assert item.span.end <= published


@settings(max_examples=300)
@given(PIECES | st.text(max_size=60), st.dates(), st.none() | st.just(BEFORE))
def test_every_date_is_ordered_and_stands_where_it_says(text, published, context):
    taken = 0
    for item in find_dates(text, DateSpan(published, published, "day", "document"), context, language="tr"):
        assert taken <= item.start < item.end <= len(text) or item.named
        assert item.span.start <= item.span.end
        taken = max(taken, 0 if item.named else item.end)
