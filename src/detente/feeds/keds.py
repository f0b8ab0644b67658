"""KEDS event data: date, source, target, code, as Parquet or as the project's tab-separated text.

The event codes decide whether a file is in CAMEO or in WEIS (a published set bears the wrong name),
and with that which Goldstein scale scores it and which dialect its actor codes are in. Source:
Kansas Event Data System (Schrodt & Gerner 1994).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from detente.errors import FeedError
from detente.feeds.columns import select_quarantine, select_reports, text_literal
from detente.feeds.lines import FeedLines, read_lines
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.single import FileRead, one_by_one
from detente.ontology.codes import System, SystemVerdict, detect_system, load_codes
from detente.ontology.crosswalk import keds_actors

_COLUMNS: Final = ("date", "source", "target", "code")
_HEADERS: Final = {
    "date": ("date", "event_date"),
    "source": ("source", "src", "actor1"),
    "target": ("target", "tgt", "actor2"),
    "code": ("code", "event", "cameo", "weis", "event_code"),
    "system": ("system",),
}
_SUFFIXES: Final = (".txt", ".tab", ".tsv", ".dat", ".txt.gz", ".tab.gz")
_CODE: Final = r"^[0-9]{2,4}$"
_ACTOR: Final = r"^[A-Z][A-Z0-9]{1,20}$"
# Two-digit years are of 1930 to 2029: the sets begin in 1979.
_DATE: Final = """CASE
    WHEN regexp_full_match(date_text, '[0-9]{6}') THEN CAST(try_strptime(
        CASE WHEN date_text >= '30' THEN '19' ELSE '20' END || date_text, '%Y%m%d') AS DATE)
    WHEN regexp_full_match(date_text, '[0-9]{8}') THEN CAST(try_strptime(date_text, '%Y%m%d') AS DATE)
    WHEN regexp_matches(date_text, '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]|$)')
        THEN try_cast(date_text[1:10] AS DATE)
    END"""


def read_keds(files: Sequence[FeedFile], name: str) -> Iterator[FeedRead]:
    """Read KEDS files, each whole: its codes say which scheme it is in.

    Args:
        files: Parquet with the columns date, source, target, code, or tab-separated text (also `.gz`, `.zip`).
        name: Feed name of the rows, and the first part of their ids.

    Returns:
        The rows in the tables' columns, and what was set aside.

    Raises:
        FeedError: If a file cannot be read, or its codes are neither CAMEO nor WEIS.
    """
    return one_by_one(_read_file, files, name)


def _read_file(path: Path, name: str) -> FileRead:
    with duckdb.connect() as connection:
        notes = _load(connection, path)
        if not _count(connection, "raw_rows"):
            raise FeedError(f"feed file {path.name} holds no rows: expected date, source, target, code")
        verdict = detect_system(_code_counts(connection))
        system = _decide(connection, path, verdict, notes)
        _check(connection, system)
        unknown = _register_actors(connection, system)
        reports = select_reports(connection, _JOINED, _expressions(name, system))
        quarantine = select_quarantine(connection, "checked", name)
        return FileRead(reports, quarantine, dict(_occurrences(connection, unknown)), tuple(notes))


def _load(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    """Fill the relation raw_rows (file, line, raw, date_text, source, target, code, label); returns notes."""
    if path.suffix.lower() == ".parquet":
        _load_parquet(connection, path)
        return []
    files = list(read_lines(path, _SUFFIXES))
    parts = []
    for i, lines in enumerate(files):
        connection.register(f"lines_{i}", lines.table)
        parts.append(_select_text(lines, f"lines_{i}"))
    connection.execute(f"CREATE TABLE raw_rows AS {' UNION ALL '.join(parts)}")
    replaced = [lines.file for lines in files if lines.replaced]
    return [f"bytes of {', '.join(replaced)} that are not UTF-8 were replaced"] if replaced else []


def _load_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    source = f"read_parquet({text_literal(str(path))}, file_row_number = TRUE)"
    try:
        found = [column.lower() for column in connection.sql(f"SELECT * FROM {source} LIMIT 0").columns]
    except duckdb.Error as error:
        raise FeedError(f"feed file {path.name} cannot be read as Parquet: {_first_line(error)}") from error
    missing = [column for column in _COLUMNS if column not in found]
    if missing:
        raise FeedError(
            f"feed file {path.name} has no column {', '.join(missing)}: "
            f"expected date, source, target, code and found {', '.join(found)}"
        )
    label = "CAST(system AS VARCHAR)" if "system" in found else "NULL"
    connection.execute(
        f"""CREATE TABLE raw_rows AS SELECT {text_literal(path.name)} AS file, file_row_number + 1 AS line,
        concat_ws(chr(9), CAST(date AS VARCHAR), source, target, code) AS raw, 4 AS width,
        trim(CAST(date AS VARCHAR)) AS date_text, trim(CAST(source AS VARCHAR)) AS source,
        trim(CAST(target AS VARCHAR)) AS target, trim(CAST(code AS VARCHAR)) AS code, {label} AS label
        FROM {source}"""
    )


def _select_text(lines: FeedLines, relation: str) -> str:
    first = lines.table["text"][0].as_py() if lines.table.num_rows else ""
    header = [re.sub(r"\W+", "_", cell.strip().lower()) for cell in first.split("\t")]
    places = {
        column: next((header.index(n) + 1 for n in names if n in header), None) for column, names in _HEADERS.items()
    }
    has_header = all(places[column] for column in _COLUMNS)
    if not has_header:
        places = {"date": 1, "source": 2, "target": 3, "code": 4, "system": None}
    cell = {c: f"nullif(trim(cells[{p}]), '')" if p else "NULL" for c, p in places.items()}
    skip = f"WHERE line > {lines.table['line'][0].as_py()}" if has_header else ""
    return f"""SELECT {text_literal(lines.file)} AS file, line, text AS raw, len(cells) AS width,
        {cell["date"]} AS date_text, {cell["source"]} AS source, {cell["target"]} AS target,
        {cell["code"]} AS code,
        CAST({cell["system"]} AS VARCHAR) AS label
        FROM (SELECT line, text, string_split(text, chr(9)) AS cells FROM {relation} {skip})"""


def _code_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    query = "SELECT code, count(*) FROM raw_rows WHERE code IS NOT NULL GROUP BY code"
    return {str(code): int(n) for code, n in connection.sql(query).fetchall()}


def _decide(connection: duckdb.DuckDBPyConnection, path: Path, verdict: SystemVerdict, notes: list[str]) -> System:
    query = "SELECT DISTINCT upper(trim(label)) FROM raw_rows WHERE label IS NOT NULL ORDER BY 1"
    labels = tuple(str(label) for (label,) in connection.sql(query).fetchall())
    if verdict.system is not None:
        notes.append(f"codes are {verdict.system}: {verdict.evidence}")
        said = labels or _named(path)
        if said and said != (verdict.system,):
            where = "its system column" if labels else "its name"
            notes.append(f"the file calls itself {' and '.join(said)} in {where}: the codes were followed")
        return verdict.system
    if verdict.fits and labels in (("CAMEO",), ("WEIS",)):
        notes.append(f"the codes do not tell CAMEO from WEIS ({verdict.evidence}): its label {labels[0]} was taken")
        return "CAMEO" if labels == ("CAMEO",) else "WEIS"
    if verdict.fits:
        raise FeedError(
            f"feed file {path.name}: {verdict.evidence}, so its codes do not tell CAMEO from WEIS: "
            "add a column `system` that says which"
        )
    raise FeedError(
        f"feed file {path.name} is neither CAMEO nor WEIS: {verdict.evidence}; check the event code's column"
    )


def _named(path: Path) -> tuple[str, ...]:
    return tuple(system for system in ("CAMEO", "WEIS") if system.lower() in path.name.lower())


def _check(connection: duckdb.DuckDBPyConnection, system: System) -> None:
    """Fill the relation checked: raw_rows with their date, and a field and reason where a row is bad."""
    connection.register("codes", load_codes(system).table)
    connection.execute(
        f"""CREATE TABLE checked AS
        SELECT *, split_part(problem, '|', 1) AS field, split_part(problem, '|', 2) AS reason FROM (
            SELECT r.*, k.code AS known, k.goldstein, k.event_type, k.mode, k.quad, {_DATE} AS day, CASE
                WHEN width < 4 THEN 'columns|' || width || ' columns, expected at least 4 cut by tabs'
                WHEN date_text IS NULL OR ({_DATE}) IS NULL
                    THEN 'date|no date of the form YYMMDD, YYYYMMDD or YYYY-MM-DD'
                WHEN r.source IS NULL OR NOT regexp_matches(r.source, '{_ACTOR}') THEN 'source|no actor code'
                WHEN r.target IS NULL OR NOT regexp_matches(r.target, '{_ACTOR}') THEN 'target|no actor code'
                WHEN r.code IS NULL OR NOT regexp_matches(r.code, '{_CODE}')
                    THEN 'code|damaged code, expected 2 to 4 digits'
                WHEN k.code IS NULL THEN 'code|not a code of {system}'
                END AS problem
            FROM raw_rows r LEFT JOIN codes k ON k.code = r.code)"""
    )


def _register_actors(connection: duckdb.DuckDBPyConnection, system: System) -> tuple[str, ...]:
    query = """SELECT DISTINCT unnest([source, target]) FROM checked WHERE reason IS NULL"""
    actors, unknown = keds_actors((str(code) for (code,) in connection.sql(query).fetchall()), system)
    connection.register("actors", actors)
    return unknown


# A code is counted among equal rows, so that the same file always gives the same ids.
_JOINED: Final = """(
    SELECT c.*, s.country AS source_country, s.sector AS source_sector, s.actor AS source_actor,
        t.country AS target_country, t.sector AS target_sector, t.actor AS target_actor,
        row_number() OVER (PARTITION BY day, c.source, c.target, c.code ORDER BY file, line) AS occurrence
    FROM checked c
    LEFT JOIN actors s ON s.code = c.source
        AND (s.valid_from IS NULL OR day >= CAST(s.valid_from AS DATE))
        AND (s.valid_to IS NULL OR day <= CAST(s.valid_to AS DATE))
    LEFT JOIN actors t ON t.code = c.target
        AND (t.valid_from IS NULL OR day >= CAST(t.valid_from AS DATE))
        AND (t.valid_to IS NULL OR day <= CAST(t.valid_to AS DATE))
    WHERE reason IS NULL)"""


def _expressions(name: str, system: System) -> dict[str, str]:
    feed = text_literal(name)
    row = f"concat_ws('|', CAST(day AS VARCHAR), source, target, code, '{system}')"
    same = {
        column: column
        for side in ("source", "target")
        for column in (f"{side}_country", f"{side}_sector", f"{side}_actor")
    }
    return {
        **same,
        "report_id": f"{feed} || ':' || sha256({row})[1:24] || ':' || occurrence",
        "date_start": "day",
        "date_end": "day",
        "source_text": "source",
        "target_text": "target",
        "event_type": "event_type",
        "mode": "mode",
        "cameo": "code",
        "quad": "quad",
        "intensity": "goldstein",
        "intensity_scale": "CASE WHEN goldstein IS NOT NULL THEN 'goldstein' END",
        "feed": feed,
        "source_row": "line",
        "coder": "'keds/tabari'",
    }


def _occurrences(connection: duckdb.DuckDBPyConnection, codes: tuple[str, ...]) -> Mapping[str, int]:
    connection.register("unknown_codes", pa.table({"code": pa.array(codes, pa.string())}))
    query = """SELECT actor, count(*) AS n
        FROM (SELECT unnest([source, target]) AS actor FROM checked WHERE reason IS NULL)
        SEMI JOIN unknown_codes u ON u.code = actor GROUP BY actor ORDER BY n DESC, actor"""
    return {str(actor): int(n) for actor, n in connection.sql(query).fetchall()}


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(connection.sql(f"SELECT count(*) FROM {relation}").fetchall()[0][0])


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
