"""Diverging bars: cooperation upwards, conflict downwards, by year."""

from datetime import date
from typing import Final

from detente.brief.language import Language, load_language
from detente.brief.marks import (
    BLUE,
    INK,
    PEACH,
    SKY,
    VERMILION,
    Rows,
    Spec,
    colour_by,
    frame,
    mark_shock,
    table_of,
    time_axis,
)

_BARS: Final = {
    "material_cooperation": BLUE,
    "verbal_cooperation": SKY,
    "verbal_conflict": PEACH,
    "material_conflict": VERMILION,
}
_SIDES: Final = (
    (("verbal_cooperation", "material_cooperation"), 1),
    (("verbal_conflict", "material_conflict"), -1),
)


def bars_spec(rows: Rows, shock: date, language: Language | None = None) -> Spec:
    """Diverging bars of acts per year.

    Args:
        rows: `year`, `group` (a key of the four groups), `acts`.
        shock: The day to mark.
        language: Of the labels; English where none is given.

    Returns:
        The specification.
    """
    own = language or load_language("en")
    names = {group: own.say(f"figure.{group}") for group in _BARS}
    rows = [{**row, "group": names[str(row["group"]).replace(" ", "_")]} for row in rows]
    years = sorted({int(str(row["year"])) for row in rows})
    values = [bar for year in years for bar in _stacked([row for row in rows if row["year"] == year], names)]
    ticks = [{"year": year, "month": 7, "date": 1, "utc": True} for year in years]
    x = time_axis(
        "start",
        {"values": ticks, "format": "%Y", "labelOverlap": "parity", "labelFlush": False, "ticks": False},
    )
    y = {
        "field": "from",
        "type": "quantitative",
        "axis": {
            "title": own.say("figure.bars_axis"),
            "labelExpr": "abs(datum.value)",
            "tickMinStep": 1,
        },
    }
    color = colour_by("group", list(names.values()), list(_BARS.values()))
    bars: Spec = {
        "mark": {"type": "rect", "stroke": INK, "strokeWidth": 0.4},
        "encoding": {"x": x, "x2": {"field": "end"}, "y": y, "y2": {"field": "to"}, "color": color},
    }
    zero: Spec = {
        "data": {"values": [{"zero": 0}]},
        "mark": {"type": "rule", "color": INK},
        "encoding": {"y": {"field": "zero", "type": "quantitative"}},
    }
    table = table_of(
        [own.say("figure.year"), *names.values()],
        [[year, *(_cell(rows, year, group) for group in names.values())] for year in years],
    )
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return frame(values, [bars, zero, *mark_shock(shock, first, last, language=own)], 260, table, own)


def _stacked(rows: Rows, names: dict[str, str]) -> Rows:
    """The bars of one year: verbal acts next to the zero line, material ones outside."""
    bars: Rows = []
    for groups, sign in _SIDES:
        edge = 0
        for group in map(names.__getitem__, groups):
            n = sum(int(str(row["acts"])) for row in rows if row["group"] == group)
            if n:
                year = rows[0]["year"]
                bar = {
                    "start": f"{year}-01-25",
                    "end": f"{year}-12-07",
                    "group": group,
                    "from": edge,
                    "to": edge + sign * n,
                }
                bars.append({**bar, "year": year, "acts": n})
                edge += sign * n
    return bars


def _cell(rows: Rows, year: int, group: str) -> object:
    return sum(int(str(row["acts"])) for row in rows if row["year"] == year and row["group"] == group)
