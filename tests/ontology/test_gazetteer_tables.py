"""The tables of names hold together: unique keys, valid codes, dates in order, nothing dangling."""

import csv
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest

from detente.model import parse_partial_date

UNPEOPLED = {"ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"}  # no citizens or no seat of government
CITY_STATES = {"GIB", "HKG", "MAC", "MCO", "SGP", "TKL", "VAT"}  # the capital is the country, or there is none
GONE = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD", "VDR", "ANT"}
KINDS = {"country", "nationality", "people", "capital", "palace", "institution", "igo", "other"}


def rows(name: str) -> list[dict[str, str]]:
    text = (files("detente.ontology") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


COUNTRIES = {row["iso3"]: row for row in rows("countries.csv")}
IGOS = {row["igo"] for row in rows("igos.csv")}
SECTORS = {row["sector"] for row in rows("sectors.csv")} | {""}
KEYS = {
    "actor_names.csv": ("name", "kind", "country", "valid_from", "language"),
    "leaders.csv": ("name", "country", "office", "valid_from"),
    "places.csv": ("name", "language"),
    "groups.csv": ("name", "language"),
    "sector_nouns.csv": ("noun", "kind", "language"),
    "equipment.csv": ("name", "kind"),
}


@pytest.mark.parametrize("table", KEYS)
def test_keys_are_unique_and_nothing_is_padded(table):
    found = rows(table)
    keys = Counter(tuple(row[column] for column in KEYS[table]) for row in found)
    assert [key for key, times in keys.items() if times > 1] == []
    assert [row for row in found if any(value is None or value != value.strip() for value in row.values())] == []


@pytest.mark.parametrize("table", ["actor_names.csv", "leaders.csv", "groups.csv"])
def test_countries_organisations_and_sectors_are_known(table):
    known = set(COUNTRIES) | IGOS | GONE
    for row in rows(table):
        nameless = table == "groups.csv" or row.get("kind") == "other"
        assert row["country"] in known or (nameless and not row["country"]), row
        assert row["sector"] in SECTORS, row


@pytest.mark.parametrize("table", ["actor_names.csv", "leaders.csv"])
def test_dates_can_be_read_and_are_in_order(table):
    for row in rows(table):
        start = parse_partial_date(row["valid_from"]).start if row["valid_from"] else None
        end = parse_partial_date(row["valid_to"]).end if row["valid_to"] else None
        assert start is None or end is None or start <= end, row
    if table == "leaders.csv":
        assert all(row["valid_from"] for row in rows(table))


def test_one_foreign_minister_or_chancellor_at_a_time():
    heads = [row for row in rows("leaders.csv") if row["office"] in ("foreign minister", "chancellor")]
    spans: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in heads:
        spans.setdefault((row["country"], row["office"]), set()).add((row["valid_from"], row["valid_to"] or "9999"))
    for office, terms in spans.items():
        ordered = sorted(terms)
        clashes = [pair for pair in pairwise(ordered) if pair[0][1] > pair[1][0]]
        assert clashes == [], office


def test_every_country_has_its_names():
    named: dict[str, set[str]] = {}
    for row in rows("actor_names.csv"):
        assert row["kind"] in KINDS, row
        if row["language"] == "en":
            named.setdefault(row["country"], set()).add(row["kind"])
    present = {code for code, row in COUNTRIES.items() if row["iso2"] and not row["valid_to"]}
    assert len(present) >= 249
    for code in present:
        assert "country" in named.get(code, set()), code
        if code not in UNPEOPLED:
            assert "nationality" in named[code], code
        if code not in UNPEOPLED | CITY_STATES:
            assert "capital" in named[code], code
    assert {code for code in GONE if "country" not in named.get(code, set())} == set()


def test_sixty_organisations_are_named():
    assert len({row["country"] for row in rows("actor_names.csv") if row["kind"] == "igo"}) >= 60


def test_places_name_states_and_carry_the_same_facts_under_each_name():
    facts: dict[str, tuple[str, ...]] = {}
    for row in rows("places.csv"):
        codes = [row["located_in"], row["administered_by"], *row["claimed_by"].split(";")]
        assert {code for code in codes if code} <= set(COUNTRIES), row
        told = tuple(row[column] for column in ("located_in", "administered_by", "claimed_by", "issue"))
        assert facts.setdefault(row["place"], told) == told, row


def test_groups_are_no_states():
    for row in rows("groups.csv"):
        assert row["actor"].split("/")[0] in {"group", "company", "igo"}, row
        assert row["sector"] not in {"GOV", "MIL", ""}, row


def test_nouns_have_one_kind_and_a_flag_that_fits():
    kinds = {"office", "organisation", "people", "place", "act", "inanimate"}
    words = {"prefix", "suffix", "before_name", "not_name"}
    for row in rows("sector_nouns.csv"):
        assert row["kind"] in kinds | words, row
        assert (row["kind"] == "inanimate") == (row["inanimate"] == "true"), row
        assert bool(row["sector"]) == (row["kind"] in {"office", "organisation", "people"}), row
        assert row["sector"] in SECTORS, row
    assert sum(row["kind"] == "inanimate" and row["language"] == "en" for row in rows("sector_nouns.csv")) >= 150


def test_equipment_has_one_category_an_item():
    kinds = {"model", "word", "generic", "generic_word"}
    category: dict[str, str] = {}
    for row in rows("equipment.csv"):
        if row["kind"] in kinds:
            assert row["item"], row
            assert category.setdefault(row["item"], row["category"]) == row["category"], row
            assert not row["country"] or row["country"] in COUNTRIES, row
    assert sum(row["kind"] in {"model", "word"} for row in rows("equipment.csv")) >= 400
