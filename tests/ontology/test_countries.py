"""Names of countries and organisations in three languages, and who came before whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import UnknownCountryError
from detente.ontology import country_name, load_countries, predecessors, resolve_country
from detente.ontology.countries import load_successions
from detente.ontology.tables import read_rows


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RUS"),
        ("Rusya", "RUS"),
        ("Россия", "RUS"),
        ("япония", "JPN"),
        ("JAPONYA", "JPN"),
        ("İRAN", "IRN"),
        ("Irak", "IRQ"),
        ("ıran", "IRN"),
        ("israil", "ISR"),
        ("u.s.", "USA"),
        ("ABD", "USA"),
        ("Britain", "GBR"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Burma", "MMR"),
        ("Kuzey Kore", "PRK"),
        ("Йемен", "YEM"),
        ("Китай", "CHN"),
        ("jp", "JPN"),
        ("rus", "RUS"),
        ("USSR", "SUN"),
        ("Kosovo", "XKX"),
        ("Filistin", "PSE"),
        ("NATO", "IGO:NATO"),
        ("НАТО", "IGO:NATO"),
        ("igo:eu", "IGO:EU"),
        ("  Avrupa   Birliği ", "IGO:EU"),
        ("G7", "IGO:G7"),
    ],
)
def test_names_and_codes_resolve(name, code):
    assert resolve_country(name) == code


def test_two_letters_given_to_two_gone_states_name_none():
    with pytest.raises(UnknownCountryError):
        resolve_country("CS")


@pytest.mark.parametrize(("name", "offers"), [("Korea", ("KOR", "PRK")), ("Конго", ("COG", "COD"))])
def test_ambiguous_names_offer_the_candidates(name, offers):
    with pytest.raises(UnknownCountryError) as error:
        resolve_country(name)
    assert all(offer in str(error.value) for offer in offers)


def test_unknown_names_offer_the_nearest():
    with pytest.raises(UnknownCountryError, match=r"'Jpan' is not known: nearest are JPN \(Japan\)"):
        resolve_country("Jpan")


@given(st.sampled_from(sorted(load_countries())), st.sampled_from(["en", "tr", "ru"]), st.booleans())
def test_every_name_leads_back_to_its_code(code, language, upper):
    name = country_name(code, language)
    assert resolve_country(name.upper() if upper else name) == code
    assert resolve_country(code.lower()) == code


@given(st.text(max_size=12))
def test_any_text_resolves_or_raises_one_line(text):
    try:
        answer = resolve_country(text)
    except UnknownCountryError as error:
        answer = str(error)
    assert answer in load_countries() or (repr(text) in answer and "\n" not in answer)


def test_names_come_in_three_languages():
    assert [country_name("JPN", language) for language in ("en", "tr", "ru")] == [
        "Japan",
        "Japonya",
        "Япония",
    ]
    assert country_name("IGO:NATO", "tr").startswith("Kuzey Atlantik")
    with pytest.raises(UnknownCountryError):
        country_name("QQQ")


def test_predecessors_follow_the_chain():
    assert predecessors("SRB") == ("SCG", "YUG")
    assert predecessors("RUS") == ("SUN",)
    assert predecessors("DEU") == ("DDR",)
    assert predecessors("CZE") == predecessors("SVK") == ("CSK",)
    assert predecessors("YEM") == ("YMD",)
    assert predecessors("HRV") == ()


def test_no_reference_dangles():
    countries = load_countries()
    for succession in load_successions():
        assert {succession.successor, succession.predecessor} <= set(countries)
        assert succession.note
    assert {row["code"] for row in read_rows("countries_aliases.csv")} <= set(countries)
    assert len(read_rows("igos.csv")) >= 60
    for country in countries.values():
        assert country.name_en
        assert country.name_tr
        assert country.name_ru
        assert not (country.valid_from and country.valid_to) or country.valid_from < country.valid_to


def test_gone_states_have_a_last_day_and_numbers_of_the_state_lists():
    countries = load_countries()
    assert all(countries[code].valid_to for code in ("SUN", "YUG", "CSK", "DDR", "SCG", "YMD"))
    assert (countries["RUS"].cow, countries["JPN"].cow, countries["DEU"].gw) == (365, 740, 260)
