"""Names in running text."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ontology.gazetteer import Gazetteer, load_gazetteer

DAY = date(2022, 12, 1)
FACTS = Path(__file__).resolve().parents[2] / "../shared/facts/facts.jsonl"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def told(gazetteer, text, on=DAY, **options):
    return [
        (found.text, found.country or found.actor or found.place.name)
        for found in gazetteer.find_mentions(text, on, **options)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tokyo rejects Russia's claim.", [("Tokyo", "JPN"), ("Russia", "RUS")]),
        ("Russia’s ambassador", [("Russia", "RUS")]),
        ("The Moscow-Tokyo line", [("Moscow", "RUS"), ("Tokyo", "JPN")]),
        ("Moscow–Tokyo", [("Moscow", "RUS"), ("Tokyo", "JPN")]),
        ("a Russian-Japanese treaty", [("Russian", "RUS"), ("Japanese", "JPN")]),
        ("Sino-Russian drills", [("Sino", "CHN"), ("Russian", "RUS")]),
        ("Franco said so", []),
        ("U.S. forces left.", [("U.S.", "USA")]),
        ("It left the U.S.", [("U.S.", "USA")]),
        ("the US told us", [("US", "USA")]),
        ("pro-Russian rebels, anti-Japanese crowds", []),
        ("Russian-backed rebels", []),
        ("US-made rockets, a Russian-born man", []),
        ("South Korea, not North Korea", [("South Korea", "KOR"), ("North Korea", "PRK")]),
        ("RUSSIA SAYS NO", [("RUSSIA", "RUS")]),
        ("roast turkey from Turkey", [("Turkey", "TUR")]),
        ("the Republic of the Congo", [("Republic of the Congo", "COG")]),
        ("Dominica and the Dominican Republic", [("Dominica", "DMA"), ("Dominican Republic", "DOM")]),
        ("Guinea-Bissau and Guinea", [("Guinea-Bissau", "GNB"), ("Guinea", "GIN")]),
        ("Hamas is not the Bahamas", [("Hamas", "group/hamas"), ("the Bahamas", "BHS")]),
        ("the Russo-Japanese War", []),
        ("The Japan Times on the Sea of Japan", [("The Japan Times", None), ("Sea of Japan", "Sea of Japan")]),
        ("the UN Security Council", [("UN Security Council", "IGO:UN")]),
        ("Belarusians", [("Belarusians", "BLR")]),
        ("Russianness", []),
    ],
)
def test_names(gazetteer, text, expected):
    found = [(name, code) for name, code in told(gazetteer, text)]
    assert [name.removeprefix("The ") for name, _ in found] == [name.removeprefix("The ") for name, _ in expected]
    assert all(code == want for (_, code), (_, want) in zip(found, expected, strict=True) if want is not None)


def test_a_state_that_is_gone(gazetteer):
    assert told(gazetteer, "Moscow and the Soviet Union", date(1985, 3, 1)) == [
        ("Moscow", "SUN"),
        ("Soviet Union", "SUN"),
    ]
    (later,) = gazetteer.find_mentions("the Soviet Union", date(2020, 1, 1))
    assert (later.country, later.note) == ("SUN", "former")
    assert told(gazetteer, "Russia, the Kremlin", date(1991, 12, 25)) == [("Russia", "SUN"), ("Kremlin", "SUN")]
    assert told(gazetteer, "Russia, the Kremlin", date(1991, 12, 26)) == [("Russia", "RUS"), ("Kremlin", "RUS")]
    assert gazetteer.find_mentions("the Soviet Union", date(1900, 1, 1)) == ()


def test_led_is_said(gazetteer):
    (found,) = gazetteer.find_mentions("the US-led coalition", DAY)
    assert (found.country, found.note) == ("USA", "led")


def test_brussels_is_the_union_unless_belgium_is_named(gazetteer):
    assert told(gazetteer, "Brussels imposed sanctions.") == [("Brussels", "IGO:EU")]
    assert told(gazetteer, "Brussels, Belgium") == [("Brussels", "BEL"), ("Belgium", "BEL")]


@pytest.mark.parametrize(
    ("text", "on", "country", "note"),
    [
        ("Abe spoke.", date(2019, 1, 1), "JPN", None),
        ("Abe spoke.", date(2021, 1, 1), "JPN", "former"),
        ("Abe spoke.", date(2023, 1, 1), None, None),
        ("Shinzo Abe spoke.", date(2023, 1, 1), "JPN", "former"),
        ("Shinzo Abe spoke.", date(1990, 1, 1), None, None),
        ("Kishida spoke.", date(2021, 10, 1), "JPN", "incoming"),
        ("Kishida spoke.", date(2021, 6, 1), None, None),
        ("Visiting Putin, he left.", DAY, "RUS", None),
        ("Considering Lavrov's words, he left.", DAY, "RUS", None),
        ("he met Irving Lavrov", DAY, None, None),
        ("On Tuesday Lavrov spoke.", DAY, "RUS", None),
        ("Then Anatoly Lavrov spoke.", DAY, None, None),
        ("the Kyiv Lavrov Street", DAY, "UKR", None),
    ],
)
def test_leaders_by_date(gazetteer, text, on, country, note):
    found = gazetteer.find_mentions(text, on)
    assert [mention.country for mention in found] == ([country] if country else [])
    assert not found or found[0].note == note


def test_a_plain_word_is_not_a_leader(gazetteer):
    assert told(gazetteer, "In May, May spoke on 3 May 2018.", date(2018, 5, 1)) == [("May", "GBR")]


def test_a_shared_surname_needs_its_country_or_its_office(gazetteer):
    on = date(2011, 12, 18)
    assert told(gazetteer, "Lee left.", on) == []
    assert told(gazetteer, "Lee left Seoul.", on) == [("Lee", "KOR"), ("Seoul", "KOR")]
    assert told(gazetteer, "President Lee left.", on) == [("Lee", "KOR")]


def test_people_of_one_country_with_one_surname_have_no_office(gazetteer):
    (found,) = gazetteer.find_mentions("It said Wang left.", date(2021, 1, 1))
    assert (found.country, found.office) == ("CHN", None)
    (found,) = gazetteer.find_mentions("It said Wang Yi left.", date(2021, 1, 1))
    assert (found.actor, found.office) == ("china/foreign-ministry", "foreign minister")


def test_the_office_held_on_the_day(gazetteer):
    offices = [
        gazetteer.find_mentions("Mikhail Galuzin spoke.", on)[0].office for on in (date(2022, 10, 1), date(2023, 1, 1))
    ]
    assert offices == ["ambassador to Japan", "deputy foreign minister"]


def test_without_a_date_the_last_office_counts(gazetteer):
    (found,) = gazetteer.find_mentions("Yoshihide Suga", None)
    assert (found.office, found.note) == ("prime minister", None)


def test_places_and_who_claims_them(gazetteer):
    (found,) = gazetteer.find_mentions("S-300s on Etorofu", DAY)
    assert (found.kind, found.country) == ("place", None)
    assert (found.place.name, found.place.administered_by, found.place.claimed_by) == ("Iturup", "RUS", ("RUS", "JPN"))
    assert gazetteer.place("northern territories").issue == "islands"
    assert gazetteer.place("Matua").claimed_by == ()
    assert gazetteer.place("Sea of Japan").located_in is None
    assert gazetteer.place("Tokyo").located_in == "JPN"
    assert gazetteer.place("Nowhere") is None


@pytest.mark.parametrize(
    ("phrase", "sector", "state"),
    [
        ("ambassador", "GOV", True),
        ("Foreign Ministry", "GOV", True),
        ("officials", "GOV", True),
        ("authorities", "GOV", True),
        ("embassies", "GOV", True),
        ("border guards", "MIL", True),
        ("servicemen", "MIL", True),
        ("coast guard", "COP", True),
        ("lawmakers", "LEG", True),
        ("fishermen", "BUS", False),
        ("bank", "BUS", False),
        ("companies", "BUS", False),
        ("protesters", "CVL", False),
        ("rebels", "REB", False),
        ("newspaper", "MED", False),
    ],
)
def test_nouns(gazetteer, phrase, sector, state):
    noun = gazetteer.sector_noun(phrase)
    assert (noun.sector, noun.state_agent, noun.inanimate) == (sector, state, False)


def test_things_places_and_acts_are_no_actors(gazetteer):
    assert all(map(gazetteer.is_inanimate, ("language", "Coffee", "restaurants", "gas")))
    assert not any(map(gazetteer.is_inanimate, ("officials", "invasion", "waters", "")))
    assert [gazetteer.noun(word).kind for word in ("waters", "airspace", "invasion")] == ["place", "place", "act"]
    assert not any(map(gazetteer.sector_noun, ("waters", "invasion", "language", "nonsense", "")))


def test_turkish_and_russian(gazetteer):
    assert told(gazetteer, "Rusya'nın Tokyo büyükelçisi İstanbul'da", language="tr")[:2] == [
        ("Rusya", "RUS"),
        ("Tokyo", "JPN"),
    ]
    assert told(gazetteer, "Москва обвинила японское правительство.", language="ru") == [
        ("Москва", "RUS"),
        ("японское", "JPN"),
    ]
    assert told(gazetteer, "Токио", language="en") == []
    assert gazetteer.sector_noun("посол", language="ru").sector == "GOV"
    assert told(gazetteer, "Rusya and Россия", language=None) == [("Rusya", "RUS"), ("Россия", "RUS")]


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["Russia", "Kim", "-", "'s", "US", ".", " ", "May", "led"])).map("".join)
)
def test_offsets(text):
    last = 0
    for found in _SHARED.find_mentions(text, DAY, language=None):
        assert last <= found.start < found.end
        assert text[found.start : found.end] == found.text
        last = found.end


_SHARED = load_gazetteer()
_SHARED.find_mentions("", DAY, language=None)  # all languages are read here, outside the time limit of an example


@pytest.mark.data
@pytest.mark.skipif(not FACTS.exists(), reason="development data absent")
def test_named_officials_and_states_are_found(gazetteer):
    """In sourced facts most acting states are named; nearly all of these are found."""
    facts = [json.loads(line) for line in FACTS.read_text(encoding="utf-8").splitlines()]
    found = total = 0
    for fact in facts:
        on = date.fromisoformat((fact["date"] + "-01-01")[:10])
        countries = {mention.country for mention in gazetteer.find_mentions(fact["fact"], on)}
        total += 1
        found += fact["source"] in countries
    assert found / total > 0.95
