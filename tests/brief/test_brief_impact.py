"""The impact in a brief: all estimators at once, the range where they disagree, too short to tell, the figure."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from detente.brief import BriefInputs, compose_brief, render
from detente.brief.impact_answer import Compared, compared, is_compared
from detente.brief.language import load_language
from detente.brief.svg import draw_figure
from detente.model import Brief, ImpactRow
from detente.model.impact import Comparison
from detente.model.impact_path import ImpactPath, PathPoint, PlaceboPath

ESTIMATORS = ("synthetic control", "synthetic control, augmented", "structural time series", "interrupted series")


def row(effect: float, low: float, high: float, p_value: float, **changes: object) -> ImpactRow:
    made = ImpactRow(
        outcome="conflict_volume",
        direction="joint",
        estimator=ESTIMATORS[0],
        effect=effect,
        low=low,
        high=high,
        level=0.9,
        p_value=p_value,
        p_floor=0.02,
        n_before=40,
        n_after=60,
        unit="events per week at the coverage before",
        before=5.0,
        after=5.0 + effect,
        p_adjusted=min(1.0, 4 * p_value),
        expected=5.0,
        relative=effect / 5.0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def four(*rows: ImpactRow, **changes: object) -> tuple[ImpactRow, ...]:
    """One row an estimator; the last given stands for the rest."""
    filled = [*rows, *[rows[-1]] * (len(ESTIMATORS) - len(rows))]
    return tuple(replace(item, estimator=name, **changes) for item, name in zip(filled, ESTIMATORS, strict=True))


@pytest.fixture
def asked(feed_inputs: BriefInputs) -> BriefInputs:
    return replace(feed_inputs, shocker="USA", shock_name=None)


def with_rows(inputs: BriefInputs, *rows: ImpactRow) -> BriefInputs:
    comparison = Comparison("a rule", 40, (20, 9), (), (), (), None, (), None, None, None, None, False, 0.5, 3.0)
    assert inputs.impact is not None
    impact = replace(inputs.impact, every="week", results=rows, range=(-1.0, 9.0), notes=(), comparison=comparison)
    return replace(inputs, impact=impact)


def texts(brief: Brief, section: str) -> list[str]:
    return [item.text for item in brief.statements if item.section == section]


SURE = row(8.0, 2.0, 14.0, 0.02)
UNSURE = row(1.0, -3.0, 5.0, 0.4)


def test_estimators_that_agree_give_a_verdict_no_surer_than_the_least_sure(asked: BriefInputs) -> None:
    probable = row(7.0, 1.0, 13.0, 0.08)
    lead = texts(compose_brief(with_rows(asked, *four(SURE, probable))), "findings")[0]
    assert lead.startswith(
        "Effect of the shock, 24 February 2022: acts of conflict between Russia and Japan probably rose"
    )
    assert "+7 to +8 a week by 4 estimators" in lead
    assert "90% interval +2 to +14, p 0.02; 20 weeks before, 9 after; 40 donors" in lead


@pytest.mark.parametrize(
    ("other", "how"), [(row(-2.0, -5.0, -0.5, 0.04), "on the sign"), (UNSURE, "on whether it can be told from nothing")]
)
def test_estimators_that_disagree_give_the_range_and_no_verdict(asked: BriefInputs, other: ImpactRow, how: str) -> None:
    brief = compose_brief(with_rows(asked, *four(SURE, other)))
    lead = texts(brief, "findings")[0]
    assert (
        f"no verdict, the 4 estimators disagree {how}: {load_language('en').signed(other.effect)} to +8 a week" in lead
    )
    assert "p 0.02 to 0.04" in lead or "p 0.02 to 0.4" in lead
    assert " rose" not in lead
    assert " rose" not in texts(brief, "impact")[0]


def test_nothing_is_told_where_no_estimator_tells(asked: BriefInputs) -> None:
    lead = texts(compose_brief(with_rows(asked, *four(UNSURE))), "findings")[0]
    assert "between Russia and Japan: no clear change, +1 to +1 a week" in lead


def test_another_outcome_is_judged_by_its_corrected_p(asked: BriefInputs) -> None:
    aside = four(SURE, direction="RUS>JPN")
    groups = compared(with_rows(asked, *aside, *four(SURE)).impact)  # type: ignore[arg-type]
    assert [(item.is_headline, item.strength) for item in groups] == [(True, "clear"), (False, "probable")]
    brief = compose_brief(with_rows(asked, *four(SURE), *aside))
    assert "corrected p 0.08" in texts(brief, "impact")[1]
    assert "Russia → Japan probably rose" in texts(brief, "impact")[1]


def test_each_estimator_stands_in_the_section_with_its_interval(asked: BriefInputs) -> None:
    said = texts(compose_brief(with_rows(asked, *four(SURE))), "impact")[0]
    assert "13 against 5 expected without the shock" in said
    for name in ESTIMATORS:
        assert f"{name} +8 (+2 to +14; p 0.02)" in said


def test_a_party_that_launched_it_makes_it_a_change_at_the_date(asked: BriefInputs) -> None:
    lead = texts(compose_brief(with_rows(replace(asked, shocker="RUS"), *four(SURE))), "findings")[0]
    assert lead.startswith("Change at the date")


def test_too_short_is_said(asked: BriefInputs) -> None:
    note = (
        "No estimate: 57 events in 3 months before the shock, 320 in 3 after; 8 before and 3 after are needed; "
        "`--every day` gives enough."
    )
    assert asked.impact is not None
    short = replace(asked, impact=replace(asked.impact, results=(), range=None, notes=("A note.", note)))
    for code, words in (("en", "Too short to tell: 57"), ("tr", "Söylemek için çok kısa"), ("ru", "Слишком коротко")):
        brief = compose_brief(replace(short, language=code))
        assert texts(brief, "findings")[0].startswith(words)
        assert sum("57" in text for text in texts(brief, "impact")) == 1  # once, not as a note again


@pytest.mark.parametrize("code", ["en", "tr", "ru"])
def test_every_language_fits_and_can_be_followed_back(asked: BriefInputs, code: str) -> None:
    rows = (*four(SURE), *four(SURE, row(-2.0, -5.0, -0.5, 0.04), direction="JPN>RUS"))
    brief = compose_brief(replace(with_rows(asked, *rows), language=code))
    lead = next(item for item in brief.statements if item.section == "findings")
    assert lead.query == asked.impact.query  # type: ignore[union-attr]
    assert lead.n == 100
    assert "…" not in lead.text
    assert render(brief, "html").count("+8") >= 2
    assert f"{load_language(code).chance(0.02)}" in lead.text


def test_the_figure_is_of_the_same_numbers(asked: BriefInputs) -> None:
    days = [date(2022, 1, 3), date(2022, 1, 10), date(2022, 2, 28), date(2022, 3, 7)]
    points = tuple(PathPoint(day, 5.0 + 8 * (day.month > 1), 5.0, 2.0, 8.0) for day in days)
    path = ImpactPath("conflict_volume", "acts", "week", ESTIMATORS[0], points, (PlaceboPath("D", (0.0,) * 4),))
    brief = compose_brief(replace(with_rows(asked, *four(SURE)), path=path))
    figure = next(item for item in brief.figures if item.id == "impact-path")
    assert figure.title == "Acts of conflict: after the date 13 a week on average, against 5 expected"
    assert "13 against 5 expected" in texts(brief, "impact")[0]
    assert len(ElementTree.fromstring(draw_figure(figure)).findall(".//{*}path")) >= 4


def test_a_comparison_of_the_pair_with_itself_is_none(feed_inputs: BriefInputs) -> None:
    assert not is_compared(feed_inputs.impact)
    assert not is_compared(None)
    assert Compared(four(SURE), is_headline=True).dispute is None
