"""How a brief is laid out: the same order, numbers and anchors in every rendering."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from detente.brief.acts import counts, kind_name, side_of
from detente.brief.language import Language, load_language
from detente.brief.sources import SourceKey, evidence_key, keyed_sources
from detente.brief.wording import quoted
from detente.model import SECTIONS, Brief, Event, Evidence, Figure, Source, Statement, stable_id
from detente.model.briefs import Section

_SAFE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_WEB: Final = re.compile(r"https?://[^\s<>\"'`\\\x00-\x1f\x7f-\x9f]+\Z", re.IGNORECASE)
_FIGURE_SECTIONS: Final[Mapping[str, Section]] = {
    "acts-by-type": "timeline",
    "impact-path": "impact",
    "multiples": "third_parties",
    "others": "third_parties",
    "others-map": "third_parties",
    "responses": "exchanges",
}  # the others stand with the findings


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
    def language(self) -> Language:
        """The words of the brief's language."""
        return load_language(self.brief.language)

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the catalogue with its slots filled."""
        return self.language.say(key, **values)

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
        return self.say("timeline.from", day=self.brief.shock)

    @cached_property
    def timeline(self) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
        """The timeline in groups: before, after, not done, not dated, the rest."""
        keys = ("before", "from", "not_done", "not_dated", "rest")
        labels = {key: self.say(f"timeline.{key}", day=self.brief.shock) for key in keys}
        groups: dict[str, list[Statement]] = {label: [] for label in labels.values()}
        for statement in self.brief.statements:
            if statement.section == "timeline":
                groups[labels[self._group(statement)]].append(statement)
        return tuple((label, tuple(items)) for label, items in groups.items() if items)

    @cached_property
    def years(self) -> tuple[tuple[str, tuple[Event, ...]], ...]:
        """The events by year of their first day, undated ones last."""
        groups: dict[str, list[Event]] = {}
        for event in self.brief.events:
            start = event.report.date_start
            groups.setdefault(str(start.year) if start else self.say("timeline.undated_year"), []).append(event)
        return tuple((year, tuple(events)) for year, events in groups.items())

    def _group(self, statement: Statement) -> str:
        event = self.events.get(statement.evidence[0]) if statement.evidence else None
        if event is None:
            return "rest"
        side = side_of(event, self.brief.shock)
        if side == "unknown":
            return "not_dated"
        if not counts(event):
            return "not_done"
        return "before" if side == "before" else "from"

    def source(self, evidence: Evidence) -> Source | None:
        """The numbered source of a quote."""
        return self.sources.get(evidence_key(evidence))

    def name(self, code: str | None) -> str:
        """The name of a side."""
        return self.say("act.unknown") if code is None else self.brief.names.get(code, code)

    def heading(self, event: Event) -> str:
        """`7 March 2022 · Russia → Japan · sanction`."""
        report = event.report
        source, target = self.name(report.source_country), self.name(report.target_country)
        who = self.say("act.both", a=source, b=target) if report.symmetric else f"{source} → {target}"
        status = "" if report.status == "actual" else f" ({self.language.term(report.status)})"
        return f"{self.language.when(report)} · {who} · {kind_name(self.language, event)}{status}"

    def bases(self, event: Event) -> tuple[str, ...]:
        """What is implied rather than said: target, actor, date."""
        report = event.report
        if report.record_kind != "chosen":
            return ()
        known = (
            ("target", report.target_basis),
            ("source", report.source_basis),
            ("date", report.date_basis),
        )
        names = {"target": self.name(report.target_country), "source": self.name(report.source_country)}
        keys = [f"basis.{field}_{basis}" for field, basis in known if basis]
        return tuple(self.say(key, **names) for key in keys if key in self.language.messages)

    def quote_words(self, evidence: Evidence) -> str:
        """The quote in quotation marks; where only its place was kept, that place."""
        if evidence.quote.strip():
            return quoted(evidence.quote, marks=self.say("act.marks"))
        source = self.source(evidence)
        published = self.say("ui.published", when=source.published) if source and source.published else ""
        return self.say(
            "ui.quote_kept",
            start=evidence.start,
            end=evidence.end,
            document=evidence.document_id,
            published=published,
        )

    def quote_language(self, evidence: Evidence) -> str | None:
        """The language of a quote that is in another than the brief's; None where it is the same or not known."""
        return self.brief.languages.get(evidence.document_id)

    def words_language(self, statement: Statement) -> str | None:
        """The language of what a statement quotes: that of its first quoted act, else English, in which feeds are."""
        quotes = [item for name in statement.evidence if name in self.events for item in self.events[name].evidence]
        if quotes:
            return self.quote_language(quotes[0])
        return None if self.brief.language == "en" else "en"

    def row_words(self, event: Event) -> str:
        """What a feed keeps of an event: its row, code, score and mentions."""
        report = event.report
        parts = [report.feed or self.say("ui.no_text")]
        parts += [self.say("ui.row", n=report.source_row)] if report.source_row is not None else []
        parts += [self.say("ui.cameo", code=report.cameo)] if report.cameo else []
        parts += [self.say("ui.score", x=report.intensity)] if report.intensity is not None else []
        parts += [self.say("ui.mentions", n=report.mentions)] if report.mentions else []
        return "".join(parts)

    def source_numbers(self, statement: Statement, most: int) -> tuple[int, ...]:
        """The numbers of the first sources that a statement's acts rest on, in order."""
        quotes = (item for name in statement.evidence if name in self.events for item in self.events[name].evidence)
        found = dict.fromkeys(source.number for item in quotes if (source := self.source(item)))
        return tuple(sorted(found)[:most]) if len(found) <= most else ()

    def titled(self, title: str) -> str:
        """A title in quotation marks."""
        return quoted(title, marks=self.say("act.marks"))

    def citation_words(self, evidence: Evidence) -> str:
        """`citation 4; citation stands at the next sentence`, empty where the quote has none."""
        if evidence.citation_number is None:
            return ""
        key = f"basis.citation_{evidence.citation_basis}"
        basis = f"; {self.say(key)}" if key in self.language.messages else ""
        return self.say("ui.citation", n=evidence.citation_number) + basis

    def _part(self, section: Section) -> Part:
        chosen_impact = section == "impact" and self.brief.record_kind == "chosen"
        title = self.say("section.impact_chosen" if chosen_impact else f"section.{section}")
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


def figure_table(
    figure: Figure, language: Language | None = None
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows of the data behind a figure, as text."""
    usermeta = figure.spec.get("usermeta")
    table = usermeta.get("table") if isinstance(usermeta, dict) else None
    if not isinstance(table, dict):
        return (), ()
    columns = tuple(str(name) for name in table["columns"])
    return columns, tuple(tuple(_cell(value, language) for value in row) for row in table["rows"])


def _cell(value: object, language: Language | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return text.replace(".", language.say("number.decimal")) if language else text
    return str(value)
