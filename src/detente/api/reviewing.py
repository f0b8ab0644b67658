"""Reviewing: a decision on an event becomes links, and for a correction a report; nothing is overwritten.

Two reviewers at once: a decision names the state of the event that it was made on. The input hash of its import is
made of event and state, and the store takes each input once: of two decisions on one state the first recorded counts,
and the other is told what changed. The same decision sent twice is stored once.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from detente.api.review_lists import EventHistory, decision_words, event_links, read_history
from detente.api.review_plan import Plan, plan_review
from detente.engines.tables import EngineTables
from detente.errors import InputError
from detente.model import stable_id
from detente.model.reviews import DECISIONS, REVIEW_KIND, Decision
from detente.store import Batch, Snapshot, new_import_id
from detente.store.locking import one_writer
from detente.store.reviews import state_key

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.api.stores import Store

MOST_NAME: Final = 80
MOST_REASON: Final = 1_000


class ReviewConflictError(InputError):
    """The event was changed by someone else since the reviewer saw it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What someone decides of an event.

    Attributes:
        event_id: An id once shown.
        decision: What is decided.
        by: Who: a name.
        reason: Why; only an acceptance may leave it out.
        values: Of a correction, texts by field.
        other: Of a merge, the event that is merged into this one.
        reports: Of a split, the reports that become an event of their own.
        seen: The state of the event that the reviewer saw; None for the present one.
    """

    event_id: str
    decision: Decision
    by: str
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    other: str | None = None
    reports: Sequence[str] = ()
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewDone:
    """What came of a decision.

    Attributes:
        review_id: The import that holds it.
        decision: What was decided.
        event_id: The event now; of a merge the survivor.
        new_event: Of a split, the event that was made.
        state: The event's state now.
        already: Whether the same decision was stored before, so that nothing was written.
    """

    review_id: str
    decision: Decision
    event_id: str
    new_event: str | None
    state: str
    already: bool


def review_event(store: "Store", decided: Decided) -> ReviewDone:
    """Store a decision.

    Args:
        store: The user's own store.
        decided: The decision.

    Returns:
        What came of it; the same decision sent again changes nothing.

    Raises:
        InputError: If name, reason or a value will not do, or the decision does not fit the event.
        ReviewConflictError: If the event was changed since it was seen.
        StoreError: If it cannot be written; nothing is stored then.
    """
    decided = _checked(store, decided)
    with one_writer(store.tables.path, "review"):
        with store.tables.snapshot() as snapshot:
            event_id = snapshot.resolve_event(decided.event_id)
            links = _links(snapshot, event_id)
            state = state_key(links, event_id)
            seen = decided.seen or state
            stored = _stored(snapshot, decided, seen)
            if stored is not None:
                return ReviewDone(stored, decided.decision, event_id, None, state, already=True)
            if seen != state:
                raise ReviewConflictError(_conflict(read_history(store, event_id)))
            plan = plan_review(snapshot, event_id, decided, new_import_id(), _now(store, links))
            imports = _imports(plan, decided, seen, event_id)
        store.tables.commit(Batch(imports, plan.tables))
    with store.tables.snapshot() as snapshot:
        if not any(review.review_id == plan.import_id for review in snapshot.reviews):
            raise ReviewConflictError(_conflict(read_history(store, event_id)))
        state = state_key(_links(snapshot, event_id), event_id)
    return ReviewDone(plan.import_id, decided.decision, event_id, plan.new_event, state, already=False)


def _checked(store: "Store", decided: Decided) -> Decided:
    if store.is_example:
        raise InputError("the bundled example cannot be reviewed: add reports to a store of yours (`detente add PATH`)")
    if isinstance(store.tables, EngineTables):
        raise InputError("tables on an engine are only read: review the store's own folder")
    if decided.decision not in DECISIONS:
        raise InputError(f"decision {decided.decision!r} is not known: expected {', '.join(DECISIONS)}")
    by, reason = " ".join(decided.by.split()), decided.reason.strip()
    if not by or len(by) > MOST_NAME or not by.isprintable():
        raise InputError(
            f"reviewer's name {by[:20]!r}: expected 1 to {MOST_NAME} characters, in one line (`--by NAME`)"
        )
    if not reason and decided.decision != "accept":
        raise InputError(f"a reason is needed to {decided.decision} an event: say why (`--why TEXT`)")
    if len(reason) > MOST_REASON or not all(sign.isprintable() or sign in "\n\t\r" for sign in reason):
        raise InputError(f"the reason: expected at most {MOST_REASON:,} characters of text")
    return Decided(
        decided.event_id,
        decided.decision,
        by,
        reason,
        dict(decided.values),
        decided.other or None,
        tuple(decided.reports),
        decided.seen or None,
    )


def _fingerprint(decided: Decided) -> str:
    """What makes two submissions the same decision."""
    return stable_id(
        "decision",
        decided.decision,
        decided.by,
        decided.reason,
        sorted(decided.values.items()),
        decided.other,
        sorted(decided.reports),
    )[:16]


def _input_hash(event_id: str, state: str) -> str:
    return stable_id("review", event_id, state)


def _stored(snapshot: Snapshot, decided: Decided, seen: str) -> str | None:
    """The import of the same decision on the same state, where it is stored already."""
    imports = snapshot.table("imports")
    ids = {decided.event_id, snapshot.resolve_event(decided.event_id)}
    hashes = [_input_hash(event_id, seen) for event_id in sorted(ids)]
    mine = imports.filter(imports.kind == REVIEW_KIND, imports.input_hash.isin(hashes))
    found = mine.filter(mine.name == _fingerprint(decided)).import_id.to_pyarrow().to_pylist()
    return str(found[0]) if found else None


def _links(snapshot: Snapshot, event_id: str) -> list[dict[str, Any]]:
    return event_links(snapshot, snapshot.event_records([event_id]))[event_id]


def _now(store: "Store", links: Sequence[Mapping[str, Any]]) -> datetime:
    """The time of a review: after every link it follows, also where another machine's clock is ahead."""
    after: list[datetime] = [row["recorded_at"] + timedelta(microseconds=1) for row in links]
    return max([store.tables.clock(), *after])


def _imports(plan: Plan, decided: Decided, seen: str, event_id: str) -> "pa.Table":
    import pyarrow as pa

    from detente.model.tables import IMPORTS

    row = {
        "import_id": plan.import_id,
        "input_hash": _input_hash(event_id, seen),
        "kind": REVIEW_KIND,
        "feed": plan.feed,
        "name": _fingerprint(decided),
        "rows": plan.stored,
        "stored": plan.stored,
        "already_stored": 0,
        "quarantined": 0,
        "filtered": 0,
        "recorded_at": plan.recorded_at,
    }
    return pa.Table.from_pylist([row], schema=IMPORTS)


def _conflict(history: EventHistory) -> str:
    told = "reports were added"
    with suppress(IndexError):
        told = decision_words(history.reviews[-1])
    return (
        f"event {history.event.event_id} was changed since you saw it ({told}): look at it again, then decide; "
        f"its state is now {history.state}"
    )
