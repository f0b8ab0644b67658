"""ICEWS event data: daily or yearly files of 20 columns, cut by tabs or commas, also gzipped or zipped.

Source: Boschee et al., ICEWS Coded Event Data, Harvard Dataverse, doi:10.7910/DVN/28075 (weekly: QI2T9A). The
intensity is the feed's own column. Quotes are plain letters in tab-separated files: no line is swallowed by an odd one.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb

from detente.feeds.mapped import Check, Mapped, Part
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.refusal import refuse_weis
from detente.feeds.sheet import feed_sheet
from detente.feeds.tabular import read_tabular
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


def _map_roles(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the relation roles: a sector by list of labels."""
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE roles AS
        SELECT sectors, arg_min(l.sector, CAST(l.rank AS INTEGER)) AS sector FROM (
            SELECT sectors, trim(unnest(string_split(sectors, ','))) AS label
            FROM (SELECT DISTINCT sectors FROM e) WHERE sectors IS NOT NULL) s
        LEFT JOIN labels l ON l.label = s.label GROUP BY sectors"""
    )


# An official of an organisation we cannot name does not act for the state of his passport: no country.
# An organisation itself is its name; a body or person of it is written "Ministry (European Union)".
_PEOPLE: Final = """(
    SELECT name, country_name, place, day, nation,
        CASE WHEN role IS DISTINCT FROM 'IGO' OR country LIKE 'IGO:%' THEN country END AS country,
        CASE WHEN NOT itself AND NOT (coalesce(country LIKE 'IGO:%', FALSE) AND coalesce(role, 'IGO') = 'IGO')
            THEN coalesce(role, 'UNS') END AS sector,
        CASE WHEN NOT itself THEN
            'icews/' || trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '-', 'g'), '-')
            END AS actor
    FROM (
        SELECT q.*, coalesce(c.country, i.igo, b.igo) AS country, r.sector AS role, c.name AS nation,
            coalesce(n.country = c.country, FALSE) OR (c.country IS NULL AND i.igo IS NOT NULL) AS itself
        FROM e q
        LEFT JOIN countries c ON c.name = q.country_name
        LEFT JOIN countries n ON n.name = q.name
        LEFT JOIN igos i ON i.name = q.name
        LEFT JOIN igos b ON b.name = regexp_extract(q.name, '\\(([^()]+)\\)$', 1)
        LEFT JOIN roles r ON r.sectors = q.sectors)) e"""
# Who acts is told by the office held that day, else by the labels.
_OFFICE: Final = """LEFT JOIN offices o ON o.name = e.name
    AND (o.valid_from IS NULL OR e.day >= o.valid_from) AND (o.valid_to IS NULL OR e.day <= o.valid_to)"""
_SIDES: Final = Part(
    uses={
        f"{side.lower()}_": (f"{side} Name", f"{side} Sectors", f"{side} Country", "Event Date")
        for side in ("Source", "Target")
    },
    names=("name", "sectors", "country_name", "day"),
    prepare=_map_roles,
    dated="SELECT name FROM offices",
    source=f"{_PEOPLE} {_OFFICE}",
    expressions={
        "text": "e.name",
        "country": "coalesce(o.country, e.country)",
        "sector": "CASE WHEN o.name IS NULL THEN e.sector ELSE o.sector END",
        "actor": "e.actor",
    },
    # A country's name that we do not know is given as such, else the actor's.
    unmapped="""CASE WHEN e.country IS NULL AND coalesce(e.name NOT IN (SELECT name FROM offices), TRUE) THEN
        CASE WHEN e.nation IS NULL AND e.country_name IS NOT NULL THEN e.country_name
        ELSE coalesce(e.name, 'no name') END END""",
)
_DAY: Final = Part(
    uses={"": ("Event Date",)},
    expressions=dict.fromkeys(("date_start", "date_end"), 'try_cast(e."Event Date" AS DATE)'),
)
_CODE: Final = Part(
    uses={"": ("CAMEO Code",)},
    source='e LEFT JOIN codes k ON k.code = e."CAMEO Code"',
    expressions={"cameo": 'e."CAMEO Code"', "event_type": "k.event_type", "mode": "k.mode", "quad": "k.quad"},
)
_SCORE: Final = Part(
    uses={"": ("Intensity",)},
    expressions={
        "intensity": 'try_cast(e."Intensity" AS DOUBLE)',
        "intensity_scale": "CASE WHEN e.\"Intensity\" IS NOT NULL THEN 'goldstein' END",
    },
)
_WHERE: Final = Part(
    uses={"": ("City", "District", "Province", "Country", "Latitude", "Longitude")},
    source='e LEFT JOIN countries p ON p.name = e."Country"',
    expressions={
        "place_text": 'nullif(concat_ws(\', \', e."City", e."District", e."Province", e."Country"), \'\')',
        "place_country": "p.country",
        "lat": 'try_cast(e."Latitude" AS DOUBLE)',
        "lon": 'try_cast(e."Longitude" AS DOUBLE)',
    },
)
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
            only_if='count(DISTINCT "Event ID") < count("Event ID")',
        ),
    ),
    prepare=_prepare,
    parts=(_SIDES, _DAY, _CODE, _SCORE, _WHERE),
    expressions={"report_id": "{feed} || ':' || e.\"Event ID\""},
    found=lambda cells, file: refuse_weis("CAMEO Code", cells, file),
)
