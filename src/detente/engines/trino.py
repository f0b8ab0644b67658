"""Trino: a table of one of its catalogues."""

from detente.engines.addresses import Address
from detente.engines.asked import AS_IT_IS, Asked, refuse_states
from detente.engines.columns import report_rows
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot
from detente.errors import StoreError


def open_trino(address: Address, asked: Asked = AS_IT_IS) -> EngineSnapshot:
    """The table of a server.

    Args:
        address: `trino://USER@HOST:PORT/CATALOGUE/SCHEMA?table=NAME`.
        asked: The state wanted: only what the table holds now.

    Raises:
        StoreError: If the client is missing, the address names no catalogue and schema, or there is no such table.
    """
    import ibis

    refuse_states(asked, address)
    need("trino", "trino")
    from trino.exceptions import Error

    catalogue, _, schema = address.path.partition("/")
    if not (address.host and catalogue and schema):
        raise StoreError(f"store {address}: expected trino://USER@HOST:PORT/CATALOGUE/SCHEMA?table=NAME")
    try:
        backend = ibis.trino.connect(
            user=address.user or "detente",
            auth=address.password or None,
            host=address.host,
            port=address.port or 8080,
            database=catalogue,
            schema=schema,
        )
        rows = report_rows(backend, address)
    except (Error, OSError) as error:
        raise StoreError(f"store {address}: the server does not answer; check host, port and user") from error
    return EngineSnapshot(EngineRows(str(address), "", {"reports": rows}, backend.disconnect, asked=asked))
