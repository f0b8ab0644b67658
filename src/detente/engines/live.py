"""The live rows of a store's tables, as expressions that any engine can run."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from detente.model.reviews import REVIEW_KIND

if TYPE_CHECKING:
    from ibis.expr.types import Table


def live_tables(raw: "Mapping[str, Table]", keep: "Callable[[str, Table], Table]") -> "dict[str, Table]":
    """What a snapshot shows of stored rows: those whose import counts.

    Two writers may have brought the same input at once: the first counts.

    Args:
        raw: Tables by name, `imports` among them.
        keep: Works a small table out once.

    Returns:
        The live rows by table.
    """
    import ibis

    imports = raw["imports"]
    key = ibis.coalesce(
        ibis.literal("input ") + imports.input_hash.nullif(""), ibis.literal("import ") + imports.import_id
    )
    order = [imports.recorded_at, imports.import_id]
    numbered = imports.mutate(nth=ibis.row_number().over(ibis.window(group_by=key, order_by=order)))
    first = numbered.filter(numbered.nth == 0).drop("nth")
    counted = keep("imports", first.filter(first.kind.fill_null("") != REVIEW_KIND))
    known = counted.select("import_id")
    return {name: counted if name == "imports" else rows.semi_join(known, "import_id") for name, rows in raw.items()}
