"""The acts of a chosen record that count, and what their own words say: turns, families of words, content."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from detente.measure.select import ACT_STATUSES, JOINT, STATE_SECTORS
from detente.model.events import Dyad, Event, Report

TURNS: Final = ("signed", "suspended", "revoked", "resumed", "expelled")
_WORD: Final = re.compile(r"(?<!\w)[^\W\d_]{1,4}[-\u2011]?\d{1,4}|[^\W\d_]{3,}")  # "Su-35" is a word, too
_CYRILLIC: Final = re.compile(r"[а-яё]")
_ENDINGS: Final = ("ing", "ed", "es", "s")
_GAP: Final = r"\s+(?:\S+\s+){1,6}?"


@dataclass(frozen=True, slots=True)
class Concept:
    """A family of words for one thing done (`drill`, `exercise`, `tatbikat`).

    Attributes:
        name: `signed`, `drill`, ...
        types: Event types that an act named by these words can have.
        pattern: Finds the words in lower-case text.
    """

    name: str
    types: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The families of words and the stems that carry no content."""

    concepts: dict[str, Concept]
    stop: frozenset[str]


@dataclass(frozen=True, slots=True)
class Act:
    """An event of the pair with its direction, its words (stems) and the families they belong to."""

    event: Event
    direction: str  # "RUS>JPN", "JPN>RUS" or "joint"
    text: str
    words: frozenset[str]
    concepts: frozenset[str]

    @property
    def report(self) -> Report:
        """The report that tells the event."""
        return self.event.report

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.event_id

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day; None where either is unknown."""
        start, end = self.report.date_start, self.report.date_end
        return (start, end) if start is not None and end is not None else None


@dataclass(frozen=True, slots=True)
class Reading:
    """The acts of one pair that count, and apart from them what does not, each in order of date.

    Attributes:
        acts: Actual acts, and alleged ones that nothing in the record denies.
        future: Planned acts.
        hypothetical: Conditional acts.
        negated: Acts that a report says did not happen.
        denied: Alleged acts that the record denies, or all alleged ones under `strict`.
        not_state: Acts left out because one side is no agent of its state.
        names: Stems by which the record calls the two sides; they tell no act from another.
        frequency: In how many acts each stem stands.
    """

    acts: tuple[Act, ...]
    future: tuple[Act, ...]
    hypothetical: tuple[Act, ...]
    negated: tuple[Act, ...]
    denied: tuple[Act, ...]
    not_state: tuple[Act, ...]
    names: frozenset[str]
    frequency: dict[str, int]

    def distinctive(self, words: Iterable[str]) -> frozenset[str]:
        """The stems that tell acts apart: no side's name, in at most three acts or a twentieth of them."""
        limit = max(3, len(self.acts) // 20)
        return frozenset(
            word
            for word in words
            if self.frequency.get(word, 0) <= limit and not any(word.startswith(name) for name in self.names)
        )


@cache
def load_lexicon() -> Lexicon:
    """The word table `turn_words.csv`: English, with basic Turkish and Russian.

    Returns:
        The lexicon; `*` in the table stands for any ending, `..` for one to six words.
    """
    patterns: dict[str, list[str]] = {}
    types: dict[str, frozenset[str]] = {}
    stop: set[str] = set()
    with (files("detente.ontology") / "data" / "turn_words.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["concept"] == "stop":
                stop.add(_stem(row["pattern"]))
            else:
                patterns.setdefault(row["concept"], []).append(row["pattern"])
                types[row["concept"]] = frozenset(row["types"].split())
    concepts = {name: Concept(name, types[name], compile_words(words)) for name, words in patterns.items()}
    return Lexicon(concepts, frozenset(stop))


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for words and phrases of a table, the longest first.

    Args:
        words: Lower-case phrases; `*` stands for any ending, `..` for one to six words.

    Returns:
        A pattern over lower-case text.
    """
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_phrase, sorted(words, key=len, reverse=True))) + r")(?!\w)")


def lower(text: str) -> str:
    """Text in lower case, every character in its old place."""
    return "".join(char.lower() if len(char.lower()) == 1 else "i" for char in text)


def find_concepts(text: str) -> frozenset[str]:
    """The families whose words stand in the text.

    Examples:
        >>> sorted(find_concepts("Protest over the manoeuvres"))
        ['criticism', 'drill']
    """
    low = lower(text)
    return frozenset(name for name, concept in load_lexicon().concepts.items() if concept.pattern.search(low))


def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry content, rough on purpose: they are only compared.

    Examples:
        >>> content_words("The vessels were inspected") == content_words("inspects a vessel")
        True
    """
    return frozenset(_stem(word) for word in _WORD.findall(lower(text))) - load_lexicon().stop


def without_concepts(text: str) -> str:
    """The text in lower case with the words of every family blanked: what it names beside them."""
    low = lower(text)
    for concept in load_lexicon().concepts.values():
        low = concept.pattern.sub(lambda found: " " * len(found[0]), low)
    return low


def direction_of(report: Report, dyad: Dyad) -> str | None:
    """Which way the act goes, in the codes that were asked.

    One known side is enough (the other may stand under a predecessor's code).

    Returns:
        `A>B`, `B>A`, `joint` for a symmetric act, None where neither side is of the pair.
    """
    forward = report.source_country == dyad.a or report.target_country == dyad.b
    backward = report.source_country == dyad.b or report.target_country == dyad.a
    if forward == backward:
        return None
    if report.symmetric:
        return JOINT
    return f"{dyad.a}>{dyad.b}" if forward else f"{dyad.b}>{dyad.a}"


def read_acts(
    events: Iterable[Event],
    dyad: Dyad,
    *,
    actors: Literal["state", "all"] = "state",
    strict: bool = False,
) -> Reading:
    """Tell the acts of a pair that count from those that do not.

    Args:
        events: Events of the pair from a chosen record.
        dyad: The two sides.
        actors: `state` keeps agents of the state on both sides, `all` keeps everyone.
        strict: Whether alleged acts are left out.

    Returns:
        The acts in order of date, undated last, and what was set apart.
    """
    acts = sorted({act.id: act for act in _acts(events, dyad)}.values(), key=_by_date)
    kept = [act for act in acts if actors == "all" or _is_state(act.report)]
    negated = _of_status(kept, "negated")
    denials = {_denial_key(act.report) for act in negated}
    denied = tuple(
        act for act in kept if act.report.status == "alleged" and (strict or _denial_key(act.report) in denials)
    )
    out = {act.id for act in denied}
    counted = tuple(act for act in kept if act.report.status in ACT_STATUSES and act.id not in out)
    return Reading(
        counted,
        future=_of_status(kept, "future"),
        hypothetical=_of_status(kept, "hypothetical"),
        negated=negated,
        denied=denied,
        not_state=tuple(act for act in acts if act not in kept),
        names=_side_names(kept),
        frequency=dict(Counter(word for act in counted for word in act.words)),
    )


def find_turns(acts: Iterable[Act]) -> dict[str, tuple[str, ...]]:
    """The acts by which something was signed, suspended, revoked, resumed, or someone expelled.

    The word must stand in the act's own quote and the act be of a type that can do it: a protest at a
    suspension suspends nothing.

    Args:
        acts: Acts that count.

    Returns:
        Event ids in the order given by turn; every turn is there, empty where none.
    """
    kept = tuple(acts)
    return {turn: tuple(act.id for act in kept if is_turn(act, turn)) for turn in TURNS}


def is_turn(act: Act, concept: str) -> bool:
    """Whether the act's words name the concept and its type can do it."""
    return concept in act.concepts and act.report.event_type in load_lexicon().concepts[concept].types


def reading_notes(reading: Reading) -> tuple[str, ...]:
    """What was set apart, in words: a line for each kind that is not empty."""
    counts = (
        (len(reading.future), "planned"),
        (len(reading.hypothetical), "conditional"),
        (len(reading.negated), "denials (reports that an act did not happen)"),
        (len(reading.denied), "alleged and denied, or left out as alleged"),
        (len(reading.not_state), "not between agents of the two states"),
    )
    return tuple(f"not counted as acts: {n} {words}" for n, words in counts if n)


def _acts(events: Iterable[Event], dyad: Dyad) -> Iterable[Act]:
    for event in events:
        direction = direction_of(event.report, dyad)
        if direction is not None:
            text = " ".join(dict.fromkeys(item.quote for item in event.evidence or event.report.evidence))
            yield Act(event, direction, text, content_words(text), find_concepts(text))


def _of_status(acts: Iterable[Act], status: str) -> tuple[Act, ...]:
    return tuple(act for act in acts if act.report.status == status)


def _by_date(act: Act) -> tuple[date, date, str]:
    start, end = act.span or (date.max, act.report.date_end or date.max)
    return start, end, act.id


def _is_state(report: Report) -> bool:
    sides = (
        (report.source_country, report.source_sector),
        (report.target_country, report.target_sector),
    )
    return all(
        sector is None or sector in STATE_SECTORS or (country or "").startswith("IGO:") for country, sector in sides
    )


def _denial_key(report: Report) -> tuple[str | None, str | None, str | None, date | None]:
    return report.source_country, report.target_country, report.event_type, report.date_start


def _side_names(acts: Iterable[Act]) -> frozenset[str]:
    texts = (text for act in acts for text in (act.report.source_text, act.report.target_text) if text)
    return frozenset(_stem(lower(text)) for text in texts if _WORD.fullmatch(text))


def _stem(word: str) -> str:
    # Shared beginnings stand for shared meaning; endings of English, Turkish and Russian fall off.
    if _CYRILLIC.search(word):
        return word[:5]
    plain = word.replace("our", "or")
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            return plain[: -len(ending)][:6]
    return plain[:6]


def _phrase(phrase: str) -> str:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()]
    return r"\s+".join(words).replace(rf"\s+{re.escape('..')}\s+", _GAP)
