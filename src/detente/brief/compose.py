"""From results and events to a brief: statements in order, figures, sources."""

from dataclasses import replace

from detente.brief.acts import Acts
from detente.brief.breaks import break_statements
from detente.brief.change import change_statements, no_estimate
from detente.brief.exchanges import exchange_statements
from detente.brief.feed_findings import feed_findings
from detente.brief.figures import brief_figures
from detente.brief.findings import describe_findings
from detente.brief.forces import force_statements
from detente.brief.inputs import BriefInputs
from detente.brief.ledger import ledger_statements
from detente.brief.limits import method_statements, unknown_statements
from detente.brief.notes import note_words
from detente.brief.numbers import number_statements
from detente.brief.others import other_statements
from detente.brief.responses import response_statements
from detente.brief.sources import attributed, number_sources
from detente.brief.timeline import timeline_statements
from detente.brief.windows import window_statements
from detente.model import Brief, Statement


def compose_brief(inputs: BriefInputs) -> Brief:
    """Say what the results say, each statement with its evidence.

    Args:
        inputs: Results, events and what is known of the record.

    Returns:
        The brief, the same for the same inputs.

    Raises:
        DataError: If a result leads to a statement without evidence or query.
    """
    events = tuple(attributed(event, inputs.documents) for event in inputs.events)
    acts = Acts(replace(inputs, events=events))
    statements = _statements(acts)
    figures = brief_figures(acts)
    cited = dict.fromkeys(event_id for statement in statements for event_id in statement.evidence)
    cited.update(dict.fromkeys(event_id for figure in figures for event_id in figure.evidence))
    return Brief(
        dyad=inputs.dyad,
        names=dict(inputs.names),
        shock=inputs.shock,
        question=_question(acts),
        record=note_words(acts, inputs.record, as_sentence=False),
        record_kind=inputs.record_kind,
        statements=statements,
        figures=figures,
        events=acts.found(cited),
        sources=number_sources((acts.by_id[name] for name in cited), inputs.documents, acts.language),
        methods=tuple(item.text for item in statements if item.section == "methods"),
        version=inputs.version,
        language=inputs.language,
        languages=_languages(inputs),
    )


def _statements(acts: Acts) -> tuple[Statement, ...]:
    feed = acts.inputs.record_kind == "feed"
    return (
        *(feed_findings(acts) if feed else describe_findings(acts)),
        *timeline_statements(acts),
        *break_statements(acts),
        *(response_statements(acts) if feed else exchange_statements(acts)),
        *((change_statements(acts) or (no_estimate(acts),)) if feed else window_statements(acts)),
        *number_statements(acts),
        *ledger_statements(acts),
        *force_statements(acts),
        *other_statements(acts),
        *unknown_statements(acts),
        *method_statements(acts),
    )


def _question(acts: Acts) -> str:
    inputs = acts.inputs
    a, b = (inputs.name(code) for code in inputs.dyad)
    if inputs.shock_name:
        return acts.say("question.named", a=a, b=b, shock=inputs.shock_name, day=inputs.shock)
    return acts.say("question.day", a=a, b=b, day=inputs.shock)


def _languages(inputs: BriefInputs) -> dict[str, str | None]:
    """Document id -> language, of documents that are not in the brief's own."""
    return {name: item.language for name, item in inputs.documents.items() if item.language != inputs.language}
