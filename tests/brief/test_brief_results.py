"""Figures and sentences of results: answers of the two sides, the path of an impact, the other relations."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from detente.brief import BriefInputs, PairCount, compose_brief, render
from detente.brief.hedging import hedging_rules, strength_of, strength_of_break
from detente.brief.svg import draw_figure
from detente.model import Brief, Dyad, Figure
from detente.model.impact_path import ImpactPath, PathPoint, PlaceboPath
from detente.model.reciprocity import ReciprocityResult, Response

PAIR = Dyad("RUS", "JPN")


def response(low: float, high: float, p_value: float, **changes: object) -> Response:
    row = Response(
        from_="RUS",
        to="JPN",
        method="excitation",
        p_value=p_value,
        response=(low + high) / 2,
        low=low,
        high=high,
        half_life_days=3.0 if low > 0 else None,
        period="whole",
        baseline=True,
        third_parties=True,
        stimulus="conflict",
        answer="conflict",
        half_life_low=None,
        half_life_high=None,
        unit="acts per act",
        n_from=80,
        n_to=90,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


@pytest.fixture
def told(feed_inputs: BriefInputs) -> BriefInputs:
    rows = (
        response(0.1, 0.5, 0.01),
        response(-0.1, 0.2, 0.6, from_="JPN", to="RUS"),
        response(0.1, 0.3, 0.04, method="var"),
    )
    months = [date(2021, month, 1) for month in range(1, 13)] + [date(2022, month, 1) for month in range(1, 7)]
    points = tuple(PathPoint(day, 5.0 + n, 5.0, 3.0, 7.0) for n, day in enumerate(months))
    donors = tuple(PlaceboPath(f"D{n}", tuple(float(n - 2) for _ in months)) for n in range(5))
    path = ImpactPath("conflict_volume", "events per month", "month", "synthetic control", points, donors)
    return replace(
        feed_inputs,
        reciprocity=ReciprocityResult(PAIR, "icews", "feed", None, rows, query="reciprocity; feed icews"),
        path=path,
        others=(PairCount(Dyad("JPN", "CHN"), 4, 9), PairCount(Dyad("CHN", "RUS"), 9, 4)),
    )


def texts(brief: Brief, section: str) -> list[str]:
    return [item.text for item in brief.statements if item.section == section]


def test_answers_sound_as_sure_as_they_are(told: BriefInputs) -> None:
    lines = texts(compose_brief(told), "exchanges")
    assert lines[0].startswith("Japan answers with more conflict to conflict of Russia (whole): +0.3 acts per act")
    assert "half of it within 3 days" in lines[0]
    assert lines[1].startswith("Russia to Japan: no clear answer")
    assert "var" in lines[2]


def test_the_headline_answer_is_a_finding(told: BriefInputs) -> None:
    assert any("answers with more conflict" in text for text in texts(compose_brief(told), "findings")[:5])


@pytest.mark.parametrize("code", ["en", "tr", "ru"])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_figures_are_drawn_with_their_finding(told: BriefInputs, code: str, narrow: bool) -> None:
    brief = compose_brief(replace(told, language=code))
    figures = {figure.id: figure for figure in brief.figures}
    for name in ("impact-path", "responses", "others"):
        root = ElementTree.fromstring(draw_figure(figures[name], narrow=narrow))
        assert len(root.findall(".//{*}path")) >= 2
        assert re.search(r"\d", figures[name].title)
        assert len(figures[name].alt) > 60


def shown_numbers(figure: Figure) -> set[str]:
    return {word.strip() for word in re.findall(r">([−+\d.,]+)<", draw_figure(figure))}


def test_numbers_in_text_and_figure_are_the_same(told: BriefInputs) -> None:
    brief = compose_brief(told)
    figure = next(item for item in brief.figures if item.id == "responses")
    assert {"+0.3", "+0.05"} <= shown_numbers(figure)
    assert "+0.3 acts per act" in texts(brief, "exchanges")[0]


def test_every_statement_opens_its_evidence_in_html(told: BriefInputs, chosen_brief: Brief) -> None:
    for brief in (compose_brief(told), chosen_brief):
        page = render(brief, "html")
        anchors = set(re.findall(r'href="#([^"]+)"', page))
        assert anchors <= set(re.findall(r'id="([^"]+)"', page))
        for statement in brief.statements:
            assert statement.evidence or statement.query
        shown = page.count('class="query"') + page.count('class="refs"')
        assert shown >= len(brief.statements)


def test_the_data_of_a_figure_can_be_saved(told: BriefInputs) -> None:
    page = render(compose_brief(told), "html")
    assert page.count('href="data:text/csv;charset=utf-8,') == len(compose_brief(told).figures)


def test_the_table_decides_in_order() -> None:
    assert [rule.strength for rule in hedging_rules()] == ["none", "clear", "probable", "possible"]
    assert strength_of(0.0, 3.0, 0.001) == "none"
    assert strength_of(1.0, 3.0, 0.05) == "clear"
    assert [strength_of_break(p) for p in (0.95, 0.8, 0.5, 0.49)] == ["clear", "probable", "possible", "none"]


def test_a_break_is_said_no_surer_than_its_probability(feed_inputs: BriefInputs) -> None:
    breaks = feed_inputs.breaks
    assert breaks is not None
    for probability, words in ((0.97, "A break near"), (0.85, "Probably a break"), (None, "Perhaps a break")):
        found = replace(breaks, breaks=(replace(breaks.breaks[0], probability=probability),))
        brief = compose_brief(replace(feed_inputs, breaks=found))
        assert any(text.startswith(words) for text in texts(brief, "findings"))
