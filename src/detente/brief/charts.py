"""The index over time: lines with their intervals, breaks and the shock."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from detente.brief.altair_charts import as_chart
from detente.brief.language import Language, load_language
from detente.brief.marks import (
    BLUE,
    INK,
    STEP_DAYS,
    VERMILION,
    Rows,
    Spec,
    colour_by,
    frame,
    mark_shock,
    table_of,
    time_axis,
)
from detente.errors import DataError
from detente.model import IndexResult, IndexRow

_SERIES: Final = ("conflict_volume", "cooperation_volume")


def chart_index(index: IndexResult) -> Any:
    """The index of both directions together as an Altair chart.

    Args:
        index: With at least one row of direction `joint`.

    Returns:
        An `altair.LayerChart`.

    Raises:
        DataError: If the index has no joint row.
        InputError: If Altair is not installed.
    """
    rows = index_rows(index)
    if not rows:
        raise DataError(
            f"index of {index.dyad} has no row of both directions: no chart; ask for a longer span or another feed"
        )
    return as_chart(index_spec(rows, [], None, index.every))


def index_rows(index: IndexResult) -> Rows:
    """Rows of conflict and cooperation, both directions together, in order of period."""
    joint = [row for row in index.rows if row.direction == "joint"]
    return [_index_row(row, series) for row in joint for series in _SERIES]


def index_spec(
    rows: Rows, breaks: list[date], shock: date | None, every: str, language: Language | None = None
) -> Spec:
    """Lines of conflict and cooperation with their intervals, breaks and the shock.

    Args:
        rows: `period`, `series` (conflict or cooperation), `value`, `low`, `high`.
        breaks: Days of breaks.
        shock: The day to mark, None for none.
        every: Length of a period.
        language: Of the labels; English where none is given.

    Returns:
        The specification.
    """
    own = language or load_language("en")
    x = time_axis("period", {"labelOverlap": "greedy", "tickCount": 8})
    color = colour_by("series", ["conflict", "cooperation"], [VERMILION, BLUE], shown=False)
    value = {
        "field": "value",
        "type": "quantitative",
        "axis": {"title": own.say("figure.index_axis", every=own.say(f"figure.every_{every}")), "tickMinStep": 1},
    }
    band: Spec = {
        "mark": {"type": "area", "opacity": 0.18},
        "encoding": {
            "x": x,
            "y": {"field": "low", "type": "quantitative"},
            "y2": {"field": "high"},
            "color": color,
        },
    }
    dash = {
        "field": "series",
        "scale": {"domain": ["conflict", "cooperation"], "range": [[1, 0], [5, 3]]},
        "legend": None,
    }
    line: Spec = {
        "mark": {"type": "line", "strokeWidth": 1.8},
        "encoding": {"x": x, "y": value, "color": color, "strokeDash": {**dash, "type": "nominal"}},
    }
    broken: Spec = {
        "data": {"values": [{"period": day.isoformat(), "mark": "break"} for day in sorted(set(breaks))]},
        "mark": {
            "type": "point",
            "shape": "triangle-down",
            "filled": True,
            "size": 60,
            "color": INK,
            "yOffset": -4,
        },
        "encoding": {"x": x, "y": {"value": 0}},
    }
    days = [date.fromisoformat(str(row["period"])) for row in rows]
    marked = mark_shock(shock, min(days), max(days), language=own) if shock else []
    layers: list[Spec] = [band, line, *_labels(rows, own), *([broken] if breaks else []), *marked]
    spec = frame(_with_gaps(rows, every), layers, 260, _index_table(rows, every, own), own)
    return {**spec, "usermeta": {**meta, "every": every}} if isinstance(meta := spec["usermeta"], dict) else spec


def _with_gaps(rows: Rows, every: str) -> Rows:
    """Rows with an empty one where the feed covers no period, so that no line is drawn across."""
    full: Rows = []
    for series in dict.fromkeys(str(row["series"]) for row in rows):
        own = [row for row in rows if row["series"] == series]
        for row, after in pairwise([*own, None]):
            if row is None:
                continue
            full.append(row)
            day = date.fromisoformat(str(row["period"]))
            if after and (date.fromisoformat(str(after["period"])) - day).days > STEP_DAYS[every]:
                empty = {
                    "period": (day + timedelta(days=1)).isoformat(),
                    "value": None,
                    "low": None,
                    "high": None,
                }
                full.append({**empty, "series": series})
    return full


def _labels(rows: Rows, language: Language) -> list[Spec]:
    """The name of each line at its last point, told apart where they end close together."""
    ends = {str(row["series"]): row for row in rows if row["value"] is not None}
    upper = max(ends, key=lambda name: float(str(ends[name]["value"])), default="")
    return [
        {
            "data": {"values": [{**row, "label": language.say(f"figure.{name}")}]},
            "mark": {
                "type": "text",
                "align": "right",
                "dy": -9 if name == upper else 11,
                "fontWeight": 600,
                "dx": -2,
            },
            "encoding": {
                "x": time_axis("period", {}),
                "y": {"field": "value", "type": "quantitative"},
                "text": {"field": "label"},
                "color": {"value": VERMILION if name == "conflict" else BLUE},
            },
        }
        for name, row in ends.items()
    ]


def _index_table(rows: Rows, every: str, language: Language) -> Spec:
    columns = [f"figure.{name}" for name in (f"every_{every}", "series", "acts", "low", "high")]
    return table_of(
        [language.say(name) for name in columns],
        [
            [row["period"], language.say(f"figure.{row['series']}"), row["value"], row["low"], row["high"]]
            for row in rows
        ],
    )


def _index_row(row: IndexRow, series: str) -> dict[str, object]:
    estimate = row.conflict_volume if series == "conflict_volume" else row.cooperation_volume
    return {
        "period": row.period.isoformat(),
        "series": series.removesuffix("_volume"),
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
    }
