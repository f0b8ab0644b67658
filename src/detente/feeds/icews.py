"""ICEWS event data: daily or yearly files of 20 columns, cut by tabs or commas, also gzipped or zipped.

Source: Boschee et al., ICEWS Coded Event Data, Harvard Dataverse, doi:10.7910/DVN/28075 (weekly: QI2T9A). The
intensity is the feed's own column. Quotes are plain letters in tab-separated files: no line is swallowed by an odd one.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.refusal import refuse_weis
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import Check, Mapped, read_tabular
from detente.ontology.codes import load_cameo
from detente.ontology.crosswalk import icews_countries, icews_igos, icews_people, icews_sectors


def read_icews(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read ICEWS files; see `read_tabular`."""
    return read_tabular(files, name, feed_sheet("icews"), _MAPPED)


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    connection.register("codes", load_cameo().table)
    connection.register("countries", icews_countries())
    connection.register("igos", icews_igos())
    connection.register("labels", icews_sectors())
    connection.register("offices", icews_people())


def _map_actors(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the relations roles (a sector by list of labels) and people (who acts, by name, country and labels)."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE roles AS
        SELECT sectors, arg_min(l.sector, CAST(l.rank AS INTEGER)) AS sector FROM (
            SELECT sectors, trim(unnest(string_split(sectors, ','))) AS label
            FROM (SELECT DISTINCT unnest(["Source Sectors", "Target Sectors"]) AS sectors FROM cells)
            WHERE sectors IS NOT NULL) s
        LEFT JOIN labels l ON l.label = s.label GROUP BY sectors"""
    )
    # An official of an organisation we cannot name does not act for the state of his passport: no country.
    # An organisation itself is its name; a body or person of it is written "Ministry (European Union)".
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE people AS
        SELECT name, country_name, sectors,
            CASE WHEN role IS DISTINCT FROM 'IGO' OR country LIKE 'IGO:%' THEN country END AS country,
            CASE WHEN NOT itself AND NOT (coalesce(country LIKE 'IGO:%', FALSE) AND coalesce(role, 'IGO') = 'IGO')
                THEN coalesce(role, 'UNS') END AS sector,
            CASE WHEN NOT itself THEN
                'icews/' || trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '-', 'g'), '-')
                END AS actor
        FROM (
            SELECT q.*, coalesce(c.country, i.igo, b.igo) AS country, r.sector AS role,
                coalesce(n.country = c.country, FALSE) OR (c.country IS NULL AND i.igo IS NOT NULL) AS itself
            FROM (
                SELECT "Source Name" AS name, "Source Country" AS country_name, "Source Sectors" AS sectors FROM cells
                UNION SELECT "Target Name", "Target Country", "Target Sectors" FROM cells) q
            LEFT JOIN countries c ON c.name = q.country_name
            LEFT JOIN countries n ON n.name = q.name
            LEFT JOIN igos i ON i.name = q.name
            LEFT JOIN igos b ON b.name = regexp_extract(q.name, '\\(([^()]+)\\)$', 1)
            LEFT JOIN roles r ON r.sectors = q.sectors)"""
    )


def _side(side: str, alias: str) -> str:
    """Joins of one side of a row: who acts, by office held that day, else by labels."""
    return f"""
        LEFT JOIN people {alias} ON {alias}.name IS NOT DISTINCT FROM e."{side} Name"
            AND {alias}.country_name IS NOT DISTINCT FROM e."{side} Country"
            AND {alias}.sectors IS NOT DISTINCT FROM e."{side} Sectors"
        LEFT JOIN offices {alias}_office ON {alias}_office.name = e."{side} Name"
            AND ({alias}_office.valid_from IS NULL OR e."Event Date" >= {alias}_office.valid_from)
            AND ({alias}_office.valid_to IS NULL OR e."Event Date" <= {alias}_office.valid_to)"""


def _sector(alias: str) -> str:
    return f"CASE WHEN {alias}_office.name IS NULL THEN {alias}.sector ELSE {alias}_office.sector END"


_PLACE: Final = 'nullif(concat_ws(\', \', e."City", e."District", e."Province", e."Country"), \'\')'
_MAPPED: Final = Mapped(
    checks=(
        Check("Event ID", '"Event ID" IS NULL', "no id"),
        Check(
            "Event Date",
            '"Event Date" IS NULL OR try_cast("Event Date" AS DATE) IS NULL OR length("Event Date") <> 10',
            "no date of the form YYYY-MM-DD",
        ),
        Check(
            "CAMEO Code",
            '"CAMEO Code" IS NULL OR NOT regexp_full_match("CAMEO Code", \'[0-9]{2,4}\')',
            "damaged code, expected 2 to 4 digits",
        ),
        Check("CAMEO Code", '"CAMEO Code" NOT IN (SELECT code FROM codes)', "not a code of CAMEO"),
        Check("Intensity", '"Intensity" IS NOT NULL AND try_cast("Intensity" AS DOUBLE) IS NULL', "no number"),
        Check(
            "Event ID",
            'row_number() OVER (PARTITION BY import_id, "Event ID" ORDER BY file, line) > 1',
            "id seen before in this file",
        ),
    ),
    prepare=_prepare,
    actors=_map_actors,
    joins='LEFT JOIN codes k ON k.code = e."CAMEO Code" LEFT JOIN countries p ON p.name = e."Country"'
    + _side("Source", "s")
    + _side("Target", "t"),
    expressions={
        "report_id": "{feed} || ':' || e.\"Event ID\"",
        "date_start": 'CAST(e."Event Date" AS DATE)',
        "date_end": 'CAST(e."Event Date" AS DATE)',
        "source_country": "coalesce(s_office.country, s.country)",
        "target_country": "coalesce(t_office.country, t.country)",
        "source_sector": _sector("s"),
        "target_sector": _sector("t"),
        "source_actor": "s.actor",
        "target_actor": "t.actor",
        "source_text": 'e."Source Name"',
        "target_text": 'e."Target Name"',
        "event_type": "k.event_type",
        "mode": "k.mode",
        "cameo": 'e."CAMEO Code"',
        "quad": "k.quad",
        "intensity": 'CAST(e."Intensity" AS DOUBLE)',
        "intensity_scale": "CASE WHEN e.\"Intensity\" IS NOT NULL THEN 'goldstein' END",
        "place_text": _PLACE,
        "place_country": "p.country",
        "lat": 'try_cast(e."Latitude" AS DOUBLE)',
        "lon": 'try_cast(e."Longitude" AS DOUBLE)',
    },
    # A country's name that we do not know is given as such, else the actor's.
    unmapped="""SELECT CASE WHEN k.name IS NULL AND q.country_name IS NOT NULL THEN q.country_name
            ELSE coalesce(q.name, 'no name') END AS actor, sum(q.n) AS n
        FROM (SELECT name, country_name, sectors, count(*) AS n FROM (
                SELECT "Source Name" AS name, "Source Country" AS country_name, "Source Sectors" AS sectors FROM good
                UNION ALL SELECT "Target Name", "Target Country", "Target Sectors" FROM good) GROUP BY ALL) q
        LEFT JOIN countries k ON k.name = q.country_name
        LEFT JOIN people p ON p.name IS NOT DISTINCT FROM q.name
            AND p.country_name IS NOT DISTINCT FROM q.country_name AND p.sectors IS NOT DISTINCT FROM q.sectors
        WHERE p.country IS NULL AND NOT EXISTS (SELECT 1 FROM offices o WHERE o.name = q.name)
        GROUP BY 1 ORDER BY n DESC, actor""",
    found=lambda connection, file: refuse_weis("CAMEO Code", connection, file),
)
