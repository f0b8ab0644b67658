"""Quantities, issues, sport, totals, answers and the tables behind them, in Turkish and Russian."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.coding.attribution import find_response_cue
from detente.coding.cues import load_cue
from detente.coding.figures import is_period_total, is_sport
from detente.coding.folding import fold
from detente.coding.issues import find_issues, load_issues
from detente.coding.quantities import find_quantities
from detente.coding.tokens import split_tokens
from detente.coding.when import load_periods

LANGUAGES = ["tr", "ru"]
KEYS = {
    "calendar_words.csv": ("language", "kind", "form"),
    "relative_dates.csv": ("language", "words"),
    "number_words.csv": ("language", "form"),
    "measure_units.csv": ("language", "form"),
    "counted_nouns.csv": ("language", "form"),
    "cues.csv": ("language", "kind", "pattern"),
    "issues.csv": ("language", "issue"),
    "named_periods.csv": ("language", "pattern"),
}


def quantities(text, language):
    found = find_quantities(split_tokens(text), (), language=language)
    return [(item.value, item.unit or item.item) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.500 asker", [(3500, "asker")]),
        ("3 bin 500 askerin", [(3500, "asker")]),
        ("3,5 milyar dolar", [(3.5e9, "dollars")]),
        ("600 milyon dolarlık yardım", [(6e8, "dollars")]),
        ("1 milyar ABD doları", [(1e9, "dollars")]),
        ("üç buçuk milyar avro", [(3.5e9, "euros")]),
        ("$50 milyon", [(50e6, "dollars")]),
        ("yaklaşık 200 kişi", [(200, "kişi")]),
        ("10 bin kişiyi", [(10_000, "kişi")]),
        ("yüzde 15", [(15, "percent")]),
        ("%7,5 artış", [(7.5, "percent")]),
        ("yüz elli bin mermi", [(150_000, "mermi")]),
        ("2 milyon 300 bin ton buğday", [(2.3e6, "tons")]),
        ("iki savaş uçağı ve on iki tank", [(2, "savaş uçağı"), (12, "tank")]),
        ("50 insansız hava aracını vurdu", [(50, "insansız hava aracı")]),
        ("sekiz Rus diplomatı sınır dışı etti", [(8, "diplomat")]),
        ("19 Çinli şirketi", [(19, "şirket")]),
        ("72 saat içinde", [(72, "hours")]),
        ("40 Leopard tankı", [(40, "tank")]),
        ("2014 asker", [(2014, "asker")]),
        ("2014 seçimleri", []),
        ("3. Ordu", []),
        ("3'üncü tur", []),
        ("diplomatlardan 8'i", []),
        ("F-16 uçağı", []),
        ("iki ülke", []),
        ("bir asker", []),
        ("su altı kablosu", []),
        ("yüz yüze görüşme", []),
        ("iki günlük ziyaret", []),
    ],
)
def test_turkish_counts_and_amounts(text, expected):
    assert quantities(text, "tr") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,5 тыс. военнослужащих", [(3500, "военнослужащий")]),
        ("3 500 человек", [(3500, "человек")]),
        ("3\xa0500 человек", [(3500, "человек")]),
        ("1 тыс. 200 человек", [(1200, "человек")]),
        ("около 200 солдат", [(200, "солдат")]),
        ("два миллиарда долларов", [(2e9, "dollars")]),
        ("2,5 млрд американских долларов", [(2.5e9, "dollars")]),
        ("два с половиной миллиона евро", [(2.5e6, "euros")]),
        ("15 процентов", [(15, "percent")]),
        ("15%", [(15, "percent")]),
        ("полторы тысячи солдат", [(1500, "солдат")]),
        ("двадцать пять ракет", [(25, "ракета")]),
        ("20 российских дипломатов", [(20, "дипломат")]),
        ("12 крылатых ракет", [(12, "крылатая ракета")]),
        ("четыре российских самолёта", [(4, "самолет")]),
        ("трёх боевиков", [(3, "боевик")]),
        ("двести новых рабочих мест", [(200, "рабочее место")]),
        ("в течение 72 часов", [(72, "hours")]),
        ("3500 беспилотников", [(3500, "беспилотник")]),
        ("2022 год", []),
        ("3-й флот", []),
        ("40-летний", []),
        ("С-300", []),
        ("9М729", []),
        ("две страны", []),
        ("один солдат", []),
        ("тысячи людей", []),
    ],
)
def test_russian_counts_and_amounts(text, expected):
    assert quantities(text, "ru") == expected


def test_a_number_inside_a_date_is_no_quantity():
    text = "3 mart asker"
    assert find_quantities(split_tokens(text), ((0, 6),), language="tr") == ()


@pytest.mark.parametrize(
    ("text", "language", "issues"),
    [
        ("Japonya, Kuril Adaları yüzünden yaptırım uyguladı.", "tr", {"islands", "sanctions"}),
        ("YAPTIRIM KARARI", "tr", {"sanctions"}),
        ("Türkiye doğal gaz boru hattı için görüştü.", "tr", {"energy", "talks"}),
        ("Ankara iki diplomatı kovdu.", "tr", {"diplomats"}),
        ("Mirketler uyudu.", "tr", set()),
        ("Япония ввела санкции из-за Курил.", "ru", {"islands", "sanctions"}),
        ("Стороны обсудили мирный договор.", "ru", {"treaty"}),
        ("Посол вручил ноту.", "ru", {"diplomats"}),
        ("Рыболовное судно задержано.", "ru", {"fisheries"}),
        ("Кошка спит.", "ru", set()),
    ],
)
def test_issues(text, language, issues):
    assert set(find_issues(text, (), language=language)) == issues


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_same_issues_in_the_same_order(language):
    assert [issue.name for issue in load_issues(language)] == [issue.name for issue in load_issues()]
    assert len(load_periods(language)) >= len(load_periods())


@pytest.mark.parametrize(
    ("text", "language", "sport"),
    [
        ("Türkiye, Fransa'yı yarı finalde yendi.", "tr", True),
        ("Türkiye, Fransa ile Roma'da görüştü.", "tr", False),
        ("Ermenistan hakem heyetine başvurdu.", "tr", False),
        ("Финляндия разгромила Канаду со счётом 5:1.", "ru", True),
        ("Финляндия выслала посла Канады.", "ru", False),
    ],
)
def test_sport(text, language, sport):
    assert is_sport(text, language=language) is sport


@pytest.mark.parametrize(
    ("text", "language", "total"),
    [
        ("Japon jetleri 2021 mali yılında 266 kez havalandı.", "tr", True),
        ("Norveç, Şili'ye yılda 40 ton balık satıyor.", "tr", True),
        ("Japon jetleri 3 Mart'ta iki kez havalandı.", "tr", False),
        ("Takvim, Noel'in iki ayrı günde kutlanmasının nedeni.", "tr", False),
        ("Норвегия в 2019 году выслала четырёх дипломатов.", "ru", False),
        ("Японские истребители за прошлый год 266 раз поднимались в воздух.", "ru", True),
        ("Норвегия продаёт Чили 40 тонн рыбы в год.", "ru", True),
    ],
)
def test_a_total_over_a_period(text, language, total):
    assert is_period_total(text, language=language) is total


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        ("Buna karşılık Tokyo sekiz diplomatı kovdu.", "tr", "Buna karşılık"),
        ("Tokyo misilleme olarak sekiz diplomatı kovdu.", "tr", "misilleme olarak"),
        ("Tokyo, yanıt olarak sekiz diplomatı kovdu.", "tr", "yanıt olarak"),
        ("Cevaben iki diplomat kovuldu.", "tr", "Cevaben"),
        ("Tokyo sekiz diplomatı kovdu.", "tr", None),
        ("В ответ на это Токио выслал дипломатов.", "ru", "В ответ на"),
        ("Токио в качестве ответной меры выслал дипломатов.", "ru", "в качестве ответной меры"),
        ("Токио принял ответные меры.", "ru", "ответные меры"),
        ("Токио выслал дипломатов.", "ru", None),
    ],
)
def test_an_answer_is_called_one(text, language, cue):
    assert find_response_cue(text, language=language) == cue


@pytest.mark.parametrize("name", KEYS)
def test_tables_have_unique_keys_and_known_languages(name):
    text = (files("detente.coding") / "data" / name).read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    keys = [tuple(row[column] for column in KEYS[name]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["language"] for row in rows} <= {"en", "tr", "ru"}
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_compiles_and_matches_no_empty_text(language):
    rows = csv.DictReader((files("detente.coding") / "data" / "cues.csv").read_text(encoding="utf-8").splitlines())
    for kind in {row["kind"] for row in rows if row["language"] == language}:
        assert load_cue(language, kind).match("") is None


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_folding_keeps_every_character_in_its_place(text, language):
    assert len(fold(text, language)) == len(text)


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_no_text_breaks_them(text, language):
    assert all(item.unit or item.item for item in find_quantities(split_tokens(text), (), language=language))
    find_issues(text, (), language=language)
    assert is_sport(text, language=language) in {True, False}
    assert is_period_total(text, language=language) in {True, False}
    cue = find_response_cue(text, language=language)
    assert cue is None or cue in text
