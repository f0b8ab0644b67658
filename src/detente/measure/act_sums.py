"""Sums over acts, and which acts are military or coercive: the same wherever acts are added up."""

from typing import Any, Final

import ibis.expr.types as ir

from detente.measure.cubed import weighted

MILITARY_TYPES: Final = ("MOBILIZE", "ASSAULT")
MILITARY_MODES: Final = ("violence", "territory")  # of THREATEN: force, occupation (CAMEO 137, 138)
COERCIVE_TYPES: Final = ("SANCTION", "COERCE")
SUMS: Final = (
    "n",
    "typed",
    "conflict",
    "cooperation",
    "military",
    "coercive",
    "scored",
    "net",
    "squares",
)
"""Names of the sums of acts."""


def aggregate_acts(
    rows: ir.Table, *, count_requests: bool = False, by: tuple[str, ...] = ("period", "direction", "symmetric")
) -> ir.Table:
    """The sums of `PairSeries` over groups of acts, with the first and last name of the intensity scale."""
    rows = weighted(rows)
    typed = rows.event_type.notnull()
    conflict = typed & rows.quad.isin([3, 4])
    if not count_requests:
        conflict = conflict & (rows.event_type != "REQUEST")
    military = rows.event_type.isin(list(MILITARY_TYPES)) | (
        (rows.event_type == "THREATEN") & rows["mode"].isin(list(MILITARY_MODES))
    )
    coercive = military | rows.event_type.isin(list(COERCIVE_TYPES))
    scored = typed & rows.intensity.notnull()
    return rows.group_by(list(by)).aggregate(
        n=rows.weight.sum(),
        typed=rows.weight.sum(where=typed),
        conflict=rows.weight.sum(where=conflict),
        cooperation=rows.weight.sum(where=typed & rows.quad.isin([1, 2])),
        military=rows.weight.sum(where=military),
        coercive=rows.weight.sum(where=coercive),
        scored=rows.weight.sum(where=scored),
        net=(rows.intensity * rows.weight).sum(where=scored).round(6),  # whatever order the engine adds in
        squares=(rows.intensity * rows.intensity * rows.weight).sum(where=scored).round(6),
        scale_first=rows.intensity_scale.min(where=scored),
        scale_last=rows.intensity_scale.max(where=scored),
    )


def in_one_order(sums: ir.Table) -> list[dict[str, Any]]:
    """The rows of a small table, so that what is added up from them has the same last digit from every engine."""
    rows: list[dict[str, Any]] = sums.to_pyarrow().to_pylist()
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])
