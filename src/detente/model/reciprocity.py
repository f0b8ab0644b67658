"""What `detente reciprocity` answers: who answers whom, how strongly, how fast."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.model.events import Dyad


@dataclass(frozen=True, slots=True)
class Response:
    """How one side answers acts of the other, by one method in one period.

    A name with a final underscore loses it wherever the answer leaves Python: `from_` is `from` in JSON.

    Attributes:
        from_: Whose acts may be answered.
        to: Who answers.
        method: `excitation` (daily point process) or `var` (vector autoregression by week or month).
        p_value: Of no answer at all, simulated under no cross term; two-sided.
        response: How strongly, in `unit`; below zero: the answer is less of it.
        low: Lower end of the 90 % interval.
        high: Upper end.
        half_life_days: Days until half of the answer is given; None where the interval holds zero.
        period: `whole`, `before` or `after` the split, or `without 1990-Q3` (the loudest quarter).
        baseline: Whether coverage and the slow level are allowed for.
        third_parties: Whether acts with third parties are allowed for.
        stimulus: Kind of act that is answered: `conflict`, `cooperation`, `verbal conflict`, `material conflict`.
        answer: Kind of act that answers.
        half_life_low: Lower end of the half-life's 90 % interval.
        half_life_high: Upper end.
        unit: What `response` counts.
        n_from: Acts of the kind that may be answered, in the period.
        n_to: Acts of the answering kind, in the period.
        lags: Lags of the VAR in its periods; None for `excitation`.
    """

    from_: str
    to: str
    method: Literal["excitation", "var"]
    p_value: float
    response: float
    low: float
    high: float
    half_life_days: float | None
    period: str
    baseline: bool
    third_parties: bool
    stimulus: str
    answer: str
    half_life_low: float | None
    half_life_high: float | None
    unit: str
    n_from: int
    n_to: int
    lags: int | None = None


@dataclass(frozen=True, slots=True)
class ReciprocityResult:
    """`detente reciprocity`; `third` names the third parties whose acts are inputs of their own."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    split: date | None
    responses: tuple[Response, ...]
    third: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    query: str = ""
