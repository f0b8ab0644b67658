"""The live rows of a store's tables, as expressions that any engine can run."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from detente.engines.asked import AS_IT_IS, Asked
from detente.model.reviews import REVIEW_KIND

if TYPE_CHECKING:
    from ibis.expr.types import Table


def live_tables(
    raw: "Mapping[str, Table]", keep: "Callable[[str, Table], Table]", asked: Asked = AS_IT_IS
) -> "dict[str, Table]":
    """What a snapshot shows of stored rows: those whose import counts.

    Two writers may have brought the same input at once: the first counts.

    Args:
        raw: Tables by name, `imports` among them.
        keep: Works a small table out once.
        asked: The state wanted.

    Returns:
        The live rows by table.
    """
    import ibis

    imports = raw["imports"]
    if asked.reviewed == "all":
        imports = imports.filter(imports.kind.fill_null("") != REVIEW_KIND)
    if asked.known_by is not None:
        imports = _known_by(imports, asked.known_by)
    key = ibis.coalesce(
        ibis.literal("input ") + imports.input_hash.nullif(""), ibis.literal("import ") + imports.import_id
    )
    order = [imports.recorded_at, imports.import_id]
    numbered = imports.mutate(nth=ibis.row_number().over(ibis.window(group_by=key, order_by=order)))
    counted = keep("imports", numbered.filter(numbered.nth == 0).drop("nth"))
    known = counted.select("import_id")
    live = {name: counted if name == "imports" else rows.semi_join(known, "import_id") for name, rows in raw.items()}
    return live if asked.known_by is None else {**live, "links": _known_by(live["links"], asked.known_by)}


def _known_by(rows: "Table", day: datetime) -> "Table":
    import ibis

    return rows.filter(rows.recorded_at <= ibis.literal(day, type="timestamp('UTC', 6)"))
