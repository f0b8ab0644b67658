"""The other relations of the two sides as a network: how many acts before and after the date."""

from dataclasses import dataclass
from typing import Any

from detente.brief.inputs import PairCount
from detente.brief.language import Language
from detente.brief.marks import BLUE, INK, VERMILION, Rows, Spec, frame, table_of


@dataclass(frozen=True, slots=True)
class DrawnTie:
    """A relation of a side with another."""

    side: str
    other: str
    before: int
    after: int


def ties(dyad: tuple[str, str], others: tuple[PairCount, ...]) -> tuple[tuple[str, str, PairCount], ...]:
    """(side, other, counts) of each pair that holds one of the two sides."""
    found = []
    for item in others:
        for side, other in ((item.dyad.a, item.dyad.b), (item.dyad.b, item.dyad.a)):
            if side in dyad and other not in dyad:
                found.append((side, other, item))
                break
    return tuple(found)


def network_spec(rows: Rows, sides: tuple[str, str], language: Language) -> Spec:
    """Ties of the two sides.

    Args:
        rows: `side`, `other`, `before`, `after`.
        sides: Names of the two sides.
        language: Of the labels.

    Returns:
        The specification: drawn by Vega-Lite as bars of acts before and after.
    """
    y = {"field": "other", "type": "nominal", "axis": {"title": None}}
    layers: list[Spec] = [
        {
            "mark": {"type": "tick", "thickness": 3, "color": INK},
            "encoding": {"y": y, "x": {"field": "before", "type": "quantitative"}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 60},
            "encoding": {
                "y": y,
                "x": {"field": "after", "type": "quantitative"},
                "color": {"field": "side", "scale": {"domain": list(sides), "range": [BLUE, VERMILION]}},
            },
        },
    ]
    columns = [language.say(f"figure.{name}") for name in ("side", "other", "before", "after")]
    table = table_of(columns, [[row["side"], row["other"], row["before"], row["after"]] for row in rows])
    spec = frame(rows, layers, 26 * len(rows) + 20, table, language)
    meta: Any = spec["usermeta"]
    return {**spec, "usermeta": {**meta, "sides": list(sides)}}


def network_drawn(spec: Spec) -> tuple[tuple[str, str], tuple[DrawnTie, ...]]:
    """The sides and ties of a specification of `network_spec`."""
    held: Any = spec
    a, b = held["usermeta"]["sides"]
    return (a, b), tuple(DrawnTie(**row) for row in held["data"]["values"])
