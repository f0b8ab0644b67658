"""Figures carry the numbers of the results, and draw without a network."""

import re
from dataclasses import replace

import altair
import pytest

from detente.brief import BriefInputs, compose_brief
from detente.brief.charts import chart_index
from detente.brief.layout import figure_table
from detente.brief.svg import draw_figure
from detente.errors import DataError
from detente.model import Brief


def test_the_bars_are_the_yearly_counts(chosen_brief: Brief) -> None:
    figure = chosen_brief.figures[0]
    assert figure.id == "acts-by-year"
    columns, rows = figure_table(figure)
    assert columns == ("year", "material cooperation", "verbal cooperation", "verbal conflict", "material conflict")
    assert rows == (("2020", "0", "0", "0", "1"), ("2021", "1", "0", "0", "0"), ("2022", "1", "0", "1", "7"))
    assert "Most conflict in 2022 (8 acts)" in figure.alt
    drawn = figure.spec["data"]["values"]  # type: ignore[index]
    lowest = min(bar["to"] for bar in drawn)
    assert lowest == -8  # 1 verbal and 7 material acts below the line


def test_the_strip_holds_only_dated_acts(chosen_brief: Brief) -> None:
    _, rows = figure_table(chosen_brief.figures[1])
    assert len(rows) == 10  # eleven acts, one of them known to the year only; the planned one is no act
    assert ("March 2022", "Russia → Japan", "military move") in rows


def test_the_index_is_not_drawn_across_a_gap(feed_brief: Brief) -> None:
    (figure,) = feed_brief.figures
    values = figure.spec["data"]["values"]  # type: ignore[index]
    gaps = [row for row in values if row["value"] is None]
    assert [(row["series"], row["period"][:7]) for row in gaps] == [("conflict", "2021-05"), ("cooperation", "2021-05")]
    assert "Conflict peaks at 8 acts in the month of February 2022" in figure.alt
    _, rows = figure_table(figure)
    assert ("2022-02-01", "conflict", "8", "6", "11") in rows


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
@pytest.mark.filterwarnings("ignore")  # Altair warns of an older schema; the schema itself is what is checked
def test_specifications_are_valid_vega_lite(kind: str, request: pytest.FixtureRequest) -> None:
    for figure in request.getfixturevalue(kind).figures:
        altair.Chart.from_dict(figure.spec)


@pytest.mark.parametrize("kind", ["chosen_brief", "feed_brief"])
def test_drawings_are_repeatable_and_take_the_pages_colours(kind: str, request: pytest.FixtureRequest) -> None:
    for figure in request.getfixturevalue(kind).figures:
        wide, narrow = draw_figure(figure), draw_figure(figure, narrow=True)
        assert wide == draw_figure(figure)
        assert "currentColor" in wide
        assert "#010203" not in wide
        assert not set(re.findall(r'id="([^"]+)"', wide)) & set(re.findall(r'id="([^"]+)"', narrow))
        assert width_of(narrow) <= 400 < width_of(wide) <= 900


def width_of(svg: str) -> float:
    found = re.search(r'viewBox="0 0 ([\d.]+)', svg)
    assert found
    return float(found[1])


def test_a_figure_without_acts_is_left_out(chosen_inputs: BriefInputs) -> None:
    description = replace(chosen_inputs.description, per_year={})  # type: ignore[type-var]
    brief = compose_brief(replace(chosen_inputs, description=description))
    assert [figure.id for figure in brief.figures] == ["acts-by-type", "others-map", "others"]
    alone = compose_brief(replace(chosen_inputs, description=description, others=()))
    assert [figure.id for figure in alone.figures] == ["acts-by-type"]


def test_an_index_alone_becomes_a_chart(feed_inputs: BriefInputs) -> None:
    assert feed_inputs.index is not None
    spec = chart_index(feed_inputs.index).to_dict()
    assert len(spec["layer"]) >= 3
    with pytest.raises(DataError, match="no row of both directions"):
        chart_index(replace(feed_inputs.index, rows=()))
