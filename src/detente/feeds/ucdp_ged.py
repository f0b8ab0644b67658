"""UCDP GED: events of organised violence with at least one death. Experimental.

Source: UCDP GED codebook (Hogbladh 2019 and later). State-based and non-state violence has no direction; one-sided
violence is side A's on civilians. There is no scale of intensity.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.joined import SIDES, check_there, register_actors, side_joins
from detente.feeds.mapped import Check, Mapped
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular

_ISO: Final = "date_start[1:10]"


def read_ucdp_ged(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read UCDP GED files; see `read_tabular`."""
    return read_tabular(files, name, feed_sheet("ucdp-ged"), _MAPPED)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing beside the actors is joined."""


def _date(column: str) -> Check:
    wrong = f"{column} IS NULL OR try_cast({column}[1:10] AS DATE) IS NULL"
    return Check(column, wrong, "no date of the form YYYY-MM-DD")


_MAPPED: Final = Mapped(
    checks=(
        check_there("id", "no id"),
        _date("date_start"),
        _date("date_end"),
        Check("date_end", "date_end[1:10] < date_start[1:10]", "ends before it begins"),
        Check(
            "type_of_violence",
            "coalesce(type_of_violence, '') NOT IN ('1', '2', '3')",
            "not a type of violence, 1 to 3",
        ),
        check_there("side_a", "no side A"),
    ),
    prepare=_prepare,
    actors=lambda connection: register_actors(connection, "gw", "gwnoa", "gwnob", "country_id"),
    joins=side_joins(_ISO, "gwnoa", "gwnob")
    + f""" LEFT JOIN actors p ON p.code = e.country_id AND (p.valid_from IS NULL OR {_ISO} >= p.valid_from)
        AND (p.valid_to IS NULL OR {_ISO} <= p.valid_to)""",
    expressions={
        **SIDES,
        "report_id": "{feed} || ':' || e.id",
        "date_start": "CAST(e.date_start[1:10] AS DATE)",
        "date_end": "CAST(e.date_end[1:10] AS DATE)",
        "date_precision": "CASE WHEN e.date_start[1:10] = e.date_end[1:10] THEN 'day' "
        "WHEN e.date_prec = '4' THEN 'month' WHEN e.date_prec = '5' THEN 'year' ELSE 'span' END",
        "source_sector": "CASE WHEN s.country IS NOT NULL THEN 'GOV' ELSE 'REB' END",
        "target_sector": "CASE WHEN e.type_of_violence = '3' THEN 'CVL' WHEN t.country IS NOT NULL THEN 'GOV' "
        "ELSE 'REB' END",
        "source_actor": "CASE WHEN s.country IS NULL THEN 'ucdp/' || e.side_a_new_id END",
        "target_actor": "CASE WHEN t.country IS NULL AND e.type_of_violence <> '3' THEN 'ucdp/' || e.side_b_new_id END",
        "source_text": "e.side_a",
        "target_text": "e.side_b",
        "event_type": "'ASSAULT'",
        "quad": "4",
        "symmetric": "e.type_of_violence <> '3'",
        "mentions": "try_cast(e.number_of_sources AS INTEGER)",
        "place_text": "nullif(concat_ws(', ', e.where_coordinates, e.adm_1, e.country), '')",
        "place_country": "p.country",
        "lat": "try_cast(e.latitude AS DOUBLE)",
        "lon": "try_cast(e.longitude AS DOUBLE)",
    },
    unmapped="""SELECT actor, count(*) AS n FROM (
            SELECT side_a AS actor, gwnoa AS state FROM good UNION ALL SELECT side_b, gwnob FROM good) q
        WHERE actor IS NOT NULL AND (state IS NULL OR state NOT IN (SELECT code FROM actors)) AND actor <> 'Civilians'
        GROUP BY actor ORDER BY n DESC, actor""",
)
