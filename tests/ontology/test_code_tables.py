"""The code tables: complete, consistent, and a verdict that rests on the codes."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ontology import (
    detect_system,
    event_types,
    load_cameo,
    load_plover,
    load_weis,
    quad_of,
    score_of,
    state_sectors,
)
from detente.ontology.plover import load_sectors, nearest_score
from detente.ontology.tables import read_rows

DATA = Path(__file__).resolve().parents[2] / "../shared/data/keds"
NAMES = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN
    PROTEST SANCTION MOBILIZE COERCE ASSAULT""".split()


def test_plover_has_its_sixteen_types_with_quads_and_scores():
    assert sorted(event_types()) == sorted(NAMES)
    assert [quad_of(name) for name in ("AGREE", "RETREAT", "REQUEST", "SANCTION")] == [1, 2, 3, 4]
    assert score_of("ACCUSE") == -3
    assert score_of("AID") == 10
    assert all((score_of(name) < 0) == (quad_of(name) == 4) for name in NAMES if quad_of(name) != 3)


def test_divergences_from_the_manual_say_why():
    assert "sign" in load_plover()["ACCUSE"].note
    assert load_plover()["SANCTION"].note


def test_a_mode_belongs_to_one_of_its_types():
    assert score_of("ASSAULT", "drone") <= -7.5
    with pytest.raises(KeyError):
        score_of("AGREE", "drone")


@pytest.mark.parametrize(
    ("code", "event_type"),
    [
        ("0834", "CONCEDE"),
        ("0841", "RETREAT"),
        ("0874", "RETREAT"),
        ("163", "SANCTION"),
        ("171", "COERCE"),
        ("1712", "ASSAULT"),
        ("175", "ASSAULT"),
        ("191", "COERCE"),
        ("192", "COERCE"),
        ("193", "ASSAULT"),
        ("010", None),
        ("0256", None),
    ],
)
def test_cameo_codes_have_the_type_of_the_manual(code, event_type):
    assert load_cameo().codes[code].event_type == event_type


def test_163_says_where_it_differs():
    assert "COERCE" in load_cameo().codes["163"].note


@pytest.mark.parametrize("code", ["016", "022", "124", "163", "164", "166", "0213"])
def test_a_score_that_other_scales_have_otherwise_says_so(code):
    assert re.search(r"(ICEWS scale|GDELT) has -?\d", load_cameo().codes[code].note)


@pytest.mark.parametrize("load", [load_cameo, load_weis])
def test_every_row_is_consistent(load):
    table = load()
    assert table.table.num_rows == len(table.codes)
    for code in table.codes.values():
        assert code.label
        assert code.quad == (quad_of(code.event_type) if code.event_type else None)
        assert code.mode is None or code.mode in load_plover()[code.event_type].modes


def test_codes_and_modes_are_unique():
    for name, keys in (
        ("cameo.csv", ["code"]),
        ("weis.csv", ["code"]),
        ("plover_modes.csv", ["event_type", "mode"]),
    ):
        rows = [tuple(row[key] for key in keys) for row in read_rows(name)]
        assert len(rows) == len(set(rows))


def test_state_sectors_leave_out_citizens_parties_and_rebels():
    assert set(state_sectors()) == {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"}
    assert {"CVL", "PTY", "REB", "NGO", "UNS"} <= set(load_sectors())


@pytest.mark.data
@pytest.mark.skipif(not DATA.exists(), reason="development data absent")
@pytest.mark.parametrize(("name", "load"), [("cameo_scale", load_cameo), ("weis_goldstein_scale", load_weis)])
def test_scores_are_those_of_the_published_scale(name, load):
    with (DATA / f"{name}.csv").open() as lines:
        scale = {row["code"]: float(row["goldstein"]) for row in csv.DictReader(lines)}
    codes = load().codes
    assert {code: codes[code].goldstein for code in scale} == scale
    assert not {code for code, entry in codes.items() if entry.goldstein is not None} - set(scale)


def test_a_verdict_needs_a_code_of_one_scheme_only():
    shared = detect_system({"031": 5, "172": 3})
    assert shared.fits
    assert shared.system is None
    assert detect_system({"031": 5, "223": 1}).system == "WEIS"
    assert detect_system({"031": 5, "0841": 1}).system == "CAMEO"


@pytest.mark.parametrize("codes", [{}, {"999": 10, "223": 1}, {"223": 50, "0841": 50}])
def test_codes_that_fit_neither_get_no_verdict(codes):
    verdict = detect_system(codes)
    assert not verdict.fits
    assert verdict.system is None


@given(st.dictionaries(st.sampled_from(sorted(load_weis().codes)), st.integers(1, 99), min_size=1))
def test_weis_codes_are_never_taken_for_cameo_alone(codes):
    verdict = detect_system(codes)
    assert verdict.only_cameo == 0
    assert verdict.system == ("WEIS" if verdict.only_weis else None)


def test_a_mode_outside_the_code_book_has_the_score_of_its_type():
    assert nearest_score("CONSULT", "telepathy") == score_of("CONSULT")
    assert nearest_score("CONSULT", "visit") == score_of("CONSULT", "visit")
    assert nearest_score("AID", None) == score_of("AID")
    with pytest.raises(KeyError):
        nearest_score("DANCE", None)
