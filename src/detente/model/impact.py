"""What an impact is weighed against: donors, their weights, who was left out, and how far the answer depends on it."""

import datetime as dt
from dataclasses import dataclass

from detente.model.events import Dyad


@dataclass(frozen=True, slots=True)
class DonorWeight:
    """A donor and its weight in the synthetic control of the headline."""

    dyad: Dyad
    weight: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Pairs that are no donors for one reason; `dyads` names the busiest of them."""

    reason: str
    n: int
    dyads: tuple[Dyad, ...]


@dataclass(frozen=True, slots=True)
class OtherRule:
    """The headline by another reasonable rule of who is a donor."""

    rule: str
    n_donors: int
    effect: float
    low: float
    high: float
    p_value: float


@dataclass(frozen=True, slots=True)
class TimePlacebo:
    """The same comparison at an earlier date, at which nothing of this shock had happened."""

    date: dt.date
    effect: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Universe:
    """The headline effect under one set of choices, in acts a period (in the outcome's unit) and relative."""

    after: int  # periods after the shock that count
    rule: str
    one_a_day: bool
    actors: str
    scale: str  # coverage, count or log
    n_donors: int
    effect: float
    relative: float | None
    publishers: str = "all"  # or `without IND`: the press of a side left out


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the counterfactual of the headline (joint) rests on.

    Attributes:
        rule: Who is a donor, in words.
        n_donors: Donors of the headline.
        n_periods: Periods before the shock and after it.
        weights: Donors by weight, those of at least one in a hundred.
        left_out: Pairs that are no donors, by reason.
        other_rules: The headline by other rules.
        leave_one_out: Lowest and highest effect where each donor with weight is left out in turn.
        in_time: The same comparison at earlier dates.
        anticipation: Mean gap in the periods left out before the shock, None where there are none.
        anticipation_p: Its rank among the donors.
        visible: First day of the period from which the gap is stranger than at nine of ten donors, and stays so.
        lasted: Periods from `visible` on until it was back among them, None where it was never visible.
        ended: Whether it was back before the record (or the window) ended.
        fit: Share of the pair's variance before the shock that the synthetic control follows; below 0 it follows none.
        smallest: Size of effect that the donors' placebos would have let be told from nothing at 10 %.
        multiverse: The headline under other choices; empty where not asked.
        agree: Share of those choices whose effect has the sign of the headline's.
        anticipation_days: Days before the shock that do not count as before.
    """

    rule: str
    n_donors: int
    n_periods: tuple[int, int]
    weights: tuple[DonorWeight, ...]
    left_out: tuple[LeftOut, ...]
    other_rules: tuple[OtherRule, ...]
    leave_one_out: tuple[float, float] | None
    in_time: tuple[TimePlacebo, ...]
    anticipation: float | None
    anticipation_p: float | None
    visible: dt.date | None
    lasted: int | None
    ended: bool
    fit: float
    smallest: float
    multiverse: tuple[Universe, ...] = ()
    agree: float | None = None
    anticipation_days: int = 30
