"""Responses of a feed as intervals: who answers whom, beside the line of no answer."""

from dataclasses import dataclass
from typing import Any

from detente.brief.language import Language
from detente.brief.marks import BLUE, INK, VERMILION, Rows, Spec, frame, table_of


@dataclass(frozen=True, slots=True)
class DrawnResponse:
    """One response with its interval; `side` is 0 for answers of the first side, 1 for those of the second."""

    label: str
    side: int
    value: float
    low: float
    high: float
    clear: bool


def responses_spec(rows: Rows, language: Language) -> Spec:
    """Points with intervals, a line each.

    Args:
        rows: `label`, `side` (0 or 1), `value`, `low`, `high`, `clear`.
        language: Of the labels.

    Returns:
        The specification.
    """
    y = {"field": "label", "type": "nominal", "sort": [row["label"] for row in rows], "axis": {"title": None}}
    x = {"field": "value", "type": "quantitative", "axis": {"title": language.say("figure.response_axis")}}
    color = {"field": "side", "type": "nominal", "scale": {"range": [BLUE, VERMILION]}, "legend": None}
    span: Spec = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}, "color": color},
    }
    dot: Spec = {
        "mark": {"type": "point", "filled": True, "size": 60},
        "encoding": {"y": y, "x": x, "color": color, "opacity": {"value": 1}},
    }
    zero: Spec = {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
        "encoding": {"x": {"field": "zero", "type": "quantitative"}},
    }
    columns = [language.say(f"figure.{name}") for name in ("response", "value", "low", "high")]
    table = table_of(columns, [[row["label"], row["value"], row["low"], row["high"]] for row in rows])
    return frame(rows, [zero, span, dot], 30 * len(rows), table, language)


def responses_drawn(spec: Spec) -> tuple[DrawnResponse, ...]:
    """The responses of a specification of `responses_spec`."""
    held: Any = spec
    return tuple(DrawnResponse(**row) for row in held["data"]["values"])
