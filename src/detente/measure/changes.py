"""Changes of one series: lasting levels and pulses, a second opinion, and how easily chance gives their like."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from detente.measure.bursts import Burst, find_bursts
from detente.measure.chance import DECADE, false_rates, measure_strength, reshuffled_strengths
from detente.measure.intervals import Numbers
from detente.measure.sampler import QUICK, find_levels

FALSE_RATE: Final = 0.6  # changes as strong in 120 periods of reshuffles, up to which one is told: one in 200
TOLERANCE: Final = 2  # periods within which two methods agree
_RETURN: Final = 3  # periods within which a pulse is over
_SHORTEST: Final = 4  # periods of the sampler's shortest level: it may begin before a pulse, and end after it


@dataclass(frozen=True, slots=True)
class Change:
    """A change in an array: `at` is the first place of the new level, `low` and `high` bound it.

    `false_rate` is how many changes at least as strong reshuffles of the series give in 120 periods.
    """

    at: int
    low: int
    high: int
    probability: float | None
    size: float
    kind: Literal["level", "pulse"]
    method: str
    agrees: bool | None
    false_rate: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What a search of one series found.

    Attributes:
        told: The changes, in order of place.
        weak: Changes that were likely and yet no stronger than those of reshuffles.
        alone: Changes that only the second opinion has.
    """

    told: tuple[Change, ...]
    weak: int
    alone: int


def detect_changes(values: Numbers, *, counts: bool, seed: int = 0, false_rate: float = FALSE_RATE) -> list[Change]:
    """The changes of one series: see `search_changes`."""
    return list(search_changes(values, counts=counts, seed=seed, false_rate=false_rate).told)


def search_changes(values: Numbers, *, counts: bool, seed: int = 0, false_rate: float = FALSE_RATE) -> Changes:
    """Changes of one series, by two methods that are told apart, with a second opinion.

    `rbeast`: Bayesian model averaging over piecewise constant levels (Zhao et al. 2019), changes with
    probability 0.5 or more and the sampler's credible interval; the size is the mean of the segment after
    less that of the segment before. A change is a pulse where the series is back within the middle 80 % of
    the earlier segment inside three periods and stays for two; the way back is then no break of its own.
    `outlier` (counts only): single periods far above the rest of their segment (`find_bursts`).
    Either is told only where reshuffles of the same series in blocks give changes at least as strong no oftener
    than `false_rate` in 120 periods; in a series of up to 120 periods, once a reshuffle (a pulse: with both its
    edges, since reshuffling leaves it whole). The second opinion is PELT (Killick et al. 2012), squared error, penalty
    3 ln N on the standardised series: it agrees where it has a change within two periods.

    Args:
        values: The series, (n_periods,), without gaps.
        counts: Whether these are counts, in which bursts are looked for.
        seed: Seed of the sampler and of the reshuffles.
        false_rate: Changes in 120 periods that reshuffles may give as strong.

    Returns:
        What was found; nothing where the series never moves.
    """
    if len(values) < 2 or np.ptp(values) == 0:
        return Changes((), 0, 0)
    second = _pelt(values)
    fitted = _levels(values, second, seed)
    edges = [change.at for change in fitted]
    bursts = _apart(find_bursts(values, edges), fitted) if counts else []
    if not fitted and not bursts:
        return Changes((), 0, len(second))
    strength_of = dict(zip(edges, measure_strength(values, edges), strict=True))
    kept = _drop_returns(fitted)
    strengths = np.array([*(strength_of[change.at] for change in kept), *(burst.size**2 for burst in bursts)])
    likely = [*kept, *(_of_burst(burst) for burst in bursts)]
    limits = np.array([_limit(change, len(values), false_rate) for change in likely])

    def find_edges(mixed: Numbers) -> list[int]:
        return [at for at, _, _ in find_levels(mixed, seed, QUICK)]

    def settled(drawn: Numbers, decades: float) -> bool:
        return bool(np.all(false_rates(strengths, (drawn, decades)) > limits))

    rates = false_rates(strengths, reshuffled_strengths(values, find_edges, seed, settled=settled))
    rated = [replace(change, false_rate=float(rate)) for change, rate in zip(likely, rates, strict=True)]
    told = [change for change, limit in zip(rated, limits, strict=True) if change.false_rate <= limit]
    alone = sum(all(abs(at - edge) > TOLERANCE for edge in edges) for at in second)
    ordered = sorted(told, key=lambda change: (change.at, change.method))
    return Changes(tuple(ordered), len(likely) - len(told), alone)


