"""Several relations as small multiples on one scale, with the day since which they are compared."""

from typing import Any

from detente.brief.altair_charts import as_chart
from detente.errors import DataError
from detente.model.moves import CompareResult


def chart_compare(result: CompareResult) -> Any:
    """The outcome of each pair by period with its 90 % interval, one panel a pair, the one that moved most first.

    Args:
        result: With at least one point that can be told.

    Returns:
        An `altair.FacetChart`.

    Raises:
        DataError: If no point can be told.
        InputError: If Altair is not installed.
    """
    return as_chart(compare_spec(result))


def compare_spec(result: CompareResult) -> dict[str, Any]:
    """The Vega-Lite specification of the small multiples.

    Raises:
        DataError: If no point can be told.
    """
    rows = [
        {
            "dyad": str(point.dyad),
            "period": point.period.isoformat(),
            "value": point.estimate.value,
            "low": point.estimate.low,
            "high": point.estimate.high,
        }
        for point in result.points
    ]
    if not any(row["value"] is not None for row in rows):
        raise DataError(f"no {result.outcome} of {result.focus} can be told: no chart; ask for a longer span or feed")
    x = {"field": "period", "type": "temporal", "title": None}
    title = result.outcome.replace("_", " ")
    day = [{"period": result.at.isoformat()}]
    return {
        "data": {"values": rows},
        "facet": {"field": "dyad", "type": "nominal", "sort": [str(pair.dyad) for pair in result.pairs], "title": None},
        "columns": 3,
        "spec": {
            "width": 220,
            "height": 120,
            "layer": [
                {
                    "mark": {"type": "area", "opacity": 0.2},
                    "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
                },
                {
                    "mark": {"type": "line"},
                    "encoding": {"x": x, "y": {"field": "value", "type": "quantitative", "title": title}},
                },
                {
                    "data": {"values": day},
                    "mark": {"type": "rule", "strokeDash": [4, 3]},
                    "encoding": {"x": x},
                },
            ],
        },
    }
