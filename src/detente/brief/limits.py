"""What the record cannot tell, and how the brief was made."""

from collections import Counter

from detente.brief.acts import Acts, acts_query, counts, publisher_of, quote_of, record_size
from detente.brief.notes import note_words
from detente.brief.statements import by_events, by_query
from detente.model import Statement

_ONE_VOICE = 0.25  # share of acts with one publisher from which a reader should know


def unknown_statements(acts: Acts) -> tuple[Statement, ...]:
    """The record's blind spots: as given, and as counted from the events."""
    query = acts_query(acts.inputs)
    n = record_size(acts.inputs)
    lines = [by_query("unknown", note_words(acts, text), query, n) for text in acts.inputs.unknown]
    lines += _not_facts(acts)
    if acts.inputs.record_kind == "chosen":
        lines += _undated(acts) + _unquoted(acts) + _publishers(acts)
    return (*lines, by_query("unknown", acts.say(f"unknown.{acts.inputs.record_kind}"), query, n))


def method_statements(acts: Acts) -> tuple[Statement, ...]:
    """What was read, by what, and how the words were chosen."""
    inputs = acts.inputs
    query, n = acts_query(inputs), record_size(inputs)
    texts = [
        *(note_words(acts, note) for note in inputs.selection),
        acts.say("methods.coded", coder=inputs.coder),
        acts.say("methods.status"),
        acts.say("methods.date"),
        acts.say(f"methods.{inputs.record_kind}"),
    ]
    if inputs.record_kind == "feed" and inputs.index:
        texts += [note_words(acts, note) for note in inputs.index.notes]
    return tuple(by_query("methods", text, query, n) for text in texts)


def _undated(acts: Acts) -> list[Statement]:
    events = [event for event in acts.inputs.events if acts.side(event) == "unknown"]
    if not events:
        return []
    return [by_events("unknown", acts.say("unknown.undated", n=len(events)), events, acts_query(acts.inputs))]


def _unquoted(acts: Acts) -> list[Statement]:
    """Where text is not kept, what is read from words is missing: that must be said."""
    events = [event for event in acts.inputs.events if event.evidence and quote_of(event) is None]
    if not events:
        return []
    return [by_events("unknown", acts.say("unknown.unquoted", n=len(events)), events, acts_query(acts.inputs))]


def _not_facts(acts: Acts) -> list[Statement]:
    events = [event for event in acts.inputs.events if not counts(event) or event.report.status == "alleged"]
    if not events:
        return []
    kinds = Counter(event.report.status for event in events)
    said = ", ".join(
        acts.say("unknown.kind", n=n, status=acts.language.term(status)) for status, n in sorted(kinds.items())
    )
    return [by_events("unknown", acts.say("unknown.not_facts", kinds=said), events, acts_query(acts.inputs))]


def _publishers(acts: Acts) -> list[Statement]:
    named = [(publisher_of(event), event) for event in acts.inputs.events]
    known = Counter(publisher for publisher, _ in named if publisher)
    if not known:
        return []
    top, n = min(known.items(), key=lambda item: (-item[1], item[0]))
    share = n / sum(known.values())
    if share < _ONE_VOICE:
        return []
    events = [event for publisher, event in named if publisher == top]
    return [by_events("unknown", acts.say("unknown.publisher", share=share, who=top), events)]
