"""What a store offers to reviewers."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING, Self, cast

from detente.errors import InputError
from detente.model.reviews import REVIEWED, Decision, Reviewed

if TYPE_CHECKING:
    from detente.api.review_lists import EventHistory
    from detente.api.reviewing import ReviewDone
    from detente.api.stores import Store


class Reviewable:
    """The part of a store that is about reviews.

    Attributes:
        review_mode: Which reviews answers rest on.
    """

    review_mode: Reviewed

    def reviewed(self, used: Reviewed) -> Self:
        """The same store, read with other reviews.

        Args:
            used: `all`: the record as coded; `corrected`: corrections apply and what was rejected is left out;
                `accepted`: only what was accepted or corrected.

        Raises:
            InputError: If it is none of these.
        """
        if used not in REVIEWED:
            raise InputError(f"reviewed {used!r}: expected {', '.join(REVIEWED)}")
        other = copy(self)
        other.review_mode = used
        return other

    def review(
        self,
        event_id: str,
        decision: Decision,
        *,
        by: str,
        why: str = "",
        values: Mapping[str, str] | None = None,
        other: str | None = None,
        reports: Sequence[str] = (),
        seen: str | None = None,
    ) -> "ReviewDone":
        """Decide on an event; see `detente.api.reviewing.review_event`.

        Args:
            event_id: An id once shown.
            decision: `accept`, `reject`, `correct`, `merge`, `split` or `undo`.
            by: The reviewer's name.
            why: The reason.
            values: Of a correction: `{"event_type": "ACCUSE"}`.
            other: Of a merge, the event that is merged into this one.
            reports: Of a split, the reports that become an event of their own.
            seen: The state of the event that the decision rests on; the present one where it is None.

        Raises:
            InputError: If a value will not do, or someone else changed the event meanwhile.
            StoreError: If it cannot be written.
        """
        from detente.api.reviewing import Decided, review_event

        decided = Decided(event_id, decision, by, why, values or {}, other, reports, seen)
        return review_event(cast("Store", self), decided)

    def review_history(self, event_id: str) -> "EventHistory":
        """What people decided of an event: see `detente.api.review_lists.EventHistory`."""
        from detente.api.review_lists import read_history

        return read_history(cast("Store", self), event_id)
