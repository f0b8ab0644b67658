"""GDELT events: daily, monthly and yearly files of 1.0, 15-minute files of 2.0, English and translated; reduced files.

Sources: GDELT event codebooks 1.03 (2013) and 2.0 (2015). The intensity is the feed's own GoldsteinScale; the type and
mode follow from its CAMEO code through our table.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.gdelt_mentions import is_mentions_file, read_gdelt_mentions
from detente.feeds.mapped import Check, Mapped, Part
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.refusal import refuse_weis
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular
from detente.ontology.codes import load_cameo
from detente.ontology.crosswalk import keds_actors
from detente.ontology.gdelt_actors import GdeltActor, fips_countries, gdelt_actors

_ALWAYS: Final = "valid_from = '00000000' AND valid_to = '99999999'"  # an actor whose country hangs on no day
_DAY: Final = "CAST(try_strptime(e.\"{column}\", '%Y%m%d') AS DATE)"


def read_gdelt(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read files of GDELT: of events, 1.0 (57 or 58 columns) or 2.0 (61 columns), and then those of mentions.

    See `read_tabular`, and `read_gdelt_mentions` for the files that are called as mentions are.
    """
    events = [file for file in files if not is_mentions_file(file.path)]
    mentions = [file for file in files if is_mentions_file(file.path)]
    if events:
        yield from read_tabular(events, name, feed_sheet("gdelt"), _EVENTS)
    if mentions:
        yield from read_gdelt_mentions(mentions, name)


