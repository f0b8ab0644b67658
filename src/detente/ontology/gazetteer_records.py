"""The records of the gazetteer: places, mentions, nouns, and the names that are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A place: where it lies, who runs it, who claims it (ISO 3166 alpha-3), and what the quarrel is about.

    `located_in` is None for the high seas; where states quarrel it repeats who administers.
    """

    name: str
    kind: str
    located_in: str | None
    administered_by: str | None
    claimed_by: tuple[str, ...]
    issue: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found: `text == whole[start:end]`.

    Attributes:
        start: First character.
        end: One past the last character.
        text: The words themselves.
        kind: country, nationality, people, capital, palace, institution, igo, leader, group or place.
        country: ISO3, a gone state's code, or `IGO:` id; None for places and groups.
        sector: PLOVER sector; None where the name says none (a country is the state itself).
        actor: Stable id (`russia/foreign-ministry`, `group/hamas`) or None.
        place: The place, for places; a capital as a place is `Gazetteer.place(name)`.
        note: Flags joined by `;`: `former` (out of office, or a state that is gone), `incoming` (within a month),
            `led` (US-led), `ambiguous` (a common word or another place too), `default` (the usual reading),
            `word` (a name that is a plain word as well), `combining` (Sino-).
        office: The office a leader holds or held.
        case: Grammatical case (nom, gen, dat, acc, ins, loc, abl), several joined by `/` where the form is
            ambiguous; None in English and where it cannot be told. A bare Turkish name is nom, as a modifier too.
    """

    start: int
    end: int
    text: str
    kind: str
    country: str | None
    sector: str | None
    actor: str | None
    place: Place | None = None
    note: str | None = None
    office: str | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class SectorNoun:
    """A common noun that tells who acts: `troops` is MIL.

    Attributes:
        noun: The noun in its base form.
        kind: office, organisation, people, place ("Japanese waters"), act ("Russian invasion") or inanimate.
        sector: PLOVER sector, None for places, acts and things.
        state_agent: Whether a nationality before it makes it the state ("Russian ambassador").
        inanimate: Whether a nationality before it is no actor at all ("Russian gas").
        language: ISO 639-1 code.
        note: What a reader should know.
    """

    noun: str
    kind: str
    sector: str | None
    state_agent: bool
    inanimate: bool
    language: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """One written form of a name, with what it stands for and when.

    `case` is the grammatical case of the form, several joined by `/`; None where the table tells none.
    """

    text: str  # with plain quotes and hyphens
    words: tuple[str, ...]  # the same in tokens
    kind: str
    country: str | None
    sector: str | None
    actor: str | None
    start: date | None
    end: date | None
    language: str
    case_sensitive: bool
    note: str | None
    place: Place | None = None
    office: str | None = None
    title: tuple[str, ...] = ()  # the words of the office, folded
    person: str | None = None  # the whole name of a leader
    whole: bool = True  # False for a surname alone
    case: str | None = None


@dataclass(slots=True)
class Node:
    """A word of names in the tree of names, by folded first word, second word, ..."""

    children: dict[str, "Node"] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of a text."""

    start: int
    end: int
    text: str
    folded: str


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `first` to `last` that spell names."""

    first: int
    last: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The names and nouns of one language.

    Attributes:
        language: ISO 639-1 code; None for all languages at once.
        root: The tree of names.
        nouns: Nouns by the folded words of each written form.
        words: Words that tell a name from what is none, by kind (prefix, suffix, before_name, not_name, word,
            joins).
        latin: The English names, found where the language's own tables do not have them; None for English itself.
    """

    language: str | None
    root: Node
    nouns: Mapping[tuple[str, ...], SectorNoun]
    words: Mapping[str, frozenset[str]]
    latin: Node | None = None
