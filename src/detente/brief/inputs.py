"""What a brief is made from: the results of the measures, the events, and what is known of the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from detente.brief.language import load_language
from detente.model import (
    BreaksResult,
    DescriptionResult,
    Document,
    Dyad,
    Event,
    ForcesResult,
    ImpactResult,
    IndexResult,
    LedgerResult,
)
from detente.model.events import RecordKind
from detente.model.impact_path import ImpactPath
from detente.model.numbers import SeriesChange
from detente.model.reciprocity import ReciprocityResult
from detente.model.third_parties import ThirdPartiesResult


@dataclass(frozen=True, slots=True)
class PairCount:
    """Acts of another pair in the same record, in windows of equal length before and after the shock."""

    dyad: Dyad
    before: int
    after: int
    conflict_before: int | None = None
    conflict_after: int | None = None
    query: str = ""


@dataclass(frozen=True, slots=True)
class BriefInputs:
    """Everything a brief may say; a result that is None was not measured.

    Attributes:
        dyad: The two sides.
        names: Code -> name in the brief's language; a code without a name is shown as it is.
        shock: Day of the shock.
        shock_name: What it is called ("the full-scale invasion of Ukraine"); None where it has no name.
        shocker: Code of who launched it; None where unknown.
        record: One sentence on the record used.
        record_kind: `feed` or `chosen`; decides what may be said.
        is_example: Whether the record is the bundled example.
        selection: Notes on which events were read.
        events: All events of the pair, in order of date.
        documents: Document id -> document, for dates and notes of sources.
        reciprocity: Who answers whom, of a feed.
        path: The headline against its counterfactual, period by period.
        others: Other pairs in the same record, those to be drawn as a network first.
        third_parties: The change of the other relations, of a feed.
        comparable: Indexes of other relations of the two sides, for the figure that sets them beside the pair.
        numbers: Series of figures on either side or the pair, before and after.
        version: Version of detente.
        coder: Name and version of what coded the events.
        unknown: Sentences on what this record cannot tell.
        language: Of the brief: `en`, `tr` or `ru`.
        code_system: Name of the feed's own codes (CAMEO or WEIS).
        code_labels: The feed's codes in words.
    """

    dyad: Dyad
    names: Mapping[str, str]
    shock: date
    record: str
    record_kind: RecordKind
    events: tuple[Event, ...]
    version: str
    coder: str
    shock_name: str | None = None
    shocker: str | None = None
    is_example: bool = False
    selection: tuple[str, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)
    index: IndexResult | None = None
    breaks: BreaksResult | None = None
    impact: ImpactResult | None = None
    description: DescriptionResult | None = None
    ledger: LedgerResult | None = None
    forces: ForcesResult | None = None
    reciprocity: ReciprocityResult | None = None
    path: ImpactPath | None = None
    others: tuple[PairCount, ...] = ()
    third_parties: ThirdPartiesResult | None = None
    comparable: tuple[IndexResult, ...] = ()
    numbers: tuple[SeriesChange, ...] = ()
    unknown: tuple[str, ...] = ()
    language: str = "en"
    code_system: str = "CAMEO"
    code_labels: Mapping[str, str] = field(default_factory=dict)

    def name(self, code: str | None) -> str:
        """The name of a side, its code where it has none."""
        return load_language(self.language).say("act.unknown") if code is None else self.names.get(code, code)