def _limit(change: Change, length: int, false_rate: float) -> float:
    """The rate up to which a change is told: in a series of up to 120 periods once a reshuffle, or nothing could be."""
    if length > DECADE:
        return false_rate
    # Reshuffling leaves a pulse whole: alone in its series it comes back in each with both its edges.
    own = 2.2 if change.kind == "pulse" else 1.0
    return max(false_rate, own * DECADE / length * false_rate / FALSE_RATE)


def _levels(values: Numbers, second: Sequence[int], seed: int) -> list[Change]:
    likely = find_levels(values, seed)
    edges = [0, *(at for at, _, _ in likely), len(values)]
    changes = []
    for number, (at, chance, bound) in enumerate(likely, start=1):
        before, after = values[edges[number - 1] : at], values[at : edges[number + 1]]
        low, high = _bounds(bound, at, len(values))
        changes.append(
            Change(
                at=at,
                low=low,
                high=high,
                probability=chance,
                size=float(after.mean() - before.mean()),
                kind="pulse" if _comes_back(values, before, at) else "level",
                method="rbeast",
                agrees=any(abs(at - other) <= TOLERANCE for other in second),
                false_rate=float("inf"),
            )
        )
    return [change for change in changes if change.size != 0]


def _bounds(bound: Numbers, at: int, length: int) -> tuple[int, int]:
    if not np.isfinite(bound).all():
        return at, at
    low, high = int(np.floor(bound[0])), int(np.ceil(bound[1]))
    return max(min(low, at), 0), min(max(high, at), length - 1)


def _comes_back(values: Numbers, before: Numbers, at: int) -> bool:
    low, high = np.quantile(before, [0.1, 0.9])
    inside = (values >= low) & (values <= high)
    left = np.flatnonzero(~inside[at : at + _SHORTEST])
    start = at + (int(left[0]) if len(left) else 0)
    return any(
        bool(inside[place]) and bool(inside[place + 1])
        for place in range(start + 1, start + 1 + _RETURN)
        if place + 1 < len(values)
    )


def _drop_returns(found: list[Change]) -> list[Change]:
    """Leave out the way back from a pulse: it is the end of the same change."""
    kept: list[Change] = []
    for change in found:
        last = kept[-1] if kept else None
        is_return = (
            last is not None
            and last.kind == "pulse"
            and change.at - last.at <= _SHORTEST
            and change.size * last.size < 0
        )
        if not is_return:
            kept.append(change)
    return kept


def _pelt(values: Numbers) -> list[int]:
    import ruptures

    standardised = (values - values.mean()) / values.std()
    # The linear kernel is the squared error, searched by PELT in C: a thousand times faster than `Pelt`.
    search = ruptures.KernelCPD(kernel="linear", min_size=1).fit(standardised[:, None])
    return [int(at) for at in search.predict(pen=3 * np.log(len(values)))[:-1]]


def _apart(bursts: list[Burst], fitted: list[Change]) -> list[Burst]:
    """Bursts that are not the beginning of a change already found."""
    taken = [change.at for change in fitted if change.kind == "pulse" or change.size > 0]
    return [burst for burst in bursts if all(abs(burst.at - at) > 1 for at in taken)]


def _of_burst(burst: Burst) -> Change:
    return Change(burst.at, burst.low, burst.high, None, burst.size, "pulse", "outlier", None, float("inf"))
