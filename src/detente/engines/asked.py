"""Which state of the record is asked of an engine."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from detente.errors import StoreError
from detente.model.reviews import Reviewed


@dataclass(frozen=True, slots=True)
class Asked:
    """A state of the record, as `detente.store.Store.snapshot` takes it.

    Attributes:
        known_by: Imports and links recorded later are left out; None for the newest state.
        reviewed: Which reviews are applied.
    """

    known_by: datetime | None = None
    reviewed: Reviewed = "corrected"


AS_IT_IS: Final = Asked()


def refuse_states(asked: Asked, address: object) -> None:
    """Refuse what a single table of reports cannot tell: it has no reviews, and does not know when a row came.

    Args:
        asked: The state wanted.
        address: Of the table, to be shown.

    Raises:
        StoreError: If only what was accepted, or an earlier state, is wanted.
    """
    if asked.reviewed == "accepted":
        raise StoreError(
            f"store {address} is a table of reports without reviews, so nothing in it is accepted: ask with "
            "--reviewed all, or ask a store's folder"
        )
    if asked.known_by is not None:
        raise StoreError(
            f"store {address} is a table of reports without its imports, so an earlier state is not known: ask a "
            "store's folder"
        )
