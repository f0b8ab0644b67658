"""What was decided of events, as columns beside them in tables and exports."""

import json
from collections.abc import Sequence

from detente.api.objects import plain
from detente.model import Event
from detente.store.reviews import last_standing, review_states


def review_columns(events: Sequence[Event]) -> dict[str, list[str | None]]:
    """The columns of reviews, one value an event, null where nobody reviewed it.

    `review` is the judgement that stands, `reviewed_by`, `reviewed_at` and `review_reason` tell of the last decision
    that stands, `review_history` holds all of them as JSON.
    """
    last = [last_standing(event.reviews, event.event_id) for event in events]
    states = [review_states(event.reviews).get(event.event_id) for event in events]
    return {
        "review": [state.standing if state else None for state in states],
        "reviewed_by": [item.by if item else None for item in last],
        "reviewed_at": [item.recorded_at.isoformat() if item else None for item in last],
        "review_reason": [item.reason if item else None for item in last],
        "review_history": [
            json.dumps([plain(item) for item in event.reviews], ensure_ascii=False) if event.reviews else None
            for event in events
        ],
    }
