"""Who else moved, from a feed: sentences, the map, the small multiples, the network."""

import csv
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files
from xml.etree import ElementTree

import altair
import pytest

from detente.brief import BriefInputs, PairCount, compose_brief, render
from detente.brief.layout import figure_table
from detente.brief.map_chart import map_points
from detente.brief.multiples_chart import middle_shares, multiple_of
from detente.brief.svg import draw_figure
from detente.brief.world import laid_flat, middle_longitude, state_points, turned
from detente.model import Brief, Dyad, Figure, IndexResult
from detente.model.third_parties import RelationChange, SideTaken, ThirdPartiesResult
from detente.ontology import country_name, load_countries

PAIR = Dyad("RUS", "JPN")
SHOCK = date(2022, 2, 24)
FIGURES = ("multiples", "others-map", "others")


def change(dyad: Dyad, effect: float, p: float | None, estimator: str = "before-after") -> RelationChange:
    return RelationChange(
        dyad, "conflict_volume", estimator, effect, effect - 1, effect + 1, p, 0.01, p, p, 60, 40, 3.0, 3.0 + effect,
        "events per month",
    )  # fmt: skip


def side(who: str, against: tuple[int, int], p: float, with_: str | None) -> SideTaken:
    return SideTaken(who, 0, 0, 0, 0, 0, 0, *against, 5, 6, p, p, with_)


@pytest.fixture
def moved(feed_inputs: BriefInputs) -> BriefInputs:
    relations = (
        change(Dyad("RUS", "CHN"), 4.0, 0.03),
        change(Dyad("JPN", "USA"), 0.5, 0.7),
        change(Dyad("RUS", "CHN"), 9.0, 0.01, "before-after, coverage-adjusted"),
    )
    taken = (side("USA", (40, 3), 0.0001, "JPN"), side("CHN", (4, 5), 0.9, None))
    notes = (
        "Each is a change at the date, before against after, with no counterfactual: what struck everyone is in it.",
    )
    third = ThirdPartiesResult(
        PAIR, "icews", "feed", SHOCK, "RUS", "month", 365, relations, taken, (), (), notes, "third parties at the date"
    )
    assert feed_inputs.index is not None
    beside = tuple(replace(feed_inputs.index, dyad=Dyad("RUS", code)) for code in ("CHN", "IND"))
    names = {code: country_name(code) for code in ("RUS", "JPN", "CHN", "USA", "IND", "FJI")}
    counts = (
        PairCount(Dyad("RUS", "CHN"), 100, 120, 10, 60, "q"),
        PairCount(Dyad("RUS", "USA"), 90, 80, 60, 20, "q"),
        PairCount(Dyad("JPN", "USA"), 40, 60, 10, 10, "q"),
        PairCount(Dyad("JPN", "IND"), 20, 20, 4, 5, "q"),
        PairCount(Dyad("JPN", "FJI"), 3, 30, 0, 20, "q"),
        PairCount(Dyad("RUS", "IGO:EU"), 50, 50, 0, 20, "q"),
    )
    return replace(feed_inputs, third_parties=third, comparable=beside, others=counts, names=names)


def figure(brief: Brief, name: str) -> Figure:
    return next(item for item in brief.figures if item.id == name)


def section(brief: Brief) -> list[str]:
    return [item.text for item in brief.statements if item.section == "third_parties"]


def test_a_relation_is_said_as_surely_as_its_corrected_p_lets_it(moved: BriefInputs) -> None:
    said = section(compose_brief(moved))
    assert "Russia and China: acts of conflict rose from 3 to 7: +4 events per month" in said[0]
    assert "p 0.03 adjusted for the number of relations; n 60 and 40; before-after" in said[0]
    assert "Japan and United States: acts of conflict: no clear change, from 3 to 3.5" in said[1]
    assert not any("coverage-adjusted" in text for text in said[:2])


