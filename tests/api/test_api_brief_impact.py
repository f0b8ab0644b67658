"""The impact of a brief on a feed: the same as `impact` gives, by a finer grain where the one asked is too coarse."""

from datetime import date

import pytest

import detente as dt
from detente.api.brief_impact import measure_for_brief
from detente.api.figure_files import check_figure_path, save_figure
from detente.api.impacts import ImpactQuestion, answer_impact
from detente.api.records import read_record
from detente.api.shocks import ShockDay
from detente.api.simulated import import_simulated
from detente.errors import DataError, InputError
from detente.model import Dyad
from detente.simulate import Shift, World

FAR = ("BRA", "ARG", "CHL", "PER", "COL", "MEX", "ZAF", "NGA", "KEN", "EGY", "MAR", "THA", "GHA")
DONORS = tuple(Dyad(*pair) for pair in zip(FAR, (*FAR[1:], "NZL"), strict=True))
PAIR = Dyad("IND", "PAK")
SHOCK = ShockDay(date(2005, 7, 15), "CHN")


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> dt.Store:
    """A year of a feed in which one relation grows six times as busy."""
    store = dt.open(tmp_path_factory.mktemp("year") / "store")
    shift = Shift(PAIR, date(2005, 7, 15), 6.0)
    import_simulated(store, World((PAIR, *DONORS), date(2005, 1, 1), 12, wander=0.1, dispersion=0.1, shifts=(shift,)))
    return store


def measured(store: dt.Store, every, shock=SHOCK):
    with store.snapshot() as snapshot:
        record, selection = read_record(snapshot), store.dyad(*PAIR).select(snapshot)
        question = ImpactQuestion(shock, every, None, "conflict_volume", multiverse=False, others=())
        return measure_for_brief(record, selection, shock, every), answer_impact(record, selection, question)


def test_a_grain_too_coarse_is_left_for_the_next_and_said(year):
    found, asked = measured(year, "month")
    assert asked.results == ()
    assert asked.notes[-1].endswith("`--every week` gives enough.")
    assert found.every == "week"
    assert found.notes[0] == "By month there is too little for an estimate; this answer is by week."
    assert found.path is not None


def test_the_brief_says_what_impact_says(year):
    found, asked = measured(year, "week")
    headline = [row for row in found.results if (row.outcome, row.direction) == ("conflict_volume", "joint")]
    assert headline == [row for row in asked.results if row.direction == "joint"]
    assert found.comparison == asked.comparison
    brief = year.dyad(*PAIR).brief("2005-07-15", shocker="CHN")
    lead = next(item for item in brief.brief.statements if item.section == "findings")
    assert lead.text.startswith("Effect of the shock")
    assert "acts of conflict between India and Pakistan probably rose" in lead.text
    assert f"p {headline[0].p_value:.3f}" in lead.text
    assert lead.query.startswith("impact of 2005-07-15 by week, donors by rule")
    assert "impact-path" in {figure.id for figure in brief.brief.figures}


def test_without_a_shocker_the_shocks_of_that_day_are_named(year):
    found, _ = measured(year, "week", ShockDay(date(2005, 2, 14), None))
    assert any("hariri-2005" in note for note in found.notes)
    assert found.path is None


def test_a_figure_is_a_file_of_its_ending(year, tmp_path):
    pytest.importorskip("vl_convert")
    answer = year.dyad(*PAIR).impact("2005-07-15", shocker="CHN", every="week")
    assert save_figure(answer, tmp_path / "path.svg").read_text(encoding="utf-8").startswith("<svg")
    spec = save_figure(answer, tmp_path / "path.json").read_text(encoding="utf-8")
    assert "IND-PAK: acts of conflict" in spec
    with pytest.raises(InputError, match=r"a figure is written as \.html"):
        check_figure_path(tmp_path / "path.doc")
    with pytest.raises(InputError, match="there is no folder"):
        check_figure_path(tmp_path / "none" / "path.svg")
    alone = year.dyad(*PAIR).impact("2005-07-15", every="week")
    with pytest.raises(DataError, match="no counterfactual to draw"):
        save_figure(alone, tmp_path / "none.svg")


def test_the_multiverse_is_one_figure_with_the_share_that_agrees(year):
    pytest.importorskip("altair")
    answer = year.dyad(*PAIR).impact("2005-07-15", shocker="CHN", every="week", outcome="tone", multiverse=True)
    spec = answer.plot().to_dict()
    found = answer.comparison.multiverse
    assert f"under {len(found)} sets of choices; {answer.comparison.agree:.0%} agree in sign" in spec["title"]["text"]
    points, marks = (panel["data"]["values"] for panel in spec["vconcat"])
    assert len(points) == len(found)
    assert len(marks) == 6 * len(found)  # window, donors, one-a-day, actors, scale, press
    effects = [row["effect"] for row in points]
    assert effects == sorted(effects)
