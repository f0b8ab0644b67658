"""Reports of acts, their evidence, and the links that make events of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from detente.model.reviews import Review

Status = Literal["actual", "alleged", "future", "hypothetical", "negated"]
RecordKind = Literal["feed", "chosen"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a report rests on: `quote == document.text[start:end]`, always.

    `citation_basis` says why the citation covers it: own (the sentence carries it), next, paragraph. `confidence`,
    from 0 to 1, is the feed's own that an article mentions the event; null for words.
    """

    document_id: str
    start: int
    end: int
    quote: str
    citation_number: int | None = None
    citation_basis: Literal["own", "next", "paragraph"] | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    accessed: str | None = None
    confidence: float | None = None

    @property
    def is_mention(self) -> bool:
        """Whether it stands for no words: a feed's mention names an article, which the store does not hold."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number the text ties to the act: 3,500 troops, 5 percent."""

    value: float
    unit: str | None
    item: str | None


@dataclass(frozen=True, slots=True)
class Materiel:
    """Equipment named in the act: item by its usual name, category from the ontology, count if given."""

    item: str
    category: str
    count: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One act as one sentence or one feed row states it: the columns of the `reports` table.

    The meaning of each column is in `docs/reference/columns.md`. `source_basis` and `target_basis` say how
    the actor is known: `text` (named in the sentence), `place` (the place acted on lies in it, or is claimed by it),
    `context` (named before), `document` (what the whole document is about). `response_cue` holds the words
    by which the text itself calls the act an answer ("in response").
    """

    report_id: str
    source_country: str | None = None
    target_country: str | None = None
    event_type: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str = "unknown"
    date_basis: str = "document"
    source_sector: str | None = None
    target_sector: str | None = None
    source_actor: str | None = None
    target_actor: str | None = None
    source_text: str | None = None
    target_text: str | None = None
    source_basis: str | None = None
    target_basis: str | None = None
    symmetric: bool = False
    mode: str | None = None
    context: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    status: str = "actual"
    retrospective: bool = False
    cameo: str | None = None
    quad: int | None = None
    intensity: float | None = None
    intensity_scale: str | None = None
    place_text: str | None = None
    place_country: str | None = None
    lat: float | None = None
    lon: float | None = None
    reported_by: str | None = None
    response_cue: str | None = None
    confidence: float | None = None
    mentions: int | None = None
    feed: str | None = None
    record_kind: RecordKind = "chosen"
    import_id: str | None = None
    source_row: int | None = None
    publisher_country: str | None = None
    coder: str | None = None
    recorded_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    materiel: tuple[Materiel, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A sentence that names actors but gave no report, and why."""

    document_id: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Link:
    """Assigns a report to an event; `supersedes` is the event id the report had before.

    Of a review `rule` begins with `review/`, `by` is a person and `reason` says why; of a correction `supersedes` is
    the report that told the event before.
    """

    report_id: str
    event_id: str
    rule: str
    by: str
    recorded_at: datetime
    supersedes: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Dyad:
    """An ordered pair of sides, each an ISO 3166 alpha-3 code or `IGO:` id."""

    a: str
    b: str

    def __iter__(self) -> Iterator[str]:
        """Both sides, in order."""
        yield self.a
        yield self.b

    def __str__(self) -> str:
        """`RUS-JPN`."""
        return f"{self.a}-{self.b}"


@dataclass(frozen=True, slots=True)
class Event:
    """An act in the record: one or more reports that say it, told by the first of them or by a correction."""

    event_id: str
    report: Report
    report_ids: tuple[str, ...] = field(default=())
    evidence: tuple[Evidence, ...] = ()
    reviews: tuple[Review, ...] = ()

    @property
    def document_ids(self) -> tuple[str, ...]:
        """The documents whose words it rests on, each once; articles that a feed only names are none."""
        return tuple(dict.fromkeys(item.document_id for item in self.evidence if not item.is_mention))
