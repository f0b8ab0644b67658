"""The tables of an engine in the place of a store's folder: to be read, never written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from detente.engines.addresses import Address
from detente.engines.asked import Asked
from detente.errors import StoreError
from detente.model.reviews import Reviewed
from detente.store import Batch, Store

if TYPE_CHECKING:
    import pyarrow as pa

    from detente.engines.snapshot import EngineSnapshot


@dataclass(frozen=True, slots=True)
class EngineTables(Store):
    """What `open_engine` gives.

    Attributes:
        address: Where the tables lie.
        read: Opens them.
    """

    address: Address = field(kw_only=True)
    read: "Callable[[Address, Asked], EngineSnapshot]" = field(kw_only=True)

    def snapshot(  # type: ignore[override]
        self, *, known_by: datetime | None = None, reviewed: Reviewed = "corrected"
    ) -> "EngineSnapshot":
        """One state of the tables: of a store's folder as its own snapshot shows it, of a table as it is.

        Raises:
            StoreError: If they cannot be opened, or a table alone is asked for an earlier state or what was accepted.
        """
        return self.read(self.address, Asked(known_by, reviewed))

    def check_writable(self) -> NoReturn:
        """Refuse."""
        self._refuse()

    def commit(self, batch: Batch) -> NoReturn:  # noqa: ARG002 - the store's own arguments, here and below
        """Refuse."""
        self._refuse()

    def known_inputs(self, hashes: Iterable[str]) -> NoReturn:  # noqa: ARG002
        """Refuse: only writers ask."""
        self._refuse()

    def drop_stored(self, reports: "pa.Table", feed: str) -> NoReturn:  # noqa: ARG002
        """Refuse: only writers ask."""
        self._refuse()

    def compact(self, *, delete_older_than: timedelta | None = None) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        self._refuse()

    def delete_document(self, document_id: str) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        self._refuse()

    def forget(self, document: str, *, pause: timedelta = timedelta(0)) -> NoReturn:  # noqa: ARG002
        """Refuse."""
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreError(f"store {self.address} is read-only: write to a folder (--store FOLDER)")
