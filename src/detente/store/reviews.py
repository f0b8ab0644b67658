"""Reading reviews back from their links: what was decided, what of it stands, and what it makes of an event.

A review is the links of one import of the kind `review`. They are replayed in the order in which they were recorded;
an `undo` takes back the last one standing that has its reports. So nothing is ever changed: a state of an event is what
the links up to then say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from detente.model import stable_id
from detente.model.reviews import DECISIONS, RULE_PREFIX, Decision, Review, Standing

_RULES: Final[Mapping[str, Decision]] = {RULE_PREFIX + decision: decision for decision in DECISIONS}
_STANDING: Final[Mapping[str, Standing]] = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
"""What a decision says of its event; merging and splitting only say which reports tell one act."""


@dataclass(frozen=True, slots=True)
class ReviewState:
    """What the reviews that stand make of an event.

    Attributes:
        standing: The last judgement; None where reports were only merged or split.
        told_by: The report of the last correction; None for none.
    """

    standing: Standing | None = None
    told_by: str | None = None


def read_reviews(links: Iterable[Mapping[str, Any]]) -> tuple[Review, ...]:
    """The reviews that links tell, in order of time.

    Args:
        links: Rows of `links`, in any order; those of no decision that is known here are passed over.

    Returns:
        One review an import, those that were undone marked.
    """
    known = [row for row in links if row["rule"] in _RULES]
    order = sorted(known, key=lambda row: (row["recorded_at"], row["import_id"], row["report_id"], row["event_id"]))
    found = [_review(list(rows)) for _, rows in groupby(order, key=lambda row: (row["recorded_at"], row["import_id"]))]
    standing: list[int] = []
    for place, review in enumerate(found):
        if review.decision != "undo":
            standing.append(place)
            continue
        undone = next((n for n in reversed(standing) if _is_undone_by(found[n], review)), None)
        if undone is not None:
            standing.remove(undone)
            found[undone] = replace(found[undone], taken_back=True)
    return tuple(found)


def review_states(reviews: Iterable[Review]) -> dict[str, ReviewState]:
    """What the standing reviews make of each event they are about."""
    states: dict[str, ReviewState] = {}
    for review in reviews:
        if review.taken_back or review.decision not in _STANDING:
            continue
        (event_id,) = review.event_ids
        told_by = review.report_ids[0] if review.decision == "correct" else None
        before = states.get(event_id, ReviewState())
        states[event_id] = ReviewState(_STANDING[review.decision], told_by or before.told_by)
    return states


def reviews_of(reviews: Iterable[Review], event_id: str) -> tuple[Review, ...]:
    """The reviews that are about an event, in order of time."""
    return tuple(review for review in reviews if event_id in review.event_ids)


def last_standing(reviews: Iterable[Review], event_id: str) -> Review | None:
    """The last review of an event that was not undone, which is the one an undo takes back."""
    mine = [review for review in reviews_of(reviews, event_id) if review.decision != "undo" and not review.taken_back]
    return mine[-1] if mine else None


def state_key(links: Iterable[Mapping[str, Any]], event_id: str) -> str:
    """A short name for what is linked to an event just now: another one as soon as anything is added.

    Args:
        links: All rows of `links` on the event and its reports.
        event_id: The event.
    """
    names = ("report_id", "event_id", "rule", "import_id")
    return stable_id("state", event_id, sorted(tuple(str(row[name]) for name in names) for row in links))[:16]


def _review(rows: list[Mapping[str, Any]]) -> Review:
    first = rows[0]
    decision = _RULES[first["rule"]]
    corrects = first["supersedes"] if decision == "correct" else None
    places = [row["event_id"] for row in rows]
    places += [row["supersedes"] for row in rows if row["supersedes"] and decision != "correct"]
    when: datetime = first["recorded_at"]
    return Review(
        first["import_id"],
        decision,
        first["by"] or "",
        first["reason"] or "",
        when,
        tuple(dict.fromkeys(places)),
        tuple(row["report_id"] for row in rows),
        corrects,
    )


def _is_undone_by(review: Review, undo: Review) -> bool:
    return set(review.report_ids) == set(undo.report_ids) and bool(set(review.event_ids) & set(undo.event_ids))
