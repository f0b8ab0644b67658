"""What was reviewed and what was not: the history of an event, the reviews of a pair, and how many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.api.objects import plain
from detente.api.review_plan import report_row
from detente.api.review_values import changes_between
from detente.model import Event
from detente.model.reviews import CORRECTION_PREFIX, Review, Standing
from detente.store import Snapshot
from detente.store.reviews import review_states, state_key

if TYPE_CHECKING:
    from detente.api.dyads import Dyad
    from detente.api.stores import Store


@dataclass(frozen=True, slots=True)
class EventHistory:
    """What people decided of an event.

    Attributes:
        event: The event as it stands.
        standing: The last judgement that stands; None for none.
        state: The event's state, which a decision names; another one as soon as anything is linked to the event.
        new_reports: Reports that joined after that judgement.
        reviews: All reviews about it, in order of time.
        changes: For each review what a correction set: field, before, after.
    """

    event: Event
    standing: Standing | None
    state: str
    new_reports: tuple[str, ...]
    reviews: tuple[Review, ...]
    changes: tuple[tuple[dict[str, str], ...], ...]


def read_history(store: "Store", event_id: str) -> EventHistory:
    """What people decided of an event.

    Args:
        store: Any store; of one that leaves reviews aside nothing is told.
        event_id: An id once shown.

    Raises:
        InputError: If no event ever had this id.
    """
    with store.snapshot() as snapshot:
        return event_histories(snapshot, snapshot.event_records([event_id]))[0]


def event_histories(snapshot: Snapshot, events: Sequence[Event]) -> tuple[EventHistory, ...]:
    """The histories of events of a snapshot, in their order."""
    links = event_links(snapshot, events)
    return tuple(_history(snapshot, event, links[event.event_id]) for event in events)


def _history(snapshot: Snapshot, event: Event, links: list[dict[str, Any]]) -> EventHistory:
    reviews = event.reviews
    state = review_states(reviews).get(event.event_id)
    judged = [
        review for review in reviews if not review.taken_back and review.decision in {"accept", "reject", "correct"}
    ]
    return EventHistory(
        event,
        state.standing if state else None,
        state_key(links, event.event_id),
        _joined_after(event, links, judged[-1]) if judged else (),
        reviews,
        tuple(_changes(snapshot, reviews)),
    )


def event_links(snapshot: Snapshot, events: Iterable[Event]) -> dict[str, list[dict[str, Any]]]:
    """All links on each of some events and on its reports, as rows by event."""
    members = {event.event_id: {event.event_id, *event.report_ids} for event in events}
    if isinstance(snapshot, Snapshot) and not snapshot.has_links():
        return {event_id: [] for event_id in members}
    asked = snapshot.ids_table(name for names in members.values() for name in names)
    links = snapshot.table("links")
    parts = [links.semi_join(asked, links[column] == asked.id) for column in ("report_id", "event_id", "supersedes")]
    rows = parts[0].union(*parts[1:], distinct=True).to_pyarrow().to_pylist()
    return {
        event_id: [row for row in rows if names & {row["report_id"], row["event_id"], row["supersedes"]}]
        for event_id, names in members.items()
    }


def history_object(history: EventHistory) -> dict[str, Any]:
    """A history as JSON knows it."""
    return {
        "event_id": history.event.event_id,
        "standing": history.standing,
        "state": history.state,
        "new_reports": list(history.new_reports),
        "reviews": review_objects(history.reviews, history.changes),
    }


def review_objects(
    reviews: Sequence[Review], changes: Sequence[Sequence[Mapping[str, str]]] = ()
) -> list[dict[str, Any]]:
    """Reviews as JSON knows them; with what each correction set where that is given."""
    told = changes or [()] * len(reviews)
    return [
        {**plain(review), "changes": [dict(item) for item in items]}
        for review, items in zip(reviews, told, strict=True)
    ]


def decision_words(review: Review) -> str:
    """A review in a line: who decided what, when and why."""
    words = {
        "accept": "accepted",
        "reject": "rejected",
        "correct": "corrected",
        "merge": "merged",
        "split": "split",
        "undo": "took back a decision",
    }
    day = review.recorded_at.isoformat(sep=" ", timespec="minutes").replace("+00:00", " UTC")
    return f"{words[review.decision]} by {review.by} on {day}" + (f": {review.reason}" if review.reason else "")


def reviews_of_pair(
    dyad: "Dyad", *, unreviewed: bool = False, most: int = 1_000, **choices: Any
) -> tuple[EventHistory, ...]:
    """The events of a pair that were reviewed, or those that wait for it, whatever their status.

    Args:
        dyad: The pair.
        unreviewed: Whether those without a judgement are given, and those that other reports joined since.
        most: Most to give.
        **choices: See `detente.api.dyads.Choices`.

    Returns:
        In order of date, the undated last.
    """
    from detente.measure.select import select_pair

    with dyad.store.snapshot() as snapshot:
        rows = select_pair(snapshot.all_events(), dyad.select(snapshot, **choices))
        order = [rows.date_start.asc(nulls_first=False), rows.event_id]
        named = {event_id for review in snapshot.reviews for event_id in review.event_ids}
        known = snapshot.ids_table(named)
        ids = rows.semi_join(known, rows.event_id == known.id).event_id.to_pyarrow().to_pylist()
        found = event_histories(snapshot, snapshot.event_records(ids)) if ids else ()
        if unreviewed:
            waiting = [item for item in found if item.standing is None or item.new_reports]
            fresh = rows.anti_join(known, rows.event_id == known.id).order_by(order).limit(most)
            names = fresh.event_id.to_pyarrow().to_pylist()
            found = (*waiting, *event_histories(snapshot, snapshot.event_records(names))) if names else tuple(waiting)
    return tuple(sorted(found, key=_by_day))[:most]


def reviewed_events(store: "Store") -> tuple[EventHistory, ...]:
    """Every event of a store that was reviewed, in order of the last review."""
    with store.snapshot() as snapshot:
        last = {name: review.recorded_at for review in snapshot.reviews for name in review.event_ids}
        if not last:
            return ()
        ids = list(dict.fromkeys(snapshot.resolve_events(sorted(last, key=lambda name: (last[name], name)))))
        return event_histories(snapshot, snapshot.event_records(ids))


def report_lines(store: "Store", event: Event) -> list[dict[str, Any]]:
    """The reports of an event with publisher and words: what a split chooses from."""
    with store.snapshot() as snapshot:
        evidence = snapshot.table("evidence")
        asked = snapshot.ids_table(event.report_ids)
        mine = evidence.semi_join(asked, evidence.report_id == asked.id).order_by("report_id", "start")
        rows = mine.select("report_id", "publisher", "quote").to_pyarrow().to_pylist()
    first = {row["report_id"]: row for row in reversed(rows)}
    return [first.get(name, {"report_id": name, "publisher": None, "quote": None}) for name in event.report_ids]


def _by_day(history: EventHistory) -> tuple[date, str]:
    return history.event.report.date_start or date.max, history.event.event_id


def _joined_after(event: Event, links: Iterable[Mapping[str, Any]], judged: Review) -> tuple[str, ...]:
    """Reports of an event that were linked to it only after a judgement."""
    before = {row["report_id"] for row in links if row["recorded_at"] <= judged.recorded_at}
    told = [name for name in event.report_ids if not name.startswith(CORRECTION_PREFIX)]
    return tuple(name for name in told if name not in before and name != event.event_id)


def _changes(snapshot: Snapshot, reviews: Iterable[Review]) -> Iterable[tuple[dict[str, str], ...]]:
    for review in reviews:
        if review.decision == "correct" and review.corrects:
            rows = [report_row(snapshot, name) for name in (review.corrects, review.report_ids[0])]
            yield tuple(changes_between(*rows))
        else:
            yield ()
