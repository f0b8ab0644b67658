"""Charts of results for a notebook or a file: a Vega-Lite specification in Altair's hands, none needs a browser."""

from typing import Any, Final

from detente.brief.marks import INK, Rows, Spec
from detente.errors import InputError

WIDTH: Final = 420
"""Of a chart beside its labels, in pixels."""
GREY: Final = "#999999"


def as_chart(spec: Spec) -> Any:
    """A specification as an Altair chart, to be shown or saved.

    Raises:
        InputError: If Altair is not installed.
    """
    try:
        import altair
    except ImportError as error:
        raise InputError("a chart needs Altair: install it with `pip install 'detente[plot]'`") from error
    return altair.Chart.from_dict(spec)


def number_axis(field: str, title: str | None) -> Spec:
    """A horizontal axis of numbers."""
    return {"field": field, "type": "quantitative", "title": title, "scale": {"zero": True}}


def labels(rows: Rows, field: str = "label") -> Spec:
    """A line for each label, in the order of the rows."""
    order = list(dict.fromkeys(str(row[field]) for row in rows))
    return {"field": field, "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 480}}


def zero_line() -> Spec:
    """A dashed line at zero."""
    return {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
        "encoding": {"x": {"field": "zero", "type": "quantitative"}},
    }


def stacked(rows: Rows, panels: list[Spec]) -> Spec:
    """Panels below one another, each on a scale of its own."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "vconcat": panels,
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
        "config": {"view": {"stroke": None}, "title": {"anchor": "start", "fontSize": 12}},
    }


def panel(field: str, value: str, layer: list[Spec]) -> Spec:
    """One panel: the rows whose field has a value, with the value as its title."""
    shown = {"field": field, "equal": value}
    return {
        "title": value,
        "width": WIDTH,
        "height": {"step": 22},
        "transform": [{"filter": shown}],
        "layer": layer,
    }
