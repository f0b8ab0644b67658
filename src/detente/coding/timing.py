"""Which of the dates around an act is its own."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from detente.coding.clauses import clause_end, clause_start
from detente.coding.lexicon import Act
from detente.coding.status import Modality
from detente.coding.tokens import Token, token_at
from detente.coding.when import Dated, after, find_dates, is_later, not_after
from detente.model import DateSpan

_OTHER: Final = frozenset({"since", "until", "by", "for", "from", "fiscal", "than", "before", "to"})
_CONTINUES: Final = re.compile(
    r"^(?:in (?:response|return|retaliation|answer|turn)|then|there|it|the (?:same|exercise|drill|talks|meeting)"
    r"|they|both|these|this)\b",
    re.IGNORECASE,
)
_POST: Final = re.compile(r"\b(?:who|which)\s+(?:was|is|were|had been|became)\b[^,]*", re.IGNORECASE)
_OPENING: Final = 3
_TERM: Final = re.compile(r"\b(?:term|rule|presidency|premiership|tenure|era) of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """What dates a sentence without a date of its own: the document, and the sentence before."""

    published: DateSpan
    context: DateSpan | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """The time in which a named leader held office."""

    start: date
    end: date


def date_act(
    text: str,
    tokens: tuple[Token, ...],
    act: Act,
    modality: Modality,
    clock: Clock,
    term: Term | None = None,
    *,
    language: str = "en",
) -> DateSpan:
    """When an act happened.

    Args:
        text: The sentence.
        tokens: Its tokens.
        act: The act.
        modality: Its status; an act that happened is never dated after the document.
        clock: The dates from outside the sentence.
        term: The office term by which the sentence dates itself, if it does.
        language: Of the sentence, ISO 639-1.

    Returns:
        The span with its precision and basis; `unknown` where nothing dates it.
    """
    published = clock.published
    dates = [item for item in find_dates(text, published, clock.context, language=language) if item.word not in _OTHER]
    if published.start is not None:  # "over the invasion" says why, not when, where the document has its date
        dates = [item for item in dates if not item.named]
    settled = modality.status not in {"future", "hypothetical"}
    if settled and published.end is not None:
        dates = [item for item in dates if item.span.start is None or item.span.start <= published.end]
    own = _own_date(tokens, act, dates, text, near_only=published.start is not None)
    if own is not None:
        return not_after(own, published) if settled else own
    if term is not None and _TERM.search(text):
        return not_after(DateSpan(term.start, term.end, "span", "context"), published)
    if is_later(text, language=language) and clock.context is not None:
        return after(clock.context, published)
    return _from_outside(text, modality, clock)


def next_context(clock: Clock, text: str, *, language: str = "en") -> Clock:
    """The clock after a sentence: its last own date becomes the context."""
    found = find_dates(text, clock.published, clock.context, language=language)
    dates = [item for item in found if item.word not in _OTHER or item.named]
    plain = [item for item in dates if not _in_post(item, text)]
    return replace(clock, context=plain[-1].span) if plain else clock


def _own_date(
    tokens: tuple[Token, ...], act: Act, dates: list[Dated], text: str, *, near_only: bool
) -> DateSpan | None:
    if not dates:
        return None
    start = tokens[clause_start(tokens, act.head)].start
    end = tokens[clause_end(tokens, act.head) - 1].end
    inside = [item for item in dates if start <= item.start < end and not _in_post(item, text)]
    if inside:
        return _nearest(inside, tokens, act).span
    opening = [item for item in dates if token_at(tokens, item.start) <= _OPENING]
    if opening:
        return opening[0].span
    if near_only:
        return None
    posts = [item for item in dates if _in_post(item, text)]
    for item in posts:  # the sentence dates a person's post, not the act: its year is all that is safe
        if item.span.start is not None:
            year = item.span.start.year
            return DateSpan(date(year, 1, 1), date(year, 12, 31), "year", "context")
    return dates[0].span


def _nearest(dates: list[Dated], tokens: tuple[Token, ...], act: Act) -> Dated:
    """The date that belongs to a verb: the first after it, but one that opens the sentence comes before that."""
    head = tokens[act.head].start
    plain = [item for item in dates if not item.named] or dates
    before = [item for item in plain if item.start < head]
    behind = [item for item in plain if item.start >= head]
    opening = bool(before) and token_at(tokens, before[0].start) <= _OPENING
    if behind and not opening:
        return behind[0]
    return before[-1] if before else behind[0]


def _from_outside(text: str, modality: Modality, clock: Clock) -> DateSpan:
    published, context = clock.published, clock.context
    carried = context is not None and not modality.present
    if published.start is None:
        if carried and context is not None:
            return replace(not_after(context, published), basis="context")
        return DateSpan(None, published.end, "unknown", "document")
    if carried and context is not None and _CONTINUES.match(text):
        return replace(not_after(context, published), basis="context")
    return published


def _in_post(item: Dated, text: str) -> bool:
    return any(match.start() < item.start < match.end() for match in _POST.finditer(text))
