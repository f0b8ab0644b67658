"""The Turkish and Russian tables hold together: unique keys, valid codes and cases, every state named."""

import csv
import re
from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from detente.model import parse_partial_date
from detente.ontology.gazetteer import load_gazetteer
from detente.ontology.gazetteer_languages import LANGUAGES, forms_of

UNPEOPLED = {"ATA", "ATF", "BVT", "HMD", "IOT", "SGS", "UMI"}
KINDS = {"country", "nationality", "people", "capital", "palace", "institution", "igo", "other"}
NOUN_KINDS = {"office", "organisation", "people", "place", "act", "inanimate", "before_name", "word", "joins"}
CASE = r"(?:nom|gen|dat|acc|ins|loc|abl)"
CELL = re.compile(rf"[^:|]+(?::{CASE}(?:/{CASE})*)?")
KEYS = {
    "names": ("name", "kind", "country", "valid_from"),
    "groups": ("name",),
    "places": ("name",),
    "leaders": ("name", "leader", "country"),
    "nouns": ("noun", "kind"),
    "offices": ("office",),
}
TABLES = [(table, language) for table in KEYS for language in LANGUAGES]


def rows(name):
    text = (files("detente.ontology") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


COUNTRIES = {row["iso3"]: row for row in rows("countries.csv")}
IGOS = {row["igo"] for row in rows("igos.csv")}
SECTORS = {row["sector"] for row in rows("sectors.csv")} | {""}


@pytest.mark.parametrize(("table", "language"), TABLES)
def test_keys_are_unique_and_nothing_is_padded(table, language):
    found = rows(f"{table}_{language}.csv")
    keys = Counter(tuple(row[column] for column in KEYS[table]) for row in found)
    assert [key for key, times in keys.items() if times > 1] == []
    assert [row for row in found if any(value is None or value != value.strip() for value in row.values())] == []
    assert all(row.get("language", language) == language for row in found)


@pytest.mark.parametrize(("table", "language"), TABLES)
def test_forms_are_written_once_each_with_known_cases(table, language):
    for row in rows(f"{table}_{language}.csv"):
        for column in ("forms", "surname_forms"):
            cells = [cell for cell in row.get(column, "").split("|") if cell]
            assert all(CELL.fullmatch(cell) for cell in cells), row
            texts = [cell.partition(":")[0] for cell in cells]
            assert len(texts) == len(set(texts)), row


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_sectors_and_dates_are_known(language):
    for row in rows(f"names_{language}.csv"):
        assert row["kind"] in KINDS, row
        assert row["country"] in set(COUNTRIES) | IGOS or row["kind"] == "other", row
        assert row["sector"] in SECTORS, row
        start = parse_partial_date(row["valid_from"]).start if row["valid_from"] else None
        end = parse_partial_date(row["valid_to"]).end if row["valid_to"] else None
        assert start is None or end is None or start <= end, row


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_dangles(language):
    leaders = {(row["country"], row["name"]) for row in rows("leaders.csv")}
    assert {(row["country"], row["leader"]) for row in rows(f"leaders_{language}.csv")} <= leaders
    assert {row["place"] for row in rows(f"places_{language}.csv")} <= {row["place"] for row in rows("places.csv")}
    groups = {(row["actor"], row["country"], row["sector"]) for row in rows("groups.csv")}
    assert {(row["actor"], row["country"], row["sector"]) for row in rows(f"groups_{language}.csv")} <= groups


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_organisation_is_named(language):
    named = {}
    for row in rows(f"names_{language}.csv"):
        named.setdefault(row["country"], set()).add(row["kind"])
    assert {code for code in COUNTRIES if "country" not in named.get(code, set())} == set()
    sovereign = {code for code, row in COUNTRIES.items() if row["cow"] and not row["valid_to"]}
    assert {code for code in sovereign if "nationality" not in named[code]} == set()
    organisations = {row["country"] for row in rows("actor_names.csv") if row["kind"] == "igo"}
    assert {code for code in organisations if "igo" not in named.get(code, set())} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns_have_one_kind_and_a_flag_that_fits(language):
    found = rows(f"nouns_{language}.csv")
    for row in found:
        assert row["kind"] in NOUN_KINDS, row
        assert (row["kind"] == "inanimate") == (row["inanimate"] == "true"), row
        assert bool(row["sector"]) == (row["kind"] in {"office", "organisation", "people"}), row
        assert row["sector"] in SECTORS, row
    assert sum(row["kind"] not in {"before_name", "word", "joins"} for row in found) >= 250


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_found_whole_and_with_its_case(language):
    gazetteer = load_gazetteer()
    lost = []
    for row in rows(f"names_{language}.csv")[::5]:
        if row["kind"] in {"country", "capital", "igo", "palace"} and not row["valid_to"] and not row["note"]:
            for text, _ in forms_of(row["name"], row["forms"]):
                day = date(2024, 6, 1) if not row["valid_from"] or row["valid_from"] < "2024" else None
                found = gazetteer.find_mentions(f"… и {text} , …", day, language=language)
                lost += [text] if [mention.text for mention in found] != [text] else []
    assert lost == []
