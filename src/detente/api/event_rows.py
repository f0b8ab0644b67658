"""Events in full from rows of the event view that are in hand: nothing is compiled, no row is asked for again."""

from typing import TYPE_CHECKING, Any

from detente.model import Event
from detente.store.looking import event_row, members_of, rows_of_reports

if TYPE_CHECKING:
    from detente.store import Snapshot


def read_event(snapshot: "Snapshot", event_id: str) -> Event:
    """An event by an id once shown, as `Snapshot.event_records` gives it.

    Raises:
        InputError: If no event ever had this id.
    """
    rows = event_row(snapshot, event_id)
    return events_of_rows(snapshot, rows)[0] if rows else snapshot.event_records([event_id])[0]


def events_of_rows(snapshot: "Snapshot", rows: list[dict[str, Any]]) -> tuple[Event, ...]:
    """The events of rows of the event view.

    Args:
        snapshot: Where the rows come from.
        rows: With all columns of the view.

    Returns:
        The events in the order of the rows, as `Snapshot.event_records` gives them.
    """
    from detente.api.rights import FilledSnapshot
    from detente.model import Evidence, Materiel, Quantity
    from detente.store.records import Children, build_event, gather_children

    if isinstance(snapshot, FilledSnapshot):  # puts in the quotes that the store does not keep
        return snapshot.event_records([row["event_id"] for row in rows])
    members = members_of(snapshot, (row["event_id"] for row in rows if not _is_single(row)))
    ids = {row["event_id"]: members.get(row["event_id"]) or (row["report_id"],) for row in rows}
    every = [report_id for named in ids.values() for report_id in named]
    children = Children(
        gather_children(Evidence, rows_of_reports(snapshot, "evidence", every)),
        gather_children(Quantity, rows_of_reports(snapshot, "quantities", every)),
        gather_children(Materiel, rows_of_reports(snapshot, "materiel", every)),
    )
    return tuple(build_event(row, ids[row["event_id"]], children, snapshot.reviews) for row in rows)


def _is_single(row: dict[str, Any]) -> bool:
    """Whether it is a feed's row that nothing was joined to."""
    return bool(row["record_kind"] == "feed" and row["n_reports"] == 1 and row["event_id"] == row["report_id"])