def read_gdelt_reduced(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read a reduced file: a line stands for several events of one day, pair, code and place; see `read_tabular`.

    Each event becomes a row of its own, so that counts are those of the feed; the articles of a line stand with its
    first event.
    """
    return read_tabular(files, name, feed_sheet("gdelt-reduced"), _REDUCED)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.register("codes", load_cameo().table)
    connection.register("fips", fips_countries())


def _event_actors(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.sql(
        "SELECT code, min(country), min(known), min(coalesce(religion, ethnic)), min(first), min(second), min(third) "
        "FROM e WHERE code IS NOT NULL GROUP BY code ORDER BY code"
    ).fetchall()
    actors = (
        GdeltActor(code, country, known, community, tuple(role for role in roles if role))
        for code, country, known, community, *roles in rows
    )
    connection.register("actors", gdelt_actors(actors))


def _reduced_actors(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.sql('SELECT DISTINCT unnest(["Source", "Target"]) FROM cells').fetchall()
    table, _ = keds_actors((str(code) for (code,) in rows if code), "CAMEO")
    connection.register("known", table)
    connection.execute(
        """CREATE OR REPLACE TEMP VIEW actors AS SELECT code, country, sector, actor,
        coalesce(replace(valid_from, '-', ''), '00000000') AS valid_from,
        coalesce(replace(valid_to, '-', ''), '99999999') AS valid_to FROM known"""
    )


def _joins(day: str, source: str, target: str, code: str) -> str:
    return f"""
        LEFT JOIN codes k ON k.code = e."{code}"
        LEFT JOIN actors s ON s.code = e."{source}" AND e."{day}" BETWEEN s.valid_from AND s.valid_to
        LEFT JOIN actors t ON t.code = e."{target}" AND e."{day}" BETWEEN t.valid_from AND t.valid_to"""


def _checks(day: str, code: str, score: str, counted: str) -> tuple[Check, ...]:
    return (
        Check(
            day,
            f'"{day}" IS NULL OR try_strptime("{day}", \'%Y%m%d\') IS NULL OR length("{day}") <> 8',
            "no date of the form YYYYMMDD",
        ),
        Check(
            code,
            f'"{code}" IS NULL OR NOT regexp_full_match("{code}", \'[0-9]{{2,4}}\')',
            "damaged code, expected 2 to 4 digits",
        ),
        Check(code, f'"{code}" NOT IN (SELECT code FROM codes)', "not a code of CAMEO"),
        Check(score, f'"{score}" IS NOT NULL AND try_cast("{score}" AS DOUBLE) IS NULL', "no number"),
        Check(counted, f'"{counted}" IS NOT NULL AND try_cast("{counted}" AS INTEGER) IS NULL', "no whole number"),
    )


def _unmapped(day: str, source: str, target: str) -> str:
    return f"""SELECT actor, count(*) AS n FROM (
            SELECT "{source}" AS actor, "{day}" AS day FROM good UNION ALL SELECT "{target}", "{day}" FROM good) s
        WHERE actor IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM actors a WHERE a.code = s.actor AND s.day BETWEEN a.valid_from AND a.valid_to)
        GROUP BY actor ORDER BY n DESC, actor"""


_SHARED: Final = {
    "source_country": "s.country",
    "target_country": "t.country",
    "source_sector": "s.sector",
    "target_sector": "t.sector",
    "source_actor": "s.actor",
    "target_actor": "t.actor",
    "event_type": "k.event_type",
    "mode": "k.mode",
    "quad": "k.quad",
}
_CELLS: Final = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "Religion1Code", "EthnicCode"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_SIDES: Final = Part(
    uses={
        f"{side}_": (*(f"Actor{number}{cell}" for cell in _CELLS), "SQLDATE")
        for number, side in ((1, "source"), (2, "target"))
    },
    names=("code", "name", "country", "known", "religion", "ethnic", "first", "second", "third", "day"),
    prepare=_event_actors,
    dated=f"SELECT code FROM actors WHERE NOT ({_ALWAYS})",
    source=f"e LEFT JOIN actors a ON a.code = e.code AND ({_ALWAYS} OR e.day BETWEEN a.valid_from AND a.valid_to)",
    expressions={"text": "e.name", "country": "a.country", "sector": "a.sector", "actor": "a.actor"},
    unmapped="CASE WHEN a.code IS NULL THEN e.code END",
)
_EVENTS: Final = Mapped(
    checks=(
        Check(
            "GLOBALEVENTID",
            '"GLOBALEVENTID" IS NULL OR try_cast("GLOBALEVENTID" AS BIGINT) IS NULL',
            "no id of digits",
        ),
        *_checks("SQLDATE", "EventCode", "GoldsteinScale", "NumMentions"),
    ),
    prepare=_prepare,
    parts=(
        _SIDES,
        Part(
            uses={"": ("SQLDATE",)},
            expressions=dict.fromkeys(("date_start", "date_end"), _DAY.format(column="SQLDATE")),
        ),
        Part(
            uses={"": ("EventCode",)},
            source='e LEFT JOIN codes k ON k.code = e."EventCode"',
            expressions={"cameo": 'e."EventCode"', "event_type": "k.event_type", "mode": "k.mode", "quad": "k.quad"},
        ),
        Part(
            uses={"": ("GoldsteinScale",)},
            expressions={
                "intensity": 'try_cast(e."GoldsteinScale" AS DOUBLE)',
                "intensity_scale": "CASE WHEN e.\"GoldsteinScale\" IS NOT NULL THEN 'goldstein' END",
            },
        ),
        Part(uses={"": ("NumMentions",)}, expressions={"mentions": 'try_cast(e."NumMentions" AS INTEGER)'}),
        Part(
            uses={"": ("ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_Lat", "ActionGeo_Long")},
            source='e LEFT JOIN fips p ON p.fips = e."ActionGeo_CountryCode"',
            expressions={
                "place_text": 'e."ActionGeo_FullName"',
                "place_country": "p.country",
                "lat": 'try_cast(e."ActionGeo_Lat" AS DOUBLE)',
                "lon": 'try_cast(e."ActionGeo_Long" AS DOUBLE)',
            },
        ),
    ),
    expressions={"report_id": "{feed} || ':' || e.\"GLOBALEVENTID\""},
    found=lambda cells, file: refuse_weis("EventCode", cells, file),
)
_ROW: Final = 'concat_ws(\'|\', e."Date", e."Source", e."Target", e."CAMEOCode", e."ActionGeoLat", e."ActionGeoLong")'
_REDUCED: Final = Mapped(
    checks=(
        *_checks("Date", "CAMEOCode", "Goldstein", "NumArts"),
        Check("NumEvents", 'coalesce(try_cast("NumEvents" AS INTEGER), 0) < 1', "no number of events"),
    ),
    prepare=_prepare,
    actors=_reduced_actors,
    joins=_joins("Date", "Source", "Target", "CAMEOCode")
    + ' CROSS JOIN LATERAL (SELECT unnest(range(1, CAST(e."NumEvents" AS BIGINT) + 1)) AS place) n',
    expressions={
        **_SHARED,
        "report_id": f"{{feed}} || ':' || sha256({_ROW})[1:24] || ':' || row_number() OVER "
        f"(PARTITION BY sha256({_ROW}) ORDER BY e.line, n.place)",
        "date_start": _DAY.format(column="Date"),
        "date_end": _DAY.format(column="Date"),
        "source_text": 'e."Source"',
        "target_text": 'e."Target"',
        "cameo": 'e."CAMEOCode"',
        "intensity": 'CAST(e."Goldstein" AS DOUBLE)',
        "intensity_scale": "CASE WHEN e.\"Goldstein\" IS NOT NULL THEN 'goldstein' END",
        "mentions": 'CASE WHEN n.place = 1 THEN CAST(e."NumArts" AS INTEGER) END',
        "lat": 'try_cast(e."ActionGeoLat" AS DOUBLE)',
        "lon": 'try_cast(e."ActionGeoLong" AS DOUBLE)',
    },
    unmapped=_unmapped("Date", "Source", "Target"),
    found=lambda cells, file: refuse_weis("CAMEOCode", cells, file),
)
