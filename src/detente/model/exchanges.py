"""What `detente exchanges` answers: which act may have been answered by which."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.model.events import Dyad


@dataclass(frozen=True, slots=True)
class PairedActs:
    """An act of one side and a later one of the other: called an answer by a source, or only consistent in time.

    A name with a final underscore loses it wherever the answer leaves Python: `from_` is `from` in JSON.

    Attributes:
        from_: Who acted first.
        to: Who acted after it.
        stimulus: Kind of the first act: `conflict` or `cooperation`; None where no act of the record fits.
        answer: Kind of the second act; None where its class is neither (a request).
        basis: `said`: the source's own words call it an answer; `time`: it only follows.
        lag_days: Days between the two; None where a date is not known to the day.
        stimulus_type: Event type of the first act.
        answer_type: Event type of the second.
        stimulus_date: First day of the first act.
        answer_date: First day of the second.
        cue: The words that call it an answer.
        third: A third party that had to do with both sides shortly before, and so may be behind both acts.
        third_type: Event type of its latest act with the side that acted first.
        third_date: The day of that act.
        stimulus_event: Event id of the first act.
        answer_event: Event id of the second.
        third_event: Event id of the third party's act.
    """

    from_: str
    to: str
    stimulus: str | None
    answer: str | None
    basis: Literal["said", "time"]
    lag_days: int | None
    stimulus_type: str | None
    answer_type: str | None
    stimulus_date: date | None
    answer_date: date | None
    cue: str | None
    third: str | None
    third_type: str | None
    third_date: date | None
    stimulus_event: str | None
    answer_event: str
    third_event: str | None


@dataclass(frozen=True, slots=True)
class LagCount:
    """How many pairs there are of two kinds at some lags.

    Attributes:
        from_: Who acted first.
        to: Who acted after it.
        stimulus: Kind of the first act.
        answer: Kind of the second.
        lag_first: Least days between the two; None where the lag is not known.
        lag_last: Most; None where there is no limit, or the lag is not known.
        n: Pairs.
        n_said: Pairs of these that a source calls an answer.
        n_third: Pairs of these that a third party may be behind.
        chance: Pairs that are there on average when the first side's days are moved by a year or more; None in a
            chosen record, and where the record is shorter than three years.
    """

    from_: str
    to: str
    stimulus: str | None
    answer: str | None
    lag_first: int | None
    lag_last: int | None
    n: int
    n_said: int
    n_third: int
    chance: float | None


@dataclass(frozen=True, slots=True)
class ExchangesResult:
    """`detente exchanges`: pairs in order of the second act's date, and how many there are by kind and lag."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    days: int
    exchanges: tuple[PairedActs, ...]
    lags: tuple[LagCount, ...]
    notes: tuple[str, ...] = ()
    query: str = ""
