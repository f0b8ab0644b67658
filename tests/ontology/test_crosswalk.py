"""Actor codes of the feeds: dialects, dates, groups that are no state."""

import itertools
from datetime import date

import pytest

from detente.ontology import keds_actors, load_countries, resolve_keds
from detente.ontology.crosswalk import icews_countries, icews_igos, icews_people, icews_sectors
from detente.ontology.plover import load_sectors
from detente.ontology.tables import read_rows


def on(code, system, day):
    found = [
        actor
        for actor in resolve_keds(code, system)
        if (actor.valid_from or "0000") <= day <= (actor.valid_to or "9999")
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("code", "system", "country", "sector", "actor"),
    [
        ("ISRMIL", "CAMEO", "ISR", "MIL", None),
        ("PAL", "CAMEO", "PSE", None, None),
        ("PSEGOV", "CAMEO", "PSE", "GOV", None),
        ("PALPLO", "CAMEO", "PSE", None, "group/plo"),
        ("LBNREBHEZ", "CAMEO", "LBN", "REB", "group/hezbollah"),
        ("ISRSET", "CAMEO", "ISR", "SET", None),
        ("IGOUNO", "CAMEO", "IGO:UN", None, None),
        ("IGOEEC", "CAMEO", "IGO:EU", None, None),
        ("ARB", "CAMEO", None, None, "region/arab-world"),
        ("MOSREB", "CAMEO", None, "REB", "faith/muslims"),
        ("AUS", "CAMEO", "AUS", None, None),
        ("AUS", "WEIS", "AUT", None, None),
        ("UAR", "WEIS", "EGY", None, None),
        ("LEB", "WEIS", "LBN", None, None),
        ("KUW", "WEIS", "KWT", None, None),
        ("UNK", "WEIS", "GBR", None, None),
        ("UNO", "WEIS", "IGO:UN", None, None),
        ("NAT", "WEIS", "IGO:NATO", None, None),
        ("BOS", "WEIS", "BIH", None, None),
        ("BOSSER", "WEIS", None, None, "group/bosnian-serbs"),
        ("BOSSERMIL", "WEIS", None, "MIL", "group/bosnian-serbs"),
        ("CROSER", "WEIS", None, None, "group/croatian-serbs"),
        ("ETHALB", "WEIS", None, None, "group/ethnic-albanians"),
        ("EGYMOS", "CAMEO", "EGY", "CVL", "keds/egymos"),
    ],
)
def test_codes_are_who_they_are(code, system, country, sector, actor):
    found = on(code, system, "1990-08-02")
    assert (found.country, found.sector, found.actor) == (country, sector, actor)


@pytest.mark.parametrize(
    ("code", "day", "country"),
    [
        ("USR", "1991-12-25", "SUN"),
        ("USR", "1991-12-26", "RUS"),
        ("RUS", "1990-08-02", "SUN"),
        ("RUSGOV", "1995-01-01", "RUS"),
        ("SER", "1999-03-24", "YUG"),
        ("FRY", "2003-02-04", "SCG"),
        ("YUG", "2006-06-05", "SRB"),
        ("KSV", "1999-03-24", None),
        ("KSV", "2010-01-01", "XKX"),
    ],
)
@pytest.mark.parametrize("system", ["CAMEO", "WEIS"])
def test_states_depend_on_the_day(code, day, country, system):
    assert on(code, system, day).country == country


def test_unknown_codes_are_returned_not_guessed():
    table, unknown = keds_actors(["ISR", "IRSMED", "XQZ", "ISRQQQ"], "CAMEO")
    assert table["code"].to_pylist() == ["ISR"]
    assert unknown == ("IRSMED", "ISRQQQ", "XQZ")


def test_periods_of_a_code_do_not_overlap():
    periods: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in read_rows("keds_actors.csv"):
        span = (row["valid_from"] or "0000", row["valid_to"] or "9999")
        periods.setdefault((row["scheme"], row["code"]), []).append(span)
    for spans in periods.values():
        ordered = sorted(spans)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(ordered))
        for start, end in ordered:
            assert all(len(day) == 4 or date.fromisoformat(day) for day in (start, end))


def test_tables_name_only_known_codes_and_sectors():
    countries, sectors = set(load_countries()), set(load_sectors())
    assert set(icews_countries()["country"].to_pylist()) <= countries
    assert set(icews_igos()["igo"].to_pylist()) <= countries
    assert set(icews_sectors()["sector"].to_pylist()) <= sectors
    for name in ("keds_actors.csv", "icews_people.csv"):
        assert {row["country"] for row in read_rows(name)} - {""} <= countries
        assert {row["sector"] for row in read_rows(name)} - {""} <= sectors
    assert {row["sector"] for row in read_rows("keds_roles.csv")} - {""} <= sectors


@pytest.mark.parametrize("load", [icews_countries, icews_igos])
def test_icews_names_are_unique(load):
    names = load()["name"].to_pylist()
    assert len(names) == len(set(names))


def test_terms_of_office_of_one_person_do_not_overlap():
    terms: dict[str, list[tuple[str, str]]] = {}
    for row in icews_people().to_pylist():
        terms.setdefault(row["name"], []).append((row["valid_from"] or "0000", row["valid_to"] or "9999"))
    for spans in terms.values():
        ordered = sorted(spans)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(ordered))
