"""Addresses of tables on an engine: `pyspark://`, `clickhouse://`, `bigquery://`, `trino://`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from detente.errors import InputError

ENGINES: Final = ("pyspark", "clickhouse", "bigquery", "trino")
_CHOICES: Final[Mapping[str, frozenset[str]]] = {
    "pyspark": frozenset({"table", "master"}),
    "clickhouse": frozenset({"table", "secure"}),
    "bigquery": frozenset({"table", "max_bytes"}),
    "trino": frozenset({"table"}),
}
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_DRIVE: Final = re.compile(r"/[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a table lies.

    Attributes:
        engine: One of `ENGINES`.
        host: A server, or BigQuery's project that pays; empty where the engine runs in this process.
        port: The server's, None for the engine's own.
        user: Who asks.
        password: Not shown.
        path: A folder, or what the engine calls a database, catalogue or data set, without its first slash.
        choices: What stands behind the `?`.
    """

    engine: str
    host: str = ""
    port: int | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    path: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table of report columns: `reports` where none is named."""
        return self.choices.get("table", "reports")

    @property
    def folder(self) -> str | None:
        """The folder of a store, where the address names one rather than a server."""
        named = f"/{self.path}"
        return (self.path if _DRIVE.match(named) else named) if self.path and not self.host else None

    def __str__(self) -> str:
        """The address without user and password."""
        host = f"{self.host}:{self.port}" if self.port else self.host
        return f"{self.engine}://{host}/{self.path}"


def is_address(place: object) -> bool:
    """Whether a place is an address of an engine and not a folder.

    Examples:
        >>> is_address("trino://host/hive/events"), is_address("C:/stores/mine")
        (True, False)
    """
    return isinstance(place, str) and _SCHEME.match(place) is not None


def read_address(place: str) -> Address:
    """An address taken apart.

    Args:
        place: As the user wrote it.

    Raises:
        InputError: If there is no such engine, or a choice it does not know.

    Examples:
        >>> read_address("pyspark:///data/store?master=local[2]").folder
        '/data/store'
        >>> str(read_address("clickhouse://me:secret@host:8123/events?table=acts"))
        'clickhouse://host:8123/events'
    """
    parts = urlsplit(place)
    if parts.scheme not in ENGINES:
        raise InputError(f"store {parts.scheme}://…: no such engine, expected one of {', '.join(ENGINES)} or a folder")
    choices = dict(parse_qsl(parts.query))
    unknown = sorted(choices.keys() - _CHOICES[parts.scheme])
    if unknown:
        raise InputError(
            f"store {parts.scheme}://…: no choice {unknown[0]!r}, expected {', '.join(sorted(_CHOICES[parts.scheme]))}"
        )
    try:
        port = parts.port
    except ValueError as error:
        raise InputError(f"store {parts.scheme}://…: the port is no number from 0 to 65535") from error
    return Address(
        engine=parts.scheme,
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        path=unquote(parts.path).removeprefix("/"),
        choices=choices,
    )
