"""ACLED events from the user's own download: 31 columns and those of before 2023. Experimental.

Source: ACLED codebook (2023). A battle has no direction in ACLED: it counts in both. Terms: rows stay with the user.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.joined import SIDES, check_there, side_joins
from detente.feeds.mapped import Check, Mapped
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular
from detente.ontology.acled_actors import acled_actors, acled_sectors, acled_types, iso_numbers

_FORMS: Final = "['%Y-%m-%d', '%d %B %Y', '%d-%b-%Y', '%d-%m-%Y', '%d/%m/%Y']"
_DAY: Final = f"CAST(try_strptime(event_date, {_FORMS}) AS DATE)"
_ISO: Final = f"CAST({_DAY} AS VARCHAR)"


def read_acled(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read ACLED files; see `read_tabular`."""
    return read_tabular(files, name, feed_sheet("acled"), _MAPPED)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.register("types", acled_types())
    connection.register("kinds", acled_sectors())
    connection.register("numbers", iso_numbers())


def _actors(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.sql("SELECT DISTINCT unnest([actor1, actor2]) FROM cells ORDER BY 1").fetchall()
    connection.register("actors", acled_actors(str(name) for (name,) in rows if name is not None))


_MAPPED: Final = Mapped(
    checks=(
        check_there("event_id_cnty", "no id"),
        Check("event_date", f"{_DAY} IS NULL", "no date of the form 2023-02-16 or 16 February 2023"),
        Check(
            "sub_event_type",
            "sub_event_type IS NULL OR sub_event_type NOT IN (SELECT sub_event_type FROM types)",
            "not a sub-event type of the codebook",
        ),
        check_there("actor1", "no actor"),
    ),
    prepare=_prepare,
    actors=_actors,
    joins="LEFT JOIN types k ON k.sub_event_type = e.sub_event_type LEFT JOIN kinds ks ON ks.inter = e.inter1 "
    "LEFT JOIN kinds kt ON kt.inter = e.inter2 LEFT JOIN numbers p ON p.number = e.iso "
    + side_joins(_ISO, "actor1", "actor2"),
    expressions={
        **SIDES,
        "report_id": "{feed} || ':' || e.event_id_cnty",
        "date_start": _DAY,
        "date_end": f"CASE WHEN e.time_precision = '3' THEN CAST(last_day({_DAY}) AS DATE) ELSE {_DAY} END",
        "date_precision": "CASE coalesce(e.time_precision, '1') WHEN '1' THEN 'day' WHEN '2' THEN 'unknown' "
        "ELSE 'month' END",
        "source_sector": "coalesce(s.sector, ks.sector)",
        "target_sector": "coalesce(t.sector, kt.sector)",
        "source_text": "e.actor1",
        "target_text": "e.actor2",
        "event_type": "k.event_type",
        "mode": "k.mode",
        "quad": "CAST(k.quad AS TINYINT)",
        "symmetric": "e.event_type = 'Battles' OR e.sub_event_type = 'Agreement'",
        "place_text": "nullif(concat_ws(', ', e.location, e.admin1, e.country), '')",
        "place_country": "p.country",
        "lat": "try_cast(e.latitude AS DOUBLE)",
        "lon": "try_cast(e.longitude AS DOUBLE)",
    },
    unmapped="""SELECT actor, count(*) AS n FROM (
            SELECT actor1 AS actor FROM good UNION ALL SELECT actor2 FROM good) q
        WHERE actor IN (SELECT code FROM actors WHERE country IS NULL) GROUP BY actor ORDER BY n DESC, actor""",
)
