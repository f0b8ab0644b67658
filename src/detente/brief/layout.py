"""How a brief is laid out: the same order, numbers and anchors in every rendering."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from detente.brief.acts import counts, side_of
from detente.brief.sources import SourceKey, evidence_key, keyed_sources
from detente.brief.tables import basis_words, type_words
from detente.brief.wording import day_words, quoted, when_words
from detente.model import SECTIONS, Brief, Event, Evidence, Figure, Source, Statement, stable_id
from detente.model.briefs import Section

_SAFE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_WEB: Final = re.compile(r"https?://[^\s<>\"'`\\]+\Z", re.IGNORECASE)
_TITLES: Final[Mapping[Section, str]] = {
    "findings": "Findings",
    "timeline": "Timeline",
    "breaks": "When it broke",
    "exchanges": "Action–reaction",
    "impact": "Change at the date",
    "ledger": "What stands in force",
    "forces": "Forces as reported",
    "third_parties": "Who else moved",
    "unknown": "What this record cannot tell",
    "methods": "How this was made",
}
_NOT_DONE: Final = "Planned, conditional or denied: not counted as acts"
_NOT_DATED: Final = "Date not known well enough to place before or after"
_REST: Final = "Not listed"
_FIGURE_SECTIONS: Final[Mapping[str, Section]] = {"acts-by-type": "timeline"}  # the others stand with the findings


@dataclass(frozen=True, slots=True)
class Part:
    """A section with what stands in it."""

    section: Section
    title: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Layout:
    """Look-up for renderings of one brief (no slots: built once, on first use)."""

    brief: Brief

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Event id -> its number in the list of evidence, in order of date."""
        return {event.event_id: n for n, event in enumerate(self.brief.events, start=1)}

    @cached_property
    def events(self) -> dict[str, Event]:
        """Event id -> event."""
        return {event.event_id: event for event in self.brief.events}

    @cached_property
    def sources(self) -> dict[SourceKey, Source]:
        """Key -> numbered source."""
        return keyed_sources(self.brief.sources)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The sections that hold anything, in order."""
        return tuple(part for part in map(self._part, SECTIONS) if part.statements)

    @property
    def after_label(self) -> str:
        """Heading of the acts on or after the day of the shock."""
        return f"From {day_words(self.brief.shock)}"

    @cached_property
    def timeline(self) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
        """The timeline in groups: before, after, not done, not dated, the rest."""
        labels = (f"Before {day_words(self.brief.shock)}", self.after_label, _NOT_DONE, _NOT_DATED, _REST)
        groups: dict[str, list[Statement]] = {label: [] for label in labels}
        for statement in self.brief.statements:
            if statement.section == "timeline":
                groups[self._group(statement, labels[0])].append(statement)
        return tuple((label, tuple(items)) for label, items in groups.items() if items)

    @cached_property
    def years(self) -> tuple[tuple[str, tuple[Event, ...]], ...]:
        """The events by year of their first day, undated ones last."""
        groups: dict[str, list[Event]] = {}
        for event in self.brief.events:
            start = event.report.date_start
            groups.setdefault(str(start.year) if start else "Undated", []).append(event)
        return tuple((year, tuple(events)) for year, events in groups.items())

    def _group(self, statement: Statement, before: str) -> str:
        event = self.events.get(statement.evidence[0]) if statement.evidence else None
        if event is None:
            return _REST
        side = side_of(event, self.brief.shock)
        if side == "unknown":
            return _NOT_DATED
        if not counts(event):
            return _NOT_DONE
        return before if side == "before" else self.after_label

    def source(self, evidence: Evidence) -> Source | None:
        """The numbered source of a quote."""
        return self.sources.get(evidence_key(evidence))

    def name(self, code: str | None) -> str:
        """The English name of a side."""
        return "unknown" if code is None else self.brief.names.get(code, code)

    def heading(self, event: Event) -> str:
        """`7 March 2022 · Russia → Japan · sanction`."""
        report = event.report
        source, target = self.name(report.source_country), self.name(report.target_country)
        who = f"{source} and {target}" if report.symmetric else f"{source} → {target}"
        words = type_words().get(report.event_type or "")
        status = "" if report.status == "actual" else f" ({report.status})"
        return f"{when_words(report)} · {who} · {words.singular if words else 'other act'}{status}"

    def bases(self, event: Event) -> tuple[str, ...]:
        """What is implied rather than said: target, actor, date."""
        report, words = event.report, basis_words()
        known = (
            ("target", report.target_basis),
            ("source", report.source_basis),
            ("date", report.date_basis),
        )
        names = {"target": self.name(report.target_country), "source": self.name(report.source_country)}
        said = [words[field, basis].format(**names) for field, basis in known if basis and (field, basis) in words]
        return tuple(said) if event.report.record_kind == "chosen" else tuple(said[:0])

    def quote_words(self, evidence: Evidence) -> str:
        """The quote in quotation marks; where only its place was kept, that place."""
        if evidence.quote.strip():
            return quoted(evidence.quote)
        source = self.source(evidence)
        published = f", published {source.published}" if source and source.published else ""
        return (
            f"Quote not kept: characters {evidence.start}–{evidence.end} of document {evidence.document_id}{published}"
        )

    def citation_words(self, evidence: Evidence) -> str:
        """`citation 4; citation stands at the next sentence`, empty where the quote has none."""
        if evidence.citation_number is None:
            return ""
        basis = basis_words().get(("citation", evidence.citation_basis or ""))
        return f"citation {evidence.citation_number}" + (f"; {basis}" if basis else "")

    def _part(self, section: Section) -> Part:
        title = _TITLES[section]
        if section == "impact" and self.brief.record_kind == "chosen":
            title = "Before and after in this record"
        return Part(
            section,
            title,
            tuple(item for item in self.brief.statements if item.section == section),
            tuple(item for item in self.brief.figures if _FIGURE_SECTIONS.get(item.id, "findings") == section),
        )


def anchor(event_id: str) -> str:
    """The fragment of an event: its id where that is safe in an address, else a hash of it."""
    return f"e-{event_id if _SAFE.match(event_id) else stable_id(event_id)}"


def web_address(url: str | None) -> str | None:
    """The address if it is a plain http or https one; anything else never becomes a link."""
    return url if url and _WEB.match(url) else None


def figure_table(figure: Figure) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows of the data behind a figure, as text."""
    usermeta = figure.spec.get("usermeta")
    table = usermeta.get("table") if isinstance(usermeta, dict) else None
    if not isinstance(table, dict):
        return (), ()
    columns = tuple(str(name) for name in table["columns"])
    return columns, tuple(tuple(_cell(value) for value in row) for row in table["rows"])


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
