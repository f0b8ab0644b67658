"""A pair as a page shows it: which records hold it, acts of each kind by year, events a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.model import Dyad as Pair
from detente.model import Event, Selection

if TYPE_CHECKING:
    from detente.api.dyads import Dyad
    from detente.api.stores import Store


@dataclass(frozen=True, slots=True)
class RecordCount:
    """Rows of one feed (`chosen` for the reports) on a pair, whoever acts, and their first and last day."""

    feed: str
    n: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class YearCount:
    """Acts of a year by type and direction; `quad` is null where the type has none."""

    year: int | None  # null: the day is not known
    direction: str
    event_type: str | None
    quad: int | None
    n: int


@dataclass(frozen=True, slots=True)
class DatedAct:
    """One act for a timeline."""

    event_id: str
    date_start: date
    date_end: date
    direction: str
    symmetric: bool
    event_type: str | None


@dataclass(frozen=True, slots=True)
class PairOverview:
    """What a store holds on a pair.

    Attributes:
        dyad: The two sides.
        names: Their English names.
        feed: The one record the choices read; null for the chosen record.
        record_kind: `feed` or `chosen`.
        n: Acts the choices count.
        records: Every record with rows on the pair.
        years: Acts by year, direction and type.
        acts: The single acts dated to a day or a month, where they are few enough to tell apart.
        query: The selection in words.
    """

    dyad: Pair
    names: tuple[str, str]
    feed: str | None
    record_kind: str
    n: int
    records: tuple[RecordCount, ...]
    years: tuple[YearCount, ...]
    acts: tuple[DatedAct, ...]
    query: str


@dataclass(frozen=True, slots=True)
class EventsPage:
    """Some events of a pair in order of date, latest first; `total` counts all."""

    dyad: Pair
    total: int
    offset: int
    events: tuple[Event, ...]
    query: str


MOST_ACTS = 500
"""Single acts an overview gives; more cannot be told apart in a figure."""


def pair_overview(dyad: "Dyad", **choices: Any) -> PairOverview:
    """Count what the store holds on a pair.

    Args:
        dyad: The pair.
        **choices: See `detente.api.dyads.Choices`.
    """
    from detente.measure.select import describe_selection, select_events
    from detente.ontology import country_name

    with dyad.store.snapshot() as snapshot:
        selection = dyad.select(snapshot, **choices)
        view = snapshot.events()
        acts = select_events(view, selection)
        years = _years(acts)
        total = sum(item.n for item in years)
        return PairOverview(
            dyad.pair,
            (country_name(dyad.pair.a), country_name(dyad.pair.b)),
            selection.feed,
            selection.record_kind,
            total,
            _records(view, selection),
            years,
            _acts(acts) if total <= MOST_ACTS else (),
            describe_selection(selection),
        )


def page_of_events(dyad: "Dyad", *, offset: int = 0, limit: int = 50, **choices: Any) -> EventsPage:
    """Some of the acts that a measure would count, latest first.

    Args:
        dyad: The pair.
        offset: Acts to pass over.
        limit: Most acts to give.
        **choices: See `detente.api.dyads.Choices`.
    """
    from detente.measure.select import describe_selection, select_events

    with dyad.store.snapshot() as snapshot:
        selection = dyad.select(snapshot, **choices)
        rows = select_events(snapshot.events(), selection)
        total = int(rows.count().to_pyarrow().as_py())
        ordered = rows.order_by([rows.date_start.desc(nulls_first=False), rows.event_id])
        ids = ordered.limit(limit, offset=offset).event_id.to_pyarrow().to_pylist()
        return EventsPage(dyad.pair, total, offset, snapshot.event_records(ids), describe_selection(selection))


def biggest_pairs(store: "Store", most: int = 12) -> tuple[tuple[Pair, int], ...]:
    """The pairs of states and organisations with most events in a store, and how many each has."""
    import ibis

    with store.snapshot() as snapshot:
        rows = snapshot.events()
        sided = rows.filter(
            rows.source_country.notnull(), rows.target_country.notnull(), rows.source_country != rows.target_country
        )
        paired = sided.select(
            a=ibis.least(sided.source_country, sided.target_country),
            b=ibis.greatest(sided.source_country, sided.target_country),
        )
        counts = paired.group_by(["a", "b"]).aggregate(n=paired.count())
        top = counts.order_by([counts.n.desc(), counts.a, counts.b]).limit(most).to_pyarrow().to_pylist()
    return tuple((Pair(row["a"], row["b"]), row["n"]) for row in top)


def _records(view: Any, selection: Selection) -> tuple[RecordCount, ...]:
    import ibis

    a, b = list(selection.a_codes), list(selection.b_codes)
    mine = view.filter(
        (view.source_country.isin(a) & view.target_country.isin(b))
        | (view.source_country.isin(b) & view.target_country.isin(a))
    )
    mine = mine.mutate(record=ibis.ifelse(mine.record_kind == "chosen", "chosen", mine.feed))
    found = mine.group_by("record").aggregate(n=mine.count(), first=mine.date_start.min(), last=mine.date_end.max())
    rows = found.order_by([found.n.desc(), found.record]).to_pyarrow().to_pylist()
    return tuple(RecordCount(row["record"], row["n"], row["first"], row["last"]) for row in rows)


def _years(acts: Any) -> tuple[YearCount, ...]:
    dated = acts.mutate(year=acts.date_start.year())
    keys = ["year", "direction", "event_type", "quad"]
    found = dated.group_by(keys).aggregate(n=dated.count()).order_by(keys).to_pyarrow().to_pylist()
    return tuple(YearCount(**row) for row in found)


def _acts(acts: Any) -> tuple[DatedAct, ...]:
    known = acts.filter(acts.date_start.notnull(), acts.date_precision.isin(["day", "month"]))
    names = ["event_id", "date_start", "date_end", "direction", "symmetric", "event_type"]
    rows = known.select(*names).order_by(["date_start", "event_id"]).to_pyarrow().to_pylist()
    return tuple(DatedAct(**row) for row in rows)
