"""ClickHouse: a server's table, or the files of a store read by the engine inside this process."""

from typing import TYPE_CHECKING, Any, Final

from detente.engines.addresses import Address
from detente.engines.asked import AS_IT_IS, Asked, refuse_states
from detente.engines.columns import report_rows
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot
from detente.errors import StoreError

if TYPE_CHECKING:
    from detente.engines.clickhouse_backend import ArrowClickHouse

SETTINGS: Final = {
    "join_use_nulls": 1,  # a row without a partner has nulls, not zeros and empty words
    "aggregate_functions_null_for_empty": 1,  # the sum of nothing is null, as everywhere else
    "enable_extended_results_for_datetime_functions": 1,  # months before 1970
}


def open_clickhouse(address: Address, asked: Asked = AS_IT_IS) -> EngineSnapshot:
    """The table of a server, or of a store's folder.

    Args:
        address: `clickhouse://USER:PASSWORD@HOST:PORT/DATABASE?table=NAME`, or `clickhouse:///FOLDER`.
        asked: The state wanted; of a server's table only what it holds now.

    Raises:
        StoreError: If the client is missing, the server does not answer, or there is no such folder or table.
    """
    if address.folder is not None:
        from detente.engines.clickhouse_files import open_files

        return open_files(address, asked)
    refuse_states(asked, address)
    connect = need("clickhouse_connect", "clickhouse")
    from clickhouse_connect.driver.exceptions import Error

    try:
        client = connect.get_client(
            host=address.host,
            port=address.port or 0,
            username=address.user or None,
            password=address.password,
            database=address.path or "default",
            secure=address.choices.get("secure") == "1",
            settings={**SETTINGS, "readonly": 2},
        )
    except Error as error:
        raise StoreError(f"store {address}: the server does not answer; check host, port and user") from error
    rows = report_rows(speak_with(client), address)
    return EngineSnapshot(EngineRows(str(address), "", {"reports": rows}, client.close, asked=asked))


def speak_with(client: Any) -> "ArrowClickHouse":
    """The Ibis backend of a client."""
    from detente.engines.clickhouse_backend import ArrowClickHouse

    ArrowClickHouse.register_options()
    backend: ArrowClickHouse = ArrowClickHouse.from_connection(client)
    return backend
