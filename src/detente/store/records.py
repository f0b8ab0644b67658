"""Rows of a snapshot as the model's records: events in full, documents, ids that were merged away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from detente.errors import InputError
from detente.model import Citation, DateSpan, Document, Event, Evidence, Materiel, Quantity, Report
from detente.model.reviews import CORRECTION_PREFIX, Review
from detente.store.reviews import reviews_of

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from detente.store.snapshot import Snapshot

_Record = TypeVar("_Record", Evidence, Quantity, Materiel, Citation)
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Children:
    """What hangs on reports, by `report_id`."""

    evidence: dict[str, list[Evidence]]
    quantities: dict[str, list[Quantity]]
    materiel: dict[str, list[Materiel]]


def text_hash(text: str) -> str:
    """The hash that stands for words that are not kept: blake2b, 16 bytes, of their UTF-8.

    Examples:
        >>> text_hash("Tokyo protested.")
        '70a39b0e08c56f65ea5e16fccc871792'
    """
    return blake2b(text.encode(), digest_size=16).hexdigest()


def resolve(snapshot: "Snapshot", event_ids: Sequence[str]) -> tuple[str, ...]:
    """The events that ids stand for now, in their order.

    Args:
        snapshot: Where to look.
        event_ids: Ids once shown.

    Returns:
        For each the id itself where it is an event of the view, else that of the survivor.

    Raises:
        InputError: If no event ever had one of the ids.
    """
    current = _current(snapshot, event_ids)
    survivors = {event_id: event_id for event_id in current}
    for event_id in dict.fromkeys(event_ids):
        if event_id not in survivors:
            survivors[event_id] = _survivor(snapshot, event_id)
    return tuple(survivors[event_id] for event_id in event_ids)


def read_events(snapshot: "Snapshot", event_ids: Sequence[str]) -> tuple[Event, ...]:
    """Events in full, in the order of the ids; see `Snapshot.event_records`."""
    told = _told(snapshot, event_ids)
    if not told.keys() >= set(event_ids):
        event_ids = resolve(snapshot, event_ids)
        told = _told(snapshot, event_ids)
    asked = snapshot.ids_table(told)
    members = _members(snapshot, asked, told)
    wanted = snapshot.ids_table(report_id for ids in members.values() for report_id in ids)
    children = Children(
        _children(snapshot, "evidence", Evidence, wanted),
        _children(snapshot, "quantities", Quantity, wanted),
        _children(snapshot, "materiel", Materiel, wanted),
    )
    built = {key: build_event(row, members[key], children, snapshot.reviews) for key, row in told.items()}
    return tuple(built[event_id] for event_id in event_ids)


def build_event(row: _Row, ids: Sequence[str], children: Children, reviews: Sequence[Review]) -> Event:
    """An event from its row of the event view.

    Args:
        row: As the view gives it.
        ids: The reports of the event, the one that tells it first.
        children: Of those reports.
        reviews: Of the snapshot.
    """
    report = replace(
        _report(row),
        evidence=tuple(children.evidence.get(ids[0], ())),
        quantities=_together(children.quantities, ids),
        materiel=_together(children.materiel, ids),
    )
    said = tuple(name for name in ids if not name.startswith(CORRECTION_PREFIX)) or tuple(ids)
    return Event(row["event_id"], report, said, _together(children.evidence, ids), reviews_of(reviews, row["event_id"]))


def read_documents(snapshot: "Snapshot", document_ids: Sequence[str]) -> tuple[Document, ...]:
    """Documents with their citations, in the order of the ids; see `Snapshot.documents`."""
    asked = snapshot.ids_table(document_ids)
    table, references = snapshot.table("documents"), snapshot.table("citations")
    order = [table.text == "", table.import_id]  # where it was kept with and without its text, with
    rows = _rows(table.semi_join(asked, table.document_id == asked.id).order_by(order))
    found: dict[str, _Row] = {}
    for row in rows:
        found.setdefault(row["document_id"], row)
    missing = [document_id for document_id in document_ids if document_id not in found]
    if missing:
        forgotten = snapshot.table("forgotten")
        _raise_if_forgotten(f"document {missing[0]!r}", _rows(forgotten.filter(forgotten.document_id == missing[0])))
        raise InputError(f"document {missing[0]!r} is not in the store: check the id, or add the document")
    citations = defaultdict(list)
    listed = references.semi_join(asked, references.document_id == asked.id).order_by("number", "start")
    for row in _rows(listed):
        citations[row["document_id"]].append(_record(Citation, row))
    return tuple(_document(found[key], _once(citations[key])) for key in document_ids)


def _raise_if_forgotten(what: str, rows: list[_Row]) -> None:
    if rows:
        day = max(row["recorded_at"] for row in rows).date().isoformat()
        raise InputError(
            f"{what} was forgotten on {day}: its text and quotes were removed on request; add its document anew "
            "with --again if it should be kept after all"
        )


def _current(snapshot: "Snapshot", event_ids: Iterable[str]) -> set[str]:
    asked = snapshot.ids_table(event_ids)
    events = snapshot.all_events()
    return set(events.semi_join(asked, events.event_id == asked.id).select("event_id").to_pyarrow()[0].to_pylist())


def _survivor(snapshot: "Snapshot", event_id: str) -> str:
    seen = {event_id}
    following = _successors(snapshot, event_id)
    while following:
        current = _current(snapshot, following)
        live = [step for step in following if step in current]
        if live:
            return live[0]
        seen.update(following)
        further = (later for step in following for later in _successors(snapshot, step))
        following = [later for later in dict.fromkeys(further) if later not in seen]
    forgotten = snapshot.table("forgotten")
    named = forgotten.report_ids.contains(event_id) | forgotten.event_ids.contains(event_id)
    _raise_if_forgotten(f"event {event_id!r}", _rows(forgotten.filter(named)))
    raise InputError(f"event {event_id!r} is not in the store: check the id, or list the events")


def _successors(snapshot: "Snapshot", event_id: str) -> list[str]:
    """Events that took over from one: by what links say they supersede, else by where its reports went."""
    links, latest = snapshot.table("links"), snapshot.latest_links
    superseding = links.filter(links.supersedes == event_id).order_by(links.recorded_at.desc(), "event_id")
    once_there = links.filter((links.event_id == event_id) | (links.report_id == event_id))
    moved = latest.semi_join(once_there, "report_id").order_by("event_id")
    named = [row["event_id"] for table in (superseding, moved) for row in _rows(table.select("event_id"))]
    return [name for name in dict.fromkeys(named) if name != event_id]


def _told(snapshot: "Snapshot", event_ids: Iterable[str]) -> dict[str, _Row]:
    asked, events = snapshot.ids_table(event_ids), snapshot.all_events()
    return {row["event_id"]: row for row in _rows(events.semi_join(asked, events.event_id == asked.id))}


def _members(snapshot: "Snapshot", asked: "Table", told: dict[str, _Row]) -> dict[str, tuple[str, ...]]:
    reports = snapshot.event_reports()
    listed = reports.semi_join(asked, reports.event_id == asked.id).order_by("event_id", "place_in_event")
    members: dict[str, list[str]] = defaultdict(list)
    for row in _rows(listed):
        members[row["event_id"]].append(row["report_id"])
    return {event_id: tuple(members[event_id] or [row["report_id"]]) for event_id, row in told.items()}


def _children(snapshot: "Snapshot", name: str, kind: type[_Record], wanted: "Table") -> dict[str, list[_Record]]:
    table = snapshot.table(name)
    columns = [column for column in table.columns if column not in ("report_id", "import_id")]
    rows = _rows(table.semi_join(wanted, table.report_id == wanted.id).order_by("report_id", *columns))
    return gather_children(kind, rows)


def gather_children(kind: type[_Record], rows: Iterable[_Row]) -> dict[str, list[_Record]]:
    """Rows of a report's own table as records by `report_id`, each once, in the order of the rows."""
    children: dict[str, list[_Record]] = defaultdict(list)
    for row in rows:
        record = _record(kind, row)
        if record not in children[row["report_id"]]:  # an input brought twice under other hashes
            children[row["report_id"]].append(record)
    return children


def _together(children: dict[str, list[_Record]], ids: Iterable[str]) -> tuple[_Record, ...]:
    return _once(record for report_id in ids for record in children.get(report_id, ()))


def _once(records: Iterable[_Record]) -> tuple[_Record, ...]:
    return tuple(dict.fromkeys(records))


def _record(kind: type[_Record], row: _Row) -> _Record:
    return kind(**{field.name: row[field.name] for field in fields(kind)})


def _report(row: _Row) -> Report:
    names = [field.name for field in fields(Report) if field.name in row]
    values: _Row = {name: _frozen(row[name]) for name in names}
    return Report(**values)


def _document(row: _Row, citations: tuple[Citation, ...]) -> Document:
    published = DateSpan(
        row["published_start"], row["published_end"], row["published_precision"], row["published_basis"]
    )
    return Document(
        id=row["document_id"],
        text=row["text"] or "",
        title=row["title"],
        authors=tuple(row["authors"] or ()),
        publisher=row["publisher"],
        published=published,
        language=row["language"],
        url=row["url"],
        citations=citations,
        note=row["note"],
        previous=row["previous"],
    )


def _rows(table: "Table") -> list[_Row]:
    rows: list[_Row] = table.to_pyarrow().to_pylist()
    return rows


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
