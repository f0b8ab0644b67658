"""Who answers whom by the sources' own words: no cue in the text, no exchange."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from detente.measure.select import JOINT
from detente.measure.turns import (
    Act,
    Reading,
    compile_words,
    content_words,
    find_concepts,
    load_lexicon,
    lower,
    without_concepts,
)
from detente.model.results import Exchange

ANSWER_DAYS: Final = 180
PROTEST_DAYS: Final = 30
CLOSE_DAYS: Final = 7  # for a protest that shares no more than one word with the act
ADJACENT: Final = 600  # characters between two quotes of one document that still follow each other
PROTEST_TYPES: Final = ("ACCUSE", "PROTEST")
FRIENDLY_TALK: Final = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE")
DEEDS: Final = ("SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COOPERATE", "AID", "RETREAT")
_CLAUSE_END: Final = re.compile(r"[;:()]|[.!?](?=\s|$)|,\s")

Kind = Literal["answer", "reason", "protest"]
Rank = tuple[int, bool, bool, bool, date, str]  # how much is named, kind of act, order sure, no reply, day, id


@dataclass(frozen=True, slots=True)
class CueTable:
    """Words of one kind and language; `named` says on which side of them the answered act is named."""

    kind: str
    named: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words by which a text calls an act an answer, and what they name.

    Attributes:
        kind: `answer` says so outright; `reason` and `protest` only give an act as the ground.
        text: The words as the text has them.
        words: Stems of what they name.
        concepts: Families of words they name.
    """

    kind: str
    text: str
    words: frozenset[str]
    concepts: frozenset[str]


def find_exchanges(reading: Reading) -> tuple[Exchange, ...]:
    """Pair each act that its own text calls an answer with the act it answers.

    A cue such as "in response" makes an exchange in any case, with `to` None where the record has no
    earlier act of the other side that fits. Grounds ("in protest at", "because of") and protests ("over
    the drill") make one only where an act fits what they name.

    Args:
        reading: The acts of the pair.

    Returns:
        Exchanges in order of the answers' dates; `days` where both acts are dated to the day.
    """
    found = (_exchange(act, reading) for act in reading.acts if act.direction != JOINT)
    return tuple(exchange for exchange in found if exchange is not None)


def find_cues(act: Act) -> tuple[Cue, ...]:
    """The cues in an act's own words, the coder's first.

    Args:
        act: An act that counts.

    Returns:
        Cues with what they name; protest cues only for acts that accuse or protest.
    """
    coded = act.report.response_cue
    cues = [_coded_cue(act, coded)] if coded else []
    for kind in ("answer", "reason", "protest"):
        if kind != "protest" or act.report.event_type in PROTEST_TYPES:
            cues += _cues(act.text, kind)
    return tuple(cues)


def _exchange(act: Act, reading: Reading) -> Exchange | None:
    cues = find_cues(act)
    earlier = [other for other in reading.acts if _may_precede(other, act)]
    for kind in ("answer", "reason", "protest"):
        ranked = [
            (score, cue, other)
            for cue in cues
            if cue.kind == kind
            for other in earlier
            if (score := _fit(cue, act, other, reading)) is not None
        ]
        if ranked:
            _, cue, other = max(ranked, key=lambda found: found[0])
            return Exchange(act.id, other.id, cue.text, _days(other, act))
        outright = next((cue for cue in cues if cue.kind == kind == "answer"), None)
        if outright is not None:
            return Exchange(act.id, None, outright.text, None)
    return None


def _fit(cue: Cue, act: Act, other: Act, reading: Reading) -> Rank | None:
    """How well an earlier act fits what the cue names, greater is better; None where it does not."""
    distance = _distance(other, act)
    if distance is None or distance > (PROTEST_DAYS if cue.kind == "protest" else ANSWER_DAYS):
        return None
    sure = _certainly_not_later(other, act)
    words = len(reading.distinctive(cue.words) & other.words)
    named = words + len(_named_concepts(cue, other))
    if cue.kind == "answer":
        # Text that follows its antecedent points to it: "… on its list. In response, …".
        fits = bool(named) or (sure and _fits_unnamed(cue, act, other))
        named = max(named, 2 if _adjacent(other, act) else 0)
    else:
        # One shared word is weak: it takes a close act whose order is sure.
        close = sure and distance <= CLOSE_DAYS and other.report.event_type not in FRIENDLY_TALK
        fits = named > 1 or named > words or (words == 1 and close)
    if not fits or (cue.kind == "protest" and _talk_of_one_day(other, act)):
        return None
    same_type = other.report.event_type == act.report.event_type
    # A refusal on the day of a protest is more likely the reply to it than its ground.
    reply = other.span == act.span and other.report.event_type == "REJECT"
    kind = other.report.event_type in DEEDS and not reply if cue.kind == "protest" else same_type
    return named, kind, sure, not reply, _last_day(other), other.id


