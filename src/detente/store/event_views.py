"""The event view of one snapshot, made on its connection when it is first asked for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

from detente.model.reviews import Review, Reviewed
from detente.store.view_queries import Shape, view_query

if TYPE_CHECKING:
    import duckdb
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table


class EventViews:
    """Views and small tables of one connection: which report belongs to which event, and which report tells it.

    Attributes:
        mode: Which reviews are applied.
    """

    def __init__(
        self,
        connection: "duckdb.DuckDBPyConnection",
        mode: Reviewed,
        stated: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection = connection
        self._stated = stated
        self.mode: Reviewed = mode

    @cached_property
    def backend(self) -> "Backend":
        """Ibis over the connection."""
        from detente.store.duckdb_backend import KnownQueries

        return KnownQueries.from_connection(self._connection)

    @cached_property
    def reviews(self) -> tuple[Review, ...]:
        """The reviews that are applied, in order of time, with those that were undone."""
        from detente.store.reviews import read_reviews

        with self._stated():
            found = self._connection.execute(
                """SELECT links.* FROM links SEMI JOIN
                (SELECT import_id FROM imports WHERE kind = 'review') AS mine USING (import_id)"""
            )
            names = [column[0] for column in found.description or ()]
            return read_reviews(dict(zip(names, row, strict=True)) for row in found.fetchall())

    @cached_property
    def latest_links(self) -> "Table":
        """The link that counts for each report: `report_id`, `event_id`."""
        return self._made("TABLE", "latest_links", Shape())

    @cached_property
    def touches_feeds(self) -> bool:
        """Whether links touch rows of feeds; those stand in `touched` then."""
        _ = self.latest_links
        self._made("TABLE", "touched", Shape())
        return self._any("SELECT 1 FROM touched LIMIT 1")

    @cached_property
    def grouped(self) -> "Table":
        """Chosen and linked reports with the event each belongs to."""
        return self._made("TABLE", "grouped", self._shape)

    @cached_property
    def told(self) -> "Table":
        """Of those the reports that tell their events."""
        _ = self.grouped
        return self._made("VIEW", "told", self._shape)

    @cached_property
    def events(self) -> "Table":
        """The event view; see `Snapshot.events`."""
        _ = self.grouped
        return self._made("VIEW", "events", self._shape)

    @cached_property
    def all_events(self) -> "Table":
        """The event view with what reviewers rejected in it."""
        _ = self.grouped
        return self._made("VIEW", "all_events", self._shape)

    @cached_property
    def _shape(self) -> Shape:
        return Shape(self.touches_feeds, self._has_states, self.mode)

    @cached_property
    def _has_states(self) -> bool:
        """Whether reviews make something of events; it stands in `review_states` then."""
        from detente.store.reviews import review_states

        states = review_states(self.reviews)
        if not states:
            return False
        rows = [list(states), [item.standing for item in states.values()], [item.told_by for item in states.values()]]
        with self._stated():
            self._connection.execute(
                """CREATE TEMP TABLE review_states AS SELECT unnest(?::VARCHAR[]) AS reviewed_event,
                unnest(?::VARCHAR[]) AS standing, unnest(?::VARCHAR[]) AS told_by""",
                rows,
            )
        return True

    def _made(self, kind: str, name: str, shape: Shape) -> "Table":
        with self._stated():
            self._connection.execute(f"CREATE TEMP {kind} {name} AS {view_query(name, shape)}")
            return self.backend.table(name)

    def _any(self, query: str) -> bool:
        with self._stated():
            return bool(self._connection.execute(query).fetchall())
