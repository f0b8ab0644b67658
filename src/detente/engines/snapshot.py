"""Tables of an engine to be read as a snapshot of a store is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from detente.engines.asked import AS_IT_IS, Asked
from detente.errors import InputError, StoreError
from detente.model import Document, Event, stable_id
from detente.model.reviews import REVIEW_KIND, Review, Reviewed

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
        asked: The state of the record that the rows show.
    """

    address: str
    version: str
    tables: "Mapping[str, Table]"
    close: Callable[[], None]
    keep: "Callable[[str, Table], Table]" = field(default=lambda _, table: table)
    name: "Callable[[str, Table], Table]" = field(default=lambda _, table: table)
    asked: Asked = AS_IT_IS


class EngineSnapshot:
    """The rows of an engine; it answers what `detente.store.Snapshot` does from what the engine holds.

    Attributes:
        version: The state as a key for caches.
        reviewed: Which reviews are applied; a table without reviews shows the record as coded whatever this is.
        cube: None: an engine counts the events themselves.
    """

    cube = None

    def __init__(self, rows: EngineRows) -> None:
        self._rows = rows
        self.reviewed = rows.asked.reviewed
        self.version = stable_id("engine", rows.address, rows.version, rows.asked.known_by, self.reviewed)

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
        """The event view: the columns of reports with `event_id` and `n_reports`, one row an event.

        What a reviewer rejected is not in it; where only what was accepted is asked for, nothing else is.
        """
        return self._events

    def all_events(self) -> "Table":
        """The event view with what reviewers rejected in it: every id leads there."""
        return self._all_events

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews that are applied, in order of time, with those that were undone; none where no links are."""
        from detente.store.reviews import read_reviews

        if "links" not in self._rows.tables:
            return ()
        links, imports = self.table("links"), self.table("imports")
        mine = links.semi_join(imports.filter(imports.kind == REVIEW_KIND).select("import_id"), "import_id")
        return read_reviews(mine.to_pyarrow().to_pylist())

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
        """Ids as a small table, to join with: one column, `id`."""
        from detente.engines.lists import listed_rows

        return listed_rows(self.table("reports"), {"id": sorted(set(ids))})

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

        grouped = grouped_reports(self.table("reports"), self.latest_links, self._touched, self._states)
        return self._rows.keep("grouped", grouped)

    @cached_property
    def _states(self) -> "Table | None":
        """What the reviews make of events; None where there are none."""
        from detente.engines.lists import listed_rows
        from detente.store.reviews import review_states

        states = review_states(self.reviews)
        if not states:
            return None
        columns: dict[str, Sequence[str | None]] = {
            "reviewed_event": list(states),
            "standing": [state.standing for state in states.values()],
            "told_by": [state.told_by for state in states.values()],
        }
        return self._rows.keep("states", listed_rows(self.table("reports"), columns))

    @cached_property
    def _events(self) -> "Table":
        return self._viewed("events", self.reviewed)

    @cached_property
    def _all_events(self) -> "Table":
        return self._viewed("all_events", None) if self.reviews else self._events

    def _viewed(self, name: str, reviewed: Reviewed | None) -> "Table":
        import ibis

        from detente.store.view import events_view

        reports = self.table("reports")
        if "links" not in self._rows.tables:
            return reports.mutate(event_id=reports.report_id, n_reports=ibis.literal(1, "int64"))
        return self._rows.name(name, events_view(reports, self._grouped, self._touched, reviewed))

    def _as_snapshot(self) -> "Snapshot":
        return cast("Snapshot", cast("Any", self))
