"""What the feeds' SQL has in common: joins of two sides by day, checks of dates and codes, actors not known."""

import duckdb

from detente.feeds.mapped import Check, quoted_name
from detente.ontology.actor_schemes import scheme_actors

SIDES = {
    "source_country": "s.country",
    "target_country": "t.country",
    "source_sector": "s.sector",
    "target_sector": "t.sector",
    "source_actor": "s.actor",
    "target_actor": "t.actor",
}
CODED = {"event_type": "k.event_type", "mode": "k.mode", "quad": "k.quad"}


def register_actors(connection: duckdb.DuckDBPyConnection, scheme: str, *columns: str, relation: str = "cells") -> None:
    """Fill the relation actors with who stands in the columns of a relation."""
    listed = ", ".join(quoted_name(column) for column in columns)
    rows = connection.sql(f"SELECT DISTINCT unnest([{listed}]) FROM {relation}").fetchall()
    connection.register("actors", scheme_actors((str(value) for (value,) in rows if value is not None), scheme))


def side_joins(day: str, source: str, target: str) -> str:
    """Joins of who acts (`s`) and is acted upon (`t`) on a day, given as SQL for an ISO date."""
    return " ".join(
        f"""LEFT JOIN actors {alias} ON {alias}.code = e.{quoted_name(column)}
            AND ({alias}.valid_from IS NULL OR {day} >= {alias}.valid_from)
            AND ({alias}.valid_to IS NULL OR {day} <= {alias}.valid_to)"""
        for alias, column in (("s", source), ("t", target))
    )


def unknown_actors(day: str, source: str, target: str) -> str:
    """A SELECT of (actor, n): values that are nobody we know on their day."""
    return f"""SELECT actor, count(*) AS n FROM (
            SELECT {quoted_name(source)} AS actor, {day} AS day FROM good e
            UNION ALL SELECT {quoted_name(target)}, {day} FROM good e) q
        WHERE actor IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actors a WHERE a.code = q.actor
            AND (a.valid_from IS NULL OR q.day >= a.valid_from) AND (a.valid_to IS NULL OR q.day <= a.valid_to))
        GROUP BY actor ORDER BY n DESC, actor"""


def check_code(column: str, scheme: str) -> tuple[Check, ...]:
    """A code must be one of the relation `codes`."""
    name = quoted_name(column)
    return (
        Check(
            column,
            f"{name} IS NULL OR NOT regexp_full_match({name}, '[0-9]{{2,4}}')",
            "damaged code, expected 2 to 4 digits",
        ),
        Check(column, f"{name} NOT IN (SELECT code FROM codes)", f"not a code of {scheme}"),
    )


def check_number(column: str) -> Check:
    """What stands there must be a number."""
    name = quoted_name(column)
    return Check(column, f"{name} IS NOT NULL AND try_cast({name} AS DOUBLE) IS NULL", "no number")


def check_there(column: str, reason: str) -> Check:
    """Something must stand there."""
    return Check(column, f"{quoted_name(column)} IS NULL", reason)
