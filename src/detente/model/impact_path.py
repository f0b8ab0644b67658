"""A headline period by period against what was expected without the shock."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # results hold a path
    from detente.model.results import Every


@dataclass(frozen=True, slots=True)
class PathPoint:
    """One period; the counterfactual and its 90 % interval are None where they are not estimated."""

    period: date  # first day
    actual: float | None
    counterfactual: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceboPath:
    """The gap between a donor and its own counterfactual, a value for each period of the path, None where unknown.

    In the unit of the path: a donor's gap over its own usual gap before the shock, taken times the pair's.
    """

    name: str
    gaps: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ImpactPath:
    """What a figure of an impact is drawn from.

    Attributes:
        outcome: Name of the series.
        unit: What it is counted in.
        every: Length of a period.
        estimator: Of the counterfactual.
        points: In order of period.
        placebos: The same comparison at each donor.
    """

    outcome: str
    unit: str
    every: "Every"
    estimator: str
    points: tuple[PathPoint, ...]
    placebos: tuple[PlaceboPath, ...] = ()
