"""What the figures share: colours, axes, the line of the shock, and the frame.

Blue and vermilion are of Okabe and Ito (2008); position, dash or shape says the same as the colour, so that
the figures read in grey print. `INK` and `RULE` are swapped for the page's own colours when drawn.
"""

from datetime import date
from typing import Final

from detente.brief.language import Language

Spec = dict[str, object]
Rows = list[dict[str, object]]

INK: Final = "#010203"
RULE: Final = "#040506"
BLUE: Final = "#0072b2"
VERMILION: Final = "#cc5500"
SKY: Final = "#7fbde3"
PEACH: Final = "#f2a878"
STEP_DAYS: Final = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}  # the longest of each


def mark_shock(shock: date, first: date, last: date, *, language: Language, named: bool = True) -> list[Spec]:
    """The shock as a dashed line, its date beside it on the side with more room."""
    late = shock - first > last - shock
    place = {"align": "right", "dx": -5} if late else {"align": "left", "dx": 5}
    data = {"values": [{"shock": shock.isoformat(), "label": language.day(shock)}]}
    x = time_axis("shock", {})
    rule = {"data": data, "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]}, "encoding": {"x": x}}
    text = {
        "data": data,
        "mark": {"type": "text", "color": INK, "baseline": "bottom", "y": -4, **place},
        "encoding": {"x": x, "text": {"field": "label"}},
    }
    return [rule, text] if named else [rule]


def time_axis(field: str, axis: Spec) -> Spec:
    """A time axis in UTC: without it the figure would move with the machine's time zone."""
    return {
        "field": field,
        "type": "temporal",
        "scale": {"type": "utc"},
        "axis": {"title": None, "grid": False, **axis},
    }


def colour_by(field: str, domain: list[str], colours: list[str], *, shown: bool = True) -> Spec:
    """Colour by a named field."""
    scale = {"domain": domain, "range": colours}
    return {"field": field, "type": "nominal", "scale": scale, "legend": legend() if shown else None}


def legend() -> Spec:
    """A legend above the figure, narrow enough for a phone."""
    return {
        "orient": "top",
        "title": None,
        "columns": 2,
        "offset": 22,
        "symbolStrokeWidth": 1.4,
        "labelLimit": 200,
    }


def table_of(columns: list[str], rows: list[list[object]]) -> Spec:
    """The data behind a figure, as columns and rows."""
    return {"columns": columns, "rows": rows}


def frame(values: Rows, layers: list[Spec], height: int, table: Spec, language: Language) -> Spec:
    """The whole specification, with its data, its table and its language inside."""
    text = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    axis = {**text, "domainColor": RULE, "tickColor": RULE, "gridColor": RULE, "gridOpacity": 0.5}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"table": table, "language": language.code},
        "background": "transparent",
        "width": 640,
        "height": height,
        "padding": {"left": 2, "right": 8, "top": 14, "bottom": 2},
        "data": {"values": values},
        "layer": layers,
        "config": {
            "aria": False,
            "font": "sans-serif",
            "view": {"stroke": None},
            "axis": axis,
            "legend": {"labelColor": INK, "labelFontSize": 12},
            "text": {"fontSize": 12},
        },
    }
