"""Event data of the user's own: CSV or Parquet, read as a mapping file says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

import duckdb
import pyarrow as pa

from detente.feeds.columns import text_literal
from detente.feeds.joined import register_actors
from detente.feeds.mapped import Check, Mapped, quoted_name
from detente.feeds.mapping import OwnMapping
from detente.feeds.records import FeedFile, FeedRead
from detente.feeds.sheet import FeedSheet, feed_sheet, fold
from detente.feeds.tabular import read_tabular
from detente.model.tables import REPORTS
from detente.ontology.codes import load_codes
from detente.ontology.tables import read_arrow

_NUMBERS: Final = ("intensity", "lat", "lon", "confidence")
_WHOLE: Final = ("mentions", "quad")


def read_own(files: Sequence[FeedFile], name: str, mapping: OwnMapping) -> Iterator[FeedRead]:
    """Read files of the user's own; see `read_tabular`."""
    return read_tabular(files, name, own_sheet(mapping), _mapped(mapping))


def own_sheet(mapping: OwnMapping) -> FeedSheet:
    """The data sheet of such files: their columns are those of the mapping."""
    becomes: dict[str, str] = {}
    for ours, theirs in mapping.columns.items():
        becomes[theirs] = f"{becomes[theirs]}, {ours}" if theirs in becomes else ours
    return replace(
        feed_sheet("own"),
        delimiter=mapping.delimiter,
        quoted=mapping.delimiter != "\t",
        missing=("", *mapping.missing),
        needed=tuple(becomes),
        becomes=MappingProxyType(becomes),
        ignored=mapping.ignored,
        aliases=MappingProxyType({fold(column): column for column in (*becomes, *mapping.ignored)}),
    )


def _mapped(mapping: OwnMapping) -> Mapped:
    given = {name: _constant(value) for name, value in mapping.constants.items()}
    given |= {ours: f"e.{quoted_name(theirs)}" for ours, theirs in mapping.columns.items()}
    start = _day(given["date_start"], mapping)
    end = _day(given["date_end"], mapping) if "date_end" in given else start
    iso = f"CAST({start} AS VARCHAR)"
    source, target = given["source_country"], given["target_country"]
    typed = given.get("cameo" if mapping.codes != "plover" else "event_type", "NULL")
    expressions: dict[str, str] = {
        **given,
        "report_id": _identity(given),
        "date_start": start,
        "date_end": end,
        "date_precision": given.get("date_precision", f"CASE WHEN {start} = {end} THEN 'day' ELSE 'span' END"),
        "source_country": "s.country",
        "target_country": "t.country",
        "source_sector": f"coalesce({given.get('source_sector', 'NULL')}, s.sector)",
        "target_sector": f"coalesce({given.get('target_sector', 'NULL')}, t.sector)",
        "source_actor": f"coalesce({given.get('source_actor', 'NULL')}, s.actor)",
        "target_actor": f"coalesce({given.get('target_actor', 'NULL')}, t.actor)",
        "source_text": given.get("source_text", source),
        "target_text": given.get("target_text", target),
        **_meaning(mapping, given),
        **{name: f"try_cast({given[name]} AS DOUBLE)" for name in _NUMBERS if name in given},
        **{name: f"try_cast({given[name]} AS INTEGER)" for name in _WHOLE if name in given},
        **{name: _listed(given[name]) for name in ("context", "issue") if name in given},
        **{name: _truth(given[name]) for name in ("symmetric", "retrospective") if name in given},
    }
    return Mapped(
        checks=_checks(mapping, given),
        prepare=partial(_prepare, mapping.codes),
        actors=partial(_sides, mapping.actors, source, target),
        joins=f"LEFT JOIN codes k ON k.code = {typed} " + _join("s", source, iso) + _join("t", target, iso),
        expressions=expressions,
        unmapped=f"""SELECT actor, count(*) AS n FROM (
                SELECT {source} AS actor, {iso} AS day FROM good e UNION ALL SELECT {target}, {iso} FROM good e) q
            WHERE actor IS NOT NULL AND NOT EXISTS (SELECT 1 FROM actors a WHERE a.code = q.actor
                AND (a.valid_from IS NULL OR q.day >= a.valid_from) AND (a.valid_to IS NULL OR q.day <= a.valid_to))
            GROUP BY actor ORDER BY n DESC, actor""",
    )


