"""The others on a map: each state a point, as large as its acts after, its shape by how conflict's share moved."""

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from detente.brief.inputs import PairCount
from detente.brief.language import Language
from detente.brief.marks import BLUE, INK, VERMILION, Spec, frame, table_of
from detente.brief.network_chart import ties
from detente.brief.tables import contrast
from detente.brief.world import middle_longitude, state_points

FEWEST: Final = 10  # acts a window, below which no share is told
Moved = Literal["more", "less", "same", "few"]
MOVES: Final[tuple[Moved, ...]] = ("more", "less", "same", "few")


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Another state and its acts with either of the two sides, in equal windows before and after the date."""

    code: str
    name: str
    lat: float
    lon: float
    before: int
    after: int
    conflict_before: int
    conflict_after: int

    @property
    def moved(self) -> Moved:
        """How the share of conflict compares, by `data/contrast.csv`; `few` under ten acts in either window."""
        if min(self.before, self.after) < FEWEST:
            return "few"
        words = contrast(self.conflict_before / self.before, self.conflict_after / self.after)
        return "more" if words.endswith("more") else "less" if words.endswith("less") else "same"


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What the drawing takes: the others, and the two sides with their place where it is known."""

    points: tuple[MapPoint, ...]
    sides: tuple[tuple[str, str, float, float], ...]  # code, name, lat, lon
    centre: float


def map_points(dyad: tuple[str, str], others: tuple[PairCount, ...], names: dict[str, str]) -> tuple[MapPoint, ...]:
    """The others that have a place on the map, most acts after the date first; acts with both sides are added up."""
    counts: dict[str, list[int]] = {}
    for _side, other, item in ties(dyad, others):
        if other not in state_points():
            continue
        mine = counts.setdefault(other, [0, 0, 0, 0])
        both = (item.before, item.after, item.conflict_before or 0, item.conflict_after or 0)
        counts[other] = [one + more for one, more in zip(mine, both, strict=True)]
    points = (
        MapPoint(code, names.get(code, code), state_points()[code].lat, state_points()[code].lon, *four)
        for code, four in counts.items()
    )
    return tuple(sorted(points, key=lambda point: (-point.after, -point.before, point.code)))


def map_spec(points: tuple[MapPoint, ...], sides: dict[str, str], language: Language) -> Spec:
    """The others on a map.

    Args:
        points: Of `map_points`, at least one.
        sides: Code -> name of the two sides.
        language: Of the labels.

    Returns:
        The specification; it asks for no outline of a state, so that nothing is fetched.
    """
    rows: list[dict[str, object]] = [{**asdict(point), "moved": point.moved} for point in points]
    centre = middle_longitude(tuple(sides))
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    shapes = ["triangle-up", "triangle-down", "circle", "square"]
    colour = {"domain": list(MOVES), "range": [VERMILION, BLUE, INK, INK]}
    marks: Spec = {
        "mark": {"type": "point", "strokeWidth": 1.4},
        "encoding": {
            **place,
            "size": {"field": "after", "type": "quantitative", "legend": None},
            "shape": {"field": "moved", "type": "nominal", "scale": {"domain": list(MOVES), "range": shapes}},
            "color": {"field": "moved", "type": "nominal", "scale": colour},
        },
    }
    known = [
        {"code": code, "name": name, "lat": state_points()[code].lat, "lon": state_points()[code].lon}
        for code, name in sides.items()
        if code in state_points()
    ]
    named: Spec = {
        "data": {"values": known},
        "mark": {"type": "text", "fontWeight": 600, "color": INK},
        "encoding": {**place, "text": {"field": "name"}},
    }
    globe: list[Spec] = [
        {"data": {"sphere": True}, "mark": {"type": "geoshape", "filled": False, "stroke": INK}},
        {"data": {"graticule": True}, "mark": {"type": "geoshape", "filled": False, "stroke": INK, "opacity": 0.2}},
    ]
    said = ("other", "before", "after", "conflict_before", "conflict_after", "share_moved")
    table = table_of(
        [language.say(f"figure.{name}") for name in said],
        [
            [
                *(item.name, item.before, item.after, item.conflict_before, item.conflict_after),
                language.say(f"figure.map_{item.moved}"),
            ]
            for item in points
        ],
    )
    spec = frame(rows, [*globe, marks, named], 330, table, language)
    meta: Any = spec["usermeta"]
    projection = {"type": "equalEarth", "rotate": [-centre, 0, 0]}
    return {**spec, "projection": projection, "usermeta": {**meta, "sides": known, "centre": centre}}


def map_drawn(spec: Spec) -> DrawnMap:
    """The map of a specification of `map_spec`."""
    held: Any = spec
    kept = [{name: value for name, value in row.items() if name != "moved"} for row in held["data"]["values"]]
    meta = held["usermeta"]
    sides = tuple((side["code"], side["name"], side["lat"], side["lon"]) for side in meta["sides"])
    return DrawnMap(tuple(MapPoint(**row) for row in kept), sides, meta["centre"])
