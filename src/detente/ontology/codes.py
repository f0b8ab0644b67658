"""CAMEO and WEIS codes: label, Goldstein score, PLOVER type; and which of the two a file is in.

Sources: CAMEO codebook 1.1b3 (Schrodt 2012); WEIS (McClelland 1976) with the KEDS extensions; scores for WEIS
of Goldstein (1992), for CAMEO of the KEDS project. Labels are ours. Where the type differs from the published
conversion table, the row's `note` says why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import pyarrow as pa

from detente.ontology.tables import read_rows

System = Literal["CAMEO", "WEIS"]

_SCHEMA: Final = pa.schema(
    [
        ("code", pa.string()),
        ("goldstein", pa.float64()),
        ("event_type", pa.string()),
        ("mode", pa.string()),
        ("quad", pa.int8()),
    ]
)
_MIN_KNOWN: Final = 0.5  # below this share of known codes a file is in neither scheme
_MIN_LEAD: Final = 0.9  # share of the telling events that must speak for one scheme


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a scheme; `goldstein`, `event_type`, `mode` and `quad` are None where it has none."""

    code: str
    label: str
    goldstein: float | None
    event_type: str | None
    mode: str | None
    quad: int | None
    note: str


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A scheme: its codes by name, and as an Arrow table (code, goldstein, event_type, mode, quad)."""

    system: System
    codes: Mapping[str, Code]
    table: pa.Table


@dataclass(frozen=True, slots=True)
class SystemVerdict:
    """Which scheme a set of codes is in.

    Attributes:
        system: `CAMEO` or `WEIS`; None where the codes do not tell.
        evidence: Why, in a sentence with counts.
        events: Number of events looked at.
        only_cameo: Events with a code that exists only in CAMEO.
        only_weis: Events with a code that exists only in WEIS.
        unknown: Events with a code that exists in neither.
        fits: Whether the codes can be one of the two schemes at all.
    """

    system: System | None
    evidence: str
    events: int
    only_cameo: int
    only_weis: int
    unknown: int
    fits: bool


@cache
def load_cameo() -> CodeTable:
    """The CAMEO codes."""
    return _load("CAMEO", "cameo.csv")


@cache
def load_weis() -> CodeTable:
    """The WEIS codes, with the KEDS extensions."""
    return _load("WEIS", "weis.csv")


def load_codes(system: System) -> CodeTable:
    """The codes of the named scheme."""
    return load_cameo() if system == "CAMEO" else load_weis()


def detect_system(codes: Mapping[str, int]) -> SystemVerdict:
    """Decide by the codes themselves, not by a name or a label, which scheme they are in.

    The decision rests on events whose code exists in one scheme only.

    Args:
        codes: Number of events by code.

    Returns:
        The verdict with its evidence; `system` is None where no code tells or codes contradict each other.

    Examples:
        >>> detect_system({"223": 40, "031": 60}).evidence
        '40 of 100 events have codes that exist only in WEIS, 0 only in CAMEO, 0 in neither'
    """
    cameo, weis = load_cameo().codes, load_weis().codes
    events = sum(codes.values())
    only_cameo = sum(n for code, n in codes.items() if code in cameo and code not in weis)
    only_weis = sum(n for code, n in codes.items() if code in weis and code not in cameo)
    unknown = sum(n for code, n in codes.items() if code not in cameo and code not in weis)
    system = _decide(only_cameo, only_weis)
    fits = events > 0 and unknown <= events * (1 - _MIN_KNOWN) and (system is not None or not only_cameo)
    return SystemVerdict(
        system=system if fits else None,
        evidence=_evidence(events, only_cameo, only_weis, unknown, lead=system),
        events=events,
        only_cameo=only_cameo,
        only_weis=only_weis,
        unknown=unknown,
        fits=fits,
    )


def _decide(only_cameo: int, only_weis: int) -> System | None:
    telling = only_cameo + only_weis
    if telling and only_cameo >= telling * _MIN_LEAD:
        return "CAMEO"
    if telling and only_weis >= telling * _MIN_LEAD:
        return "WEIS"
    return None


def _evidence(events: int, only_cameo: int, only_weis: int, unknown: int, *, lead: System | None) -> str:
    counts = [("CAMEO", only_cameo), ("WEIS", only_weis)]
    if lead == "WEIS":
        counts.reverse()
    (first, n), (second, m) = counts
    return (
        f"{n:,} of {events:,} events have codes that exist only in {first}, "
        f"{m:,} only in {second}, {unknown:,} in neither"
    )


def _load(system: System, name: str) -> CodeTable:
    codes = {row["code"]: _code(row) for row in read_rows(name)}
    rows = [{field: getattr(code, field) for field in _SCHEMA.names} for code in codes.values()]
    return CodeTable(system, MappingProxyType(codes), pa.Table.from_pylist(rows, schema=_SCHEMA))


def _code(row: Mapping[str, str]) -> Code:
    return Code(
        code=row["code"],
        label=row["label"],
        goldstein=float(row["goldstein"]) if row["goldstein"] else None,
        event_type=row["event_type"] or None,
        mode=row["mode"] or None,
        quad=int(row["quad"]) if row["quad"] else None,
        note=row["note"],
    )
