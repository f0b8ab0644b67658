"""A strip of marks: every act by date and type."""

from datetime import date

from detente.brief.language import Language, load_language
from detente.brief.marks import (
    BLUE,
    INK,
    VERMILION,
    Rows,
    Spec,
    colour_by,
    frame,
    legend,
    mark_shock,
    table_of,
    time_axis,
)


def strip_spec(rows: Rows, order: list[str], who: list[str], shock: date, language: Language | None = None) -> Spec:
    """A mark per act by date and type.

    Args:
        rows: `day`, `when`, `who`, `kind`.
        order: Kinds from top to bottom.
        who: The directions, in order of the legend.
        shock: The day to mark.
        language: Of the labels; English where none is given.

    Returns:
        The specification.
    """
    own = language or load_language("en")
    x = time_axis("day", {"labelOverlap": "greedy", "tickCount": 8})
    y = {
        "field": "kind",
        "type": "nominal",
        "sort": order,
        "axis": {"title": None, "grid": True},
    }
    marks: Spec = {
        "mark": {"type": "point", "filled": False, "size": 42, "strokeWidth": 1.4, "opacity": 0.85},
        "encoding": {
            "x": x,
            "y": y,
            "color": colour_by("who", who, [BLUE, VERMILION, INK]),
            "shape": {
                "field": "who",
                "type": "nominal",
                "scale": {"domain": who, "range": ["triangle-up", "triangle-down", "circle"]},
                "legend": legend(),
            },
        },
    }
    days = sorted(str(row["day"]) for row in rows)
    table = table_of(
        [own.say(f"figure.{name}") for name in ("date", "who", "type")],
        [[row["when"], row["who"], row["kind"]] for row in rows],
    )
    layers: list[Spec] = [
        marks,
        *mark_shock(shock, date.fromisoformat(days[0]), date.fromisoformat(days[-1]), language=own, named=False),
    ]
    return frame(list(rows), layers, 22 * len(order) + 6, table, own)
