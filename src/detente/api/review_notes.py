"""Saying which reviews an answer rests on, and how many there are."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.store.reviews import review_states

if TYPE_CHECKING:
    from detente.api.dyads import Dyad
    from detente.model.reviews import Reviewed
    from detente.store import Snapshot


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """How many events of a pair stand how, whatever their record; merged and split ones are none of the three.

    Attributes:
        used: Which reviews are applied.
        accepted: Events whose last judgement is an acceptance.
        corrected: Events whose last judgement is a correction.
        rejected: Events whose last judgement is a rejection.
        regrouped: Standing merges and splits in which an event of the pair has a part.
    """

    used: "Reviewed"
    accepted: int = 0
    corrected: int = 0
    rejected: int = 0
    regrouped: int = 0


def count_reviews(dyad: "Dyad", snapshot: "Snapshot | None" = None) -> ReviewCounts | None:
    """How a pair's events were reviewed; None where the store has no review and none is asked for.

    Args:
        dyad: The pair.
        snapshot: The state of the store to look in, kept open; None for the newest.
    """
    from detente.ontology import predecessors

    if snapshot is None:
        with dyad.store.snapshot() as newest:
            return count_reviews(dyad, newest)
    used = dyad.store.review_mode
    if not snapshot.reviews:
        return ReviewCounts(used) if used != "corrected" else None
    states = review_states(snapshot.reviews)
    moved = [item for item in snapshot.reviews if item.decision in {"merge", "split"} and not item.taken_back]
    named = snapshot.ids_table([*states, *(item.event_ids[0] for item in moved)])
    a, b = ([code, *predecessors(code)] for code in dyad.pair)
    rows = snapshot.all_events()
    between = (rows.source_country.isin(a) & rows.target_country.isin(b)) | (
        rows.source_country.isin(b) & rows.target_country.isin(a)
    )
    mine = rows.filter(between).semi_join(named, rows.event_id == named.id)
    ids = set(mine.event_id.to_pyarrow().to_pylist())
    counted = Counter(state.standing for event_id, state in states.items() if event_id in ids)
    regrouped = sum(bool(set(item.event_ids) & ids) for item in moved)
    return ReviewCounts(used, counted["accepted"], counted["corrected"], counted["rejected"], regrouped)


def review_note(*dyads: "Dyad", snapshot: "Snapshot | None" = None) -> str | None:
    """The note of an answer on one or more pairs of a store; None where there is nothing to say.

    Args:
        *dyads: The pairs.
        snapshot: The state that was asked, kept open; None for the newest.
    """
    found = [counts for counts in (count_reviews(dyad, snapshot) for dyad in dyads) if counts is not None]
    if not found:
        return None
    if found[0].used == "all":
        return "Reviews: the record as it was coded (all); reviews in the store are left aside."
    sums = {name: sum(getattr(item, name) for item in found) for name in ("accepted", "corrected", "rejected")}
    told = ", ".join(f"{n} {name}" for name, n in sums.items())
    regrouped = sum(item.regrouped for item in found)
    told += f", {regrouped} merged or split" if regrouped else ""
    whose = "this pair" if len(dyads) == 1 else "these pairs"
    if found[0].used == "accepted":
        return f"Reviews: only what a reviewer accepted or corrected counts (accepted); of {whose} {told}."
    return f"Reviews: corrections apply and rejected events are left out (corrected); of {whose} {told}."
