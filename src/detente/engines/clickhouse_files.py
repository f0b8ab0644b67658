"""The files of a store read by ClickHouse inside this process (chdb)."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from detente.engines.addresses import Address
from detente.engines.asked import Asked
from detente.engines.clickhouse import SETTINGS, speak_with
from detente.engines.folders import fix_folder
from detente.engines.live import live_tables
from detente.engines.missing import need
from detente.engines.snapshot import EngineRows, EngineSnapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ibis.expr.types import Table

    from detente.engines.clickhouse_backend import ArrowClickHouse

_TYPES: Final = {
    "string": "String",
    "date32[day]": "Date32",
    "bool": "Bool",
    "int8": "Int8",
    "int32": "Int32",
    "int64": "Int64",
    "double": "Float64",
    "timestamp[us, tz=UTC]": "DateTime64(6, 'UTC')",
}


def open_files(address: Address, asked: Asked) -> EngineSnapshot:
    """The tables of a store's folder.

    Args:
        address: `clickhouse:///FOLDER`.
        asked: The state wanted.

    Raises:
        StoreError: If chdb is missing, or there is no such store.
    """
    connect = need("clickhouse_connect", "clickhouse")
    need("chdb", "clickhouse")
    fixed = fix_folder(address.folder or "")  # what is no folder is said before the engine starts
    client = connect.get_client(interface="chdb", settings=SETTINGS)
    made = _Made(client, speak_with(client))
    raw = {name: made.read(name, [str(file) for file in files]) for name, files in fixed.files.items()}
    live = live_tables(raw, made.keep, asked)
    return EngineSnapshot(EngineRows(str(address), fixed.version, live, made.drop, made.keep, made.name, asked))


@dataclass(frozen=True, slots=True)
class _Made:
    """What one snapshot has made in the engine, which is one for the whole process: names of its own, and dropped."""

    client: Any
    backend: "ArrowClickHouse"
    mark: str = field(default_factory=lambda: uuid4().hex[:16])
    names: dict[str, str] = field(default_factory=dict)

    def read(self, name: str, files: "Sequence[str]") -> "Table":
        """A table's files as a view, its columns named and typed, so that none is guessed from a file."""
        from detente.model.tables import TABLES

        columns = [(column.name, _clickhouse_type(str(column.type))) for column in TABLES[name]]
        if files:
            structure = _quote(", ".join(f"`{column}` {kind}" for column, kind in columns))
            parts = [f"SELECT * FROM file({_quote(_glob(file))}, 'Parquet', {structure})" for file in files]  # noqa: S608 - quoted above
            source = " UNION ALL ".join(parts)
        else:
            empty = ", ".join(
                f"CAST({'[]' if 'Array' in kind else 'NULL'} AS {kind}) AS `{column}`" for column, kind in columns
            )
            source = f"SELECT {empty} WHERE 0"
        return self.backend.table(self._create("VIEW", f"stored_{name}", source))

    def keep(self, name: str, table: "Table") -> "Table":
        """A small table worked out once, in memory."""
        return self._as(self._create("TABLE", name, self.backend.compile(table)), table)

    def name(self, name: str, table: "Table") -> "Table":
        """A long expression under a name."""
        return self._as(self._create("VIEW", name, self.backend.compile(table)), table)

    def drop(self) -> None:
        """Let go of everything, the last first."""
        for name, kind in reversed(self.names.items()):
            self.client.command(f"DROP {kind} IF EXISTS {name}")
        self.client.close()

    def _create(self, kind: str, name: str, source: str) -> str:
        made = f"detente_{self.mark}_{name}"
        engine = "ENGINE = Memory " if kind == "TABLE" else ""
        self.client.command(f"CREATE {kind} {made} {engine}AS {source}")
        self.names[made] = kind
        return made

    def _as(self, made: str, table: "Table") -> "Table":
        """With the types the expression has: the engine would give counts and lists others."""
        from ibis.expr.operations import DatabaseTable

        return DatabaseTable(name=made, schema=table.schema(), source=self.backend).to_expr()


def _clickhouse_type(kind: str) -> str:
    return "Array(String)" if kind.startswith("list") else f"Nullable({_TYPES[kind]})"


def _glob(path: str) -> str:
    """A path in which nothing stands for something else."""
    return re.sub(r"([{}*?\[\]])", r"\\\1", path)


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
