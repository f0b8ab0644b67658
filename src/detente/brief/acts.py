"""The events of the pair as a brief looks at them: what counts, which side of the shock, how heavy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from detente.brief.inputs import BriefInputs
from detente.brief.language import Language, load_language
from detente.brief.tables import type_words
from detente.brief.wording import QUOTE_LIMIT, cleaned, quoted
from detente.model import Event


@dataclass(frozen=True)
class Acts:
    """Look-up over the events of one brief (no slots: the look-up is built once, on first use)."""

    inputs: BriefInputs

    @cached_property
    def language(self) -> Language:
        """The words of the brief's language."""
        return load_language(self.inputs.language)

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the catalogue with its slots filled."""
        return self.language.say(key, **values)

    @cached_property
    def by_id(self) -> dict[str, Event]:
        """Event id -> event."""
        return {event.event_id: event for event in self.inputs.events}

    @cached_property
    def after(self) -> tuple[Event, ...]:
        """Acts whose whole span lies on or after the day of the shock."""
        return tuple(event for event in self.inputs.events if counts(event) and self.side(event) == "after")

    @cached_property
    def before(self) -> tuple[Event, ...]:
        """Acts whose whole span lies before the day of the shock."""
        return tuple(event for event in self.inputs.events if counts(event) and self.side(event) == "before")

    def side(self, event: Event) -> str:
        """`before`, `after`, or `unknown` where the date is not known well enough."""
        return side_of(event, self.inputs.shock)

    def found(self, event_ids: Iterable[str]) -> tuple[Event, ...]:
        """Events with these ids, in order of date, each once; ids that are not there are passed over."""
        events = {name: self.by_id[name] for name in event_ids if name in self.by_id}
        return tuple(sorted(events.values(), key=order))

    def parties(self, event: Event) -> str:
        """`Japan → Russia`, or `Russia and Japan` for a joint act."""
        report, name = event.report, self.inputs.name
        source, target = name(report.source_country), name(report.target_country)
        return self.say("act.both", a=source, b=target) if report.symmetric else f"{source} → {target}"

    def kind(self, event: Event) -> str:
        """The act's type in words, with its status where it is not a plain fact."""
        kind = kind_name(self.language, event)
        marks = [mark for mark in (self._status(event), self._told(event)) if mark]
        return f"{kind} ({', '.join(marks)})" if marks else kind

    def words(self, event: Event, limit: int = QUOTE_LIMIT) -> str:
        """The act in its source's words, or what the feed gives of it."""
        quote = quote_of(event)
        if quote:
            return self.quoted(quote, limit)
        report = event.report
        parts = [self._code(report.cameo)] if report.cameo else []
        if report.intensity is not None:
            parts.append(self.say("act.score", x=report.intensity))
        if report.mentions:
            parts.append(self.say("act.mentions", n=report.mentions))
        return "; ".join(parts) or self.say("act.not_kept" if event.evidence else "act.no_text")

    def quoted(self, text: str, limit: int = QUOTE_LIMIT) -> str:
        """A short quotation in the quotation marks of the brief's language; its words stay in their own."""
        return quoted(text, limit, self.say("act.marks"))

    def when(self, event: Event) -> str:
        """The date of an act, no more exact than it is known."""
        return self.language.when(event.report)

    def _code(self, code: str) -> str:
        label = self.inputs.code_labels.get(code)
        if not label:
            return f"{self.inputs.code_system} {code}"
        return self.say("act.code", label=label, system=self.inputs.code_system, code=code)

    def line(self, event: Event, limit: int = QUOTE_LIMIT) -> str:
        """One line on an act: when, who to whom, what, in whose words."""
        publisher = publisher_of(event)
        told = f" ({publisher})" if publisher else ""
        head = self.say("act.line", when=self.when(event), parties=self.parties(event), kind=self.kind(event))
        words = self.words(event, limit)
        return f"{head}. {words}{told}" if quote_of(event) else f"{head}. {words}{told}."

    def _status(self, event: Event) -> str | None:
        report = event.report
        if report.status == "alleged":
            by = report.reported_by
            return self.say("act.alleged_by", who=self.inputs.name(by)) if by else self.say("act.alleged")
        return self.language.messages.get(f"act.{report.status}")

    def _told(self, event: Event) -> str | None:
        return self.say("act.told_later") if event.report.retrospective else None


def counts(event: Event) -> bool:
    """Whether an event is an act: what is planned, conditional or denied is not."""
    return event.report.status in ("actual", "alleged")


def kind_name(language: Language, event: Event) -> str:
    """The act's type in words."""
    kind = event.report.event_type or ""
    return language.name(kind) if kind in type_words() else language.say("act.other")


def side_of(event: Event, shock: date) -> str:
    """On which side of the shock the whole span of an act lies; `unknown` where it holds the shock."""
    start, end = event.report.date_start, event.report.date_end
    if start is None or end is None or event.report.date_precision == "unknown":
        return "unknown"
    if end < shock:
        return "before"
    return "after" if start >= shock else "unknown"


def order(event: Event) -> tuple[date, date, str]:
    """Sort key: first day, last day, id; undated acts last."""
    report = event.report
    return (report.date_start or date.max, report.date_end or date.max, event.event_id)


def weight(event: Event) -> float:
    """How heavy an act is: the size of its score, of its type's score where it has none."""
    if event.report.intensity is not None:
        return abs(event.report.intensity)
    words = type_words().get(event.report.event_type or "")
    return words.weight if words else 0.0


def group_of(event: Event) -> str:
    """`conflict`, `cooperation`, `request`, or `other` where the act has no type."""
    words = type_words().get(event.report.event_type or "")
    return words.group if words else "other"


def heaviest(events: Iterable[Event], n: int) -> tuple[Event, ...]:
    """The n heaviest acts, the earlier first among equals."""
    return tuple(sorted(events, key=lambda event: (-weight(event), order(event)))[:n])


def quote_of(event: Event) -> str | None:
    """The first quote of an event."""
    return next((item.quote for item in event.evidence or event.report.evidence if item.quote.strip()), None)


def publisher_of(event: Event) -> str | None:
    """Who published the first quote of an event."""
    found = next((item.publisher for item in event.evidence or event.report.evidence if item.publisher), None)
    return cleaned(found) if found else None


def acts_query(inputs: BriefInputs, since: date | None = None, until: date | None = None) -> str:
    """The command that lists the acts of the pair in a window."""
    parts = ["detente events", inputs.dyad.a, inputs.dyad.b]
    parts += [f"--since {since.isoformat()}"] if since else []
    parts += [f"--until {until.isoformat()}"] if until else []
    return " ".join(parts)


def record_size(inputs: BriefInputs) -> int:
    """Events of the pair in the record; a feed's brief carries only some of them, so its index is asked."""
    if inputs.record_kind == "feed" and inputs.index:
        return sum(row.n for row in inputs.index.rows if row.direction == "joint")
    return len(inputs.events)
