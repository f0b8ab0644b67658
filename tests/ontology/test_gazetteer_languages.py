"""Names in Turkish and Russian text: the mentions of sentences written for this test, with kind, owner and case."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ontology import gazetteer_languages
from detente.ontology.equipment import load_equipment
from detente.ontology.gazetteer import load_gazetteer
from detente.ontology.gazetteer_languages import forms_of
from detente.ontology.gazetteer_turkish import suffix_case

DAY = date(2023, 3, 1)
GAZETTEER = load_gazetteer()
for _language in ("tr", "ru"):
    GAZETTEER.find_mentions("", DAY, language=_language)


def sentences(language):
    """Rows of a table of sentences: the text and `name = kind owner case; ...`."""
    lines = (Path(__file__).parent / f"mentions_{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [(language, row["text"], row["mentions"] or "") for row in csv.DictReader(lines, delimiter="\t")]


def told(text, language, on=DAY):
    found = []
    for mention in GAZETTEER.find_mentions(text, on, language=language):
        owner = mention.country or mention.actor or mention.place.name.replace(" ", "_")
        found.append(f"{mention.text} = {mention.kind} {owner} {mention.case or '-'}")
    return "; ".join(found)


@pytest.mark.parametrize(("language", "text", "mentions"), [*sentences("tr"), *sentences("ru")])
def test_sentences(language, text, mentions):
    assert told(text, language) == mentions


def test_there_are_enough_sentences():
    assert min(len(sentences("tr")), len(sentences("ru"))) >= 60


def test_other_languages_are_read_when_asked_for_and_once(monkeypatch):
    read = []
    original = gazetteer_languages.read_table
    monkeypatch.setattr(gazetteer_languages, "read_table", lambda name: read.append(name) or original(name))
    gazetteer = load_gazetteer()
    gazetteer.find_mentions("Russia spoke.", DAY)
    gazetteer.sector_noun("troops")
    assert read == []
    assert gazetteer.find_mentions("Rusya konuştu.", DAY, language="tr")
    assert "names_tr.csv" in read
    assert "names_ru.csv" not in read
    read.clear()
    gazetteer.find_mentions("Rusya konuştu.", DAY, language="tr")
    assert read == []


def test_english_mentions_have_no_case():
    (found,) = GAZETTEER.find_mentions("Russia spoke.", DAY)
    assert found.case is None


@pytest.mark.parametrize(
    ("suffix", "case"),
    [
        ("nın", "gen"),
        ("in", "gen"),
        ("ya", "dat"),
        ("na", "dat"),
        ("a", "dat"),
        ("yı", "acc"),
        ("u", "acc"),
        ("nu", "acc"),
        ("da", "loc"),
        ("nde", "loc"),
        ("daki", "loc"),
        ("taydı", "loc"),
        ("den", "abl"),
        ("ndan", "abl"),
        ("la", "ins"),
        ("yle", "ins"),
        ("larla", "ins"),
        ("lerin", "gen"),
        ("dır", "nom"),
        ("NİN", "gen"),
        ("ca", None),
        ("xyz", None),
    ],
)
def test_the_case_of_an_ending(suffix, case):
    assert suffix_case(suffix) == case


@pytest.mark.parametrize("quote", ["'", "’", "‘", "`"])
def test_any_apostrophe_parts_a_name_from_its_ending(quote):
    (found,) = GAZETTEER.find_mentions(f"Rusya{quote}nın", DAY, language="tr")
    assert (found.text, found.case) == ("Rusya", "gen")


def test_a_plain_word_is_no_name():
    assert told("Того, кто ждал. Сам Того молчит.", "ru") == "Того = country TGO -"
    assert told("куба воды, того мира, чад и рим", "ru") == ""
    assert told("mali işler, çad, fas, roma", "tr") == ""
    assert told("Mali durum kötü. Işık söndü. Sana söyledim.", "tr") == ""


def test_a_plain_word_is_a_name_in_the_company_of_names_and_offices():
    assert told("Mali ile Çad anlaştı.", "tr") == "Mali = country MLI nom; Çad = country TCD nom"
    assert told("Mali ordusu çekildi.", "tr") == "Mali = country MLI nom"


def test_joined_adjectives():
    assert told("российско-китайские учения", "ru") == (
        "российско = nationality RUS -; китайские = nationality CHN nom/acc"
    )
    assert told("японо-российский договор; японо", "ru") == (
        "японо = nationality JPN -; российский = nationality RUS nom/acc"
    )
    assert told("Türk-Rus görüşmesi", "tr") == "Türk = nationality TUR nom; Rus = nationality RUS nom"


def test_a_ministry_named_alone_is_the_home_ministry_unless_another_country_stands_beside_it():
    (found,) = GAZETTEER.find_mentions("Dışişleri'nden tepki", DAY, language="tr")
    assert (found.country, found.actor, found.note) == ("TUR", "turkey/foreign-ministry", "default")
    assert told("Alman Dışişleri'nden tepki", "tr") == "Alman = nationality DEU nom"
    assert told("Yunanistan'ın Genelkurmay Başkanlığı", "tr") == "Yunanistan = country GRC gen"
    assert told("украинское Минобороны", "ru") == "украинское = nationality UKR nom/acc"


def test_a_state_that_is_gone_by_date():
    assert told("Советский Союз", "ru", date(1985, 1, 1)) == "Советский Союз = country SUN nom/acc"
    assert told("Moskova'nın", "tr", date(1985, 1, 1)) == "Moskova = capital SUN gen"
    assert told("Россией", "ru", date(1985, 1, 1)) == "Россией = country SUN ins"
    (later,) = GAZETTEER.find_mentions("СССР", DAY, language="ru")
    assert later.note == "former"


def test_leaders_hold_the_office_of_the_english_table():
    (found,) = GAZETTEER.find_mentions("Сергеем Лавровым", DAY, language="ru")
    assert (found.office, found.actor, found.case) == ("foreign minister", "russia/foreign-ministry", "ins")
    assert told("Лаврову", "ru", date(1995, 1, 1)) == ""
    (found,) = GAZETTEER.find_mentions("Şinzo Abe'nin", date(2019, 1, 1), language="tr")
    assert (found.country, found.office, found.case) == ("JPN", "prime minister", "gen")


def test_a_surname_of_another_person_is_no_leader():
    assert told("Анатолий Лавров", "ru") == ""
    assert told("Kenji Abe", "tr", date(2019, 1, 1)) == ""


def test_a_shared_surname_needs_its_country_or_its_office():
    assert told("Lee konuştu.", "tr", date(2011, 12, 18)) == ""
    assert told("Lee Seul'den ayrıldı.", "tr", date(2011, 12, 18)) == "Lee = leader KOR nom; Seul = capital KOR abl"
    assert told("Ким прибыл из Пхеньяна.", "ru", DAY) == "Ким = leader PRK nom; Пхеньяна = capital PRK gen"


def test_women_and_foreign_names_that_do_not_change():
    assert told("с Ангелой Меркель", "ru", date(2019, 1, 1)) == "Ангелой Меркель = leader DEU ins"
    assert told("к Терезе Мэй", "ru", date(2018, 1, 1)) == "Терезе Мэй = leader GBR dat/loc"
    assert told("с Меркелем", "ru", date(2019, 1, 1)) == ""
    assert told("с Порошенко", "ru", date(2017, 1, 1)) == "Порошенко = leader UKR -"


@pytest.mark.parametrize("text", ["ВООРУЖЁННЫЕ СИЛЫ УКРАИНЫ", "Вооруженных сил Украины", "Вооружёнными силами Украины"])
def test_yo_is_written_either_way_and_in_capitals(text):
    (found,) = GAZETTEER.find_mentions(text, DAY, language="ru")
    assert found.actor == "ukraine/armed-forces"


@pytest.mark.parametrize(
    ("phrase", "language", "sector", "state"),
    [
        ("askerlerinin", "tr", "MIL", True),
        ("savaş uçaklarını", "tr", "MIL", True),
        ("büyükelçisi", "tr", "GOV", True),
        ("dışişleri bakanı", "tr", "GOV", True),
        ("Dışişleri Bakanlığından", "tr", "GOV", True),
        ("göçmenler", "tr", "CVL", False),
        ("firmasına", "tr", "BUS", False),
        ("milletvekilleri", "tr", "LEG", True),
        ("teröristlerin", "tr", "REB", False),
        ("войсками", "ru", "MIL", True),
        ("военных", "ru", "MIL", True),
        ("послу", "ru", "GOV", True),
        ("министра иностранных дел", "ru", "GOV", True),
        ("официального представителя", "ru", "GOV", True),
        ("истребителей", "ru", "MIL", True),
        ("компаний", "ru", "BUS", False),
        ("беженцам", "ru", "REF", False),
        ("депутаты", "ru", "LEG", True),
    ],
)
def test_nouns_in_their_forms(phrase, language, sector, state):
    noun = GAZETTEER.sector_noun(phrase, language=language)
    assert (noun.sector, noun.state_agent) == (sector, state)


def test_things_are_no_actors():
    assert all(GAZETTEER.is_inanimate(word, language="tr") for word in ("gazı", "petrolünü", "lirası"))
    assert all(GAZETTEER.is_inanimate(word, language="ru") for word in ("газа", "нефтью", "рублей"))
    assert GAZETTEER.noun("sularında", language="tr") is None
    assert GAZETTEER.noun("территориальных водах", language="ru").kind == "place"
    assert GAZETTEER.sector_noun("troops", language="ru") is None


def test_forms_of_a_cell():
    assert list(forms_of("США", "")) == [("США", None)]
    assert list(forms_of("Россия", "России:gen/dat/loc|Россию:acc")) == [
        ("Россия", "nom"),
        ("России", "gen/dat/loc"),
        ("Россию", "acc"),
    ]
    assert next(iter(forms_of("Кремль", "Кремль:nom/acc|Кремля:gen"))) == ("Кремль", "nom/acc")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("два Су-35 и С-400", ["Su-35", "S-400"]),
        ("МиГ-31К с «Кинжалом»", ["MiG-31K", "Kinzhal"]),
        ("танки Т-90М", ["tank", "T-90M"]),
        ("Байрактары и Хаймарсы", ["Bayraktar", "HIMARS"]),
        ("SİHA'lar ve S-400'ler", ["drone", "S-400"]),
        ("12 истребителей", ["fighter jet"]),
        ("savaş uçakları", ["fighter jet"]),
        ("Град шёл весь день.", []),
    ],
)
def test_equipment_in_russian_and_turkish(text, items):
    assert [found.item for found in load_equipment().find_equipment(text)] == items


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["Rusya", "'nın", "’", "Того", "МИД", " ", ".", "Rus", "ların", "ABD'li", "-", "İ"])
    ).map("".join),
    st.sampled_from(["tr", "ru", "de"]),
)
def test_offsets_in_any_text(text, language):
    last = 0
    for found in GAZETTEER.find_mentions(text, DAY, language=language):
        assert last <= found.start < found.end
        assert text[found.start : found.end] == found.text
        last = found.end
