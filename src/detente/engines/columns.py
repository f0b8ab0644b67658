"""A table of an engine as rows of reports."""

from typing import TYPE_CHECKING, Any, Final

from detente.engines.addresses import Address
from detente.errors import StoreError

if TYPE_CHECKING:
    from ibis.expr.types import Table

_GDELT: Final = "GLOBALEVENTID"
_NEEDED: Final = (
    *("report_id", "date_start", "date_end", "source_country", "target_country", "event_type", "quad"),
    *("feed", "record_kind"),
)


def report_rows(backend: Any, address: Address, *, database: tuple[str, ...] | str | None = None) -> "Table":
    """The table that an address names, with the columns of reports; GDELT's own event table is mapped.

    Args:
        backend: An Ibis backend.
        address: What was asked.
        database: Where the engine looks for the table; None for its own default.

    Raises:
        StoreError: If there is no such table, or it lacks what every measure needs.
    """
    from ibis.common.exceptions import IbisError

    place, _, name = address.table.rpartition(".")
    try:
        rows = backend.table(name, database=place or database)
    except (IbisError, KeyError) as error:
        raise StoreError(
            f"store {address}: no table {address.table!r}: name one with ?table=, or check the address"
        ) from error
    if _GDELT in rows.columns:
        from detente.engines.gdelt import map_gdelt

        return map_gdelt(rows)
    return complete_reports(rows, str(address))


def complete_reports(rows: "Table", address: str) -> "Table":
    """Rows with all columns of reports in their types; those that are not there are null, lists empty.

    Raises:
        StoreError: If a column is missing that every measure needs.
    """
    import ibis
    from ibis.formats.pyarrow import PyArrowSchema

    from detente.model.tables import REPORTS

    missing = [name for name in _NEEDED if name not in rows.columns]
    if missing:
        raise StoreError(
            f"store {address}: the table has no column {missing[0]!r}: expected the columns of reports "
            "(docs/reference/columns.md) or GDELT's own"
        )
    types = PyArrowSchema.to_ibis(REPORTS)
    empty = {
        name: ibis.literal([], type=kind) if kind.is_array() else ibis.null(kind)
        for name, kind in types.items()
        if name not in rows.columns
    }
    return rows.mutate(**empty).select(*REPORTS.names)
