"""A brief before it is laid out: statements that each carry their evidence."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from detente.model.events import Dyad, Event

Section = Literal[
    "findings",
    "timeline",
    "breaks",
    "exchanges",
    "impact",
    "ledger",
    "forces",
    "third_parties",
    "unknown",
    "methods",
]
SECTIONS: Final[tuple[Section, ...]] = (
    "findings",
    "timeline",
    "breaks",
    "exchanges",
    "impact",
    "ledger",
    "forces",
    "third_parties",
    "unknown",
    "methods",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the brief: with evidence ids, or (absence, methods) the query and its n."""

    section: Section
    text: str
    query: str
    n: int
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source of the brief."""

    number: int
    publisher: str | None
    title: str | None
    url: str | None
    published: str | None
    accessed: str | None
    note: str | None = None
    document_id: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its finding in words, its Vega-Lite specification with the data inside."""

    id: str
    title: str
    alt: str
    spec: dict[str, object]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a rendering needs; two renderings of one brief say the same."""

    dyad: Dyad
    names: dict[str, str]  # ISO3 -> name in the brief's language
    shock: date
    question: str
    record: str  # one sentence: what record this rests on
    record_kind: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    events: tuple[Event, ...]  # every event a statement points to
    sources: tuple[Source, ...]
    methods: tuple[str, ...]
    version: str
    language: str = "en"
    languages: dict[str, str | None] = field(default_factory=dict)  # document id -> language, where it is another
