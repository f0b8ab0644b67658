"""Breaks on a line of time: a row a series, with the interval of each date, up or down, lasting or passing."""

from typing import Any, Final

from detente.brief.altair_charts import WIDTH, as_chart, labels
from detente.brief.marks import BLUE, RULE, VERMILION, Spec, time_axis
from detente.errors import DataError
from detente.model import Break, BreaksResult

_TICKS: Final[Spec] = {"labelOverlap": "greedy", "tickCount": 8}
_SHAPES: Final = {"up": "triangle-up", "down": "triangle-down"}


def chart_breaks(result: BreaksResult) -> Any:
    """The breaks of all series as an Altair chart.

    Args:
        result: With at least one break.

    Returns:
        An `altair.LayerChart`.

    Raises:
        DataError: If there is no break.
        InputError: If Altair is not installed.
    """
    return as_chart(breaks_spec(result))


def breaks_spec(result: BreaksResult) -> Spec:
    """The Vega-Lite specification: a triangle a break, pointing where the series goes, filled where it lasts.

    Raises:
        DataError: If there is no break.
    """
    if not result.breaks:
        raise DataError(f"no break of {result.dyad} is told: no chart; the notes of the answer say why")
    rows = sorted((_row(item) for item in result.breaks), key=lambda row: (str(row["label"]), str(row["date"])))
    y = labels(rows)
    colour = _by("way", list(_SHAPES), [VERMILION, BLUE], "series goes (hollow: a pulse)")
    shape = _by("way", list(_SHAPES), list(_SHAPES.values()), "series goes (hollow: a pulse)")
    span: Spec = {
        "mark": {"type": "rule", "strokeWidth": 2, "color": RULE, "opacity": 0.5},
        "encoding": {"y": y, "x": time_axis("low", _TICKS), "x2": {"field": "high"}},
    }
    point: Spec = {
        "mark": {"type": "point", "size": 80, "strokeWidth": 1.5},
        "encoding": {
            "y": y,
            "x": time_axis("date", _TICKS),
            "color": colour,
            "shape": shape,
            "fillOpacity": {"condition": {"test": "datum.kind === 'pulse'", "value": 0}, "value": 1},
            "fill": colour,
            "tooltip": [{"field": name} for name in ("label", "date", "kind", "size", "probability", "method")],
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"values": rows},
        "width": WIDTH,
        "height": {"step": 22},
        "layer": [span, point],
    }


def _row(item: Break) -> dict[str, object]:
    return {
        "label": f"{item.series.replace('_', ' ')}, {item.direction}",
        "date": item.date.isoformat(),
        "low": item.low.isoformat(),
        "high": item.high.isoformat(),
        "way": "up" if item.sign > 0 else "down",
        "kind": item.kind,
        "size": item.size,
        "probability": item.probability,
        "method": item.method,
    }


def _by(field: str, domain: list[str], values: list[Any], title: str) -> Spec:
    scale = {"domain": domain, "range": values}
    return {"field": field, "type": "nominal", "scale": scale, "legend": {"title": title, "orient": "top"}}
