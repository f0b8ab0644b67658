"""What stands in force, by side."""

from detente.brief.acts import Acts
from detente.brief.statements import by_events, by_query
from detente.brief.wording import closed, counted, day_words, sentence, shortened, when_words
from detente.model import LedgerEntry, LedgerResult, Statement

_SHOWN = 40  # lines; the rest is counted


def standing(ledger: LedgerResult | None) -> tuple[LedgerEntry, ...]:
    """The entries in force on the ledger's day, by acts of the record."""
    return tuple(entry for entry in _in_force(ledger) if entry.basis == "acts")


def _in_force(ledger: LedgerResult | None) -> tuple[LedgerEntry, ...]:
    return tuple(entry for entry in ledger.entries if entry.status == "in force") if ledger else ()


def ledger_statements(acts: Acts) -> tuple[Statement, ...]:
    """One statement per entry, standing ones first; an empty ledger says so."""
    ledger = acts.inputs.ledger
    if ledger is None:
        return ()
    query = ledger.query or f"detente ledger {ledger.dyad.a} {ledger.dyad.b} --as-of {ledger.as_of.isoformat()}"
    entries = [*sorted(ledger.entries, key=lambda entry: entry.status != "in force"), *ledger.beside]
    head = by_query(
        "ledger",
        f"{counted(len(standing(ledger)), 'measure')} in force on {day_words(ledger.as_of)}"
        ", as far as this record tells:"
        f" of {counted(ledger.acts, 'act')} weighed none ends them.",
        query,
        ledger.acts,
    )
    lines = [_line(acts, entry, query) for entry in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        rest = entries[_SHOWN:]
        events = acts.found(event_id for entry in rest for event_id in entry.evidence)
        lines.append(
            by_query("ledger", f"{counted(len(rest), 'more entry', 'more entries')}.", query, len(rest), events)
        )
    lines += [by_query("ledger", sentence(note), query, ledger.acts) for note in ledger.notes]
    return (head, *lines)


def _line(acts: Acts, entry: LedgerEntry, query: str) -> Statement:
    by, against = acts.inputs.name(entry.by), acts.inputs.name(entry.against)
    joint = entry.kind == "agreement" or entry.basis in ("table", "structural")
    parties = f"{by} and {against}" if joint else f"{by} → {against}"
    until = f" until {day_words(entry.until)}" if entry.until else ""
    known = f" {entry.last_known}" if entry.last_known else ""
    head = f"{entry.status.capitalize()}{known}{_since(acts, entry)}{until}: {entry.kind}, {parties}"
    text = f"{head}: {closed(shortened(entry.what, 160))}"
    events = acts.found(entry.evidence) if entry.basis == "acts" else ()
    if entry.source:
        text = f"{text.rstrip('.')} ({entry.source})."
    return by_events("ledger", text, events, query) if events else by_query("ledger", text, query, 0)


def _since(acts: Acts, entry: LedgerEntry) -> str:
    """The start, no more exact than the act that gives it."""
    if entry.since is None:
        return " (start not dated)"
    opening = [event.report for event in acts.found(entry.evidence) if event.report.date_start == entry.since]
    return f" since {when_words(opening[0]) if opening else day_words(entry.since)}"
