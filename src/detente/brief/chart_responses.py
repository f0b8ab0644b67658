"""Who answers whom: each response with its interval beside the line of no answer, a panel a method."""

from typing import Any

from detente.brief.altair_charts import GREY, as_chart, labels, number_axis, panel, stacked, zero_line
from detente.brief.marks import BLUE, Rows, Spec
from detente.errors import DataError
from detente.model.reciprocity import ReciprocityResult, Response


def chart_responses(result: ReciprocityResult) -> Any:
    """The responses as an Altair chart.

    Args:
        result: With at least one response.

    Returns:
        An `altair.VConcatChart`.

    Raises:
        DataError: If there is no response.
        InputError: If Altair is not installed.
    """
    return as_chart(reciprocity_spec(result))


def reciprocity_spec(result: ReciprocityResult) -> Spec:
    """The Vega-Lite specification: a point and its 90 % interval a response, grey where p is above 0.05.

    Raises:
        DataError: If there is no response.
    """
    if not result.responses:
        raise DataError(f"no response of {result.dyad} was estimated: no chart; the notes of the answer say why")
    rows = [_row(one) for one in result.responses]
    names = list(dict.fromkeys(str(row["panel"]) for row in rows))
    panels = [panel("panel", name, _layer([row for row in rows if row["panel"] == name])) for name in names]
    return stacked(rows, panels)


def _layer(rows: Rows) -> list[Spec]:
    y = labels(rows)
    x = number_axis("response", None)
    clear = {"condition": {"test": "datum.p_value <= 0.05", "value": BLUE}, "value": GREY}
    return [
        zero_line(),
        {
            "mark": {"type": "rule", "strokeWidth": 2},
            "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": clear},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
            "encoding": {"y": y, "x": x, "color": clear, "tooltip": [{"field": "p_value"}, {"field": "label"}]},
        },
    ]


def _row(one: Response) -> dict[str, object]:
    allowed = " and ".join(
        name for name, given in (("baseline", one.baseline), ("third parties", one.third_parties)) if given
    )
    return {
        "panel": f"{one.method}, {one.unit}",
        "label": f"{one.from_} → {one.to}: {one.stimulus} → {one.answer} ({one.period}; {allowed or 'neither'})",
        "response": one.response,
        "low": one.low,
        "high": one.high,
        "p_value": one.p_value,
    }
