"""How many pairs of acts there are by kind and lag, and how many there would be by chance."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from detente.model.exchanges import LagCount, PairedActs

_BINS: Final = ((1, 1), (2, 3), (4, 7), (8, 14), (15, 28), (29, 60), (61, 180))
_SHIFTS: Final = 99
_YEAR: Final = 365
_FEWEST_YEARS: Final = 3
DayKinds = Counter[tuple[int | None, str | None]]  # acts by ordinal day and kind
Bin = tuple[int | None, int | None]


def count_lags(
    pairs: Sequence[PairedActs], by_day: Mapping[str, DayKinds], days: int, *, chance: bool
) -> tuple[LagCount, ...]:
    """Count pairs by direction, kinds and lag.

    Args:
        pairs: The pairs.
        by_day: Direction (`A>B`) to its acts by ordinal day and kind.
        days: Longest lag of a pair that is only consistent in time.
        chance: Whether to count also what moved days give.

    Returns:
        Counts by direction, kinds and lag; lags without a pair are left out.
    """
    bins = list(_bins(days))
    groups: dict[tuple[str, str, str | None, str | None, Bin], list[PairedActs]] = {}
    for pair in pairs:
        key = (pair.from_, pair.to, pair.stimulus, pair.answer, _bin(pair.lag_days, bins, days))
        groups.setdefault(key, []).append(pair)
    expected = _by_chance(by_day, bins, days) if chance else {}
    return tuple(
        LagCount(
            *key[:4],
            lag_first=key[4][0],
            lag_last=key[4][1],
            n=len(group),
            n_said=sum(pair.basis == "said" for pair in group),
            n_third=sum(pair.third is not None for pair in group),
            chance=expected.get(key),
        )
        for key, group in sorted(groups.items(), key=lambda item: _order(item[0]))
    )


def _order(key: tuple[str, str, str | None, str | None, Bin]) -> tuple[str, ...]:
    # None, an act of no kind or a lag that is not known, comes last.
    words = [part or "~" for part in key[:4]]
    return (*words, f"{key[4][0]:04d}" if key[4][0] is not None else "~")


def _bins(days: int) -> Iterator[tuple[int, int]]:
    for first, last in _BINS:
        if first <= days:
            yield first, min(last, days)


def _bin(lag: int | None, bins: Sequence[tuple[int, int]], days: int) -> Bin:
    if lag is None:
        return None, None
    if lag > days:
        return days + 1, None
    return next((one for one in bins if one[0] <= lag <= one[1]), (0, 0))


def _by_chance(
    by_day: Mapping[str, DayKinds], bins: Sequence[tuple[int, int]], days: int
) -> dict[tuple[str, str, str | None, str | None, Bin], float]:
    """The mean number of pairs over shifts of the stimulus's days round the record, a year or more either way."""
    known = [day for acts in by_day.values() for day, _ in acts if day is not None]
    if not known or max(known) - min(known) < _FEWEST_YEARS * _YEAR:
        return {}
    first, n_days = min(known), max(known) - min(known) + 1
    shifts = np.unique(np.linspace(_YEAR, n_days - _YEAR, _SHIFTS).astype(int))
    found: dict[tuple[str, str, str | None, str | None, Bin], float] = {}
    series = {(way, kind): _series(acts, kind, first, n_days) for way, acts in by_day.items() for kind in _kinds(acts)}
    for (way, stimulus), causes in series.items():
        lags = np.stack([_lags(np.roll(causes > 0, shift), days) for shift in shifts])
        for (back, answer), answers in series.items():
            if back == way:
                continue
            by_lag = _add_by_lag(lags, answers, days)
            for first_lag, last_lag in bins:
                n = float(by_lag[first_lag : last_lag + 1].sum()) / len(shifts)
                found[*way.split(">"), stimulus, answer, (first_lag, last_lag)] = n  # type: ignore[index]
    return found


def _add_by_lag(lags: npt.NDArray[np.int64], answers: npt.NDArray[np.float64], days: int) -> npt.NDArray[np.float64]:
    """Answers over all shifts by their lag, (days + 2,); the last is of longer ones."""
    at = np.flatnonzero(answers)
    weights = np.tile(answers[at], len(lags))
    by_lag = np.bincount(np.minimum(lags[:, at], days + 1).ravel(), weights, minlength=days + 2)
    return np.asarray(by_lag, dtype=np.float64)


def _kinds(acts: DayKinds) -> list[str]:
    return sorted({kind for _, kind in acts if kind is not None})


def _series(acts: DayKinds, kind: str, first: int, n_days: int) -> npt.NDArray[np.float64]:
    found = np.zeros(n_days)
    for (day, of_kind), n in acts.items():
        if day is not None and of_kind == kind:
            found[day - first] += n
    return found


def _lags(causes: npt.NDArray[np.bool_], days: int) -> npt.NDArray[np.int64]:
    """Days since the latest act before each day, (n_days,); more than `days` where there is none."""
    places = np.where(causes, np.arange(len(causes)), -days - 1)
    before = np.concatenate([[-days - 1], np.maximum.accumulate(places)[:-1]])
    return np.asarray(np.arange(len(causes)) - before)
