"""Phoenix events of the Open Event Data Alliance: daily files of 26 columns without a header, in CAMEO.

Source: Phoenix data set description (Open Event Data Alliance 2014).
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.joined import (
    CODED,
    SIDES,
    check_code,
    check_number,
    check_there,
    register_actors,
    side_joins,
    unknown_actors,
)
from detente.feeds.mapped import Check, Mapped
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.refusal import refuse_weis
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular
from detente.ontology.codes import load_cameo

_DAY: Final = "CAST(try_strptime({e}\"Date\", '%Y%m%d') AS DATE)"
_ISO: Final = f"CAST({_DAY.format(e='e.')} AS VARCHAR)"


def read_phoenix(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read Phoenix files; see `read_tabular`."""
    return read_tabular(files, name, feed_sheet("phoenix"), _MAPPED)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.register("codes", load_cameo().table)


_MAPPED: Final = Mapped(
    checks=(
        check_there("EventID", "no id"),
        Check("Date", f"{_DAY.format(e='')} IS NULL", "no date of the form YYYYMMDD"),
        *check_code("EventCode", "CAMEO"),
        check_number("GoldsteinScore"),
    ),
    prepare=_prepare,
    actors=lambda connection: register_actors(connection, "cameo", "SourceActorFull", "TargetActorFull"),
    joins='LEFT JOIN codes k ON k.code = e."EventCode" ' + side_joins(_ISO, "SourceActorFull", "TargetActorFull"),
    expressions={
        **SIDES,
        **CODED,
        "report_id": "{feed} || ':' || e.\"EventID\"",
        "date_start": _DAY.format(e="e."),
        "date_end": _DAY.format(e="e."),
        "source_text": 'e."SourceActorFull"',
        "target_text": 'e."TargetActorFull"',
        "cameo": 'e."EventCode"',
        "intensity": 'CAST(e."GoldsteinScore" AS DOUBLE)',
        "intensity_scale": "CASE WHEN e.\"GoldsteinScore\" IS NOT NULL THEN 'goldstein' END",
        "issue": "coalesce(list_filter(list_transform(string_split(lower(e.\"Issues\"), ';'), "
        "lambda x: trim(split_part(x, ',', 1))), lambda x: x <> ''), [])",
        "place_text": 'nullif(concat_ws(\', \', e."LocationName", e."StateName", e."CountryCode"), \'\')',
        "lat": 'try_cast(e."Lat" AS DOUBLE)',
        "lon": 'try_cast(e."Lon" AS DOUBLE)',
    },
    unmapped=unknown_actors(_ISO, "SourceActorFull", "TargetActorFull"),
    found=lambda cells, file: refuse_weis("EventCode", cells, file),
)