def test_only_a_side_that_is_told_is_said_and_a_tiny_p_is_not_zero(moved: BriefInputs) -> None:
    said = section(compose_brief(moved))
    (told,) = [text for text in said if "siding with" in text]
    assert told == (
        "United States: 40 days with an act against Russia and 3 against Japan after the date (5 and 6 before; "
        "adjusted p < 0.01): consistent with siding with Japan."
    )
    assert any("Of 2 others that acted against either, it can be told of 1" in text for text in said)


def test_the_surest_relation_is_a_finding_and_an_unsure_one_is_not(moved: BriefInputs) -> None:
    found = [item.text for item in compose_brief(moved).statements if item.section == "findings"]
    assert any(text.startswith("Russia and China: acts of conflict rose") for text in found)
    assert moved.third_parties is not None
    unsure = replace(
        moved, third_parties=replace(moved.third_parties, relations=(change(Dyad("RUS", "CHN"), 4.0, 0.4),))
    )
    rest = [item.text for item in compose_brief(unsure).statements if item.section == "findings"]
    assert not any("Russia and China" in text for text in rest)


def test_nothing_estimated_is_said(moved: BriefInputs) -> None:
    assert moved.third_parties is not None
    bare = replace(moved, third_parties=replace(moved.third_parties, relations=()))
    assert section(compose_brief(bare))[0] == "No change of another relation was estimated from this feed."


def test_a_map_point_adds_up_both_sides_and_is_shaped_by_the_published_table(moved: BriefInputs) -> None:
    points = {item.code: item for item in map_points(("RUS", "JPN"), moved.others, dict(moved.names))}
    assert set(points) == {"CHN", "USA", "IND", "FJI"}  # an organisation has no place
    usa = points["USA"]
    assert (usa.before, usa.after, usa.conflict_before, usa.conflict_after) == (130, 140, 70, 30)
    assert {code: item.moved for code, item in points.items()} == {
        "CHN": "more",
        "USA": "less",
        "IND": "same",
        "FJI": "few",
    }


def test_the_map_says_what_it_shows_and_holds_its_data(moved: BriefInputs) -> None:
    drawn = figure(compose_brief(moved), "others-map")
    assert "with 1 of 3 states, a smaller one with 1" in drawn.title
    columns, rows = figure_table(drawn)
    assert columns[:3] == ("other", "before", "after")
    assert rows[0] == ("United States", "130", "140", "70", "30", "down 10 points or more")
    places = [row for row in drawn.spec["data"]["values"] if row["code"] == "CHN"]  # type: ignore[index]
    assert (places[0]["lat"], places[0]["lon"]) == (35.0, 105.0)


def test_the_multiples_are_the_numbers_of_their_indexes(moved: BriefInputs) -> None:
    index = moved.index
    assert index is not None
    own = multiple_of(index, "Russia – Japan", SHOCK, own=True)
    assert own is not None
    assert own.shares is not None
    assert len(own.before) == len(own.after)
    assert max(point.period for point in own.before) < date(2022, 2, 1)  # the month of the date is left out
    for points, share in zip((own.before, own.after), own.shares, strict=True):
        rows = [
            row for row in index.rows if row.direction == "joint" and row.period in {item.period for item in points}
        ]
        conflict = sum(row.conflict_volume.value or 0 for row in rows)
        both = conflict + sum(row.cooperation_volume.value or 0 for row in rows)
        assert share == pytest.approx(conflict / both)
    brief = compose_brief(moved)
    title = figure(brief, "multiples").title
    assert f"from {own.shares[0]:.0%} to {own.shares[1]:.0%} in Russia – Japan" in title
    assert middle_shares([own]) == own.shares
    assert "Beside 2 other relations" in title


def test_too_few_periods_or_no_other_relation_gives_no_multiples(moved: BriefInputs) -> None:
    assert moved.index is not None
    short = IndexResult(PAIR, "icews", "feed", "month", None, moved.index.rows[:2])
    assert multiple_of(short, "x", SHOCK, own=True) is None
    assert "multiples" not in {item.id for item in compose_brief(replace(moved, comparable=())).figures}


