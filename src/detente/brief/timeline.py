"""The acts worth a line each, in order of date."""

from collections.abc import Iterable
from typing import Final

from detente.brief.acts import Acts, acts_query, counts, heaviest, order, record_size, weight
from detente.brief.statements import by_events, by_query
from detente.model import Event, Statement

MOST: Final = 40  # dated lines; the rest is counted and stays in the list of evidence


def timeline_statements(acts: Acts) -> tuple[Statement, ...]:
    """Key acts by date, then what is planned or denied, then acts whose date is not known well enough.

    Key acts are those that sign, suspend, revoke or resume something, the acts of an exchange, the first and
    last of a kind, and those that carry a break; where room is left, the heaviest by score.
    """
    dated = [event for event in acts.inputs.events if counts(event) and acts.side(event) != "unknown"]
    shown = _chosen(acts, dated)
    others = [event for event in acts.inputs.events if not counts(event) and acts.side(event) != "unknown"]
    undated = [event for event in acts.inputs.events if acts.side(event) == "unknown"]
    listed = (*shown, *heaviest(others, MOST // 4), *sorted(undated, key=order)[: MOST // 2])
    lines = [by_events("timeline", acts.language.capital(acts.line(event)), [event]) for event in listed]
    left = record_size(acts.inputs) - len(lines)
    if left > 0:
        text = acts.say(f"timeline.left_{acts.inputs.record_kind}", n=left)
        lines.append(by_query("timeline", text, acts_query(acts.inputs), left))
    return tuple(lines)


def _chosen(acts: Acts, dated: Iterable[Event]) -> tuple[Event, ...]:
    dated = tuple(dated)
    key = _key_ids(acts)
    keyed = [event for event in dated if event.event_id in key]
    rest = [event for event in dated if event.event_id not in key]
    kept = heaviest(keyed, MOST)
    room = MOST - len(kept)
    more = _about_the_date(acts, rest, room) if acts.inputs.record_kind == "feed" else heaviest(rest, room)
    return tuple(sorted((*kept, *more), key=order))


def _about_the_date(acts: Acts, events: list[Event], n: int) -> tuple[Event, ...]:
    """The n heaviest, half of them before the shock and half after, the nearest first among equals.

    A feed gives hundreds of acts one score: by the order of their dates all of them would lie months before.
    """
    before, after = (
        sorted((e for e in events if acts.side(e) == side), key=lambda event: (-weight(event), _days_off(acts, event)))
        for side in ("before", "after")
    )
    half = max(n // 2, n - len(after))
    chosen = before[:half]
    return (*chosen, *after[: n - len(chosen)])


def _days_off(acts: Acts, event: Event) -> tuple[int, str]:
    day = event.report.date_start or acts.inputs.shock
    return abs((day - acts.inputs.shock).days), event.event_id


def _key_ids(acts: Acts) -> set[str]:
    found: set[str] = set()
    description = acts.inputs.description
    if description:
        found.update(event_id for ids in description.turns.values() for event_id in ids)
        found.update(item.answer for item in description.exchanges)
        found.update(item.to for item in description.exchanges if item.to)
        found.update(milestone.event_id for milestone in description.milestones)
    for item in acts.inputs.breaks.breaks if acts.inputs.breaks else ():
        found.update(item.evidence)
    return found
