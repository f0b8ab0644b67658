"""A number under other reasonable choices: what was asked, the median, and the spread, a panel a series."""

from typing import Any

from detente.brief.altair_charts import as_chart, labels, number_axis, panel, stacked, zero_line
from detente.brief.marks import BLUE, INK, VERMILION, Rows, Spec
from detente.errors import DataError
from detente.model.moves import MultiverseResult, UniverseRow


def chart_multiverse(result: MultiverseResult) -> Any:
    """The spread of each number over the choices as an Altair chart.

    Args:
        result: With at least one row.

    Returns:
        An `altair.VConcatChart`.

    Raises:
        DataError: If there is no row.
        InputError: If Altair is not installed.
    """
    return as_chart(multiverse_spec(result))


def multiverse_spec(result: MultiverseResult) -> Spec:
    """The Vega-Lite specification: lowest to highest as a line, the median as a tick, what was asked as a point.

    Raises:
        DataError: If there is no row.
    """
    if not result.rows:
        raise DataError(f"no {result.measure} of {result.dyad} to try other choices on: no chart; see the notes")
    rows = [_row(row, dated=result.measure == "breaks") for row in result.rows]
    names = list(dict.fromkeys(str(row["series"]) for row in rows))
    panels = [panel("series", name, _layer([row for row in rows if row["series"] == name])) for name in names]
    return stacked(rows, panels)


def _layer(rows: Rows) -> list[Spec]:
    y = labels(rows)
    x = number_axis("reference", None)
    return [
        zero_line(),
        {
            "mark": {"type": "rule", "strokeWidth": 2, "color": BLUE},
            "encoding": {"y": y, "x": {**x, "field": "lowest"}, "x2": {"field": "highest"}},
        },
        {
            "mark": {"type": "tick", "thickness": 3, "color": BLUE},
            "encoding": {"y": y, "x": {**x, "field": "median"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "color": VERMILION, "opacity": 1},
            "encoding": {"y": y, "x": x},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 8, "dy": -8, "color": INK, "fontSize": 10},
            "encoding": {"y": y, "x": {**x, "field": "highest"}, "text": {"field": "agree"}},
        },
    ]


def _row(row: UniverseRow, *, dated: bool) -> dict[str, object]:
    return {
        "series": row.series.replace("_", " "),
        "label": f"{row.direction} {row.date}" if dated else row.direction,
        "reference": row.reference,
        "lowest": row.lowest,
        "median": row.median,
        "highest": row.highest,
        "agree": f"{row.agree:.0%} of {row.n}",
    }
