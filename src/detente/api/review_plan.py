"""From a decision to the links, and for a correction the report, that say it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from detente.api.review_values import corrected_row
from detente.errors import InputError
from detente.model import stable_id
from detente.model.reviews import CORRECTION_PREFIX, RULE_PREFIX, Decision
from detente.store import Snapshot
from detente.store.reviews import last_standing, review_states

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.api.reviewing import Decided

_COPIED: Final = ("evidence", "quantities", "materiel")
"""What a correction takes over from the report it stands in for, as it is stored."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write.

    Attributes:
        import_id: The review's import.
        recorded_at: UTC time.
        tables: Rows by table.
        stored: Reports among them.
        feed: The feed they belong to, so that its rows add up; None for none.
        new_event: The event that a split makes.
    """

    import_id: str
    recorded_at: datetime
    tables: "Mapping[str, pa.Table]"
    stored: int = 0
    feed: str | None = None
    new_event: str | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """An event, its reports, and the decision on it."""

    snapshot: Snapshot
    event_id: str
    members: tuple[str, ...]
    decided: "Decided"
    import_id: str
    recorded_at: datetime
    rows: list[dict[str, Any]] = field(default_factory=list)

    def link(self, report_id: str, event_id: str, supersedes: str | None = None) -> None:
        """Add a link of this review."""
        self.rows.append(
            {
                "report_id": report_id,
                "event_id": event_id,
                "rule": RULE_PREFIX + self.decided.decision,
                "by": self.decided.by,
                "recorded_at": self.recorded_at,
                "supersedes": supersedes,
                "reason": self.decided.reason,
                "import_id": self.import_id,
            }
        )

    def plan(self, **more: Any) -> Plan:
        """The plan of the links so far."""
        import pyarrow as pa

        from detente.model.tables import LINKS

        tables = {"links": pa.Table.from_pylist(self.rows, schema=LINKS), **more.pop("tables", {})}
        return Plan(self.import_id, self.recorded_at, tables, **more)


def plan_review(snapshot: Snapshot, event_id: str, decided: "Decided", import_id: str, recorded_at: datetime) -> Plan:
    """What a decision on an event of a snapshot writes.

    Raises:
        InputError: If the decision does not fit the event.
    """
    case = _Case(snapshot, event_id, members_of(snapshot, event_id), decided, import_id, recorded_at)
    return _PLANS[decided.decision](case)


def members_of(snapshot: Snapshot, event_id: str) -> tuple[str, ...]:
    """The reports of an event of the view, the telling one first, corrections included."""
    reports = snapshot.event_reports()
    mine = reports.filter(reports.event_id == event_id).order_by("place_in_event")
    found = mine.report_id.to_pyarrow().to_pylist()
    return tuple(found) or (event_id,)


def report_row(snapshot: Snapshot, report_id: str) -> dict[str, Any]:
    """The columns of a stored report."""
    reports = snapshot.table("reports")
    rows = reports.filter(reports.report_id == report_id).order_by("recorded_at", "import_id").limit(1)
    return dict(rows.to_pyarrow().to_pylist()[0])


def _accept(case: _Case) -> Plan:
    for report_id in case.members:
        case.link(report_id, case.event_id)
    return case.plan()


def _reject(case: _Case) -> Plan:
    if _is_rejected(case.snapshot, case.event_id):
        raise InputError(f"event {case.event_id} is rejected already: undo that, or accept or correct it")
    return _accept(case)


def _correct(case: _Case) -> Plan:
    import pyarrow as pa

    from detente.model.tables import REPORTS

    before = report_row(case.snapshot, case.members[0])
    made = corrected_row(before, case.decided.values)
    report_id = CORRECTION_PREFIX + stable_id("correction", case.event_id, case.import_id)
    made |= {
        "report_id": report_id,
        "coder": f"review by {case.decided.by}",
        "confidence": None,
        "recorded_at": case.recorded_at,
        "import_id": case.import_id,
    }
    case.link(report_id, case.event_id, case.members[0])
    tables = {name: _copied(case, name, case.members[0], report_id) for name in _COPIED}
    tables["reports"] = pa.Table.from_pylist([made], schema=REPORTS)
    return case.plan(tables=tables, stored=1, feed=made["feed"] if made["record_kind"] == "feed" else None)


def _copied(case: _Case, name: str, old: str, new: str) -> "pa.Table":
    """The rows of a report in another table under the id of its correction."""
    import pyarrow as pa

    table = case.snapshot.table(name)
    rows = table.filter(table.report_id == old).drop("import_id").distinct().to_pyarrow()
    ids = {"report_id": pa.array([new] * rows.num_rows), "import_id": pa.array([case.import_id] * rows.num_rows)}
    return rows.set_column(rows.column_names.index("report_id"), "report_id", ids["report_id"]).append_column(
        "import_id", ids["import_id"].cast(pa.string())
    )


def _merge(case: _Case) -> Plan:
    if case.decided.other is None:
        raise InputError("merge needs the event that is merged into this one: give its id")
    other = case.snapshot.resolve_event(case.decided.other)
    if other == case.event_id:
        raise InputError(f"event {case.decided.other} is {case.event_id} already: nothing to merge")
    for event_id in (case.event_id, other):
        if _is_rejected(case.snapshot, event_id):
            raise InputError(f"event {event_id} is rejected: undo that before it is merged")
    moved = members_of(case.snapshot, other)
    records = [
        (row["record_kind"], row["feed"])
        for row in (report_row(case.snapshot, name) for name in (case.members[0], moved[0]))
    ]
    if records[0] != records[1]:
        raise InputError(
            f"event {other} is of another record ({records[1][1] or 'chosen'}): records are never mixed, so nothing "
            "to merge"
        )
    for report_id in moved:
        case.link(report_id, case.event_id, other)
    return case.plan()


def _split(case: _Case) -> Plan:
    told = [name for name in case.members if not name.startswith(CORRECTION_PREFIX)]
    asked = tuple(dict.fromkeys(case.decided.reports))
    unknown = next((name for name in asked if name not in told), None)
    if not asked or unknown is not None:
        what = f"report {unknown!r} is none of" if unknown else "split needs reports of"
        raise InputError(f"{what} event {case.event_id}: expected some of {', '.join(told)}")
    if len(asked) == len(told):
        raise InputError(f"event {case.event_id} would be left without a report: split fewer than {len(told)}")
    own = next((name for name in asked if name != case.event_id), None)
    new_event = own or "event:" + stable_id("split", case.event_id, case.import_id)
    for report_id in asked:
        case.link(report_id, new_event, case.event_id)
    return case.plan(new_event=new_event)


def _undo(case: _Case) -> Plan:
    undone = last_standing(case.snapshot.reviews, case.event_id)
    if undone is None:
        raise InputError(f"event {case.event_id} has no review to undo")
    links = case.snapshot.table("links")
    mine = links.filter(links.import_id == undone.review_id).order_by("report_id").to_pyarrow().to_pylist()
    now = _events_now(case.snapshot, [row["report_id"] for row in mine])
    for row in mine:
        if now[row["report_id"]] != row["event_id"]:
            raise InputError(
                f"report {row['report_id']} has moved on to event {now[row['report_id']]}: undo what was decided there "
                "first"
            )
        came_from = row["supersedes"] if undone.decision in {"merge", "split"} else None
        case.link(row["report_id"], came_from or row["event_id"], row["event_id"] if came_from else None)
    return case.plan()


def _events_now(snapshot: Snapshot, report_ids: list[str]) -> dict[str, str]:
    asked, reports = snapshot.ids_table(report_ids), snapshot.event_reports()
    rows = reports.semi_join(asked, reports.report_id == asked.id).to_pyarrow().to_pylist()
    return dict.fromkeys(report_ids, "") | {row["report_id"]: row["event_id"] for row in rows}


def _is_rejected(snapshot: Snapshot, event_id: str) -> bool:
    state = review_states(snapshot.reviews).get(event_id)
    return state is not None and state.standing == "rejected"


_PLANS: Final[Mapping[Decision, Callable[[_Case], Plan]]] = MappingProxyType(
    {"accept": _accept, "reject": _reject, "correct": _correct, "merge": _merge, "split": _split, "undo": _undo}
)
