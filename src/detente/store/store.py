"""A store: a folder of Delta Lake tables that many may read and write at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from detente.errors import StoreError
from detente.model.order import REPORT_ORDER
from detente.model.reviews import Reviewed
from detente.store.batch import DATA_TABLES, Batch, ready_tables
from detente.store.cube import COVERAGE_ORDER, CUBE_ORDER, CUBE_TABLES
from detente.store.format import open_folder
from detente.store.snapshot import Snapshot, take_snapshot
from detente.store.tables import Compaction, append_rows, compact_table

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.store.deletion import Forgotten

SNAPSHOT_TABLES: Final = (*DATA_TABLES, "forgotten", *CUBE_TABLES)
_SORTED: Final = {"reports": REPORT_ORDER[:2], "cube": CUBE_ORDER[:1], "coverage": COVERAGE_ORDER[:1]}
"""By what compacting sorts a table, so that a question on one pair skips the rest."""
_PAUSE: Final = timedelta(seconds=2)  # for readers that began before a document was forgotten
_TRIES: Final = 3  # to open a snapshot whose files another process deletes meanwhile


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of tables; `open_store` makes one.

    Attributes:
        path: The folder, absolute.
        id: Identity of the store, for keys of caches.
        clock: Gives the UTC time that commits are recorded at.
    """

    path: Path
    id: str
    clock: Callable[[], datetime]

    def commit(self, batch: Batch) -> None:
        """Write a batch so that all of it becomes visible, or nothing.

        The rows of `imports` are written last and make the others count. When this returns, the batch is
        stored; when it fails or the process is killed, its rows stay invisible.

        Args:
            batch: What to write.

        Raises:
            StoreError: If the batch does not fit the tables or cannot be written.
        """
        for name, rows in ready_tables(batch, self.clock()).items():
            append_rows(self.path, name, rows)

    def check_writable(self) -> None:
        """Nothing to say: a folder is written. Tables that are only read refuse here, before any work is done."""

    def known_inputs(self, hashes: Iterable[str]) -> set[str]:
        """Which inputs are already stored.

        Args:
            hashes: Values of `imports.input_hash`.

        Returns:
            Those of them that a live import has.

        Raises:
            StoreError: If the store cannot be read.
        """
        from detente.store.known import known_inputs

        return known_inputs(self.path, hashes)

    def drop_stored(self, reports: "pa.Table", feed: str) -> "pa.Table":
        """Leave out the reports that are already stored.

        Args:
            reports: Rows with a `report_id`.
            feed: The feed they come from.

        Returns:
            The rows whose id the feed has not stored, in their order.

        Raises:
            StoreError: If the store cannot be read.
        """
        from detente.store.known import drop_stored

        return drop_stored(self.path, reports, feed)

    def stored_sides(self, report_ids: "pa.Array", feed: str) -> "pa.Table":
        """Which reports of a feed are stored, and between whom.

        Args:
            report_ids: Ids to look for.
            feed: The feed.

        Returns:
            `report_id`, `source_country` and `target_country` of those that are.

        Raises:
            StoreError: If the store cannot be read.
        """
        from detente.store.known import stored_sides

        return stored_sides(self.path, report_ids, feed)

    def new_evidence(self, rows: "pa.Table", imports: Sequence[str]) -> "pa.Table":
        """Leave out mentions that are already stored, and all but the first of equal ones.

        Args:
            rows: Rows of `evidence` that are mentions.
            imports: Ids of their imports, in the order of the files.

        Returns:
            The others, sorted by report.

        Raises:
            StoreError: If the store cannot be read.
        """
        from detente.store.known import new_evidence

        return new_evidence(self.path, rows, imports)

    def forgotten_marks(self) -> frozenset[str]:
        """Ids of documents that were forgotten, and hashes of their addresses.

        Raises:
            StoreError: If the store cannot be read.
        """
        from detente.store.known import forgotten_marks

        return forgotten_marks(self.path)

    def snapshot(self, *, known_by: datetime | None = None, reviewed: Reviewed = "corrected") -> Snapshot:
        """Fix one version of every table, to read while others write.

        Args:
            known_by: UTC time; imports and links recorded later are left out.
            reviewed: `corrected` applies the reviews, `all` leaves them aside, `accepted` keeps what they accepted.

        Returns:
            The snapshot; close it, or use it in a `with`.

        Raises:
            StoreError: If the store cannot be read.
        """
        for _ in range(_TRIES - 1):
            try:
                return take_snapshot(self.path, self.id, SNAPSHOT_TABLES, known_by, reviewed)
            except StoreError as error:
                if not _is_missing_file(error):
                    raise
        return take_snapshot(self.path, self.id, SNAPSHOT_TABLES, known_by, reviewed)

    def compact(self, *, delete_older_than: timedelta | None = None) -> tuple[Compaction, ...]:
        """Merge the small files that many commits leave, and sort feeds by pair.

        Args:
            delete_older_than: Age in whole hours from which replaced files are deleted from the disk, which
                breaks snapshots as old as that; by default all are kept. Deleted documents leave the disk
                only with their files.

        Returns:
            What was done, a table each.

        Raises:
            StoreError: If a table cannot be rewritten.
        """
        done = (
            compact_table(self.path, name, delete_older_than, _SORTED.get(name, ()))
            for name in (*SNAPSHOT_TABLES, "imports")
        )
        return tuple(compaction for compaction in done if compaction is not None)

    def delete_document(self, document_id: str) -> int:
        """Delete a document, its citations and evidence, and the reports that rest on it alone.

        Its words stay in replaced files until `compact(delete_older_than=timedelta(0))`.

        Args:
            document_id: The document.

        Returns:
            Number of reports deleted.

        Raises:
            InputError: If nothing of the document is stored.
            StoreError: If a table cannot be rewritten; call again to finish.
        """
        from detente.store.deletion import delete_document

        return delete_document(self.path, document_id)

    def forget(self, document: str, *, pause: timedelta = _PAUSE) -> "Forgotten":
        """Remove a document's text and quotes from the disk and keep the fact that it was removed.

        Its citations, its evidence and the reports that rest on it alone go too, also from files that were
        replaced and from the logs of the tables. A row of `forgotten` stays: when, which ids, no text.

        Args:
            document: Id of a document, else its address.
            pause: How long readers that began before may finish until replaced files are deleted; a reader that
                is slower fails with a StoreError and can ask again.

        Returns:
            What was removed.

        Raises:
            InputError: If nothing of it is or was stored.
            StoreError: If a table cannot be rewritten; call again to finish.
        """
        from detente.store.deletion import forget_documents

        return forget_documents(self.path, document, self.clock(), pause)


def open_store(path: Path, *, create: bool = True, clock: Callable[[], datetime] | None = None) -> Store:
    """Open the store in a folder.

    Args:
        path: The folder.
        create: Whether a missing or empty folder becomes a store.
        clock: Gives the UTC time that commits are recorded at; by default the machine's.

    Returns:
        The store.

    Raises:
        StoreError: If the folder is no store and may not or cannot become one.
        StoreVersionError: If the store has another format.
    """
    folder, marker = open_folder(path, create=create)
    return Store(folder, marker.id, clock or _now)


def _is_missing_file(error: StoreError) -> bool:
    import duckdb

    return isinstance(error.__cause__, duckdb.IOException | FileNotFoundError)


def _now() -> datetime:
    return datetime.now(UTC)
