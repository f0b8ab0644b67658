"""The table of named shocks, and finding one by its name."""

import re
from datetime import date

import pytest

from detente.errors import InputError
from detente.ontology import load_countries
from detente.ontology.shocks import KINDS, find_shock, load_shocks, near_names
from detente.ontology.tables import read_rows


def test_every_row_is_whole():
    names = [shock.name for shock in load_shocks()]
    assert len(names) >= 60
    assert len(set(names)) == len(names)
    for shock in load_shocks():
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*-\d{4}", shock.name), shock.name
        assert shock.name.endswith(str(shock.date.year)), shock.name
        assert date(1979, 1, 1) <= shock.date <= date(2025, 12, 31)
        assert shock.kind in KINDS
        assert shock.title
        assert shock.source
        assert shock.shocker is None or shock.shocker in load_countries(), shock.name


def test_the_table_is_in_order_of_date():
    days = [shock.date for shock in load_shocks()]
    assert days == sorted(days)


def test_every_kind_is_used():
    assert {shock.kind for shock in load_shocks()} == set(KINDS)


@pytest.mark.parametrize("name", ["ukraine-2022", "Ukraine 2022", " UKRAINE_2022 "])
def test_a_name_is_found_in_any_writing(name):
    shock = find_shock(name)
    assert (shock.date, shock.shocker) == (date(2022, 2, 24), "RUS")


def test_a_wrong_name_offers_near_ones():
    with pytest.raises(InputError, match=r"'crimea' is neither a date .* nearest are crimea-2014, .*`detente shocks`"):
        find_shock("crimea")
    assert near_names("pulvama")[0] == "pulwama-2019"


def test_tables_of_memberships_and_standing_hold_known_codes():
    countries = load_countries()
    for row in read_rows("memberships.csv"):
        assert {row["organisation"], row["member"]} <= set(countries), row
        assert not row["until"] or date.fromisoformat(row["since"]) < date.fromisoformat(row["until"])
        assert row["carries"] in {"", "measures", "commitments"}
        assert row["source"]
    for row in read_rows("standing.csv"):
        assert {row["a"], row["b"]} <= set(countries), row
        known = date.fromisoformat(row["known"])
        assert all(date.fromisoformat(row[name]) >= known for name in ("suspended", "until") if row[name])
        assert all(row[name] for name in ("source", "what", "kind"))
