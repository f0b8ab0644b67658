"""GDELT's own event table, as BigQuery has it, seen as reports: one expression, nothing copied.

Who acts follows from the columns into which GDELT takes an actor apart, as in the feed of files
(`ontology/gdelt_actors.py`). Source: GDELT event codebook 2.0 (2015); table `gdelt-bq.gdeltv2.events`.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from detente.ontology.codes import load_cameo
from detente.ontology.countries import load_countries
from detente.ontology.crosswalk import Actor, keds_role
from detente.ontology.gdelt_actors import GdeltActor, fips_countries, resolve_gdelt
from detente.ontology.tables import read_rows

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

FEED: Final = "gdelt"
_OPEN: Final = ("0000-00-00", "9999-99-99")


def map_gdelt(events: "Table") -> "Table":
    """Rows of GDELT's event table with the columns of reports.

    Args:
        events: A table with the 61 columns of GDELT 2.0 in BigQuery's names and types.

    Returns:
        The columns of `reports`. A row whose day or CAMEO code is damaged has no date, or no type, quad and mode: here
        nothing is set aside. What only text tells (actor ids) is null.
    """
    import ibis

    from detente.engines.columns import complete_reports

    day = events.SQLDATE.cast("string")
    start = ibis.date(day.substr(0, 4).cast("int64"), day.substr(4, 2).cast("int64"), day.substr(6, 2).cast("int64"))
    code = events.EventCode.cast("string")
    known = load_cameo().codes
    sides = {name: _side(events, number, day) for name, number in (("source", 1), ("target", 2))}
    rows = events.select(
        report_id=ibis.literal(f"{FEED}:") + events.GLOBALEVENTID.cast("string"),
        date_start=start,
        date_end=start,
        date_precision=ibis.literal("day"),
        date_basis=ibis.literal("feed"),
        source_country=sides["source"][0],
        target_country=sides["target"][0],
        source_sector=sides["source"][1],
        target_sector=sides["target"][1],
        source_text=events.Actor1Name,
        target_text=events.Actor2Name,
        symmetric=ibis.literal(value=False),
        event_type=_chosen(code, {key: item.event_type for key, item in known.items()}),
        mode=_chosen(code, {key: item.mode for key, item in known.items()}),
        status=ibis.literal("actual"),
        retrospective=ibis.literal(value=False),
        cameo=code,
        quad=_chosen(code, {key: str(item.quad) if item.quad else None for key, item in known.items()}).cast("int8"),
        intensity=events.GoldsteinScale.cast("float64"),
        intensity_scale=ibis.ifelse(events.GoldsteinScale.notnull(), "goldstein", None),
        mentions=events.NumMentions.cast("int32"),
        place_text=events.ActionGeo_FullName,
        place_country=_chosen(
            events.ActionGeo_CountryCode, {row["fips"]: row["country"] for row in fips_countries().to_pylist()}
        ),
        lat=events.ActionGeo_Lat.cast("float64"),
        lon=events.ActionGeo_Long.cast("float64"),
        feed=ibis.literal(FEED),
        record_kind=ibis.literal("feed"),
    )
    return complete_reports(rows, FEED)


def _side(events: "Table", number: int, day: "StringValue") -> "tuple[StringValue, StringValue]":
    """Country and sector of one side."""
    import ibis

    part = {name: events[f"Actor{number}{name}"] for name in ("Code", "CountryCode", "KnownGroupCode")}
    roles = [events[f"Actor{number}Type{place}Code"] for place in (1, 2, 3)]
    community = ibis.coalesce(events[f"Actor{number}Religion1Code"], events[f"Actor{number}EthnicCode"])
    group = part["KnownGroupCode"]
    igo = _chosen(group, {key: who.country for key, who in _groups().items() if _is_igo(who)})
    of_group = _chosen(group, {key: who.country for key, who in _groups().items()})
    country = ibis.coalesce(igo, ibis.ifelse(part["CountryCode"].notnull(), _dated(part["CountryCode"], day), of_group))
    sectors = _sectors()
    bare = part["CountryCode"].isnull() & group.isnull() & community.isnull() & roles[0].isnull()
    said = ibis.coalesce(
        *(_chosen(role, sectors) for role in roles),
        ibis.ifelse(bare, _chosen(part["Code"].substr(0, 3), sectors), None),
    )
    inherited = _chosen(group, {key: who.sector for key, who in _groups().items()})
    of_country = _chosen(part["CountryCode"], {code: bases[0].sector for code, bases in _countries().items() if bases})
    sector = ibis.coalesce(said, inherited, of_country, ibis.ifelse(community.notnull(), "CVL", None))
    return country, ibis.ifelse(igo.notnull(), None, sector)


def _chosen(column: "StringValue", values: Mapping[str, str | None]) -> Any:
    """What a column's value stands for; null where it stands for nothing."""
    import ibis

    known = [(key, value) for key, value in values.items() if value is not None]
    return column.cases(*known, else_=ibis.null("string")) if known else ibis.null("string")


def _dated(column: "StringValue", day: "StringValue") -> Any:
    """The state that a country code stood for on a day."""
    import ibis

    always, sometimes = {}, []
    for code, bases in _countries().items():
        if len(bases) == 1 and not (bases[0].valid_from or bases[0].valid_to):
            always[code] = bases[0].country
        else:
            sometimes += [(code, base) for base in bases if base.country]
    found = _chosen(column, always)
    for code, base in sometimes:
        first, last = (
            (given or otherwise).replace("-", "")
            for given, otherwise in zip((base.valid_from, base.valid_to), _OPEN, strict=True)
        )
        found = ibis.ifelse((column == code) & (day >= first) & (day <= last), base.country, found)
    return found


def _is_igo(who: Actor) -> bool:
    return bool(who.country and who.country.startswith("IGO:"))


@cache
def _groups() -> Mapping[str, Actor]:
    """Known groups by code."""
    codes = [row["code"] for row in read_rows("gdelt_actors.csv") if row["kind"] == "group"]
    return {code: resolve_gdelt(GdeltActor(code, None, code, None, ("",)))[0] for code in codes}


@cache
def _countries() -> Mapping[str, tuple[Actor, ...]]:
    """Countries and regions by code."""
    listed = {row["code"] for name in ("keds_actors.csv", "gdelt_actors.csv") for row in read_rows(name)}
    codes = sorted(code for code in listed | load_countries().keys() if len(code) == 3)
    return {code: resolve_gdelt(GdeltActor(code, code, None, None, ())) for code in codes}


@cache
def _sectors() -> Mapping[str, str | None]:
    """Sectors by role."""
    named = {row["code"]: row["sector"] or None for row in read_rows("gdelt_actors.csv") if row["kind"] == "type"}
    roles = {name for row in read_rows("keds_roles.csv") for name in row.values() if name}
    return {role: named[role] if role in named else keds_role(role) for role in sorted(roles | named.keys())}
