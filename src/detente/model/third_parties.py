"""Who else moved: relations of each side with others, sides taken, triads."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.model.events import Dyad
from detente.model.results import Every

Sign = Literal["+", "-", "0"]


@dataclass(frozen=True, slots=True)
class RelationChange:
    """The change of one relation at the date, by the estimator of `impact`.

    Attributes:
        dyad: A side and another.
        outcome: Name of the series.
        estimator: How the change was estimated.
        effect: After less before, in `unit`.
        low: Lower end of its 90 % interval.
        high: Upper end.
        p_value: By rank among placebo dates; None where none fits.
        p_floor: The smallest p that they allow.
        p_adjusted: After Holm (1979), over all relations and outcomes of the estimator.
        p_adjusted_bh: After Benjamini and Hochberg (1995), over the same.
        n_before: Acts in the window before.
        n_after: Acts in the window after.
        before: Mean a period before.
        after: Mean a period after.
        unit: What the effect is counted in.
    """

    dyad: Dyad
    outcome: str
    estimator: str
    effect: float
    low: float
    high: float
    p_value: float | None
    p_floor: float | None
    p_adjusted: float | None
    p_adjusted_bh: float | None
    n_before: int
    n_after: int
    before: float | None
    after: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class SideTaken:
    """Acts of another toward the two sides; days on which at least one such act lies.

    Attributes:
        who: The other.
        sanction_a: Days with a SANCTION of A after the date; `sanction_b` of B, and so on.
        sanction_b: The same toward B.
        accuse_a: Days with an ACCUSE of A.
        accuse_b: The same toward B.
        support_a: Days with a SUPPORT of A.
        support_b: The same toward B.
        against_a: Days after the date with an act against A (its sanction, its accusation, support of B).
        against_b: The same against B.
        against_a_before: `against_a` in the window before.
        against_b_before: `against_b` in the window before.
        p_value: Of even odds between the two, two-sided (exact binomial); None from a chosen record.
        p_adjusted: After Benjamini and Hochberg over all others.
        sided_with: Code of the side it took, None where that cannot be told.
    """

    who: str
    sanction_a: int
    sanction_b: int
    accuse_a: int
    accuse_b: int
    support_a: int
    support_b: int
    against_a: int
    against_b: int
    against_a_before: int
    against_b_before: int
    p_value: float | None
    p_adjusted: float | None
    sided_with: str | None


@dataclass(frozen=True, slots=True)
class Triad:
    """The signs of the three relations of A, B and another, before and after.

    `ab`, `a_other` and `b_other` are `+` (mostly cooperation), `-` (mostly conflict) or `0` (cannot be told), each
    as (before, after). Balanced is a triad whose signs multiply to plus (Heider 1946, Cartwright and Harary 1956);
    None where a sign is 0.
    """

    other: str
    ab: tuple[Sign, Sign]
    a_other: tuple[Sign, Sign]
    b_other: tuple[Sign, Sign]
    balanced_before: bool | None
    balanced_after: bool | None


@dataclass(frozen=True, slots=True)
class PairDescription:
    """Acts of a side with another in equal windows before and after; conflict is quad 3 and 4 without REQUEST."""

    dyad: Dyad
    before: int
    after: int
    conflict_before: int
    conflict_after: int


@dataclass(frozen=True, slots=True)
class ThirdPartiesResult:
    """`detente third-parties`; `described` holds the counts of a chosen record, from which nothing is estimated."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    shock: date
    shocker: str | None
    every: Every
    days: int  # length of the windows of sides, triads and description
    relations: tuple[RelationChange, ...]
    sides: tuple[SideTaken, ...]
    triads: tuple[Triad, ...]
    described: tuple[PairDescription, ...]
    notes: tuple[str, ...] = ()
    query: str = ""
