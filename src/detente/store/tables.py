"""The Delta tables of a store's folder: append, delete, compact, with stated failures."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa
    from deltalake import DeltaTable, WriterProperties

_ATTEMPTS: Final = 6  # around Delta's own: only for conflicts it cannot settle by itself
_PAUSE: Final = 0.05  # seconds, doubled with each attempt
_OWN_RETRIES: Final = 30
_TARGET: Final = 256 << 20  # bytes of a merged file
_SORT_MEMORY: Final = 1 << 30  # bytes that sorting holds; beyond that it spills to disk
_CHECKPOINT: Final = 10  # commits: to open a table is to read its last checkpoint and the commits after it
_ROW_GROUP: Final = 100_000  # small enough that a query of one pair skips most of a large feed


@dataclass(frozen=True, slots=True)
class Compaction:
    """What compacting did to one table, in files."""

    table: str
    files_removed: int
    files_added: int


def open_table(folder: Path, name: str) -> "DeltaTable | None":
    """The newest version of a table, None where it was never written."""
    from deltalake import DeltaTable
    from deltalake.exceptions import TableNotFoundError

    if not (folder / name / "_delta_log").is_dir():
        return None
    try:
        with stated(folder, f"read table {name}"):
            return DeltaTable(folder / name)
    except StoreError as error:
        if isinstance(error.__cause__, TableNotFoundError):
            return None  # its first version is being written just now
        raise


def append_rows(folder: Path, name: str, rows: "pa.Table") -> None:
    """Append rows to a table in one atomic commit; the table is made where it is missing.

    Args:
        folder: The store.
        name: The table.
        rows: Rows in its schema.

    Raises:
        StoreError: If they cannot be written; then none of them is.
    """
    from deltalake import CommitProperties, write_deltalake

    def attempt() -> None:
        table = open_table(folder, name) or _create_table(folder, name, rows.schema)
        same_columns = {field.name for field in table.schema().fields} == set(rows.column_names)
        write_deltalake(
            table,
            rows,
            mode="append",
            schema_mode=None if same_columns else "merge",
            writer_properties=_writer_properties(),
            commit_properties=CommitProperties(max_commit_retries=_OWN_RETRIES),
        )

    _with_retries(folder, f"write table {name}", attempt)


def delete_rows(folder: Path, name: str, column: str, values: Sequence[str]) -> None:
    """Delete the rows of a table whose column has one of the values.

    Args:
        folder: The store.
        name: The table; nothing happens where it is missing.
        column: A text column.
        values: What to look for.

    Raises:
        StoreError: If the table cannot be rewritten; then it is unchanged.
    """
    quoted = [quote(value) for value in values]

    def attempt() -> None:
        table = open_table(folder, name)
        if table is not None:
            table.delete(f"{column} IN ({', '.join(quoted)})")

    if quoted:
        _with_retries(folder, f"delete from table {name}", attempt)


def compact_table(folder: Path, name: str, retain: timedelta | None, order: Sequence[str] = ()) -> Compaction | None:
    """Merge the small files of a table.

    Args:
        folder: The store.
        name: The table.
        order: Columns by whose values the whole table is sorted, where it has more than one file; none keeps the
            order of the files.
        retain: Age from which replaced files are deleted from the disk; None keeps them all.

    Returns:
        What was done, None where the table is missing.

    Raises:
        StoreError: If the table cannot be rewritten; then it is unchanged.
    """
    done: list[Compaction] = []

    def attempt() -> None:
        table = open_table(folder, name)
        if table is None:
            return
        metrics = _merge(table, order)
        done.append(Compaction(name, int(str(metrics["numFilesRemoved"])), int(str(metrics["numFilesAdded"]))))
        table.create_checkpoint()
        if retain is not None:
            # Not "full": files that a writer has not committed yet stay.
            hours = math.ceil(retain / timedelta(hours=1))
            table.vacuum(hours, dry_run=False, enforce_retention_duration=False)

    _with_retries(folder, f"compact table {name}", attempt)
    return done[-1] if done else None


def _merge(table: "DeltaTable", order: Sequence[str]) -> dict[str, object]:
    from deltalake import CommitProperties

    writing = _writer_properties()
    commit = CommitProperties(max_commit_retries=_OWN_RETRIES)
    if order and len(table.file_uris()) > 1:
        return dict(
            table.optimize.z_order(
                list(order),
                target_size=_TARGET,
                max_spill_size=_SORT_MEMORY,
                writer_properties=writing,
                commit_properties=commit,
            )
        )
    return dict(table.optimize.compact(target_size=_TARGET, writer_properties=writing, commit_properties=commit))


def _writer_properties() -> "WriterProperties":
    from deltalake import WriterProperties

    return WriterProperties(compression="ZSTD", max_row_group_size=_ROW_GROUP)


def is_mixed(table: "DeltaTable") -> bool:
    """Whether the table got columns after it was made, so that its files may differ in theirs."""
    names = [field.name for field in table.schema().fields]
    return bool(table.metadata().description != _first_columns(names))


def quote(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


@contextmanager
def stated(folder: Path, doing: str) -> Iterator[None]:
    """Turn failures of Delta Lake, DuckDB and the file system into a StoreError of one line."""
    import duckdb
    from deltalake.exceptions import DeltaError

    try:
        yield
    except (DeltaError, OSError, duckdb.Error) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise StoreError(
            f"store {folder}: cannot {doing}: {reason}; check free space, "
            "permissions and that no file of the folder was removed, then try again"
        ) from error


def _first_columns(names: Sequence[str]) -> str:
    return f"made with the columns {' '.join(names)}"


def _create_table(folder: Path, name: str, schema: "pa.Schema") -> "DeltaTable":
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError

    try:
        return DeltaTable.create(
            folder / name,
            schema,
            mode="ignore",
            description=_first_columns(schema.names),
            configuration={"delta.checkpointInterval": str(_CHECKPOINT)},
        )
    except DeltaError:
        table = open_table(folder, name)  # another process was first
        if table is None:
            raise
        return table


def _with_retries(folder: Path, doing: str, attempt: Callable[[], None]) -> None:
    from deltalake.exceptions import CommitFailedError

    for number in range(_ATTEMPTS):
        try:
            with stated(folder, doing):
                return attempt()
        except StoreError as error:
            if not isinstance(error.__cause__, CommitFailedError):
                raise
            if number == _ATTEMPTS - 1:
                raise StoreError(
                    f"store {folder}: cannot {doing}: other writers changed it {_ATTEMPTS} times meanwhile; "
                    "try again when they are done"
                ) from error
        time.sleep(_PAUSE * 2**number)
    return None
