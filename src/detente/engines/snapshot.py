"""Tables of an engine to be read as a snapshot of a store is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from detente.errors import InputError, StoreError
from detente.model import Document, Event, stable_id

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from detente.store import Snapshot


@dataclass(frozen=True, slots=True)
class EngineRows:
    """What an engine holds.

    Attributes:
        address: Where, to be shown.
        version: The state, as a key for caches.
        tables: Live rows by the name of our table; `reports` is always among them.
        close: Lets go of what was opened.
        keep: Works a small table out once, where the engine has room of its own for it.
        name: Gives a long expression a name in the engine, so that it is put into words once.
    """

    address: str
    version: str
    tables: "Mapping[str, Table]"
    close: Callable[[], None]
    keep: "Callable[[str, Table], Table]" = field(default=lambda _, table: table)
    name: "Callable[[str, Table], Table]" = field(default=lambda _, table: table)


class EngineSnapshot:
    """The rows of an engine; it answers what `detente.store.Snapshot` does from what the engine holds.

    Attributes:
        version: The state as a key for caches.
        cube: None: an engine counts the events themselves.
    """

    cube = None

    def __init__(self, rows: EngineRows) -> None:
        self._rows = rows
        self.version = stable_id("engine", rows.address, rows.version)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what was opened."""
        self._rows.close()

    def table(self, name: str) -> "Table":
        """The live rows of a table.

        Raises:
            InputError: If there is no such table.
            StoreError: If the engine does not hold it.
        """
        from detente.model.tables import TABLES

        if name not in TABLES:
            raise InputError(f"the store has no table {name!r}: expected {', '.join(TABLES)}")
        if name not in self._rows.tables:
            raise StoreError(
                f"store {self._rows.address} holds events alone, no table {name!r}: ask a folder that keeps it"
            )
        return self._rows.tables[name]

    def events(self) -> "Table":
        """The event view: the columns of reports with `event_id` and `n_reports`, one row an event."""
        return self._events

    def all_events(self) -> "Table":
        """The event view: an engine reads the record as coded, so nothing is rejected."""
        return self._events

    @property
    def reviews(self) -> tuple[()]:
        """None: an engine reads the record as coded."""
        return ()

    def series(self) -> "Table":
        """The figures kept beside events, each period once."""
        from detente.store.view import series_view

        return series_view(self.table("series"), self.table("imports"))

    def event_reports(self) -> "Table":
        """Which event each chosen or linked report belongs to: `event_id`, `report_id`, `place_in_event`."""
        return self._grouped.select("event_id", "report_id", "place_in_event")

    def feeds(self) -> dict[str, int]:
        """Rows of each feed, the largest feed first; chosen records are not among them."""
        rows = self.table("reports")
        kept = rows.filter(rows.record_kind.fill_null("") != "chosen", rows.feed.notnull())
        counted = kept.group_by("feed").aggregate(n=kept.count()).to_pyarrow().to_pylist()
        return {row["feed"]: row["n"] for row in sorted(counted, key=lambda row: (-row["n"], row["feed"]))}

    def chosen_events(self) -> int:
        """Number of events told by chosen records."""
        told = self.events()
        return int(told.filter(told.record_kind == "chosen").count().to_pyarrow().as_py())

    def is_empty(self) -> bool:
        """Whether no report is there."""
        return not self.table("reports").select("report_id").limit(1).to_pyarrow().num_rows

    def resolve_event(self, event_id: str) -> str:
        """The event that an id stands for now."""
        return self.resolve_events([event_id])[0]

    def resolve_events(self, event_ids: Sequence[str]) -> tuple[str, ...]:
        """`resolve_event` for many ids, in their order."""
        from detente.store.records import resolve

        return resolve(self._as_snapshot(), event_ids)

    def event_records(self, event_ids: Sequence[str]) -> tuple[Event, ...]:
        """Events in full, one for each id asked for and in that order."""
        from detente.store.records import read_events

        return read_events(self._as_snapshot(), event_ids) if event_ids else ()

    def documents(self, document_ids: Sequence[str]) -> tuple[Document, ...]:
        """Documents with their citations, without sentences, in the order asked for."""
        from detente.store.records import read_documents

        return read_documents(self._as_snapshot(), document_ids) if document_ids else ()

    def ids_table(self, ids: Iterable[str]) -> "Table":
        """Ids as a small table, to join with: one column, `id`.

        It is one row of the engine's own, unnested: not every engine takes a table from outside.
        """
        import ibis

        asked = sorted(set(ids))
        listed = ibis.literal(asked, type="array<string>")
        return self.table("reports").select("report_id").limit(1).select(id=listed.unnest())

    @cached_property
    def latest_links(self) -> "Table":
        """The link that counts for each report: `report_id`, `event_id`."""
        from detente.store.view import latest_links

        return self._rows.keep("latest_links", latest_links(self.table("links")))

    @cached_property
    def _touched(self) -> "Table | None":
        from detente.store.view import touched_feed_ids

        touched = self._rows.keep("touched", touched_feed_ids(self.table("reports"), self.latest_links))
        return touched if touched.count().to_pyarrow().as_py() else None

    @cached_property
    def _grouped(self) -> "Table":
        from detente.store.view import grouped_reports

        grouped = grouped_reports(self.table("reports"), self.latest_links, self._touched)
        return self._rows.keep("grouped", grouped)

    @cached_property
    def _events(self) -> "Table":
        import ibis

        from detente.store.view import events_view

        reports = self.table("reports")
        if "links" not in self._rows.tables:
            return reports.mutate(event_id=reports.report_id, n_reports=ibis.literal(1, "int64"))
        return self._rows.name("events", events_view(reports, self._grouped, self._touched))

    def _as_snapshot(self) -> "Snapshot":
        return cast("Snapshot", cast("Any", self))
