"""Every result of the measures on feeds prints, draws, exports and says how to cite it."""

import csv
from dataclasses import replace
from datetime import date

import altair
import pytest

from detente.api.answers import Answer
from detente.api.plotting import CHARTS
from detente.errors import DataError, InputError
from detente.model import Break, BreaksResult, Dyad, Estimate, ForcesResult, IndexResult, IndexRow
from detente.model.exchanges import ExchangesResult, LagCount, PairedActs
from detente.model.moves import CompareResult, MultiverseResult, PairMove, PairPoint, UniverseRow
from detente.model.reciprocity import ReciprocityResult, Response

DYAD = Dyad("IRN", "IRQ")
DAY = date(1980, 9, 1)
ONE = Estimate(1.0, 0.5, 2.0)
BREAK = Break(DAY, date(1980, 8, 1), date(1980, 10, 1), 0.9, 50.0, 1, "joint", "level", "conflict_volume", "rbeast")
PULSE = replace(BREAK, date=date(1988, 8, 1), kind="pulse", method="outlier", probability=None, sign=-1, size=-3.0)
RESPONSE = Response(
    *("IRN", "IRQ", "excitation", 0.01, 0.2, 0.1, 0.3, 3.0, "whole", True, True, "conflict", "conflict", 2.0, 4.0),
    *("acts per act", 100, 90),
)
PAIR = PairedActs(
    *("IRN", "IRQ", "conflict", "conflict", "time", 2, "ACCUSE", "ACCUSE", DAY, date(1980, 9, 3), None),
    *(None, None, None, "one", "two", None),
)
LAG = LagCount("IRN", "IRQ", "conflict", "conflict", 2, 3, 7, 0, 1, 4.5)
RESULTS = {
    "index": IndexResult(
        DYAD, "keds", "feed", "month", "goldstein", (IndexRow(DAY, "joint", 3, *[ONE] * 8),), ("n",), "index by month"
    ),
    "breaks": BreaksResult(DYAD, "keds", "feed", "month", (BREAK, PULSE), ("n",), "breaks by month"),
    "reciprocity": ReciprocityResult(
        DYAD, "keds", "feed", None, (RESPONSE, replace(RESPONSE, method="var", unit="log per log", p_value=0.4))
    ),
    "exchanges": ExchangesResult(DYAD, "keds", "feed", 14, (PAIR,), (LAG, replace(LAG, lag_first=None, lag_last=None))),
    "compare": CompareResult(
        *("IRN", "keds", "feed", "month", DAY, "tone"),
        (PairMove(1, DYAD, "tone", 9, 0.1, 0.2, ONE, 12, 12),),
        (PairPoint(DYAD, DAY, 9, ONE),),
    ),
    "multiverse": MultiverseResult(
        *(DYAD, "keds", "feed", "month", "breaks", ("as asked", "by quarter")),
        (UniverseRow("net", "joint", DAY, -5.0, -9.0, -5.0, -2.0, 2, 2, 1.0),),
    ),
}
EMPTY = {
    "index": {"rows": ()},
    "breaks": {"breaks": ()},
    "reciprocity": {"responses": ()},
    "exchanges": {"exchanges": (), "lags": ()},
    "compare": {"points": ()},
    "multiverse": {"rows": ()},
}


def drawn(name: str, field: str) -> list:
    """What the rows of a chart hold under a name, in order, as Altair read them back."""
    spec = Answer(RESULTS[name]).plot().to_dict()
    rows = next(iter(spec["datasets"].values())) if "datasets" in spec else spec["data"]["values"]
    return [row.get(field) for row in rows]


@pytest.mark.parametrize("name", RESULTS)
def test_each_prints_exports_and_says_how_to_cite_it(name, tmp_path):
    answer = Answer(RESULTS[name])
    assert len(str(answer).splitlines()) > 1
    assert answer.cite().startswith("detente ")
    table, codebook = answer.export(tmp_path / "rows.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert list(rows[0]) == answer.columns()
    assert codebook.exists()


@pytest.mark.parametrize("name", RESULTS)
def test_each_is_drawn_to_a_file_without_a_browser(name, tmp_path):
    chart = Answer(RESULTS[name]).plot()
    assert isinstance(chart, altair.TopLevelMixin)
    chart.save(tmp_path / "chart.svg")
    assert "<svg" in (tmp_path / "chart.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RESULTS)
def test_where_there_is_nothing_to_draw_that_is_said(name):
    with pytest.raises(DataError, match="no chart"):
        Answer(replace(RESULTS[name], **EMPTY[name])).plot()


def test_each_has_a_chart_and_others_are_refused():
    assert {type(result) for result in RESULTS.values()} <= set(CHARTS)
    with pytest.raises(InputError, match="ForcesResult has no chart"):
        Answer(ForcesResult(DYAD, ())).plot()


def test_charts_carry_the_numbers_of_the_results():
    assert drawn("breaks", "date") == ["1980-09-01", "1988-08-01"]
    assert drawn("breaks", "way") == ["up", "down"]
    assert drawn("reciprocity", "response") == [0.2, 0.2]
    assert drawn("reciprocity", "panel") == ["excitation, acts per act", "var, log per log"]
    assert drawn("exchanges", "chance") == [4.5, 4.5]
    assert drawn("exchanges", "label") == ["2–3 days", "lag not known"]
    assert drawn("multiverse", "label") == ["joint 1980-09-01"]
    assert drawn("multiverse", "agree") == ["100% of 2"]
