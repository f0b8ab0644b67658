"""A pair as a page shows it: which records hold it, acts of each kind by year, events a page at a time."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.api.event_rows import events_of_rows
from detente.api.shaped import Shapes
from detente.model import Dyad as Pair
from detente.model import Event, Selection
from detente.store.looking import largest_pairs, largest_partners, records_between

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from detente.api.dyads import Dyad
    from detente.api.stores import Store
    from detente.store import Snapshot


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


def pair_overview(dyad: "Dyad", shapes: Shapes | None = None, **choices: Any) -> PairOverview:
    """Count what the store holds on a pair.

    Args:
        dyad: The pair.
        shapes: Of questions asked before.
        **choices: See `detente.api.dyads.Choices`.
    """
    from detente.measure.select import describe_selection
    from detente.ontology import country_name

    asked = shapes or Shapes()
    with dyad.store.snapshot() as snapshot:
        selection = dyad.select(snapshot, **choices)
        years = _years(snapshot, selection, asked)
        total = sum(item.n for item in years)
        return PairOverview(
            dyad.pair,
            (country_name(dyad.pair.a), country_name(dyad.pair.b)),
            selection.feed,
            selection.record_kind,
            total,
            _records(snapshot, selection),
            years,
            _acts(snapshot, selection, asked) if total <= MOST_ACTS else (),
            describe_selection(selection),
        )


def page_of_events(
    dyad: "Dyad", shapes: Shapes | None = None, *, offset: int = 0, limit: int = 50, **choices: Any
) -> EventsPage:
    """Some of the acts that a measure would count, latest first.

    Args:
        dyad: The pair.
        shapes: Of questions asked before.
        offset: Acts to pass over.
        limit: Most acts to give.
        **choices: See `detente.api.dyads.Choices`.
    """
    from detente.measure.select import describe_selection, select_events

    asked = shapes or Shapes()
    with dyad.store.snapshot() as snapshot:
        selection = dyad.select(snapshot, **choices)

        def rows(marked: Selection) -> "ir.Table":
            acts = select_events(snapshot.events(), marked).drop("direction")
            return acts.order_by([acts.date_start.desc(nulls_first=False), acts.event_id])

        def count(marked: Selection) -> "ir.Table":
            acts = select_events(snapshot.events(), marked)
            return acts.aggregate(n=acts.count())

        snapshot.events()  # the view that the SQL names
        ((total,),) = (row.values() for row in asked.rows(snapshot, "count", selection, count))
        ending = f" LIMIT {int(limit)} OFFSET {int(offset)}"
        found = asked.rows(snapshot, "page", selection, rows, ending)
        return EventsPage(dyad.pair, total, offset, events_of_rows(snapshot, found), describe_selection(selection))


def load_measuring(store: "Store") -> None:
    """Make what the first question on a pair would have to wait for: the libraries, and the views of the state."""
    import detente.api.dyads
    import detente.measure.index
    import detente.measure.select  # noqa: F401 - loaded, not used

    with store.snapshot() as snapshot:
        snapshot.events()


def biggest_pairs(store: "Store", most: int = 12) -> tuple[tuple[Pair, int], ...]:
    """The pairs of states and organisations with most events in a store, and how many each has."""
    with store.snapshot() as snapshot:
        rows = largest_pairs(snapshot, most)
    return tuple((Pair(row["a"], row["b"]), row["n"]) for row in rows)


def biggest_partners(store: "Store", side: str, most: int) -> tuple[str, ...]:
    """The sides with which one side has most events, most first.

    Args:
        store: Where to look.
        side: Its code; what a state was before counts with it.
        most: How many to give.
    """
    from detente.ontology import predecessors

    with store.snapshot() as snapshot:
        rows = largest_partners(snapshot, (side, *predecessors(side)), most)
    return tuple(row["other"] for row in rows)


def _records(snapshot: "Snapshot", selection: Selection) -> tuple[RecordCount, ...]:
    rows = records_between(snapshot, selection.a_codes, selection.b_codes)
    return tuple(RecordCount(row["record"], row["n"], row["first"], row["last"]) for row in rows)


def _years(snapshot: "Snapshot", selection: Selection, shapes: Shapes) -> tuple[YearCount, ...]:
    from detente.measure.select import select_events

    keys = ["year", "direction", "event_type", "quad"]

    def build(marked: Selection) -> "ir.Table":
        acts = select_events(snapshot.events(), marked)
        dated = acts.mutate(year=acts.date_start.year())
        return dated.group_by(keys).aggregate(n=dated.count()).order_by(keys)

    snapshot.events()
    return tuple(YearCount(**row) for row in shapes.rows(snapshot, "years", selection, build))


def _acts(snapshot: "Snapshot", selection: Selection, shapes: Shapes) -> tuple[DatedAct, ...]:
    from detente.measure.select import select_events

    names = ["event_id", "date_start", "date_end", "direction", "symmetric", "event_type"]

    def build(marked: Selection) -> "ir.Table":
        acts = select_events(snapshot.events(), marked)
        known = acts.filter(acts.date_start.notnull(), acts.date_precision.isin(["day", "month"]))
        return known.select(*names).order_by(["date_start", "event_id"])

    return tuple(DatedAct(**row) for row in shapes.rows(snapshot, "acts", selection, build))
