"""A chosen record before and after the shock: description, no test and no estimate."""

from detente.brief.acts import Acts, acts_query, record_size
from detente.brief.statements import by_events, by_query
from detente.brief.tables import type_words
from detente.brief.wording import closed, counted, day_words, number, percent, sentence
from detente.model import PeriodCount, Statement

_SAID = "no test and no estimate"  # the warning says it already


def window_statements(acts: Acts) -> tuple[Statement, ...]:
    """The counts of each window, after the warning that they are no estimate."""
    description = acts.inputs.description
    query = acts_query(acts.inputs)
    warning = (
        "No test and no estimate of a change: this record was chosen by someone who knew the story, so its counts"
        " measure the choosing. What follows describes what it holds. For an estimate bring a feed"
        " (detente import icews PATH) and ask again."
    )
    lines = [by_query("impact", warning, query, record_size(acts.inputs))]
    for window in description.periods if description else ():
        if window.n:
            lines.append(by_events("impact", _window(window), acts.found(window.evidence), query))
        else:
            text = f"{_head(window)}: no acts."
            lines.append(by_query("impact", text, acts_query(acts.inputs, window.start, window.end), 0))
    notes = [note for note in description.notes if _SAID not in note] if description else []
    return (*lines, *(by_query("impact", sentence(note), query, record_size(acts.inputs)) for note in notes))


def _head(window: PeriodCount) -> str:
    return f"{window.label.capitalize()} ({day_words(window.start)} to {day_words(window.end)})"


def _window(window: PeriodCount) -> str:
    words = type_words()
    counts = sorted(window.by_type.items(), key=lambda item: (-item[1], item[0]))
    kinds = ", ".join(counted(n, words[kind].singular, words[kind].plural) for kind, n in counts if kind in words and n)
    shares = [
        f"{label} {percent(value)}"
        for label, value in (
            ("conflict share", window.conflict_share),
            ("coercive share", window.coercive_share),
            ("military share", window.military_share),
        )
        if value is not None
    ]
    if window.tone is not None:
        shares.append(f"mean PLOVER score per act {number(window.tone)}")
    tail = f" In shares: {'; '.join(shares)}." if shares else ""
    return closed(f"{_head(window)}, {counted(window.n, 'act')}: {kinds or 'none of a known type'}") + tail
