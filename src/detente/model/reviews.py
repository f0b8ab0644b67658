"""Reviews: what people decided about events. Each is a few links, and for a correction a report, that are added."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Reviewed = Literal["all", "accepted", "corrected"]
"""Which reviews a reader applies: none (`all`), all (`corrected`), or all and only what was accepted is kept."""
REVIEWED: Final[tuple[Reviewed, ...]] = ("all", "accepted", "corrected")
Decision = Literal["accept", "reject", "correct", "merge", "split", "undo"]
DECISIONS: Final[tuple[Decision, ...]] = ("accept", "reject", "correct", "merge", "split", "undo")
Standing = Literal["accepted", "rejected", "corrected"]

REVIEW_KIND: Final = "review"
"""`imports.kind` of a review."""
RULE_PREFIX: Final = "review/"
"""How `links.rule` of a review begins; the decision follows."""
CORRECTION_PREFIX: Final = "review:"
"""How the id of a report begins that a correction brought."""


@dataclass(frozen=True, slots=True)
class Review:
    """One decision of one person, as the store holds it.

    Attributes:
        review_id: The import that brought it.
        decision: What was decided.
        by: Who.
        reason: Why; empty where nothing was said.
        recorded_at: UTC time.
        event_ids: The events it is about: of a merge the survivor first, of a split the new one first.
        report_ids: The reports it links: those the reviewer saw, or moved, or the report of a correction.
        corrects: Of a correction, the report that told the event before.
        taken_back: Whether it was undone.
    """

    review_id: str
    decision: Decision
    by: str
    reason: str
    recorded_at: datetime
    event_ids: tuple[str, ...]
    report_ids: tuple[str, ...]
    corrects: str | None = None
    taken_back: bool = False
