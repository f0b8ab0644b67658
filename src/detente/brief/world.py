"""Where states lie, and how the round world is laid flat: a point a state, one projection of equal areas."""

from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from typing import Final

from detente.brief.tables import read_rows

_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_POLE: Final = 1.3173627591574133  # y of the North Pole
_EDGE: Final = 2.7066299836960748  # x of the equator's end


@dataclass(frozen=True, slots=True)
class StatePoint:
    """A state as one point, in degrees; west and south are negative."""

    code: str
    lat: float
    lon: float


@cache
def state_points() -> dict[str, StatePoint]:
    """Code -> point, `data/state_points.csv`.

    The geographic coordinates of The World Factbook (Central Intelligence Agency, public domain), to half a degree.
    """
    rows = read_rows("state_points")
    return {row["iso3"]: StatePoint(row["iso3"], float(row["lat"]), float(row["lon"])) for row in rows}


def middle_longitude(codes: tuple[str, ...]) -> float:
    """The meridian halfway between states, in degrees, so that none lies at the edge; 0 where none is known.

    Examples:
        >>> middle_longitude(("USA", "FRA")), middle_longitude(("USA", "JPN")), middle_longitude(("IGO:EU",))
        (-50.0, -160.0, 0.0)
    """
    places = [state_points()[code].lon for code in codes if code in state_points()]
    if not places:
        return 0.0
    first = places[0]
    mean = sum(turned(place - first) for place in places) / len(places)
    return turned(round((first + mean) / 10) * 10.0)


def turned(degrees: float) -> float:
    """Degrees from -180 up to 180.

    Examples:
        >>> turned(190), turned(-190), turned(20)
        (-170, 170, 20)
    """
    return (degrees + 180) % 360 - 180


def laid_flat(lat: float, lon: float, centre: float = 0.0) -> tuple[float, float]:
    """A place on the map by the Equal Earth projection (Šavrič, Patterson and Jenny 2018).

    Args:
        lat: Degrees north.
        lon: Degrees east.
        centre: The meridian in the middle of the map.

    Returns:
        x from -1 to 1, y from -1 (south) to 1 (north).

    Examples:
        >>> [round(n, 3) for n in laid_flat(0, 180)], [round(n, 3) for n in laid_flat(90, 0)]
        ([-1.0, 0.0], [0.0, 1.0])
    """
    return flat_offset(lat, turned(lon - centre))


def flat_offset(lat: float, degrees: float) -> tuple[float, float]:
    """The same for degrees east of the middle meridian, of which 180 is the right edge and -180 the left one."""
    angle = asin(sqrt(3) / 2 * sin(radians(lat)))
    a1, a2, a3, a4 = _A
    two, six = angle**2, angle**6
    slope = a1 + 3 * a2 * two + six * (7 * a3 + 9 * a4 * two)
    x = 2 * sqrt(3) * radians(degrees) * cos(angle) / (3 * slope)
    y = angle * (a1 + a2 * two + six * (a3 + a4 * two))
    return x / _EDGE, y / _POLE


ASPECT: Final = _EDGE / _POLE
"""Width of the map over its height."""
