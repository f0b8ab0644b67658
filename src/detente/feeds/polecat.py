"""POLECAT events, already in PLOVER: weekly and yearly files of 40 columns. Experimental.

Source: POLECAT data on Harvard Dataverse, doi:10.7910/DVN/AJGVIT, and its PLOVER manual; written from the published
header. Where a side names several states it has no single one, and no country here.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.joined import SIDES, check_number, check_there, register_actors, side_joins, unknown_actors
from detente.feeds.mapped import Check, Mapped
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular
from detente.ontology.tables import read_arrow

_DAY: Final = 'e."Event Date"[1:10]'


def read_polecat(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read POLECAT files; see `read_tabular`."""
    return read_tabular(files, name, feed_sheet("polecat"), _MAPPED)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.register("types", read_arrow("plover_types.csv"))
    connection.register("modes", read_arrow("plover_modes.csv"))
    connection.register("sectors", read_arrow("sectors.csv"))


_MAPPED: Final = Mapped(
    checks=(
        check_there("Event ID", "no id"),
        Check(
            "Event Date",
            '"Event Date" IS NULL OR try_cast("Event Date"[1:10] AS DATE) IS NULL',
            "no date of the form YYYY-MM-DD",
        ),
        Check(
            "Event Type",
            '"Event Type" IS NULL OR upper("Event Type") NOT IN (SELECT event_type FROM types)',
            "not an event type of PLOVER",
        ),
        check_number("Intensity"),
    ),
    prepare=_prepare,
    actors=lambda connection: register_actors(connection, "iso3", "Actor Country", "Recipient Country"),
    joins='LEFT JOIN types k ON k.event_type = upper(e."Event Type") LEFT JOIN modes m ON '
    'm.event_type = upper(e."Event Type") AND m.mode = lower(e."Event Mode") '
    'LEFT JOIN sectors ss ON ss.sector = upper(e."Primary Actor Sector") '
    'LEFT JOIN sectors ts ON ts.sector = upper(e."Primary Recipient Sector") '
    + side_joins(_DAY, "Actor Country", "Recipient Country"),
    expressions={
        **SIDES,
        "report_id": "{feed} || ':' || e.\"Event ID\"",
        "date_start": f"CAST({_DAY} AS DATE)",
        "date_end": f"CAST({_DAY} AS DATE)",
        "source_sector": "ss.sector",
        "target_sector": "ts.sector",
        "source_text": 'coalesce(e."Actor Name", e."Actor Name Raw")',
        "target_text": 'coalesce(e."Recipient Name", e."Recipient Name Raw")',
        "event_type": "k.event_type",
        "mode": "m.mode",
        "quad": "CAST(k.quad AS TINYINT)",
        "context": "coalesce(list_transform(string_split(lower(e.\"Contexts\"), ';'), lambda x: trim(x)), [])",
        "intensity": 'CAST(e."Intensity" AS DOUBLE)',
        "intensity_scale": "CASE WHEN e.\"Intensity\" IS NOT NULL THEN 'plover' END",
        "place_text": 'nullif(concat_ws(\', \', e."City", e."District", e."Province", e."Country"), \'\')',
        "lat": 'try_cast(e."Latitude" AS DOUBLE)',
        "lon": 'try_cast(e."Longitude" AS DOUBLE)',
    },
    unmapped=unknown_actors(_DAY, "Actor Country", "Recipient Country"),
)
