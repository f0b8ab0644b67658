"""The cube: the acts of feeds counted by pair, day and code, so that common questions need not touch the events.

Its rows are written with the reports they count, under the same import. So they become visible with them, add up over
imports, and cannot differ from the events of a snapshot, unless another program wrote reports without them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from ibis.expr.types import Table

CUBE_TABLES: Final = ("cube", "coverage")
CUBE_ORDER: Final = ("pair", "date_start")
COVERAGE_ORDER: Final = ("side", "date_start")
"""How their files are sorted: a question on one pair skips the rest."""
_GRAIN: Final = (
    *("feed", "date_start", "date_end", "source_country", "target_country", "source_sector", "target_sector"),
    *("symmetric", "event_type", "mode", "cameo", "quad", "intensity", "intensity_scale", "status", "import_id"),
)
_COUNTED: Final = [*_GRAIN, "mentions", "record_kind"]


@dataclass(frozen=True, slots=True)
class Cube:
    """The counts of all feeds in one state of a store.

    Attributes:
        rows: Acts between two different sides: the columns of `cube`, of which `n` says how many acts a row stands for.
        coverage: The columns of `coverage`: rows of each feed by date, all (`side` null) and by who is in them.
    """

    rows: "Table"
    coverage: "Table"


def count_reports(reports: "pa.Table") -> "dict[str, pa.Table]":
    """The rows of `cube` and `coverage` that stand for some reports.

    Args:
        reports: Rows in the schema of `reports`, of one or more imports.

    Returns:
        The tables by name, in their schemas; nothing where no row is a feed's.
    """
    import duckdb
    import pyarrow.compute as pc

    from detente.model.tables import TABLES

    if not pc.any(pc.equal(reports["record_kind"], "feed")).as_py():
        return {}
    with duckdb.connect(":memory:") as connection:
        connection.register("incoming", reports.select(_COUNTED))
        connection.execute(f"CREATE TABLE counted AS {_counted('incoming')}")
        found = {name: connection.sql(sql).to_arrow_table() for name, sql in _counting_rows("counted").items()}
    return {name: rows.select(TABLES[name].names).cast(TABLES[name]) for name, rows in found.items() if rows.num_rows}


def fill_cube_sql(name: str, reports: str) -> str:
    """The query that gives one table of the cube from stored reports, sorted as it is kept.

    Args:
        name: One of `CUBE_TABLES`.
        reports: A table or query of reports.
    """
    return _counting(reports)[name]


def cubed_feeds(connection: "duckdb.DuckDBPyConnection") -> dict[str, int] | None:
    """Rows of each feed as the cube counts them, the largest first; None where the cube lags behind the imports.

    Args:
        connection: A snapshot's, with its live views.
    """
    counted = dict(
        connection.execute("SELECT feed, sum(n)::BIGINT FROM coverage WHERE side IS NULL GROUP BY feed").fetchall()
    )
    stored = dict(
        connection.execute(
            """SELECT feed, sum(stored)::BIGINT FROM imports
            WHERE kind = 'feed' OR (kind = 'review' AND feed IS NOT NULL) -- a corrected row of a feed
            GROUP BY feed HAVING sum(stored) > 0"""
        ).fetchall()
    )
    if counted != stored:
        return None
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def create_cube_views(connection: "duckdb.DuckDBPyConnection", *, touched: bool) -> Mapping[str, str]:
    """Make the views a measure reads.

    Args:
        connection: A snapshot's; where `touched`, with its tables `touched` and `told`.
        touched: Whether links change events of feeds: what they merged is then taken out and the events put in.

    Returns:
        The names of the views by table.
    """
    found = {}
    for name in CUBE_TABLES:
        source = f"SELECT * FROM {name}"
        if touched:
            gone = _counting("(SELECT reports.* FROM reports SEMI JOIN touched USING (report_id))")[name]
            told = _counting("told")[name]
            source = f"""SELECT * EXCLUDE (n, mentions, import_id),
                    sum(n)::BIGINT AS n, sum(mentions)::BIGINT AS mentions
                FROM (SELECT * FROM {name} UNION ALL BY NAME SELECT * REPLACE (-n AS n, -mentions AS mentions)
                      FROM ({gone}) UNION ALL BY NAME SELECT * FROM ({told}))
                GROUP BY ALL HAVING sum(n) > 0"""
        found[name] = f"counted_{name}"
        connection.execute(f"CREATE TEMP VIEW {found[name]} AS {source}")
    return found


def _counting(reports: str) -> dict[str, str]:
    """The queries of `cube` and `coverage` over reports."""
    return _counting_rows(f"({_counted(reports)})")


def _counted(reports: str) -> str:
    """The rows of feeds, like ones together: all that either table needs, grouped once."""
    columns = ", ".join(f'"{name}"' for name in _GRAIN)
    return f"""SELECT {columns}, count(*) AS n, sum(mentions)::BIGINT AS mentions
        FROM {reports} WHERE record_kind = 'feed' AND feed IS NOT NULL GROUP BY ALL"""


def _counting_rows(counted: str) -> dict[str, str]:
    """The same over rows that `_counted` gave."""
    cube = f"""
        SELECT least(source_country, target_country) || '-' || greatest(source_country, target_country) AS pair,
            feed, date_start, date_end, source_country, target_country, source_sector, target_sector, "symmetric",
            event_type, "mode", cameo, quad, intensity, intensity_scale, status, n, mentions, import_id
        FROM {counted}
        WHERE source_country <> target_country
        ORDER BY {", ".join(CUBE_ORDER)}"""
    # A row counts once for all, and once for each side in it.
    sides = ("NULL::VARCHAR", "source_country", "target_country")
    other = "target_country IS NOT NULL AND target_country IS DISTINCT FROM source_country"
    conditions = ("true", "source_country IS NOT NULL", other)
    parts = (
        f"""SELECT feed, date_start, date_end, {side} AS side, sum(n) AS n,
            sum(mentions) AS mentions, import_id
        FROM {counted} WHERE {condition} GROUP BY ALL"""
        for side, condition in zip(sides, conditions, strict=True)
    )
    coverage = f"""
        SELECT feed, date_start, date_end, side, sum(n)::BIGINT AS n, sum(mentions)::BIGINT AS mentions, import_id
        FROM ({" UNION ALL BY NAME ".join(parts)}) GROUP BY ALL ORDER BY {", ".join(COVERAGE_ORDER)}"""
    return {"cube": cube, "coverage": coverage}
