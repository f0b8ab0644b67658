"""From an address to the tables of its engine."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from detente.engines.addresses import Address, read_address
from detente.engines.asked import Asked
from detente.engines.snapshot import EngineSnapshot
from detente.engines.tables import EngineTables
from detente.model import stable_id

_OPENERS: Final = {
    "pyspark": ("detente.engines.spark", "open_spark"),
    "clickhouse": ("detente.engines.clickhouse", "open_clickhouse"),
    "bigquery": ("detente.engines.bigquery", "open_bigquery"),
    "trino": ("detente.engines.trino", "open_trino"),
}


def open_engine(place: str) -> EngineTables:
    """The tables of an address, to be read as a store is; nothing is asked of the engine yet.

    Args:
        place: `pyspark://`, `clickhouse://`, `bigquery://` or `trino://` and what docs/engines.md says of each.

    Raises:
        InputError: If there is no such engine, or a choice it does not know.
    """
    address = read_address(place)
    return EngineTables(
        Path(str(address)), stable_id("engine", str(address)), _now, address=address, read=_opener(address)
    )


def _opener(address: Address) -> Callable[[Address, Asked], EngineSnapshot]:
    module, name = _OPENERS[address.engine]
    return getattr(import_module(module), name)  # type: ignore[no-any-return]


def _now() -> datetime:
    return datetime.now(UTC)
