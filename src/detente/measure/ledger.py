"""What stands on a day: sanctions, restrictions, agreements, deployments, broken-off talks, expulsions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from detente.measure.turns import Act, Reading, find_concepts, is_turn, load_lexicon, lower, read_acts
from detente.model.events import Dyad, Event
from detente.model.results import LedgerEntry, LedgerResult

Status = Literal["in force", "ended", "suspended", "announced"]

# Done with the deed, or not a rule that stands: no measure in force.
PASSING_MODES: Final = ("arrest", "deport", "misinformation", "cyber", "curfew")
FAMILY_DAYS: Final = 45  # within which two reports of one measure may be dated apart
PLAN_DAYS: Final = 400  # within which an act carries out a plan
WHAT_LENGTH: Final = 90
_RECALL: Final = frozenset({"recall", "ambass"})  # stems
_ORDER: Final = {"in force": 0, "suspended": 1, "announced": 2, "ended": 3}
_CLAUSE: Final = re.compile(r"[;.!?](?=\s|$)|,\s(?=which|who|citing|calling|saying)")
_NUMBER: Final = re.compile(r"(?<![\w-])\d[\d,.]*\b")
_JOIN: Final = re.compile(r"\s+(?:and|or|with|for|in|on|to|of|the|a|as|over|from|by)\Z")


@dataclass(frozen=True, slots=True)
class Measure:
    """A ledger entry in the making, with the words and the span by which others are matched to it."""

    entry: LedgerEntry
    words: frozenset[str]
    numbers: frozenset[str]
    span: tuple[date, date] | None
    joint: bool


def measures_in_force(
    events: Iterable[Event],
    dyad: Dyad,
    as_of: date,
    *,
    known_by: date | None = None,
    published: Mapping[str, date] | None = None,
    actors: Literal["state", "all"] = "state",
    strict: bool = False,
) -> LedgerResult:
    """List what one side holds against or with the other on a day, by the acts of a chosen record.

    An act counts once its whole span is past: a month-dated act from the end of its month. A measure
    stands until an act of the record ends it in words; what ended unreported stands here. An expulsion is a
    done act: it is listed as ended on its own day. A broken-off agreement or talk is listed from the
    day it was broken off.

    Args:
        events: All events of the pair.
        dyad: The two sides.
        as_of: The day asked about.
        known_by: Leave out what became known later; None for all that is known now.
        published: Publication day by document id; where absent, an act is known once it has happened.
        actors: `state` keeps agents of the state on both sides, `all` keeps everyone.
        strict: Whether alleged acts are left out.

    Returns:
        Entries in force first, then suspended, announced and ended, each in order of date.
    """
    reading = read_acts(events, dyad, actors=actors, strict=strict)
    days = published or {}
    weighed = [act for act in (*reading.acts, *reading.future) if _stands_by(act, as_of, known_by, days)]
    measures: list[Measure] = []
    loose: list[Act] = []  # liftings that no entry fits
    for act in sorted(weighed, key=lambda act: (act.span or (date.max, date.max), act.id)):
        opened = _open(act, dyad, days)
        if opened is not None:
            _enter(measures, opened, reading)
        elif act.report.status != "future" and not _close(measures, act, reading):
            loose.append(act)
    entries = sorted((measure.entry for measure in measures), key=_by_status)
    left_out = len(reading.acts) + len(reading.future) - len(weighed)
    return LedgerResult(
        dyad=dyad,
        as_of=as_of,
        known_by=known_by,
        entries=tuple(entries),
        acts=len(weighed),
        notes=_notes(reading, measures, left_out, as_of) + tuple(map(_loose_note, loose)),
        query=f"chosen record; {dyad.a} <> {dyad.b}; actors {actors}; as of {as_of.isoformat()}"
        + (f"; known by {known_by.isoformat()}" if known_by else "")
        + ("; strict" if strict else ""),
    )


def _known_since(act: Act, published: Mapping[str, date]) -> date | None:
    evidence = act.event.evidence or act.report.evidence
    days = [published[item.document_id] for item in evidence if item.document_id in published]
    if days:
        return min(days)
    if act.report.status != "future" and act.report.date_end is not None:
        return act.report.date_end
    read = [item.accessed for item in evidence if item.accessed and re.fullmatch(r"\d{4}-\d\d-\d\d", item.accessed)]
    return date.fromisoformat(min(read)) if read else None


def _stands_by(act: Act, as_of: date, known_by: date | None, published: Mapping[str, date]) -> bool:
    known = _known_since(act, published)
    if known_by is not None and (known is None or known > known_by):
        return False
    if act.report.status == "future" or act.span is None:
        return known is not None and known <= as_of
    return act.span[1] <= as_of


def _open(act: Act, dyad: Dyad, published: Mapping[str, date]) -> Measure | None:
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
        known_since=_known_since(act, published),
        evidence=(act.id,),
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


def _cut_of(act: Act) -> tuple[str, Status, str | None] | None:
    if is_turn(act, "expelled"):
        return "expulsion", "ended", None
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


def _enter(measures: list[Measure], new: Measure, reading: Reading) -> None:
    """Add a measure, or its evidence to the one it tells again, carries out or breaks off."""
    for at, old in enumerate(measures):
        if _is_retold(old, new, reading) or _is_carried_out(old, new, reading):
            measures[at] = _join(old, new)
            return
    if new.entry.kind == "agreement" and new.entry.status != "in force":
        at_best = _best([item for item in measures if _may_break(item, new)], new.words, reading)
        if at_best is not None:
            at = measures.index(at_best)
            ends = new.entry.status == "ended"
            merged = replace(
                new.entry,
                what=min(at_best.entry.what, new.entry.what, key=len),
                since=at_best.entry.since if ends else new.entry.since,
                known_since=at_best.entry.known_since if ends else new.entry.known_since,
                evidence=at_best.entry.evidence + new.entry.evidence,
            )
            measures[at] = replace(new, entry=merged)
            return
    measures.append(new)


def _may_break(old: Measure, new: Measure) -> bool:
    return old.entry.kind == new.entry.kind and old.entry.status in ("in force", "suspended")


def _is_retold(old: Measure, new: Measure, reading: Reading) -> bool:
    same = (old.entry.kind, old.entry.by, old.entry.status) == (
        new.entry.kind,
        new.entry.by,
        new.entry.status,
    )
    if not same or old.span is None or new.span is None:
        return same and old.span == new.span and _alike(old.words, reading.distinctive(new.words))
    if old.span[0] <= new.span[1] and new.span[0] <= old.span[1]:
        return _alike(_unnamed(old.words, reading), _unnamed(new.words, reading)) or _is_coarser_twin(old, new, reading)
    if (new.span[0] - old.span[1]).days > FAMILY_DAYS or old.entry.kind in ("expulsion", "deployment"):
        return False
    # A further round of one kind says other numbers: 17 people, then 398.
    other_round = old.numbers and new.numbers and not old.numbers & new.numbers
    return not other_round and _alike(old.words, reading.distinctive(new.words), share=0.6)


def _is_coarser_twin(old: Measure, new: Measure, reading: Reading) -> bool:
    """Whether a month-dated report tells a measure of that month again: one rare word is enough."""
    spans = [span for span in (old.span, new.span) if span is not None]
    lengths = sorted((end - start).days for start, end in spans)
    rare = max(3, len(reading.acts) // 60)
    shared = old.words & reading.distinctive(new.words)
    return 1 < lengths[-1] <= 31 and any(reading.frequency.get(word, 0) <= rare for word in shared)


def _is_carried_out(old: Measure, new: Measure, reading: Reading) -> bool:
    if old.entry.status != "announced" or new.entry.status == "announced":
        return False
    if (old.entry.kind, old.entry.by) != (new.entry.kind, new.entry.by):
        return False
    known, start = old.entry.known_since, new.entry.since
    near = known is None or start is None or 0 <= (start - known).days <= PLAN_DAYS
    return near and _alike(old.words, reading.distinctive(new.words))


def _alike(one: frozenset[str], other: frozenset[str], share: float = 0.5) -> bool:
    shared = len(one & other)
    return shared >= 2 and shared >= share * min(len(one), len(other))


def _unnamed(words: frozenset[str], reading: Reading) -> frozenset[str]:
    return frozenset(word for word in words if not any(word.startswith(name) for name in reading.names))


def _join(old: Measure, new: Measure) -> Measure:
    """One measure told twice: the act before the plan, the exact date before the coarse one."""
    known = [day for day in (old.entry.known_since, new.entry.known_since) if day is not None]
    base = new if old.entry.status == "announced" or _days_long(new) < _days_long(old) else old
    entry = replace(
        base.entry,
        known_since=min(known) if known else None,
        evidence=old.entry.evidence + new.entry.evidence,
    )
    return replace(base, entry=entry, words=old.words | new.words, numbers=old.numbers | new.numbers)


def _days_long(measure: Measure) -> float:
    return (measure.span[1] - measure.span[0]).days if measure.span is not None else float("inf")


def _close(measures: list[Measure], act: Act, reading: Reading) -> bool:
    """End what the act ends in words: lifted, withdrawn or resumed, on the same object.

    Returns:
        False where the act lifts sanctions and no entry fits; True otherwise.
    """
    lifted, resumed = is_turn(act, "lifted"), is_turn(act, "resumed")
    if not lifted and not resumed:
        return True
    by = act.direction.partition(">")[0]
    open_now = [
        item
        for item in measures
        if item.entry.status in ("in force", "suspended")
        and (item.entry.by == by or act.direction == "joint" or item.joint)
        and (item.entry.status == "suspended" if resumed and not lifted else item.entry.kind != "agreement")
    ]
    if "every" in act.concepts and "sanction" in act.concepts:
        ended = [item for item in open_now if item.entry.kind in ("sanction", "restriction")]
    else:
        # an envoy sent back ends the recall, whatever else the two sentences share
        recalls = [item for item in open_now if item.words >= _RECALL and "ambass" in act.words]
        best = recalls[-1] if recalls else _best(open_now, act.words, reading)
        ended = [best] if best is not None else []
    for item in ended:
        until = act.report.date_start
        entry = replace(item.entry, status="ended", until=until, evidence=(*item.entry.evidence, act.id))
        measures[measures.index(item)] = replace(item, entry=entry)
    return bool(ended) or not (lifted and "sanction" in act.concepts)


def _best(measures: list[Measure], words: frozenset[str], reading: Reading) -> Measure | None:
    """The measure that shares most with the words: two telling words, or one that is half of them."""
    telling = reading.distinctive(words)
    ranked = [(len(item.words & telling), at, item) for at, item in enumerate(measures)]
    fit = [found for found in ranked if found[0] >= 2 or (found[0] == 1 and len(telling) <= 2)]
    return max(fit, key=lambda found: found[:2])[2] if fit else None


def _by_status(entry: LedgerEntry) -> tuple[int, date, str, str]:
    day = entry.until if entry.status == "ended" else entry.since
    return _ORDER[entry.status], day or date.max, entry.by, entry.what


def _loose_note(act: Act) -> str:
    day = act.span[0].isoformat() if act.span is not None else "undated"
    return f"a lifting that fits no entry, what it ended is not known ({day}): {name_measure(act, None)}"


def _notes(reading: Reading, measures: Iterable[Measure], left_out: int, as_of: date) -> tuple[str, ...]:
    notes = ["what stands is what this record opened and did not end: an end that nobody reported is not seen"]
    if left_out:
        notes.append(
            f"{left_out} acts lie after {as_of.isoformat()}, became known later, or are dated too "
            "coarsely to say that they were over by then: not weighed"
        )
    notes += [
        f"dated no closer than {item.span[0].isoformat()} to {item.span[1].isoformat()}: {item.entry.what}"
        for item in measures
        if item.span is not None and item.span[0] != item.span[1] and item.entry.since == item.span[0]
    ]
    alleged = sum(act.report.status == "alleged" for act in reading.acts)
    if alleged:
        notes.append(f"{alleged} of the acts read are alleged by others and not denied in the record")
    return tuple(notes)
