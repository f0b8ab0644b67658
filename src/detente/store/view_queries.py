"""The views of `view.py` as SQL of DuckDB, compiled once a process: a snapshot has them ready at no cost."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from detente.model.reviews import Reviewed

if TYPE_CHECKING:
    from ibis.expr.schema import Schema
    from ibis.expr.types import Table


@dataclass(frozen=True, slots=True)
class Shape:
    """What the queries depend on, the names of tables and views apart, which are the same in every snapshot.

    Attributes:
        touched: Whether links touch rows of feeds.
        reviewed: Whether there are reviews, which stand in `review_states`.
        mode: Which reviews are applied.
    """

    touched: bool = False
    reviewed: bool = False
    mode: Reviewed | None = None


@cache
def view_query(name: str, shape: Shape) -> str:
    """The query of a view over those before it.

    Args:
        name: `latest_links`, `touched`, `grouped`, `told`, `events` or `all_events`.
        shape: What it depends on.
    """
    import ibis

    return str(ibis.to_sql(_expression(name, shape), dialect="duckdb"))


def _expression(name: str, shape: Shape) -> "Table":
    from detente.store.view import events_view, grouped_reports, latest_links, told_reports, touched_feed_ids

    reports = _stored("reports")
    latest = latest_links(_stored("links"))
    if name == "latest_links":
        return latest
    latest = _named("latest_links", latest)
    touched = touched_feed_ids(reports, latest)
    if name == "touched":
        return touched
    there = _named("touched", touched) if shape.touched else None
    grouped = grouped_reports(reports, latest, there, _review_states() if shape.reviewed else None)
    if name == "grouped":
        return grouped
    grouped = _named("grouped", grouped)
    if name == "told":
        return told_reports(grouped, shape.mode)
    return events_view(reports, grouped, there, shape.mode if name == "events" else None)


def _stored(name: str) -> "Table":
    import ibis

    from detente.model.tables import TABLES

    return _table(ibis.Schema.from_pyarrow(TABLES[name]), name)


def _named(name: str, expression: "Table") -> "Table":
    """What an expression gives, where it is kept under a name."""
    return _table(expression.schema(), name)


def _table(schema: "Schema", name: str) -> "Table":
    """A table of any engine, where nothing is known of what is never null."""
    import ibis

    return ibis.table({column: kind.copy(nullable=True) for column, kind in schema.items()}, name=name)


def _review_states() -> "Table":
    import ibis

    return ibis.table({"reviewed_event": "string", "standing": "string", "told_by": "string"}, name="review_states")
