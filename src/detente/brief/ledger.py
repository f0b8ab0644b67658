"""What stands in force, by side."""

from detente.brief.acts import Acts
from detente.brief.notes import note_words
from detente.brief.statements import by_events, by_query
from detente.brief.wording import closed, shortened
from detente.model import LedgerEntry, LedgerResult, Statement

_SHOWN = 40  # lines; the rest is counted
_WORDS = 160  # characters of what an entry is


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
    shape = "tables" if acts.inputs.record_kind == "feed" else "head"
    head = by_query(
        "ledger",
        acts.say(f"ledger.{shape}", n=len(standing(ledger)), day=ledger.as_of, acts=ledger.acts),
        query,
        ledger.acts,
    )
    lines = [_line(acts, entry, query) for entry in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        rest = entries[_SHOWN:]
        events = acts.found(event_id for entry in rest for event_id in entry.evidence)
        lines.append(by_query("ledger", acts.say("ledger.more", n=len(rest)), query, len(rest), events))
    # the notes tell how acts open and end a measure: with tables alone there is nothing of that to tell
    notes = ledger.notes if shape == "head" else ()
    lines += [by_query("ledger", note_words(acts, note), query, ledger.acts) for note in notes]
    return (head, *lines)


def _line(acts: Acts, entry: LedgerEntry, query: str) -> Statement:
    by, against = acts.inputs.name(entry.by), acts.inputs.name(entry.against)
    joint = entry.kind == "agreement" or entry.basis in ("table", "structural")
    parties = acts.say("act.both", a=by, b=against) if joint else f"{by} → {against}"
    text = acts.say(
        "ledger.line",
        status=acts.language.capital(acts.language.term(entry.status)),
        known=f" {entry.last_known}" if entry.last_known else "",
        since=_since(acts, entry),
        until=acts.say("ledger.until", day=entry.until) if entry.until else "",
        kind=acts.language.term(entry.kind),
        parties=parties,
        what=closed(_what(acts, entry)),
    )
    events = acts.found(entry.evidence) if entry.basis == "acts" else ()
    if entry.source:
        text = acts.say("ledger.source", text=text.rstrip("."), source=_foreign(acts, entry.source))
    return by_events("ledger", text, events, query) if events else by_query("ledger", text, query, 0)


def _what(acts: Acts, entry: LedgerEntry) -> str:
    """What the entry is, in its source's words; in another language than theirs they are a quotation."""
    return _foreign(acts, shortened(entry.what, _WORDS))


def _foreign(acts: Acts, text: str) -> str:
    return text if acts.inputs.language == "en" else acts.quoted(text)


def _since(acts: Acts, entry: LedgerEntry) -> str:
    """The start, no more exact than the act that gives it."""
    if entry.since is None:
        return acts.say("ledger.undated")
    opening = [event for event in acts.found(entry.evidence) if event.report.date_start == entry.since]
    return acts.say("ledger.since", when=acts.when(opening[0]) if opening else acts.language.day(entry.since))