def test_a_network_too_full_to_read_keeps_the_first_of_each_side(moved: BriefInputs) -> None:
    codes = [code for code in load_countries() if code not in PAIR and code in state_points()][:20]
    many = tuple(PairCount(Dyad(side, code), 50 - n, 9) for n, code in enumerate(codes) for side in ("RUS", "JPN"))
    rows = figure(compose_brief(replace(moved, others=many)), "others").spec["data"]["values"]  # type: ignore[index]
    assert [row["side"] for row in rows] == ["Russia"] * 4 + ["Japan"] * 4
    assert {row["before"] for row in rows} == {50, 49, 48, 47}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("code", ["en", "tr", "ru"])
def test_the_drawings_stay_inside_and_take_the_pages_colours(moved: BriefInputs, code: str, narrow: bool) -> None:
    names = {key: country_name(key, code) for key in moved.names}  # type: ignore[arg-type]
    brief = compose_brief(replace(moved, language=code, names=names))
    for name in FIGURES:
        svg = ElementTree.fromstring(draw_figure(figure(brief, name), narrow=narrow))
        _, _, width, height = (float(part) for part in svg.attrib["viewBox"].split())
        for item in svg.iter():
            for key in ("fill", "stroke"):
                assert re.fullmatch(r"none|currentColor|var\(--[a-z]+\)", item.get(key, "none")), item.attrib
            x, y = item.get("x"), item.get("y")
            if x is not None and y is not None:
                assert 0 <= float(x) <= width
                assert 0 <= float(y) <= height
            if path := item.get("d"):
                first = re.match(r"M(-?[\d.]+) (-?[\d.]+)", path)
                assert first
                assert -1 <= float(first[1]) <= width + 1
                assert -1 <= float(first[2]) <= height + 1


@pytest.mark.parametrize("name", FIGURES)
def test_the_specifications_are_valid_vega_lite_and_fetch_nothing(moved: BriefInputs, name: str) -> None:
    spec = figure(compose_brief(moved), name).spec
    altair.Chart.from_dict(spec)
    assert '"url"' not in str(spec).replace("'", '"').replace("$schema", "")


@pytest.mark.parametrize("code", ["tr", "ru"])
def test_no_english_is_left_in_the_other_relations(moved: BriefInputs, code: str) -> None:
    names = {key: country_name(key, code) for key in moved.names}  # type: ignore[arg-type]
    brief = compose_brief(replace(moved, language=code, names=names))
    said = " ".join([*section(brief), *(f"{item.title} {item.alt}" for item in brief.figures)])
    assert not re.findall(r"\b(?:acts|relation|before|after|share|conflict|states|days|with)\b", said)


def test_every_statement_of_the_others_can_be_followed_back(moved: BriefInputs) -> None:
    for item in compose_brief(moved).statements:
        if item.section == "third_parties":
            assert item.query == "third parties at the date"


def test_the_page_with_all_figures_is_the_same_bytes_twice(moved: BriefInputs) -> None:
    assert render(compose_brief(moved), "html") == render(compose_brief(moved), "html")


def test_the_table_of_points_is_whole() -> None:
    text = files("detente.brief").joinpath("data", "state_points.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["iso3"] for row in rows] == sorted({row["iso3"] for row in rows})
    countries = load_countries()
    assert set(state_points()) <= set(countries)
    living = {code for code, item in countries.items() if item.cow and not item.valid_to}
    assert living <= set(state_points())
    assert all(-60 < point.lat < 75 and -180 < point.lon <= 180 for point in state_points().values())


def test_the_projection_keeps_areas_and_puts_the_pair_in_the_middle() -> None:
    def area(lat: float) -> float:
        x, _ = laid_flat(lat, 1.0)
        (_, low), (_, high) = laid_flat(lat - 0.5, 0.0), laid_flat(lat + 0.5, 0.0)
        return x * (high - low)

    from math import cos, radians

    assert area(60) / area(0) == pytest.approx(cos(radians(60)), rel=1e-3)
    for a, b in (("RUS", "JPN"), ("USA", "JPN"), ("NZL", "CHL")):
        middle = middle_longitude((a, b))
        gaps = [abs(turned(state_points()[code].lon - middle)) for code in (a, b)]
        assert max(gaps) <= 95
        assert abs(gaps[0] - gaps[1]) <= 10
