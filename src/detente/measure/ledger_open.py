"""What an act opens in the ledger: a measure with its kind, form, status and a name in the act's own words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from detente.measure.ledger_forms import ARRANGEMENT, find_forms
from detente.measure.turns import Act, find_concepts, is_turn, load_lexicon, lower
from detente.model.events import Dyad, Event
from detente.model.results import LedgerEntry

Status = Literal["in force", "ended", "suspended", "announced"]

# Done with the deed, or not a rule that stands: no measure in force.
PASSING_MODES: Final = ("arrest", "deport", "misinformation", "cyber", "curfew")
DONE: Final = "expulsion"  # a done act: it stands beside the ledger
WHAT_LENGTH: Final = 90
_CLAUSE: Final = re.compile(r"[;.!?](?=\s|$)|,\s(?=which|who|citing|calling|saying)")
_NUMBER: Final = re.compile(r"(?<![\w-])\d[\d,.]*\b")
_JOIN: Final = re.compile(r"\s+(?:and|or|with|for|in|on|to|of|the|a|as|over|from|by)\Z")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Measure:
    """A ledger entry in the making, with the words and the span by which others are matched to it."""

    entry: LedgerEntry
    words: frozenset[str]
    numbers: frozenset[str]
    span: tuple[date, date] | None
    joint: bool


def known_since(event: Event, published: Mapping[str, date]) -> date | None:
    """The first day on which an act could be known.

    Args:
        event: The act.
        published: Publication day by document id.

    Returns:
        The first publication of its evidence; else the act's last day, where it is no plan; else the day its source
        was read; None where nobody can say.
    """
    evidence = event.evidence or event.report.evidence
    days = [published[item.document_id] for item in evidence if item.document_id in published]
    if days:
        return min(days)
    if event.report.status != "future" and event.report.date_end is not None:
        return event.report.date_end
    read = [item.accessed for item in evidence if item.accessed and _DAY.fullmatch(item.accessed)]
    return date.fromisoformat(min(read)) if read else None


def open_measure(act: Act, dyad: Dyad, published: Mapping[str, date]) -> Measure | None:
    """The measure an act opens, or breaks off; None where it does neither.

    Args:
        act: An act of the pair.
        dyad: The two sides.
        published: Publication day by document id.
    """
    found = _kind_of(act)
    if found is None:
        return None
    kind, status, concept = found
    start = act.report.date_start
    until = act.report.date_end if status == "ended" else None
    by, _, against = act.direction.partition(">")
    entry = LedgerEntry(
        kind=kind,
        what=name_measure(act, concept),
        by=by if against else dyad.a,
        against=against or dyad.b,
        status="announced" if act.report.status == "future" else status,
        since=None if kind == "agreement" and status == "ended" else start,
        until=None if act.report.status == "future" else until,
        known_since=known_since(act.event, published),
        evidence=(act.id,),
        form=_forms_of(act, kind),
    )
    return Measure(entry, act.words, frozenset(_NUMBER.findall(act.text)), act.span, joint=not against)


def _kind_of(act: Act) -> tuple[str, Status, str | None] | None:
    """The kind of measure an act opens, its status, and the family of words that says so."""
    event_type = act.report.event_type
    if event_type == "MOBILIZE":
        passing = act.concepts & {"drill", "incursion"}
        return ("deployment", "in force", "stationed") if is_turn(act, "stationed") and not passing else None
    if is_turn(act, "signed"):
        return ("agreement", "in force", "signed") if "agreement" in act.concepts else None
    return _cut_of(act) if event_type in ("SANCTION", "COERCE") else None


def _forms_of(act: Act, kind: str) -> str:
    told = find_forms(act.text) if kind in ("sanction", "restriction") else ()
    return ", ".join(form for form in told if form != ARRANGEMENT)


def _cut_of(act: Act) -> tuple[str, Status, str | None] | None:
    if is_turn(act, "expelled"):
        return DONE, "ended", None
    if is_turn(act, "postponed"):  # one meeting less: nothing that stands
        return None
    broken = _broken(act)
    if broken is not None or act.report.event_type == "SANCTION":
        return broken or ("sanction", "in force", None)
    standing = act.report.mode not in PASSING_MODES and "detention" not in act.concepts
    return ("restriction", "in force", None) if standing else None


def _broken(act: Act) -> tuple[str, Status, str | None] | None:
    """Talks or an agreement that the act breaks off: what follows the word decides."""
    for concept, status in (("suspended", "suspended"), ("revoked", "ended")):
        if not is_turn(act, concept):
            continue
        named = _object(act.text, concept)
        concepts = find_concepts(named[:60]) if named else act.concepts
        word = load_lexicon().concepts[concept].pattern.search(lower(act.text))
        itself = find_concepts(word[0]) if word else frozenset[str]()
        if "talks" in concepts | itself:
            return "talks", "suspended", concept
        if ARRANGEMENT in find_forms(named):
            return "arrangement", "ended" if status == "ended" else "suspended", concept
        if "agreement" in concepts:
            return "agreement", "ended" if status == "ended" else "suspended", concept
    return None


def name_measure(act: Act, concept: str | None) -> str:
    """A short name of a measure in the act's own words.

    Args:
        act: The act.
        concept: Family of the verb whose object is the measure; None keeps the verb.

    Returns:
        At most 90 characters of the quote, cut at a word; type, issues and items where there is no quote.
    """
    if not act.text:
        report = act.report
        items = [item.item for item in report.materiel] + [item.item for item in report.quantities if item.item]
        named = ", ".join([*report.issue, *items])
        return f"{report.event_type}: {named}" if named else f"{report.event_type} (no words kept)"
    named = _object(act.text, concept) if concept else ""
    return _trim(named or _predicate(act))


def _object(text: str, concept: str) -> str:
    """What follows the verb; empty for a passive, where the object stands before it."""
    low = lower(text)
    found = load_lexicon().concepts[concept].pattern.search(low)
    if found is None:
        return ""
    passive = re.search(r"\b(?:was|were|is|are|be|been|being|had|put)\s*\Z", low[: found.start()])
    gap = len(found[0].split()) > 2
    rest = text[found.end() :].lstrip()
    if passive or gap or not rest or not re.match(r"[^\W_]", rest):
        return ""
    ends = _CLAUSE.search(rest)
    named = rest[: ends.start()] if ends else rest
    leading = re.match(r"(?:on|in|at|by|to|around|near|with)\b", named.lower())
    return "" if leading else named


def _predicate(act: Act) -> str:
    source = act.report.source_text
    text = act.text
    if source and text.startswith(source) and text[len(source) :][:1].isspace():
        text = text[len(source) :].lstrip()
    ends = _CLAUSE.search(text)
    return text[: ends.start()] if ends else text


def _trim(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= WHAT_LENGTH:
        return plain
    cut = plain[: WHAT_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    while _JOIN.search(cut):
        cut = _JOIN.sub("", cut)
    return f"{cut}…"
