"""A chosen record before and after the shock: description, no test and no estimate."""

from detente.brief.acts import Acts, acts_query, record_size
from detente.brief.notes import note_words
from detente.brief.statements import by_events, by_query
from detente.brief.tables import type_words
from detente.brief.wording import closed
from detente.model import PeriodCount, Statement

_SAID = "no test and no estimate"  # the warning says it already


def window_statements(acts: Acts) -> tuple[Statement, ...]:
    """The counts of each window, after the warning that they are no estimate."""
    description = acts.inputs.description
    query = acts_query(acts.inputs)
    lines = [by_query("impact", acts.say("impact.chosen"), query, record_size(acts.inputs))]
    for window in description.periods if description else ():
        if window.n:
            lines.append(by_events("impact", _window(acts, window), acts.found(window.evidence), query))
        else:
            text = acts.say("impact.no_acts", head=_head(acts, window))
            lines.append(by_query("impact", text, acts_query(acts.inputs, window.start, window.end), 0))
    notes = [note for note in description.notes if _SAID not in note] if description else []
    return (*lines, *(by_query("impact", note_words(acts, note), query, record_size(acts.inputs)) for note in notes))


def _head(acts: Acts, window: PeriodCount) -> str:
    return acts.say(f"impact.{window.label}", start=window.start, end=window.end)


def _window(acts: Acts, window: PeriodCount) -> str:
    counts = sorted(window.by_type.items(), key=lambda item: (-item[1], item[0]))
    kinds = ", ".join(acts.language.count(n, kind) for kind, n in counts if kind in type_words() and n)
    shares = [
        acts.say(f"impact.{label}", x=value)
        for label, value in (
            ("conflict", window.conflict_share),
            ("coercive", window.coercive_share),
            ("military", window.military_share),
            ("tone", window.tone),
        )
        if value is not None
    ]
    tail = acts.say("impact.shares", shares="; ".join(shares)) if shares else ""
    text = acts.say("impact.acts", head=_head(acts, window), n=window.n, kinds=kinds or acts.say("impact.no_kinds"))
    return closed(text) + tail