def _prepare(codes: str, connection: duckdb.DuckDBPyConnection) -> None:
    if codes == "plover":
        types = read_arrow("plover_types.csv")
        none = pa.nulls(types.num_rows, pa.string())
        scores = none.cast(pa.float64())
        quads = types["quad"].cast(pa.int8())
        columns = [types["event_type"], scores, types["event_type"], none, quads]
        connection.register("codes", pa.table(columns, names=["code", "goldstein", "event_type", "mode", "quad"]))
    else:
        connection.register("codes", load_codes("CAMEO" if codes == "cameo" else "WEIS").table)


def _sides(scheme: str, source: str, target: str, connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW sides AS SELECT {source} AS side FROM cells e UNION SELECT {target} FROM cells e"
    )
    register_actors(connection, scheme, "side", relation="sides")


def _join(alias: str, side: str, iso: str) -> str:
    return f"""LEFT JOIN actors {alias} ON {alias}.code = {side}
        AND ({alias}.valid_from IS NULL OR {iso} >= {alias}.valid_from)
        AND ({alias}.valid_to IS NULL OR {iso} <= {alias}.valid_to) """


def _meaning(mapping: OwnMapping, given: Mapping[str, str]) -> dict[str, str]:
    """Type, mode, quad and score: the user's own where there is one, else from the code."""
    meant = {name: f"coalesce({given[name]}, k.{name})" if name in given else f"k.{name}" for name in _CODED}
    if mapping.codes == "plover":
        meant["event_type"] = "k.event_type"
    if "quad" in given:
        meant["quad"] = f"coalesce(try_cast({given['quad']} AS TINYINT), k.quad)"
    if "intensity" not in given:
        meant["intensity"] = "k.goldstein"
        meant["intensity_scale"] = "CASE WHEN k.goldstein IS NOT NULL THEN 'goldstein' END"
    elif "intensity_scale" not in given:
        scale = "plover" if mapping.codes == "plover" else "goldstein"
        meant["intensity_scale"] = f"CASE WHEN {given['intensity']} IS NOT NULL THEN '{scale}' END"
    return meant


_CODED: Final = ("event_type", "mode", "quad")


def _checks(mapping: OwnMapping, given: Mapping[str, str]) -> tuple[Check, ...]:
    bare = {name: sql.removeprefix("e.") for name, sql in given.items()}
    checks = [
        Check(name, f"{_day(bare[name], mapping)} IS NULL", f"no date of the form {mapping.date}")
        for name in ("date_start", "date_end")
        if name in given
    ]
    code = "event_type" if mapping.codes == "plover" else "cameo"
    if code in given:
        wrong = f"{bare[code]} IS NOT NULL AND {bare[code]} NOT IN (SELECT code FROM codes)"
        checks.append(Check(code, wrong, f"not a code of {mapping.codes.upper()}"))
    checks += [
        Check(name, f"{bare[name]} IS NOT NULL AND try_cast({bare[name]} AS DOUBLE) IS NULL", "no number")
        for name in (*_NUMBERS, *_WHOLE)
        if name in given
    ]
    if "report_id" in given:
        checks.append(Check("report_id", f"{bare['report_id']} IS NULL", "no id"))
    return tuple(checks)


def _identity(given: Mapping[str, str]) -> str:
    """The row's own id, else a hash of what stands in its mapped columns and its place among equal rows."""
    if "report_id" in given:
        return f"{{feed}} || ':' || {given['report_id']}"
    cells = ", ".join(f"coalesce(CAST({given[name]} AS VARCHAR), '')" for name in REPORTS.names if name in given)
    hashed = f"sha256(concat_ws('|', {cells}))[1:24]"
    return (
        f"{{feed}} || ':' || {hashed} || ':' || row_number() OVER (PARTITION BY e.import_id, {hashed} ORDER BY e.line)"
    )


def _day(sql: str, mapping: OwnMapping) -> str:
    return f"CAST(try_strptime(CAST({sql} AS VARCHAR), {text_literal(mapping.date)}) AS DATE)"


def _constant(value: object) -> str:
    return text_literal(str(value).lower() if isinstance(value, bool) else str(value))


def _listed(sql: str) -> str:
    return f"coalesce(list_filter(list_transform(string_split({sql}, ';'), lambda x: trim(x)), lambda x: x <> ''), [])"


def _truth(sql: str) -> str:
    return f"lower(coalesce({sql}, 'false')) IN ('1', 'true', 'yes', 't')"
