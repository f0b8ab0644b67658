"""Acts that a feed tells twice, once from each side: counted in both directions, and once in the joint view."""

from collections.abc import Sequence
from typing import Any, Final

import ibis.expr.types as ir

from detente.ontology.mirrors import mirror_codes

MIRROR_KEYS: Final = ("day", "period", "direction", "event_type", "cameo")
"""What the sums of `match_mirrors` are grouped by."""


def keep_mirrorable(rows: ir.Table) -> ir.Table:
    """The rows that may have a mirror: of a day, by a code of an act that both sides do, not marked symmetric.

    Args:
        rows: Acts of a pair with `direction` and `period`.

    Returns:
        Those rows, with `day`.
    """
    codes = mirror_codes()
    types = sorted({event_type for event_type, _ in codes})
    kept = rows.filter(rows.date_start == rows.date_end, ~rows.symmetric.fill_null(False))  # noqa: FBT003 - a value
    alike = [
        (kept.event_type == name) & kept.cameo.isin(sorted(code for kind, code in codes if kind == name))
        for name in types
    ]
    either = alike[0]
    for one in alike[1:]:
        either = either | one
    return kept.filter(either).mutate(day=kept.date_start)


def match_mirrors(
    grouped: Sequence[dict[str, Any]], directions: tuple[str, str], names: Sequence[str]
) -> list[dict[str, Any]]:
    """What the joint view holds twice: acts of one day with sides swapped and the mirror's code.

    A row of the second direction is taken as the mirror of one of the first, each once.

    Args:
        grouped: Sums by `MIRROR_KEYS`, of rows from `keep_mirrorable`.
        directions: Names of the two directions.
        names: Names of the sums, `n` among them.

    Returns:
        One row a day, period and code of the second direction: `day`, `period`, and the sums of its mirrored acts.
    """
    codes = mirror_codes()
    first, second = directions
    forward = {(row["day"], row["event_type"], row["cameo"]): row["n"] for row in grouped if row["direction"] == first}
    found = []
    for row in grouped:
        if row["direction"] != second:
            continue
        mirror = codes[row["event_type"], row["cameo"]]
        both = min(row["n"], forward.get((row["day"], row["event_type"], mirror), 0))
        if both:
            # All acts of a code have one kind and one score.
            sums = {name: (row[name] or 0) * both / row["n"] for name in names}
            found.append({"day": row["day"], "period": row["period"], **sums})
    return found
