"""ICEWS event data: daily or yearly tab-separated files of 20 columns, also gzipped or zipped.

Source: Boschee et al., ICEWS Coded Event Data, Harvard Dataverse, doi:10.7910/DVN/28075 (weekly: QI2T9A). The
intensity is the feed's own column. Quotes are plain letters here: no line is swallowed by an odd one.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb

from detente.errors import FeedError
from detente.feeds.columns import select_quarantine, select_reports, text_literal
from detente.feeds.lines import FeedLines, read_lines
from detente.feeds.records import FeedRead
from detente.ontology.codes import load_cameo
from detente.ontology.crosswalk import icews_countries, icews_igos, icews_people, icews_sectors

COLUMNS: Final = (
    "event_id",
    "event_date",
    "source_name",
    "source_sectors",
    "source_country",
    "event_text",
    "cameo_code",
    "intensity",
    "target_name",
    "target_sectors",
    "target_country",
    "story_id",
    "sentence_number",
    "publisher",
    "city",
    "district",
    "province",
    "country",
    "latitude",
    "longitude",
)
_NEEDED: Final = ("event_id", "event_date", "source_name", "cameo_code", "target_name")
_SUFFIXES: Final = (".tab", ".tsv", ".tab.gz", ".txt")


def read_icews(path: Path, name: str) -> FeedRead:
    """Read an ICEWS file.

    Args:
        path: A `.tab` file, `.tab.gz`, or a `.zip` with such files.
        name: Feed name of the rows, and the first part of their ids.

    Returns:
        The rows in the tables' columns, and what was set aside.

    Raises:
        FeedError: If the file cannot be read or its columns are not those of ICEWS.
    """
    with duckdb.connect() as connection:
        files = list(read_lines(path, _SUFFIXES))
        parts = []
        for i, lines in enumerate(files):
            connection.register(f"lines_{i}", lines.table)
            parts.append(_select_cells(lines, f"lines_{i}"))
        connection.execute(f"CREATE TABLE raw_rows AS {' UNION ALL '.join(parts)}")
        rows = int(connection.sql("SELECT count(*) FROM raw_rows").fetchall()[0][0])
        _check(connection)
        _map_actors(connection)
        return FeedRead(
            reports=select_reports(connection, _JOINED, _expressions(name)),
            quarantine=select_quarantine(connection, "checked", name),
            rows=rows,
            unmapped_actors=_unmapped(connection),
            notes=_notes(connection, files),
        )


def _select_cells(lines: FeedLines, relation: str) -> str:
    """A SELECT that cuts the lines of one file into the feed's columns by the file's own header."""
    first = lines.table["text"][0].as_py() if lines.table.num_rows else ""
    header = [re.sub(r"\W+", "_", cell.strip().strip('"').lower()) for cell in first.split("\t")]
    has_header = "event_id" in header
    if has_header:
        missing = [column for column in _NEEDED if column not in header]
        if missing:
            raise FeedError(
                f"feed file {lines.file} has no column {', '.join(missing)}: expected the 20 columns of ICEWS"
            )
    elif lines.table.num_rows and len(header) != len(COLUMNS):
        raise FeedError(
            f"feed file {lines.file} begins with {len(header)} columns and no header: "
            f"expected the {len(COLUMNS)} columns of ICEWS cut by tabs"
        )
    order = header if has_header else list(COLUMNS)
    cells = ", ".join(f"{_cell(order, column)} AS {column}" for column in COLUMNS)
    skip = f"WHERE line > {lines.table['line'][0].as_py()}" if has_header else ""
    return f"""SELECT {text_literal(lines.file)} AS file, line, text AS raw, len(cells) AS width,
        {len(order)} AS expected, {cells}
        FROM (SELECT line, text, string_split(text, chr(9)) AS cells FROM {relation} {skip})"""


def _cell(order: list[str], column: str) -> str:
    """One value: trimmed, without quotes around the whole, null where empty or NA."""
    if column not in order:
        return "CAST(NULL AS VARCHAR)"
    bare = f"trim(regexp_replace(trim(cells[{order.index(column) + 1}]), '^\"(.*)\"$', '\\1'))"
    return f"nullif(nullif({bare}, ''), 'NA')"


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the relation checked: rows with their code's meaning, and a reason where a row is bad."""
    connection.register("codes", load_cameo().table)
    connection.execute(
        """CREATE TABLE checked AS
        SELECT *, split_part(problem, '|', 1) AS field, split_part(problem, '|', 2) AS reason FROM (
            SELECT r.*, k.event_type, k.mode, k.quad, try_cast(event_date AS DATE) AS day, CASE
                WHEN width <> expected THEN 'columns|' || width || ' columns, expected ' || expected
                WHEN event_id IS NULL THEN 'Event ID|no id'
                WHEN event_date IS NULL OR try_cast(event_date AS DATE) IS NULL
                    THEN 'Event Date|no date of the form YYYY-MM-DD'
                WHEN cameo_code IS NULL OR NOT regexp_full_match(cameo_code, '[0-9]{2,4}')
                    THEN 'CAMEO Code|damaged code, expected 2 to 4 digits'
                WHEN k.code IS NULL THEN 'CAMEO Code|not a code of CAMEO'
                WHEN intensity IS NOT NULL AND try_cast(intensity AS DOUBLE) IS NULL
                    THEN 'Intensity|no number'
                WHEN row_number() OVER (PARTITION BY event_id ORDER BY file, line) > 1
                    THEN 'Event ID|id seen before in this file'
                END AS problem
            FROM raw_rows r LEFT JOIN codes k ON k.code = r.cameo_code)"""
    )


