"""A headline against its counterfactual, and below it the gap with those of the donors behind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.brief.language import Language
from detente.brief.marks import BLUE, VERMILION, Spec, frame, mark_shock, table_of, time_axis
from detente.model.impact_path import ImpactPath, PathPoint


@dataclass(frozen=True, slots=True)
class DrawnPath:
    """What the drawing takes: the points, the donors' gaps a value each point, and the shock."""

    points: tuple[PathPoint, ...]
    placebos: tuple[tuple[float | None, ...], ...]
    shock: date


def path_spec(path: ImpactPath, shock: date, language: Language) -> Spec:
    """Actual and expected by period with the 90 % interval; the donors' gaps ride along in `usermeta`.

    Args:
        path: With at least one point.
        shock: The day to mark.
        language: Of the labels.

    Returns:
        The specification.
    """
    rows: list[dict[str, object]] = [
        {
            "period": point.period.isoformat(),
            "actual": point.actual,
            "expected": point.counterfactual,
            "low": point.low,
            "high": point.high,
        }
        for point in path.points
    ]
    x = time_axis("period", {"labelOverlap": "greedy", "tickCount": 8})
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "opacity": 0.18, "color": BLUE},
            "encoding": {"x": x, "y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
        },
        _line("expected", x, BLUE, [6, 3]),
        _line("actual", x, VERMILION, [1, 0]),
        *mark_shock(shock, path.points[0].period, path.points[-1].period, language=language),
    ]
    columns = [
        language.say(f"figure.every_{path.every}"),
        *(language.say(f"figure.{name}") for name in ("actual", "expected", "low", "high")),
    ]
    table = table_of(columns, [list(row.values()) for row in rows])
    spec = frame(rows, layers, 260, table, language)
    meta: Any = spec["usermeta"]
    gaps = [{"name": item.name, "gaps": list(item.gaps)} for item in path.placebos]
    return {**spec, "usermeta": {**meta, "placebos": gaps, "shock": shock.isoformat()}}


def path_drawn(spec: Spec) -> DrawnPath:
    """The path of a specification of `path_spec`."""
    held: Any = spec
    points = tuple(
        PathPoint(date.fromisoformat(row["period"]), row["actual"], row["expected"], row["low"], row["high"])
        for row in held["data"]["values"]
    )
    meta = held["usermeta"]
    return DrawnPath(points, tuple(tuple(item["gaps"]) for item in meta["placebos"]), date.fromisoformat(meta["shock"]))


def _line(field: str, x: Spec, colour: str, dash: list[int]) -> Spec:
    return {
        "mark": {"type": "line", "strokeWidth": 1.8, "color": colour, "strokeDash": dash},
        "encoding": {"x": x, "y": {"field": field, "type": "quantitative", "axis": {"title": None}}},
    }
