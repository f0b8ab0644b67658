"""What the record cannot tell, and how the brief was made."""

from collections import Counter

from detente.brief.acts import Acts, acts_query, counts, publisher_of, quote_of, record_size
from detente.brief.statements import by_events, by_query
from detente.brief.wording import counted, percent, sentence
from detente.model import Statement

_ONE_VOICE = 0.25  # share of acts with one publisher from which a reader should know


def unknown_statements(acts: Acts) -> tuple[Statement, ...]:
    """The record's blind spots: as given, and as counted from the events."""
    query = acts_query(acts.inputs)
    n = record_size(acts.inputs)
    lines = [by_query("unknown", sentence(text), query, n) for text in acts.inputs.unknown]
    lines += _not_facts(acts)
    if acts.inputs.record_kind == "chosen":
        lines += _undated(acts) + _unquoted(acts) + _publishers(acts)
        text = "What nobody wrote down, or whoever chose the record left out, is not here: silence is no sign of calm."
    else:
        text = (
            "A feed counts reports in the newspapers it reads: an act told twice may count twice, an act nobody told"
            " not at all, and its coverage changes over the years."
        )
    return (*lines, by_query("unknown", text, query, n))


def method_statements(acts: Acts) -> tuple[Statement, ...]:
    """What was read, by what, and how the words were chosen."""
    inputs = acts.inputs
    query, n = acts_query(inputs), record_size(inputs)
    texts = [
        *inputs.selection,
        f"Acts were coded by {inputs.coder} into the 16 PLOVER event types.",
        "Planned, conditional and denied acts are shown with their status and never counted as acts.",
        "A date is shown no more exactly than its source gives it.",
    ]
    if inputs.record_kind == "chosen":
        texts.append(
            "Each act keeps the words it rests on; action–reaction is taken from those words, never from order."
        )
    else:
        texts.append(
            "“Rose” or “fell” needs a 90% interval that leaves zero out and p of at most 0.05; “probably” p of at"
            " most 0.10; “may have” no such p; “no clear change” an interval that holds zero."
        )
        texts += inputs.index.notes if inputs.index else ()
    return tuple(by_query("methods", sentence(text), query, n) for text in texts)


def _undated(acts: Acts) -> list[Statement]:
    events = [event for event in acts.inputs.events if acts.side(event) == "unknown"]
    if not events:
        return []
    text = (
        f"{counted(len(events), 'event')} cannot be placed before or after the date: "
        "the sources give no day, or only a month or year that holds it."
    )
    return [by_events("unknown", text, events, acts_query(acts.inputs))]


def _unquoted(acts: Acts) -> list[Statement]:
    """Where text is not kept, what is read from words is missing: that must be said."""
    events = [event for event in acts.inputs.events if event.evidence and quote_of(event) is None]
    if not events:
        return []
    text = (
        f"No quote was kept of {counted(len(events), 'event')}, only its place and a hash: what stands in its "
        "words alone (answers, turns, terms) may be missing here."
    )
    return [by_events("unknown", text, events, acts_query(acts.inputs))]


def _not_facts(acts: Acts) -> list[Statement]:
    events = [event for event in acts.inputs.events if not counts(event) or event.report.status == "alleged"]
    if not events:
        return []
    kinds = Counter(event.report.status for event in events)
    said = ", ".join(f"{n:,} {status}" for status, n in sorted(kinds.items()))
    return [by_events("unknown", f"Not established as fact: {said}.", events, acts_query(acts.inputs))]


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
    return [by_events("unknown", f"{percent(share)} of the quoted acts rest on one publisher, {top}.", events)]
