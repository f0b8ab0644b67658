"""Dates by ordered rules: each a pattern and what it means; the first rule to take a stretch of text keeps it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from detente.coding.calendar_words import RelativeDate
from detente.coding.dating import Dated, reckoned
from detente.model import DateSpan

Resolve = Callable[[re.Match[str], DateSpan, DateSpan | None], DateSpan | None]
_ANCHORING: Final = frozenset({"on", "in", "during", "after"})


class Frame(Protocol):
    """How a language reads the words around a date."""

    def __call__(self, folded: str, start: int, end: int, *, needed: bool) -> tuple[int, int, str] | None:
        """Start, end and sense of an expression with its frame; None where a needed one is missing."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of date expression.

    Attributes:
        pattern: How it looks in folded text.
        resolve: The days it covers, from the match, the document's date and that of the sentence before.
        word: The sense it always has (`during` for a span); None where the words around it say.
        framed: Whether it dates only with a case ending, preposition or noun that shows it to be a date.
    """

    pattern: re.Pattern[str]
    resolve: Resolve
    word: str | None = None
    framed: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch of text that a rule takes, with its sense."""

    start: int
    end: int
    word: str
    rule: Rule
    match: re.Match[str]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules in order; those of the table of relative dates are tried only where any of them fits, for speed."""

    rules: tuple[Rule, ...]
    relative: tuple[Rule, ...]
    any_relative: re.Pattern[str]

    def of(self, folded: str) -> tuple[Rule, ...]:
        """The rules that can match a text."""
        return (*self.rules, *self.relative) if self.any_relative.search(folded) else self.rules


def apply_rules(
    folded: str, rules: RuleSet, frame: Frame, published: DateSpan, context: DateSpan | None
) -> tuple[Dated, ...]:
    """Every date the rules find, in order, without overlaps.

    Args:
        folded: The sentence, folded.
        rules: The rules, the more exact ones first.
        frame: Gives start, end and sense of an expression with the words that frame it, from the text, start and end
            of its core and whether a frame is needed; None where a needed frame is missing.
        published: The document's date.
        context: The date of the sentence before, None without.
    """
    found: list[Dated] = []
    latest = context  # "1975'te ..., ertesi yıl": what is relative counts from the date before it in the sentence
    for candidate in sorted(_candidates(folded, rules.of(folded), frame), key=lambda item: item.start):
        span = candidate.rule.resolve(candidate.match, published, latest)
        if span is None:
            continue
        word = _sense(candidate.rule.word, candidate.word, span)
        found.append(Dated(candidate.start, candidate.end, span, word))
        if word in _ANCHORING:
            latest = span
    return tuple(found)


def _candidates(folded: str, rules: Sequence[Rule], frame: Frame) -> list[_Candidate]:
    """Every stretch a rule takes, none of them twice."""
    taken = bytearray(len(folded))
    found: list[_Candidate] = []
    for rule in rules:
        for match in rule.pattern.finditer(folded):
            if any(taken[match.start() : match.end()]):
                continue
            framed = frame(folded, match.start(), match.end(), needed=rule.framed)
            if framed is None:
                continue
            start, end, word = framed
            start = taken.rfind(1, start, match.start()) + 1 or start  # a frame ends where another date begins
            stop = taken.find(1, match.end(), end)
            end = stop if stop >= 0 else end
            taken[start:end] = b"\1" * (end - start)
            found.append(_Candidate(start, end, word, rule, match))
    return found


def rule_set(rules: Sequence[Rule], relative: Sequence[Rule]) -> RuleSet:
    """The rules of a language: those with a pattern of their own, then the rows of the table."""
    return RuleSet(tuple(rules), tuple(relative), re.compile("|".join(rule.pattern.pattern for rule in relative)))


def relative_rule(item: RelativeDate, after: str = r"(?!\w)") -> Rule:
    """The rule of a row of the table of relative dates; `after` says what may follow the words."""

    def resolve(_match: re.Match[str], published: DateSpan, context: DateSpan | None) -> DateSpan | None:
        return reckoned(item.unit, item.offset, item.anchor, published, context)

    return Rule(re.compile(rf"(?<!\w)(?:{item.words.pattern}){after}"), resolve)


def _sense(fixed: str | None, framed: str, span: DateSpan) -> str:
    """The sense of a span is its own unless the words around it compare or set a time for it; else "on" or "in"."""
    if fixed is not None and framed not in {"than", "by", "before", "for"} and span.precision != "day":
        return fixed
    if framed == "of" and span.precision == "year":
        return "from"  # "договор 1956 года", "2014'teki ilhak": the year of a thing, seldom that of the act
    if framed in {"on", "in"}:
        return "on" if span.precision == "day" else "in"
    return framed
