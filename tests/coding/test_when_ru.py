"""Dates in Russian: resolved against the document and the sentence before, with the sense of their preposition."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.coding.when import find_dates, is_later
from detente.model import UNDATED, DateSpan, parse_partial_date

WEDNESDAY = parse_partial_date("2022-06-15")
BEFORE = parse_partial_date("2022-05-10", "context")
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
WEEKDAYS = "понедельник вторник среду четверг пятницу субботу воскресенье".split()
PIECES = st.lists(
    st.sampled_from(
        "24 12–15 с по до на в февраля марте 2014 году года 2014–2018 годах вчера сегодня накануне прошлой неделе "
        "вторник три дня назад через 9999 31 тот же день следующий 30.02.2022 24.02.2022 1990-х и к конце месяца "
        "числа прошлого г. лет спустя во время холодной войны ночь".split()
    ),
    max_size=10,
).map(" ".join)


def dated(text, published=WEDNESDAY, context=BEFORE):
    return [(str(item.span), item.word) for item in find_dates(text, published, context, language="ru")]


@pytest.mark.parametrize(
    ("text", "span", "word"),
    [
        ("24 февраля 2022 года", "2022-02-24", "on"),
        ("24 февраля 2022 г.", "2022-02-24", "on"),
        ("24 ФЕВРАЛЯ", "2022-02-24", "on"),
        ("24 февраля", "2022-02-24", "on"),
        ("24 фев", "2022-02-24", "on"),
        ("9 апр. 2022 г.", "2022-04-09", "on"),
        ("с 24 февраля", "2022-02-24", "since"),
        ("начиная с 24 февраля", "2022-02-24", "since"),
        ("до 24 февраля 2022 г.", "2022-02-24", "until"),
        ("к 1 марта", "2022-03-01", "by"),
        ("на 3 марта", "2022-03-03", "for"),
        ("после 24 февраля", "2022-02-24", "after"),
        ("от 24 февраля 2022 года", "2022-02-24", "from"),
        ("по состоянию на 1 июня", "2022-06-01", "by"),
        ("в ночь на 24 февраля", "2022-02-24", "on"),
        ("с 23 на 24 февраля", "2022-02-23/2022-02-24", "during"),
        ("вечером 3 марта", "2022-03-03", "on"),
        ("в четверг, 3 марта", "2022-03-03", "on"),
        ("3 марта (четверг)", "2022-03-03", "on"),
        ("1 марта 2022-го", "2022-03-01", "on"),
        ("15 мая прошлого года", "2021-05-15", "on"),
        ("в феврале 2022 года", "2022-02", "in"),
        ("в июле 2021-го", "2021-07", "in"),
        ("в марте", "2022-03", "in"),
        ("в сентябре", "2021-09", "in"),
        ("в конце марта", "2022-03", "in"),
        ("с начала марта", "2022-03", "since"),
        ("к концу июня", "2022-06", "by"),
        ("в течение марта", "2022-03", "during"),
        ("в марте прошлого года", "2021-03", "in"),
        ("в апреле того же года", "2022-04", "in"),
        ("в 2014 году", "2014", "in"),
        ("в 2014-м", "2014", "in"),
        ("с 2014 года", "2014", "since"),
        ("к 2045 году", "2045", "by"),
        ("за 2021 год", "2021", "for"),
        ("в начале 2022 года", "2022", "in"),
        ("летом 2014 года", "2014", "in"),
        ("договор 1956 года", "1956", "from"),
        ("чем в 2021 году", "2021", "than"),
        ("по сравнению с 2021 годом", "2021", "than"),
        ("в 2014–2018 годах", "2014-01-01/2018-12-31", "during"),
        ("с 2014 по 2018 год", "2014-01-01/2018-12-31", "during"),
        ("между 2014 и 2018 годами", "2014-01-01/2018-12-31", "during"),
        ("в 1990-х годах", "1990-01-01/1999-12-31", "during"),
        ("в конце 1970-х", "1970-01-01/1979-12-31", "during"),
        ("в шестидесятые годы", "1960-01-01/1969-12-31", "during"),
        ("с 12 по 15 марта", "2022-03-12/2022-03-15", "during"),
        ("12–15 марта", "2022-03-12/2022-03-15", "during"),
        ("с 28 февраля по 3 марта 2022 года", "2022-02-28/2022-03-03", "during"),
        ("с 30 декабря по 2 января 2022 года", "2021-12-30/2022-01-02", "during"),
        ("12 и 13 марта", "2022-03-12/2022-03-13", "during"),
        ("12 и 15 марта", "2022-03-15", "on"),
        ("с января по март 2022 года", "2022-01-01/2022-03-31", "during"),
        ("в январе–марте", "2022-01-01/2022-03-31", "during"),
        ("24.02.2022", "2022-02-24", "on"),
        ("24.02.2022 г.", "2022-02-24", "on"),
        ("2022-02-24", "2022-02-24", "on"),
        ("вчера", "2022-06-14", "on"),
        ("сегодня", "2022-06-15", "on"),
        ("до сегодняшнего дня", "2022-06-15", "until"),
        ("позавчера", "2022-06-13", "on"),
        ("накануне", "2022-05-09", "on"),
        ("на следующий день", "2022-05-11", "on"),
        ("в тот же день", "2022-05-10", "on"),
        ("в том же месяце", "2022-05", "in"),
        ("в том же году", "2022", "in"),
        ("на прошлой неделе", "2022-06-06/2022-06-12", "in"),
        ("с прошлой недели", "2022-06-06/2022-06-12", "since"),
        ("на следующей неделе", "2022-06-20/2022-06-26", "in"),
        ("до конца недели", "2022-06-13/2022-06-19", "until"),
        ("в выходные", "2022-06-11/2022-06-12", "in"),
        ("в прошлом месяце", "2022-05", "in"),
        ("в будущем месяце", "2022-07", "in"),
        ("в прошлом году", "2021", "in"),
        ("чем в прошлом году", "2021", "than"),
        ("с начала года", "2022-01-01/2022-06-15", "since"),
        ("до конца года", "2022", "until"),
        ("на днях", "2022-06-09/2022-06-15", "in"),
        ("в ближайшие дни", "2022-06-15/2022-06-21", "in"),
        ("три дня назад", "2022-06-12", "on"),
        ("неделю назад", "2022-06-06/2022-06-12", "in"),
        ("два года назад", "2020", "in"),
        ("два дня спустя", "2022-05-12", "on"),
        ("двумя днями ранее", "2022-05-08", "on"),
        ("через две недели", "2022-05-23/2022-05-29", "in"),
        ("15-го числа", "2022-06-15", "on"),
        ("15 числа прошлого месяца", "2022-05-15", "on"),
        ("во вторник", "2022-06-14", "on"),
        ("в среду", "2022-06-15", "on"),
        ("в минувшую среду", "2022-06-08", "on"),
        ("в минувший вторник", "2022-06-14", "on"),
        ("в следующую пятницу", "2022-06-17", "on"),
        ("до понедельника", "2022-06-13", "until"),
        ("на пятницу", "2022-06-10", "for"),
        ("во время холодной войны", "1947-03-12/1991-12-26", "during"),
        ("после начала войны в Украине", "2022-02-24/2022-06-15", "after"),
        ("во время Карибского кризиса", "1962-10-16/1962-10-28", "during"),
        ("до Первой мировой войны", "1914", "before"),
    ],
)
def test_russian_dates(text, span, word):
    assert dated(text) == [(span, word)]
    assert dated(f"Токио {text} заявил протест.") == [(span, word)]


@pytest.mark.parametrize(
    "text",
    [
        "2014 человек",
        "30 февраля 2021 года",
        "31.02.2022",
        "Марта сказала",
        "в окружающей среде",
        "загрязняют среду",
        "накануне встречи",
        "несколько дней назад",
        "через две недели после",
        "война в Украине",
        "3 500 человек",
        "в 12.30",
    ],
)
def test_what_is_no_russian_date(text):
    assert dated(text) == []


def test_both_years_of_a_list_are_found():
    assert dated("в 2014 и 2018 годах") == [("2014", "in"), ("2018", "in")]


def test_a_date_covers_its_preposition():
    text = "Россия с 24 февраля 2022 года потеряла 3 тыс. солдат."
    found = find_dates(text, WEDNESDAY, None, language="ru")
    assert [text[item.start : item.end] for item in found] == ["с 24 февраля 2022 года"]


def test_the_next_day_counts_from_the_date_before_it():
    assert dated("3 марта встретились, на следующий день уехали.") == [("2022-03-03", "on"), ("2022-03-04", "on")]


def test_the_day_before_is_yesterday_where_no_sentence_stands_before():
    assert dated("накануне", context=None) == [("2022-06-14", "on")]


@pytest.mark.parametrize("text", ["на следующий день", "в тот же день", "два дня спустя", "в апреле того же года"])
def test_without_a_sentence_before_nothing_is_the_same_or_the_next(text):
    assert dated(text, context=None) == []


@pytest.mark.parametrize("text", ["вчера", "во вторник", "на прошлой неделе", "в марте", "три дня назад", "накануне"])
def test_without_a_document_date_there_is_none(text):
    assert dated(text, UNDATED, None) == []


@pytest.mark.parametrize(("text", "later"), [("Затем Япония", True), ("После этого", True), ("Япония", False)])
def test_a_sentence_that_places_itself_later(text, later):
    assert is_later(text, language="ru") is later


@given(
    DAYS, DAYS, st.sampled_from(["{0.day} {1} {0.year} года", "{0.day} {1} {0.year}", "{0:%d.%m.%Y}", "{0:%Y-%m-%d}"])
)
def test_a_full_date_is_itself_whatever_the_document_says(day, published, pattern):
    text = pattern.format(day, MONTHS[day.month - 1])
    document = DateSpan(published, published, "day", "document")
    assert [span for span, _ in dated(text, document, None)] == [day.isoformat()]


@given(DAYS, st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven_days(published, wanted):
    document = DateSpan(published, published, "day", "document")
    text = f"во {WEEKDAYS[wanted]}" if wanted == 1 else f"в {WEEKDAYS[wanted]}"
    day = find_dates(text, document, None, language="ru")[0].span.start
    assert day.weekday() == wanted
    assert timedelta(0) <= published - day < timedelta(7)


PAST = ["вчера", "позавчера", "накануне", "на прошлой неделе", "в прошлом месяце", "в прошлом году", "три дня назад"]
PAST += ["неделю назад", "5 месяцев назад", "во вторник", "в минувшую пятницу", "в выходные", "на днях"]


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(PAST))
def test_the_past_is_never_after_the_document(published, text):
    document = DateSpan(published, published, "day", "document")
    for item in find_dates(text, document, None, language="ru"):
        assert item.span.end <= published


@settings(max_examples=300)
@given(PIECES | st.text(max_size=60), st.dates(), st.none() | st.just(BEFORE))
def test_every_date_is_ordered_and_stands_where_it_says(text, published, context):
    taken = 0
    for item in find_dates(text, DateSpan(published, published, "day", "document"), context, language="ru"):
        assert taken <= item.start < item.end <= len(text) or item.named
        assert item.span.start <= item.span.end
        taken = max(taken, 0 if item.named else item.end)
