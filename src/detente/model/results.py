"""What measures answer: frozen results with their interval, unit, n, method and notes."""

import datetime as dt
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from detente.model.events import Dyad
from detente.model.impact import Comparison
from detente.model.impact_path import ImpactPath

Every = Literal["day", "week", "month", "quarter", "year"]
SERIES: Final = (
    "volume",
    "conflict_volume",
    "cooperation_volume",
    "tone",
    "conflict_share",
    "military_share",
    "coercive_share",
    "net",
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events a measure reads. It is printed with every answer.

    Attributes:
        dyad: The two sides as asked.
        a_codes: Codes that count as side A: its own and its predecessors'.
        b_codes: The same for side B.
        feed: The one feed read; None for a chosen record.
        record_kind: `feed` or `chosen`; the two are never mixed.
        actors: `state` keeps state agents on both sides, `all` keeps everyone.
        one_a_day: Whether equal (date, source, target, code) rows count once.
        since: First day that counts.
        until: Last day that counts.
        strict: Whether alleged acts are left out.
    """

    dyad: Dyad
    a_codes: tuple[str, ...]
    b_codes: tuple[str, ...]
    feed: str | None
    record_kind: Literal["feed", "chosen"]
    actors: Literal["state", "all"] = "state"
    one_a_day: bool = False
    since: date | None = None
    until: date | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 90 % interval; all None where it cannot be told."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class IndexRow:
    """The relation in one period and direction. Counts are events per period, tone is score per event."""

    period: date  # first day of the period
    direction: str  # "RUS>JPN", "JPN>RUS" or "joint"
    n: int
    volume: Estimate
    conflict_volume: Estimate
    cooperation_volume: Estimate
    tone: Estimate
    conflict_share: Estimate
    military_share: Estimate
    coercive_share: Estimate
    net: Estimate
    others: int | None = None  # events of the record in the period that involve neither side
    volume_rate: Estimate = Estimate(None, None, None)  # events per 1,000 of `others`
    conflict_rate: Estimate = Estimate(None, None, None)
    cooperation_rate: Estimate = Estimate(None, None, None)
    group: str | None = None  # the issue, or whose press, where the index was asked by one


@dataclass(frozen=True, slots=True)
class IndexResult:
    """`detente index`: rows in order of period, then direction."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    every: Every
    scale: str | None
    rows: tuple[IndexRow, ...]
    notes: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A date at which a series changes; `evidence` lists ids of events that carry it."""

    date: dt.date
    low: dt.date
    high: dt.date
    probability: float | None
    size: float
    sign: int
    direction: str
    kind: Literal["level", "pulse"]
    series: str
    method: str
    agrees: bool | None = None  # whether the second opinion has a change within two periods
    evidence: tuple[str, ...] = ()
    false_rate: float | None = None  # changes as strong in 120 periods of the same series reshuffled in blocks


@dataclass(frozen=True, slots=True)
class BreaksResult:
    """`detente breaks`."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    every: Every
    breaks: tuple[Break, ...]
    notes: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """The change of one outcome at the shock; `p_floor` is the smallest p the placebos allow."""

    outcome: str
    direction: str
    estimator: str
    effect: float
    low: float
    high: float
    level: float  # of the interval, 0.9
    p_value: float | None
    p_floor: float | None
    n_before: int
    n_after: int
    unit: str
    before: float | None = None  # mean per period before the shock, in `unit`
    after: float | None = None
    p_adjusted: float | None = None
    expected: float | None = None  # mean per period after the shock without it; None where there is no counterfactual
    relative: float | None = None  # effect over expected, of counts


@dataclass(frozen=True, slots=True)
class ImpactResult:
    """`detente impact`; `range` is (lowest, highest) headline effect over what was tried."""

    dyad: Dyad
    feed: str | None
    record_kind: str
    shock: date
    shocker: str | None
    every: Every
    donors: tuple[str, ...]
    headline: str
    results: tuple[ImpactRow, ...]
    range: tuple[float, float] | None
    notes: tuple[str, ...] = ()
    query: str = ""
    placebos: tuple[float, ...] = ()  # headline effect at each placebo date, or at each donor
    comparison: Comparison | None = None
    path: ImpactPath | None = None  # the headline (joint) by period against the synthetic control, donors behind


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """A measure in force, suspended or ended on a day, by the events that say so, or by a table.

    Attributes:
        form: What a sanction or restriction consists of (`export ban, asset freeze`); empty where not told.
        basis: `acts` of the record, `membership` (an organisation's acts, carried to a member), `table` (standing
            treaties and disputes that come with detente), `structural` (a table the user has).
        source: The document or data set behind what rests on no act of the pair.
        last_known: Year in which a structural table ends, where the day asked about lies after it.
    """

    kind: str  # sanction, agreement, deployment, restriction, talks, ...
    what: str
    by: str
    against: str
    status: Literal["in force", "ended", "suspended", "announced", "last known"]
    since: date | None
    until: date | None
    known_since: date | None
    evidence: tuple[str, ...]
    form: str = ""
    basis: Literal["acts", "membership", "table", "structural"] = "acts"
    source: str | None = None
    last_known: int | None = None


@dataclass(frozen=True, slots=True)
class LedgerResult:
    """`detente ledger`; `acts` counts the acts that were weighed; done acts (expulsions) stand `beside` the entries."""

    dyad: Dyad
    as_of: date
    known_by: date | None
    entries: tuple[LedgerEntry, ...]
    acts: int
    notes: tuple[str, ...] = ()
    query: str = ""
    beside: tuple[LedgerEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """A chosen record before or after the shock: what it holds, not what happened."""

    label: Literal["before", "after"]
    start: date
    end: date
    n: int
    by_type: dict[str, int]
    by_direction: dict[str, int]
    tone: float | None  # mean PLOVER score per act
    conflict_share: float | None  # share of acts with quad 3 or 4, REQUEST left out
    military_share: float | None
    coercive_share: float | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """The first or last act of a kind in the record: `first SANCTION JPN>RUS`."""

    which: Literal["first", "last"]
    event_type: str
    direction: str
    day: date | None
    event_id: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two acts of which the second is called an answer by its own source's words (`cue`)."""

    answer: str  # event id
    to: str | None  # event id of the act it answers, None where the record has none that fits
    cue: str
    days: int | None


@dataclass(frozen=True, slots=True)
class DescriptionResult:
    """What a chosen record holds before and after a shock: description, no test and no estimate."""

    dyad: Dyad
    shock: date
    periods: tuple[PeriodCount, ...]
    per_year: dict[int, dict[str, int]]  # year -> event type -> acts
    milestones: tuple[Milestone, ...]
    turns: dict[str, tuple[str, ...]]  # signed, suspended, revoked, resumed -> event ids
    exchanges: tuple[Exchange, ...]
    undated: int
    notes: tuple[str, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class ForceRow:
    """Equipment or troops as a report gives them: a figure with its source, not a count."""

    country: str
    item: str
    category: str
    count: float | None
    unit: str | None
    day: date | None
    event_id: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class ForcesResult:
    """Forces as reported."""

    dyad: Dyad
    rows: tuple[ForceRow, ...]
    notes: tuple[str, ...] = field(default=())
    query: str = ""
