"""Where the level of a series changes: Rbeast's sampler over piecewise constant models (Zhao et al. 2019)."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

from detente.measure.intervals import Numbers

LIKELY: Final = 0.5  # probability from which a change is told
_MOST: Final = 10  # changes that one model of a series may hold
_BURN_IN: Final = 200


@dataclass(frozen=True, slots=True)
class Effort:
    """How long the sampler runs: samples kept of each chain, chains, and steps to a sample."""

    samples: int
    chains: int
    thinning: int


WHOLE: Final = Effort(samples=8000, chains=2, thinning=3)
QUICK: Final = Effort(samples=2000, chains=1, thinning=5)
"""For reshuffles. The limits of the rates were set with this effort: another finds more or fewer changes in them."""


def find_levels(values: Numbers, seed: int, effort: Effort = WHOLE) -> list[tuple[int, float, Numbers]]:
    """The likely changes of level of one series.

    Args:
        values: The series, (n_periods,), without gaps.
        seed: The same seed gives the same changes.
        effort: How long the sampler runs.

    Returns:
        Place (the first of the new level), probability, and the bounds of the sampler's 95 % credible interval of the
        place (2,), in order of place.
    """
    trend = _sample(values, seed, effort)
    places, chances = np.atleast_1d(trend.cp), np.atleast_1d(trend.cpPr)
    found = [
        (round(float(place)), min(float(chance), 1.0), bound)
        for place, chance, bound in zip(places, chances, np.atleast_2d(trend.cpCI), strict=True)
        if np.isfinite(place) and chance >= LIKELY
    ]
    by_place = {item[0]: item for item in sorted(found, key=lambda item: item[1])}
    return [by_place[place] for place in sorted(by_place) if 0 < place < len(values)]


def _sample(values: Numbers, seed: int, effort: Effort) -> Any:
    import Rbeast

    metadata = SimpleNamespace(
        isRegularOrdered=True, season="none", startTime=0, deltaTime=1, missingValue=float("nan"), maxMissingRate=0.75
    )
    prior = SimpleNamespace(
        modelPriorType=1,
        trendMinOrder=0,
        trendMaxOrder=0,
        trendMinKnotNum=0,
        trendMaxKnotNum=_MOST,
        precValue=1.5,
        precPriorType="componentwise",
    )
    mcmc = SimpleNamespace(
        seed=seed + 1,  # 0 means "by the clock" there
        samples=effort.samples,
        thinningFactor=effort.thinning,
        burnin=_BURN_IN,
        chainNumber=effort.chains,
        maxMoveStepSize=6,
    )
    # Orders and slopes are not asked: they take a sixth of the time and are nought for levels.
    extra = SimpleNamespace(
        whichOutputDimIsTime=1,
        computeCredible=False,
        computeTrendOrder=False,
        computeTrendChngpt=True,
        computeTrendSlope=False,
        printProgress=False,
        printParameter=False,
        printWarning=False,
        quiet=True,
    )
    return Rbeast.beast123(values, metadata, prior, mcmc, extra).trend