def _fits_unnamed(cue: Cue, act: Act, other: Act) -> bool:
    same_type = other.report.event_type == act.report.event_type
    return same_type or _adjacent(other, act) or other.span == act.span or other.report.event_type in _types(cue)


def _talk_of_one_day(other: Act, act: Act) -> bool:
    # Complaints of both sides at one meeting share their subject: neither is about the other.
    talk = other.report.event_type in (*PROTEST_TYPES, "REQUEST") or "criticism" in other.concepts
    return other.span == act.span and talk and other.report.event_type not in DEEDS


def _named_concepts(cue: Cue, other: Act) -> frozenset[str]:
    concepts = load_lexicon().concepts
    shared = cue.concepts & other.concepts
    return frozenset(name for name in shared if other.report.event_type in concepts[name].types)


def _types(cue: Cue) -> frozenset[str]:
    concepts = load_lexicon().concepts
    return frozenset(event_type for name in cue.concepts for event_type in concepts[name].types)


def _may_precede(other: Act, act: Act) -> bool:
    if other.direction in (JOINT, act.direction) or other.report.event_type is None:
        return False
    return other.span is not None and act.span is not None and other.span[0] <= act.span[1]


def _certainly_not_later(other: Act, act: Act) -> bool:
    return other.span is not None and act.span is not None and other.span[1] <= act.span[0]


def _distance(other: Act, act: Act) -> int | None:
    """Days between two acts, the most that their spans allow."""
    if other.span is None or act.span is None:
        return None
    return (act.span[1] - other.span[0]).days


def _days(other: Act, act: Act) -> int | None:
    exact = other.report.date_precision == "day" == act.report.date_precision
    return _distance(other, act) if exact else None


def _last_day(act: Act) -> date:
    return act.span[1] if act.span is not None else date.min


def _adjacent(other: Act, act: Act) -> bool:
    return any(
        first.document_id == second.document_id and 0 <= second.start - first.end <= ADJACENT
        for first in other.event.evidence or other.report.evidence
        for second in act.event.evidence or act.report.evidence
    )


def _coded_cue(act: Act, coded: str) -> Cue:
    at = lower(act.text).find(lower(coded))
    named = _clause_after(act.text, at + len(coded)) if at >= 0 else ""
    return _cue("answer", coded, named)


def _cues(text: str, kind: str) -> Iterator[Cue]:
    low = lower(text)
    for table in load_cues():
        if table.kind != kind:
            continue
        for found in table.pattern.finditer(low):
            after = table.named == "after"
            named = _clause_after(text, found.end()) if after else _clause_before(text, found.start())
            yield _cue(kind, text[found.start() : found.end()], named)


def _cue(kind: str, text: str, named: str) -> Cue:
    return Cue(kind, text, content_words(without_concepts(named)), find_concepts(named))


def _clause_after(text: str, start: int) -> str:
    rest = text[start:]
    found = _CLAUSE_END.search(rest)
    return rest[: found.start()] if found else rest


def _clause_before(text: str, end: int) -> str:
    ends = [found.end() for found in _CLAUSE_END.finditer(text, 0, end)]
    return text[ends[-1] if ends else 0 : end]


@cache
def load_cues() -> tuple[CueTable, ...]:
    """The table `answer_cues.csv`, one pattern for each kind and side."""
    groups: dict[tuple[str, str], list[str]] = {}
    with (files("detente.ontology") / "data" / "answer_cues.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            groups.setdefault((row["kind"], row["named"]), []).append(row["pattern"])
    return tuple(CueTable(kind, named, compile_words(words)) for (kind, named), words in groups.items())
