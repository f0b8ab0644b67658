"""One fixed state of a store, to be read as often as wanted while others write."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from detente.errors import InputError
from detente.model import Document, Event, stable_id
from detente.store.reading import FixedTable, connect, fix_tables
from detente.store.tables import stated

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table


class Snapshot:
    """One fixed state of a store; close it, or use it in a `with`.

    A snapshot belongs to one thread at a time.

    Attributes:
        version: The state as a key for caches: equal keys give equal answers.
    """

    def __init__(
        self,
        folder: Path,
        store_id: str,
        tables: Mapping[str, FixedTable],
        known_by: datetime | None = None,
    ) -> None:
        self._folder = folder
        versions = sorted((table.name, table.version) for table in tables.values())
        self.version = stable_id("snapshot", store_id, versions, known_by)
        self._connection = connect(folder, tables, known_by)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; tables taken from the snapshot can no longer be read."""
        self._connection.close()

    def table(self, name: str) -> "Table":
        """The live rows of a table.

        Args:
            name: One of `detente.model.tables.TABLES`.

        Returns:
            An Ibis table with the columns of its schema.

        Raises:
            InputError: If there is no such table.
        """
        from detente.model.tables import TABLES

        if name not in TABLES:
            raise InputError(f"the store has no table {name!r}: expected {', '.join(TABLES)}")
        return self._backend.table(name)

    def events(self) -> "Table":
        """The event view: the columns of reports with `event_id` and `n_reports`, one row an event."""
        return self._events

    def series(self) -> "Table":
        """The figures kept beside events, each period once: see `view.series_view`."""
        from detente.store.view import series_view

        return series_view(self.table("series"), self.table("imports"))

    def event_reports(self) -> "Table":
        """Which event each chosen or linked report belongs to: `event_id`, `report_id`, `place_in_event`.

        A feed row that is absent here is its own event.
        """
        return self._grouped.select("event_id", "report_id", "place_in_event")

    def resolve_event(self, event_id: str) -> str:
        """The event that an id stands for now: itself, or what it was merged into.

        Args:
            event_id: An id once shown.

        Returns:
            The id of an event in the view.

        Raises:
            InputError: If no event ever had this id.
        """
        return self.resolve_events([event_id])[0]

    def resolve_events(self, event_ids: Sequence[str]) -> tuple[str, ...]:
        """`resolve_event` for many ids, in their order."""
        from detente.store.records import resolve

        with self._stated():
            return resolve(self, event_ids)

    def event_records(self, event_ids: Sequence[str]) -> tuple[Event, ...]:
        """Events in full, one for each id asked for and in that order.

        Args:
            event_ids: Ids once shown; one that was merged away gives its survivor.

        Returns:
            The events. `evidence` is that of all reports, the telling report's first; `report` holds its
            own evidence, and the quantities and materiel of all reports of the event, each once.

        Raises:
            InputError: If no event ever had one of the ids.
        """
        from detente.store.records import read_events

        with self._stated():
            return read_events(self, event_ids)

    def documents(self, document_ids: Sequence[str]) -> tuple[Document, ...]:
        """Documents with their citations, without sentences, in the order asked for.

        Args:
            document_ids: Ids of stored documents.

        Returns:
            The documents; `text` is empty where only offsets were kept.

        Raises:
            InputError: If one of them is not stored.
        """
        from detente.store.records import read_documents

        with self._stated():
            return read_documents(self, document_ids)

    def is_empty(self) -> bool:
        """Whether no report and no document is stored."""
        with self._stated():
            return not any(
                self._connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall()
                for name in ("reports", "documents")
            )

    def feeds(self) -> dict[str, int]:
        """Rows of each feed, the largest feed first; chosen records are not among them."""
        with self._stated():
            rows = self._connection.execute(
                """SELECT feed, count(*) AS n FROM reports
                WHERE record_kind IS DISTINCT FROM 'chosen' AND feed IS NOT NULL
                GROUP BY feed ORDER BY n DESC, feed"""
            ).fetchall()
        return dict(rows)

    def chosen_events(self) -> int:
        """Number of events told by chosen records."""
        told = self._grouped
        with self._stated():
            found = told.filter((told.place_in_event == 0) & (told.record_kind == "chosen")).count()
            return int(found.to_pyarrow().as_py())

    def ids_table(self, ids: Iterable[str]) -> "Table":
        """Ids as a small table of the engine, to join with: one column, `id`."""
        asked = sorted(set(ids))
        name = f"ids_{stable_id(*asked)}"
        self._connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT unnest(?::VARCHAR[]) AS id", [asked]
        )
        return self._backend.table(name)

    @cached_property
    def latest_links(self) -> "Table":
        """The link that counts for each report: `report_id`, `event_id`."""
        from detente.store.view import latest_links

        return self._created("TABLE latest_links", latest_links(self.table("links")))

    @cached_property
    def _backend(self) -> "Backend":
        import ibis

        return ibis.duckdb.from_connection(self._connection)

    @cached_property
    def _touched(self) -> "Table | None":
        from detente.store.view import touched_feed_ids

        expression = touched_feed_ids(self.table("reports"), self.latest_links)
        touched = self._created("TABLE touched", expression)
        return touched if touched.count().to_pyarrow().as_py() else None

    @cached_property
    def _grouped(self) -> "Table":
        from detente.store.view import grouped_reports

        expression = grouped_reports(self.table("reports"), self.latest_links, self._touched)
        return self._created("TABLE grouped", expression)

    @cached_property
    def _events(self) -> "Table":
        from detente.store.view import events_view

        expression = events_view(self.table("reports"), self._grouped, self._touched)
        return self._created("VIEW events", expression)

    def _created(self, what: str, expression: "Table") -> "Table":
        """An expression as a table or view of the engine: worked out, or at least compiled, only once."""
        with self._stated():
            self._connection.execute(f"CREATE TEMP {what} AS {self._backend.compile(expression)}")
            return self._backend.table(what.split()[1])

    def _stated(self) -> "AbstractContextManager[None]":
        return stated(self._folder, "read the tables")


def take_snapshot(folder: Path, store_id: str, names: Iterable[str], known_by: datetime | None = None) -> Snapshot:
    """Fix one version of tables and open it.

    Args:
        folder: The store.
        store_id: Its identity.
        names: The tables wanted beside `imports`.
        known_by: What was recorded later is left out.

    Returns:
        The snapshot.

    Raises:
        StoreError: If a table cannot be read.
    """
    return Snapshot(folder, store_id, fix_tables(folder, names), known_by)