def _map_actors(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the relations countries, igos, roles (a sector by list of labels) and people (country by name)."""
    connection.register("countries", icews_countries())
    connection.register("igos", icews_igos())
    connection.register("labels", icews_sectors())
    connection.register("offices", icews_people())
    connection.execute(
        """CREATE TABLE roles AS
        SELECT sectors, arg_min(l.sector, CAST(l.rank AS INTEGER)) AS sector FROM (
            SELECT sectors, trim(unnest(string_split(sectors, ','))) AS label
            FROM (SELECT DISTINCT unnest([source_sectors, target_sectors]) AS sectors FROM checked)
            WHERE sectors IS NOT NULL) s
        LEFT JOIN labels l ON l.label = s.label GROUP BY sectors"""
    )
    # An official of an organisation we cannot name does not act for the state of his passport: no country.
    # An organisation itself is its name; a body or person of it is written "Ministry (European Union)".
    connection.execute(
        """CREATE TABLE people AS
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
                SELECT source_name AS name, source_country AS country_name, source_sectors AS sectors
                FROM checked
                UNION SELECT target_name, target_country, target_sectors FROM checked) q
            LEFT JOIN countries c ON c.name = q.country_name
            LEFT JOIN countries n ON n.name = q.name
            LEFT JOIN igos i ON i.name = q.name
            LEFT JOIN igos b ON b.name = regexp_extract(q.name, '\\(([^()]+)\\)$', 1)
            LEFT JOIN roles r ON r.sectors = q.sectors)"""
    )
    connection.execute(f"CREATE TABLE sources AS {_side('source')}")
    connection.execute(f"CREATE TABLE targets AS {_side('target')}")


def _side(side: str) -> str:
    """SELECT of one side of every good row: who acts, by office held that day, else by labels."""
    return f"""SELECT e.file, e.line, p.actor,
            coalesce(o.country, p.country) AS country,
            CASE WHEN o.name IS NULL THEN p.sector ELSE o.sector END AS sector
        FROM checked e
        LEFT JOIN people p ON p.name IS NOT DISTINCT FROM e.{side}_name
            AND p.country_name IS NOT DISTINCT FROM e.{side}_country
            AND p.sectors IS NOT DISTINCT FROM e.{side}_sectors
        LEFT JOIN offices o ON o.name = e.{side}_name
            AND (o.valid_from IS NULL OR e.day >= CAST(o.valid_from AS DATE))
            AND (o.valid_to IS NULL OR e.day <= CAST(o.valid_to AS DATE))
        WHERE e.reason IS NULL"""


_JOINED: Final = """(
    SELECT e.*, s.country AS s_country, s.sector AS s_sector, s.actor AS s_actor,
        t.country AS t_country, t.sector AS t_sector, t.actor AS t_actor, p.country AS p_country
    FROM checked e
    JOIN sources s ON s.file = e.file AND s.line = e.line
    JOIN targets t ON t.file = e.file AND t.line = e.line
    LEFT JOIN countries p ON p.name = e.country
    WHERE reason IS NULL)"""


def _expressions(name: str) -> dict[str, str]:
    feed = text_literal(name)
    place = "nullif(concat_ws(', ', city, district, province, country), '')"
    return {
        "report_id": f"{feed} || ':' || event_id",
        "date_start": "day",
        "date_end": "day",
        "source_country": "s_country",
        "target_country": "t_country",
        "source_sector": "s_sector",
        "target_sector": "t_sector",
        "source_actor": "s_actor",
        "target_actor": "t_actor",
        "source_text": "source_name",
        "target_text": "target_name",
        "event_type": "event_type",
        "mode": "mode",
        "cameo": "cameo_code",
        "quad": "quad",
        "intensity": "try_cast(intensity AS DOUBLE)",
        "intensity_scale": "CASE WHEN intensity IS NOT NULL THEN 'goldstein' END",
        "place_text": place,
        "place_country": "p_country",
        "lat": "try_cast(latitude AS DOUBLE)",
        "lon": "try_cast(longitude AS DOUBLE)",
        "feed": feed,
        "source_row": "line",
        "coder": "'icews/accent'",
    }


def _unmapped(connection: duckdb.DuckDBPyConnection) -> Mapping[str, int]:
    """Names without country or organisation; a country's name that we do not know is given as such."""
    query = f"""SELECT CASE WHEN k.name IS NULL AND country_name IS NOT NULL THEN country_name
            ELSE coalesce(s.name, 'no name') END AS actor, count(*) AS n FROM (
            SELECT source_name AS name, source_country AS country_name, s_country AS country FROM {_JOINED}
            UNION ALL SELECT target_name, target_country, t_country FROM {_JOINED}) s
        LEFT JOIN countries k ON k.name = country_name
        WHERE s.country IS NULL GROUP BY 1 ORDER BY n DESC, actor"""
    return {str(actor): int(n) for actor, n in connection.sql(query).fetchall()}


def _notes(connection: duckdb.DuckDBPyConnection, files: list[FeedLines]) -> tuple[str, ...]:
    notes = [f"bytes of {lines.file} that are not UTF-8 were replaced" for lines in files if lines.replaced]
    query = """SELECT count(*) FROM checked e LEFT JOIN countries c ON c.name = e.country
        WHERE reason IS NULL AND e.country IS NOT NULL AND c.country IS NULL"""
    places = int(connection.sql(query).fetchall()[0][0])
    if places:
        notes.append(f"{places:,} rows lie in a country whose name is not known: place_country is null")
    return tuple(notes)
