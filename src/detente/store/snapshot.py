"""One fixed state of a store, to be read as often as wanted while others write."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from detente.errors import InputError
from detente.model import Document, Event, stable_id
from detente.model.reviews import Review, Reviewed
from detente.store.cube import CUBE_TABLES, Cube, create_cube_views, cubed_feeds
from detente.store.event_views import EventViews
from detente.store.reading import FixedTable, connect, fix_tables
from detente.store.tables import quote, stated

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table


class Snapshot:
    """One fixed state of a store; close it, or use it in a `with`.

    A snapshot belongs to one thread at a time.

    Attributes:
        version: The state as a key for caches: equal keys give equal answers.
        reviewed: Which reviews are applied.
    """

    def __init__(
        self,
        folder: Path,
        store_id: str,
        tables: Mapping[str, FixedTable],
        known_by: datetime | None = None,
        reviewed: Reviewed = "corrected",
    ) -> None:
        self._folder = folder
        self.reviewed: Reviewed = reviewed
        versions = sorted((table.name, table.version) for table in tables.values())
        self.version = stable_id("snapshot", store_id, versions, known_by, reviewed)
        self._connection = connect(folder, tables, known_by, with_reviews=reviewed != "all")
        self._views = EventViews(self._connection, reviewed, self._stated)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def interrupt(self) -> None:
        """End the query that another thread is running; it fails there with a StoreError."""
        self._connection.interrupt()

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
        """The event view: the columns of reports with `event_id` and `n_reports`, one row an event.

        What a reviewer rejected is not in it; where only what was accepted is asked for, nothing else is.
        """
        return self._views.events

    def all_events(self) -> "Table":
        """The event view with what reviewers rejected in it: every id leads there."""
        return self._views.all_events

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews that are applied, in order of time, with those that were undone."""
        return self._views.reviews

    def series(self) -> "Table":
        """The figures kept beside events, each period once: see `view.series_view`."""
        from detente.store.view import series_view

        return series_view(self.table("series"), self.table("imports"))

    def event_reports(self) -> "Table":
        """Which event each chosen or linked report belongs to: `event_id`, `report_id`, `place_in_event`.

        A feed row that is absent here is its own event.
        """
        return self._views.grouped.select("event_id", "report_id", "place_in_event")

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
        if self._cubed_feeds is not None:
            return dict(self._cubed_feeds)
        with self._stated():
            rows = self._connection.execute(
                """SELECT feed, count(*) AS n FROM reports
                WHERE record_kind IS DISTINCT FROM 'chosen' AND feed IS NOT NULL
                GROUP BY feed ORDER BY n DESC, feed"""
            ).fetchall()
        return dict(rows)

    def has_links(self) -> bool:
        """Whether any report is linked to an event: a store of feeds alone has none until someone reviews."""
        return bool(self.sql("SELECT 1 FROM links LIMIT 1"))

    def feeds_are_counted(self) -> bool:
        """Whether the cube holds every row of every feed."""
        return self._cubed_feeds is not None

    @cached_property
    def cube(self) -> Cube | None:
        """The counts of feeds by pair, day and code; None where they lag behind, or only what was accepted counts."""
        if self._cubed_feeds is None or self.reviewed == "accepted":
            return None
        with self._stated():
            touched = self.has_links() and self._views.touches_feeds and self._views.told is not None
            names = create_cube_views(self._connection, touched=touched)
            return Cube(*(self._backend.table(names[name]) for name in CUBE_TABLES))

    def pair_feeds(self, a: Iterable[str], b: Iterable[str]) -> dict[str, int]:
        """Rows of each feed between two sides, in either direction, whoever acts.

        Args:
            a: The codes of one side.
            b: Those of the other.
        """
        one, other = (", ".join(quote(code) for code in codes) for codes in (a, b))
        rows = self.sql(
            f"""SELECT feed, count(*) AS n FROM reports WHERE record_kind = 'feed' AND (
            (source_country IN ({one}) AND target_country IN ({other}))
            OR (source_country IN ({other}) AND target_country IN ({one}))) GROUP BY feed ORDER BY feed"""
        )
        return {row["feed"]: row["n"] for row in rows}

    def sql(self, query: str, *values: object) -> list[dict[str, Any]]:
        """The rows of a query in the engine's own words over the live tables and the views made so far.

        Args:
            query: SQL; texts in it are quoted by `detente.store.tables.quote`.
            *values: What stands for each `?` in it.
        """
        with self._stated():
            found = self._connection.execute(query, values)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def chosen_events(self) -> int:
        """Number of events told by chosen records."""
        if not self.sql("SELECT 1 FROM reports WHERE record_kind = 'chosen' LIMIT 1"):
            return 0  # said without compiling anything
        _ = self._views.told
        return int(self.sql("SELECT count(*) AS n FROM told WHERE record_kind = 'chosen'")[0]["n"])

    def ids_table(self, ids: Iterable[str]) -> "Table":
        """Ids as a small table of the engine, to join with: one column, `id`."""
        asked = sorted(set(ids))
        name = f"ids_{stable_id(*asked)}"
        self._connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT unnest(?::VARCHAR[]) AS id", [asked]
        )
        return self._backend.table(name)

    @property
    def latest_links(self) -> "Table":
        """The link that counts for each report: `report_id`, `event_id`."""
        return self._views.latest_links

    @cached_property
    def _cubed_feeds(self) -> dict[str, int] | None:
        with self._stated():
            return cubed_feeds(self._connection)

    @property
    def _backend(self) -> "Backend":
        return self._views.backend

    def _stated(self) -> "AbstractContextManager[None]":
        return stated(self._folder, "read the tables")


def take_snapshot(
    folder: Path,
    store_id: str,
    names: Iterable[str],
    known_by: datetime | None = None,
    reviewed: Reviewed = "corrected",
) -> Snapshot:
    """Fix one version of tables and open it.

    Args:
        folder: The store.
        store_id: Its identity.
        names: The tables wanted beside `imports`.
        known_by: What was recorded later is left out.
        reviewed: Which reviews are applied.

    Returns:
        The snapshot.

    Raises:
        StoreError: If a table cannot be read.
    """
    return Snapshot(folder, store_id, fix_tables(folder, names), known_by, reviewed)
