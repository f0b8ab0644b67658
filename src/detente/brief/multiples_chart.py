"""Small multiples: the pair beside other relations of the two sides, all on one scale, around the date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any, Final

from detente.brief.language import Language
from detente.brief.marks import BLUE, INK, STEP_DAYS, VERMILION, Rows, Spec, table_of, time_axis
from detente.model import IndexResult, IndexRow

SHOWN: Final = 24  # periods on either side
_FEWEST: Final = 3  # periods on either side, below which nothing is compared


@dataclass(frozen=True, slots=True)
class SharePoint:
    """The share of conflict in one period, with its 90 % interval; None where the feed holds no act of the pair."""

    period: date  # first day
    value: float | None
    low: float | None
    high: float | None
    conflict: float
    cooperation: float


@dataclass(frozen=True, slots=True)
class Multiple:
    """One relation: its periods before and after the date, as many on one side as on the other."""

    name: str
    short: str  # where there is no room for the name
    own: bool  # the pair that was asked about
    before: tuple[SharePoint, ...]
    after: tuple[SharePoint, ...]

    @property
    def shares(self) -> tuple[float, float] | None:
        """Acts of conflict over those of conflict and cooperation, before and after; None where a side has none."""
        found = [_share(points) for points in (self.before, self.after)]
        return None if found[0] is None or found[1] is None else (found[0], found[1])


@dataclass(frozen=True, slots=True)
class DrawnMultiples:
    """What the drawing takes."""

    panels: tuple[tuple[str, str, bool, tuple[SharePoint, ...]], ...]  # name, short name, whether it is the pair's own
    shock: date


def multiple_of(index: IndexResult, name: str, shock: date, *, own: bool) -> Multiple | None:
    """The periods of an index around a date; that of the date itself is left out unless it begins with it.

    Args:
        index: Of one relation.
        name: Of the relation.
        shock: The date.
        own: Whether it is the pair that was asked about.

    Returns:
        As many periods on one side as on the other, 24 at most; None under three on either side.
    """
    joint = [row for row in index.rows if row.direction == "joint"]
    after = [row for row in joint if row.period >= shock]
    before = [row for row in joint if row.period < shock]
    if before and (not after or after[0].period > shock):
        before = before[:-1]  # the period that holds the date
    length = min(len(before), len(after), SHOWN)
    if length < _FEWEST:
        return None
    short = f"{index.dyad.a}–{index.dyad.b}"
    return Multiple(name, short, own, tuple(map(_point, before[-length:])), tuple(map(_point, after[:length])))


def middle_shares(multiples: Iterable[Multiple]) -> tuple[float, float] | None:
    """The medians of the shares of conflict before and after."""
    known = [item.shares for item in multiples if item.shares]
    return (median(one for one, _ in known), median(other for _, other in known)) if known else None


def multiples_spec(multiples: tuple[Multiple, ...], shock: date, every: str, language: Language) -> Spec:
    """One panel a relation, the pair first.

    Args:
        multiples: At least one.
        shock: The day to mark.
        every: Length of a period.
        language: Of the labels.

    Returns:
        The specification.
    """
    rows: Rows = [
        {
            "relation": item.name,
            "short": item.short,
            "own": item.own,
            "period": point.period.isoformat(),
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "conflict": point.conflict,
            "cooperation": point.cooperation,
        }
        for item in multiples
        for point in (*item.before, *item.after)
    ]
    x = time_axis("period", {"labelOverlap": "greedy", "tickCount": 3})
    scale = {"domain": [0, 1]}
    colour = {"condition": {"test": "datum.own", "value": VERMILION}, "value": BLUE}
    value = {"field": "value", "type": "quantitative", "scale": scale, "axis": {"title": None, "format": "%"}}
    layers: list[Spec] = [
        {
            "mark": {"type": "area", "opacity": 0.18},
            "encoding": {"x": x, "y": {**value, "field": "low"}, "y2": {"field": "high"}, "color": colour},
        },
        {"mark": {"type": "line", "strokeWidth": 1.6}, "encoding": {"x": x, "y": value, "color": colour}},
        {
            "data": {"values": [{"shock": shock.isoformat()}]},
            "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
            "encoding": {"x": time_axis("shock", {})},
        },
    ]
    said = ("relation", f"every_{every}", "share", "low", "high", "conflict", "cooperation")
    table = table_of(
        [language.say(f"figure.{name}") for name in said],
        [[value for name, value in row.items() if name not in ("own", "short")] for row in rows],
    )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"table": table, "language": language.code, "shock": shock.isoformat(), "every": every},
        "background": "transparent",
        "data": {"values": rows},
        "facet": {"field": "relation", "type": "nominal", "sort": [item.name for item in multiples], "title": None},
        "columns": 3,
        "spec": {"width": 190, "height": 110, "layer": layers},
        "config": {"aria": False, "font": "sans-serif", "view": {"stroke": None}},
    }


def multiples_drawn(spec: Spec) -> DrawnMultiples:
    """The panels of a specification of `multiples_spec`."""
    held: Any = spec
    names = held["facet"]["sort"]
    known = {row["relation"]: (row["short"], row["own"]) for row in held["data"]["values"]}
    points: dict[str, list[SharePoint]] = {name: [] for name in names}
    for row in held["data"]["values"]:
        numbers = (row[name] for name in ("value", "low", "high", "conflict", "cooperation"))
        points[row["relation"]].append(SharePoint(date.fromisoformat(row["period"]), *numbers))
    shock = date.fromisoformat(held["usermeta"]["shock"])
    return DrawnMultiples(tuple((name, *known[name], tuple(points[name])) for name in names), shock)


def step_days(spec: Spec) -> int:
    """The longest that a period of a specification can be."""
    held: Any = spec
    return STEP_DAYS[held["usermeta"]["every"]]


def _point(row: IndexRow) -> SharePoint:
    share = row.conflict_share
    known = bool((row.conflict_volume.value or 0) + (row.cooperation_volume.value or 0))
    return SharePoint(
        row.period,
        share.value if known else None,
        share.low if known else None,
        share.high if known else None,
        row.conflict_volume.value or 0.0,
        row.cooperation_volume.value or 0.0,
    )


def _share(points: tuple[SharePoint, ...]) -> float | None:
    conflict, cooperation = sum(item.conflict for item in points), sum(item.cooperation for item in points)
    return conflict / (conflict + cooperation) if conflict + cooperation else None
